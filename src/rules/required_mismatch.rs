//! # required-mismatch
//!
//! The Required column says yes where the authority says no, or the reverse.
//!
//! ## Why it matters
//! A missing required value is refused by the server; an optional one that looks required keeps people from trying.
//!
//! ## Example
//! ```md
//! ## Request body
//!
//! This table describes the **CartLineItem** properties in the request body.
//!
//! | Property      | Type   | Required | Description    |
//! |---------------|--------|----------|----------------|
//! | catalogItemId | string | Yes      | What is bought |
//! | quantity      | int    | No       | How many       |
//! | billingCycle  | string | Yes      | How to pay     |
//! ```
//!
//! ## Fix
//! Writes the other mark in the words of the column. Unsafe: the model may be the one to change.
//!
//! ## Limits
//! Conditional marks are compatible with both. A type of which the model requires nothing says nothing about it.

use crate::comparison::{Against, TableComparison};
use crate::document::View;
use crate::facts::ColumnRole;
use crate::normalize::marks::{self, Requirement};
use crate::rules::verdicts;
use crate::finding::{Basis, Cause, Safety, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "required-mismatch",
    severity: Severity::Warning,
    bases: &[Basis::Model, Basis::Reference],
    fix: Some(Safety::Unsafe),
    source: include_str!("required_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for table in &context.comparison.tables {
        let fact = &context.page.facts.tables[table.table as usize];
        let inverted = fact.columns.contains(&ColumnRole::Optional);
        let cells: Vec<&str> =
            table.rows.iter().map(|row| row.required.as_ref().map_or("", |words| &*words.text)).collect();
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let marks = marks::column(&cells, &context.vocabulary).cells;
        for (at, row) in table.rows.iter().enumerate() {
            let Some(words) = &row.required else { continue };
            let written = match marks.get(at).copied().flatten() {
                Some(Requirement::Yes) => !inverted,
                Some(Requirement::No) => inverted,
                Some(Requirement::Conditional) | None => continue,
            };
            let by_source = words.original.as_ref().and_then(|original| {
                let source = match marks::read(original, &context.vocabulary)? {
                    Requirement::Yes => !inverted,
                    Requirement::No => inverted,
                    Requirement::Conditional => return None,
                };
                let span = context.page.document.text_span(context.text(), words.cell, View::Source);
                Some((source, Basis::Reference, Cause::Translation, Some(context.site(span))))
            });
            let right = by_source.filter(|(source, ..)| *source != written).or_else(|| by_model(table, at));
            let Some((right, basis, cause, site)) = right.filter(|(right, ..)| *right != written) else { continue };
            let other = marks.iter().position(|mark| {
                matches!((mark, right != inverted), (Some(Requirement::Yes), true) | (Some(Requirement::No), false))
            });
            let say = |required: bool| if required { "required" } else { "optional" };
            let authority = verdicts::authority(basis);
            let subject = (SubjectKind::Required, format!("{}.{}", table.owner, row.name.text));
            let mut draft = Draft::new(words.span, basis, cause, subject, &words.text)
                .message(format!(
                    "`{}` is documented as {}, but {authority} says it is {}",
                    row.name.text,
                    say(written),
                    say(right)
                ))
                .related(site, format!("{} here", say(right)));
            if let Some(mark) = other {
                draft = draft.expected(cells[mark]).fix(Safety::Unsafe, [(words.span, cells[mark].to_owned())]);
            }
            report.add(draft);
        }
    }
}

type Right = (bool, Basis, Cause, Option<Site>);

/// Whether the model requires the row's property or parameter.
fn by_model(table: &TableComparison<'_>, at: usize) -> Option<Right> {
    const SURE: f32 = 0.8;
    let bound = table.bound.as_ref()?;
    let pair = bound.alignment.of_left(at as u32).filter(|pair| pair.confidence >= SURE)?;
    let (required, place) = match bound.to {
        Against::Properties(_, properties) => {
            // A type that requires nothing at all has nothing to say about it.
            properties.iter().find(|property| property.required_in_request)?;
            let property = properties.get(pair.right as usize)?;
            (property.required_in_request, property.place)
        }
        Against::Parameters(operation) => {
            let parameter = operation.parameters.get(pair.right as usize)?;
            (parameter.required, parameter.place)
        }
        Against::Members(..) => return None,
    };
    Some((required, Basis::Model, Cause::Drift, place.map(Site::Spec)))
}
