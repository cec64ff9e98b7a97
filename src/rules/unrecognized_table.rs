//! # unrecognized-table
//!
//! A table looks like reference data, but its role could not be determined.
//!
//! ## Why it matters
//! What is not understood is not checked; better to know than to trust a clean report.
//!
//! ## Example
//! ```md
//! ## Zorp
//!
//! | Blarg     | Quux      | Frob      |
//! |-----------|-----------|-----------|
//! | alphaName | betaName  | gammaName |
//! | deltaName | zetaName  | thetaName |
//! ```
//!
//! ## Fix
//! None. A lexicon with the words of the header helps.
//!
//! ## Limits
//! Tables that are plainly no reference data (lists of countries, links) are not mentioned.

use crate::facts::TableRole;
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, brief, row_text};

pub(super) const RULE: Rule = Rule {
    name: "unrecognized-table",
    severity: Severity::Note,
    bases: &[Basis::Page],
    fix: None,
    source: include_str!("unrecognized_table.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for fact in context.page.facts.tables.iter().filter(|fact| fact.role == TableRole::Unknown) {
        let Some(table) = context.page.document.tables.get(fact.table as usize) else { continue };
        let header = table.header.and_then(|row| context.page.document.rows.get(row as usize));
        let span = header.map_or(table.span, |row| row.span).trimmed(context.text());
        let found = brief(span.of(context.text()));
        report.add(
            Draft::new(span, Basis::Page, Cause::Page, (SubjectKind::Text, "table".to_owned()), found)
                .identity([row_text(span.of(context.text()))])
                .message(format!("this table was not understood: {}", fact.reason)),
        );
    }
}
