//! # undocumented-property
//!
//! The model has properties that the table of their type does not list.
//!
//! ## Why it matters
//! What is not in the table does not exist for readers.
//!
//! ## Example
//! ```md
//! ## OrderError
//!
//! | Property     | Type   | Description      |
//! |--------------|--------|------------------|
//! | orderGroupId | string | Names the group  |
//! | code         | int    | Names the error  |
//! ```
//!
//! ## Fix
//! None: the row has to be written.
//!
//! ## Limits
//! One finding a table, at its first row. The table in a type's own section should be complete; any other, such as
//! that of a request body, needs to list what is required. Several tables of one page may share the work.

use crate::compare::names;
use crate::comparison::{Against, TableComparison};
use crate::facts::{SectionRole, TableRole};
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "undocumented-property",
    severity: Severity::Warning,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("undocumented_property.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for table in &context.comparison.tables {
        let Some(bound) = &table.bound else { continue };
        let Against::Properties(owner, properties) = bound.to else { continue };
        let fact = &context.page.facts.tables[table.table as usize];
        if fact.role != TableRole::Properties || has_nameless_row(table) {
            continue;
        }
        let in_request = in_request(context, fact.section);
        let absent: Vec<_> = bound
            .alignment
            .right_only
            .iter()
            .filter_map(|at| properties.get(*at as usize))
            .filter(|property| if bound.home { !(in_request && property.read_only) } else { property.required_in_request })
            .filter(|property| !elsewhere(context, table.table, owner, &property.name))
            .collect();
        let (Some(first), Some(row)) = (absent.first(), table.rows.first()) else { continue };
        let names: Vec<String> = absent.iter().map(|property| format!("`{}`", property.name)).collect();
        let (noun, verb) = if absent.len() == 1 { ("property", "is") } else { ("properties", "are") };
        let draft = Draft::new(
            row.name.span,
            Basis::Model,
            Cause::Drift,
            (SubjectKind::Name, owner.to_owned()),
            "",
        );
        let message = format!("{noun} {} of `{owner}` {verb} in the model but not in this table", list(&names));
        report.add(
            draft
                .message(message)
                .related(first.place.map(Site::Spec), format!("the model declares `{}`", first.name)),
        );
    }
}

/// `a, b and c`
fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// A row whose name nobody could place may be any of the absent ones.
fn has_nameless_row(table: &TableComparison<'_>) -> bool {
    let Some(bound) = &table.bound else { return false };
    let unplaced = bound.alignment.left_only.iter().filter_map(|at| table.rows.get(*at as usize));
    unplaced.map(|row| row.name.original.as_ref().unwrap_or(&row.name.text)).any(|name| !names::is_identifier(name))
}

fn in_request(context: &Context<'_>, section: Option<u32>) -> bool {
    let section = section.and_then(|at| context.page.facts.sections.get(at as usize));
    section.is_some_and(|section| section.role == Some(SectionRole::RequestBody))
}

/// Whether another table of the page documents the property.
fn elsewhere(context: &Context<'_>, this: u32, owner: &str, name: &str) -> bool {
    context.comparison.tables.iter().filter(|table| table.table != this).any(|table| {
        let Some(bound) = &table.bound else { return false };
        matches!(bound.to, Against::Properties(other, properties) if other == owner
            && bound.alignment.pairs.iter().any(|pair| properties[pair.right as usize].name == name))
    })
}
