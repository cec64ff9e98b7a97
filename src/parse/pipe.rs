//! The cells of pipe rows, from source text: what Markdown drops, and what full-width pipes hide from it.

use super::inline::Inlines;
use crate::document::{Inline, Problem, ProblemKind, Row, Run, Style};
use crate::text::Span;

/// What translation into Chinese and Japanese makes of `|`.
pub(super) const FULL_WIDTH_PIPE: char = '｜';

/// Which characters part the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pipes {
    /// `|`, as Markdown has it.
    Ascii,
    /// Also [`FULL_WIDTH_PIPE`].
    Any,
}

impl Pipes {
    /// Whether `c` parts cells.
    pub fn has(self, c: char) -> bool {
        c == '|' || (self == Self::Any && c == FULL_WIDTH_PIPE)
    }
}

/// The cells of a row of source text, trimmed; a pipe at either end parts nothing.
pub(super) fn split_row(source: &str, row: Span, pipes: Pipes) -> impl Iterator<Item = Span> {
    let row = row.trimmed(source);
    let after_first =
        row.of(source).strip_prefix(|c| pipes.has(c)).map_or(0, |rest| row.len() as usize - rest.len());
    let mut start = (after_first < row.len() as usize).then_some(row.start + after_first as u32);
    std::iter::from_fn(move || {
        let from = start?;
        let rest = Span::new(from, row.end).of(source);
        let mut escaped = false;
        let pipe = rest.char_indices().find(|(_, c)| {
            let parts = pipes.has(*c) && !escaped;
            escaped = *c == '\\' && !escaped;
            parts
        });
        let end = pipe.map_or(row.end, |(at, _)| from + at as u32);
        let next = pipe.map(|(at, c)| from + (at + c.len_utf8()) as u32);
        start = next.filter(|next| *next < row.end);
        Some(Span::new(from, end).trimmed(source))
    })
}

/// The cells beyond the last one that Markdown kept, and how many they are. `rest` runs from the end of
/// the last kept cell to the end of the row.
pub(super) fn lost_cells(source: &str, rest: Span) -> (Span, u32) {
    let inside = rest.trimmed(source);
    if inside.len() <= 1 {
        return (Span::empty(rest.end), 0);
    }
    let cells = split_row(source, rest, Pipes::Ascii);
    let (lost, count) = cells.fold((None, 0), |(lost, count): (Option<Span>, u32), cell| {
        (Some(lost.map_or(cell, |lost| lost.to(cell))), count + 1)
    });
    (lost.unwrap_or(Span::empty(rest.end)), count)
}

/// Deals runs that were read as one text out to the cells of its rows.
pub(super) struct Dealer<'b, 'a, 'r> {
    pub text: &'b mut Inlines<'a>,
    /// The runs not yet dealt out.
    pub runs: &'r [Run],
    /// Cells wanted in each row.
    pub columns: u32,
}

impl Dealer<'_, '_, '_> {
    /// Adds the row that stands on `line`.
    pub fn row(&mut self, line: Span) {
        let source = self.text.source;
        let first = self.text.doc.cells.len() as u32;
        let mut lost: Option<Span> = None;
        let mut written = 0;
        for cell in split_row(source, line, Pipes::Any) {
            written += 1;
            if written > self.columns {
                lost = Some(lost.map_or(cell, |lost| lost.to(cell)));
                continue;
            }
            let inline = self.cell(cell);
            self.text.doc.cells.push(inline);
        }
        self.text.pad_row(first, self.columns, line.end);
        let problems = &mut self.text.doc.problems;
        let lost = lost.unwrap_or(Span::empty(line.end));
        if written < self.columns {
            problems.push(Problem { span: line, kind: ProblemKind::ShortRow });
        } else if !lost.is_empty() {
            problems.push(Problem { span: lost, kind: ProblemKind::LostCells });
        }
        let end = self.text.doc.cells.len() as u32;
        self.text.doc.rows.push(Row { span: line, first, end, lost, written, depth: 0 });
    }

    fn cell(&mut self, cell: Span) -> Inline {
        let before = self.runs.iter().take_while(|run| run.span.end <= cell.start).count();
        self.runs = &self.runs[before..];
        let first = self.text.doc.runs.len() as u32;
        for run in self.runs.iter().take_while(|run| run.span.start < cell.end) {
            let span = Span::new(run.span.start.max(cell.start), run.span.end.min(cell.end));
            let whole = span == run.span;
            if whole || !(span.is_empty() || run.style.has(Style::BREAK)) {
                // Markup that reaches into the next cell pairs up only because there are no cells.
                let outer = if cell.contains(run.outer) { run.outer } else { span };
                let literal = if whole { run.literal } else { 0 };
                self.text.doc.runs.push(Run { span, outer, literal, ..*run });
            }
        }
        Inline { span: cell, first, end: self.text.doc.runs.len() as u32 }
    }
}
