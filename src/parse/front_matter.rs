//! Front matter: the `key: value` lines between `---` and `---` at the top of a page.
//!
//! Only scalars are read, with a tolerant scanner: real pages have unquoted colons, tabs and broken
//! quotes that a YAML parser refuses, and nobody downstream needs lists or maps.

use crate::document::{Document, FrontMatterEntry, Problem, ProblemKind};
use crate::text::{Span, is_blank};

/// Reads the front matter of `text` into the empty `doc`; returns the byte at which the page's body starts.
pub(super) fn read(text: &str, doc: &mut Document) -> u32 {
    let front = start(text);
    let mut lines = Lines { text, at: front };
    if lines.next().is_none_or(|line| line.of(text).trim_end() != "---") {
        return after_mark(text);
    }
    doc.front_matter.reserve(16);
    // The first line that may already be the page's text: where the body starts if no end follows.
    let mut doubt: Option<(u32, usize)> = None;
    let mut body = None;
    while let Some(line) = lines.next() {
        let content = line.of(text).trim_end();
        if content == "---" || content == "..." {
            body = Some(lines.at as u32);
            break;
        }
        if let Some(entry) = entry(text, line) {
            doc.front_matter.push(entry);
        } else if doc.front_matter.is_empty() {
            // A page that begins with a rule has no entries below it.
            if !(content.is_empty() || content.starts_with('#')) {
                return after_mark(text);
            }
        } else if content.is_empty() || content.starts_with('#') {
            doubt.get_or_insert((line.start, doc.front_matter.len()));
        } else if !is_nested(content) {
            if doubt.is_some() {
                break;
            }
            doc.problems.push(Problem { span: line, kind: ProblemKind::BrokenFrontMatter });
            doubt = Some((line.start, doc.front_matter.len()));
        }
    }
    if doc.front_matter.is_empty() && body.is_none() {
        return after_mark(text);
    }
    if body.is_none() {
        let (end, entries) = doubt.unwrap_or((lines.at as u32, doc.front_matter.len()));
        doc.front_matter.truncate(entries);
        let span = Span::new(front as u32, end).trimmed(text);
        doc.problems.clear();
        doc.problems.push(Problem { span, kind: ProblemKind::BrokenFrontMatter });
        body = Some(end);
    }
    let junk = text[..front].trim_end_matches(char::is_whitespace);
    if !junk.is_empty() {
        let span = Span::new(0, junk.len() as u32);
        doc.problems.push(Problem { span, kind: ProblemKind::JunkBeforeFrontMatter });
    }
    body.unwrap_or(0)
}

/// Where `---` may stand: after blank lines, a byte order mark, and the `?` that a mark becomes when a
/// tool converts the page to a code page that lacks it.
fn start(text: &str) -> usize {
    let rest = text.trim_start_matches(is_blank);
    let rest = rest.strip_prefix('?').map_or(rest, |after| after.trim_start_matches(is_blank));
    text.len() - rest.len()
}

/// The start of a page without front matter: only a byte order mark is no text.
fn after_mark(text: &str) -> u32 {
    if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() as u32 } else { 0 }
}

/// `key: value` at the start of a line.
fn entry(text: &str, line: Span) -> Option<FrontMatterEntry> {
    let content = line.of(text);
    let colon = memchr::memchr(b':', content.as_bytes())?;
    let key = content[..colon].trim_end();
    let is_sign = |byte: u8| matches!(byte, b'_' | b'-' | b'.' | b'@' | b'$' | b'/');
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || is_sign(byte);
    let is_key = |key: &str| {
        key.bytes().all(is_plain)
            || key.chars().all(|c| c.is_alphanumeric() || u8::try_from(c).is_ok_and(is_sign))
    };
    let key = key.strip_prefix(['"', '\'']).and_then(|k| k.strip_suffix(['"', '\''])).unwrap_or(key);
    let rest = &content[colon + 1..];
    let spaced = rest.is_empty() || rest.starts_with(char::is_whitespace);
    if key.is_empty() || !is_key(key) || !spaced || content.starts_with(char::is_whitespace) {
        return None;
    }
    let key_start = line.start + u32::from(content.starts_with(['"', '\'']));
    let value_start = line.start + colon as u32 + 1;
    Some(FrontMatterEntry {
        key: Span::new(key_start, key_start + key.len() as u32),
        value: scalar(text, Span::new(value_start, line.end)),
    })
}

/// The scalar in `span` without quotes and comment; empty for block scalars, lists, maps and aliases.
fn scalar(text: &str, span: Span) -> Span {
    let span = span.trimmed(text);
    let value = span.of(text);
    let nothing = Span::empty(span.start);
    match value.as_bytes().first() {
        None | Some(b'[' | b'{' | b'|' | b'>' | b'&' | b'*' | b'!' | b'#') => nothing,
        Some(&quote @ (b'"' | b'\'')) => match closing_quote(value, quote) {
            Some(end) => Span::new(span.start + 1, span.start + end as u32),
            None => span,
        },
        Some(_) => {
            let bytes = value.as_bytes();
            let comment = memchr::memchr_iter(b'#', bytes).find(|at| *at > 0 && bytes[at - 1] == b' ');
            comment.map_or(span, |at| Span::new(span.start, span.start + at as u32).trimmed(text))
        }
    }
}

/// The closing quote of a value that begins with one; `''` and `\"` stand for the quote itself.
fn closing_quote(value: &str, quote: u8) -> Option<usize> {
    let bytes = value.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => return Some(at),
            _ => at += 1,
        }
    }
    None
}

/// A line that continues the entry above it: indented, or an item of its list.
fn is_nested(content: &str) -> bool {
    content.starts_with([' ', '\t', '-', '}', ']'])
}

/// Line by line, without line ends.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let length = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |newline| newline + 1);
        self.at += length;
        let end = start + rest[..length].trim_end_matches(['\n', '\r']).len();
        Some(Span::new(start as u32, end as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str) -> (Vec<(&str, &str)>, u32, Vec<ProblemKind>) {
        let mut doc = Document::default();
        let body = read(text, &mut doc);
        let pairs = doc.front_matter.iter().map(|entry| (entry.key.of(text), entry.value.of(text))).collect();
        (pairs, body, doc.problems.iter().map(|problem| problem.kind).collect())
    }

    #[test]
    fn reads_scalars_and_drops_quotes() {
        let text = "---\ntitle: \"A: b\"\nx.y: 'it''s'\nn: 3 # three\nlist:\n- a\n---\nBody";
        let (pairs, body, problems) = entries(text);
        assert_eq!(pairs, [("title", "A: b"), ("x.y", "it''s"), ("n", "3"), ("list", "")]);
        assert_eq!(&text[body as usize..], "Body");
        assert_eq!(problems, []);
    }

    #[test]
    fn tolerates_marks_and_blank_lines_before_it() {
        for junk in ["\u{FEFF}", "?", "\n\n", "\u{FEFF}\n", "?\u{FEFF}", "?\r\n"] {
            let text = format!("{junk}---\r\n\r\ntitle: x\r\n---\r\n# H");
            let (pairs, body, problems) = entries(&text);
            assert_eq!(pairs, [("title", "x")], "{junk:?}");
            assert_eq!(&text[body as usize..], "# H");
            let expected = !junk.trim().is_empty();
            assert_eq!(problems.contains(&ProblemKind::JunkBeforeFrontMatter), expected, "{junk:?}");
        }
    }

    #[test]
    fn unclosed_keeps_the_entries_and_the_text() {
        let text = "---\ntitle: x\nlang: fr\n\n# Heading: one\n";
        let (pairs, body, problems) = entries(text);
        assert_eq!(pairs, [("title", "x"), ("lang", "fr")]);
        assert!(text[body as usize..].trim_start().starts_with("# Heading"));
        assert_eq!(problems, [ProblemKind::BrokenFrontMatter]);
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        for text in ["---\n\nJust text.\n\n---\n", "# Title\n", "", "---", "? what"] {
            let (pairs, body, problems) = entries(text);
            assert_eq!((pairs.len(), body, problems.len()), (0, 0, 0), "{text:?}");
        }
    }
}
