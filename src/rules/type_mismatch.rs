//! # type-mismatch
//!
//! The documented type cannot hold what the model says.
//!
//! ## Why it matters
//! Clients that trust the table send, or wait for, the wrong kind of value.
//!
//! ## Example
//! ```md
//! ## CartLineItem
//!
//! | Property      | Type   | Description          |
//! |---------------|--------|----------------------|
//! | catalogItemId | string | What is bought       |
//! | quantity      | string | How many             |
//! | currencyCode  | string | Which currency       |
//! ```
//!
//! ## Fix
//! Writes the model's type in the docs' words. Unsafe: the model may be the one to change.
//!
//! ## Limits
//! Formats are no mismatch: a date may be documented as a string. Types the reader does not understand are left alone.

use crate::normalize::types::{self, Holds, Quality};
use crate::schema::{Schema, Type};
use crate::rules::rows;
use crate::finding::{Basis, Cause, Safety, Severity, Site, SubjectKind};
use crate::rules::draft::with_article;
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "type-mismatch",
    severity: Severity::Error,
    bases: &[Basis::Model, Basis::Reference],
    fix: Some(Safety::Unsafe),
    source: include_str!("type_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    by_source(context, report);
    let Some(schema) = context.schema else { return };
    for documented in rows::documented(context) {
        let Some(words) = &documented.row.ty else { continue };
        let Some(reading) = rows::type_reading(context, documented.row) else { continue };
        let model = &documented.property.ty;
        let Some(written) = &reading.ty else { continue };
        if reading.quality == Quality::Garbled || types::holds(written, model, schema) != Holds::No {
            continue;
        }
        let path = documented.path();
        let expected = types::english(model);
        let sighting = context.sightings.get(&path);
        let seen = sighting.map(|sighting| {
            let kinds: Vec<String> = sighting.kinds.keys().copied().map(with_article).collect();
            (kinds, Site::Page(sighting.place))
        });
        let mut message = format!("`{path}` is documented as `{}`, but the model says `{expected}`", words.text);
        if let Some((kinds, _)) = &seen {
            message = format!("{message} and examples send {}", kinds.join(" or "));
        }
        let mut draft =
            Draft::new(words.span, Basis::Model, Cause::Drift, (SubjectKind::Type, path), &words.text)
                .expected(&*expected)
                .message(message)
                .related(documented.site(), format!("the model says `{expected}`"))
                .fix(Safety::Unsafe, rows::rewrite(context, words, &expected));
        if let Some((kinds, site)) = seen {
            let label = match &*kinds {
                [kind] => format!("this example sends {kind}"),
                _ => "the first of these examples".to_owned(),
            };
            draft = draft.related(Some(site), label);
        }
        report.add(draft);
    }
}

/// A translation whose type is another than its source's: neither can hold what the other says.
fn by_source(context: &Context<'_>, report: &mut Report<'_>) {
    let nothing = Schema::default();
    let schema = context.schema.unwrap_or(&nothing);
    for table in &context.comparison.tables {
        for (at, row) in table.rows.iter().enumerate() {
            let Some(words) = &row.ty else { continue };
            let Some(cell) = table.source_cell(context.page, at as u32, |row| row.ty.as_ref()) else {
                continue;
            };
            let source = cell.text;
            if source == words.text {
                continue;
            }
            let Some(own) = row.shown_type_reading(context.page, &context.vocabulary) else { continue };
            let theirs = types::read(source, None, &context.vocabulary);
            let sound = |quality| matches!(quality, Quality::Exact | Quality::Translated | Quality::Vague);
            let (Some(left), Some(right)) = (&own.ty, &theirs.ty) else { continue };
            let apart = (is_scalar(left) || is_scalar(right))
                && types::holds(left, right, schema) == Holds::No
                && types::holds(right, left, schema) == Holds::No;
            if !sound(own.quality) || !sound(theirs.quality) || !apart {
                continue;
            }
            let path = format!("{}.{}", table.owner, table.right_name(at as u32));
            report.add(
                Draft::new(words.span, Basis::Reference, Cause::Translation, (SubjectKind::Type, path.clone()), &words.text)
                    .expected(source)
                    .message(format!("`{path}` is documented as `{}`, but the source says `{source}`", words.text))
                    .related(Some(cell.site()), format!("the source says `{source}`"))
                    .fix(Safety::Unsafe, rows::retype(context, words, Some(cell), source)),
            );
        }
    }
}

/// One plain value. Which kind of list, map or object is meant, two languages word too differently to tell.
fn is_scalar(ty: &Type) -> bool {
    matches!(ty, Type::Boolean | Type::Integer | Type::Number | Type::String(_))
}
