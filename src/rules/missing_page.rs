//! # missing-page
//!
//! A page of the reference tree has no translation in a locale that translates the tree.
//!
//! ## Why it matters
//! Readers of that locale get an error, or the English page without a word.
//!
//! ## Example
//! ```md en-US en-us/cart.md
//! # Carts
//! ```
//! ```md en-US en-us/order.md
//! # Orders
//! ```
//! ```md nl-NL nl-nl/cart.md
//! # Winkelwagens
//! ```
//!
//! ## Fix
//! None.
//!
//! ## Limits
//! A locale counts once it has half as many pages as the reference tree. Reported on the reference page, once for all locales.

use crate::text::Span;
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "missing-page",
    severity: Severity::Warning,
    bases: &[Basis::Reference],
    fix: None,
    source: include_str!("missing_page.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    if !context.corpus.references.is_reference(context.page) {
        return;
    }
    let locales = context.corpus.locales_without(context.page);
    if locales.is_empty() {
        return;
    }
    let names: Vec<&str> = locales.iter().map(|locale| locale.as_str()).collect();
    let subject = (SubjectKind::Page, context.page.source.page.clone());
    report.add(
        Draft::new(Span::empty(0), Basis::Reference, Cause::Age, subject, &names.join(", "))
            .identity(names.iter().copied())
            .message(format!("this page is not translated to {}", names.join(", "))),
    );
}
