//! # content-length-mismatch
//!
//! The Content-Length header of an example is not the body's length in bytes.
//!
//! ## Why it matters
//! A client that replays the message cuts the body, or waits for the rest.
//!
//! ## Example
//! ~~~~md
//! ## Response example
//!
//! ```http
//! HTTP/1.1 200 OK
//! Content-Length: 764
//! Content-Type: application/json
//!
//! { "id": "1" }
//! ```
//! ~~~~
//!
//! ## Fix
//! Writes the length as shown, with line ends as one byte. Safe.
//!
//! ## Limits
//! Bodies with something left out have no known length. Pages show bodies with line breaks and indents that were not sent:
//! the length without them is right too, and so is one with line ends of two bytes or with a byte order mark.

use crate::json::RelaxationKind;
use crate::rules::bodies::Body;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "content-length-mismatch",
    severity: Severity::Note,
    bases: &[Basis::Page],
    fix: Some(Safety::Safe),
    source: include_str!("content_length_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for example in &context.page.facts.examples {
        if example.message.headers.is_empty() {
            continue;
        }
        let Some(body) = Body::of(context.page, example) else { continue };
        let whole = body.json.errors.is_empty()
            && !body.json.relaxations.iter().any(|relaxation| {
                matches!(
                    relaxation.kind,
                    RelaxationKind::Elision | RelaxationKind::Placeholder | RelaxationKind::Truncated | RelaxationKind::Comment
                )
            });
        if !whole {
            continue;
        }
        let code = &context.page.document.codes[example.code as usize];
        let text = context.page.document.code_text(context.text(), code);
        let length = |name: &str| name.eq_ignore_ascii_case("content-length");
        let Some((_, value)) = example.message.headers.iter().find(|(name, _)| length(name.of(&text))) else {
            continue;
        };
        let shown = example.message.body.of(&text).trim_end();
        let actual = shown.len() - memchr::memmem::find_iter(shown.as_bytes(), b"\r\n").count();
        let written = value.of(&text).trim();
        let shown = example.message.body.of(&text).trim_end();
        if written.parse::<usize>().is_ok_and(|written| written != actual && !may_have_sent(shown, written)) {
            let span = code.to_source(*value);
            report.add(
                Draft::new(span, Basis::Page, Cause::Page, (SubjectKind::Example, "Content-Length".to_owned()), written)
                    .expected(actual.to_string())
                    .message(format!("`Content-Length` says {written}, but the body as shown has {actual} bytes"))
                    .fix(Safety::Safe, [(span, actual.to_string())]),
            );
        }
    }
}

/// Whether a server may have sent a body as `length` bytes: with other white space, or with a byte order mark.
fn may_have_sent(body: &str, length: usize) -> bool {
    const MARK: usize = '\u{feff}'.len_utf8();
    let body = body.trim_start_matches('\u{feff}');
    let lines = body.lines().count();
    let plain = body.len() - body.matches("\r\n").count();
    let is = |sent: usize| [sent, sent + MARK].contains(&length);
    // Taking white space out makes a body shorter.
    is(plain) || is(plain + lines.saturating_sub(1)) || length < plain && is(packed(body))
}

/// The length in bytes of JSON without white space between its values.
fn packed(body: &str) -> usize {
    let (mut length, mut in_string, mut escaped) = (0, false, false);
    for c in body.chars() {
        if in_string || !c.is_whitespace() {
            length += c.len_utf8();
        }
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = in_string,
            '"' => in_string = !in_string,
            _ => {}
        }
    }
    length
}
