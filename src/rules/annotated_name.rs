//! # annotated-name
//!
//! An identifier cell holds a gloss beside the identifier.
//!
//! ## Why it matters
//! `termDuration (durée)` cannot be copied, searched or checked; explanations belong to the description.
//!
//! ## Example
//! ```md fr-FR
//! ## <a name="cartlineitem"></a>CartLineItem
//!
//! | Propriété            | Type   | Description            |
//! |----------------------|--------|------------------------|
//! | catalogItemId        | string | L’article du catalogue |
//! | quantity             | int    | Le nombre de licences  |
//! | termDuration (durée) | string | La durée en ISO 8601   |
//! ```
//!
//! ## Fix
//! Leaves the bare identifier. Safe.
//!
//! ## Limits
//! Fires only where an authority knows the identifier that is left, or where it is written like code.

use crate::alignment::NameDifference;
use crate::finding::{Basis, Safety, Severity};
use crate::rules::{Context, Report, Rule, verdicts};

pub(super) const RULE: Rule = Rule {
    name: "annotated-name",
    severity: Severity::Warning,
    bases: &[Basis::Model, Basis::Reference, Basis::Page, Basis::Locales],
    fix: Some(Safety::Safe),
    source: include_str!("annotated_name.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    verdicts::report(context, report, NameDifference::Annotated, Safety::Safe, |found, expected, authority| {
        format!("`{found}` adds a gloss to the name `{expected}` of {authority}")
    });
}
