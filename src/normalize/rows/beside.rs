//! A type cell that says more than the type: `string, required`, `Required, String`, `(Body), integer, Optional`.

use std::ops::Range;

use crate::lexicon::Vocabulary;
use crate::normalize::marks::{self, Requirement};
use crate::normalize::types::{self, Quality};
use crate::text::is_blank;

/// Longer cells are prose.
const LONGEST: usize = 240;

/// What a type cell consists of, in bytes of its shown text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    /// The type; empty if there is none.
    pub ty: Range<usize>,
    /// What the mark says, and where it stands.
    pub mark: Option<(Requirement, Range<usize>)>,
}

/// Whether a cell may say more than one thing. Cheap: asked of every type cell.
pub(super) fn may_be_several(text: &str) -> bool {
    text.len() <= LONGEST
        && text.bytes().any(|byte| matches!(byte, b',' | b';' | b'(' | b')' | b'\n') || !byte.is_ascii())
        && text.contains(is_parting)
}

/// Takes a type cell apart. `None` if it is a type and nothing else. In a `list`, where all that stands beside a name is
/// one cell, what is no type is left out as well.
pub(super) fn parts(text: &str, list: bool, vocabulary: &Vocabulary<'_>) -> Option<Parts> {
    let pieces = pieces(text);
    let mark = pieces
        .iter()
        .enumerate()
        .find_map(|(at, piece)| Some((at, marks::said(&text[piece.clone()], vocabulary)?)));
    if mark.is_none() && (!list || pieces.len() < 2) {
        return None;
    }
    let others = |range: Range<usize>| {
        let (from, to) = (pieces.get(range.start)?, pieces.get(range.end.checked_sub(1)?)?);
        (range.start < range.end).then(|| whole(text, from.start..to.end))
    };
    let (before, after) = match mark {
        Some((at, _)) => (others(0..at), others(at + 1..pieces.len())),
        None => (None, others(0..pieces.len())),
    };
    let is_type = |range: &Range<usize>| {
        let text = &text[range.clone()];
        if text.matches(['(', '（']).count() != text.matches([')', '）']).count() {
            return false;
        }
        let reading = types::read(text, None, vocabulary);
        !matches!(reading.quality, Quality::Unknown | Quality::Garbled)
    };
    let apart = before.iter().chain(&after).find(|range| is_type(range)).cloned();
    let single = || {
        let mark = mark.map(|(at, _)| at);
        let rest = pieces.iter().enumerate().filter(|(at, _)| Some(*at) != mark).map(|(_, piece)| piece);
        rest.clone().find(|piece| is_type(piece)).or(rest.clone().next_back()).cloned()
    };
    let ty = apart.or_else(|| if list { single() } else { None }).or(before).or(after).unwrap_or(0..0);
    Some(Parts { ty, mark: mark.map(|(at, says)| (says, pieces[at].clone())) })
}

/// A range with the bracket that closes behind it, if it opens within.
fn whole(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = &text[range.clone()];
    let open = |pair: [char; 2]| inner.matches(pair[0]).count() > inner.matches(pair[1]).count();
    let next = text[range.end..].chars().next();
    let closes = [['(', ')'], ['（', '）']].into_iter().any(|pair| open(pair) && next == Some(pair[1]));
    range.start..range.end + if closes { next.map_or(0, char::len_utf8) } else { 0 }
}

/// What commas and parentheses part, outside angle and square brackets.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut depth = 0_u32;
    let mut start = 0;
    let mut push = |range: Range<usize>| {
        let piece = &text[range.clone()];
        let inner = piece.trim_start_matches(is_edge);
        let start = range.end - inner.len();
        let length = inner.trim_end_matches(is_edge).len();
        if length > 0 {
            pieces.push(start..start + length);
        }
    };
    for (at, c) in text.char_indices() {
        match c {
            '<' | '[' | '{' => depth += 1,
            '>' | ']' | '}' => depth = depth.saturating_sub(1),
            c if depth == 0 && is_parting(c) => {
                push(start..at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    push(start..text.len());
    pieces
}

fn is_parting(c: char) -> bool {
    matches!(c, ',' | ';' | '(' | ')' | '，' | '、' | '；' | '（' | '）' | '·' | '•' | '\n')
}

fn is_edge(c: char) -> bool {
    is_blank(c) || matches!(c, '.' | '*' | '_' | '`' | '-' | '–' | '—')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use Requirement::{No, Yes};

    #[test]
    fn types_and_marks_are_told_apart() {
        let lexicon = Lexicon::default();
        let vocabulary = lexicon.vocabulary(None);
        let read = |text: &'static str, list| {
            let parts = parts(text, list, &vocabulary)?;
            Some((&text[parts.ty], parts.mark.map(|(says, range)| (says, &text[range]))))
        };
        for (text, list, expected) in [
            ("string, required", false, Some(("string", Some((Yes, "required"))))),
            ("Required, String", false, Some(("String", Some((Yes, "Required"))))),
            ("integer (int64), optional", false, Some(("integer (int64)", Some((No, "optional"))))),
            ("array<string, integer>", false, None),
            ("string (uuid)", false, None),
            ("required) (string", true, Some(("string", Some((Yes, "required"))))),
            (
                "Body parameter), array[string], Optional",
                true,
                Some(("array[string]", Some((No, "Optional")))),
            ),
            ("Query parameter), integer", true, Some(("integer", None))),
        ] {
            assert_eq!(read(text, list), expected, "{text}");
        }
    }
}
