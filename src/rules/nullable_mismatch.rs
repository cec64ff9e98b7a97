//! # nullable-mismatch
//!
//! The documented type says that a value may be null, and the spec does not allow null there.
//!
//! ## Why it matters
//! Clients are written for a null that never comes, or send one that is refused.
//!
//! ## Example
//! ```yaml
//! components:
//!   schemas:
//!     Picture:
//!       type: object
//!       properties:
//!         title: {type: string}
//!         width: {type: [integer, 'null']}
//! openapi: 3.1.0
//! ```
//!
//! ```md
//! ## Picture
//!
//! | Property | Type            | Description |
//! |----------|-----------------|-------------|
//! | title    | string or null  | What it is  |
//! | width    | integer or null | In pixels   |
//! ```
//!
//! ## Fix
//! None: which side is right is for people to say.
//!
//! ## Limits
//! Many pages never mention null, so its absence is no finding. A question mark says as often that a value may be left
//! out; it counts where the spec requires the value.

use crate::rules::rows;
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::normalize::types::Quality;
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "nullable-mismatch",
    severity: Severity::Warning,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("nullable_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(schema) = context.schema else { return };
    for documented in rows::declared(context, schema) {
        let Some(words) = &documented.row.ty else { continue };
        let Some(reading) = rows::type_reading(context, documented.row) else { continue };
        let sound = matches!(reading.quality, Quality::Exact | Quality::Translated | Quality::Vague);
        let property = documented.property;
        let may_be_left_out =
            property.is_none_or(|property| !property.required_in_request || !property.required_in_response);
        let is_ambiguous = words.text.contains(['?', '？']) && may_be_left_out;
        if !reading.nullable || !sound || is_ambiguous || documented.nullable {
            continue;
        }
        let path = documented.path();
        let subject = (SubjectKind::Type, path.clone());
        report.add(
            Draft::new(words.span, Basis::Model, Cause::Drift, subject, &words.text)
                .message(format!("`{path}` is documented as nullable, but the spec does not allow null"))
                .related(documented.site(), "the spec declares it without null"),
        );
    }
}
