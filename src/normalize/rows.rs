//! Table rows as documented properties, parameters or members.

use std::borrow::Cow;

use crate::document::{Inline, View};
use crate::facts::{ColumnRole, Page, TableFact};
use crate::lexicon::Vocabulary;
use crate::normalize::readings::{Reading, Readings};
use crate::normalize::types::{self, TypeReading};
use crate::text::Span;

/// One cell's words in both languages of the page.
#[derive(Debug, Clone)]
pub struct Words<'p> {
    /// What readers of the page see.
    pub text: Cow<'p, str>,
    /// The narrowest bytes that hold it.
    pub span: Span,
    /// The source language's words, where the page is bilingual and has a pair here.
    pub original: Option<Cow<'p, str>>,
    /// The cell.
    pub cell: Inline,
}

/// A row of a table whose columns are known.
#[derive(Debug, Clone)]
pub struct Row<'p> {
    /// Position among the table's body rows.
    pub at: u32,
    /// Index into [`crate::document::Document::rows`].
    pub row: u32,
    /// The identifier.
    pub name: Words<'p>,
    /// The type cell.
    pub ty: Option<Words<'p>>,
    /// The Required cell (or Optional: see [`TableFact::columns`]).
    pub required: Option<Words<'p>>,
    /// The description cell.
    pub description: Option<Inline>,
    /// What the type cell says: one for all rows that say the same.
    reading: Reading,
}

impl Row<'_> {
    /// What the type cell says, in the source language where the page has it. Read once: several rules ask.
    pub fn type_reading(&self, page: &Page, vocabulary: &Vocabulary<'_>) -> Option<&TypeReading> {
        let words = self.ty.as_ref()?;
        let text = words.original.as_deref().unwrap_or(&words.text);
        Some(self.reading.get_or_init(|| types::read(text, type_link(page, words), vocabulary)))
    }

    /// What the type cell says to readers of the page.
    pub fn shown_type_reading(
        &self,
        page: &Page,
        vocabulary: &Vocabulary<'_>,
    ) -> Option<Cow<'_, TypeReading>> {
        let words = self.ty.as_ref()?;
        if words.original.as_ref().is_some_and(|original| *original != words.text) {
            return Some(Cow::Owned(types::read(&words.text, type_link(page, words), vocabulary)));
        }
        self.type_reading(page, vocabulary).map(Cow::Borrowed)
    }
}

fn type_link<'p>(page: &'p Page, words: &Words<'_>) -> Option<&'p str> {
    page.document.link_target(&page.source.text, words.cell)
}

/// The words of a cell.
pub fn words(page: &Page, cell: Inline) -> Words<'_> {
    let (document, text) = (&page.document, page.source.text.as_str());
    if let Some(span) = document.plain_span(text, cell) {
        return Words { text: Cow::Borrowed(span.of(text)), span, original: None, cell };
    }
    let shown = document.text(text, cell, View::Page);
    let original = if document.bilingual && document.has_source_half(cell) {
        Some(document.text(text, cell, View::Source))
    } else {
        None
    };
    Words { text: shown, span: document.text_span(text, cell, View::Page), original, cell }
}

impl Words<'_> {
    /// The text in one of the page's languages.
    pub fn view(&self, view: View) -> &str {
        match (view, &self.original) {
            (View::Source, Some(original)) => original,
            _ => &self.text,
        }
    }
}

/// The rows of a table that have a name, by the roles of `columns`: the table's own, or those of the reference
/// page's table. Rows whose name cell is empty are left out.
pub fn rows<'p>(page: &'p Page, fact: &TableFact, columns: &[ColumnRole]) -> Vec<Row<'p>> {
    rows_with(page, fact, columns, |_| None)
}

impl Readings<'_> {
    /// [`rows`] whose type cells are read with those of all pages.
    pub fn rows<'p>(&self, page: &'p Page, fact: &TableFact, columns: &[ColumnRole]) -> Vec<Row<'p>> {
        let locale = self.on(page);
        rows_with(page, fact, columns, |ty| locale?.reading(ty.view(View::Source), type_link(page, ty)))
    }
}

/// [`rows`] with the readings of their type cells that are `known`.
fn rows_with<'p>(
    page: &'p Page,
    fact: &TableFact,
    columns: &[ColumnRole],
    known: impl Fn(&Words<'p>) -> Option<Reading>,
) -> Vec<Row<'p>> {
    let Some(table) = page.document.tables.get(fact.table as usize) else { return Vec::new() };
    let column = |role: ColumnRole| columns.iter().position(|column| *column == role);
    let Some(name) = column(ColumnRole::Name) else { return Vec::new() };
    let ty = column(ColumnRole::Type);
    let required = column(ColumnRole::Required).or_else(|| column(ColumnRole::Optional));
    let description = column(ColumnRole::Description);
    let mut rows = Vec::with_capacity((table.end_row - table.first_row) as usize);
    for (at, row) in page.document.body(table).iter().enumerate() {
        let cells = page.document.row_cells(row);
        // A cell over several columns speaks for the first: it cannot be both name and type.
        let is_own = |at: usize, cell: &Inline| at == 0 || cells[at - 1].span != cell.span;
        let cell = |column: Option<usize>| {
            column.and_then(|at| cells.get(at).filter(|cell| is_own(at, cell))).copied()
        };
        let filled = |column| cell(column).filter(|cell| !cell.span.is_empty()).map(|cell| words(page, cell));
        let Some(name) = filled(Some(name)).filter(|name| !name.text.is_empty()) else { continue };
        let ty = filled(ty);
        let reading = ty.as_ref().and_then(&known).unwrap_or_default();
        rows.push(Row {
            at: at as u32,
            row: table.first_row + at as u32,
            name,
            ty,
            required: filled(required),
            description: cell(description),
            reading,
        });
    }
    rows
}
