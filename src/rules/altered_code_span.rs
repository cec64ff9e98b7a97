//! # altered-code-span
//!
//! Inline code of the reference page was changed, or lost its marks.
//!
//! ## Why it matters
//! What stands in code marks is meant for the machine: a name, a value, a command.
//!
//! ## Example
//! The sentence about `customer-tenant-id` of the source has `kund-klient-id` in code marks in its translation.
//!
//! ## Fix
//! Writes the source's text, or puts the marks back. Safe where there is one candidate.
//!
//! ## Limits
//! Compared section by section: sentences move when they are translated. Words that the source has in plain text too are
//! left alone.

use crate::comparison::Alteration;
use crate::rules::age::Age;
use crate::finding::{Basis, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "altered-code-span",
    severity: Severity::Warning,
    bases: &[Basis::Reference],
    fix: Some(Safety::Safe),
    source: include_str!("altered_code_span.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let age = Age::of(context);
    for altered in &context.comparison.prose.code_spans {
        let message = match altered.how {
            Alteration::Marks => format!("`{}` is inline code in the source, and plain text here", altered.found),
            _ => format!("the inline code `{}` of the source became `{}`", altered.expected, altered.found),
        };
        let sure = altered.sure && age != Age::Older;
        let safety = if sure { Safety::Safe } else { Safety::Unsafe };
        let subject = (SubjectKind::Text, altered.expected.clone());
        report.add(
            Draft::new(altered.span, Basis::Reference, age.blame(), subject, &altered.found)
                .expected(altered.expected.as_str())
                .message(message)
                .related(altered.site, "the source")
                .fix(safety, [(altered.span, altered.replacement.clone())]),
        );
    }
}
