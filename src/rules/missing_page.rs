//! # missing-page
//!
//! A page of the reference tree has no translation in a locale that translates the tree.
//!
//! ## Why it matters
//! Readers of that locale get an error, or the English page without a word.
//!
//! ## Example
//! The tree `en-us` has `cart.md` and `order.md`, the tree `nl-nl` only `cart.md`: reported at `en-us/order.md`.
//!
//! ## Fix
//! None.
//!
//! ## Limits
//! A locale counts once it has a fifth of the reference tree's pages. Told once for all locales that lack the page.

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
            .message(format!("this page is not translated to {}", names.join(", "))),
    );
}
