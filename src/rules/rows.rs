//! Rows of tables beside the properties they were matched with: what several rules walk over.

use crate::alignment::Pair;
use crate::compare::names;
use crate::comparison::{Against, SourceCell, TableComparison};
use crate::document::{Document, Inline, View};
use crate::finding::Site;
use crate::normalize::rows::{Row, Words};
use crate::normalize::types::TypeReading;
use crate::rules::Context;
use crate::rules::draft::member;
use crate::schema::Property;
use crate::text::Span;

/// Below this confidence a pair says nothing about the row's type or mark.
pub(super) const SURE: f32 = 0.8;

/// A row of a property table and the property it documents.
pub(super) struct Documented<'c, 'a> {
    pub row: &'c Row<'a>,
    pub owner: &'a str,
    pub property: &'a Property,
}

impl Documented<'_, '_> {
    /// `CartLineItem.quantity`.
    pub fn path(&self) -> String {
        member(self.owner, &self.property.name)
    }

    /// Where the model declares the property.
    pub fn site(&self) -> Option<Site> {
        self.property.place.map(Site::Spec)
    }
}

/// Rows that surely document a property of the model.
pub(super) fn documented<'c, 'a>(context: &'c Context<'a>) -> impl Iterator<Item = Documented<'c, 'a>> {
    context.comparison.tables.iter().flat_map(|table| {
        let pairs = table.bound.iter().flat_map(|bound| &bound.alignment.pairs);
        pairs.filter_map(move |pair| documented_by(table, pair.left))
    })
}

/// The property that a row surely documents.
pub(super) fn documented_by<'c, 'a>(table: &'c TableComparison<'a>, row: u32) -> Option<Documented<'c, 'a>> {
    let bound = table.bound.as_ref()?;
    let Against::Properties(owner, properties) = bound.to else { return None };
    let pair = bound.alignment.of_left(row).filter(|pair| pair.confidence >= SURE)?;
    let row = table.rows.get(row as usize)?;
    Some(Documented { row, owner, property: properties.get(pair.right as usize)? })
}

/// Rows that stand for nothing the spec has, each with the item it was only guessed to be.
pub(super) fn unplaced<'c>(table: &'c TableComparison<'_>) -> impl Iterator<Item = (u32, Option<u32>)> + 'c {
    let bound = table.bound.iter();
    bound.flat_map(move |bound| {
        let is_guess = move |pair: &&Pair| {
            let Some(row) = table.rows.get(pair.left as usize) else { return false };
            let name = row.name.original.as_ref().unwrap_or(&row.name.text);
            let right = names::right_name(bound.to, pair.right, name);
            let differs = right.is_some_and(|(right, _)| right != name);
            pair.confidence < names::BAR || (differs && table.verdict(pair.left).is_none())
        };
        let guesses = bound.alignment.pairs.iter().filter(is_guess);
        let alone = bound.alignment.left_only.iter().map(|row| (*row, None));
        alone.chain(guesses.map(|pair| (pair.left, Some(pair.right))))
    })
}

/// Writes `right` into a cell. On a bilingual page the source half gets it too: else the halves would part. No
/// edits where that cannot be done.
pub(super) fn rewrite(context: &Context<'_>, words: &Words<'_>, right: &str) -> Vec<(Span, String)> {
    let mut edits = vec![(words.span, right.to_owned())];
    if words.original.as_ref().is_some_and(|original| original != right) {
        let span = context.page.document.text_span(context.text(), words.cell, View::Source);
        edits.push((span, right.to_owned()));
    }
    if context.page.document.bilingual && edits.iter().any(|(span, _)| tears(context.text(), *span)) {
        return Vec::new();
    }
    edits.retain(|(span, right)| span.of(context.text()) != right);
    edits
}

/// Makes a type cell say `right`, as its source does: with the source's links and escapes, or else with the cell's own
/// links. No edits where that would tear a bilingual pair or lose a link.
pub(super) fn retype(
    context: &Context<'_>,
    words: &Words<'_>,
    source: Option<SourceCell<'_>>,
    right: &str,
) -> Vec<(Span, String)> {
    let (document, text) = (&context.page.document, context.text());
    let whole = document.markup_span(text, words.cell, View::Page);
    if let Some(source) = source.filter(|source| source.text == right) {
        let (page, theirs) = (&source.page.document, source.page.source.text.as_str());
        let span = page.markup_span(theirs, source.cell, source.view);
        let syntax =
            |document: &Document, cell: Inline| document.table_at(cell.span).map(|table| table.syntax);
        let alike = syntax(document, words.cell) == syntax(page, source.cell);
        if alike && !tears(text, whole) && !tears(theirs, span) {
            let plain = span.of(theirs) == right;
            return vec![(if plain { words.span } else { whole }, span.of(theirs).to_owned())];
        }
    }
    let mut linked = right.to_owned();
    for run in
        document.inline_runs(words.cell).iter().filter(|run| run.link > 0 && View::Page.shows(run.half))
    {
        let Some(link) = document.link(run.link).filter(|link| words.span.contains(link.span)) else {
            continue;
        };
        let shown = document.run_text(text, run);
        if linked.matches(shown).count() != 1 {
            return Vec::new();
        }
        linked = linked.replace(shown, link.span.of(text));
    }
    if tears(text, words.span) { Vec::new() } else { vec![(words.span, linked)] }
}

/// Whether an edit would tear a bilingual pair: it has words inside and outside of one.
fn tears(text: &str, span: Span) -> bool {
    let words = span.of(text);
    // Hardly any cell has a tag.
    memchr::memchr(b'<', words.as_bytes()).is_some()
        && ["<span", "</span"].iter().any(|tag| words.contains(tag))
}

/// The header row of a table, where findings about the table as a whole stand; its first row if it has none.
pub(super) fn header(context: &Context<'_>, table: &TableComparison<'_>) -> Span {
    let document = &context.page.document;
    let first = table.rows.first().map_or(Span::default(), |row| row.name.span);
    let fact = context.page.facts.tables.get(table.table as usize);
    let written = fact.and_then(|fact| document.tables.get(fact.table as usize));
    let row = written.and_then(|table| document.rows.get(table.header? as usize));
    row.map_or(first, |row| row.span.trimmed(context.text()))
}

/// What the type cell of a row says, in the source language where the page has it.
pub(super) fn type_reading<'c>(context: &Context<'_>, row: &'c Row<'_>) -> Option<&'c TypeReading> {
    row.type_reading(context.page, &context.vocabulary)
}
