//! # parameter-mismatch
//!
//! A placeholder of the path has no row in the parameter table, or a row names no placeholder.
//!
//! ## Why it matters
//! Readers cannot tell what to put into the path.
//!
//! ## Example
//! ```md
//! ## Request syntax
//!
//! | Method  | Request URI                                      |
//! |---------|--------------------------------------------------|
//! | **GET** | {baseURL}/v1/products/{product-id}/skus HTTP/1.1 |
//!
//! ## URI parameters
//!
//! | Name    | Type   | Required | Description       |
//! |---------|--------|----------|-------------------|
//! | sku-set | string | Yes      | Which set of SKUs |
//! ```
//!
//! ## Fix
//! Safe where a translation explains the difference; else none.
//!
//! ## Limits
//! Judged on pages that document one request. Query parameters, and pages without a parameter table, are left alone. A row
//! whose translation an authority has explained is not reported again.

use crate::compare::paths::Path;
use crate::comparison::TableComparison;
use crate::facts::TableRole;
use crate::fold::identifier_key;
use crate::normalize::rows::Row;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "parameter-mismatch",
    severity: Severity::Warning,
    bases: &[Basis::Page],
    fix: Some(Safety::Safe),
    source: include_str!("parameter_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let [request] = context.comparison.requests.as_slice() else { return };
    let template = match &request.path_verdict {
        Some(verdict) => Path::read(&verdict.right.expected),
        None => Path::read(&request.path.0),
    };
    let placeholders = template.placeholders();
    let tables: Vec<&TableComparison<'_>> = context
        .comparison
        .tables
        .iter()
        .filter(|table| context.page.facts.tables[table.table as usize].role == TableRole::Parameters)
        .collect();
    if placeholders.is_empty() || tables.is_empty() {
        return;
    }
    let documented: Vec<String> = tables.iter().flat_map(|table| right_names(table)).collect();
    let absent: Vec<&&str> =
        placeholders.iter().filter(|name| !documented.iter().any(|row| same(row, name))).collect();
    for name in &absent {
        let subject = (SubjectKind::Uri, format!("{}.{name}", template.bare()));
        report.add(
            Draft::new(request.path.1, Basis::Page, Cause::Page, subject, name)
                .message(format!("the placeholder `{{{name}}}` has no row in the parameter table"))
                .related(tables[0].rows.first().map(|row| context.site(row.name.span)), "the table"),
        );
    }
}

/// The names of a table's rows, healed where an authority says what they were.
fn right_names(table: &TableComparison<'_>) -> Vec<String> {
    let name = |(at, row): (usize, &Row<'_>)| {
        let verdict = table.names.iter().find(|verdict| verdict.row == at as u32);
        let original = row.name.original.as_ref().unwrap_or(&row.name.text);
        verdict.map_or(original, |verdict| &verdict.expected).to_string()
    };
    table.rows.iter().enumerate().map(name).collect()
}

/// Whether a row names a placeholder, separators and case aside: tables write `customer id` too.
fn same(row: &str, placeholder: &str) -> bool {
    let (row, placeholder) = (identifier_key(row), identifier_key(placeholder));
    row == placeholder
}
