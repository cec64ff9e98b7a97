//! What type cells say, read once a run: pages of one locale repeat their types.
//!
//! Absent here: how a cell is read.

use std::sync::{Arc, OnceLock};

use crate::facts::Page;
use crate::hash::HashMap;
use crate::lexicon::Vocabulary;
use crate::memo::Memo;
use crate::normalize::types::{self, TypeReading};
use crate::source::Locale;

/// Longer texts, in bytes, are prose: each would be kept, and reading them costs little.
const LONGEST: usize = 256;

/// What a cell says, once somebody has asked.
pub(super) type Reading = Arc<OnceLock<TypeReading>>;

/// The texts of type cells, by the locale that they are read in.
pub struct Readings<'p>(HashMap<Option<&'p Locale>, InLocale>);

/// What was read in one locale.
#[derive(Default)]
pub(super) struct InLocale {
    plain: Memo<Box<str>, Reading>,
    /// With the target of the cell's link.
    linked: Memo<(Box<str>, Box<str>), Reading>,
}

impl<'p> Readings<'p> {
    /// Nothing read yet.
    pub fn new(pages: &'p [Page]) -> Self {
        let mut locales = HashMap::default();
        for page in pages {
            locales.entry(page.source.locale.as_ref()).or_default();
        }
        Self(locales)
    }

    /// What a text says to the readers of a page; `vocabulary` is that of its locale.
    pub fn read(&self, page: &Page, text: &str, vocabulary: &Vocabulary<'_>) -> TypeReading {
        let read = || types::read(text, None, vocabulary);
        let known = self.on(page).and_then(|locale| locale.reading(text, None));
        known.map_or_else(read, |known| known.get_or_init(read).clone())
    }

    /// What was read in the locale of a page.
    pub(super) fn on<'s>(&'s self, page: &'s Page) -> Option<&'s InLocale> {
        self.0.get(&page.source.locale.as_ref())
    }
}

impl InLocale {
    /// The reading that all cells with that text and link share.
    pub fn reading(&self, text: &str, link: Option<&str>) -> Option<Reading> {
        let (length, nothing) = (text.len() + link.map_or(0, str::len), Reading::default);
        if length > LONGEST {
            return None;
        }
        Some(match link {
            None => self.plain.get_or(length, text, || text.into(), nothing),
            Some(link) => {
                let key = (text.into(), link.into());
                self.linked.get_or(length, &key, || key.clone(), nothing)
            }
        })
    }
}
