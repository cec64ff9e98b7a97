//! Pipe tables that Markdown does not see.
//!
//! One damaged delimiter row (`｜：--｜`, a dash turned into an em dash, a cell too few) makes a whole
//! table a paragraph. Readers of such a page see pipes; the rows are still rows, so they are rebuilt here
//! from the paragraph's lines and runs.

use super::inline::Inlines;
use super::pipe::{Dealer, Pipes, split_row};
use crate::document::{Block, BlockKind, Inline, Problem, ProblemKind, Style, Table, TableSyntax};
use crate::text::{Span, is_blank};

/// What became of a paragraph with a table in it.
pub(super) struct Rebuilt {
    /// The text before the table.
    pub lead: Option<Inline>,
    /// The table; `None` if its rows went to the table before, from which a blank line had parted them.
    pub block: Option<Block>,
}

/// Whether a paragraph's line that begins with `first` may belong to a table whose delimiter row broke.
pub(super) fn may_begin_row(first: char) -> bool {
    Pipes::Any.has(first) || is_dash(first) || is_colon(first) || is_blank(first)
}

/// Makes a table of the lines of `inline`, whose runs are the last of the document, that were meant to
/// be one. `None` if there is no table in it.
pub(super) fn rebuild(text: &mut Inlines, inline: Inline) -> Option<Rebuilt> {
    let source = text.source;
    let lines = lines(source, inline.span);
    let (head, delimiter) = find_table(source, &lines)?;
    let start = lines[head].start;
    let runs = text.doc.runs.split_off(inline.first as usize);
    let before = runs.iter().take_while(|run| run.span.end <= start && run.outer.end <= start).count();
    let kept = runs[..before].iter().rposition(|run| !run.style.has(Style::BREAK)).map_or(0, |at| at + 1);
    text.doc.runs.extend_from_slice(&runs[..kept]);
    let lead = head.checked_sub(1).map(|last| Inline {
        span: Span::new(inline.span.start, lines[last].end).trimmed(source),
        first: inline.first,
        end: inline.first + kept as u32,
    });
    let place = lines[delimiter.unwrap_or(head)];
    // A second line with dashes in it was to be the delimiter row of a table of its own.
    let begins_anew = lines.get(head + 1).is_some_and(|line| line.of(source).contains("--"));
    let continued =
        delimiter.is_none() && !begins_anew && lead.is_none() && continues_last_table(text, start);
    let kind = if continued { ProblemKind::DetachedRow } else { ProblemKind::BrokenDelimiter };
    text.doc.problems.push(Problem { span: place, kind });
    let columns = |line: Span| split_row(source, line, Pipes::Any).count() as u32;
    let columns = match text.doc.tables.last() {
        Some(table) if continued => table.columns,
        _ => columns(lines[head]).max(delimiter.map_or(0, |at| columns(lines[at]))),
    };
    let first_row = text.doc.rows.len() as u32;
    let mut dealer = Dealer { text, runs: &runs[before..], columns };
    for (at, line) in lines.iter().enumerate().skip(head) {
        if delimiter != Some(at) {
            dealer.row(*line);
        }
    }
    let span = Span::new(start, inline.span.end).trimmed(source);
    let end_row = text.doc.rows.len() as u32;
    if continued {
        extend_last_table(text, span.end, end_row);
        return Some(Rebuilt { lead, block: None });
    }
    let block = Block { span, kind: BlockKind::Table(text.doc.tables.len() as u32) };
    let (syntax, header) = (TableSyntax::BrokenPipe, Some(first_row));
    text.doc.tables.push(Table { span, syntax, columns, header, first_row: first_row + 1, end_row });
    Some(Rebuilt { lead, block: Some(block) })
}

/// Whether nothing but blank lines stands between the last table and `start`.
fn continues_last_table(text: &Inlines, start: u32) -> bool {
    let is_table = text.doc.blocks.last().is_some_and(|block| matches!(block.kind, BlockKind::Table(_)));
    let Some(table) = text.doc.tables.last().filter(|_| is_table) else { return false };
    // Between them also the line that underlines a header row whose delimiter row lost its pipes.
    let gap = Span::new(table.span.end, start).of(text.source);
    let is_gap = |c: char| is_blank(c) || matches!(c, '>' | '-' | '=');
    table.syntax != TableSyntax::Html && gap.chars().all(is_gap)
}

fn extend_last_table(text: &mut Inlines, end: u32, end_row: u32) {
    if let (Some(table), Some(block)) = (text.doc.tables.last_mut(), text.doc.blocks.last_mut()) {
        table.span.end = end;
        table.end_row = end_row;
        block.span.end = end;
    }
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
