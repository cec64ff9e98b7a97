//! Pipe tables where Markdown is silent: cells it drops, and tables it does not see.
//!
//! One damaged delimiter row (`｜：--｜`, a dash turned into an em dash, a cell too few) makes a whole
//! table a paragraph. Readers of such a page see pipes; the rows are still rows, so they are rebuilt here
//! from the paragraph's lines and runs.

use super::inline::Inlines;
use crate::document::{Block, BlockKind, Inline, Problem, ProblemKind, Row, Run, Style, Table, TableSyntax};
use crate::text::{Span, is_blank};

/// Which characters part the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pipes {
    /// `|`, as Markdown has it.
    Ascii,
    /// Also the full-width `｜` that translation makes of it.
    Any,
}

impl Pipes {
    fn has(self, c: char) -> bool {
        c == '|' || (self == Self::Any && c == '｜')
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

/// Whether a paragraph's line that begins with `first` may belong to a table whose delimiter row broke.
pub(super) fn may_begin_row(first: char) -> bool {
    Pipes::Any.has(first) || is_dash(first) || is_colon(first) || is_blank(first)
}

/// Makes a table of the lines of `inline` that were meant to be one. Returns the text before it, or
/// `None` if there is no table in it.
pub(super) fn broken_table(text: &mut Inlines, inline: Inline) -> Option<Inline> {
    let source = text.source;
    let lines = lines(source, inline.span);
    let (head, delimiter) = find_table(source, &lines)?;
    let start = lines[head].start;
    let runs = text.doc.runs.split_off(inline.first as usize);
    let before = runs.iter().take_while(|run| run.span.end <= start && run.outer.end <= start).count();
    let kept = runs[..before].iter().rposition(|run| !run.style.has(Style::BREAK)).map_or(0, |at| at + 1);
    text.doc.runs.extend_from_slice(&runs[..kept]);
    let lead_end = head.checked_sub(1).map_or(inline.span.start, |last| lines[last].end);
    let lead = Inline {
        span: Span::new(inline.span.start, lead_end).trimmed(source),
        first: inline.first,
        end: inline.first + kept as u32,
    };
    let span = Span::new(start, inline.span.end).trimmed(source);
    let place = delimiter.map_or(lines[head], |at| lines[at]);
    text.doc.problems.push(Problem { span: place, kind: ProblemKind::BrokenDelimiter });
    let mut builder = Builder { text, runs: &runs[before..], columns: 0 };
    // The rest of a table that a blank line cut in two has no header of its own.
    let continues = delimiter.is_none()
        && lead.span.is_empty()
        && builder.text.doc.blocks.last().is_some_and(|block| matches!(block.kind, BlockKind::Table(_)));
    let mut rows =
        lines[head..].iter().zip(head..).filter(|(_, at)| delimiter != Some(*at)).map(|(line, _)| *line);
    let header = if continues {
        let columns = builder.text.doc.tables.last().map_or(0, |table| table.columns);
        builder.columns = columns;
        None
    } else {
        rows.next().map(|line| {
            let widest = delimiter.map_or(0, |at| split_row(source, lines[at], Pipes::Any).count() as u32);
            builder.columns = widest.max(split_row(source, line, Pipes::Any).count() as u32);
            builder.row(line);
            builder.text.doc.rows.len() as u32 - 1
        })
    };
    let first_row = builder.text.doc.rows.len() as u32;
    rows.for_each(|line| builder.row(line));
    let columns = builder.columns;
    let end_row = text.doc.rows.len() as u32;
    text.doc.tables.push(Table {
        span,
        syntax: TableSyntax::BrokenPipe,
        columns,
        header,
        first_row,
        end_row,
    });
    Some(lead)
}

/// The block of the table that was pushed last.
pub(super) fn last_table(text: &Inlines) -> Option<Block> {
    let table = text.doc.tables.last()?;
    Some(Block { span: table.span, kind: BlockKind::Table(text.doc.tables.len() as u32 - 1) })
}

/// The lines of a paragraph, without the indentation and quote marks that continue its container.
fn lines(source: &str, span: Span) -> Vec<Span> {
    let mut at = span.start;
    let lines = span.of(source).split('\n').map(|line| {
        let whole = Span::new(at, at + line.len() as u32);
        at = whole.end + 1;
        let text = if whole.start == span.start { line } else { line.trim_start_matches([' ', '\t', '>']) };
        Span::new(whole.end - text.len() as u32, whole.end).trimmed(source)
    });
    lines.collect()
}

/// The line of the header and of the delimiter row.
fn find_table(source: &str, lines: &[Span]) -> Option<(usize, Option<usize>)> {
    let begins = |line: &Span| line.of(source).starts_with(|c| Pipes::Any.has(c));
    for (at, line) in lines.iter().enumerate() {
        let starts = begins(line);
        let has_cells = || starts || line.of(source).contains(|c| Pipes::Any.has(c));
        if let Some(next) = lines.get(at + 1)
            && is_delimiter(next.of(source), starts)
            && has_cells()
        {
            return Some((at, Some(at + 1)));
        }
        if starts {
            let text = line.of(source);
            let two = lines.get(at + 1).is_some_and(begins);
            let whole =
                text.ends_with(|c| Pipes::Any.has(c)) && split_row(source, *line, Pipes::Any).count() > 1;
            return (two || whole).then_some((at, None));
        }
    }
    None
}

/// Whether a line was meant as a delimiter row: dashes of any kind, colons and pipes. Without a pipe it
/// counts only below a line that begins with one.
fn is_delimiter(line: &str, below_row: bool) -> bool {
    let (mut dashes, mut pipes) = (0, 0);
    for c in line.chars() {
        match c {
            c if is_dash(c) => dashes += 1,
            c if Pipes::Any.has(c) => pipes += 1,
            c if is_colon(c) || is_blank(c) => {}
            _ => return false,
        }
    }
    dashes > 0 && (pipes > 0 || below_row)
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}'
    )
}

fn is_colon(c: char) -> bool {
    matches!(c, ':' | '\u{FF1A}' | '\u{FE55}' | '\u{FE13}')
}

/// Deals the runs of a paragraph out to the cells of its lines.
struct Builder<'b, 'a, 'r> {
    text: &'b mut Inlines<'a>,
    /// The runs not yet dealt out.
    runs: &'r [Run],
    columns: u32,
}

impl Builder<'_, '_, '_> {
    fn row(&mut self, line: Span) {
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
        self.text.doc.rows.push(Row { span: line, first, end, lost, written });
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
