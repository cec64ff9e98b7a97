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

use crate::normalize::rows::{Row, Words};
use crate::normalize::types::Quality;
use crate::text::Span;
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
    let mut seen: BTreeMap<(&str, Cow<'_, str>), Vec<Span>> = BTreeMap::new();
    for table in &context.comparison.tables {
        for row in &table.rows {
            let Some(words) = &row.ty else { continue };
            if let Some(expected) = expected(context, row, words) {
                seen.entry((&words.text, expected)).or_default().push(words.span);
            }
        }
    }
    for ((found, expected), cells) in seen {
        let Some(first) = cells.first().copied() else { continue };
        let others = match cells.len() {
            1 => String::new(),
            2 => " (and in one more cell of this page)".to_owned(),
            count => format!(" (and in {} more cells of this page)", count - 1),
        };
        let subject = (SubjectKind::Type, found.to_owned());
        report.add(
            Draft::new(first, Basis::Reference, Cause::Translation, subject, found)
                .expected(&*expected)
                .message(format!("the type `{expected}` was translated to `{found}`{others}"))
                .fix(Safety::Safe, cells.iter().map(|span| (*span, expected.to_string()))),
        );
    }
}

/// How English pages write the type of a cell, if the cell does not and still means it.
fn expected<'c>(context: &Context<'_>, row: &'c Row<'_>, words: &'c Words<'_>) -> Option<Cow<'c, str>> {
    if words.original.as_ref() == Some(&words.text) {
        return None;
    }
    let reading = row.shown_type_reading(context.page, &context.vocabulary)?;
    if !matches!(reading.quality, Quality::Translated | Quality::Vague) {
        return None;
    }
    let original = words.original.as_deref().map(Cow::Borrowed);
    let canonical = || reading.canonical.as_deref().map(|text| Cow::Owned(text.to_owned()));
    original.or_else(canonical).filter(|expected| *expected != words.text)
}
