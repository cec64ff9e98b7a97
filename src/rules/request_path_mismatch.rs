//! # request-path-mismatch
//!
//! The path of an example does not fit the template that the page documents.
//!
//! ## Why it matters
//! The example is what people run; if it cannot be an instance of the template, one of them is wrong.
//!
//! ## Example
//! ```md
//! ## Request syntax
//!
//! | Method  | Request URI                                          |
//! |---------|------------------------------------------------------|
//! | **GET** | {baseURL}/v1/products/{product-id}/skus HTTP/1.1     |
//!
//! ## Request example
//!
//! ~~~http
//! GET /v1/product/42/skus HTTP/1.1
//! ~~~
//! ```
//!
//! ## Fix
//! None.
//!
//! ## Limits
//! Judged where the page documents one request and shows one; a template that translation took apart is `translated-path`.

use crate::extract::path::Path;
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "request-path-mismatch",
    severity: Severity::Error,
    bases: &[Basis::Page],
    fix: None,
    source: include_str!("request_path_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let [request] = context.comparison.requests.as_slice() else { return };
    let [line] = context.comparison.lines.as_slice() else { return };
    let template = request.template();
    if !template.is_path() || !line.path.is_path() || fits(&line.path, template) {
        return;
    }
    let (shown, wanted) = (line.path.bare(), template.bare());
    let subject = (SubjectKind::Uri, format!("{} {wanted}", line.method));
    let span = line.target;
    report.add(
        Draft::new(span, Basis::Page, Cause::Page, subject, &shown)
            .message(format!("the path `{shown}` of the example is no instance of `{wanted}`"))
            .related(Some(context.site(request.path.1)), "the template"),
    );
}

/// Whether a concrete path is an instance of a template; a base path before the first segment is free.
fn fits(path: &Path, template: &Path) -> bool {
    let (have, want) = (path.significant(), template.significant());
    have >= want
        && (0..want).all(|at| match (path.literal(have - want + at), template.literal(at)) {
            (Some(found), Some(wanted)) => found.eq_ignore_ascii_case(wanted),
            (None, Some(_)) => false,
            (_, None) => true,
        })
}
