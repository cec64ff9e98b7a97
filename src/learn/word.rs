//! The sightings of one word, and what they come to.

use std::collections::{BTreeMap, BTreeSet};

use crate::fold::fold;
use crate::lexicon::Vocabulary;
use crate::text::{FileId, Place};

use super::Part;
use super::sightings::{Sighting, known};

/// A word that pages use in one kind of place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The kind of place.
    pub part: Part,
    /// As it is written most often.
    pub text: String,
    /// How often it was seen.
    pub count: usize,
    /// In how many pages.
    pub pages: usize,
    /// Where it was seen first.
    pub first: Place,
    /// What the parallel pages have there most often.
    pub parallel: Option<String>,
    /// The roles that the lexicon gives it, by their keys in lexicon files.
    pub known: Vec<String>,
    /// Whether the cell is understood, be it without a word of the lexicon.
    pub understood: bool,
    /// The roles of what the parallel pages have there, most frequent first.
    pub readings: Vec<Reading>,
    /// For header cells: what the cells of their columns are, most frequent first.
    pub cells: Vec<(&'static str, usize)>,
}

/// A role that parallel pages give a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its key in lexicon files.
    pub role: String,
    /// How often.
    pub count: usize,
    /// In how many pages.
    pub pages: usize,
    /// The first of these pages.
    pub example: FileId,
}

/// Who says that a word stands for something else than the lexicon has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Witness {
    /// The parallel pages.
    Parallel,
    /// The cells below the header.
    Cells,
}

/// What a known word is mostly used for instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against<'w> {
    /// The role, by its key in lexicon files.
    pub role: &'w str,
    /// How often.
    pub count: usize,
    /// Of how many sightings that say something.
    pub of: usize,
    /// Who says so.
    pub witness: Witness,
}

impl Word {
    /// What the parallel pages say it stands for, if two of three do.
    pub fn majority(&self) -> Option<&Reading> {
        let total: usize = self.readings.iter().map(|reading| reading.count).sum();
        self.readings.first().filter(|first| first.count * 3 >= total * 2)
    }

    /// Whether the lexicon lacks it: nothing is understood, or a role of the parallel pages is not.
    pub fn is_unknown(&self) -> bool {
        !self.understood || (self.known.is_empty() && self.majority().is_some())
    }

    /// What it is mostly used for, if the lexicon says something else. Once is no majority.
    pub fn against(&self) -> Option<Against<'_>> {
        if self.known.is_empty() {
            return None;
        }
        if let Some(found) = self.majority().filter(|found| found.count > 1 && !self.knows(&found.role)) {
            let of = self.readings.iter().map(|reading| reading.count).sum();
            return Some(Against { role: &found.role, count: found.count, of, witness: Witness::Parallel });
        }
        // Where the parallel pages agree with the lexicon, cells that look like something else are a chance.
        let (role, count) = *self.cells.first().filter(|_| self.readings.is_empty())?;
        let is_other = !self.known.iter().any(|known| of_columns(role).contains(&known.as_str()));
        (count > 1 && count * 3 >= self.count * 2 && is_other).then_some(Against {
            role,
            count,
            of: self.count,
            witness: Witness::Cells,
        })
    }

    /// What the lexicon can learn about it from at least `min` sightings; with `all` also what it knows.
    pub fn lesson(&self, min: usize, all: bool) -> Option<&Reading> {
        let found = self.majority().filter(|found| found.count >= min)?;
        // What stayed as it is in the parallel pages is no word of the locale.
        if self.parallel.as_ref().is_some_and(|parallel| fold(parallel) == fold(&self.text)) {
            return None;
        }
        (all || !self.knows(&found.role)).then_some(found)
    }

    /// Whether the lexicon gives it that role, or one that comes to the same.
    fn knows(&self, role: &str) -> bool {
        let role = plain(self.part, role);
        self.known.iter().any(|known| plain(self.part, known) == role)
    }
}

/// The roles that the header of a column with such cells may have.
fn of_columns(role: &str) -> &'static [&'static str] {
    match role {
        "type" => &["type", "return_type"],
        "required" => &["required", "optional", "read_only", "updatable", "nullable"],
        "method" => &["method"],
        _ => &["request_uri"],
    }
}

/// A role for all that come to the same in its part.
fn plain(part: Part, role: &str) -> &str {
    match (part, role) {
        (Part::Type, "long") => "integer",
        (Part::Type, "enum") => "string",
        (Part::Mark, "none") => "no",
        _ => role,
    }
}

/// The sightings of all words of one locale.
#[derive(Debug, Default)]
pub(super) struct Gathered(BTreeMap<(Part, String), Seen>);

#[derive(Debug, Default)]
struct Seen {
    texts: BTreeMap<String, usize>,
    count: usize,
    pages: BTreeSet<FileId>,
    first: Option<Place>,
    understood: bool,
    parallel: BTreeMap<String, usize>,
    roles: BTreeMap<String, (usize, BTreeSet<FileId>)>,
    cells: BTreeMap<&'static str, usize>,
}

impl Gathered {
    /// Adds a sighting. Pages come in their order.
    pub(super) fn add(&mut self, file: FileId, sighting: Sighting<'_>) {
        let seen = self.0.entry((sighting.part, fold(&sighting.text).into_owned())).or_default();
        *seen.texts.entry(sighting.text.into_owned()).or_default() += 1;
        seen.count += 1;
        seen.pages.insert(file);
        seen.first.get_or_insert(Place { file, span: sighting.span });
        seen.understood |= sighting.understood;
        if let Some(parallel) = sighting.parallel {
            *seen.parallel.entry(parallel.into_owned()).or_default() += 1;
        }
        if let Some(role) = sighting.role {
            let (count, pages) = seen.roles.entry(role).or_default();
            *count += 1;
            pages.insert(file);
        }
        if let Some(role) = sighting.cells {
            *seen.cells.entry(role).or_default() += 1;
        }
    }

    /// The words, sorted.
    pub(super) fn words(self, vocabulary: &Vocabulary<'_>) -> Vec<Word> {
        self.0.into_iter().filter_map(|((part, _), seen)| seen.word(part, vocabulary)).collect()
    }
}

impl Seen {
    fn word(self, part: Part, vocabulary: &Vocabulary<'_>) -> Option<Word> {
        let text = most_frequent(&self.texts)?.to_owned();
        let reading = |(role, (count, pages)): (String, (usize, BTreeSet<FileId>))| {
            let example = *pages.first()?;
            Some(Reading { role, count, pages: pages.len(), example })
        };
        let mut readings: Vec<Reading> = self.roles.into_iter().filter_map(reading).collect();
        // Stable: roles of one count stay in their order.
        readings.sort_by_key(|reading| std::cmp::Reverse(reading.count));
        let mut cells: Vec<_> = self.cells.into_iter().collect();
        cells.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Some(Word {
            known: known(part, &text, vocabulary),
            part,
            count: self.count,
            pages: self.pages.len(),
            first: self.first?,
            parallel: most_frequent(&self.parallel).map(str::to_owned),
            understood: self.understood,
            readings,
            cells,
            text,
        })
    }
}

/// The most frequent text, the first of several.
fn most_frequent(texts: &BTreeMap<String, usize>) -> Option<&str> {
    let best = texts.values().max()?;
    texts.iter().find(|(_, count)| *count == best).map(|(text, _)| text.as_str())
}
