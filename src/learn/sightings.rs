//! The words of one page, each with what the parallel text has in its place.

use std::borrow::Cow;

use crate::compare::pairing::pair_pages;
use crate::compare::paths::Paths;
use crate::compare::requests::{request_lines, requests};
use crate::compare::source_rows::SourceTables;
use crate::compare::votes::Votes;
use crate::compare::{Surroundings, tables};
use crate::comparison::Pairing;
use crate::comparison::{Counterpart, ReferenceTable};
use crate::document::{Inline, View};
use crate::facts::{ColumnRole, METHODS, Page, TableFact};
use crate::fold::fold;
use crate::lexicon::{HeaderRole, Lexicon, MAX_KEY, Vocabulary, section_key};
use crate::normalize::marks;
use crate::normalize::rows::{Row, Words, rows};
use crate::normalize::types::{self, Quality};
use crate::schema::{Format, Type};
use crate::source::Locale;
use crate::text::Span;

use super::Part;
use super::columns::partners;

/// Longest word in characters; longer cells are sentences.
const LONGEST: usize = 80;
/// Below this confidence two rows or headings need not be the same.
const SURE: f32 = 0.8;

/// A word at one place.
#[derive(Debug, Clone)]
pub(super) struct Sighting<'p> {
    pub part: Part,
    pub text: Cow<'p, str>,
    pub span: Span,
    pub parallel: Option<Cow<'p, str>>,
    /// The role of `parallel`, by its key in lexicon files.
    pub role: Option<String>,
    /// What the cells below a header are.
    pub cells: Option<&'static str>,
    pub understood: bool,
}

/// The words of a page. `with` is its reference page; `halves` says whether the source half of a bilingual
/// cell may speak.
pub(super) fn sightings<'p>(
    page: &'p Page,
    with: Option<Counterpart<'p>>,
    sources: &'p SourceTables<'p>,
    lexicon: &Lexicon,
    halves: bool,
) -> Vec<Sighting<'p>> {
    let source = Locale::parse("en");
    let theirs = with.filter(|with| with.view == View::Page).map(|with| with.page.source.locale.as_ref());
    let mut look = Look {
        page,
        halves: halves && page.document.bilingual,
        pairing: with.map(|with| pair_pages(page, with)),
        sources,
        own: lexicon.vocabulary(page.source.locale.as_ref()),
        // A source half is in the language that the docs were written in.
        source: lexicon.vocabulary(source.as_ref()),
        theirs: lexicon.vocabulary(theirs.unwrap_or(source.as_ref())),
        found: Vec::new(),
    };
    look.headings();
    look.tables();
    look.methods();
    look.found
}

/// What the lexicon says of a word: keys of roles.
pub(super) fn known(part: Part, text: &str, vocabulary: &Vocabulary<'_>) -> Vec<String> {
    let mut roles: Vec<String> = match part {
        Part::Header => vocabulary.header(text).map(|role| role.key().to_owned()).collect(),
        Part::Section => vocabulary.section(text).map(|role| section_key(role).to_owned()).collect(),
        Part::Mark => vocabulary.marks(text).map(|(mark, _)| mark.key().to_owned()).collect(),
        Part::Method => vocabulary.method(text).map(str::to_owned).into_iter().collect(),
        Part::Type => type_role(text, vocabulary).into_iter().collect(),
    };
    roles.dedup();
    roles
}

/// The one role of a word of the parallel text.
fn role(part: Part, text: &str, vocabulary: &Vocabulary<'_>) -> Option<String> {
    known(part, text, vocabulary).into_iter().next()
}

/// The key of a type cell: its whole text's, else that of what its words come to.
fn type_role(text: &str, vocabulary: &Vocabulary<'_>) -> Option<String> {
    if let Some(found) = vocabulary.type_word(text) {
        return Some(found.phrase.key());
    }
    let reading = types::read(text, None, vocabulary);
    if reading.quality >= Quality::Garbled {
        return None;
    }
    let key = match (reading.ty?, reading.nullable) {
        (Type::Array(inner), false) => format!("array<{}>", scalar(&inner)?),
        (Type::Map(inner), false) => format!("map<{}>", scalar(&inner)?),
        (ty, true) => format!("{}?", scalar(&ty)?),
        (ty, false) => scalar(&ty)?.to_owned(),
    };
    // A list or dictionary of anything is the bare word.
    Some(key.split_once("<any>").map_or(key.as_str(), |(outer, _)| outer).to_owned())
}

/// The key of a type that one word says.
fn scalar(ty: &Type) -> Option<&'static str> {
    Some(match ty {
        Type::Any => "any",
        Type::Boolean => "boolean",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Object(_) => "object",
        Type::String(format) => match format {
            Format::DateTime => "datetime",
            Format::Date => "date",
            Format::Time => "time",
            Format::Duration => "duration",
            Format::Uuid => "guid",
            Format::Uri => "uri",
            Format::Binary => "binary",
            _ => "string",
        },
        _ => return None,
    })
}

/// What the cells of a column are, where that is plain without a header.
fn of_cells(column: ColumnRole) -> Option<&'static str> {
    let role = match column {
        ColumnRole::Type => HeaderRole::Type,
        ColumnRole::Required => HeaderRole::Required,
        ColumnRole::Method => HeaderRole::Method,
        ColumnRole::Uri => HeaderRole::RequestUri,
        _ => return None,
    };
    Some(role.key())
}

/// One page, and what is seen in it.
struct Look<'p, 'l> {
    page: &'p Page,
    halves: bool,
    pairing: Option<Pairing<'p>>,
    sources: &'p SourceTables<'p>,
    own: Vocabulary<'l>,
    source: Vocabulary<'l>,
    theirs: Vocabulary<'l>,
    found: Vec<Sighting<'p>>,
}

impl<'p> Look<'p, '_> {
    /// Headings to which the parallel text or their own anchor gives a part; others are titles.
    fn headings(&mut self) {
        let page = self.page;
        for (at, section) in page.facts.sections.iter().enumerate() {
            let pair = self.pairing.as_ref().and_then(|pairing| {
                let pair = pairing.sections.of_left(at as u32).filter(|pair| pair.confidence >= SURE)?;
                let theirs = pairing.with.page.facts.sections.get(pair.right as usize)?;
                (theirs.level == section.level).then(|| view(pairing.with, theirs.text))
            });
            let anchor = || {
                let block = page.document.blocks.get(section.block as usize)?;
                let name = page.document.anchors_in(block.span).first()?.name.of(&page.source.text);
                Some(Cow::Borrowed(name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-')))
            };
            self.see(Part::Section, section.text, pair.or_else(anchor));
        }
    }

    fn tables(&mut self) {
        let page = self.page;
        for (at, fact) in page.facts.tables.iter().enumerate() {
            self.header(at as u32, fact);
        }
        match &self.pairing {
            Some(pairing) => {
                let around = Surroundings {
                    page,
                    pairing: Some(pairing),
                    sources: self.sources,
                    votes: &Votes::default(),
                    requests: &[],
                    operations: &[],
                    spec: None,
                    vocabulary: &self.own,
                    merged: &[],
                };
                let compared = tables(&[around]);
                for table in compared.into_iter().flatten() {
                    let fact = &page.facts.tables[table.table as usize];
                    self.cells(fact, &table.rows, table.reference.as_ref());
                }
            }
            None => {
                for fact in &page.facts.tables {
                    self.cells(fact, &rows(page, fact, &fact.columns, &self.own), None);
                }
            }
        }
    }

    fn header(&mut self, at: u32, fact: &TableFact) {
        let Some(header) = header(self.page, fact) else { return };
        let theirs = self.pairing.as_ref().and_then(|pairing| {
            let right = pairing.tables.of_left(at)?.right;
            let theirs = pairing.with.page.facts.tables.get(right as usize)?;
            let cells = self::header(pairing.with.page, theirs)?;
            Some((pairing.with, cells, partners(&fact.columns, &theirs.columns)))
        });
        for (column, cell) in header.iter().enumerate() {
            let pair = theirs.as_ref().and_then(|(with, cells, partners)| {
                let partner = partners.get(column).copied().flatten()?;
                Some(view(*with, *cells.get(partner)?))
            });
            let seen = self.found.len();
            self.see(Part::Header, *cell, pair);
            if let Some(sighting) = self.found.get_mut(seen) {
                sighting.cells = fact.columns.get(column).copied().and_then(of_cells);
            }
        }
    }

    /// Type cells and marks of rows, beside those of the reference page's rows.
    fn cells(&mut self, fact: &TableFact, rows: &[Row<'p>], reference: Option<&ReferenceTable<'p>>) {
        let optional = |fact: &TableFact| {
            !fact.columns.contains(&ColumnRole::Required) && fact.columns.contains(&ColumnRole::Optional)
        };
        let same_sense = reference.is_some_and(|reference| {
            let theirs = reference.with.page.facts.tables.get(reference.table as usize);
            theirs.is_some_and(|theirs| {
                theirs.columns.len() == fact.columns.len() || optional(theirs) == optional(fact)
            })
        });
        for (at, row) in rows.iter().enumerate() {
            let pair = reference.and_then(|reference| {
                let pair = reference.alignment.of_left(at as u32).filter(|pair| pair.confidence >= SURE)?;
                Some((reference.with, reference.rows.get(pair.right as usize)?))
            });
            if let Some(own) = row.ty.as_ref().filter(|own| !is_linked(self.page, own)) {
                let theirs = pair.and_then(|(with, row)| Some((with, row.ty.as_ref()?)));
                let theirs = theirs.filter(|(with, words)| !is_linked(with.page, words));
                self.see(Part::Type, own.cell, theirs.map(|(with, words)| view(with, words.cell)));
            }
            if let Some(own) = &row.required {
                let theirs = pair.and_then(|(with, row)| Some((with, row.required.as_ref()?)));
                let theirs = theirs.filter(|_| same_sense).map(|(with, words)| view(with, words.cell));
                self.see(Part::Mark, own.cell, theirs);
            }
        }
    }

    fn methods(&mut self) {
        let (page, paths) = (self.page, Paths::default());
        let lines = request_lines(page, &paths);
        let requests = requests(page, self.pairing.as_ref(), None, &lines, None, (&self.own, &paths));
        for request in requests {
            let (text, span) = request.method;
            if METHODS.iter().any(|method| method.eq_ignore_ascii_case(&text)) || is_no_word(&text) {
                continue;
            }
            let right = request.method_verdict.map(|verdict| verdict.expected);
            let right = right.filter(|right| METHODS.contains(&&**right));
            self.found.push(Sighting {
                part: Part::Method,
                understood: self.own.senses(&text).method,
                text,
                span,
                role: right.as_deref().map(str::to_owned),
                parallel: right,
                cells: None,
            });
        }
    }

    /// Notes the word of a cell or heading, beside its own source half or what the other page has.
    fn see(&mut self, part: Part, inline: Inline, other: Option<Cow<'p, str>>) {
        let page = self.page;
        let (document, source) = (&page.document, page.source.text.as_str());
        let text = document.text(source, inline, View::Page);
        if text.is_empty() || is_no_word(&text) {
            return;
        }
        let half = (self.halves && document.has_source_half(inline))
            .then(|| (document.text(source, inline, View::Source), self.source));
        let parallel = half.or_else(|| Some((other?, self.theirs))).filter(|(text, _)| !text.is_empty());
        let role = parallel.as_ref().and_then(|(text, vocabulary)| role(part, text, vocabulary));
        if part == Part::Type && text.contains(is_structure) {
            return;
        }
        if part == Part::Section && role.is_none() {
            return;
        }
        let understood = match part {
            Part::Header => self.own.header(&text).next().is_some(),
            Part::Section => self.own.section(&text).next().is_some(),
            Part::Mark => marks::read(&text, &self.own).is_some() || self.own.marks(&text).next().is_some(),
            Part::Method => self.own.senses(&text).method,
            Part::Type => types::read(&text, None, &self.own).quality != Quality::Unknown,
        };
        // A mark with a condition behind it is a phrase.
        let role =
            role.filter(|_| part != Part::Mark || self.own.marks(&text).next().is_some() || !understood);
        let span = document.text_span(source, inline, View::Page);
        let parallel = parallel.map(|(text, _)| text);
        self.found.push(Sighting { part, text, span, parallel, role, cells: None, understood });
    }
}

/// Whether a link says what a type cell means.
fn is_linked(page: &Page, words: &Words<'_>) -> bool {
    page.document.link_target(&page.source.text, words.cell).is_some()
}

/// The header cells of a table.
fn header<'p>(page: &'p Page, fact: &TableFact) -> Option<&'p [Inline]> {
    let table = page.document.tables.get(fact.table as usize)?;
    let row = page.document.rows.get(table.header? as usize)?;
    Some(page.document.row_cells(row))
}

/// A text of the other page.
fn view(with: Counterpart<'_>, inline: Inline) -> Cow<'_, str> {
    with.page.document.text(&with.page.source.text, inline, with.view)
}

/// Too long for a word, or nothing that can be looked up.
fn is_no_word(text: &str) -> bool {
    let key = fold(text);
    text.chars().nth(LONGEST).is_some() || key.is_empty() || key.len() > MAX_KEY
}

/// What parts the words of a type: such a cell is no word.
fn is_structure(c: char) -> bool {
    matches!(
        c,
        '<' | '>'
            | '['
            | ']'
            | '|'
            | ';'
            | '；'
            | '＜'
            | '＞'
            | '〈'
            | '〉'
            | '《'
            | '》'
            | '｜'
            | '。'
            | '\n'
    )
}
