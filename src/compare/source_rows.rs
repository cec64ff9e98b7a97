//! The rows of the pages that vouch for others, read once for all their translations.

use std::sync::OnceLock;

use crate::compare::align::Item;
use crate::compare::items;
use crate::comparison::Counterpart;
use crate::facts::Page;
use crate::lexicon::{Lexicon, Vocabulary};
use crate::normalize::readings::Readings;
use crate::normalize::rows::Row;
use crate::text::FileId;

/// Rows by page and table, read when they are first asked for.
pub struct SourceRows<'p> {
    pages: &'p [Page],
    lexicon: &'p Lexicon,
    /// What their type cells say, and those of their translations.
    readings: &'p Readings<'p>,
    by_page: Vec<OnceLock<PageRows<'p>>>,
}

struct PageRows<'p> {
    vocabulary: Vocabulary<'p>,
    tables: Vec<OnceLock<Vec<Row<'p>>>>,
}

impl<'p> SourceRows<'p> {
    /// Nothing read yet. `pages` are numbered by position.
    pub fn new(pages: &'p [Page], lexicon: &'p Lexicon, readings: &'p Readings<'p>) -> Self {
        Self { pages, lexicon, readings, by_page: pages.iter().map(|_| OnceLock::new()).collect() }
    }

    /// The rows of a table by the roles of its own columns, and the vocabulary to read them with.
    pub(super) fn of(&self, page: FileId, table: u32) -> Option<(&[Row<'p>], &Vocabulary<'p>)> {
        let at = page.0 as usize;
        let page: &'p Page = self.pages.get(at)?;
        let known = self.by_page.get(at)?.get_or_init(|| PageRows {
            vocabulary: self.lexicon.vocabulary(page.source.locale.as_ref()),
            tables: page.facts.tables.iter().map(|_| OnceLock::new()).collect(),
        });
        let fact = page.facts.tables.get(table as usize)?;
        let read = known
            .tables
            .get(table as usize)?
            .get_or_init(|| self.readings.rows(page, fact, &fact.columns, &known.vocabulary));
        Some((read, &known.vocabulary))
    }
}

/// [`SourceRows`], and their rows as items of the alignment engine, which keep what was read of them.
pub struct SourceTables<'r> {
    rows: &'r SourceRows<'r>,
    by_page: Vec<OnceLock<Vec<OnceLock<Vec<Item<'r>>>>>>,
}

impl<'r> SourceTables<'r> {
    /// Nothing read yet.
    pub fn new(rows: &'r SourceRows<'r>) -> Self {
        Self { rows, by_page: rows.pages.iter().map(|_| OnceLock::new()).collect() }
    }

    /// What type cells say, those of the translations among them.
    pub(super) fn readings(&self) -> &Readings<'r> {
        self.rows.readings
    }

    /// See [`SourceRows::of`].
    pub(super) fn rows(&self, page: FileId, table: u32) -> Option<&'r [Row<'r>]> {
        self.rows.of(page, table).map(|(rows, _)| rows)
    }

    /// The rows of a table of a page that vouches for others, which it does in one of its texts only.
    pub(super) fn items(&self, with: Counterpart<'r>, table: u32) -> Option<&[Item<'r>]> {
        let tables = self
            .by_page
            .get(with.page.file.0 as usize)?
            .get_or_init(|| with.page.facts.tables.iter().map(|_| OnceLock::new()).collect());
        let items = || {
            let (rows, vocabulary) = self.rows.of(with.page.file, table)?;
            Some(items::of_rows(with.page, rows, with.view, vocabulary))
        };
        Some(tables.get(table as usize)?.get_or_init(|| items().unwrap_or_default()))
    }
}
