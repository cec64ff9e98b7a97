//! What the pages of a locale call things, beside what the pages parallel to them call the same things.
//!
//! Parallel is the reference page, or the source half of a bilingual one. Every header cell, type cell,
//! Required mark, method and heading is one sighting of a word; together they tell what the word stands
//! for, and whether the lexicon says so too. Absent here: lexicon files, output formats.

mod columns;
mod sightings;
mod word;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::compare::reference::References;
use crate::compare::source_rows::{SourceRows, SourceTables};
use crate::facts::Page;
use crate::lexicon::Lexicon;
use crate::normalize::readings::Readings;
use crate::settings::{Reference, Settings};
use crate::source::Locale;

use sightings::sightings;
use word::Gathered;

pub use word::{Against, Reading, Witness, Word};

/// Where in a page a word stands; each is a table of a lexicon file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A header cell.
    Header,
    /// A type cell.
    Type,
    /// A cell of a Required or Optional column.
    Mark,
    /// The method cell of a request.
    Method,
    /// A heading.
    Section,
}

impl Part {
    /// All of them, in the order of a lexicon file.
    pub const ALL: [Self; 5] = [Self::Header, Self::Type, Self::Mark, Self::Method, Self::Section];

    /// The table of a lexicon file that holds such words.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Header => "headers",
            Self::Type => "types",
            Self::Mark => "marks",
            Self::Method => "methods",
            Self::Section => "sections",
        }
    }

    /// What messages call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Type => "type",
            Self::Mark => "mark",
            Self::Method => "method",
            Self::Section => "heading",
        }
    }
}

/// The words of one locale's pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// The locale; `None` for pages of which nobody knows.
    pub locale: Option<Locale>,
    /// How many pages there are.
    pub pages: usize,
    /// How many of them have a parallel text.
    pub parallel: usize,
    /// By part, then by text without regard to case and accents.
    pub words: Vec<Word>,
}

/// The words of all pages that the settings choose, by locale.
pub fn survey(pages: &[Page], lexicon: &Lexicon, settings: &Settings) -> Vec<Usage> {
    let references = References::new(pages, &settings.reference);
    let halves = settings.reference != Reference::Off;
    let readings = Readings::new(pages);
    let rows = SourceRows::new(pages, lexicon, &readings);
    let sources = SourceTables::new(&rows);
    let look = pages.par_iter().map(|page| {
        let chosen = settings.judges(page.file, page.source.locale.as_ref());
        chosen.then(|| sightings(page, references.of(page), &sources, lexicon, halves))
    });
    let by_page: Vec<_> = look.collect();
    let mut by_locale: BTreeMap<Option<&Locale>, (usize, usize, Gathered)> = BTreeMap::new();
    for (page, sightings) in pages.iter().zip(by_page) {
        let Some(sightings) = sightings else { continue };
        let (count, parallel, gathered) = by_locale.entry(page.source.locale.as_ref()).or_default();
        *count += 1;
        *parallel += usize::from(halves && (page.document.bilingual || references.of(page).is_some()));
        for sighting in sightings {
            gathered.add(page.file, sighting);
        }
    }
    let usage = |(locale, (pages, parallel, gathered)): (Option<&Locale>, (usize, usize, Gathered))| Usage {
        locale: locale.cloned(),
        pages,
        parallel,
        words: gathered.words(&lexicon.vocabulary(locale)),
    };
    by_locale.into_iter().map(usage).collect()
}
