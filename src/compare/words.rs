//! The English words a translated name may stand for.

use std::collections::BTreeSet;

use crate::fold::split_identifier;
use crate::lexicon::Vocabulary;

/// Names longer than this, in characters, are sentences; nobody pairs them by words.
const LONGEST: usize = 96;
/// Compounds are looked into from this many characters on, for parts of at least [`PART`].
const COMPOUND: usize = 8;
const PART: usize = 4;

/// The English words, lower case, that `name` may be made of: its own words as they are and translated,
/// two in a row taken together, and the parts of compounds.
pub fn english_words(name: &str, vocabulary: &Vocabulary<'_>) -> Vec<String> {
    if name.chars().count() > LONGEST {
        return Vec::new();
    }
    let tokens: Vec<&str> = split_identifier(name).collect();
    let mut words = BTreeSet::new();
    let mut add = |text: &str| {
        let before = words.len();
        words.extend(vocabulary.word(text).map(str::to_owned));
        words.len() > before
    };
    add(name);
    for (at, token) in tokens.iter().enumerate() {
        if let Some(next) = tokens.get(at + 1) {
            add(&format!("{token}{next}"));
        }
        if !add(token) {
            parts(token).for_each(|part| {
                add(part);
            });
        }
    }
    words.extend(tokens.iter().filter(|token| token.is_ascii()).map(|token| token.to_ascii_lowercase()));
    words.into_iter().collect()
}

/// Beginnings and ends of a long word, longest first: `faktureringscykel` holds `fakturering` and `cykel`.
fn parts(token: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = token.char_indices().map(|(at, _)| at).collect();
    let count = starts.len();
    let long = count >= COMPOUND;
    let heads = if long { starts.get(PART..).unwrap_or(&[]).to_vec() } else { Vec::new() };
    let tails = if long { starts[1..=count - PART].to_vec() } else { Vec::new() };
    let heads = heads.into_iter().rev().map(move |end| &token[..end]);
    heads.chain(tails.into_iter().map(move |start| &token[start..]))
}
