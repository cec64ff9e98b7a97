//! Lines that call what they say by its name: `Type: string`, `**Default:** 30`.

use super::item::Shown;
use crate::document::{Document, Inline, Style};
use crate::text::{Span, is_blank};

/// Longest label and longest value of the first one, in bytes.
const LONGEST_LABEL: usize = 36;
const LONGEST_VALUE: usize = 96;
/// More words are no label, in whatever language.
const WORDS: usize = 3;
/// So many are read of one paragraph.
const MOST: usize = 8;

/// A label and what it says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Labelled {
    pub label: Span,
    pub value: Span,
}

/// The labelled values that a paragraph begins with, and what is left of it.
pub(super) fn read(doc: &Document, source: &str, whole: Inline) -> Option<(Vec<Labelled>, Option<Span>)> {
    let shown = Shown::of(doc, source, whole)?;
    let text = shown.text.as_str();
    let (mut found, mut at) = (Vec::new(), 0);
    while found.len() < MOST {
        let rest = text.get(at..)?.trim_start_matches(is_blank);
        let start = text.len() - rest.len();
        let Some((label, value, after)) = labelled(rest) else { break };
        let in_code = shown.run(start).is_some_and(|(_, run)| run.style.has(Style::CODE) || run.link > 0);
        let spans = (shown.span(start, start + label), shown.span(start + value.start, start + value.end));
        let (false, (Some(label), Some(value))) = (in_code, spans) else { break };
        found.push(Labelled { label, value });
        at = start + after;
    }
    let rest = text.get(at..)?.trim_matches(is_blank);
    let start = text.len() - text.get(at..)?.trim_start_matches(is_blank).len();
    let left = if rest.is_empty() { None } else { shown.span(start, start + rest.len()) };
    (!found.is_empty()).then_some((found, left))
}

/// At the start of a text: the end of a label, its value, and where that ends with its stop.
fn labelled(text: &str) -> Option<(usize, std::ops::Range<usize>, usize)> {
    let (at, colon) = text
        .char_indices()
        .take_while(|(at, _)| *at <= LONGEST_LABEL)
        .find(|(_, c)| matches!(c, ':' | '：'))?;
    let label = text[..at].trim_end_matches([' ', '\u{a0}']);
    let is_word = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\u{a0}' | '\'' | '’' | '/');
    let marked = label.chars().all(is_word) || !label.is_ascii() && !label.contains(['.', '。', '\n', '(']);
    if label.is_empty() || !marked || label.split_whitespace().count() > WORDS {
        return None;
    }
    let behind = &text[at + colon.len_utf8()..];
    let value = behind.trim_start_matches([' ', '\t', '\u{a0}']);
    let start = text.len() - value.len();
    if colon == ':' && value.len() == behind.len() && !value.is_empty() {
        return None;
    }
    let mut ends = value.char_indices().peekable();
    let mut end = value.len();
    let mut after = value.len();
    while let Some((offset, c)) = ends.next() {
        let stops = match c {
            '\n' | '。' => true,
            '.' => ends.peek().is_none_or(|(_, next)| is_blank(*next)),
            _ => false,
        };
        if stops {
            (end, after) = (offset, offset + c.len_utf8());
            break;
        }
    }
    let trimmed = value[..end].trim_end_matches(is_blank).len();
    (trimmed > 0 && trimmed <= LONGEST_VALUE).then_some((label.len(), start..start + trimmed, start + after))
}
