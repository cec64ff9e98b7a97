//! # translated-method
//!
//! The HTTP method of a documented request was translated.
//!
//! ## Why it matters
//! `EFTER` is Swedish for "after", not a method: nobody can send it.
//!
//! ## Example
//! ```md sv-SE
//! ## <a name="request-syntax"></a>Syntax för begäran
//!
//! | Metod     | URI för begäran                              |
//! |-----------|----------------------------------------------|
//! | **EFTER** | {baseURL}/v1/customers/{customer-id}/carts   |
//!
//! ## <a name="request-example"></a>Exempel på begäran
//!
//! ~~~http
//! POST /v1/customers/4c1f6b60-9f3b-4a3e-8d5c-2d7c5a7f1e11/carts HTTP/1.1
//! ~~~
//! ```
//!
//! ## Fix
//! Writes the method of the source text, the page's example, the spec or most other locales. Safe, unless what stands
//! there means another method than the example's.
//!
//! ## Limits
//! A valid method is only another one's translation where the source or most other locales say so; beside the page's
//! example it is `method-mismatch`. A method that neither source nor spec supports is left alone.

use crate::compare::names;
use crate::rules::verdicts;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "translated-method",
    severity: Severity::Error,
    bases: &[Basis::Model, Basis::Reference, Basis::Page, Basis::Locales],
    fix: Some(Safety::Safe),
    source: include_str!("translated_method.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for request in context.comparison.requests.iter().chain(&context.comparison.stated) {
        let (found, span) = &request.method;
        let Some(verdict) = request.method_verdict.as_ref().filter(|verdict| verdict.expected != *found) else {
            continue;
        };
        let expected: &str = &verdict.expected;
        let path = request.path_verdict.as_ref().map_or(&request.path.0, |verdict| &verdict.right.expected);
        let authority = match verdict.basis {
            Basis::Page => "the page's example",
            basis => verdicts::authority(basis),
        };
        let says = match verdict.basis {
            Basis::Page => "the page's example says",
            basis => verdicts::says(basis),
        };
        let message = if found.eq_ignore_ascii_case(expected) {
            format!("the method is written `{found}`; {says} `{expected}`")
        } else {
            format!("the method `{expected}` of {authority} was translated to `{found}`")
        };
        let label = || match verdict.basis {
            Basis::Locales => verdicts::label(verdict.basis, expected),
            _ => format!("{says} `{expected}`"),
        };
        let safety = if verdict.confidence < names::BAR { Safety::Unsafe } else { Safety::Safe };
        report.add(
            Draft::new(
                *span,
                verdict.basis,
                Cause::Translation,
                (SubjectKind::Method, format!("{expected} {path}")),
                found,
            )
            .expected(expected)
            .message(message)
            .witnesses(&verdict.witnesses, label)
            .confidence(verdict.confidence)
            .fix(safety, [(*span, expected.to_owned())]),
        );
    }
}
