//! # unaligned-sections
//!
//! From this place on, the page and its reference page have too little in common to be compared.
//!
//! ## Why it matters
//! Nothing is compared there: faults in these sections are not found.
//!
//! ## Example
//! ```md en-US en-us/cart.md
//! # Carts
//!
//! ## Apply `couponCode`
//!
//! ## Limit `maxItems`
//!
//! ## Lock `lockedBy`
//!
//! ## Merge `mergeInto`
//! ```
//! ```md nl-NL nl-nl/cart.md
//! # Winkelwagens
//!
//! ## Betalen met `payToken`
//!
//! ## Kosten `shippingFee`
//!
//! ## Terugsturen `returnLabel`
//!
//! ## Volgen met `trackingId`
//! ```
//!
//! ## Fix
//! None: the sections have to be translated again.
//!
//! ## Limits
//! Reported once for all sections that stand together; none of them is also missing or extra.

use std::borrow::Cow;

use crate::compare::pairing::section_key;
use crate::document::View;
use crate::facts::{Page, Section};
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::rules::age::Age;
use crate::rules::{Context, Draft, Report, Rule};
use crate::text::Place;

pub(super) const RULE: Rule = Rule {
    name: "unaligned-sections",
    severity: Severity::Warning,
    bases: &[Basis::Reference],
    fix: None,
    source: include_str!("unaligned_sections.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(pairing) = &context.comparison.pairing else { return };
    let (page, source) = (context.page, pairing.with.page);
    for torn in &pairing.torn {
        let (Some(own), Some(theirs)) = (ends(page, &torn.left), ends(source, &torn.right)) else { continue };
        let ours = range(page, own, View::Page);
        let key = section_key(page, own.0, View::Page).into_owned();
        let site = Site::Page(Place { file: source.file, span: theirs.0.text.span });
        let message = format!(
            "from here on the pages differ too much to compare: the sections {ours} of this page, {} of the source{}",
            range(source, theirs, pairing.with.view),
            Age::of(context).why()
        );
        report.add(
            Draft::new(own.0.text.span, Basis::Reference, Cause::Age, (SubjectKind::Text, key), &ours)
                .message(message)
                .related(Some(site), "the sections of the source begin here"),
        );
    }
}

/// The first and the last section of a range.
fn ends<'p>(page: &'p Page, range: &std::ops::Range<u32>) -> Option<(&'p Section, &'p Section)> {
    let section = |at: u32| page.facts.sections.get(at as usize);
    Some((section(range.start)?, section(range.end.checked_sub(1)?)?))
}

/// `A` to `B`.
fn range(page: &Page, (first, last): (&Section, &Section), view: View) -> String {
    let text = |section: &Section| -> Cow<'_, str> { page.document.text(&page.source.text, section.text, view) };
    format!("`{}` to `{}`", text(first), text(last))
}
