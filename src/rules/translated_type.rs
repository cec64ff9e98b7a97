//! # translated-type
//!
//! A type keyword, or the name of a type, was translated.
//!
//! ## Why it matters
//! `tekenreeks` reads well and works nowhere: not in a search, not in a code generator.
//!
//! ## Example
//! ```md nl-NL
//! ## Instellingen
//!
//! | Eigenschap | Type       | Beschrijving |
//! |------------|------------|--------------|
//! | color      | tekenreeks | De kleur     |
//! | size       | int        | De grootte   |
//! ```
//!
//! ## Fix
//! Writes the keyword as the source does, or most other locales, or else English pages, in every cell of the page that
//! has this text. Safe.
//!
//! ## Limits
//! The name of a type is known to be translated only beside its source, on a page of one date with it, or where the two are
//! alike or share words the lexicon has.
//! One finding a page and text, at its first cell; the others are counted and fixed with it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::compare::names::is_identifier;
use crate::compare::words::speaks_for;
use crate::comparison::{SourceCell, TableComparison, Vote};
use crate::document::{Inline, View};
use crate::fold::identifier_key;
use crate::facts::{ColumnRole, Page};
use crate::lexicon::HeaderRole;
use crate::normalize::rows::Words;
use crate::normalize::types::{Quality, TypeReading};
use crate::rules::age::Age;
use crate::rules::rows;
use crate::schema::Type;
use crate::finding::{Basis, Cause, Severity, Safety, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, authority, verdicts};

pub(super) const RULE: Rule = Rule {
    name: "translated-type",
    severity: Severity::Note,
    bases: &[Basis::Reference, Basis::Page, Basis::Locales],
    fix: Some(Safety::Safe),
    source: include_str!("translated_type.rs"),
    check,
};

/// What a text was translated from, on whose word.
type Key<'c> = (&'c str, Cow<'c, str>, Basis);

/// The cells that have it.
#[derive(Default)]
struct Cells<'c> {
    list: Vec<Cell<'c>>,
    /// Of the least sure of them.
    confidence: Option<f32>,
    witnesses: Vec<Site>,
}

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    // The words of a page that vouches for others are right, whatever its language.
    if context.corpus.references.is_reference(context.page) && !context.page.document.bilingual {
        return;
    }
    let age = Age::of(context);
    let mut seen: BTreeMap<Key<'_>, Cells<'_>> = BTreeMap::new();
    for table in &context.comparison.tables {
        for (at, row) in table.rows.iter().enumerate() {
            let Some(words) = &row.ty else { continue };
            let source = table.source_cell(context.page, at as u32, |row| row.ty.as_ref());
            let Some(right) = expected(context, table, at as u32, source, age) else { continue };
            let cells = seen.entry((&words.text, right.expected, right.basis)).or_default();
            cells.list.push((words, source));
            cells.confidence = Some(cells.confidence.unwrap_or(1.0).min(right.confidence));
            if cells.witnesses.is_empty() {
                cells.witnesses = right.witnesses;
            }
        }
    }
    for ((found, expected, basis), cells) in seen {
        let Some((first, _)) = cells.list.first() else { continue };
        let others = match cells.list.len() {
            1 => String::new(),
            2 => " (and in one more cell of this page)".to_owned(),
            count => format!(" (and in {} more cells of this page)", count - 1),
        };
        let subject = (SubjectKind::Type, found.to_owned());
        let confidence = cells.confidence.unwrap_or(1.0);
        let edits =
            cells.list.iter().flat_map(|(words, source)| rows::retype(context, words, *source, &expected));
        report.add(
            Draft::new(first.span, basis, Cause::Translation, subject, found)
                .expected(&*expected)
                .message(format!("the type `{expected}` was translated to `{found}`{others}"))
                .witnesses(&cells.witnesses, || format!("`{expected}` here"))
                .confidence(confidence)
                .fix(verdicts::safety(confidence), edits),
        );
    }
}

/// A type cell, and what the source has there.
type Cell<'c> = (&'c Words<'c>, Option<SourceCell<'c>>);

/// How the source writes the type of a cell, or most other locales, or else English pages do, if the cell does not and
/// still means it.
fn expected<'c>(
    context: &Context<'_>,
    table: &'c TableComparison<'_>,
    at: u32,
    source: Option<SourceCell<'c>>,
    age: Age,
) -> Option<Vote<Cow<'c, str>>> {
    let row = table.rows.get(at as usize)?;
    let words = row.ty.as_ref()?;
    if words.original.as_ref() == Some(&words.text) {
        return None;
    }
    let reading = row.shown_type_reading(context.page, &context.vocabulary)?;
    if source.is_none()
        && reading.quality != Quality::Garbled
        && let Some(vote) = table.elected_type(at).filter(|vote| vote.translated)
    {
        let Vote { expected, basis, confidence, kept, witnesses } = &vote.right;
        // The lexicon is one more witness.
        let sure = reading.canonical.as_deref() == Some(expected);
        let confidence = if sure { confidence.max(0.95) } else { *confidence };
        let (expected, witnesses) = (Cow::Borrowed(expected.as_str()), witnesses.clone());
        return Some(Vote { expected, basis: *basis, confidence, kept: *kept, witnesses });
    }
    let name = || {
        let source = source.filter(|source| is_translated(context, words, *source, &reading, age))?;
        // Where only the cells make a column one of types, its words may be units, or what things are for.
        (words.original.is_some() || has_type_header(context, table)).then_some(Cow::Borrowed(source.text))
    };
    // `Number of heaters` below *Purpose* has words of types, and is none.
    let says_type = |source: SourceCell<'_>| {
        let single = !source.text.contains(char::is_whitespace) || words.original.is_some();
        single && authority::is_type(source.text, &context.vocabulary)
    };
    if source.is_some_and(|source| !says_type(source)) && !has_type_header(context, table) {
        return None;
    }
    if source.is_some_and(|source| is_unit(source.text)) && !has_type_header(context, table) && !lists_types(context, table) {
        return None;
    }
    let expected = keyword(context, words, source, &reading).or_else(name)?;
    Some(Vote { expected, basis: Basis::Reference, confidence: 1.0, kept: false, witnesses: Vec::new() })
}

/// Words for types that are units as well: `byte`, and `None` for what has no unit.
fn is_unit(text: &str) -> bool {
    const UNITS: [&str; 9] = ["byte", "bytes", "bit", "bits", "second", "seconds", "day", "none", "null"];
    let word = text.split('/').next().unwrap_or(text).trim();
    UNITS.iter().any(|unit| unit.eq_ignore_ascii_case(word))
}

/// Whether the source's table has a type that is no unit.
fn lists_types(context: &Context<'_>, table: &TableComparison<'_>) -> bool {
    const MOST: usize = 64;
    let Some(theirs) = &table.reference else { return false };
    let rows = theirs.rows.iter().take(MOST);
    let mut types = rows.filter_map(|row| Some(row.ty.as_ref()?.view(theirs.with.view)));
    types.any(|text| !is_unit(text) && authority::is_type(text, &context.vocabulary))
}

/// The right text of a type whose keywords were translated.
fn keyword<'c>(
    context: &Context<'_>,
    words: &Words<'_>,
    source: Option<SourceCell<'c>>,
    reading: &TypeReading,
) -> Option<Cow<'c, str>> {
    if !matches!(reading.quality, Quality::Translated | Quality::Vague) {
        return None;
    }
    // A name that nobody knows may be translated itself: `lijst met opsommingenInstructies`.
    let known = reading.ty.as_ref().and_then(Type::name).is_none_or(|name| {
        context.schema.is_some_and(|schema| schema.get_ignore_case(name).is_some())
    });
    // Without a translation to undo, a source that says the same in other words is no authority on words.
    let canonical = reading.canonical.as_deref()?;
    let source = source.map(|source| source.text);
    let is_same = |text: &str| {
        let theirs = &context.source_type(text).ty;
        // A list of something is what the source says it is of.
        *theirs == reading.ty || matches!((theirs, &reading.ty), (Some(Type::Array(_)), Some(Type::Array(any))) if **any == Type::Any)
    };
    let same = source.filter(|text| words.original.is_some() || is_same(text));
    let canonical = || Cow::Owned(canonical.to_owned());
    let right = same.map(Cow::Borrowed).or_else(|| known.then(canonical));
    right.filter(|right| *right != words.text)
}

/// Whether a cell does not say what its source says because a name or an idiom was translated: the source has a type,
/// and the cell, in other words, has none that anybody knows.
fn is_translated(
    context: &Context<'_>,
    words: &Words<'_>,
    source: SourceCell<'_>,
    reading: &TypeReading,
    age: Age,
) -> bool {
    if is_renamed_link(context, words, source) {
        return true;
    }
    let unknown = match &reading.ty {
        Some(ty) => ty.name().is_some() || reading.quality == Quality::Vague,
        None => true,
    };
    if words.text.contains(source.text) || reading.quality == Quality::Garbled || !unknown {
        return false;
    }
    let theirs = context.source_type(source.text);
    let sound = matches!(theirs.quality, Quality::Exact | Quality::Vague);
    let Some(right) = theirs.ty.as_ref().filter(|_| sound) else { return false };
    // The page's own source half is of one date with it, and so is a page that says so.
    let same_date = words.original.is_some() || age == Age::Same;
    if let Some(name) = right.name() {
        let speaks = || speaks_for(&words.text, source.text, &context.vocabulary);
        let lost = source.text.contains(name) && !words.text.contains(name);
        return lost && (same_date || !is_name(&words.text) || speaks());
    }
    let english = |text: &str| context.vocabulary.type_word(text).is_some_and(|found| found.english);
    let known = |word: &str| source.text.contains(word) || english(word);
    let in_english = english(&words.text) || words.text.split_whitespace().all(known);
    reading.quality != Quality::Exact && !in_english
}

/// Whether a link still leads to the type that its source names, under another name: `[Vertäuung](mooring.md)`.
fn is_renamed_link(context: &Context<'_>, words: &Words<'_>, source: SourceCell<'_>) -> bool {
    let target = |page: &'_ Page, cell: Inline| page.document.link_target(&page.source.text, cell).map(str::to_owned);
    let Some(own) = target(context.page, words.cell) else { return false };
    let stem = own.rsplit(['/', '#']).next().unwrap_or(&own);
    let stem = identifier_key(stem.split('.').next().unwrap_or(stem)).into_owned();
    !stem.is_empty()
        && target(source.page, source.cell).as_ref() == Some(&own)
        && identifier_key(source.text) == stem
        && identifier_key(&words.text) != stem
}

/// Whether the header of the table's type column says that it holds types, here or in the source.
pub(super) fn has_type_header(context: &Context<'_>, table: &TableComparison<'_>) -> bool {
    let says = |page: &Page, at: u32, view: View| {
        let fact = page.facts.tables.get(at as usize)?;
        let column = fact.columns.iter().position(|role| *role == ColumnRole::Type)?;
        let table = page.document.tables.get(fact.table as usize)?;
        let header = page.document.rows.get(table.header? as usize)?;
        let cell = page.document.row_cells(header).get(column)?;
        let text = page.document.text(&page.source.text, *cell, view);
        Some(context.vocabulary.header(&text).any(|role| role == HeaderRole::Type))
    };
    let theirs = || table.reference.as_ref().and_then(|theirs| says(theirs.with.page, theirs.table, theirs.with.view));
    says(context.page, table.table, View::Page).unwrap_or(false) || theirs().unwrap_or(false)
}

/// Whether a text may be the name of a type.
fn is_name(text: &str) -> bool {
    is_identifier(text.trim_end_matches('.'))
}
