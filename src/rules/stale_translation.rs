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
//! Reads `ms.date`, `lastUpdated`, `last_updated`, `lastmod`, `last_modified`, `updated`, `modified` and `date`, the first that
//! both pages have, and `ms.lasthandoff` where the translation has no date of its own.

use crate::rules::age::{Age, dates};
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
    let Some(((own, _), (theirs, _))) = dates(context.page, source) else { return };
    let (found, wanted) = (own.of(context.text()), theirs.of(&source.source.text));
    let subject = (SubjectKind::Page, context.page.source.page.clone());
    report.add(
        Draft::new(own, Basis::Reference, Cause::Age, subject, found)
            .identity(["date"])
            .message(format!("this page is dated {found}, its source {wanted}"))
            .related(Some(Site::Page(Place { file: source.file, span: theirs })), "the source's date"),
    );
}
