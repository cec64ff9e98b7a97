//! # garbled-type
//!
//! Translation destroyed the structure of a type.
//!
//! ## Why it matters
//! `Ciąg<, ciąg>` is no type in any language.
//!
//! ## Example
//! ```md pl-PL
//! ## <a name="cartlineitem"></a>CartLineItem
//!
//! | Właściwość          | Typ          | Opis               |
//! |---------------------|--------------|--------------------|
//! | catalogItemId       | ciąg         | Co jest kupowane   |
//! | quantity            | int          | Ile sztuk          |
//! | provisioningContext | Ciąg<, ciąg> | Dalsze ustawienia  |
//! ```
//!
//! ## Fix
//! Writes the type of the source text, the spec or most other locales. Safe, unless what is left of the type
//! contradicts the spec, or all locales have translated it.
//!
//! ## Limits
//! If neither the source, the spec nor other locales tell what it was, the finding has no fix.

use crate::normalize::rows::Words;
use crate::normalize::types::{self, Holds, Quality};
use crate::rules::{rows, verdicts};
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "garbled-type",
    severity: Severity::Error,
    bases: &[Basis::Reference, Basis::Model, Basis::Locales, Basis::Page],
    fix: Some(Safety::Safe),
    source: include_str!("garbled_type.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for table in &context.comparison.tables {
        for (at, row) in table.rows.iter().enumerate() {
            let Some(words) = &row.ty else { continue };
            let Some(reading) = row.shown_type_reading(context.page, &context.vocabulary) else { continue };
            if reading.quality != Quality::Garbled {
                continue;
            }
            let name = table.right_name(at as u32);
            let subject = (SubjectKind::Type, format!("{}.{name}", table.owner));
            let draft = |basis| Draft::new(words.span, basis, Cause::Translation, subject, &words.text);
            let says = |basis, right: &str| {
                let authority = verdicts::says(basis);
                format!("`{}` is no longer a type; {authority} `{right}`", words.text)
            };
            let source = table.source_cell(context.page, at as u32, |row| row.ty.as_ref());
            if let Some(source) = source.filter(|source| source.text != words.text) {
                let right = source.text;
                report.add(
                    draft(Basis::Reference)
                        .expected(right)
                        .message(says(Basis::Reference, right))
                        .related(Some(source.site()), format!("the source says `{right}`"))
                        .fix(Safety::Safe, rows::retype(context, words, Some(source), right)),
                );
            } else if let Some(documented) = rows::documented_by(table, at as u32) {
                let model = &documented.property.ty;
                let right = types::english_in(context.schema, model);
                // What is left of the type may speak of another one than the spec's: then both may be wrong.
                let contradicted = context.schema.zip(reading.ty.as_ref()).is_some_and(|(schema, left)| {
                    types::holds(left, model, schema) == Holds::No
                });
                let safety = if contradicted { Safety::Unsafe } else { Safety::Safe };
                report.add(
                    draft(Basis::Model)
                        .expected(&*right)
                        .message(says(Basis::Model, &right))
                        .related(documented.site(), format!("the spec says `{right}`"))
                        .fix(safety, fixed(context, words, &right)),
                );
            } else if let Some(vote) = table.elected_type(at as u32) {
                let right = &vote.right;
                let expected: &str = &right.expected;
                report.add(
                    draft(right.basis)
                        .expected(expected)
                        .message(says(right.basis, expected))
                        .witnesses(&right.witnesses, || format!("`{expected}` here"))
                        .confidence(right.confidence)
                        .fix(verdicts::safety(right.confidence), fixed(context, words, expected)),
                );
            } else {
                let message = format!("`{}` is no longer a type: its brackets and commas do not fit", words.text);
                report.add(draft(Basis::Page).message(message));
            }
        }
    }
}

/// The edits that write the right type, if nothing but a type is lost by that.
fn fixed(context: &Context<'_>, words: &Words<'_>, right: &str) -> Vec<(Span, String)> {
    if rows::holds_prose(context, words, right) { Vec::new() } else { rows::rewrite(context, words, right) }
}
