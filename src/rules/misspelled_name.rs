//! # misspelled-name
//!
//! A documented name is close to exactly one property of the spec that no other row documents.
//!
//! ## Why it matters
//! The table and the code name one thing differently: whoever follows the table sends a key that is ignored.
//!
//! ## Example
//! ```md
//! ## CartLineItem
//!
//! | Property        | Type   | Description          |
//! |-----------------|--------|----------------------|
//! | id              | int    | Position in the cart |
//! | catalogueItemId | string | What is bought       |
//! | quantity        | int    | How many             |
//! | currencyCode    | string | Which currency       |
//! ```
//!
//! ## Fix
//! Writes the spec's name. Unsafe: the spec may be the one to change.
//!
//! ## Limits
//! Names that are spelled differently altogether are `unknown-property` and `undocumented-property`.

use crate::alignment::NameDifference;
use crate::finding::{Basis, Safety, Severity};
use crate::rules::{Context, Report, Rule, verdicts};

pub(super) const RULE: Rule = Rule {
    name: "misspelled-name",
    severity: Severity::Error,
    bases: &[Basis::Model],
    fix: Some(Safety::Unsafe),
    source: include_str!("misspelled_name.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    verdicts::report(context, report, NameDifference::Spelling, Safety::Unsafe, |found, expected, authority| {
        format!("`{found}` is spelled `{expected}` in {authority}")
    });
}
