//! An HTML table laid out as rows of equally many cells.

use super::inline::Inlines;
use super::skeleton::Start;
use crate::document::{Block, BlockKind, Inline, Problem, ProblemKind, Row, Table, TableSyntax};
use crate::text::Span;

/// Rows or columns that one cell may span, and columns of a table that spanning may make.
const MAX_SPAN: u32 = 1000;

/// A table whose end was not met yet.
pub(super) struct OpenTable {
    start: Start,
    rows: Vec<OpenRow>,
    in_head: bool,
    in_cell: bool,
}

struct OpenRow {
    start: Option<Start>,
    in_head: bool,
    cells: Vec<OpenCell>,
}

struct OpenCell {
    start: Option<Start>,
    is_header: bool,
    text: Option<Inline>,
}

impl OpenTable {
    pub fn new(start: Start) -> Self {
        Self { start, rows: Vec::new(), in_head: false, in_cell: false }
    }

    /// Whether text belongs to a cell here, not to the caption or the page.
    pub fn in_cell(&self) -> bool {
        self.in_cell
    }

    /// Between `<thead>` and `</thead>`, or after it.
    pub fn set_head(&mut self, in_head: bool) {
        self.in_head = in_head;
    }

    /// A row begins; without a start if the tag was left out.
    pub fn start_row(&mut self, start: Option<Start>) {
        self.rows.push(OpenRow { start, in_head: self.in_head, cells: Vec::new() });
    }

    /// A `<td>` or `<th>` begins.
    pub fn start_cell(&mut self, start: Option<Start>, is_header: bool) {
        if self.rows.is_empty() {
            self.start_row(None);
        }
        self.in_cell = true;
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(OpenCell { start, is_header, text: None });
        }
    }

    pub fn end_cell(&mut self) {
        self.in_cell = false;
    }

    /// Text of the open cell.
    pub fn add(&mut self, text: Inline) {
        let cell = self.rows.last_mut().and_then(|row| row.cells.last_mut()).filter(|_| self.in_cell);
        if let Some(cell) = cell {
            // Text in the wrong place of an inner table comes before it, out of page order.
            let join = |before: Inline| Inline {
                span: before.span.to(text.span),
                first: before.first.min(text.first),
                end: before.end.max(text.end),
            };
            cell.text = Some(cell.text.map_or(text, join));
        }
    }

    /// Adds the table to the document; `None` if it has no cell. `limit` is the end of the HTML.
    pub fn close(mut self, text: &mut Inlines, limit: u32) -> Option<Block> {
        self.rows.retain(|row| !row.cells.is_empty());
        let first = self.rows.first()?;
        let has_header = first.in_head || first.cells.iter().all(|cell| cell.is_header);
        let first_row = text.doc.rows.len() as u32;
        let mut grid = Grid { text, above: Vec::new() };
        for row in &self.rows {
            grid.row(row);
        }
        let end_row = text.doc.rows.len() as u32;
        let columns = align(text, first_row, end_row);
        let span = Span::new(self.start.tag.span.start, self.start.end.unwrap_or(limit)).trimmed(text.source);
        let header = has_header.then_some(first_row);
        let first_row = first_row + u32::from(has_header);
        text.doc.tables.push(Table { span, syntax: TableSyntax::Html, columns, header, first_row, end_row });
        Some(Block { span, kind: BlockKind::Table(text.doc.tables.len() as u32 - 1) })
    }
}

/// Deals cells to columns, with what cells above reach down into.
struct Grid<'b, 'a> {
    text: &'b mut Inlines<'a>,
    /// By column: how many more rows the cell above spans, and its text.
    above: Vec<(u32, Inline)>,
}

impl Grid<'_, '_> {
    fn row(&mut self, row: &OpenRow) {
        let first = self.text.doc.cells.len() as u32;
        let begin = row.start.or(row.cells[0].start).map_or(0, |start| start.tag.span.start);
        let mut span = Span::empty(begin);
        let mut column = 0;
        for cell in &row.cells {
            column = self.fill_from_above(column);
            let tag_end = cell.start.map_or(span.end, |start| start.tag.span.end);
            let run = self.text.doc.runs.len() as u32;
            let text = cell.text.unwrap_or(Inline { span: Span::empty(tag_end), first: run, end: run });
            span.end = span.end.max(tag_end).max(text.span.end);
            self.text.doc.cells.push(text);
            self.set_above(column, cell.spans(self.text, "rowspan"), text);
            column += 1;
            let wide = cell.spans(self.text, "colspan").min(MAX_SPAN.saturating_sub(column as u32));
            for _ in 0..self.text.grant_cells(wide) {
                self.text.doc.cells.push(text);
                self.set_above(column, cell.spans(self.text, "rowspan"), text);
                column += 1;
            }
        }
        self.fill_from_above(column);
        let end = self.text.doc.cells.len() as u32;
        let lost = Span::empty(span.end);
        self.text.doc.rows.push(Row { span, first, end, lost, written: row.cells.len() as u32, depth: 0 });
    }

    /// Adds the cells that reach down from above at `column` and right of it; returns the next free one.
    fn fill_from_above(&mut self, mut column: usize) -> usize {
        while let Some((rows, text)) = self.above.get_mut(column).filter(|(rows, _)| *rows > 0) {
            *rows -= 1;
            let text = *text;
            if self.text.grant_cells(1) == 0 {
                break;
            }
            self.text.doc.cells.push(text);
            column += 1;
        }
        column
    }

    fn set_above(&mut self, column: usize, rows: u32, text: Inline) {
        if column >= MAX_SPAN as usize || (rows == 0 && column >= self.above.len()) {
            return;
        }
        if column >= self.above.len() {
            self.above.resize(column + 1, (0, Inline::default()));
        }
        self.above[column] = (rows, text);
    }
}

impl OpenCell {
    /// How many rows or columns beyond its own the cell spans.
    fn spans(&self, text: &Inlines, attribute: &str) -> u32 {
        let value = self.start.and_then(|start| start.tag.attribute(text.source, attribute));
        let count = value.and_then(|value| value.of(text.source).trim().parse::<u32>().ok());
        count.unwrap_or(1).clamp(1, MAX_SPAN) - 1
    }
}

/// Makes the rows equally long; returns how long.
fn align(text: &mut Inlines, first_row: u32, end_row: u32) -> u32 {
    let rows = first_row as usize..end_row as usize;
    let length = |row: &Row| row.end - row.first;
    let columns = text.doc.rows[rows.clone()].iter().map(length).max().unwrap_or(0);
    if text.doc.rows[rows.clone()].iter().all(|row| length(row) == columns) {
        return columns;
    }
    // Cells of one row are neighbours, so all rows move to make room.
    for at in rows {
        let row = text.doc.rows[at];
        let first = text.doc.cells.len() as u32;
        text.doc.cells.extend_from_within(row.first as usize..row.end as usize);
        text.pad_row(first, columns, row.span.end);
        let end = text.doc.cells.len() as u32;
        text.doc.rows[at] = Row { first, end, ..row };
        if length(&row) < columns {
            text.doc.problems.push(Problem { span: row.span, kind: ProblemKind::ShortRow });
        }
    }
    columns
}
