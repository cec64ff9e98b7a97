//! What a description says of its field before it describes it: `**Required.** string. ..`, `Type: Int32. Default: 30. ..`.

use std::ops::Range;

use crate::lexicon::{HeaderRole, Vocabulary};
use crate::normalize::marks::{self, Requirement};
use crate::text::is_blank;

/// Phrases that are looked at.
const PHRASES: usize = 6;
/// Longer phrases, in bytes, are sentences.
const LONGEST: usize = 96;

/// In bytes of the shown text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Start {
    pub mark: Option<(Requirement, Range<usize>)>,
    pub ty: Option<Range<usize>>,
    pub default: Option<Range<usize>>,
}

/// Reads the first phrases of a description. `None` if they say nothing of the kind.
pub(super) fn start(text: &str, wants_type: bool, vocabulary: &Vocabulary<'_>) -> Option<Start> {
    let mut found = Start::default();
    let mut at = 0;
    for _ in 0..PHRASES {
        let rest = text[at..].trim_start_matches(|c| is_edge(c) || is_end(c) || is_bracket(c));
        let begin = text.len() - rest.len();
        let Some(length) = phrase(rest) else { break };
        let phrase = rest[..length].trim_end_matches(|c| is_edge(c) || is_bracket(c));
        let range = begin..begin + phrase.len();
        if found.mark.is_none()
            && let Some(says) = marks::leads(phrase, vocabulary)
        {
            found.mark = Some((says, range));
        } else if !labelled(text, range.clone(), wants_type, &mut found, vocabulary) {
            let is_type = wants_type && found.ty.is_none() && is_type(phrase, vocabulary);
            if !is_type {
                break;
            }
            found.ty = Some(range);
        }
        at = begin + length;
    }
    (found != Start::default()).then_some(found)
}

/// `Type: Int32`: whether it is a label that heads such a column, with its value.
fn labelled(
    text: &str,
    range: Range<usize>,
    wants_type: bool,
    found: &mut Start,
    vocabulary: &Vocabulary<'_>,
) -> bool {
    let phrase = &text[range.clone()];
    let Some((at, sign)) = phrase.char_indices().find(|(_, c)| matches!(c, ':' | '：')) else {
        return false;
    };
    let value = phrase[at + sign.len_utf8()..].trim_start_matches(is_edge);
    if value.is_empty() {
        return false;
    }
    let value = range.end - value.len()..range.end;
    let mut known = false;
    for role in vocabulary.header(phrase[..at].trim_matches(is_edge)) {
        match role {
            HeaderRole::Type if wants_type => {
                found.ty.get_or_insert(value.clone());
            }
            HeaderRole::Default => {
                found.default.get_or_insert(value.clone());
            }
            HeaderRole::Required => {
                if let Some(says) = marks::read(&text[value.clone()], vocabulary) {
                    found.mark.get_or_insert((says, value.clone()));
                }
            }
            HeaderRole::Type => {}
            _ => continue,
        }
        known = true;
    }
    known
}

/// Whether a phrase is a word for a type and nothing else: no name of one.
fn is_type(phrase: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let mut words = phrase.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
    let native = |word: &str| vocabulary.type_word(word).is_some_and(|found| found.native);
    native(phrase)
        || phrase.len() <= LONGEST / 2
            && words.clone().count() <= 4
            && words.all(|word| native(word) || word == "of")
}

/// Where the phrase at the start of a text ends; `None` if that is too far.
fn phrase(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    let mut last = ' ';
    while let Some((at, c)) = chars.next() {
        let parts = match c {
            '.' => chars.peek().is_none_or(|(_, next)| is_blank(*next)),
            // `object[]` goes on.
            ']' => last != '[',
            c => is_end(c),
        };
        last = c;
        if parts {
            return (at > 0 && at <= LONGEST).then_some(at);
        }
        if at > LONGEST {
            return None;
        }
    }
    (!text.is_empty()).then_some(text.len())
}

fn is_end(c: char) -> bool {
    matches!(c, ',' | ';' | ')' | '）' | '】' | ']' | '。' | '；' | '，' | '\n' | '!' | '！' | '।')
}

fn is_bracket(c: char) -> bool {
    matches!(c, '(' | '（' | '【' | '[')
}

fn is_edge(c: char) -> bool {
    is_blank(c) || matches!(c, '.' | '*' | '_' | '`' | '-' | '–' | '—')
}
