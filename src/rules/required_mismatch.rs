//! # required-mismatch
//!
//! The page says that a property is required where the spec or the source says that it is optional, or the reverse.
//!
//! ## Why it matters
//! A missing required value is refused by the server; an optional one that looks required puts people off.
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
//! Writes the other mark in the words of the column, if it occurs there. Unsafe: the spec may be the one to change.
//!
//! ## Limits
//! Conditional marks agree with both. A type for which the spec requires nothing is judged only where the page marks
//! both, and most as optional: else the spec may just not say what is required.

use crate::comparison::{Against, TableComparison, Vote};
use crate::facts::{ColumnRole, Part};
use crate::hash::{HashMap, HashSet};
use crate::normalize::marks::{self, required};
use crate::normalize::rows::Row;
use crate::schema::{Property, Schema, Shape};
use crate::text::Place;
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
        let column: Vec<(&str, bool)> = table.rows.iter().filter(|row| row.own_column).filter_map(written).collect();
        let written_as = |wanted: bool| column.iter().find(|(_, says)| *says == wanted).map(|(text, _)| *text);
        let (yes, no) = (written_as(true), written_as(false));
        let model = Model::of(context, table);
        for (at, row) in table.rows.iter().enumerate() {
            let Some(written) = required(row.requirement, false) else { continue };
            // A row that lacks the mark that others have says it without a word.
            let (span, found) = row.required.as_ref().map_or((row.name.span, ""), |words| (words.span, &*words.text));
            let by_source = source_says(context, table, at as u32);
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
            let mut draft = Draft::new(span, basis, cause, subject, found)
                .message(format!(
                    "`{name}` is documented as {}, but {says} it is {}",
                    say(written),
                    say(right)
                ))
                .witnesses(&witnesses, || format!("{} here", say(right)))
                .confidence(confidence);
            let other = if right { yes } else { no };
            if let (Some(mark), Some(words), true) = (other, &row.required, row.own_column) {
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

/// A row's mark, and whether it says required.
fn written<'r>(row: &'r Row<'_>) -> Option<(&'r str, bool)> {
    Some((&row.required.as_ref()?.text, required(row.requirement, false)?))
}

/// What the source says of a row, and where: its half of a bilingual cell, or the row of the reference page.
fn source_says(context: &Context<'_>, table: &TableComparison<'_>, at: u32) -> Option<(bool, Site)> {
    const SURE: f32 = 0.8;
    let row = table.rows.get(at as usize)?;
    if row.required.as_ref().is_some_and(|words| words.original.is_some()) {
        let fact = &context.page.facts.tables[table.table as usize];
        let inverted =
            fact.columns.contains(&ColumnRole::Optional) && !fact.columns.contains(&ColumnRole::Required);
        let source = table.source_cell(context.page, at, |row| row.required.as_ref())?;
        return Some((required(marks::read(source.text, &context.vocabulary), inverted)?, source.site()));
    }
    let reference = table.reference.as_ref()?;
    let pair = reference.alignment.of_left(at).filter(|pair| pair.confidence >= SURE)?;
    let theirs = reference.rows.get(pair.right as usize)?;
    let words = theirs.required.as_ref().unwrap_or(&theirs.name);
    let place = Place { file: reference.with.page.file, span: words.span };
    Some((required(theirs.requirement, false)?, Site::Page(place)))
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

/// What the spec requires of a table's rows.
struct Model<'c, 'a> {
    table: &'c TableComparison<'a>,
    schema: &'a Schema,
    /// Whether the table lists what is answered.
    answers: bool,
    /// Whether the bound type requires anything at all: else it has nothing to say about it.
    telling: bool,
    /// The names of the types for which the page marks most rows as optional.
    mostly_optional: HashSet<&'a str>,
}

impl<'c, 'a> Model<'c, 'a> {
    fn of(context: &Context<'a>, table: &'c TableComparison<'a>) -> Option<Self> {
        let (bound, schema) = (table.bound.as_ref()?, context.schema?);
        let part = context.page.facts.tables.get(table.table as usize).and_then(|fact| fact.part);
        let answers = matches!(part, Some(Part::Response | Part::Errors));
        let telling = match bound.to {
            Against::Properties(_, properties) => properties.iter().any(|property| is_required(property, answers)),
            Against::Parameters(_) => true,
            Against::Members(..) => false,
        };
        let mostly_optional = mostly_optional(table);
        Some(Self { table, schema, answers, telling, mostly_optional })
    }

    fn of_row(&self, at: usize) -> Option<Right> {
        let bound = self.table.bound.as_ref()?;
        if let Against::Parameters(operation) = bound.to {
            let pair = bound.alignment.of_left(at as u32).filter(|pair| pair.confidence >= rows::SURE)?;
            let parameter = operation.parameters.get(pair.right as usize)?;
            return Some(Right::new(parameter.required, Basis::Model, parameter.place.map(Site::Spec)));
        }
        let documented = rows::documented_by(self.table, at as u32)?;
        let required = is_required(documented.property, self.answers);
        let is_nested = bound.nested.binary_search_by_key(&(at as u32), |nested| nested.row).is_ok();
        let telling = match self.schema.get(documented.owner).map(|def| &def.shape) {
            Some(Shape::Object(object)) if is_nested => {
                object.properties.iter().any(|property| is_required(property, self.answers))
            }
            _ if is_nested => required,
            _ => self.telling,
        };
        let telling = telling || self.mostly_optional.contains(documented.owner);
        telling.then(|| Right::new(required, Basis::Model, documented.site()))
    }
}

/// The types of a table that most rows are marked as optional for, each with both marks.
fn mostly_optional<'a>(table: &TableComparison<'a>) -> HashSet<&'a str> {
    let mut counts: HashMap<&'a str, [usize; 2]> = HashMap::default();
    for (at, row) in (0..).zip(&table.rows) {
        if let (Some(written), Some(documented)) = (required(row.requirement, false), rows::documented_by(table, at)) {
            counts.entry(documented.owner).or_default()[usize::from(written)] += 1;
        }
    }
    counts.into_iter().filter(|(_, [optional, required])| *optional > 2 * required).map(|(owner, _)| owner).collect()
}

const fn is_required(property: &Property, answers: bool) -> bool {
    if answers { property.required_in_response } else { property.required_in_request }
}
