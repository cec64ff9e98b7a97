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
use crate::document::{Table, TableSyntax, View};
use crate::facts::Page;
use crate::hash::HashMap;
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
    // A card whose name was translated may not look like one any more.
    let unpaired = by_section(context.page, &pairing.tables.left_only, |_| true);
    let lacking = by_section(source, &pairing.tables.right_only, |table| table.syntax == TableSyntax::Card);
    for at in &pairing.tables.right_only {
        let Some(fact) = source.facts.tables.get(*at as usize) else { continue };
        // A list of fields that a translation words as prose is no table that is gone.
        let written = source.document.tables.get(fact.table as usize);
        if written.is_none_or(|table| table.syntax.is_list()) {
            continue;
        }
        let section = fact.section.map(|section| partner_of(&by_right, section));
        let own = match section {
            Some(None) => continue,
            Some(Some(own)) => context.page.facts.sections.get(own as usize),
            None => None,
        };
        // Cards whose only name was translated share nothing with their sources.
        let is_card = written.is_some_and(|table| table.syntax == TableSyntax::Card);
        let of_own = unpaired.get(&section.flatten()).copied().unwrap_or(0);
        if is_card && of_own >= lacking.get(&fact.section).copied().unwrap_or(0) {
            continue;
        }
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

/// How many of these tables are in each section, by its position, of those that count.
fn by_section(page: &Page, tables: &[u32], counts: impl Fn(&Table) -> bool) -> HashMap<Option<u32>, usize> {
    let mut found = HashMap::default();
    for fact in tables.iter().filter_map(|at| page.facts.tables.get(*at as usize)) {
        if page.document.tables.get(fact.table as usize).is_some_and(&counts) {
            *found.entry(fact.section).or_default() += 1;
        }
    }
    found
}
