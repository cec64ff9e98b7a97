//! # type-mismatch
//!
//! The documented type cannot hold what the spec says.
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
//! Writes the spec's type in the docs' words, or that of the source or of most other locales. Unsafe: the spec may
//! be the one to change.
//!
//! ## Limits
//! Formats are no mismatch: a date may be documented as a string. Types the reader does not understand are left alone.

use crate::comparison::{Against, TableComparison, Vote};
use crate::fold::singular;
use crate::normalize::rows::{Row, Words};
use crate::normalize::types::{self, Holds, Quality};
use crate::schema::{Schema, Type};
use crate::rules::translated_type::has_type_header;
use crate::rules::{rows, verdicts};
use crate::finding::{Basis, Cause, Safety, Severity, Site, SubjectKind};
use crate::rules::draft::{member, with_article};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "type-mismatch",
    severity: Severity::Error,
    bases: &[Basis::Model, Basis::Reference, Basis::Locales],
    fix: Some(Safety::Unsafe),
    source: include_str!("type_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    by_source(context, report);
    let Some(schema) = context.schema else { return };
    of_parameters(context, schema, report);
    for documented in rows::documented(context) {
        let Some(words) = &documented.row.ty else { continue };
        let Some(reading) = rows::type_reading(context, documented.row) else { continue };
        let model = &documented.property.ty;
        let Some(written) = &reading.ty else { continue };
        if reading.quality == Quality::Garbled || types::holds(written, model, schema) != Holds::No {
            continue;
        }
        let path = documented.path();
        let expected = types::english_in(Some(schema), model);
        // `array of array of numbers`
        let words_of = |text: &str| text.split_whitespace().map(|word| singular(word).to_lowercase()).collect::<Vec<_>>();
        if words_of(&words.text) == words_of(&expected) {
            continue;
        }
        let sighting = context.sightings.get(&path);
        let seen = sighting.map(|sighting| {
            let kinds: Vec<String> = sighting.kinds.keys().copied().map(with_article).collect();
            (kinds, Site::Page(sighting.place))
        });
        let mut message = format!("`{path}` is documented as `{}`, but the spec says `{expected}`", words.text);
        if let Some((kinds, _)) = &seen {
            message = format!("{message} and examples send {}", kinds.join(" or "));
        }
        let mut draft =
            Draft::new(words.span, Basis::Model, Cause::Drift, (SubjectKind::Type, path), &words.text)
                .expected(&*expected)
                .message(message)
                .related(documented.site(), format!("the spec says `{expected}`"))
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

/// The types of parameters against those of the operation.
fn of_parameters(context: &Context<'_>, schema: &Schema, report: &mut Report<'_>) {
    for table in &context.comparison.tables {
        let Some(bound) = &table.bound else { continue };
        let Against::Parameters(operation) = bound.to else { continue };
        for pair in bound.alignment.pairs.iter().filter(|pair| pair.is_certain()) {
            let (Some(row), Some(parameter)) =
                (table.rows.get(pair.left as usize), operation.parameters.get(pair.right as usize))
            else {
                continue;
            };
            let (Some(words), Some(reading)) = (&row.ty, rows::type_reading(context, row)) else { continue };
            let Some(written) = reading.ty.as_ref().filter(|_| reading.quality != Quality::Garbled) else { continue };
            if types::holds(written, &parameter.ty, schema) != Holds::No {
                continue;
            }
            let expected = types::english_in(Some(schema), &parameter.ty);
            let name = &parameter.name;
            let path = format!("{} {}.{name}", operation.method, operation.path);
            report.add(
                Draft::new(words.span, Basis::Model, Cause::Drift, (SubjectKind::Type, path), &words.text)
                    .expected(&*expected)
                    .message(format!("the parameter `{name}` is documented as `{}`, but the spec says `{expected}`", words.text))
                    .related(parameter.place.map(Site::Spec), format!("the spec says `{expected}`"))
                    .fix(Safety::Unsafe, rows::rewrite(context, words, &expected)),
            );
        }
    }
}

/// A translation whose type is another than its source's, or than that of most other locales: neither can hold what
/// the other says.
fn by_source(context: &Context<'_>, report: &mut Report<'_>) {
    for table in &context.comparison.tables {
        for (at, row) in table.rows.iter().enumerate() {
            let (Some(words), at) = (&row.ty, at as u32) else { continue };
            if let Some(cell) = table.source_cell(context.page, at, |row| row.ty.as_ref()) {
                // `字节` for `Bytes` says what a column of units holds.
                let foreign = words.text.chars().any(|c| c >= '\u{370}' && c.is_alphabetic());
                if cell.text != words.text
                    && is_apart(context, row, cell.text)
                    && (!foreign || has_type_header(context, table))
                {
                    let draft = draft(table, at, words, (cell.text, Basis::Reference));
                    report.add(
                        draft
                            .related(Some(cell.site()), verdicts::label(Basis::Reference, cell.text))
                            .fix(Safety::Unsafe, rows::retype(context, words, Some(cell), cell.text)),
                    );
                }
                continue;
            }
            // Where the spec has its say, it is the one to hear.
            let vote = table.elected_type(at).filter(|vote| !vote.translated);
            if let Some(Vote { expected, basis, confidence, witnesses, .. }) = vote.map(|vote| &vote.right)
                && rows::documented_by(table, at).is_none()
                && is_apart(context, row, expected)
            {
                let draft = draft(table, at, words, (expected, *basis)).confidence(*confidence);
                report.add(
                    draft
                        .witnesses(witnesses, || verdicts::label(*basis, expected))
                        .fix(Safety::Unsafe, [(words.span, expected.clone())]),
                );
            }
        }
    }
}

fn draft(table: &TableComparison<'_>, at: u32, words: &Words<'_>, (right, basis): (&str, Basis)) -> Draft {
    let path = member(&table.owner, table.right_name(at));
    let says = verdicts::says(basis);
    let message = format!("`{path}` is documented as `{}`, but {says} `{right}`", words.text);
    Draft::new(words.span, basis, Cause::Translation, (SubjectKind::Type, path), &words.text)
        .expected(right)
        .message(message)
}

/// Whether a cell and the right type are both understood, and not to be reconciled.
fn is_apart(context: &Context<'_>, row: &Row<'_>, right: &str) -> bool {
    let nothing = Schema::default();
    let schema = context.schema.unwrap_or(&nothing);
    let Some(own) = row.shown_type_reading(context.page, &context.vocabulary) else { return false };
    let sound = |quality| matches!(quality, Quality::Exact | Quality::Translated | Quality::Vague);
    let Some(left) = own.ty.as_ref().filter(|_| sound(own.quality)) else { return false };
    let theirs = context.source_type(right);
    let is_word = |text: &str| text.is_ascii() && !text.contains(char::is_whitespace);
    let single = is_word(right) && row.ty.as_ref().is_some_and(|words| is_word(&words.text));
    let Some(right) = &theirs.ty else { return false };
    // In the same words, another type was written on purpose.
    let english = |text: &str| context.vocabulary.type_word(text).is_none_or(|found| found.english);
    let exact = |quality| matches!(quality, Quality::Exact | Quality::Vague);
    let own_words = single && row.ty.as_ref().is_some_and(|words| english(&words.text));
    if own_words && exact(own.quality) && exact(theirs.quality) && is_changed(left, right) {
        return true;
    }
    sound(theirs.quality)
        && (is_scalar(left) || is_scalar(right))
        && types::holds(left, right, schema) == Holds::No
        && types::holds(right, left, schema) == Holds::No
}

/// Whether two types that are both written out in full differ in a part: a number for an integer, another element. What
/// one leaves open may be what the other says.
fn is_changed(left: &Type, right: &Type) -> bool {
    let is_open = |ty: &Type| matches!(ty, Type::Any | Type::Null | Type::Named(_) | Type::OneOf(_) | Type::Constant(_) | Type::Tuple(_));
    match (left, right) {
        (left, right) if is_open(left) || is_open(right) => false,
        (Type::Array(left), Type::Array(right)) | (Type::Map(left), Type::Map(right)) => is_changed(left, right),
        (Type::Map(_) | Type::Object(_), Type::Map(_) | Type::Object(_)) => false,
        (Type::String(left), Type::String(right)) => left != right,
        (left, right) => std::mem::discriminant(left) != std::mem::discriminant(right),
    }
}

/// One plain value. Which kind of list, map or object is meant, two languages word too differently to tell.
fn is_scalar(ty: &Type) -> bool {
    matches!(ty, Type::Boolean | Type::Integer | Type::Number | Type::String(_))
}
