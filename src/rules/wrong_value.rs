//! # wrong-value
//!
//! A value in an example is not one of the enum's values.
//!
//! ## Why it matters
//! The server refuses it, or never sends it.
//!
//! ## Example
//! ~~~~md
//! ## Request example
//!
//! ```http
//! POST /v1/customers/4c1f6b60-9f3b-4a3e-8d5c-2d7c5a7f1e11/carts HTTP/1.1
//!
//! {
//!   "lineItems": [
//!     { "catalogItemId": "ABC:0001", "quantity": 1, "billingCycle": "OneTime" }
//!   ]
//! }
//! ```
//! ~~~~
//!
//! ## Fix
//! Writes the value that is the same but for case and separators, or spelled nearly so. Unsafe.
//!
//! ## Limits
//! Open enums accept anything.

use crate::comparison::MismatchKind;
use crate::rules::bodies;
use crate::finding::{Basis, Safety, Severity};
use crate::rules::{Context, Report, Rule, listed};

pub(super) const RULE: Rule = Rule {
    name: "wrong-value",
    severity: Severity::Error,
    bases: &[Basis::Model],
    fix: Some(Safety::Unsafe),
    source: include_str!("wrong_value.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    bodies::mismatches(context, |body, mismatch| {
        let MismatchKind::WrongValue { allowed, nearest } = &mismatch.kind else { return };
        let value = body.json.string(body.text(), mismatch.node);
        let inner = body.json.string_span(body.text(), mismatch.node);
        let span = body.to_page(inner);
        let mut draft = bodies::draft(mismatch, span, &value)
            .message(format!("`{value}` is not one of the values that the spec has for `{}`", mismatch.path))
            .help(format!("the spec has {}", listed(allowed.iter().copied())));
        if let Some(nearest) = nearest {
            draft = draft
                .expected(*nearest)
                .diff(body.diff(inner, nearest))
                .fix(Safety::Unsafe, [(span, (*nearest).to_owned())]);
        }
        report.add(draft);
    });
}
