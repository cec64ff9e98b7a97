//! # unknown-status
//!
//! The status that is documented for a successful response is not in the spec.
//!
//! ## Why it matters
//! Programs that look for `201` do not take a `200` for success.
//!
//! ## Example
//! ```md
//! ## Check out
//!
//! `POST /v1/customers/{customer-id}/carts/{cart-id}/checkout`
//!
//! ### 202 Accepted
//!
//! ~~~json
//! { "orders": [] }
//! ~~~
//! ```
//!
//! ## Fix
//! None: which side is right is for people to say.
//!
//! ## Limits
//! Only statuses from 200 to 399: specs seldom list every error. Nothing is reported if the spec has a default response,
//! or no successful response at all.

use crate::document::View;
use crate::facts::StartLine;
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, listed};
use crate::schema::{Operation, Response};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "unknown-status",
    severity: Severity::Warning,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("unknown_status.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    if context.comparison.operations.iter().all(Option::is_none) {
        return;
    }
    let (facts, document) = (&context.page.facts, &context.page.document);
    let mut seen: Vec<(u32, u16)> = Vec::new();
    for example in &facts.examples {
        let (Some(at), Some(status)) = (example.operation, example.status) else { continue };
        let Some(operation) = context.comparison.operations.get(at as usize).copied().flatten() else { continue };
        // Examples stand in page order: those of one operation together.
        if !lacks(operation, status) || seen.last() == Some(&(at, status)) {
            continue;
        }
        seen.push((at, status));
        let Some(code) = document.codes.get(example.code as usize) else { continue };
        let digits = status.to_string();
        let span = match example.message.start {
            StartLine::Status { code: written, .. } => Some(code.to_source(written)),
            _ => word(context.text(), code.info, &digits).or_else(|| above(context, code.span.start, &digits)),
        };
        let what = format!("{} {}", operation.method, operation.path);
        let known: Vec<String> =
            operation.responses.iter().filter(|response| response.is_success()).map(Response::status_key).collect();
        let says = listed(known.iter().map(String::as_str));
        let subject = (SubjectKind::Uri, format!("{what}.{digits}"));
        let mut draft = Draft::new(span.unwrap_or(code.info), Basis::Model, Cause::Drift, subject, &digits)
            .message(format!("the response of `{what}` is documented as {digits}, but the spec has {says}"))
            .related(operation.place.map(Site::Spec), "the operation");
        if let [only] = known.as_slice() {
            draft = draft.expected(only.as_str());
        }
        report.add(draft);
    }
}

/// Whether an operation says which answers it has to what goes well, and not this one.
fn lacks(operation: &Operation, status: u16) -> bool {
    (200..400).contains(&status)
        && operation.response(status).is_none()
        && operation.responses.iter().any(Response::is_success)
}

/// Where the nearest lines above a place name a status.
fn above(context: &Context<'_>, place: u32, digits: &str) -> Option<Span> {
    const FARTHEST: usize = 8;
    let document = &context.page.document;
    let end = document.blocks.partition_point(|block| block.span.start < place);
    let blocks = document.blocks.get(..end)?.iter().rev().take(FARTHEST);
    blocks.filter_map(|block| block.kind.text()).find_map(|text| {
        let span = document.text_span(context.text(), text, View::Page);
        word(context.text(), span, digits)
    })
}

/// The digits as a word of some bytes of the page.
fn word(text: &str, within: Span, digits: &str) -> Option<Span> {
    let written = text.get(within.start as usize..within.end as usize)?;
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let found = written.match_indices(digits).find(|(at, _)| {
        !is_part(written[..*at].chars().next_back()) && !is_part(written[at + digits.len()..].chars().next())
    });
    let start = within.start + found?.0 as u32;
    Some(Span::new(start, start + digits.len() as u32))
}
