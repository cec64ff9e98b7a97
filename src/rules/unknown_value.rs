//! # unknown-value
//!
//! A documented value is not in the spec, or a value of the spec is not documented.
//!
//! ## Why it matters
//! Readers test for values that never come, or miss one that does.
//!
//! ## Example
//! ```md
//! ## Cart
//!
//! | Property         | Type   | Description                                                     |
//! |------------------|--------|-----------------------------------------------------------------|
//! | id               | string | Names the cart                                                  |
//! | lastModifiedUser | string | Who touched it last                                             |
//! | status           | string | The state: "Active" while open, "Ordered", "Parked" when asleep |
//! ```
//!
//! ## Fix
//! None: which side is right is for people to say.
//!
//! ## Limits
//! Descriptions are judged only where they list at least two values of the spec in code, quotes or bold. One that lists
//! less than two thirds of the values gives examples; tables of members should be complete. A value that the spec names
//! `unknown` need not be documented.

use std::borrow::Cow;

use crate::compare::literals::occurrences;
use crate::compare::names;
use crate::comparison::{Against, Bound, TableComparison};
use crate::rules::literals::{self, Literal, Values};
use crate::rules::rows;
use crate::document::View;
use crate::schema::{Enum, Member};
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::normalize::rows::Row;
use crate::rules::{Context, Draft, Report, Rule, listed};

pub(super) const RULE: Rule = Rule {
    name: "unknown-value",
    severity: Severity::Warning,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("unknown_value.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(schema) = context.schema else { return };
    for documented in rows::declared(context, schema) {
        let Some(Values::Set(set)) = Values::of(documented.ty, schema) else { continue };
        let Some(cell) = documented.row.description else { continue };
        descriptions(context, report, &documented, &set, &literals::in_cell(context, cell));
    }
    for table in &context.comparison.tables {
        let Some(bound) = &table.bound else { continue };
        if let Against::Members(owner, set) = bound.to {
            members(context, report, table, bound, owner, set);
        }
    }
}

/// A description that lists values.
fn descriptions(
    context: &Context<'_>,
    report: &mut Report<'_>,
    documented: &rows::Declared<'_, '_>,
    set: &Enum,
    literals: &[Literal],
) {
    let values = Values::Set(Cow::Borrowed(set));
    let member_of = |literal: &Literal| {
        let right = values.right(&literal.text, &context.vocabulary).unwrap_or_else(|| literal.text.clone());
        set.members.iter().position(|member| member.value == right || member.declared == right)
    };
    let known: Vec<Option<usize>> = literals.iter().map(member_of).collect();
    if known.iter().flatten().count() < 2 {
        return;
    }
    let path = documented.path();
    // `**Required.**` stands before values in code and is none.
    let is_marked_so = |literal: &Literal| {
        let mut others = literals.iter().zip(&known).filter(|(_, member)| member.is_some());
        others.any(|(other, _)| other.mark == literal.mark)
    };
    // Any other word may stand for one of an open set.
    for (literal, _) in literals.iter().zip(&known).filter(|(literal, member)| {
        !set.open && member.is_none() && literal.text != "null" && is_marked_so(literal) && names::is_identifier(&literal.text)
    }) {
        let subject = (SubjectKind::Value, format!("{path}.{}", literal.text));
        report.add(
            Draft::new(literal.span, Basis::Model, Cause::Drift, subject, &literal.text)
                .message(format!("`{path}` has no value `{}` in the spec", literal.text))
                .related(documented.site(), "the spec lists its values"),
        );
    }
    if let Some((first, absent)) = left_out(context, documented, set, literals, &known) {
        let names = listed(absent.iter().map(|member| member.value.as_str()));
        let verb = if absent.len() == 1 { "is a value" } else { "are values" };
        report.add(
            Draft::new(first.span, Basis::Model, Cause::Drift, (SubjectKind::Value, path.clone()), "")
                .identity(absent.iter().map(|member| member.value.as_str()))
                .message(format!("{names} {verb} of `{path}` in the spec but not in this list"))
                .help(format!("add {names} to the list"))
                .related(documented.site(), "the spec lists its values"),
        );
    }
}

/// The values that a description which lists most of them leaves out, and the first that it lists.
fn left_out<'s, 'l>(
    context: &Context<'_>,
    documented: &rows::Declared<'_, '_>,
    set: &'s Enum,
    literals: &'l [Literal],
    known: &[Option<usize>],
) -> Option<(&'l Literal, Vec<&'s Member>)> {
    let in_list = || literals.iter().zip(known).filter(|(literal, _)| literal.listed);
    let first = in_list().find(|(_, member)| member.is_some())?.0;
    let count = in_list().filter(|(_, member)| member.is_some()).count();
    if count < 2 || !set.members.iter().all(|member| names::is_identifier(&member.value)) {
        return None;
    }
    let text = documented.row.description.map(|cell| context.page.document.text(context.text(), cell, View::Page))?;
    // It may be named in passing.
    let is_absent = |(at, member): &(usize, &'s Member)| {
        !known.contains(&Some(*at))
            && !member.value.eq_ignore_ascii_case("unknown")
            && ![&member.value, &member.declared].iter().any(|name| occurrences(&text, name) > 0)
    };
    let absent: Vec<&Member> =
        set.members.iter().enumerate().filter(is_absent).map(|(_, member)| member).collect();
    // A list of a few examples is no list of all.
    (!absent.is_empty() && absent.len() * 2 <= count).then_some((first, absent))
}

/// A table of members.
fn members(
    context: &Context<'_>,
    report: &mut Report<'_>,
    table: &TableComparison<'_>,
    bound: &Bound<'_>,
    owner: &str,
    set: &Enum,
) {
    for row in rows::unplaced(table).filter_map(|(row, _)| table.rows.get(row as usize)) {
        let name = source_name(row);
        if names::is_identifier(name) {
            let subject = (SubjectKind::Value, format!("{owner}.{name}"));
            let draft = Draft::new(row.name.span, Basis::Model, Cause::Drift, subject, &row.name.text);
            report.add(draft.message(format!("`{owner}` of the spec has no value `{name}`")));
        }
    }
    // A row whose name nobody could place may be any of the absent ones.
    let unplaced = rows::unplaced(table).filter_map(|(row, _)| table.rows.get(row as usize));
    if unplaced.map(source_name).any(|name| !names::is_identifier(name)) {
        return;
    }
    let right_only = bound.alignment.right_only.iter().copied().chain(rows::unplaced(table).filter_map(|(_, right)| right));
    let absent: Vec<&Member> = right_only
        .filter_map(|at| set.members.get(at as usize))
        .filter(|member| !member.value.eq_ignore_ascii_case("unknown"))
        .collect();
    let Some(first) = absent.first() else { return };
    let names = listed(absent.iter().map(|member| member.value.as_str()));
    let (noun, verb) = if absent.len() == 1 { ("value", "is") } else { ("values", "are") };
    let subject = (SubjectKind::Value, owner.to_owned());
    report.add(
        Draft::new(rows::header(context, table), Basis::Model, Cause::Drift, subject, "")
            .identity(absent.iter().map(|member| member.value.as_str()))
            .message(format!("{noun} {names} of `{owner}` {verb} in the spec but not in this table"))
            .help(format!("add a row for {names}"))
            .related(first.place.map(Site::Spec), format!("the spec declares `{}`", first.value)),
    );
}

/// A row's name in the source language.
fn source_name<'r>(row: &'r Row<'_>) -> &'r str {
    row.name.original.as_ref().unwrap_or(&row.name.text)
}
