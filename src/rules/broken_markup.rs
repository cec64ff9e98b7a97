//! # broken-markup
//!
//! Emphasis or brackets were broken, or bilingual spans were left in a page of one language.
//!
//! ## Why it matters
//! Readers see asterisks and tags instead of bold words.
//!
//! ## Example
//! ```md
//! # Carts
//!
//! Select ** Customers ** in the menu.
//! ```
//!
//! ## Fix
//! Removes the spaces inside the marks. Safe.
//!
//! ## Limits
//! Only marks that the renderer shows as text, and that would be emphasis without the space.

use crate::document::ProblemKind;
use crate::normalize::emphasis;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "broken-markup",
    severity: Severity::Warning,
    bases: &[Basis::Page, Basis::Reference],
    fix: Some(Safety::Safe),
    source: include_str!("broken_markup.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for (span, right) in emphasis::broken(context.page) {
        let found = span.of(context.text());
        report.add(
            Draft::new(span, Basis::Page, Cause::Page, (SubjectKind::Text, "emphasis".to_owned()), found)
                .expected(right.as_str())
                .message(format!("`{found}` shows its asterisks: no space may stand inside the marks"))
                .fix(Safety::Safe, [(span, right)]),
        );
    }
    for problem in &context.page.document.problems {
        if !matches!(problem.kind, ProblemKind::UnclosedSpan | ProblemKind::UnpairedSpan) {
            continue;
        }
        let found: String = problem.span.of(context.text()).chars().take(60).collect();
        let message = match problem.kind {
            ProblemKind::UnclosedSpan => "a bilingual span is not closed in its block",
            _ => "one half of a bilingual pair is missing",
        };
        let subject = (SubjectKind::Text, "bilingual span".to_owned());
        report.add(Draft::new(problem.span, Basis::Page, Cause::Page, subject, &found).message(message));
    }
}
