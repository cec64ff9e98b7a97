//! # missing-table
//!
//! The reference page has a table that this page lacks.
//!
//! ## Why it matters
//! Tables of properties and parameters are what readers come for.
//!
//! ## Example
//! ```md en-US en-us/cart.md
//! # Cart
//!
//! | Property | Type   |
//! |----------|--------|
//! | id       | string |
//! ```
//! ```md sv-SE sv-se/cart.md
//! # Kundvagn
//!
//! Egenskaperna saknas här.
//! ```
//!
//! ## Fix
//! None. The message says whether the page is older than its source.
//!
//! ## Limits
//! Tables of missing sections are not reported again.

use crate::alignment::partner_of;
use crate::compare::pairing::section_key;
use crate::document::View;
use crate::rules::age::Age;
use crate::text::{Place, Span};
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "missing-table",
    severity: Severity::Warning,
    bases: &[Basis::Reference],
    fix: None,
    source: include_str!("missing_table.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(pairing) = &context.comparison.pairing else { return };
    if pairing.tables.right_only.is_empty() {
        return;
    }
    let source = pairing.with.page;
    let age = Age::of(context);
    let by_right = pairing.sections.by_right();
    for at in &pairing.tables.right_only {
        let Some(fact) = source.facts.tables.get(*at as usize) else { continue };
        let section = fact.section.map(|section| partner_of(&by_right, section));
        let own = match section {
            Some(None) => continue,
            Some(Some(own)) => context.page.facts.sections.get(own as usize),
            None => None,
        };
        let span = own.map_or(Span::empty(0), |section| section.text.span);
        let key = own.map_or_else(String::new, |section| section_key(context.page, section, View::Page).into_owned());
        let site = source.document.tables.get(fact.table as usize).map(|table| {
            let header = table.header.and_then(|row| source.document.rows.get(row as usize));
            Site::Page(Place { file: source.file, span: header.map_or(table.span, |row| row.span) })
        });
        report.add(
            Draft::new(span, Basis::Reference, Cause::Age, (SubjectKind::Text, format!("{key} table")), "")
                .message(format!("the source has a table here that this page lacks{}", age.why()))
                .related(site, "the table of the source"),
        );
    }
}
