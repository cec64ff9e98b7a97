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
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "method-mismatch",
    severity: Severity::Error,
    bases: &[Basis::Page],
    fix: None,
    source: include_str!("method_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let lines = &context.comparison.lines;
    for request in &context.comparison.requests {
        let found: &str = request.method_verdict.as_ref().map_or(&request.method.0, |verdict| &verdict.expected);
        let at = request.example.and_then(|at| lines.binary_search_by_key(&at, |line| line.example).ok());
        let Some(line) = at.and_then(|at| lines.get(at)).filter(|line| is_method(&line.method)) else { continue };
        if !is_method(found) || line.method == found {
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
