//! # missing-row
//!
//! A row of the reference page's table has no counterpart in this page's table.
//!
//! ## Why it matters
//! The property does not exist for readers of the translation.
//!
//! ## Example
//! ```md en-US en-us/label.md
//! ## Label
//!
//! | Property | Type   | Description     |
//! |----------|--------|-----------------|
//! | color    | string | The main color. |
//! | status   | string | Active or not.  |
//! | size     | int    | The size.       |
//! ```
//! ```md nl-NL nl-nl/label.md
//! ## Label
//!
//! | Property | Type   | Beschrijving    |
//! |----------|--------|-----------------|
//! | color    | string | De hoofdkleur.  |
//! | size     | int    | De grootte.     |
//! ```
//!
//! ## Fix
//! None: the row has to be translated. The message says whether the page is older than its source.
//!
//! ## Limits
//! Only rows named by an identifier. A plain word may be a label that a row without partner translates.

use crate::comparison::DriftKind;
use crate::rules::descriptions;
use crate::alignment::partner_before;
use crate::compare::names;
use crate::document::Style;
use crate::rules::age::Age;
use crate::text::Place;
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, authority, rows};

pub(super) const RULE: Rule = Rule {
    name: "missing-row",
    severity: Severity::Warning,
    bases: &[Basis::Reference],
    fix: None,
    source: include_str!("missing_row.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    descriptions::report(context, report, DriftKind::Missing);
    let age = Age::of(context);
    let moved = rows::moved(context);
    for table in &context.comparison.tables {
        let Some(reference) = &table.reference else { continue };
        if rows::are_headings(context, table) {
            continue;
        }
        if reference.alignment.right_only.is_empty() {
            continue;
        }
        // A row with another label may be the translation of any label; rows of several words never have partners.
        let is_label = |name: &str| !names::is_identifier(name);
        let is_code = |span| authority::has_style(context.page, span, &[Style::CODE]);
        let own = |at: &u32| {
            let row = table.rows.get(*at as usize);
            row.is_some_and(|row| is_label(&row.name.text) && !is_code(row.name.span))
        };
        let theirs = |at: &u32| {
            reference.rows.get(*at as usize).is_some_and(|row| is_label(row.name.view(reference.with.view)))
        };
        let labels = reference.alignment.left_only.iter().filter(|at| own(at)).count();
        let has_labels = labels > reference.alignment.right_only.iter().filter(|at| theirs(at)).count();
        let source = reference.with.page;
        let by_right = reference.alignment.by_right();
        for at in &reference.alignment.right_only {
            let Some(row) = reference.rows.get(*at as usize) else { continue };
            let name = row.name.view(reference.with.view);
            if !names::is_identifier(name) || has_labels && !authority::has_joints(name) {
                continue;
            }
            // Told once, where it stands now.
            if moved.contains(name) {
                continue;
            }
            let before = partner_before(&by_right, *at);
            let own = before.and_then(|at| table.rows.get(at as usize)).or(table.rows.first());
            let Some(own) = own else { continue };
            let span = source.document.text_span(&source.source.text, row.name.cell, reference.with.view);
            let site = Site::Page(Place { file: source.file, span });
            let subject = (SubjectKind::Name, format!("{}.{name}", table.owner));
            let place = if before.is_some() { "after this row" } else { "before this row" };
            report.add(
                Draft::new(own.name.span, Basis::Reference, Cause::Age, subject, "")
                    .expected(name)
                    .message(format!("the source has a row `{name}` {place}; this table does not{}", age.why()))
                    .related(Some(site), "the row of the source"),
            );
        }
    }
}
