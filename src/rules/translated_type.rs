//! # translated-type
//!
//! A type keyword was translated and still means the same.
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
//! Writes the keyword as English pages do, in every cell of the page that has this text. Safe.
//!
//! ## Limits
//! One finding a page and text, at its first cell; the others are counted and fixed with it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::comparison::SourceCell;
use crate::normalize::rows::{Row, Words};
use crate::normalize::types::{self, Quality};
use crate::rules::rows;
use crate::schema::Type;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "translated-type",
    severity: Severity::Note,
    bases: &[Basis::Reference],
    fix: Some(Safety::Safe),
    source: include_str!("translated_type.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let mut seen: BTreeMap<(&str, Cow<'_, str>), Vec<Cell<'_>>> = BTreeMap::new();
    for table in &context.comparison.tables {
        for (at, row) in table.rows.iter().enumerate() {
            let Some(words) = &row.ty else { continue };
            let source = table.source_cell(context.page, at as u32, |row| row.ty.as_ref());
            if let Some(expected) = expected(context, row, source) {
                seen.entry((&words.text, expected)).or_default().push((words, source));
            }
        }
    }
    for ((found, expected), cells) in seen {
        let Some((first, _)) = cells.first() else { continue };
        let others = match cells.len() {
            1 => String::new(),
            2 => " (and in one more cell of this page)".to_owned(),
            count => format!(" (and in {} more cells of this page)", count - 1),
        };
        let subject = (SubjectKind::Type, found.to_owned());
        let edits = cells.iter().flat_map(|(words, source)| rows::retype(context, words, *source, &expected));
        report.add(
            Draft::new(first.span, Basis::Reference, Cause::Translation, subject, found)
                .expected(&*expected)
                .message(format!("the type `{expected}` was translated to `{found}`{others}"))
                .fix(Safety::Safe, edits),
        );
    }
}

/// A type cell, and what the source has there.
type Cell<'c> = (&'c Words<'c>, Option<SourceCell<'c>>);

/// How the source writes the type of a cell, or else English pages do, if the cell does not and still means it.
fn expected<'c>(
    context: &Context<'_>,
    row: &'c Row<'_>,
    source: Option<SourceCell<'c>>,
) -> Option<Cow<'c, str>> {
    let words = row.ty.as_ref()?;
    if words.original.as_ref() == Some(&words.text) {
        return None;
    }
    let reading = row.shown_type_reading(context.page, &context.vocabulary)?;
    if !matches!(reading.quality, Quality::Translated | Quality::Vague) {
        return None;
    }
    // A name that nobody knows may be translated itself: `lijst met opsommingenInstructies`.
    let known = reading.ty.as_ref().and_then(Type::name).is_none_or(|name| {
        context.schema.is_some_and(|schema| schema.get_ignore_case(name).is_some())
    });
    let canonical = reading.canonical.as_deref().map(|text| Cow::Owned(text.to_owned()));
    let same = source.map(|source| source.text).filter(|text| {
        words.original.is_some() || types::read(text, None, &context.vocabulary).ty == reading.ty
    });
    // Without a translation to undo, a source that says the same in other words is no authority on words.
    let translated = canonical.is_some();
    let right = same.filter(|_| translated).map(Cow::Borrowed).or(canonical.filter(|_| known));
    right.filter(|right| *right != words.text)
}
