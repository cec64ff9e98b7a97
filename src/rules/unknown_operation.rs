//! # unknown-operation
//!
//! A documented request, in whatever form, is not in the spec, although the spec covers that resource.
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
//! Resources of which the spec has no operation, and none that is nearly named so, are out of its scope and left alone.
//! Base paths and the names of placeholders make no difference.

use crate::extract::path::Path;
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, requests};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "unknown-operation",
    severity: Severity::Warning,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("unknown_operation.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let (facts, text) = (&context.page.facts, context.text());
    for (at, nearest) in &context.comparison.unknown {
        let Some(request) = facts.requests.get(*at as usize) else { continue };
        // A method or path that a translation changed has a finding of its own.
        let compared = context.comparison.requests.iter().find(|compared| {
            compared.path.1.start < request.target.end && request.target.start < compared.path.1.end
        });
        let translated = compared.is_some_and(|compared| {
            compared.method_verdict.as_ref().is_some_and(|verdict| verdict.expected != compared.method.0)
                || compared.path_verdict.is_some() && !requests::is_another(context, compared)
        });
        if translated {
            continue;
        }
        let target = Path::read(&request.target(text));
        let path = target.bare();
        // Behind the base, where the target's bytes are what is shown.
        let base = if request.shown.is_none() { target.target.path.start } else { 0 };
        let span = Span::new(request.target.start + base, request.target.end);
        let what = format!("{} {path}", request.method(text));
        let mut message = format!("the spec has no operation `{what}`");
        if let Some(nearest) = nearest {
            message = format!("{message}; the nearest is `{} {}`", nearest.method, nearest.path);
        }
        let subject = (SubjectKind::Uri, what);
        let mut draft = Draft::new(span, Basis::Model, Cause::Drift, subject, &path).message(message);
        if let Some(place) = nearest.and_then(|nearest| nearest.place) {
            draft = draft.related(Some(Site::Spec(place)), "the nearest operation");
        }
        report.add(draft);
    }
}
