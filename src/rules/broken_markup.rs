//! # broken-markup
//!
//! Emphasis marks, bilingual spans, a code fence or the front matter are broken, so that readers see the marks or lose
//! what follows.
//!
//! ## Why it matters
//! Readers see asterisks and tags instead of bold words, or all that follows an open fence as code.
//!
//! ## Example
//! ```md
//! # Carts
//!
//! Select ** Customers ** in the menu.
//! ```
//!
//! ## Fix
//! Removes the spaces inside emphasis marks and those that hide a fence. Safe. What is not closed is for people to close.
//!
//! ## Limits
//! Front matter is held against that of the source, if it has as many entries; words in it are translated rightly. Of
//! emphasis only marks that the renderer shows as text, and that would be emphasis without the space.

use crate::document::ProblemKind;
use crate::normalize::emphasis;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, brief, fences, front_matter};

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
                .message(format!("`{found}` shows its asterisks: there is a space inside the marks"))
                .fix(Safety::Safe, [(span, right)]),
        );
    }
    for broken in front_matter::broken(context) {
        let basis = if broken.site.is_some() { Basis::Reference } else { Basis::Page };
        let subject = (SubjectKind::Text, "front matter".to_owned());
        let found = brief(broken.span.of(context.text()));
        let mut draft = Draft::new(broken.span, basis, Cause::Translation, subject, found)
            .message(broken.message)
            .related(broken.site, "the source")
            .fix(Safety::Unsafe, broken.expected.as_deref().map(|right| (broken.span, right.to_owned())));
        if let Some(right) = &broken.expected {
            draft = draft.expected(right.as_ref());
        }
        report.add(draft);
    }
    for fences::Lost { span, message } in fences::lost(context.page) {
        let subject = (SubjectKind::Text, "code fence".to_owned());
        let found = span.of(context.text());
        report.add(Draft::new(span, Basis::Page, Cause::Page, subject, found).message(message));
    }
    for problem in &context.page.document.problems {
        let (name, message) = match problem.kind {
            ProblemKind::HiddenFence => (
                "code fence",
                "an invisible or no-break space precedes this code fence, so the block is shown as text",
            ),
            ProblemKind::UnclosedSpan => ("bilingual span", "a bilingual span is not closed in its block"),
            ProblemKind::UnpairedSpan => ("bilingual span", "one half of a bilingual pair is missing"),
            ProblemKind::UnclosedFence => {
                ("code fence", "this code fence is never closed, so what follows is shown as code")
            }
            _ => continue,
        };
        let found = brief(problem.span.of(context.text()));
        let subject = (SubjectKind::Text, name.to_owned());
        let draft = Draft::new(problem.span, Basis::Page, Cause::Page, subject, found).message(message);
        report.add(match problem.kind {
            ProblemKind::HiddenFence => {
                draft.expected("").fix(Safety::Safe, [(problem.span, String::new())])
            }
            _ => draft,
        });
    }
}
