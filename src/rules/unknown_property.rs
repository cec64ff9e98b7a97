//! # unknown-property
//!
//! A table documents a property that the bound type of the spec does not have.
//!
//! ## Why it matters
//! Either the code lost the property and readers are led astray, or the spec is behind.
//!
//! ## Example
//! ```md
//! ## CartLineItem
//!
//! | Property      | Type   | Description          |
//! |---------------|--------|----------------------|
//! | id            | int    | Position in the cart |
//! | catalogItemId | string | What is bought       |
//! | quantity      | int    | How many             |
//! | giftWrapping  | string | Which paper to use   |
//! ```
//!
//! ## Fix
//! None: which side is right is for people to say.
//!
//! ## Limits
//! A row whose name is no identifier is not reported here: nobody can tell what it was.

use crate::compare::names;
use crate::comparison::{Against, TableComparison};
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::fold::is_same_identifier;
use crate::rules::{Context, Draft, Report, Rule, rows};

pub(super) const RULE: Rule = Rule {
    name: "unknown-property",
    severity: Severity::Warning,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("unknown_property.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for table in &context.comparison.tables {
        let Some(bound) = &table.bound else { continue };
        let Against::Properties(owner, _) = bound.to else { continue };
        let unplaced = rows::unplaced(table).map(|(at, _)| (at, owner));
        let astray = bound.nested.iter().filter(|nested| nested.property.is_none());
        for (at, owner) in unplaced.chain(astray.map(|nested| (nested.row, nested.owner))) {
            let Some(row) = table.rows.get(at as usize) else { continue };
            let name = table.right_name(at);
            if !names::is_path(name) {
                continue;
            }
            let name = name.rsplit('.').next().unwrap_or(name).trim_end_matches("[]");
            if is_parameter(context, table, name) {
                continue;
            }
            let draft = Draft::new(
                row.name.span,
                Basis::Model,
                Cause::Drift,
                (SubjectKind::Name, format!("{owner}.{name}")),
                &row.name.text,
            );
            report.add(draft.message(format!("`{owner}` of the spec has no property `{name}`")));
        }
    }
}

/// Whether a list that mixes a body with what else an operation is given has a parameter there.
fn is_parameter(context: &Context<'_>, table: &TableComparison<'_>, name: &str) -> bool {
    const MOST: usize = 512;
    let fact = context.page.facts.tables.get(table.table as usize).filter(|fact| fact.part.is_none());
    let operation = fact.and_then(|fact| *context.comparison.operations.get(fact.operation? as usize)?);
    operation.is_some_and(|operation| {
        operation.parameters.iter().take(MOST).any(|parameter| is_same_identifier(&parameter.name, name))
    })
}
