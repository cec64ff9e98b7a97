//! # wrong-format
//!
//! A string in an example is not in the format that the spec requires.
//!
//! ## Why it matters
//! Dates, durations, GUIDs and currency codes are parsed; what does not parse is refused.
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
//!     { "catalogItemId": "ABC:0001", "quantity": 1, "billingCycle": "monthly", "termDuration": "1 month" }
//!   ]
//! }
//! ```
//! ~~~~
//!
//! ## Fix
//! None.
//!
//! ## Limits
//! Date-times may leave out the offset; addresses and URIs are not judged.

use std::borrow::Cow;

use crate::comparison::MismatchKind;
use crate::rules::bodies;
use crate::rules::draft::with_article;
use crate::normalize::types;
use crate::schema::{Format, Type};
use crate::finding::{Basis, Severity};
use crate::rules::{Context, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "wrong-format",
    severity: Severity::Warning,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("wrong_format.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    bodies::mismatches(context, |body, mismatch| {
        let MismatchKind::WrongFormat(format) = mismatch.kind else { return };
        let value = body.json.string(body.text(), mismatch.node);
        let span = body.to_page(body.json.string_span(body.text(), mismatch.node));
        report.add(bodies::draft(mismatch, span, &value).message(format!(
            "`{value}` is not {}, which `{}` requires",
            with_article(&name(format)),
            mismatch.path
        )));
    });
}

fn name(format: Format) -> Cow<'static, str> {
    match format {
        Format::Duration => "ISO 8601 duration".into(),
        Format::Currency => "ISO 4217 currency code".into(),
        Format::DateTime => "date-time".into(),
        Format::Uuid => "GUID".into(),
        other => types::english(&Type::String(other)).into_owned().into(),
    }
}
