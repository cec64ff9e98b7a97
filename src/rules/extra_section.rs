//! # extra-section
//!
//! This page has a section that the reference page lacks.
//!
//! ## Why it matters
//! The source dropped the section, or has not got it yet: readers of one language use what others do not know of.
//!
//! ## Example
//! ```md en-US en-us/cart.md
//! # Carts
//!
//! A cart holds items.
//!
//! ## Errors `cart-409`
//!
//! A cart that has expired is gone.
//! ```
//! ```md nl-NL nl-nl/cart.md
//! # Winkelwagens
//!
//! Een winkelwagen bevat artikelen.
//!
//! ## Oude sleutels
//!
//! Sleutels van voor 2019 gelden nog.
//!
//! ## Fouten `cart-409`
//!
//! Een verlopen winkelwagen is weg.
//! ```
//!
//! ## Fix
//! None. The message says whether the page is older than its source.
//!
//! ## Limits
//! Sections pair as `missing-section` says. Sections below an extra one are not reported again. A page most of which its
//! source lacks is reported once, at its title.

use crate::compare::pairing::section_key;
use crate::document::View;
use crate::facts::Section;
use crate::text::Span;
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::rules::age::Age;
use crate::rules::{Context, Draft, Report, Rule, listed};

pub(super) const RULE: Rule = Rule {
    name: "extra-section",
    severity: Severity::Warning,
    bases: &[Basis::Reference],
    fix: None,
    source: include_str!("extra_section.rs"),
    check,
};

/// More extra sections than this are reported together on a page most of which is extra.
const FEW: usize = 3;

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(pairing) = &context.comparison.pairing else { return };
    let (page, extra) = (context.page, &pairing.sections.left_only);
    if extra.is_empty() {
        return;
    }
    let is_torn = |at: u32| pairing.torn.iter().any(|torn| torn.left.contains(&at));
    let below_extra = |section: &Section| section.parent.is_some_and(|parent| extra.binary_search(&parent).is_ok());
    let sections = extra.iter().filter_map(|at| Some((*at, page.facts.sections.get(*at as usize)?)));
    let roots: Vec<&Section> =
        sections.filter(|(at, section)| !is_torn(*at) && !below_extra(section)).map(|(_, section)| section).collect();
    let heading = |section: &Section| page.document.text(context.text(), section.text, View::Page);
    let age = Age::of(context);
    let total = page.facts.sections.len();
    if roots.len() > FEW && extra.len() * 2 > total {
        let names: Vec<_> = roots.iter().map(|section| heading(section)).collect();
        let listed = listed(names.iter().map(|name| &**name));
        let title = page.facts.sections.first().map_or(Span::empty(0), |section| section.text.span);
        let subject = (SubjectKind::Page, page.source.page.clone());
        report.add(
            Draft::new(title, Basis::Reference, Cause::Age, subject, "")
                .identity(names.iter().map(|name| &**name))
                .message(format!("the source lacks {} of the {total} sections of this page: {listed}{}", extra.len(), age.why())),
        );
        return;
    }
    for section in roots {
        let heading = heading(section);
        let key = section_key(page, section, View::Page).into_owned();
        report.add(
            Draft::new(section.text.span, Basis::Reference, Cause::Age, (SubjectKind::Text, key), &heading)
                .message(format!("the source has no section like `{heading}`{}", age.why())),
        );
    }
}
