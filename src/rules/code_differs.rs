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
use crate::rules::code_pairs::{self, Kind};
use crate::finding::{Basis, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, brief};

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
    let age = Age::of(context);
    for pair in code_pairs::differing(context, pairing, Kind::Other) {
        let Some(difference) = first_difference(&pair.own.text, &pair.theirs.text) else { continue };
        let found = brief(difference.own.of(&pair.own.text));
        let subject = (SubjectKind::Text, format!("code in {}", pair.section()));
        report.add(
            Draft::new(pair.own.code.to_source(difference.own), Basis::Reference, age.cause(), subject, found)
                .message(format!("this code differs from the source's from here on{}", age.why()))
                .related(Some(pair.site(difference.theirs)), "the code of the source"),
        );
    }
}
