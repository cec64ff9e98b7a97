//! # missing-field
//!
//! A required field is absent from an example, and nothing was left out there.
//!
//! ## Why it matters
//! The request as shown is refused.
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
//!     { "catalogItemId": "ABC:0001", "quantity": 1 }
//!   ]
//! }
//! ```
//! ~~~~
//!
//! ## Fix
//! None: the value is for people to choose.
//!
//! ## Limits
//! An object with `...`, or one that the end of the example cuts short, is taken to have everything.

use crate::comparison::MismatchKind;
use crate::rules::bodies;
use crate::finding::{Basis, Severity};
use crate::rules::{Context, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "missing-field",
    severity: Severity::Error,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("missing_field.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    bodies::mismatches(context, |body, mismatch| {
        let MismatchKind::MissingField(property) = &mismatch.kind else { return };
        let owner = mismatch.path.rsplit_once('.').map_or("", |(owner, _)| owner);
        report.add(
            bodies::draft(mismatch, body.value(mismatch.node), "")
                .expected(property.name.as_str())
                .message(format!("the example lacks `{}`, which `{owner}` requires", property.name)),
        );
    });
}
