//! A pipe table as Markdown reports it, row by row, with what Markdown leaves out.

use super::inline::Inlines;
use super::pipe::{self, Dealer, FULL_WIDTH_PIPE};
use crate::document::{Block, BlockKind, Inline, Problem, ProblemKind, Row, Table, TableSyntax};
use crate::text::Span;

/// A table whose end was not met yet.
#[derive(Debug)]
pub(super) struct OpenTable {
    span: Span,
    columns: u32,
    header: Option<u32>,
    first_row: u32,
    row: Span,
    first_cell: u32,
    first_run: u32,
    written: u32,
    /// End of the row's last cell.
    cell_end: u32,
}

impl OpenTable {
    /// The table at `span`, with as many columns as its delimiter row has cells.
    pub fn new(text: &Inlines, span: Span, columns: usize) -> Self {
        let (first_row, row) = (text.doc.rows.len() as u32, Span::default());
        let columns = columns as u32;
        Self {
            span,
            columns,
            header: None,
            first_row,
            row,
            first_cell: 0,
            first_run: 0,
            written: 0,
            cell_end: 0,
        }
    }

    /// A row, header or body, begins.
    pub fn start_row(&mut self, text: &Inlines, row: Span) {
        self.row = row;
        self.first_cell = text.doc.cells.len() as u32;
        self.first_run = text.doc.runs.len() as u32;
        self.written = 0;
    }

    /// The cell at `span` is complete.
    pub fn end_cell(&mut self, text: &mut Inlines, span: Span) {
        let run = text.doc.runs.len() as u32;
        let nothing = Inline { span: Span::empty(span.end), first: run, end: run };
        let inline = text.finish().unwrap_or(nothing);
        text.doc.cells.push(inline);
        // Cells that Markdown adds to a short row stand at its end.
        if !(span.is_empty() && span.start == self.row.end) {
            self.written += 1;
            self.cell_end = span.end;
        }
    }

    /// The header row is complete.
    pub fn end_head(&mut self, text: &mut Inlines) {
        self.header = Some(text.doc.rows.len() as u32);
        self.end_row(text);
        self.first_row = text.doc.rows.len() as u32;
    }

    /// A row is complete.
    pub fn end_row(&mut self, text: &mut Inlines) {
        let source = text.source;
        let span = self.row.trimmed(source);
        let mut written = self.written;
        let mut lost = Span::empty(span.end);
        if written < self.columns && span.of(source).contains(FULL_WIDTH_PIPE) {
            return self.split_again(text, span);
        }
        if written < self.columns {
            text.doc.problems.push(Problem { span, kind: ProblemKind::ShortRow });
        } else if self.cell_end < span.end {
            let (place, count) = pipe::lost_cells(source, Span::new(self.cell_end, self.row.end));
            (lost, written) = (place, written + count);
            if !lost.is_empty() {
                text.doc.problems.push(Problem { span: lost, kind: ProblemKind::LostCells });
            }
        }
        let end = text.doc.cells.len() as u32;
        text.doc.rows.push(Row { span, first: self.first_cell, end, lost, written, depth: 0 });
    }

    /// A row that is short because translation made full-width pipes of some of its pipes.
    fn split_again(&self, text: &mut Inlines, row: Span) {
        text.doc.problems.push(Problem { span: row, kind: ProblemKind::BrokenDelimiter });
        text.doc.cells.truncate(self.first_cell as usize);
        let runs = text.doc.runs.split_off(self.first_run as usize);
        Dealer { text, runs: &runs, columns: self.columns }.row(row);
    }

    /// The table is complete: adds it to the document.
    pub fn close(self, text: &mut Inlines) {
        let span = self.span.trimmed(text.source);
        let end_row = text.doc.rows.len() as u32;
        let Self { columns, header, first_row, .. } = self;
        let syntax = TableSyntax::Pipe;
        text.doc.blocks.push(Block { span, kind: BlockKind::Table(text.doc.tables.len() as u32) });
        text.doc.tables.push(Table { span, syntax, columns, header, first_row, end_row });
    }
}
