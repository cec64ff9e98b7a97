//! Rows of tables beside the properties they were matched with: what several rules walk over.

use serde_json::Value;

use crate::alignment::Pair;
use crate::compare::names;
use crate::comparison::{Against, SourceCell, TableComparison};
use crate::document::{Document, Inline, TableSyntax, View};
use crate::finding::Site;
use crate::hash::{HashMap, HashSet};
use crate::normalize::rows::{Row, Words};
use crate::normalize::types::TypeReading;
use crate::rules::Context;
use crate::rules::draft::member;
use crate::schema::{Property, Schema, Type};
use crate::text::{Place, Span};

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

    /// Where the spec declares the property.
    pub fn site(&self) -> Option<Site> {
        self.property.place.map(Site::Spec)
    }
}

/// Rows that surely document a property of the spec.
pub(super) fn documented<'c, 'a>(context: &'c Context<'a>) -> impl Iterator<Item = Documented<'c, 'a>> {
    context.comparison.tables.iter().flat_map(|table| {
        let pairs = table.bound.iter().flat_map(|bound| bound.alignment.pairs.iter().map(|pair| pair.left));
        let nested = table.bound.iter().flat_map(|bound| bound.nested.iter().map(|nested| nested.row));
        pairs.chain(nested).filter_map(move |row| documented_by(table, row))
    })
}

/// The property that a row surely documents.
pub(super) fn documented_by<'c, 'a>(table: &'c TableComparison<'a>, row: u32) -> Option<Documented<'c, 'a>> {
    let bound = table.bound.as_ref()?;
    let Against::Properties(owner, properties) = bound.to else { return None };
    if let Ok(at) = bound.nested.binary_search_by_key(&row, |nested| nested.row) {
        let nested = bound.nested.get(at)?;
        return Some(Documented {
            row: table.rows.get(row as usize)?,
            owner: nested.owner,
            property: nested.property?,
        });
    }
    let pair = bound.alignment.of_left(row).filter(|pair| pair.confidence >= SURE)?;
    let row = table.rows.get(row as usize)?;
    Some(Documented { row, owner, property: properties.get(pair.right as usize)? })
}

/// A row of a list and what the spec declares for it: a property, of whatever depth, or a parameter.
#[derive(Clone, Copy)]
pub(super) struct Declared<'c, 'a> {
    pub row: &'c Row<'a>,
    pub ty: &'a Type,
    pub default: Option<&'a Value>,
    /// The property; none for a parameter.
    pub property: Option<&'a Property>,
    /// Whether the spec allows null.
    pub nullable: bool,
    owner: &'c str,
    name: &'a str,
    place: Option<Place>,
}

impl Declared<'_, '_> {
    /// `CartLineItem.quantity`; for a parameter the path, and its name.
    pub fn path(&self) -> String {
        member(self.owner, self.name)
    }

    /// Where the spec declares it.
    pub fn site(&self) -> Option<Site> {
        self.place.map(Site::Spec)
    }
}

/// Rows that surely document something that the spec declares.
pub(super) fn declared<'c, 'a>(
    context: &'c Context<'a>,
    schema: &'a Schema,
) -> impl Iterator<Item = Declared<'c, 'a>> {
    context.comparison.tables.iter().flat_map(move |table| {
        let pairs = table.bound.iter().flat_map(|bound| bound.alignment.pairs.iter().map(|pair| pair.left));
        let nested = table.bound.iter().flat_map(|bound| bound.nested.iter().map(|nested| nested.row));
        pairs.chain(nested).filter_map(move |row| declared_by(table, row, schema))
    })
}

/// What the spec declares for a row.
pub(super) fn declared_by<'c, 'a>(
    table: &'c TableComparison<'a>,
    row: u32,
    schema: &'a Schema,
) -> Option<Declared<'c, 'a>> {
    let bound = table.bound.as_ref()?;
    let Against::Parameters(operation) = bound.to else {
        let Documented { row, owner, property } = documented_by(table, row)?;
        let (ty, name, place) = (&property.ty, property.name.as_str(), property.place);
        let nullable = schema.allows_null(property);
        let default = property.default.as_ref();
        return Some(Declared { row, ty, default, property: Some(property), nullable, owner, name, place });
    };
    let pair = bound.alignment.of_left(row).filter(|pair| pair.confidence >= SURE)?;
    let parameter = operation.parameters.get(pair.right as usize)?;
    let (ty, name, place) = (&parameter.ty, parameter.name.as_str(), parameter.place.or(operation.place));
    Some(Declared {
        row: table.rows.get(pair.left as usize)?,
        ty,
        default: parameter.default.as_ref(),
        property: None,
        nullable: schema.holds_null(ty),
        owner: &table.owner,
        name,
        place,
    })
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

/// The names of rows that one table of a page lacks and another has which its source has not: they were moved.
pub(super) fn moved<'c>(context: &'c Context<'_>) -> HashSet<&'c str> {
    let (mut lost, mut gained) = (HashMap::default(), HashMap::default());
    for table in &context.comparison.tables {
        let Some(reference) = &table.reference else { continue };
        let theirs = reference.alignment.right_only.iter().filter_map(|at| reference.rows.get(*at as usize));
        for row in theirs {
            *lost.entry(row.name.view(reference.with.view)).or_insert(0_usize) += 1;
        }
        for row in reference.alignment.left_only.iter().filter_map(|at| table.rows.get(*at as usize)) {
            *gained.entry(&*row.name.text).or_insert(0_usize) += 1;
        }
    }
    let is_once = |name: &&str| lost.get(name) == Some(&1) && names::is_identifier(name);
    gained.into_iter().filter(|(_, count)| *count == 1).map(|(name, _)| name).filter(is_once).collect()
}

/// Writes `right` into a cell. On a bilingual page the source half gets it too: else the halves would part. No
/// edits where that cannot be done.
pub(super) fn rewrite(context: &Context<'_>, words: &Words<'_>, right: &str) -> Vec<(Span, String)> {
    // A pointer's star belongs to its name.
    let star = if words.text.ends_with('*') && !right.ends_with('*') { "*" } else { "" };
    let mut edits = vec![(words.span, [right, star].concat())];
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

/// Whether the rows of a table are headings: whether each is there is told of the sections.
pub(super) fn are_headings(context: &Context<'_>, table: &TableComparison<'_>) -> bool {
    let fact = context.page.facts.tables.get(table.table as usize);
    let written = fact.and_then(|fact| context.page.document.tables.get(fact.table as usize));
    written.is_some_and(|written| written.syntax == TableSyntax::Headings)
}

/// Whether a type cell holds more than a type, which would be lost with it: a sentence, or what stands in the next cell
/// of a row that lost a delimiter.
pub(super) fn holds_prose(context: &Context<'_>, words: &Words<'_>, right: &str) -> bool {
    let count = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.filter(|word| word.chars().any(char::is_alphabetic)).count()
    };
    let (found, expected) = (count(&words.text), count(right));
    found > 2 * expected + 2 || found > expected && is_last_of_short_row(context, words.cell)
}

/// Whether a row ends with this cell, which is not the last column.
fn is_last_of_short_row(context: &Context<'_>, cell: Inline) -> bool {
    let document = &context.page.document;
    let Some(table) = document.table_at(cell.span) else { return false };
    let rows = document.rows.get(table.first_row as usize..table.end_row as usize).unwrap_or_default();
    let row =
        rows.partition_point(|row| row.span.start <= cell.span.start).checked_sub(1).map(|at| &rows[at]);
    let header = table.header.and_then(|at| document.rows.get(at as usize));
    let (Some(row), Some(header)) = (row, header) else { return false };
    let column = document.row_cells(row).iter().position(|other| other.span == cell.span);
    let after = context.text().get(cell.span.end as usize..row.span.end as usize).unwrap_or("|");
    let is_last = matches!(after.trim(), "" | "|");
    is_last && column.is_some_and(|column| column + 1 < document.row_cells(header).len())
}

/// Makes a type cell say `right`, as its source does: with the source's links and escapes, or else with the cell's own
/// links. No edits where that would tear a bilingual pair, lose a link or lose prose.
pub(super) fn retype(
    context: &Context<'_>,
    words: &Words<'_>,
    source: Option<SourceCell<'_>>,
    right: &str,
) -> Vec<(Span, String)> {
    if holds_prose(context, words, right) {
        return Vec::new();
    }
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
