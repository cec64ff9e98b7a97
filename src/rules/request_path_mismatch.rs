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
use crate::rules::{Context, Draft, Report, Rule, requests};

pub(super) const RULE: Rule = Rule {
    name: "request-path-mismatch",
    severity: Severity::Error,
    bases: &[Basis::Page],
    fix: None,
    source: include_str!("request_path_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    stated(context, report);
    let [request] = context.comparison.requests.as_slice() else { return };
    let [line] = context.comparison.lines.as_slice() else { return };
    let template = request.template();
    if !template.is_path() || !line.path.is_path() || requests::fits(&line.path, template) {
        return;
    }
    let (shown, wanted) = (line.path.bare(), template.bare());
    let subject = (SubjectKind::Uri, format!("{} {wanted}", line.method));
    let span = line.target;
    report.add(
        Draft::new(span, Basis::Page, Cause::Page, subject, &shown)
            .message(format!("the path `{shown}` of the example does not match `{wanted}`"))
            .related(Some(context.site(request.path.1)), "the template"),
    );
}

/// Requests that headings, lines and code state, beside those that examples send.
fn stated(context: &Context<'_>, report: &mut Report<'_>) {
    // On a page of many operations an example may be of one that is stated elsewhere.
    if context.page.facts.operations.len() != 1 {
        return;
    }
    let text = context.text();
    for requests::Shown { stated, sent } in requests::shown(context.page) {
        let (template, path) = (Path::read(&stated.target(text)), Path::read(&sent.target(text)));
        let same_method = stated.method(text) == sent.method(text);
        let last = |path: &Path| path.literal(path.significant().checked_sub(1)?).map(str::to_owned);
        // Another call altogether ends otherwise.
        let ends_alike = last(&template).is_some_and(|word| last(&path).as_ref() == Some(&word));
        if !same_method || !ends_alike || requests::fits(&path, &template) {
            continue;
        }
        let (shown, wanted) = (path.bare(), template.bare());
        let subject = (SubjectKind::Uri, format!("{} {wanted}", sent.method(text)));
        report.add(
            Draft::new(sent.target, Basis::Page, Cause::Page, subject, &shown)
                .message(format!("the path `{shown}` of the example does not match `{wanted}`"))
                .related(Some(context.site(stated.target)), "the template"),
        );
    }
}
