//! # name-case
//!
//! An identifier in a table differs from the right one in case or separators only.
//!
//! ## Why it matters
//! JSON keys are case-sensitive: a client that sends `creationTimeStamp` is not understood.
//!
//! ## Example
//! ```md
//! ## Cart
//!
//! | Property          | Type     | Description            |
//! |-------------------|----------|------------------------|
//! | id                | string   | Names the cart         |
//! | creationTimeStamp | DateTime | When the cart was made |
//! | lastModifiedUser  | string   | Who touched it last    |
//! ```
//!
//! ## Fix
//! Writes the name as its authority does. Safe.
//!
//! ## Limits
//! Without a reference page nobody knows whether translation or the original moved; `cause` is the likelier.

use crate::alignment::NameDifference;
use crate::finding::{Basis, Safety, Severity};
use crate::rules::{Context, Report, Rule, verdicts};

pub(super) const RULE: Rule = Rule {
    name: "name-case",
    severity: Severity::Warning,
    bases: &[Basis::Model, Basis::Reference, Basis::Page, Basis::Locales],
    fix: Some(Safety::Safe),
    source: include_str!("name_case.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    verdicts::report(context, report, NameDifference::Case, Safety::Safe, |found, expected, authority| {
        ["`", found, "` is written `", expected, "` in ", authority].concat()
    });
}
