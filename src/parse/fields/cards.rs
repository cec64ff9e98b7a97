//! Attribute cards: a table of two columns that describes one field, what it is called in its first row.

use super::item;
use crate::document::{Inline, Row, Style, Table, TableSyntax, View};
use crate::parse::inline::Inlines;
use crate::text::is_blank;

/// Rows that a card has below its first; more describe something else.
const MOST: u32 = 16;
/// Longest label, in characters.
const LABEL: usize = 32;

/// Turns the cards of a page: their first column becomes the header, the second the only row.
pub(super) fn turn(text: &mut Inlines) {
    for at in 0..text.doc.tables.len() {
        let turned = turned(text, &text.doc.tables[at]);
        let Some((table, header, row)) = turned else { continue };
        let first = text.doc.rows.len() as u32;
        for (cells, span) in [(header, table.span), (row, table.span)] {
            let begin = text.doc.cells.len() as u32;
            let written = cells.len() as u32;
            text.doc.cells.extend(cells);
            let end = text.doc.cells.len() as u32;
            let lost = crate::text::Span::empty(span.end);
            text.doc.rows.push(Row { span, first: begin, end, lost, written, depth: 0 });
        }
        let columns = text.doc.rows.last().map_or(0, |row| row.written);
        text.doc.tables[at] = Table {
            syntax: TableSyntax::Card,
            columns,
            header: Some(first),
            first_row: first + 1,
            end_row: first + 2,
            ..table
        };
    }
}

/// The table, its labels and its values, if it is a card.
fn turned(text: &Inlines, table: &Table) -> Option<(Table, Vec<Inline>, Vec<Inline>)> {
    let doc = &text.doc;
    let count = table.end_row - table.first_row;
    if table.columns != 2 || !(2..=MOST).contains(&count) {
        return None;
    }
    let header = table.header.and_then(|at| doc.rows.get(at as usize));
    let rows = || header.into_iter().chain(doc.body(table));
    let (mut labels, mut values) = (Vec::new(), Vec::new());
    for row in rows() {
        let [label, value] = doc.row_cells(row) else { return None };
        labels.push(*label);
        values.push(*value);
    }
    let shown = |cell: &Inline| doc.text(text.source, *cell, View::Page);
    // A name in a column whose other cells are no names, beside words.
    let name = shown(values.first()?);
    let is_label = |cell: &Inline| {
        let shown = shown(cell);
        let coded = doc.inline_runs(*cell).iter().any(|run| run.style.has(Style::CODE));
        let words = shown
            .chars()
            .all(|c| c.is_alphabetic() || is_blank(c) || matches!(c, '-' | '/' | '(' | ')' | ':'));
        !shown.is_empty()
            && shown.chars().count() <= LABEL
            && words
            && !coded
            && !item::is_spelled_as_code(&shown)
    };
    let others = values.get(1..)?.iter().filter(|value| item::is_spelled_as_code(&shown(value))).count();
    let is_card = item::is_spelled_as_code(&name) && labels.iter().all(is_label) && others * 2 < values.len();
    is_card.then(|| (table.clone(), labels, values))
}
