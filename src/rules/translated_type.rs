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

use crate::normalize::types::{self, Quality};
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
    let mut seen: BTreeMap<&str, Vec<(Span, String)>> = BTreeMap::new();
    for table in &context.comparison.tables {
        for row in &table.rows {
            let Some(words) = &row.ty else { continue };
            let text: &str = &words.text;
            if let Some(cells) = seen.get_mut(text) {
                cells.push((words.span, String::new()));
                continue;
            }
            if words.original.as_deref() == Some(text) {
                continue;
            }
            let link = context.page.document.link_target(context.text(), words.cell);
            let reading = types::read(text, link, &context.vocabulary);
            if !matches!(reading.quality, Quality::Translated | Quality::Vague) {
                continue;
            }
            let expected = words.original.as_deref().map(str::to_owned).or_else(|| reading.canonical.map(Cow::into_owned));
            if let Some(expected) = expected.filter(|expected| expected != text) {
                seen.insert(text, vec![(words.span, expected)]);
            }
        }
    }
    for (found, cells) in seen {
        let Some((first, expected)) = cells.first().cloned() else { continue };
        let others = match cells.len() {
            1 => String::new(),
            2 => " (and one more cell of this page)".to_owned(),
            count => format!(" (and {} more cells of this page)", count - 1),
        };
        let subject = (SubjectKind::Type, found.to_owned());
        report.add(
            Draft::new(first, Basis::Reference, Cause::Translation, subject, found)
                .expected(expected.as_str())
                .message(format!("the type `{expected}` was translated to `{found}`{others}"))
                .fix(Safety::Safe, cells.iter().map(|(span, _)| (*span, expected.clone()))),
        );
    }
}
