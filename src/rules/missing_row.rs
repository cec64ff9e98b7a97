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
//! Only rows named by an identifier.

use crate::alignment::partner_before;
use crate::compare::names;
use crate::rules::age::Age;
use crate::text::Place;
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "missing-row",
    severity: Severity::Warning,
    bases: &[Basis::Reference],
    fix: None,
    source: include_str!("missing_row.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let age = Age::of(context);
    for table in &context.comparison.tables {
        let Some(reference) = &table.reference else { continue };
        if reference.alignment.right_only.is_empty() {
            continue;
        }
        let source = reference.with.page;
        let by_right = reference.alignment.by_right();
        for at in &reference.alignment.right_only {
            let Some(row) = reference.rows.get(*at as usize) else { continue };
            let name = row.name.view(reference.with.view);
            if !names::is_identifier(name) {
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
                    .message(format!("the source has a row `{name}` {place}, this table has none{}", age.why()))
                    .related(Some(site), "the row of the source"),
            );
        }
    }
}
