//! The English words a translated name may stand for.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::compare::align::{plain_words, word_likeness};
use crate::compare::spelling::likeness;
use crate::fold::{into_singular, is_same_identifier, split_identifier};
use crate::lexicon::Vocabulary;

/// Names longer than this, in characters, are sentences; nobody pairs them by words.
const LONGEST: usize = 96;
/// Compounds are looked into from this many characters on, for parts of at least [`PART`].
const COMPOUND: usize = 8;
const PART: usize = 4;

/// The English words, lower case, that `name` may be made of: its own words as they are and translated,
/// two in a row taken together, and the parts of compounds.
pub fn english_words(name: &str, vocabulary: &Vocabulary<'_>) -> Arc<[String]> {
    if name.chars().count() > LONGEST {
        return Arc::default();
    }
    vocabulary.of_name(name, || translated_words(name, vocabulary))
}

fn translated_words(name: &str, vocabulary: &Vocabulary<'_>) -> Vec<String> {
    let tokens: Vec<&str> = split_identifier(name).collect();
    let mut words: Vec<Cow<'_, str>> = Vec::with_capacity(tokens.len() + 2);
    // Whether a text stands for words not yet met.
    let mut add = |text: &str| {
        let before = words.len();
        for word in vocabulary.word(text) {
            if !words.iter().any(|known| known == word) {
                words.push(Cow::Borrowed(word));
            }
        }
        words.len() > before
    };
    add(name);
    let mut both = String::new();
    for (at, token) in tokens.iter().enumerate() {
        if let Some(next) = tokens.get(at + 1) {
            both.clear();
            both.extend([*token, *next]);
            add(&both);
        }
        if !add(token) {
            parts(token).for_each(|part| {
                add(part);
            });
        }
    }
    let plain = tokens.into_iter().filter(|token| token.is_ascii());
    words.extend(plain.map(|token| Cow::Owned(into_singular(token.to_ascii_lowercase()))));
    words.sort_unstable();
    words.dedup();
    words.into_iter().map(Cow::into_owned).collect()
}

/// Whether `found` is `expected` in another language or spelling.
pub fn speaks_for(found: &str, expected: &str, vocabulary: &Vocabulary<'_>) -> bool {
    const ALIKE: f64 = 0.7;
    if is_same_identifier(found, expected) || likeness(found, expected, ALIKE).is_some() {
        return true;
    }
    vocabulary.value(found).any(|value| is_same_identifier(value, expected))
        || word_likeness(&english_words(found, vocabulary), &plain_words(expected)) > 0.3
}

/// The English words of a name that the lexicon explains in full: each token is a word, or a compound of two.
/// `Subcategorie` is not `category`.
pub fn explained_words(name: &str, vocabulary: &Vocabulary<'_>) -> Vec<String> {
    if name.chars().count() > LONGEST {
        return Vec::new();
    }
    let whole: Vec<String> = vocabulary.word(name).map(str::to_owned).collect();
    if !whole.is_empty() {
        return whole;
    }
    let mut words = BTreeSet::new();
    for token in split_identifier(name) {
        let stems = stems(token).find(|stem| vocabulary.word(stem).next().is_some());
        if let Some(stem) = stems {
            words.extend(vocabulary.word(stem).map(str::to_owned));
            continue;
        }
        let compound = parts(token).filter_map(|head| token.strip_prefix(head).map(|tail| (head, tail)));
        let both = compound.filter(|(_, tail)| !tail.is_empty()).find_map(|(head, tail)| {
            // Compounds are often joined by an `s`.
            let tails = [tail, tail.strip_prefix('s').unwrap_or(tail)];
            let tail = tails.into_iter().find(|tail| vocabulary.word(tail).next().is_some())?;
            vocabulary.word(head).next().map(|_| (head, tail))
        });
        let Some((head, tail)) = both else { return Vec::new() };
        words.extend(vocabulary.word(head).chain(vocabulary.word(tail)).map(str::to_owned));
    }
    words.into_iter().collect()
}

/// A word, and what is left of it without an ending of up to three letters: `kenmerken`, `kenmerk`.
fn stems(token: &str) -> impl Iterator<Item = &str> {
    let ends: Vec<usize> = token.char_indices().map(|(at, _)| at).skip(PART).collect();
    let shorter = ends.into_iter().rev().take(3).map(move |end| &token[..end]);
    std::iter::once(token).chain(shorter)
}

/// Beginnings and ends of a long word, longest first: `faktureringscykel` holds `fakturering` and `cykel`.
fn parts(token: &str) -> impl Iterator<Item = &str> {
    let ends = token.char_indices().map(|(at, _)| at);
    let count = if token.len() < COMPOUND { 0 } else { ends.clone().count() };
    let (heads, tails) = if count < COMPOUND { (0, 0) } else { (count - PART, count - PART) };
    let heads = ends.clone().rev().take(heads).map(move |end| &token[..end]);
    heads.chain(ends.skip(1).take(tails).map(move |start| &token[start..]))
}
