//! Cuts the words of a type cell into texts the lexicon knows, names, and the rest.

use crate::fold::identifier_key;
use crate::lexicon::{TypeMatch, TypeWord};

use super::{Cell, is_angle, is_comma};

/// Most words that one text of the lexicon spans.
const LONGEST_PHRASE: usize = 8;
/// Most characters of one word in a script without spaces.
const LONGEST_RUN: usize = 16;

/// A piece of a type cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Piece<'t> {
    /// A text of the lexicon.
    Known(TypeMatch),
    /// An identifier.
    Name(&'t str),
    /// Anything else.
    Other(&'t str),
}

/// The pieces of `text`, in order.
pub(super) fn pieces<'t>(text: &'t str, cell: Cell<'_>) -> Vec<Piece<'t>> {
    let words = split(text);
    let mut pieces = Vec::with_capacity(words.len());
    let mut next = 0;
    while let Some(&(start, end)) = words.get(next) {
        let longest = (words.len() - next).min(LONGEST_PHRASE);
        let phrase = (1..=longest).rev().find_map(|count| {
            let (_, end) = words[next + count - 1];
            Some((count, native(&text[start..end], cell)?))
        });
        if let Some((count, found)) = phrase {
            pieces.push(Piece::Known(found));
            next += count;
            continue;
        }
        let word = &text[start..end];
        if is_name(word, cell) {
            pieces.push(Piece::Name(word));
        } else if word.chars().any(is_unspaced) {
            unspaced(word, cell, &mut pieces);
        } else if let Some(found) = inflected(word, cell) {
            pieces.push(Piece::Known(found));
        } else if !compound(word, cell, &mut pieces) {
            pieces.push(Piece::Other(word));
        }
        next += 1;
    }
    pieces
}

/// A text of the page's own language or English. In parts of a cell, words of other languages would be
/// coincidences.
fn native(text: &str, cell: Cell<'_>) -> Option<TypeMatch> {
    cell.vocabulary.type_word(text).filter(|found| found.native)
}

/// Byte ranges of words: they end at spaces, punctuation, and between scripts with and without spaces.
fn split(text: &str) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric()
            || matches!(c, '_' | '.')
            || unicode_normalization::char::is_combining_mark(c);
        let unspaced = is_unspaced(c);
        if let Some((start, was_unspaced)) = open
            && (!inside || unspaced != was_unspaced)
        {
            words.push((start, at));
            open = None;
        }
        if inside && open.is_none() {
            open = Some((at, unspaced));
        }
    }
    words.extend(open.map(|(start, _)| (start, text.len())));
    words
}

/// Scripts whose words run together, or (Korean) carry particles.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1780}'..='\u{17FF}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a word is written as only identifiers are, or is the one that the cell links to.
fn is_name(word: &str, cell: Cell<'_>) -> bool {
    let identifier = word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'))
        && word.starts_with(|c: char| c.is_ascii_alphabetic());
    let humped = || {
        word.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
    };
    let linked = || cell.fragment.is_some_and(|fragment| identifier_key(fragment) == identifier_key(word));
    identifier && (humped() || linked())
}

/// Greedy longest matches in a run without spaces; single characters count as particles only.
fn unspaced<'t>(run: &'t str, cell: Cell<'_>, pieces: &mut Vec<Piece<'t>>) {
    let mut rest = run;
    let mut unknown = 0;
    while let Some(c) = rest[unknown..].chars().next() {
        let tail = &rest[unknown..];
        let ends = tail.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST_RUN);
        let ends: Vec<usize> = ends.collect();
        let found = ends.iter().enumerate().rev().find_map(|(index, end)| {
            let found = native(&tail[..*end], cell)?;
            (index > 0 || found.phrase.word == TypeWord::Of).then_some((*end, found))
        });
        let Some((len, found)) = found else {
            unknown += c.len_utf8();
            continue;
        };
        if unknown > 0 {
            pieces.push(Piece::Other(&rest[..unknown]));
        }
        pieces.push(Piece::Known(found));
        rest = &rest[unknown + len..];
        unknown = 0;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Other(rest));
    }
}

/// `strings`, `objecten`, `ciągów`: a known word of at least four letters with at most three more.
fn inflected(word: &str, cell: Cell<'_>) -> Option<TypeMatch> {
    let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(4).collect();
    ends.iter().rev().take(3).find_map(|end| native(&word[..*end], cell))
}

/// `tekenreeksmatrix`, `fakturaobjekt`: ends in a known word; what stands before may be known too.
fn compound<'t>(word: &'t str, cell: Cell<'_>, pieces: &mut Vec<Piece<'t>>) -> bool {
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).skip(3).collect();
    let last = starts.iter().take(starts.len().saturating_sub(3)).find_map(|at| {
        let found = native(&word[*at..], cell).or_else(|| inflected(&word[*at..], cell))?;
        // Scalars are too short to trust behind a word that is not known: `update` is no date.
        let whole = matches!(found.phrase.word, TypeWord::Array | TypeWord::Map | TypeWord::Object);
        let first = native(&word[..*at], cell).or_else(|| inflected(&word[..*at], cell));
        (first.is_some() || whole && !found.english).then_some((*at, first, found))
    });
    let Some((at, first, found)) = last else { return false };
    pieces.push(first.map_or(Piece::Other(&word[..at]), Piece::Known));
    pieces.push(Piece::Known(found));
    true
}

/// The pieces of a text whose brackets and commas do not count.
pub(super) fn flat_pieces<'t>(text: &'t str, cell: Cell<'_>) -> Vec<Piece<'t>> {
    text.split(|c| is_angle(c) || is_comma(c)).flat_map(|part| pieces(part, cell)).collect()
}
