//! # invalid-json
//!
//! The body of an example cannot be read, not even tolerantly.
//!
//! ## Why it matters
//! Nobody can copy it, and no tool can check it.
//!
//! ## Example
//! ~~~~md
//! ## Response example
//!
//! ```json
//! {
//!   "id": "1",
//!   "total" 12 13,
//!   "open": true
//! }
//! ```
//! ~~~~
//!
//! ## Fix
//! None; the message says what was expected where.
//!
//! ## Limits
//! One finding an example: what follows a broken place is often broken too. The others are counted. Fragments,
//! sketches, templates and bodies in another language than JSON are left alone.

use crate::json::NodeKind;
use crate::rules::bodies::Body;
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, brief};

pub(super) const RULE: Rule = Rule {
    name: "invalid-json",
    severity: Severity::Error,
    bases: &[Basis::Page],
    fix: None,
    source: include_str!("invalid_json.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for example in &context.page.facts.examples {
        let Some(body) = Body::of(context.page, example) else { continue };
        let Some(first) = body.json.errors.first() else { continue };
        // `<order id="1" />` begins like a placeholder: that is XML, not broken JSON.
        let root = body.json.roots.first().map(|root| body.json.node(*root).kind);
        if root == Some(NodeKind::Placeholder) {
            continue;
        }
        let span = body.to_page(first.span);
        let skipped = brief(first.span.of(body.text()));
        let more = match body.json.errors.len() {
            1 => String::new(),
            2 => " (and at one more place in this example)".to_owned(),
            count => format!(" (and at {} more places in this example)", count - 1),
        };
        report.add(
            Draft::new(span, Basis::Page, Cause::Page, (SubjectKind::Example, "body".to_owned()), skipped)
                .message(format!("invalid JSON: expected {} here{more}", first.expected)),
        );
    }
}
