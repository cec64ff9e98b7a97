//! # missing-section
//!
//! The reference page has a section that this page lacks.
//!
//! ## Why it matters
//! Readers of the translation do not learn what the section says.
//!
//! ## Example
//! ```md en-US en-us/cart.md
//! # Carts
//!
//! A cart holds items.
//!
//! ## Errors
//!
//! A cart that has expired is gone.
//! ```
//! ```md nl-NL nl-nl/cart.md
//! # <a name="carts"></a>Winkelwagens
//!
//! Een winkelwagen bevat artikelen.
//! ```
//!
//! ## Fix
//! None: the section has to be translated. The message says whether the page is older than its source.
//!
//! ## Limits
//! Sections pair by anchor, then by order where as many are left on both sides. Sections below a missing one are not reported again. Pages that share fewer than half of their sections are different
//! pages, and only `stale-translation` can say so.

use crate::alignment::partner_before;
use crate::compare::pairing::section_key;
use crate::rules::age::Age;
use crate::text::{Place, Span};
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "missing-section",
    severity: Severity::Warning,
    bases: &[Basis::Reference],
    fix: None,
    source: include_str!("missing_section.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(pairing) = &context.comparison.pairing else { return };
    let source = pairing.with.page;
    let missing = &pairing.sections.right_only;
    if missing.is_empty() || pairing.sections.pairs.len() * 2 < source.facts.sections.len() {
        return;
    }
    let age = Age::of(context);
    let by_right = pairing.sections.by_right();
    for at in missing {
        let Some(section) = source.facts.sections.get(*at as usize) else { continue };
        if section.parent.is_some_and(|parent| missing.binary_search(&parent).is_ok()) {
            continue;
        }
        let before = partner_before(&by_right, *at);
        let own = before.and_then(|at| context.page.facts.sections.get(at as usize));
        let span = own.map_or(Span::empty(0), |section| section.text.span);
        let heading = source.document.text(&source.source.text, section.text, pairing.with.view);
        let key = section_key(source, section, pairing.with.view).into_owned();
        let site = Site::Page(Place { file: source.file, span: section.text.span });
        let after = if own.is_some() { "after this section" } else { "at the start" };
        report.add(
            Draft::new(span, Basis::Reference, Cause::Age, (SubjectKind::Text, key), "")
                .expected(&*heading)
                .message(format!("the source has a section `{heading}` {after}, this page has none{}", age.why()))
                .related(Some(site), "the section of the source"),
        );
    }
}
