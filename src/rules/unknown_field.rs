//! # unknown-field
//!
//! An example has a key that its type lacks.
//!
//! ## Why it matters
//! Examples are what people copy; the server ignores the key, or the spec forgot it.
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
//!     { "catalogueItemId": "ABC:0001", "catalogItemId": "ABC:0001", "quantity": 1, "billingCycle": "monthly" }
//!   ]
//! }
//! ```
//! ~~~~
//!
//! ## Fix
//! None; a near name is suggested.
//!
//! ## Limits
//! Types that take arbitrary keys have no unknown ones.

use crate::comparison::MismatchKind;
use crate::rules::bodies;
use crate::finding::{Basis, Severity};
use crate::rules::{Context, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unknown-field",
    severity: Severity::Error,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("unknown_field.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    bodies::mismatches(context, |body, mismatch| {
        let MismatchKind::UnknownField { nearest } = mismatch.kind else { return };
        let key = body.json.key(body.text(), mismatch.node);
        let owner = mismatch.path.rsplit_once('.').map_or("", |(owner, _)| owner);
        let mut draft = bodies::draft(mismatch, body.key(mismatch.node), &key)
            .message(format!("the example sends `{key}`, which `{owner}` does not have"));
        if let Some(nearest) = nearest {
            let key_span = body.json.key_span(body.text(), mismatch.node);
            draft = draft
                .expected(nearest)
                .help(format!("the spec has `{nearest}`"))
                .diff(body.diff(key_span, nearest));
        }
        report.add(draft);
    });
}
