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
//! None: which side is right is for people to say. A row that was translated is `translated-name`, with a fix.
//!
//! ## Limits
//! Judged on pages that document one request, below the heading of the parameters or in a table that names a placeholder.
//! Query parameters are no placeholders: rows that the query names, and optional rows, are left alone. A row whose name
//! an authority has put right is not reported again.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::extract::path::Path;
use crate::comparison::TableComparison;
use crate::facts::{SectionRole, TableRole};
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::fold::identifier_key;
use crate::lexicon::Vocabulary;
use crate::normalize::marks::{self, Requirement};
use crate::normalize::rows::Row;
use crate::rules::{Context, Draft, Report, Rule, requests};

pub(super) const RULE: Rule = Rule {
    name: "parameter-mismatch",
    severity: Severity::Warning,
    bases: &[Basis::Page],
    fix: None,
    source: include_str!("parameter_mismatch.rs"),
    check,
};

/// Longest path in bytes: every finding carries it, so a page of hostile size would fill the memory.
const LONGEST: usize = 2048;

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let [request] = context.comparison.requests.as_slice() else { return };
    let facts = &context.page.facts.tables;
    if !context.comparison.tables.iter().any(|table| facts[table.table as usize].role == TableRole::Parameters) {
        return;
    }
    let written;
    let template = if request.path_verdict.is_some() && requests::is_another(context, request) {
        written = Path::read(&request.path.0);
        &written
    } else {
        request.template()
    };
    let placeholders = template.placeholders();
    if placeholders.is_empty() || template.text.len() > LONGEST {
        return;
    }
    let queried = template.target.query_pairs(&template.text).map(|(name, _)| name.of(&template.text));
    let allowed: Keys<'_> = placeholders.iter().copied().chain(queried).map(identifier_key).collect();
    let rows: Vec<Named<'_, '_>> =
        context.comparison.tables.iter().flat_map(|table| parameters(context, table, &allowed)).collect();
    let Some(first) = rows.first().map(|named| named.row) else { return };
    let documented: BTreeSet<&str> = rows.iter().map(|named| &*named.key).collect();
    let absent: Vec<&str> =
        placeholders.iter().copied().filter(|name| !documented.contains(&*identifier_key(name))).collect();
    let astray: Vec<(&Row<'_>, &str)> = rows
        .iter()
        .filter(|named| !allowed.contains(&named.key) && !is_optional(named.row, &context.vocabulary))
        .map(|named| (named.row, named.name))
        .collect();
    let subject = |name: &str| (SubjectKind::Uri, format!("{}.{name}", template.bare()));
    if let ([placeholder], [(row, name)]) = (absent.as_slice(), astray.as_slice()) {
        report.add(
            Draft::new(row.name.span, Basis::Page, Cause::Page, subject(placeholder), &row.name.text)
                .message(format!("the table has `{name}` where the path has `{placeholder}`"))
                .related(Some(context.site(request.path.1)), "the path"),
        );
        return;
    }
    for name in absent {
        report.add(
            Draft::new(request.path.1, Basis::Page, Cause::Page, subject(name), name)
                .message(format!("the placeholder `{name}` of the path has no row in the parameter table"))
                .related(Some(context.site(first.name.span)), "the table"),
        );
    }
    for (row, name) in astray {
        report.add(
            Draft::new(row.name.span, Basis::Page, Cause::Page, subject(name), &row.name.text)
                .message(format!("the parameter `{name}` is neither in the path nor in the query"))
                .related(Some(context.site(request.path.1)), "the path"),
        );
    }
}

/// Names with case and separators aside: tables write `customer id` too.
type Keys<'n> = BTreeSet<Cow<'n, str>>;

/// A row of a table with its name, put right where an authority says what it was.
struct Named<'c, 'a> {
    row: &'c Row<'a>,
    name: &'c str,
    key: Cow<'c, str>,
}

/// The rows of a table, if they stand for parts of the path.
fn parameters<'c, 'a>(
    context: &Context<'_>,
    table: &'c TableComparison<'a>,
    allowed: &Keys<'_>,
) -> Vec<Named<'c, 'a>> {
    let fact = &context.page.facts.tables[table.table as usize];
    let section = fact.section.and_then(|at| context.page.facts.sections.get(at as usize));
    let role = section.and_then(|section| section.role);
    if fact.role != TableRole::Parameters || role == Some(SectionRole::FilterSyntax) {
        return Vec::new();
    }
    let named = |(at, row)| {
        let name = table.right_name(at);
        Named { row, name, key: identifier_key(name) }
    };
    let rows: Vec<Named<'_, '_>> = (0..).zip(&table.rows).map(named).collect();
    let told = role == Some(SectionRole::UriParameters) || rows.iter().any(|row| allowed.contains(&row.key));
    if told { rows } else { Vec::new() }
}

/// No part of a path is optional: the row is for a query that the syntax leaves out.
fn is_optional(row: &Row<'_>, vocabulary: &Vocabulary<'_>) -> bool {
    let mark = row.required.as_ref().and_then(|words| marks::read(&words.text, vocabulary));
    matches!(mark, Some(Requirement::No | Requirement::Conditional))
}
