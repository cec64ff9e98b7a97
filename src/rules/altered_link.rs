//! # altered-link
//!
//! The target of a link changed, or its syntax broke.
//!
//! ## Why it matters
//! The link leads elsewhere, or is shown as brackets.
//!
//! ## Example
//! ```md sv-SE
//! # Kundvagnar
//!
//! Läs mer om [felkoder] (error-codes.md) innan du börjar.
//! ```
//!
//! ## Fix
//! Closes the gap, or writes the source's target. Safe for broken syntax, and for a target that differs from the only one
//! left in a page of the same date.
//!
//! ## Limits
//! The locale in a URL may differ, a whole address may stand for a path of the same site, and a heading's anchor is
//! translated with the heading. Targets are compared section by section. Another picture, or a page of another site, may be
//! the one for readers of the language: a note.

use crate::comparison::{Alteration, Altered};
use crate::rules::age::Age;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "altered-link",
    severity: Severity::Warning,
    bases: &[Basis::Reference, Basis::Page],
    fix: Some(Safety::Safe),
    source: include_str!("altered_link.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let age = Age::of(context);
    for altered in &context.comparison.prose.links {
        let (message, safety, basis, cause) = if altered.how == Alteration::Syntax {
            let message = "the link's text and target are separated, so readers see brackets".to_owned();
            (message, Safety::Safe, Basis::Page, Cause::Page)
        } else {
            let leads = leads(context, altered);
            if leads == Leads::ToSameSection {
                continue;
            }
            let sure = altered.sure && age == Age::Same && leads == Leads::Astray;
            let message = format!("the link leads to `{}`, but to `{}` in the source", altered.found, altered.expected);
            // Damage leads nowhere; what leads to another page is of another revision.
            let cause = if leads == Leads::ToPage { age.cause() } else { age.blame() };
            (message, if sure { Safety::Safe } else { Safety::Unsafe }, Basis::Reference, cause)
        };
        let subject = (SubjectKind::Text, altered.expected.clone());
        let draft = Draft::new(altered.span, basis, cause, subject, &altered.found)
            .expected(altered.expected.as_str())
            .message(message)
            .related(altered.site, "the source")
            .fix(safety, altered.replacement.iter().map(|text| (altered.span, text.clone())));
        report.add(if altered.how != Alteration::Syntax && is_localized(altered) { draft.note() } else { draft });
    }
}

/// Whether the link may lead to what readers of the language need: a picture, or a page of another site.
fn is_localized(altered: &Altered) -> bool {
    const PICTURES: [&str; 7] = [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"];
    let is_picture = |target: &str| {
        let path = target.split(['?', '#']).next().unwrap_or(target).to_ascii_lowercase();
        PICTURES.iter().any(|picture| path.ends_with(picture))
    };
    // Another address on one path is a slip, unless only the country of the site is another.
    let parts = |target: &str| -> Option<(String, String)> {
        let (scheme, rest) = target.split_once("://")?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        scheme.starts_with("http").then(|| (host.to_ascii_lowercase(), path.to_owned()))
    };
    let name = |host: &str| host.rsplit_once('.').map(|(name, _)| name.to_owned());
    let is_same_name = |host: &str, right: &str| name(host).is_some_and(|own| Some(own) == name(right));
    let is_other_site = || {
        let ((host, path), (right, right_path)) = parts(&altered.found).zip(parts(&altered.expected))?;
        Some(host != right && (path != right_path || is_same_name(&host, &right)))
    };
    is_picture(&altered.found) && is_picture(&altered.expected) || is_other_site() == Some(true)
}

/// Where a link leads that leads elsewhere in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leads {
    /// To an anchor of the very page that the source's link leads to: headings are translated, and their anchors.
    ToSameSection,
    /// To another page of this run.
    ToPage,
    /// Nobody knows where.
    Astray,
}

fn leads(context: &Context<'_>, altered: &Altered) -> Leads {
    let (path, fragment) = altered.found.split_once('#').unwrap_or((&altered.found, ""));
    let right = altered.expected.split('#').next().unwrap_or("");
    match context.corpus.linked(context.page, path) {
        Some(page) if !fragment.is_empty() && !context.corpus.has_anchor(page, fragment) => Leads::Astray,
        Some(_) if path == right && !fragment.is_empty() => Leads::ToSameSection,
        Some(_) => Leads::ToPage,
        // A page that only its renderer finds, by the same path.
        None if path == right && !fragment.is_empty() && altered.expected.contains('#') => Leads::ToSameSection,
        None => Leads::Astray,
    }
}
