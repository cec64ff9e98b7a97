//! # translated-name
//!
//! An identifier in a table was translated or garbled.
//!
//! ## Why it matters
//! Readers copy names from tables into code. `quantité` is not a property of anything.
//!
//! ## Example
//! ```md fr-FR
//! ## <a name="cartlineitem"></a>CartLineItem
//!
//! | Propriété     | Type   | Description            |
//! |---------------|--------|------------------------|
//! | catalogItemId | string | L’article du catalogue |
//! | friendlyName  | string | Le nom affiché         |
//! | quantité      | int    | Le nombre de licences  |
//! | currencyCode  | string | La devise              |
//! ```
//!
//! ## Fix
//! Puts the right name back and leaves markup and padding alone. Safe when one authority names it beyond
//! doubt: the source half of a bilingual page, the reference page, a row that can be only one property, or, without
//! those, most other locales and the keys of examples.
//!
//! ## Limits
//! A row that could be several properties gets an unsafe fix or none. Where as many locales say one thing as another,
//! and no example tells, nothing is reported.

use crate::comparison::DriftKind;
use crate::rules::descriptions;
use crate::alignment::NameDifference;
use crate::finding::{Basis, Safety, Severity};
use crate::rules::{Context, Report, Rule, verdicts};

pub(super) const RULE: Rule = Rule {
    name: "translated-name",
    severity: Severity::Error,
    bases: &[Basis::Model, Basis::Reference, Basis::Page, Basis::Locales],
    fix: Some(Safety::Safe),
    source: include_str!("translated_name.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    descriptions::report(context, report, DriftKind::Name);
    verdicts::report(context, report, NameDifference::Translated, Safety::Safe, |found, expected, authority| {
        ["the name `", expected, "` of ", authority, " was translated to `", found, "`"].concat()
    });
}
