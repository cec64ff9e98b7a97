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
//! Writes the type of the source text or the model. Safe with a source text or a model that has one type for it.
//!
//! ## Limits
//! Without either there is a finding only where the text cannot be a type at all.

use crate::document::View;
use crate::normalize::types::{self, Quality};
use crate::rules::{rows, verdicts};
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "garbled-type",
    severity: Severity::Error,
    bases: &[Basis::Reference, Basis::Model],
    fix: Some(Safety::Safe),
    source: include_str!("garbled_type.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for table in &context.comparison.tables {
        for (at, row) in table.rows.iter().enumerate() {
            let Some(words) = &row.ty else { continue };
            let link = context.page.document.link_target(context.text(), words.cell);
            if types::read(&words.text, link, &context.vocabulary).quality != Quality::Garbled {
                continue;
            }
            let property = rows::documented(context)
                .find(|documented| std::ptr::eq(documented.row, row))
                .map(|documented| (types::english(&documented.property.ty).into_owned(), documented.site()));
            let source = words.original.as_ref().filter(|original| **original != words.text);
            let (basis, expected, site) = match (source, property) {
                (Some(source), _) => {
                    let span = context.page.document.text_span(context.text(), words.cell, View::Source);
                    (Basis::Reference, source.to_string(), Some(context.site(span)))
                }
                (None, Some((expected, site))) => (Basis::Model, expected, site),
                (None, None) => continue,
            };
            let name = table.names.iter().find(|verdict| verdict.row == at as u32);
            let name = name.map_or(&*row.name.text, |verdict| &verdict.expected);
            let subject = (SubjectKind::Type, format!("{}.{name}", table.owner));
            report.add(
                Draft::new(words.span, basis, Cause::Translation, subject, &words.text)
                    .expected(expected.as_str())
                    .message(format!("`{}` is no type any more; it was `{expected}`", words.text))
                    .related(site, format!("{} says `{expected}`", verdicts::authority(basis)))
                    .fix(Safety::Safe, [(words.span, expected.clone())]),
            );
        }
    }
}
