//! # unknown-operation
//!
//! A documented request is not in the spec, although the spec covers that resource.
//!
//! ## Why it matters
//! The docs describe an operation that the code does not have, or has under another method.
//!
//! ## Example
//! ```md
//! ## Request syntax
//!
//! | Method     | Request URI                                                   |
//! |------------|---------------------------------------------------------------|
//! | **DELETE** | {baseURL}/v1/customers/{customer-id}/carts/{cart-id} HTTP/1.1 |
//! ```
//!
//! ## Fix
//! None.
//!
//! ## Limits
//! Resources of which the spec has no operation are out of its scope and left alone.

use crate::compare::requests::is_method;
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, requests};

pub(super) const RULE: Rule = Rule {
    name: "unknown-operation",
    severity: Severity::Warning,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("unknown_operation.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for request in &context.comparison.requests {
        let sound = request.method_verdict.as_ref().is_none_or(|verdict| verdict.expected == request.method.0);
        let known = request.operation.is_some() && !requests::is_another(context, request);
        if known || !request.covered || !sound || !is_method(&request.method.0) {
            continue;
        }
        let (path, span) = &request.path;
        let what = format!("{} {path}", request.method.0);
        report.add(
            Draft::new(*span, Basis::Model, Cause::Drift, (SubjectKind::Uri, what.clone()), path)
                .message(format!("the model has operations on this resource, but not `{what}`")),
        );
    }
}
