//! Table rows as documented properties, parameters or members: what each field is named, which type it has, whether it
//! must be given, what it is when it is not.
//!
//! All of it is read wherever it stands, for tables and for lists of fields alike: in a column of its own, beside the
//! name (`name*`), beside the type (`string, required`), at the start of the description (`**Required.** ..`). Every
//! [`Words`] spans just its own text, so that what replaces it leaves the marks around it alone.

mod beside;
mod described;
mod name;
mod required;

use std::borrow::Cow;

use crate::document::{Inline, Style, View};
use crate::facts::{ColumnRole, Page, TableFact};
use crate::lexicon::Vocabulary;
use crate::normalize::marks::{self, Requirement};
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
    /// The identifier, without marks around it.
    pub name: Words<'p>,
    /// The type, without what else its cell says.
    pub ty: Option<Words<'p>>,
    /// What says whether it is required: the cell of its column (or of an Optional column: see
    /// [`TableFact::columns`]), or the mark elsewhere; `None` where only the lack of a mark says it.
    pub required: Option<Words<'p>>,
    /// Whether it must be given, by the mark and by those of the other rows.
    pub requirement: Option<Requirement>,
    /// Whether `required` is the cell of a column of its own, whose words all rows share.
    pub own_column: bool,
    /// What it is if it is not given: the cell of its column, or what the description starts with.
    pub default: Option<Words<'p>>,
    /// The description cell.
    pub description: Option<Inline>,
    /// The row it is a part of, by its position among the rows that were read.
    pub parent: Option<u32>,
    /// What the type cell says: one for all rows that say the same.
    reading: Reading,
}

/// The names that lead to a row, outermost first, then its own: `["pins", "colour"]`.
pub fn path<'r>(rows: &'r [Row<'_>], at: usize) -> Vec<&'r str> {
    const DEEPEST: usize = 64;
    let above = |row: &&'r Row<'_>| rows.get(row.parent? as usize);
    let chain = std::iter::successors(rows.get(at), above).take(DEEPEST);
    let mut names: Vec<&str> = chain.map(|row| &*row.name.text).collect();
    names.reverse();
    names
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
pub fn rows<'p>(
    page: &'p Page,
    fact: &TableFact,
    columns: &[ColumnRole],
    vocabulary: &Vocabulary<'_>,
) -> Vec<Row<'p>> {
    rows_with(page, fact, columns, vocabulary, |_| None)
}

impl Readings<'_> {
    /// [`rows`] whose type cells are read with those of all pages.
    pub fn rows<'p>(
        &self,
        page: &'p Page,
        fact: &TableFact,
        columns: &[ColumnRole],
        vocabulary: &Vocabulary<'_>,
    ) -> Vec<Row<'p>> {
        let locale = self.on(page);
        let known = |ty: &Words<'p>| locale?.reading(ty.view(View::Source), type_link(page, ty));
        rows_with(page, fact, columns, vocabulary, known)
    }
}

/// [`rows`] with the readings of their type cells that are `known`.
fn rows_with<'p>(
    page: &'p Page,
    fact: &TableFact,
    columns: &[ColumnRole],
    vocabulary: &Vocabulary<'_>,
    known: impl Fn(&Words<'p>) -> Option<Reading>,
) -> Vec<Row<'p>> {
    let Some(table) = page.document.tables.get(fact.table as usize) else { return Vec::new() };
    let column = |role: ColumnRole| columns.iter().position(|column| *column == role);
    let Some(name) = column(ColumnRole::Name) else { return Vec::new() };
    let ty = column(ColumnRole::Type);
    let required = column(ColumnRole::Required).or_else(|| column(ColumnRole::Optional));
    let (default, description) = (column(ColumnRole::Default), column(ColumnRole::Description));
    let reader = Reader { page, vocabulary, list: table.syntax.is_list() };
    let mut rows = Vec::with_capacity((table.end_row - table.first_row) as usize);
    let mut marks = required::Marks::new(required.is_some());
    let mut above: Vec<(u32, u32)> = Vec::new();
    for (at, row) in page.document.body(table).iter().enumerate() {
        let cells = page.document.row_cells(row);
        // A cell over several columns speaks for the first: it cannot be both name and type.
        let is_own = |at: usize, cell: &Inline| at == 0 || cells[at - 1].span != cell.span;
        let cell = |column: Option<usize>| {
            column.and_then(|at| cells.get(at).filter(|cell| is_own(at, cell))).copied()
        };
        let filled = |column| cell(column).filter(|cell| !cell.span.is_empty()).map(|cell| words(page, cell));
        let Some(name) = filled(Some(name)).filter(|name| !name.text.is_empty()) else { continue };
        let (name, by_name, indent) = reader.name(name);
        let (mut ty, by_type) = filled(ty).map_or((None, None), |ty| reader.ty(ty));
        let mut default = filled(default);
        let mut mark = filled(required).map(|words| (None, words)).or(by_type).or(by_name);
        let description = cell(description);
        if ty.is_some() && required.is_none() || reader.list {
            let found = description.and_then(|cell| reader.described(cell, ty.is_none()));
            let found = found.unwrap_or_default();
            mark = mark.or(found.mark);
            ty = ty.or(found.ty);
            default = default.or(found.default);
        }
        marks.add(mark.as_ref());
        let reading = ty.as_ref().and_then(&known).unwrap_or_default();
        let depth = row.depth.max(indent);
        while above.pop_if(|(_, other)| *other >= depth).is_some() {}
        let parent = above.last().map(|(row, _)| *row);
        above.push((rows.len() as u32, depth));
        rows.push(Row {
            at: at as u32,
            row: table.first_row + at as u32,
            name,
            ty,
            required: mark.map(|(_, words)| words),
            requirement: None,
            own_column: required.is_some(),
            default,
            description,
            parent,
            reading,
        });
    }
    let inverted = column(ColumnRole::Required).is_none() && column(ColumnRole::Optional).is_some();
    marks.settle(&mut rows, inverted, vocabulary);
    rows
}

/// A mark and, if it is not one of a column, what it says.
type Marked<'p> = (Option<Requirement>, Words<'p>);

/// Takes the cells of one table apart.
struct Reader<'p, 'v> {
    page: &'p Page,
    vocabulary: &'v Vocabulary<'v>,
    /// Whether it is a list, where all that stands beside a name is one cell.
    list: bool,
}

impl<'p> Reader<'p, '_> {
    /// The name, the mark beside it, and how far it is set in.
    fn name(&self, words: Words<'p>) -> (Words<'p>, Option<Marked<'p>>, u32) {
        if words.original.is_some() {
            return (words, None, 0);
        }
        let before = self.blanks_before(&words);
        if name::is_plain(&words.text) {
            return (words, None, before);
        }
        let Some(parts) = name::parts(&words.text, self.vocabulary) else { return (words, None, before) };
        let indent = before + parts.indent;
        // Two words with a comma or slash between them are two names only where they are set apart as such.
        let first = || self.page.document.inline_runs(words.cell).first().copied();
        if parts.alias && !first().is_some_and(|run| run.style.has(Style::CODE)) {
            return (words, None, indent);
        }
        if (parts.start, parts.end) == (0, words.text.len()) {
            return (words, None, indent);
        }
        let Some(name) = self.part(&words, parts.start..parts.end) else { return (words, None, indent) };
        let mark = parts.mark.and_then(|says| {
            let (start, end) = parts.mark_span;
            Some((Some(says), self.part(&words, start..end)?))
        });
        (name, mark, indent)
    }

    /// How many blanks that a page shows set a name in.
    fn blanks_before(&self, words: &Words<'_>) -> u32 {
        let source = self.page.source.text.as_str();
        let cell = words.cell.span;
        let Some(mut rest) = source.get(..words.span.start as usize) else { return 0 };
        let mut blanks = 0;
        if words.span.start < cell.start {
            return 0;
        }
        while let Some(before) =
            ["&nbsp;", "&emsp;", "&ensp;", "\u{a0}", "\u{3000}"].iter().find_map(|b| rest.strip_suffix(b))
        {
            rest = before;
            blanks += 1;
        }
        blanks
    }

    /// The type, and the mark beside it.
    fn ty(&self, words: Words<'p>) -> (Option<Words<'p>>, Option<Marked<'p>>) {
        if words.original.is_some() || !beside::may_be_several(&words.text) && !self.list {
            return (Some(words), None);
        }
        if self.list
            && !beside::may_be_several(&words.text)
            && let Some(says) = marks::said(&words.text, self.vocabulary)
        {
            return (None, Some((Some(says), words)));
        }
        let Some(parts) = beside::parts(&words.text, self.list, self.vocabulary) else {
            return (Some(words), None);
        };
        let mark = parts.mark.and_then(|(says, range)| Some((Some(says), self.part(&words, range)?)));
        if parts.ty.is_empty() {
            return (None, mark);
        }
        match self.part(&words, parts.ty) {
            Some(ty) => (Some(ty), mark),
            None => (Some(words), None),
        }
    }

    /// What the description starts with.
    fn described(&self, cell: Inline, wants_type: bool) -> Option<Described<'p>> {
        let words = words(self.page, cell);
        if words.original.is_some() {
            return None;
        }
        let found = described::start(&words.text, wants_type, self.vocabulary)?;
        let part = |range: Option<std::ops::Range<usize>>| self.part(&words, range?);
        Some(Described {
            mark: found.mark.and_then(|(says, range)| Some((Some(says), part(Some(range))?))),
            ty: part(found.ty),
            default: part(found.default),
        })
    }

    /// A part of a cell's words.
    fn part(&self, words: &Words<'p>, range: std::ops::Range<usize>) -> Option<Words<'p>> {
        let text: Cow<'p, str> = match &words.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(range.clone())?),
            Cow::Owned(text) => Cow::Owned(text.get(range.clone())?.to_owned()),
        };
        let (document, source) = (&self.page.document, self.page.source.text.as_str());
        let span = document.source_span(source, words.cell, View::Page, &words.text, range.into())?;
        (!text.is_empty()).then_some(Words { text, span, original: None, cell: words.cell })
    }
}

/// What the start of a description says.
#[derive(Default)]
struct Described<'p> {
    mark: Option<Marked<'p>>,
    ty: Option<Words<'p>>,
    default: Option<Words<'p>>,
}
