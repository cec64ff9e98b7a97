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
//! One finding a table, at its header. The table in a type's own section should be complete; any other, such as
//! that of a request body, needs to list what is required. Several tables of one page may share the work.


use crate::hash::HashMap;
use crate::compare::names;
use crate::comparison::{Against, TableComparison};
use crate::facts::{SectionRole, TableRole};
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::normalize::types;
use crate::rules::{Context, Draft, Report, Rule, listed, rows};
use crate::schema::Property;

pub(super) const RULE: Rule = Rule {
    name: "undocumented-property",
    severity: Severity::Warning,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("undocumented_property.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let documented = Documented::of(context);
    for table in &context.comparison.tables {
        let Some(bound) = &table.bound else { continue };
        let Against::Properties(owner, properties) = bound.to else { continue };
        let fact = &context.page.facts.tables[table.table as usize];
        if fact.role != TableRole::Properties || has_nameless_row(table) {
            continue;
        }
        let in_request = in_request(context, fact.section);
        let wanted = |property: &Property| {
            if bound.home { !(in_request && property.read_only) } else { property.required_in_request }
        };
        let absent = bound.alignment.right_only.iter().filter_map(|at| properties.get(*at as usize));
        let absent: Vec<&Property> = absent
            .filter(|property| wanted(property) && !documented.elsewhere(owner, &property.name, table.table))
            .collect();
        let Some(first) = absent.first() else { continue };
        let names = listed(absent.iter().map(|property| property.name.as_str()));
        let (noun, verb) = if absent.len() == 1 { ("property", "is") } else { ("properties", "are") };
        let subject = (SubjectKind::Name, owner.to_owned());
        report.add(
            Draft::new(rows::header(context, table), Basis::Model, Cause::Drift, subject, "")
                .identity(absent.iter().map(|property| property.name.as_str()))
                .message(format!("{noun} {names} of `{owner}` {verb} in the model but not in this table"))
                .help(format!("add a row for {}, or take it out of the model", rows_to_write(&absent)))
                .related(first.place.map(Site::Spec), format!("the model declares `{}`", first.name)),
        );
    }
}

/// The rows that are wanted: name and type of each, of many only the first.
fn rows_to_write(absent: &[&Property]) -> String {
    let row = |property: &&Property| format!("{}: {}", property.name, types::english(&property.ty));
    let rows: Vec<String> = absent.iter().map(row).collect();
    listed(rows.iter().map(String::as_str))
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

/// Which tables of the page document a property.
struct Documented<'c> {
    /// By type and property: the first and the last table.
    tables: HashMap<(&'c str, &'c str), (u32, u32)>,
}

impl<'c> Documented<'c> {
    fn of(context: &'c Context<'_>) -> Self {
        let mut tables = HashMap::default();
        for table in &context.comparison.tables {
            let Some(bound) = &table.bound else { continue };
            let Against::Properties(owner, properties) = bound.to else { continue };
            for property in bound.alignment.pairs.iter().filter_map(|pair| properties.get(pair.right as usize)) {
                let key = (owner, property.name.as_str());
                tables.entry(key).or_insert((table.table, table.table)).1 = table.table;
            }
        }
        Self { tables }
    }

    /// Whether a table other than `this` documents the property.
    fn elsewhere(&self, owner: &str, name: &str, this: u32) -> bool {
        self.tables.get(&(owner, name)).is_some_and(|(first, last)| *first != this || *last != this)
    }
}
