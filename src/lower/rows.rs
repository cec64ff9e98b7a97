//! The rows of a table as what they say: names, types, marks, values.
//!
//! Absent here: which type or operation the rows belong to.

use crate::alignment::Pair;
use crate::compare::names::{BAR, is_identifier, is_source_language};
use crate::comparison::{NameVerdict, TableComparison};
use crate::document::{Inline, Style, View};
use crate::facts::{ColumnRole, Page, TableFact};
use crate::finding::{Basis, Cause, Site};
use crate::lexicon::{HeaderRole, Lexicon, Vocabulary};
use crate::lower::prose::{self, Reader};
use crate::lower::said::{Row, TypeCell};
use crate::normalize::marks::{self, Leading, Requirement};
use crate::normalize::rows::Row as Written;
use crate::normalize::values;
use crate::rules::Context;
use crate::schema::Location;
use crate::text::{Place, is_blank};

/// No description sets more values apart than this; longer ones, in characters, are no values.
const MOST_VALUES: usize = 64;
const LONGEST_VALUE: usize = 48;

/// A page whose cells are read, in one of its languages.
#[derive(Clone, Copy)]
struct Side<'s> {
    page: &'s Page,
    view: View,
    vocabulary: Vocabulary<'s>,
}

/// What the rows of a compared table say; `columns` are those that its cells were read by.
pub(super) fn rows(
    context: &Context<'_>,
    reader: &Reader<'_>,
    table: &TableComparison<'_>,
    columns: &[ColumnRole],
    lexicon: &Lexicon,
) -> Vec<Row> {
    let page = context.page;
    let own = Side { page, view: reader.own_view(), vocabulary: context.vocabulary };
    let theirs = table.reference.as_ref().map(|reference| Side {
        page: reference.with.page,
        view: reference.with.view,
        vocabulary: lexicon.vocabulary(reference.with.page.source.locale.as_ref()),
    });
    let fact = &page.facts.tables[table.table as usize];
    let their_fact =
        table.reference.as_ref().map(|reference| &reference.with.page.facts.tables[reference.table as usize]);
    let flags = match (&theirs, their_fact) {
        (Some(theirs), Some(fact)) if fact.columns.len() == columns.len() => flags(*theirs, fact),
        _ => flags(own, fact),
    };
    let is_source = page.document.bilingual || is_source_language(page);
    let mut rows = Vec::with_capacity(table.rows.len());
    for (at, row) in table.rows.iter().enumerate() {
        let pair = table.reference.as_ref().and_then(|reference| {
            let pair: &Pair = reference.alignment.of_left(at as u32).filter(|pair| pair.confidence >= BAR)?;
            reference.rows.get(pair.right as usize)
        });
        let source = pair.zip(theirs);
        let healed = table.verdict(at as u32).filter(|verdict| heals(verdict));
        let written = row.name.view(own.view);
        let name = healed.map_or(written, |verdict| &verdict.expected);
        let name =
            without_gloss(name.trim().trim_end_matches(|c: char| matches!(c, ':' | '：') || is_blank(c)))
                .to_owned();
        let (described, view) = source.map_or((row, own), |(row, side)| (row, side));
        let cells = Cells { page, row: row.row, columns, vocabulary: &context.vocabulary };
        let doc = row.description.map_or_else(String::new, |cell| prose::text(page, cell, View::Page));
        let leading = leading(row, own, source);
        let marks = cells.flags(&flags);
        let vouched = healed.and_then(|verdict| match verdict.witnesses.first() {
            Some(Site::Page(place)) => Some((locale_of(context, *place), *place)),
            _ => None,
        });
        rows.push(Row {
            is_source: is_source || source.is_some() || healed.is_some(),
            name,
            place: Place { file: page.file, span: row.name.span },
            vouched,
            types: types(reader, row, own, source),
            required: row.requirement.or(leading.requirement),
            read_only: leading.read_only || marks.read_only || says_read_only(row, own),
            nullable: marks.nullable,
            doc,
            source_doc: source.map(|(row, side)| source_doc(row, side)),
            links: links(reader, described, view),
            values: described.description.map_or_else(Vec::new, |cell| literals(view, cell)),
            number: cells.number(),
            value: cells.value(),
            location: cells.location(),
        });
    }
    rows
}

/// `termDuration` of `termDuration (a translation of it)`.
fn without_gloss(name: &str) -> &str {
    let before = name.split_once(['(', '（']).map_or(name, |(before, _)| before.trim());
    if is_identifier(before) { before } else { name }
}

/// Whether a verdict is about damage, not about docs that moved away from the spec.
fn heals(verdict: &NameVerdict<'_>) -> bool {
    verdict.basis != Basis::Model || verdict.cause == Cause::Translation
}

fn locale_of(context: &Context<'_>, place: Place) -> String {
    let page = context.corpus.pages.get(place.file.0 as usize);
    page.and_then(|page| page.source.locale.as_ref()).map_or_else(String::new, ToString::to_string)
}

/// What the type cell says; after it what the source's says.
fn types(
    reader: &Reader<'_>,
    row: &Written<'_>,
    own: Side<'_>,
    source: Option<(&Written<'_>, Side<'_>)>,
) -> Vec<TypeCell> {
    let cell = |(row, side): (&Written<'_>, Side<'_>)| {
        let reading = row.type_reading(side.page, &side.vocabulary)?.clone();
        let links =
            row.ty.as_ref().map_or_else(Vec::new, |words| reader.links(side.page, side.view, words.cell));
        let text = row.ty.as_ref().map_or_else(String::new, |words| words.view(side.view).trim().to_owned());
        Some(TypeCell { text, reading, link: links.into_iter().next() })
    };
    std::iter::once((row, own)).chain(source).filter_map(cell).collect()
}

/// Where the links of the name and of the description lead.
fn links(reader: &Reader<'_>, row: &Written<'_>, side: Side<'_>) -> Vec<super::said::Link> {
    let cells = std::iter::once(row.name.cell).chain(row.description);
    cells.flat_map(|cell| reader.links(side.page, side.view, cell)).collect()
}

fn source_doc(row: &Written<'_>, side: Side<'_>) -> (String, String) {
    let locale = side.page.source.locale.as_ref().map_or_else(String::new, ToString::to_string);
    let text = row.description.map_or_else(String::new, |cell| prose::text(side.page, cell, side.view));
    (locale, text)
}

/// What the description starts with: its own, else the source's.
fn leading(row: &Written<'_>, own: Side<'_>, source: Option<(&Written<'_>, Side<'_>)>) -> Leading {
    let read = |row: &Written<'_>, side: Side<'_>| {
        let text = row.description.map_or_else(String::new, |cell| prose::text(side.page, cell, side.view));
        marks::leading(&text, &side.vocabulary)
    };
    let said = read(row, own);
    match source {
        Some((row, side)) if said == Leading::default() => read(row, side),
        _ => said,
    }
}

/// Whether a sentence of the description is no more than that: `The name. Read-only.`
fn says_read_only(row: &Written<'_>, own: Side<'_>) -> bool {
    let text = row.description.map_or_else(String::new, |cell| prose::text(own.page, cell, own.view));
    let sentences = text.split_inclusive(['.', '。']);
    sentences.into_iter().any(|sentence| marks::leading(sentence, &own.vocabulary).read_only)
}

/// What a description sets apart as values: single words in code, bold type or quotes, in order.
fn literals(side: Side<'_>, cell: Inline) -> Vec<String> {
    let (document, source) = (&side.page.document, side.page.source.text.as_str());
    let mut found: Vec<(usize, String)> = Vec::new();
    let shown = document.text(source, cell, side.view);
    for range in values::quoted(&shown).into_iter().take(MOST_VALUES) {
        found.push((range.start, shown[range].trim().to_owned()));
    }
    let mut at = 0;
    for run in document.inline_runs(cell).iter().filter(|run| side.view.shows(run.half)).take(MOST_VALUES * 4)
    {
        let words = document.run_text(source, run);
        if (run.style.has(Style::CODE) || run.style.has(Style::STRONG)) && run.link == 0 {
            found.push((at, words.trim_matches(|c| is_blank(c) || matches!(c, '"' | '\'')).to_owned()));
        }
        at += words.len();
    }
    found.sort_by_key(|(at, _)| *at);
    let is_value = |value: &str| {
        !value.is_empty() && value.chars().count() <= LONGEST_VALUE && !value.contains(char::is_whitespace)
    };
    let mut values: Vec<String> = Vec::new();
    for (_, value) in found {
        if is_value(&value) && !values.contains(&value) && values.len() < MOST_VALUES {
            values.push(value);
        }
    }
    values
}

/// What a column besides the known ones marks.
#[derive(Clone, Copy, PartialEq)]
enum Flag {
    ReadOnly,
    Updatable,
    Nullable,
}

/// What a row's marks say.
#[derive(Clone, Copy, Default)]
struct Marks {
    read_only: bool,
    nullable: bool,
}

/// The columns whose header says that they mark properties as read-only, updatable or nullable.
fn flags(side: Side<'_>, fact: &TableFact) -> Vec<(usize, Flag)> {
    let document = &side.page.document;
    let table = document.tables.get(fact.table as usize);
    let Some(header) = table.and_then(|table| document.rows.get(table.header? as usize)) else {
        return Vec::new();
    };
    let flag = |cell: &Inline| {
        let text = document.text(&side.page.source.text, *cell, side.view);
        side.vocabulary.header(&text).find_map(|role| match role {
            HeaderRole::ReadOnly => Some(Flag::ReadOnly),
            HeaderRole::Updatable => Some(Flag::Updatable),
            HeaderRole::Nullable => Some(Flag::Nullable),
            _ => None,
        })
    };
    let cells = document.row_cells(header).iter().enumerate();
    cells.filter_map(|(at, cell)| Some((at, flag(cell)?))).collect()
}

/// The cells of a row beside those that every table has.
struct Cells<'c> {
    page: &'c Page,
    row: u32,
    columns: &'c [ColumnRole],
    vocabulary: &'c Vocabulary<'c>,
}

impl Cells<'_> {
    fn text(&self, at: usize) -> String {
        let row = self.page.document.rows.get(self.row as usize);
        let cell = row.and_then(|row| self.page.document.row_cells(row).get(at));
        cell.map_or_else(String::new, |cell| prose::text(self.page, *cell, View::Page))
    }

    fn of(&self, role: ColumnRole) -> Option<String> {
        let at = self.columns.iter().position(|column| *column == role)?;
        Some(self.text(at)).filter(|text| !text.is_empty())
    }

    fn flags(&self, flags: &[(usize, Flag)]) -> Marks {
        let mut marks = Marks::default();
        for (at, flag) in flags {
            match (flag, marks::read(&self.text(*at), self.vocabulary)) {
                (Flag::ReadOnly, Some(Requirement::Yes)) | (Flag::Updatable, Some(Requirement::No)) => {
                    marks.read_only = true;
                }
                (Flag::Nullable, Some(Requirement::Yes)) => marks.nullable = true,
                _ => {}
            }
        }
        marks
    }

    /// The number of a member: `10000`, also as a translation writes it: `10 000`.
    fn number(&self) -> Option<i64> {
        let roles = [ColumnRole::Number, ColumnRole::Position, ColumnRole::Value];
        roles.into_iter().find_map(|role| {
            let digits: String = self.of(role)?.chars().filter(|c| !c.is_whitespace()).collect();
            digits.parse().ok()
        })
    }

    /// The value of a member that has a name of its own.
    fn value(&self) -> Option<String> {
        self.of(ColumnRole::Value).filter(|value| is_identifier(value))
    }

    /// `path`, `query`, `header` or `cookie`, as every language writes them.
    fn location(&self) -> Option<Location> {
        match self.of(ColumnRole::Position)?.to_ascii_lowercase().as_str() {
            "path" => Some(Location::Path),
            "query" => Some(Location::Query),
            "header" => Some(Location::Header),
            "cookie" => Some(Location::Cookie),
            _ => None,
        }
    }
}
