//! # mojibake
//!
//! Text was decoded in another encoding than it was written in.
//!
//! ## Why it matters
//! `customerâ€™s` is a sign that the page went through a broken tool; other damage is likely near.
//!
//! ## Example
//! ```md
//! # Carts
//!
//! The customerâ€™s cart holds what was chosen.
//! ```
//!
//! ## Fix
//! Decodes the sequence again. Safe.
//!
//! ## Limits
//! Looks for UTF-8 that was read as Windows-1252; a replacement character cannot be undone and is reported without a fix.

use crate::normalize::mojibake;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "mojibake",
    severity: Severity::Warning,
    bases: &[Basis::Page],
    fix: Some(Safety::Safe),
    source: include_str!("mojibake.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    if !context.page.document.signs.accents {
        return;
    }
    for (span, right) in mojibake::find(context.text()) {
        let found = span.of(context.text());
        let draft =
            Draft::new(span, Basis::Page, Cause::Page, (SubjectKind::Text, "encoding".to_owned()), found);
        report.add(match right {
            Some(right) => draft
                .expected(right.as_str())
                .message(format!("`{found}` is `{right}` read in the wrong encoding"))
                .fix(Safety::Safe, [(span, right)]),
            None => draft.message("a character was lost here when the text was read in the wrong encoding"),
        });
    }
}
