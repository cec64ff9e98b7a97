//! Words of locales: as a lexicon file, and as a list of what no lexicon has.

mod file;
mod json;
mod text;

use std::cmp::Reverse;

use super::places::Places;
use crate::facts::Page;
use crate::learn::{Against, Usage, Word};

pub use file::{Lessons, file};

/// How the list of words is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned lines for people.
    Text,
    /// The documented JSON object.
    Json,
}

/// The words that no lexicon has, and those used against it.
pub fn listing(usage: &[Usage], pages: &[Page], format: Format) -> String {
    let places = Places::of_pages(pages);
    match format {
        Format::Text => text::render(usage, &places),
        Format::Json => json::render(usage, &places),
    }
}

/// The words that no lexicon has, most frequent first.
fn unknown(usage: &Usage) -> Vec<&Word> {
    let mut words: Vec<&Word> = usage.words.iter().filter(|word| word.is_unknown()).collect();
    words.sort_by_key(|word| (word.part, Reverse(word.count), &word.text));
    words
}

/// The words that are mostly used for something else than the lexicon has, most frequent first.
fn against(usage: &Usage) -> Vec<(&Word, Against<'_>)> {
    let mut words: Vec<_> = usage.words.iter().filter_map(|word| Some((word, word.against()?))).collect();
    words.sort_by_key(|(word, _)| (word.part, Reverse(word.count), &word.text));
    words
}
