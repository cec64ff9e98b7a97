//! Findings and their fixes in words.

use super::escape::visible;
use crate::finding::{Edit, Finding, Fix};

/// Longest quotation inside a sentence, in characters.
const QUOTE: usize = 80;
/// So many edits are told; the rest is counted.
const TOLD: usize = 4;

/// What is wrong, and what to do about it if the message does not say it. As it comes from the page.
pub fn message(finding: &Finding) -> String {
    let mut text = finding.message.clone();
    if !finding.help.is_empty() {
        text.extend(["; ", &finding.help]);
    }
    text
}

/// The fix as a sentence, with how far to trust it. `text` is the page's.
pub fn labelled_cure(fix: &Fix, text: &str) -> String {
    format!("{} fix: {}", fix.safety.name(), cure(fix, text))
}

/// The fix as a sentence on one line. `text` is the page's.
pub fn cure(fix: &Fix, text: &str) -> String {
    let edit = |Edit { span, text: new }: &Edit| match (span.of(text), new.as_str()) {
        (old, "") => format!("delete {}", quoted(old)),
        ("", new) => format!("insert {}", quoted(new)),
        (old, new) => format!("replace {} with {}", quoted(old), quoted(new)),
    };
    let mut edits: Vec<String> = fix.edits.iter().take(TOLD).map(edit).collect();
    if fix.edits.len() > TOLD {
        edits.push(format!("{} more edits", fix.edits.len() - TOLD));
    }
    edits.join(", ")
}

/// In backticks, on one line, and not too long.
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTE) {
        Some((end, _)) => format!("`{}…`", visible(&text[..end])),
        None => format!("`{}`", visible(text)),
    }
}
