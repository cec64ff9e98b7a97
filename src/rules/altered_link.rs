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
//! The locale in a URL may differ. Targets are compared section by section.

use crate::comparison::Alteration;
use crate::rules::age::Age;
use crate::finding::{Basis, Safety, Severity, SubjectKind};
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
        let (message, safety) = if altered.how == Alteration::Syntax {
            ("a space parts the link's text from its target, so it is shown as brackets".to_owned(), Safety::Safe)
        } else {
            let safety = if altered.sure && age == Age::Same { Safety::Safe } else { Safety::Unsafe };
            (format!("the link leads to `{}`, in the source to `{}`", altered.found, altered.expected), safety)
        };
        let basis = if altered.site.is_some() { Basis::Reference } else { Basis::Page };
        let subject = (SubjectKind::Text, altered.expected.clone());
        report.add(
            Draft::new(altered.span, basis, age.blame(), subject, &altered.found)
                .expected(altered.expected.as_str())
                .message(message)
                .related(altered.site, "the source")
                .fix(safety, [(altered.span, altered.replacement.clone())]),
        );
    }
}
