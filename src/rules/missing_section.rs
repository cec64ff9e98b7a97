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
//! Sections pair by what translation leaves alone: explicit anchors, identifiers and code in headings, code blocks,
//! names in tables, link targets; between such pairs by what they look like and by their order. Sections below a missing
//! one are not reported again. A page that lacks most of its source is reported once, at its title.

use crate::alignment::partner_before;
use crate::compare::pairing::section_key;
use crate::rules::age::Age;
use crate::text::{Place, Span};
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::comparison::Pairing;
use crate::facts::Section;
use crate::rules::{Context, Draft, Report, Rule, listed};

/// More missing sections than this are reported together on a page that lacks most of its source.
const FEW: usize = 3;

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
    let missing = missing(context, pairing);
    // A page of nothing but a title says that the page has moved, or is another page altogether.
    if missing.is_empty() || pairing.sections.pairs.len() < 2 && missing.len() > FEW {
        return;
    }
    let (source, total) = (pairing.with.page, pairing.with.page.facts.sections.len());
    let age = Age::of(context);
    let heading = |section: &Section| source.document.text(&source.source.text, section.text, pairing.with.view);
    let site = |section: &Section| Site::Page(Place { file: source.file, span: section.text.span });
    let lacking = pairing.sections.right_only.len();
    if missing.len() > FEW && lacking * 2 > total {
        let names: Vec<_> = missing.iter().map(|(_, section)| heading(section)).collect();
        let listed = listed(names.iter().map(|name| &**name));
        let title = context.page.facts.sections.first().map_or(Span::empty(0), |section| section.text.span);
        let subject = (SubjectKind::Page, context.page.source.page.clone());
        report.add(
            Draft::new(title, Basis::Reference, Cause::Age, subject, "")
                .identity(names.iter().map(|name| &**name))
                .message(format!("this page lacks {lacking} of the {total} sections of its source: {listed}{}", age.why()))
                .related(missing.first().map(|(_, section)| site(section)), "the first of them"),
        );
        return;
    }
    let by_right = pairing.sections.by_right();
    for (at, section) in missing {
        let before = partner_before(&by_right, at);
        let own = before.and_then(|at| context.page.facts.sections.get(at as usize));
        let span = own.map_or(Span::empty(0), |section| section.text.span);
        let heading = heading(section);
        let key = section_key(source, section, pairing.with.view).into_owned();
        let after = if own.is_some() { "after this section" } else { "at the start" };
        report.add(
            Draft::new(span, Basis::Reference, Cause::Age, (SubjectKind::Text, key), "")
                .expected(&*heading)
                .message(format!("the source has a section `{heading}` {after}; this page does not{}", age.why()))
                .related(Some(site(section)), "the section of the source"),
        );
    }
}

/// The sections of the source that this page lacks, without those below them.
fn missing<'p>(context: &Context<'_>, pairing: &Pairing<'p>) -> Vec<(u32, &'p Section)> {
    let source = pairing.with.page;
    let missing = &pairing.sections.right_only;
    let is_torn = |at: u32| pairing.torn.iter().any(|torn| torn.right.contains(&at));
    // Many sites make the title of the front matter.
    let untitled = context.page.document.front_matter(context.text(), "title").is_some()
        && context.page.facts.sections.iter().all(|section| section.level > 1);
    let sections = missing.iter().filter_map(|at| Some((*at, source.facts.sections.get(*at as usize)?)));
    let roots = sections.filter(|(at, section)| {
        let below_missing = section.parent.is_some_and(|parent| missing.binary_search(&parent).is_ok());
        !(is_torn(*at) || below_missing || untitled && section.level == 1)
    });
    roots.collect()
}
