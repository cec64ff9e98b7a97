//! # untranslated-text
//!
//! A paragraph says the same as the source, in the source's language.
//!
//! ## Why it matters
//! Readers of the locale meet a paragraph that they may not understand.
//!
//! ## Example
//! ```md en-US en-us/cart.md
//! # Carts
//!
//! A cart keeps the items that a customer wants to order later.
//! ```
//! ```md zh-TW zh-tw/cart.md
//! # 購物車
//!
//! A cart keeps the items that a customer wants to order later.
//! ```
//!
//! ## Fix
//! None: it has to be translated.
//!
//! ## Limits
//! Only paragraphs of at least six words, most of them ordinary ones: names, code and labels often stay.

use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, brief};

pub(super) const RULE: Rule = Rule {
    name: "untranslated-text",
    severity: Severity::Note,
    bases: &[Basis::Reference],
    fix: None,
    source: include_str!("untranslated_text.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for span in &context.comparison.prose.untranslated {
        let shown = brief(span.of(context.text()));
        let subject = (SubjectKind::Text, shown.to_owned());
        report.add(
            Draft::new(*span, Basis::Reference, Cause::Translation, subject, shown)
                .message("this paragraph is not translated"),
        );
    }
}
