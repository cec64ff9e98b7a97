//! # undocumented-property
//!
//! The spec has properties that the table of their type does not list.
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
//! One finding per type and table, at the table's header. The table in a type's own section should be complete. The list
//! of an operation's body, and the rows nested below a row, should be complete once they have two thirds of the
//! properties. Any other table needs only what is required. Several tables of a page may share the properties, but lists
//! of two operations do not.


use crate::hash::{HashMap, HashSet};
use crate::compare::names;
use crate::comparison::{Against, TableComparison};
use crate::facts::{Part, SectionRole, TableFact, TableRole};
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::normalize::rows::Row;
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
        let is_list = matches!(fact.role, TableRole::Properties | TableRole::Parameters);
        if !is_list || has_nameless_row(table) {
            continue;
        }
        let way = way(context, fact);
        let is_of_way = |property: &Property| match way {
            Some(Way::Sent) => !property.read_only,
            Some(Way::Answered) => !property.write_only,
            None => true,
        };
        nested(context, report, table, &documented, &is_of_way);
        let is_whole = || {
            let all = properties.iter().filter(|property| is_of_way(property)).count();
            is_nearly_whole(bound.alignment.pairs.len(), all)
        };
        let all_wanted = bound.home || way.is_some() && is_bodys(context, fact) && is_whole();
        let wanted = |property: &Property| {
            if all_wanted { is_of_way(property) } else { property.required_in_request }
        };
        // What a row only may be has none that surely is.
        let guessed = rows::unplaced(table).filter_map(|(_, guess)| guess);
        let absent = bound.alignment.right_only.iter().copied().chain(guessed);
        let absent = absent.filter_map(|at| properties.get(at as usize));
        let absent: Vec<&Property> = absent
            .filter(|property| wanted(property) && !documented.elsewhere(owner, &property.name, table.table))
            .collect();
        tell(context, report, table, owner, &absent);
    }
}

fn tell(context: &Context<'_>, report: &mut Report<'_>, table: &TableComparison<'_>, owner: &str, absent: &[&Property]) {
    let Some(first) = absent.first() else { return };
    let names = listed(absent.iter().map(|property| property.name.as_str()));
    let (noun, verb) = if absent.len() == 1 { ("property", "is") } else { ("properties", "are") };
    let subject = (SubjectKind::Name, owner.to_owned());
    report.add(
        Draft::new(rows::header(context, table), Basis::Model, Cause::Drift, subject, "")
            .identity(absent.iter().map(|property| property.name.as_str()))
            .message(format!("{noun} {names} of `{owner}` {verb} in the spec but not in this table"))
            .help(format!("add a row for {}, or take it out of the spec", rows_to_write(absent)))
            .related(first.place.map(Site::Spec), format!("the spec declares `{}`", first.name)),
    );
}

/// What the rows below others leave out of the types that they nearly list.
fn nested(
    context: &Context<'_>,
    report: &mut Report<'_>,
    table: &TableComparison<'_>,
    documented: &Documented<'_>,
    is_of_way: &dyn Fn(&Property) -> bool,
) {
    let Some(bound) = &table.bound else { return };
    let mut types: Vec<(&str, &[Property], Vec<&str>)> = Vec::new();
    let mut places: HashMap<*const Property, usize> = HashMap::default();
    for nested in &bound.nested {
        let at = *places.entry(nested.among.as_ptr()).or_insert_with(|| {
            types.push((nested.owner, nested.among, Vec::new()));
            types.len() - 1
        });
        if let (Some((.., names)), Some(property)) = (types.get_mut(at), nested.property) {
            names.push(&property.name);
        }
    }
    for (owner, among, names) in types {
        let known: HashSet<&str> = names.into_iter().collect();
        let all = among.iter().filter(|property| is_of_way(property)).count();
        if !is_nearly_whole(known.len(), all) {
            continue;
        }
        let absent = among.iter().filter(|property| is_of_way(property) && !known.contains(property.name.as_str()));
        let absent: Vec<&Property> =
            absent.filter(|property| !documented.elsewhere(owner, &property.name, table.table)).collect();
        tell(context, report, table, owner, &absent);
    }
}

/// Whether a list has so much of a type that it seems to be meant to have all of it.
const fn is_nearly_whole(listed: usize, all: usize) -> bool {
    listed >= 2 && listed * 3 >= all * 2
}

/// Which way what a table lists goes.
#[derive(Clone, Copy)]
enum Way {
    Sent,
    Answered,
}

fn way(context: &Context<'_>, fact: &TableFact) -> Option<Way> {
    match fact.part {
        Some(Part::Body | Part::Form) => Some(Way::Sent),
        Some(Part::Response | Part::Errors) => Some(Way::Answered),
        _ if in_request(context, fact.section) => Some(Way::Sent),
        _ => None,
    }
}

/// Whether a table lists the body of an operation that the spec has.
fn is_bodys(context: &Context<'_>, fact: &TableFact) -> bool {
    fact.operation.is_some_and(|at| context.comparison.operations.get(at as usize).is_some_and(Option::is_some))
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
    let bare = |row: &'_ Row<'_>| -> String {
        let name = row.name.original.as_ref().unwrap_or(&row.name.text);
        name.trim_end_matches(['?', '*', '!']).to_owned()
    };
    unplaced.map(bare).any(|name| !names::is_path(&name))
}

fn in_request(context: &Context<'_>, section: Option<u32>) -> bool {
    let section = section.and_then(|at| context.page.facts.sections.get(at as usize));
    section.is_some_and(|section| section.role == Some(SectionRole::RequestBody))
}

/// Which tables of the page document a property.
struct Documented<'c> {
    context: &'c Context<'c>,
    /// By type, property and scope: the first and the last table.
    tables: HashMap<(&'c str, &'c str, Scope), (u32, u32)>,
}

/// What a table is about: lists of one operation share its properties, those of others have their own.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Scope {
    /// Anything.
    Page,
    /// No operation.
    Types,
    /// All of an operation.
    Operation(u32),
    /// A part of an operation, if it is told which.
    Part(u32, Option<Part>),
}

impl Scope {
    fn of(fact: &TableFact) -> Self {
        fact.operation.map_or(Self::Types, |at| Self::Part(at, fact.part))
    }

    /// The scopes whose tables document what one of this scope leaves out.
    fn shared(self) -> [Self; 3] {
        match self {
            Self::Part(at, Some(_)) => [self, Self::Part(at, None), Self::Types],
            Self::Part(at, None) | Self::Operation(at) => [self, Self::Operation(at), Self::Types],
            Self::Page | Self::Types => [Self::Page; 3],
        }
    }

    /// The scopes that it is part of, itself too.
    fn around(self) -> impl Iterator<Item = Self> {
        let operation = if let Self::Part(at, _) = self { Some(Self::Operation(at)) } else { None };
        [self, Self::Page].into_iter().chain(operation)
    }
}

impl<'c> Documented<'c> {
    fn of(context: &'c Context<'_>) -> Self {
        let mut tables = HashMap::default();
        for table in &context.comparison.tables {
            let Some(bound) = &table.bound else { continue };
            let Against::Properties(owner, properties) = bound.to else { continue };
            let scope = Scope::of(&context.page.facts.tables[table.table as usize]);
            let own = bound.alignment.pairs.iter().filter_map(|pair| properties.get(pair.right as usize));
            let own = own.map(|property| (owner, property.name.as_str()));
            let below = bound.nested.iter().filter_map(|nested| Some((nested.owner, nested.property?.name.as_str())));
            for (owner, name) in own.chain(below) {
                for scope in scope.around() {
                    tables.entry((owner, name, scope)).or_insert((table.table, table.table)).1 = table.table;
                }
            }
        }
        Self { context, tables }
    }

    /// Whether a table other than `this` documents the property where it counts for this one.
    fn elsewhere(&self, owner: &str, name: &str, this: u32) -> bool {
        let fact = &self.context.page.facts.tables[this as usize];
        let is_other = |scope: Scope| {
            let tables = self.tables.get(&(owner, name, scope));
            tables.is_some_and(|(first, last)| *first != this || *last != this)
        };
        Scope::of(fact).shared().into_iter().any(is_other)
    }
}
