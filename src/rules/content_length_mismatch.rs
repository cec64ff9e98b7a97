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

use crate::json::{Json, Node, NodeKind, RelaxationKind};
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
        let code = &context.page.document.codes[example.code as usize];
        let text = context.page.document.code_text(context.text(), code);
        let is_length = |name: &str| name.eq_ignore_ascii_case("content-length");
        let Some((_, value)) = example.message.headers.iter().find(|(name, _)| is_length(name.of(&text))) else {
            continue;
        };
        let written = value.of(&text).trim();
        let Ok(length) = written.parse::<usize>() else { continue };
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
        let shown = example.message.body.of(&text).trim_end();
        let ends = LineEnds::of(shown);
        let actual = shown.len() - ends.wide;
        if length != actual && !may_have_sent(shown, &ends, body.json, length) {
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
fn may_have_sent(body: &str, ends: &LineEnds, json: &Json, length: usize) -> bool {
    const MARK: usize = '\u{feff}'.len_utf8();
    let body = body.trim_start_matches('\u{feff}');
    let plain = body.len() - ends.wide;
    let is = |sent: usize| [sent, sent + MARK].contains(&length);
    // Taking white space out makes a body shorter.
    is(plain) || is(plain + ends.all) || length < plain && is(packed(body, json))
}

/// How many line ends there are, and how many of them have two bytes.
struct LineEnds {
    all: usize,
    wide: usize,
}

impl LineEnds {
    fn of(body: &str) -> Self {
        let bytes = body.as_bytes();
        let wide = memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) == Some(&b'\n'));
        Self { all: memchr::memchr_iter(b'\n', bytes).count(), wide: wide.count() }
    }
}

/// The length in bytes of JSON without white space between its values.
fn packed(body: &str, json: &Json) -> usize {
    if json.relaxations.is_empty() { packed_tree(json) } else { packed_text(body) }
}

/// The length of strict JSON by its tree: keys, values, and the signs around and between them.
fn packed_tree(json: &Json) -> usize {
    let length = |node: &Node| {
        let key = if node.key.is_empty() { 0 } else { node.key.len() + 1 };
        let value = match node.kind {
            NodeKind::Object | NodeKind::Array => 2,
            _ => node.span.len(),
        };
        (key + value) as usize + usize::from(node.next.is_some())
    };
    json.nodes.iter().map(length).sum()
}

/// The length of JSON that takes liberties.
fn packed_text(body: &str) -> usize {
    let (mut length, mut rest) = (0, body);
    // Strings and what stands between two, in turns.
    while let Some(quote) = memchr::memchr(b'"', rest.as_bytes()) {
        let (before, string) = rest.split_at(quote);
        let end = string_end(string.as_bytes());
        length += black(before) + end;
        rest = &string[end..];
    }
    length + black(rest)
}

/// The bytes of `text` that are no white space.
fn black(text: &str) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count();
    }
    text.chars().filter(|c| !c.is_whitespace()).map(char::len_utf8).sum()
}

/// The length of the string that `bytes` begin with, quotes included.
fn string_end(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += next + 1;
        if bytes[at - 1] == b'"' {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_as_long_as_its_packed_text() {
        for body in [
            r#"{ "a" : [ 1, -2.5e3 , null ], "b c": { "d": "x \" y", "e": {} , "f": [ ] }, "é": "車 " }"#,
            "[\n  true,\n  {\"a\": \"\"}\n]",
            "\"a b\"",
            " 12 ",
        ] {
            let json = crate::parse::json::parse(body);
            assert_eq!((json.errors.len(), json.relaxations.len()), (0, 0), "{body}");
            assert_eq!(packed_tree(&json), packed_text(body), "{body}");
        }
    }
}
