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
//! Writes the other mark in the words of the column, if it occurs there. Unsafe: the model may be the one to change.
//!
//! ## Limits
//! Conditional marks are compatible with both, and no vote. A type of which the model requires nothing says nothing about it.

use crate::comparison::{Against, Bound, TableComparison, Vote};
use crate::facts::ColumnRole;
use crate::normalize::marks::{self, Requirement, required};
use crate::rules::{rows, verdicts};
use crate::finding::{Basis, Cause, Safety, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "required-mismatch",
    severity: Severity::Warning,
    bases: &[Basis::Model, Basis::Reference, Basis::Locales],
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
        let written_as = |wanted| marks.iter().position(|mark| *mark == Some(wanted)).map(|at| cells[at]);
        let (yes, no) = (written_as(Requirement::Yes), written_as(Requirement::No));
        let model = Model::of(table);
        // Most columns say one thing in row after row.
        let mut last = ("", None);
        for (at, row) in table.rows.iter().enumerate() {
            let Some(words) = &row.required else { continue };
            let Some(written) = required(marks.get(at).copied().flatten(), inverted) else { continue };
            let source = table.source_cell(context.page, at as u32, |row| row.required.as_ref());
            let by_source = source.and_then(|source| {
                if last.0 != source.text {
                    last = (source.text, marks::read(source.text, &context.vocabulary));
                }
                let right = required(last.1, inverted)?;
                Some((right, source.site()))
            });
            let right = match by_source {
                Some((right, site)) => {
                    (right != written).then(|| Right::new(right, Basis::Reference, Some(site)))
                }
                None => table.elected_mark(at as u32).filter(|vote| vote.expected != written).map(Right::elected),
            };
            let right = right.or_else(|| model.as_ref()?.of_row(at));
            let Some(right) = right.filter(|right| right.required != written) else { continue };
            let Right { required: right, basis, confidence, witnesses } = right;
            let cause = if basis == Basis::Model { Cause::Drift } else { Cause::Translation };
            let name = table.right_name(at as u32);
            let says = verdicts::says(basis);
            let subject = (SubjectKind::Required, format!("{}.{name}", table.owner));
            let mut draft = Draft::new(words.span, basis, cause, subject, &words.text)
                .message(format!(
                    "`{name}` is documented as {}, but {says} it is {}",
                    say(written),
                    say(right)
                ))
                .witnesses(&witnesses, || format!("{} here", say(right)))
                .confidence(confidence);
            if let Some(mark) = if right == inverted { no } else { yes } {
                draft = draft.expected(mark);
                // The mark of the source half would need the words of its language.
                if basis != Basis::Model || words.original.is_none() {
                    draft = draft.fix(Safety::Unsafe, [(words.span, mark.to_owned())]);
                }
            }
            report.add(draft);
        }
    }
}

fn say(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}

/// Whether a row is required, and who says so.
struct Right {
    required: bool,
    basis: Basis,
    confidence: f32,
    witnesses: Vec<Site>,
}

impl Right {
    fn new(required: bool, basis: Basis, site: Option<Site>) -> Self {
        Self { required, basis, confidence: 1.0, witnesses: site.into_iter().collect() }
    }

    fn elected(vote: &Vote<bool>) -> Self {
        let Vote { expected, basis, confidence, witnesses, .. } = vote.clone();
        Self { required: expected, basis, confidence, witnesses }
    }
}

/// What the model requires of a table's rows.
struct Model<'c, 'a> {
    bound: &'c Bound<'a>,
}

impl<'c, 'a> Model<'c, 'a> {
    /// `None` for a type that requires nothing at all: it has nothing to say about it.
    fn of(table: &'c TableComparison<'a>) -> Option<Self> {
        let bound = table.bound.as_ref()?;
        let telling = match bound.to {
            Against::Properties(_, properties) => properties.iter().any(|property| property.required_in_request),
            Against::Parameters(_) => true,
            Against::Members(..) => false,
        };
        telling.then_some(Self { bound })
    }

    fn of_row(&self, at: usize) -> Option<Right> {
        let pair = self.bound.alignment.of_left(at as u32).filter(|pair| pair.confidence >= rows::SURE)?;
        let (required, place) = match self.bound.to {
            Against::Properties(_, properties) => {
                let property = properties.get(pair.right as usize)?;
                (property.required_in_request, property.place)
            }
            Against::Parameters(operation) => {
                let parameter = operation.parameters.get(pair.right as usize)?;
                (parameter.required, parameter.place)
            }
            Against::Members(..) => return None,
        };
        Some(Right::new(required, Basis::Model, place.map(Site::Spec)))
    }
}
