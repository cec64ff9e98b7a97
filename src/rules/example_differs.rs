//! # example-differs
//!
//! An example says something else than the same example of the reference page.
//!
//! ## Why it matters
//! Examples are copied from page to page, not translated: a difference is damage, or age.
//!
//! ## Example
//! ~~~~md en-US en-us/cart.md
//! ---
//! ms.date: 03/02/2021
//! ---
//! # Carts
//!
//! ```json
//! { "color": "red", "quantity": 2 }
//! ```
//! ~~~~
//! ~~~~md fr-FR fr-fr/cart.md
//! ---
//! ms.date: 03/02/2021
//! ---
//! # Paniers
//!
//! ```json
//! { "color": "red", "quantité": 2 }
//! ```
//! ~~~~
//!
//! ## Fix
//! Puts the source's bytes back, all of them unless comments were translated. Safe where both pages are of one date;
//! else there is none.
//!
//! ## Limits
//! White space, comments, the order of keys and the locale in a URL are no difference. Only the first one of an example
//! is told.

use crate::compare::examples::{self, Difference};
use crate::facts::Example;
use crate::json::RelaxationKind;
use crate::rules::age::Age;
use crate::text::{Place, Span};
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
        let own = context.page.facts.example_in(pair.left);
        let (Some(own), Some(theirs)) = (own, source.facts.example_in(pair.right)) else { continue };
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
            (true, true) => "this example differs from the source's".to_owned(),
            (true, _) => format!("the source's example has `{wanted}` here, this one has not"),
            (_, true) => format!("`{found}` is not in the source's example"),
            _ => format!("the source's example has `{wanted}` here, not `{found}`"),
        };
        let subject = (SubjectKind::Example, format!("example {}", pair.right));
        let draft = Draft::new(span, Basis::Reference, age.cause(), subject, &found)
            .expected(wanted)
            .message(format!("{says}{}", age.why()))
            .related(Some(site), "the source");
        let edit = if age == Age::Same { cure(context, own, &text, &right, difference) } else { None };
        report.add(draft.fix(Safety::Safe, edit));
    }
}

/// What makes an example say what its source says. Only in a fenced block, where text stands as it is.
fn cure(
    context: &Context<'_>,
    own: &Example,
    text: &str,
    right: &str,
    difference: Difference,
) -> Option<(Span, String)> {
    let code = &context.page.document.codes[own.code as usize];
    let [whole] = code.pieces.as_slice() else { return None };
    let fenced = code.span.of(context.text()).starts_with(['`', '~']);
    if !fenced || !code.literals.is_empty() || right.contains("```") || right.contains("~~~") {
        return None;
    }
    let commented = own.json.as_ref().is_some_and(|json| {
        json.relaxations.iter().any(|relaxation| relaxation.kind == RelaxationKind::Comment)
    });
    if !commented {
        let right = if text.contains("\r\n") && !right.contains('\r') {
            right.replace('\n', "\r\n")
        } else {
            right.to_owned()
        };
        return Some((*whole, right));
    }
    let piece = difference.theirs.of(right);
    let one_line = !piece.contains(['\n', '\r']) && !difference.own.of(text).contains(['\n', '\r']);
    let both = !difference.own.is_empty() && !piece.is_empty();
    (both && one_line).then(|| (code.to_source(difference.own), piece.to_owned()))
}

/// A piece of an example, short enough for a message.
fn brief(text: &str) -> String {
    let line = text.lines().next().unwrap_or("").trim();
    line.chars().take(60).collect()
}
