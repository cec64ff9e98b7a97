//! # parameter-mismatch
//!
//! A placeholder of the path has no row in the parameter table, or a row names no placeholder; or a list of parameters
//! has one that the operation of the spec lacks or takes elsewhere, or lacks one that it has.
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
//! Against the spec: lists that say what they are of (`Query parameters`) and of which half the rows are known.
//! Query parameters are no placeholders: rows that the query names, and optional rows, are left alone. A row whose name
//! an authority has put right is not reported again.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::extract::path::Path;
use crate::compare::names;
use crate::comparison::{Against, TableComparison};
use crate::facts::{Part, SectionRole, TableRole};
use crate::fold::is_same_identifier;
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::fold::identifier_key;
use crate::normalize::marks::Requirement;
use crate::normalize::rows::Row;
use crate::rules::{Context, Draft, Report, Rule, requests, rows};
use crate::schema::{Location, Operation};

pub(super) const RULE: Rule = Rule {
    name: "parameter-mismatch",
    severity: Severity::Warning,
    bases: &[Basis::Page, Basis::Model],
    fix: None,
    source: include_str!("parameter_mismatch.rs"),
    check,
};

/// Longest path in bytes: every finding carries it, so a page of hostile size would fill the memory.
const LONGEST: usize = 2048;

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    by_model(context, report);
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
        .filter(|named| !allowed.contains(&named.key) && !is_optional(named.row))
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

/// Lists of parameters against those of the operation: unknown ones, ones that are passed elsewhere, ones that the list
/// leaves out.
fn by_model(context: &Context<'_>, report: &mut Report<'_>) {
    for table in &context.comparison.tables {
        let Some(Against::Parameters(operation)) = table.bound.as_ref().map(|bound| bound.to) else { continue };
        let Some(fact) = context.page.facts.tables.get(table.table as usize) else { continue };
        let Some(location) = fact.part.and_then(location) else { continue };
        let Some(bound) = &table.bound else { continue };
        let of = format!("{} {}", operation.method, operation.path);
        let place = location_name(location);
        let known = bound.alignment.pairs.iter().filter(|pair| pair.is_certain()).count();
        // A list of which hardly a row is known may be another's.
        if known * 2 < table.rows.len() && table.rows.len() > 2 {
            continue;
        }
        let unplaced: Vec<(u32, Option<u32>)> = rows::unplaced(table).collect();
        for (at, _) in &unplaced {
            let at = *at;
            let (Some(row), name) = (table.rows.get(at as usize), table.right_name(at)) else { continue };
            if !names::is_identifier(name) || table.verdict(at).is_some() {
                continue;
            }
            let subject = (SubjectKind::Name, format!("{of}.{name}"));
            report.add(
                Draft::new(row.name.span, Basis::Model, Cause::Drift, subject, &row.name.text)
                    .message(format!("the spec has no {place} parameter `{name}` for this operation"))
                    .related(operation.place.map(Site::Spec), "the operation"),
            );
        }
        for pair in bound.alignment.pairs.iter().filter(|pair| pair.is_certain()) {
            let (Some(row), Some(parameter)) =
                (table.rows.get(pair.left as usize), operation.parameters.get(pair.right as usize))
            else {
                continue;
            };
            if parameter.location == location {
                continue;
            }
            let (name, right) = (&parameter.name, location_name(parameter.location));
            let subject = (SubjectKind::Name, format!("{of}.{name}"));
            report.add(
                Draft::new(row.name.span, Basis::Model, Cause::Drift, subject, &row.name.text)
                    .message(format!("`{name}` is documented as a {place} parameter, but the spec has it as a {right} parameter"))
                    .related(parameter.place.map(Site::Spec), format!("a {right} parameter")),
            );
        }
        // What a row only may be has none that surely is.
        let guessed = unplaced.iter().filter_map(|(_, guess)| *guess);
        let absent = bound.alignment.right_only.iter().copied().chain(guessed);
        let absent = absent.filter_map(|at| operation.parameters.get(at as usize));
        let absent = absent.filter(|parameter| parameter.location == location && !is_listed(context, operation, &parameter.name));
        for parameter in absent {
            let name = &parameter.name;
            let subject = (SubjectKind::Name, format!("{of}.{name}"));
            report.add(
                Draft::new(rows::header(context, table), Basis::Model, Cause::Drift, subject, "")
                    .identity([name.as_str()])
                    .message(format!("the {place} parameter `{name}` of `{of}` is in the spec but not in this list"))
                    .related(parameter.place.map(Site::Spec), format!("the spec declares `{name}`")),
            );
        }
    }
}

/// Whether some list of the page has a parameter of an operation.
fn is_listed(context: &Context<'_>, operation: &Operation, name: &str) -> bool {
    context.comparison.tables.iter().any(|table| {
        let Some(bound) = &table.bound else { return false };
        matches!(bound.to, Against::Parameters(other) if std::ptr::eq(other, operation))
            && bound.alignment.pairs.iter().any(|pair| {
                let parameter = operation.parameters.get(pair.right as usize);
                parameter.is_some_and(|parameter| parameter.name == name)
                    && is_same_identifier(table.right_name(pair.left), name)
            })
    })
}

const fn location(part: Part) -> Option<Location> {
    match part {
        Part::Path => Some(Location::Path),
        Part::Query => Some(Location::Query),
        Part::Header => Some(Location::Header),
        Part::Cookie => Some(Location::Cookie),
        Part::Form | Part::Body | Part::Response | Part::Errors => None,
    }
}

const fn location_name(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
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
    let other = fact.part.is_some_and(|part| part != Part::Path);
    if fact.role != TableRole::Parameters || role == Some(SectionRole::FilterSyntax) || other {
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
fn is_optional(row: &Row<'_>) -> bool {
    matches!(row.requirement, Some(Requirement::No | Requirement::Conditional))
}
