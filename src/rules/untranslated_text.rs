//! # untranslated-text
//!
//! A paragraph repeats the source, or another translation, in that language.
//!
//! ## Why it matters
//! Readers of the locale find a paragraph that they may not understand.
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
use crate::compare::untranslated::copied;
use crate::rules::{Context, Draft, Report, Rule, brief};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "untranslated-text",
    severity: Severity::Note,
    bases: &[Basis::Reference],
    fix: None,
    source: include_str!("untranslated_text.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let untranslated = &context.comparison.prose.untranslated;
    for span in untranslated {
        add(context, report, *span, "this paragraph is not translated".to_owned());
    }
    // The source is in its own language, and a page of a third one may have been copied.
    if untranslated.is_empty() && !context.corpus.references.is_reference(context.page) {
        let siblings = context.corpus.siblings(context.page);
        if let Some((spans, other)) = copied(context.page, siblings) {
            for span in spans {
                let path = &other.source.path;
                add(context, report, span, format!("this paragraph is not translated: it is the same as in {path}"));
            }
        }
    }
}

fn add(context: &Context<'_>, report: &mut Report<'_>, span: Span, message: String) {
    let shown = brief(span.of(context.text()));
    let subject = (SubjectKind::Text, shown.to_owned());
    report.add(Draft::new(span, Basis::Reference, Cause::Translation, subject, shown).message(message));
}
