//! # extra-row
//!
//! A row of this page's table has no counterpart in the reference page's table.
//!
//! ## Why it matters
//! The source dropped the property, or the row was made up: readers use what is not there.
//!
//! ## Example
//! ```md en-US en-us/label.md
//! ## Label
//!
//! | Property | Type   | Description     |
//! |----------|--------|-----------------|
//! | color    | string | The main color. |
//! | size     | int    | The size.       |
//! ```
//! ```md nl-NL nl-nl/label.md
//! ## Label
//!
//! | Property | Type   | Beschrijving    |
//! |----------|--------|-----------------|
//! | color    | string | De hoofdkleur.  |
//! | owner    | string | De eigenaar.    |
//! | size     | int    | De grootte.     |
//! ```
//!
//! ## Fix
//! None. The message says whether the page is older than its source.
//!
//! ## Limits
//! Only rows named by an identifier: what another row may be a translation of is paired, not extra.

use crate::comparison::DriftKind;
use crate::rules::descriptions;
use crate::compare::names;
use crate::rules::age::Age;
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::rules::{rows, Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "extra-row",
    severity: Severity::Warning,
    bases: &[Basis::Reference],
    fix: None,
    source: include_str!("extra_row.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    descriptions::report(context, report, DriftKind::Extra);
    let age = Age::of(context);
    let moved = rows::moved(context);
    for table in &context.comparison.tables {
        let Some(reference) = &table.reference else { continue };
        if rows::are_headings(context, table) {
            continue;
        }
        for at in &reference.alignment.left_only {
            let Some(row) = table.rows.get(*at as usize) else { continue };
            if !names::is_identifier(&row.name.text) {
                continue;
            }
            let subject = (SubjectKind::Name, format!("{}.{}", table.owner, row.name.text));
            let message = if moved.contains(&*row.name.text) {
                format!("the source has the row `{}` in another table{}", row.name.text, age.why())
            } else {
                format!("the table of the source has no row `{}`{}", row.name.text, age.why())
            };
            report.add(
                Draft::new(row.name.span, Basis::Reference, Cause::Age, subject, &row.name.text)
                    .message(message),
            );
        }
    }
}
