//! # example-differs
//!
//! An example says something else than the same example of the reference page.
//!
//! ## Why it matters
//! Examples are copied from page to page, not translated: a difference is damage, or age.
//!
//! ## Example
//! In the request body of a translation the key `quantity` became `quantité`, while `en-us/cart.md` has `quantity`.
//!
//! ## Fix
//! Puts the source's bytes back. Safe where both pages are of one date; else none.
//!
//! ## Limits
//! White space, comments and the order of keys are no difference.

use crate::compare::examples;
use crate::rules::age::Age;
use crate::text::Place;
use crate::finding::{Basis, Safety, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "example-differs",
    severity: Severity::Warning,
    bases: &[Basis::Reference],
    fix: Some(Safety::Safe),
    source: include_str!("example_differs.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(pairing) = &context.comparison.pairing else { return };
    let source = pairing.with.page;
    let age = Age::of(context);
    for pair in &pairing.codes.pairs {
        let own = context.page.facts.examples.iter().find(|example| example.code == pair.left);
        let theirs = source.facts.examples.iter().find(|example| example.code == pair.right);
        let (Some(own), Some(theirs)) = (own, theirs) else { continue };
        let code = &context.page.document.codes[own.code as usize];
        let their_code = &source.document.codes[theirs.code as usize];
        let text = context.page.document.code_text(context.text(), code);
        let right = source.document.code_text(&source.source.text, their_code);
        if text == right {
            continue;
        }
        let Some(difference) = examples::difference((own, &text), (theirs, &right)) else { continue };
        let span = code.to_source(difference.own);
        let site = Site::Page(Place { file: source.file, span: their_code.to_source(difference.theirs) });
        let (found, wanted) = (brief(difference.own.of(&text)), brief(difference.theirs.of(&right)));
        let says = match (found.is_empty(), wanted.is_empty()) {
            (true, _) => format!("the source's example has `{wanted}` here, this one has not"),
            (_, true) => format!("`{found}` is not in the source's example"),
            _ => format!("the source's example has `{wanted}` here, not `{found}`"),
        };
        let subject = (SubjectKind::Example, format!("example {}", pair.right));
        let draft = Draft::new(span, Basis::Reference, age.cause(), subject, &found)
            .expected(wanted)
            .message(format!("{says}{}", age.why()))
            .related(Some(site), "the source");
        report.add(match code.pieces.as_slice() {
            [whole] if age == Age::Same => draft.fix(Safety::Safe, [(*whole, right.into_owned())]),
            _ => draft,
        });
    }
}

/// A piece of an example, short enough for a message.
fn brief(text: &str) -> String {
    let line = text.lines().next().unwrap_or("").trim();
    line.chars().take(60).collect()
}
