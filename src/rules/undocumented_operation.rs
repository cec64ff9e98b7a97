//! # undocumented-operation
//!
//! The spec has operations that no page documents, although the pages document the others of that resource.
//!
//! ## Why it matters
//! What is not documented does not exist for readers.
//!
//! ## Example
//! ```md
//! ## Create a cart
//!
//! `POST /v1/customers/{customer-id}/carts`
//!
//! ## Update a cart
//!
//! `PUT /v1/customers/{customer-id}/carts/{cart-id}`
//! ```
//!
//! ## Fix
//! None: the operation has to be described.
//!
//! ## Limits
//! One finding per resource, on the page that documents most of it. The pages must document at least half of the
//! operations on a collection, or two thirds of those that share the beginning of a path. Translations do not count.

use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, listed};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "undocumented-operation",
    severity: Severity::Warning,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("undocumented_operation.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let facts = &context.page.facts;
    for uncovered in &context.comparison.undocumented {
        let beside = facts.operations.get(uncovered.beside as usize);
        let request = beside.and_then(|beside| facts.requests.get(*beside.requests.first()? as usize));
        let span = request.map_or(Span::empty(0), |request| request.target);
        let names: Vec<String> =
            uncovered.operations.iter().map(|operation| format!("{} {}", operation.method, operation.path)).collect();
        let verb = if names.len() == 1 { "is" } else { "are" };
        let subject = (SubjectKind::Uri, format!("/{}", uncovered.resource));
        let first = uncovered.operations.first().and_then(|operation| operation.place);
        report.add(
            Draft::new(span, Basis::Model, Cause::Drift, subject, "")
                .identity(names.iter().map(String::as_str))
                .message(format!(
                    "{} {verb} in the spec but documented on no page",
                    listed(names.iter().map(String::as_str))
                ))
                .related(first.map(Site::Spec), "the spec declares it"),
        );
    }
}
