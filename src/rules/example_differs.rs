//! # example-differs
//!
//! An example says something else than the same example of the reference page, or of most other locales.
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
//! is told. Without a reference page, translations that differ from most in the same way are of another revision: they
//! are left alone.

use crate::compare::examples::{self, Difference};
use crate::comparison::{Counterpart, Outvoted};
use crate::document::View;
use crate::facts::Example;
use crate::json::RelaxationKind;
use crate::rules::age::Age;
use crate::finding::{Basis, Safety, Severity, SubjectKind};
use crate::rules::code_pairs::{self, CodePair, Kind};
use crate::text::Span;
use crate::rules::{Context, Draft, Report, Rule, brief, verdicts};

pub(super) const RULE: Rule = Rule {
    name: "example-differs",
    severity: Severity::Warning,
    bases: &[Basis::Reference, Basis::Locales],
    fix: Some(Safety::Safe),
    source: include_str!("example_differs.rs"),
    check,
};

/// Who vouches for the other example, and how sure that is.
struct Voucher {
    basis: Basis,
    age: Age,
    confidence: f32,
}

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let comparison = context.comparison;
    if let Some(pairing) = &comparison.pairing {
        let source = Voucher { basis: Basis::Reference, age: Age::of(context), confidence: 1.0 };
        for pair in code_pairs::differing(context, pairing, Kind::Examples) {
            report_difference(context, report, &pair, &source);
        }
    }
    for Outvoted { code, page, by, confidence } in &comparison.outvoted {
        let Some(page) = context.corpus.pages.get(page.0 as usize) else { continue };
        let age = Age::beside(context.page, page);
        let with = Counterpart { page, view: View::Page };
        if let Some(pair) = CodePair::of(context.page, *code, with, *by) {
            let most = Voucher { basis: Basis::Locales, age, confidence: *confidence };
            report_difference(context, report, &pair, &most);
        }
    }
}

fn report_difference(
    context: &Context<'_>,
    report: &mut Report<'_>,
    pair: &CodePair<'_>,
    voucher: &Voucher,
) {
    let (Some(own), Some(theirs)) = (pair.own.example, pair.theirs.example) else { return };
    let (text, right) = (&*pair.own.text, &*pair.theirs.text);
    let Some(difference) = examples::difference((own, text), (theirs, right)) else { return };
    let span = pair.own.code.to_source(difference.own);
    let (found, wanted) = (first_line(difference.own.of(text)), first_line(difference.theirs.of(right)));
    let by_locales = voucher.basis == Basis::Locales;
    let whose = if by_locales { "the example of most other locales" } else { "the source's example" };
    let says = match (found.is_empty(), wanted.is_empty()) {
        (true, true) if by_locales => format!("this example differs from {whose}"),
        (true, true) => "this example differs from the source's".to_owned(),
        (true, _) => format!("{whose} has `{wanted}` here, this one has not"),
        (_, true) => format!("`{found}` is not in {whose}"),
        _ => format!("{whose} has `{wanted}` here, not `{found}`"),
    };
    let why = if by_locales { voucher.age.why_here() } else { voucher.age.why() };
    let subject = (SubjectKind::Example, format!("example in {}", pair.section()));
    let draft = Draft::new(span, voucher.basis, voucher.age.cause(), subject, found)
        .expected(wanted)
        .message(format!("{says}{why}"))
        .related(Some(pair.site(difference.theirs)), if by_locales { "one of them" } else { "the source" })
        .confidence(voucher.confidence);
    let edit = if voucher.age == Age::Same { cure(context, own, text, right, difference) } else { None };
    report.add(draft.fix(verdicts::safety(voucher.confidence), edit));
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
fn first_line(text: &str) -> &str {
    brief(text.lines().next().unwrap_or("").trim())
}
