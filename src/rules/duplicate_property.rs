//! # duplicate-property
//!
//! A name appears twice in one table.
//!
//! ## Why it matters
//! The two rows say different things about one property, or one of them was meant to be another.
//!
//! ## Example
//! ```md
//! ## Settings
//!
//! | Property  | Type   | Description      |
//! |-----------|--------|------------------|
//! | color     | string | The main color   |
//! | size      | int    | The size         |
//! | color     | string | The second color |
//! ```
//!
//! ## Fix
//! None: which row is wrong is for people to say.
//!
//! ## Limits
//! Rows that a translation made equal are reported as `translated-name` where an authority tells them apart. Where another
//! word stands before each name, the rows are of those words.

use std::borrow::Cow;
use std::collections::hash_map::Entry;

use crate::compare::names;
use crate::comparison::TableComparison;
use crate::document::View;
use crate::facts::ColumnRole;
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::hash::{HashMap, HashSet};
use crate::normalize::rows::Row;
use crate::rules::{Context, Draft, Report, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "duplicate-property",
    severity: Severity::Warning,
    bases: &[Basis::Page],
    fix: None,
    source: include_str!("duplicate_property.rs"),
    check,
};

/// Whether so many names stand more than once that the first column alone names no row.
fn is_composite(table: &TableComparison<'_>) -> bool {
    const FEW: usize = 3;
    let mut names: Vec<(Option<u32>, &str)> =
        table.rows.iter().map(|row| (row.parent, &*row.name.text)).collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    let again = all - names.len();
    again >= FEW && again * 3 >= all
}

/// Whether a column before that of the names has a word in each row, and the two together no row twice.
fn is_named_before(context: &Context<'_>, table: &TableComparison<'_>) -> bool {
    let page = context.page;
    let Some(fact) = page.facts.tables.get(table.table as usize) else { return false };
    let name = fact.columns.iter().position(|role| *role == ColumnRole::Name);
    if name.is_none_or(|at| at == 0) {
        return false;
    }
    let first = |row: &Row<'_>| {
        let cells = page.document.row_cells(page.document.rows.get(row.row as usize)?);
        Some(page.document.text(context.text(), *cells.first()?, View::Page))
    };
    let mut seen: HashSet<(Cow<'_, str>, &str)> = HashSet::default();
    let mut words = table.rows.iter().filter_map(|row| Some((first(row)?, &*row.name.text)));
    words.all(|(word, name)| word.contains(char::is_alphabetic) && seen.insert((word, name)))
}

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for table in &context.comparison.tables {
        // Rows set in below different rows are different fields.
        let mut first: HashMap<(Option<u32>, &str), Span> = HashMap::default();
        first.reserve(table.rows.len());
        let composite = is_composite(table) || is_named_before(context, table);
        for (at, row) in table.rows.iter().enumerate() {
            let name: &str = row.name.original.as_ref().unwrap_or(&row.name.text);
            let explained = table.verdict(at as u32).is_some();
            if explained {
                continue;
            }
            match first.entry((row.parent, name)) {
                Entry::Vacant(entry) => {
                    entry.insert(row.name.span);
                }
                // One cell over several rows, or the first of two columns that name a row together.
                Entry::Occupied(entry) if *entry.get() == row.name.span || composite => {}
                Entry::Occupied(entry) if names::is_identifier(name) => {
                    let subject = (SubjectKind::Name, format!("{}.{name}", table.owner));
                    let draft = Draft::new(row.name.span, Basis::Page, Cause::Page, subject, name);
                    report.add(
                        draft
                            .message(format!("`{name}` is already in this table"))
                            .related(Some(context.site(*entry.get())), "first here"),
                    );
                }
                Entry::Occupied(_) => {}
            }
        }
    }
}
