//! # code-differs
//!
//! A code block that is no example differs from the reference page's.
//!
//! ## Why it matters
//! Code does not change with the language; usually the page is older than its source.
//!
//! ## Example
//! ~~~~md en-US en-us/cart.md
//! # Carts
//!
//! ```csharp
//! // Makes a cart.
//! var cart = partner.Carts.CreateAsync(items);
//! ```
//! ~~~~
//! ~~~~md nl-NL nl-nl/cart.md
//! # Winkelwagens
//!
//! ```csharp
//! // Maakt een winkelwagen.
//! var cart = partner.Carts.Create(items);
//! ```
//! ~~~~
//!
//! ## Fix
//! None: people have to tell which version runs.
//!
//! ## Limits
//! White space is no difference, nor are comments, which are rightly translated.

use crate::compare::code_lines::first_difference;
use crate::rules::age::Age;
use crate::text::Place;
use crate::finding::{Basis, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "code-differs",
    severity: Severity::Note,
    bases: &[Basis::Reference],
    fix: None,
    source: include_str!("code_differs.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(pairing) = &context.comparison.pairing else { return };
    let source = pairing.with.page;
    let age = Age::of(context);
    for pair in &pairing.codes.pairs {
        if context.page.facts.example_in(pair.left).is_some() || source.facts.example_in(pair.right).is_some() {
            continue;
        }
        let code = &context.page.document.codes[pair.left as usize];
        let their_code = &source.document.codes[pair.right as usize];
        let text = context.page.document.code_text(context.text(), code);
        let right = source.document.code_text(&source.source.text, their_code);
        let Some(difference) = first_difference(&text, &right) else { continue };
        let found: String = difference.own.of(&text).chars().take(60).collect();
        let their_span = their_code.to_source(difference.theirs);
        let site = Site::Page(Place { file: source.file, span: their_span });
        let subject = (SubjectKind::Text, format!("code {}", pair.right));
        report.add(
            Draft::new(code.to_source(difference.own), Basis::Reference, age.cause(), subject, &found)
                .message(format!("this code differs from the source's from here on{}", age.why()))
                .related(Some(site), "the code of the source"),
        );
    }
}
