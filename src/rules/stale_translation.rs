//! # stale-translation
//!
//! The page was translated from an older revision of its source.
//!
//! ## Why it matters
//! What changed since is missing: other findings of the page may be age, not damage.
//!
//! ## Example
//! ```md en-US en-us/cart.md
//! ---
//! ms.date: 03/02/2021
//! ---
//! # Carts
//! ```
//! ```md nl-NL nl-nl/cart.md
//! ---
//! ms.date: 09/17/2019
//! ---
//! # Winkelwagens
//! ```
//!
//! ## Fix
//! None.
//!
//! ## Limits
//! Reads `ms.date`, and `ms.lasthandoff` where the translation has no date of its own.

use crate::facts::Page;
use crate::rules::age::Age;
use crate::text::Place;
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "stale-translation",
    severity: Severity::Note,
    bases: &[Basis::Reference],
    fix: None,
    source: include_str!("stale_translation.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(pairing) = context.comparison.pairing.as_ref().filter(|_| Age::of(context) == Age::Older) else {
        return;
    };
    let source = pairing.with.page;
    let entry = |page: &Page, key: &str| {
        let found = page.document.front_matter.iter().find(|entry| entry.key.of(&page.source.text) == key);
        found.map(|entry| entry.value)
    };
    let own = entry(context.page, "ms.date").or_else(|| entry(context.page, "ms.lasthandoff"));
    let (Some(own), Some(theirs)) = (own, entry(source, "ms.date")) else { return };
    let (found, wanted) = (own.of(context.text()), theirs.of(&source.source.text));
    let subject = (SubjectKind::Page, context.page.source.page.clone());
    report.add(
        Draft::new(own, Basis::Reference, Cause::Age, subject, found)
            .identity(["date"])
            .message(format!("this page is of {found}, its source of {wanted}"))
            .related(Some(Site::Page(Place { file: source.file, span: theirs })), "the source's date"),
    );
}
