//! The identifier of a name cell, among what documentation writes around it: tree marks before it, marks behind it,
//! quotes.

use crate::lexicon::Vocabulary;
use crate::normalize::marks::{self, Requirement};
use crate::text::is_blank;

/// A name cell taken apart, in bytes of its shown text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Parts {
    /// The identifier.
    pub start: usize,
    pub end: usize,
    /// How far marks before it set it in; 0 at the top.
    pub indent: u32,
    /// What a mark beside it says of being required.
    pub mark: Option<Requirement>,
    /// Whether other names of the same field follow.
    pub alias: bool,
    /// The mark.
    pub mark_span: (usize, usize),
}

/// Whether a text is no more than an identifier, as nearly all name cells are.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
}

/// Takes a name cell apart. `None` if it is no identifier with marks: words, a gloss, several names.
pub(super) fn parts(text: &str, vocabulary: &Vocabulary<'_>) -> Option<Parts> {
    let (start, indent) = tree(text);
    let rest = &text[start..];
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '“' | '`'));
    let start = start + quote.map_or(0, char::len_utf8);
    let rest = &text[start..];
    let length = rest.find(|c: char| !is_of_name(c)).unwrap_or(rest.len());
    let length = rest[..length].trim_end_matches(['.', '-']).len();
    let end = start + length;
    let begins = rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$' | '@' | '-'));
    if length == 0 || !begins {
        return None;
    }
    let mut parts = Parts { start, end, indent, ..Parts::default() };
    let mut after = &text[end..];
    if quote.is_some() {
        after = after.strip_prefix(['"', '\'', '”', '`']).unwrap_or(after);
    }
    let from = text.len() - after.len();
    if is_alias(after) {
        parts.alias = true;
        return Some(parts);
    }
    let mark = beside(after, vocabulary)?;
    parts.mark = mark;
    let shown = after.trim_matches(is_blank);
    let lead = from + after.len() - after.trim_start_matches(is_blank).len();
    parts.mark_span = (lead, lead + shown.len());
    Some(parts)
}

/// Whether what follows a name are other names: `, b`, ` | c`.
fn is_alias(after: &str) -> bool {
    const MOST: usize = 4;
    let rest = after.trim_start_matches(is_blank);
    let Some(rest) = rest.strip_prefix([',', '/', '|', '、']) else { return false };
    let mut names = rest.split([',', '/', '|', '、']).map(|name| name.trim_matches(is_blank));
    let is_name = |name: &str| !name.is_empty() && name.chars().all(is_of_name);
    names.clone().count() <= MOST && names.all(is_name)
}

/// What stands behind a name: nothing, a mark of being required, or a note; `None` for anything else.
#[allow(clippy::option_option, reason = "there may be nothing")]
fn beside(after: &str, vocabulary: &Vocabulary<'_>) -> Option<Option<Requirement>> {
    let shown = after.trim_matches(is_blank);
    match shown {
        "" => return Some(None),
        "*" | "＊" | "⁎" => return Some(Some(Requirement::Yes)),
        "?" if !after.starts_with(is_blank) => return Some(Some(Requirement::No)),
        _ => {}
    }
    if shown.chars().all(|c| matches!(c, '†' | '‡' | '¹' | '²' | '³' | '*' | '\u{2070}'..='\u{2079}'))
    {
        return Some(None);
    }
    let is_bracket = |c: char| {
        matches!(c, '(' | ')' | '[' | ']' | '（' | '）' | '【' | '】' | '<' | '>' | ',' | ';' | '，')
    };
    let words = shown.trim_matches(|c: char| is_bracket(c) || is_blank(c));
    if words.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return None;
    }
    let said = marks::said(words, vocabulary);
    said.map(Some)
}

/// What marks before a name show its place in a tree: where they end, and how far they set it in.
fn tree(text: &str) -> (usize, u32) {
    let (mut at, mut indent) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        let is_mark = match c {
            '└' | '├' | '─' | '│' | '┗' | '┣' | '━' | '┃' | '↳' | '→' | '⤷' | '∟' | '»' | '›' | '•' | '·'
            | '∙' => true,
            '-' | '>' | '–' | '—' | '+' | '.' => {
                let rest = text[at..].trim_start_matches(c);
                rest.starts_with(|next| is_blank(next) || c == '-' && next == '>')
            }
            c => is_blank(c),
        };
        if !is_mark {
            break;
        }
        at += c.len_utf8();
        indent += 1;
    }
    // A long option begins with its dashes.
    if text[..at].ends_with("--") || at == text.len() {
        return (0, 0);
    }
    (at, indent)
}

fn is_superscript(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '\u{2070}'..='\u{2079}')
}

/// Characters of names and of paths of names.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() && !is_superscript(c)
        || matches!(c, '_' | '.' | '-' | '[' | ']' | '$' | '@' | '/' | '{' | '}' | '#')
        || c == ':'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use Requirement::{No, Yes};

    #[test]
    fn marks_around_a_name_are_no_part_of_it() {
        let lexicon = Lexicon::default();
        let vocabulary = lexicon.vocabulary(None);
        for (text, name, mark, indent) in [
            ("handle*", "handle", Some(Yes), 0),
            ("handle?", "handle", Some(No), 0),
            ("handle (required)", "handle", Some(Yes), 0),
            ("handle optional", "handle", Some(No), 0),
            ("└ handle", "handle", None, 2),
            ("- - handle", "handle", None, 4),
            ("\"handle\"", "handle", None, 0),
            ("rows[].handle", "rows[].handle", None, 0),
            ("--handle", "--handle", None, 0),
            ("handle¹", "handle", None, 0),
        ] {
            let parts = parts(text, &vocabulary).unwrap_or_default();
            assert_eq!(
                (&text[parts.start..parts.end], parts.mark, parts.indent),
                (name, mark, indent),
                "{text}"
            );
        }
        for text in [">handle", "a handle of it", "handle (a grip)", "", "*"] {
            assert_eq!(parts(text, &vocabulary), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_cell_is_taken_apart(text in ".*") {
            let lexicon = Lexicon::default();
            if let Some(parts) = parts(&text, &lexicon.vocabulary(None)) {
                let _ = (&text[parts.start..parts.end], &text[parts.mark_span.0..parts.mark_span.1]);
            }
        }
    }
}
