//! # method-mismatch
//!
//! The request-syntax table and the example of one page use different methods.
//!
//! ## Why it matters
//! One of them is wrong, and readers cannot know which.
//!
//! ## Example
//! ```md
//! ## Request syntax
//!
//! | Method   | Request URI                                  |
//! |----------|----------------------------------------------|
//! | **POST** | {baseURL}/v1/products/{product-id} HTTP/1.1  |
//!
//! ## Request example
//!
//! ~~~http
//! GET /v1/products/42 HTTP/1.1
//! ~~~
//! ```
//!
//! ## Fix
//! None.
//!
//! ## Limits
//! Only methods that HTTP knows; a translated one is `translated-method`. Only examples whose path is like the table's.

use crate::compare::requests::is_method;
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::comparison::RequestComparison;
use crate::extract::path::Path;
use crate::facts::{Request, RequestSense};
use crate::rules::{Context, Draft, Report, Rule, requests};

pub(super) const RULE: Rule = Rule {
    name: "method-mismatch",
    severity: Severity::Error,
    bases: &[Basis::Page],
    fix: None,
    source: include_str!("method_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    stated(context, report);
    let lines = &context.comparison.lines;
    for request in &context.comparison.requests {
        let found: &str = request.method_verdict.as_ref().map_or(&request.method.0, |verdict| &verdict.expected);
        let at = request.example.and_then(|at| lines.binary_search_by_key(&at, |line| line.example).ok());
        let Some(line) = at.and_then(|at| lines.get(at)).filter(|line| is_method(&line.method)) else { continue };
        if !is_method(found) || line.method == found {
            continue;
        }
        // Where the page has both, the example is one of the other.
        let is_other = |other: &RequestComparison<'_>| other.method.0 == line.method && other.path.0 == request.path.0;
        if context.comparison.requests.iter().any(is_other) {
            continue;
        }
        let path = request.path_verdict.as_ref().map_or(&request.path.0, |verdict| &verdict.right.expected);
        let subject = (SubjectKind::Method, format!("{found} {path}"));
        report.add(
            Draft::new(request.method.1, Basis::Page, Cause::Page, subject, &request.method.0)
                .message(format!("the table says `{found}`, but the example sends `{}`", line.method))
                .related(Some(context.site(line.place)), format!("`{}` here", line.method)),
        );
    }
}

/// Requests that headings, lines and code state, beside those that examples send.
fn stated(context: &Context<'_>, report: &mut Report<'_>) {
    let text = context.text();
    for requests::Shown { stated, sent } in requests::shown(context.page) {
        let (says, sends) = (stated.method(text), sent.method(text));
        let (template, path) = (Path::read(&stated.target(text)), Path::read(&sent.target(text)));
        if says == sends || sent.method.is_empty() || !is_method(says) || !is_method(sends) {
            continue;
        }
        let is_other = |other: &Request| {
            other.sense == RequestSense::Declared
                && other.method(text) == sends
                && requests::fits(&path, &Path::read(&other.target(text)))
        };
        if !requests::fits(&path, &template) || context.page.facts.requests.iter().any(is_other) {
            continue;
        }
        let subject = (SubjectKind::Method, format!("{says} {}", template.bare()));
        report.add(
            Draft::new(sent.method, Basis::Page, Cause::Page, subject, sends)
                .message(format!("the page says `{says}`, but the example sends `{sends}`"))
                .related(Some(context.site(stated.method)), format!("`{says}` here")),
        );
    }
}
