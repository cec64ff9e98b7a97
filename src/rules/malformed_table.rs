//! # malformed-table
//!
//! A stray or missing pipe lost cells, or the delimiter row is broken and the table is not shown as one.
//!
//! ## Why it matters
//! Renderers drop the extra cells without warning, or show the whole table as a line of text.
//!
//! ## Example
//! ```md
//! ## Settings
//!
//! | Property | Type   | Description |
//! |——|——|——|
//! | color    | string | The color   |
//! | size     | int    | The width   |
//! ```
//!
//! ## Fix
//! Safe where mechanical: a delimiter row whose dashes, colons or pipes became other signs is rewritten, and a lost
//! pipe is put back beside a cell that is exactly the source's. A row is joined to the table above the blank line where
//! the source's table has that row. Lost cells have to be put back by hand.
//!
//! ## Limits
//! Rows with fewer cells than the header are legal and common: they are reported only if the source's row has more, or if
//! both halves of a cell are clearly what two columns hold.

use std::borrow::Cow;

use crate::comparison::MergedRow;
use crate::document::{ProblemKind, Row, View};
use crate::facts::Page;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, brief, row_text};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "malformed-table",
    severity: Severity::Warning,
    bases: &[Basis::Page, Basis::Reference],
    fix: Some(Safety::Safe),
    source: include_str!("malformed_table.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    context.comparison.merged.iter().for_each(|row| report.add(merged(context, row)));
    let document = &context.page.document;
    for problem in &document.problems {
        let subject = (SubjectKind::Text, "table".to_owned());
        let found = brief(problem.span.of(context.text()));
        match problem.kind {
            ProblemKind::LostCells => {
                let escapes = |row: &MergedRow| !row.escapes.is_empty() && row.span.contains(problem.span);
                if context.comparison.merged.iter().any(escapes) {
                    continue;
                }
                report.add(
                    // Up to the next cell: however wide columns are, a translation has the same as its source.
                    Draft::new(problem.span, Basis::Page, Cause::Page, subject, first_cell(found))
                        .identity([row_text(problem.span.of(context.text()))])
                        .message("this row has more cells than the header; readers never see this text")
                        .help("a pipe that is text is written `\\|`"),
                );
            }
            ProblemKind::BrokenDelimiter => {
                let draft = Draft::new(problem.span, Basis::Page, Cause::Page, subject, found)
                    .identity([row_text(problem.span.of(context.text()))])
                    .message("the row below the header is not a delimiter row, so this is shown as text, not as a table");
                report.add(match mended(context.text(), problem.span) {
                    Some(row) => draft.expected(row.as_str()).fix(Safety::Safe, [(problem.span, row)]),
                    None => draft.help("it needs as many `---` cells as the header has"),
                });
            }
            ProblemKind::DetachedRow => report.add(detached(context, problem.span)),
            ProblemKind::UnclosedTable => {
                report.add(
                    Draft::new(problem.span, Basis::Page, Cause::Page, subject, found)
                        .message("this HTML table is never closed"),
                );
            }
            _ => {}
        }
    }
}

/// A row whose text has pipes that lost their backslash.
fn unescaped(context: &Context<'_>, row: &MergedRow) -> Draft {
    let text = row.span.of(context.text());
    let (more, wanted) = (row.cells, row.wanted);
    Draft::new(row.span, Basis::Reference, Cause::Translation, (SubjectKind::Text, "table".to_owned()), brief(text))
        .identity([row_text(text)])
        .message(format!(
            "this row has {more} cells, the header has {wanted}: a pipe that is text in the source lost the backslash before it"
        ))
        .related(row.by, "the row of the source")
        .fix(if row.sure { Safety::Safe } else { Safety::Unsafe }, row.escapes.iter().map(|at| (Span::empty(*at), "\\".to_owned())))
}

/// A row behind a blank line.
fn detached(context: &Context<'_>, row: Span) -> Draft {
    let text = context.text();
    let draft = Draft::new(row, Basis::Page, Cause::Page, (SubjectKind::Text, "table".to_owned()), brief(row.of(text)))
        .identity([row_text(row.of(text))])
        .message("a blank line ends the table before this row, so this is shown as text");
    let before = text.get(..row.start as usize).unwrap_or_default();
    let end = before.trim_end().len();
    let gap = before.get(end..).unwrap_or_default();
    // From the end of the line above to the start of this one.
    match (gap.find('\n'), gap.rfind('\n')) {
        (Some(first), Some(last)) if first < last && row.of(text).starts_with('|') => {
            let blank = Span::new((end + first + 1) as u32, (end + last + 1) as u32);
            let safety = if belongs(context, row) { Safety::Safe } else { Safety::Unsafe };
            draft.fix(safety, [(blank, String::new())])
        }
        _ => draft,
    }
}

/// Whether one table of the source has a row behind a blank line as well as a row that stands before it.
fn belongs(context: &Context<'_>, line: Span) -> bool {
    let page = context.page;
    let with = context.comparison.pairing.as_ref().map(|pairing| pairing.with);
    let Some((with, table)) = with.and_then(|with| Some((with, page.document.table_at(line)?))) else { return false };
    let rows = page.document.body(table);
    let Some(at) = rows.iter().position(|row| row.span.start >= line.start) else { return false };
    let same = |row: &Row, other: &Row| {
        let theirs = page_cells(with.page, other, with.view);
        row.written == other.written
            && page_cells(page, row, View::Page)
                .iter()
                .zip(theirs)
                .any(|(own, other)| *own == other && own.contains(char::is_alphanumeric))
    };
    with.page.document.tables.iter().filter(|other| other.columns == table.columns).any(|other| {
        let theirs = with.page.document.body(other);
        let has = |row: &Row| theirs.iter().any(|other| same(row, other));
        has(&rows[at]) && rows[..at].iter().any(has)
    })
}

/// The texts of the cells of a row.
fn page_cells<'p>(page: &'p Page, row: &Row, view: View) -> Vec<Cow<'p, str>> {
    let cells = page.document.row_cells(row).iter();
    cells.map(|cell| page.document.text(&page.source.text, *cell, view)).collect()
}

/// A row that lost a pipe.
fn merged(context: &Context<'_>, row: &MergedRow) -> Draft {
    let (basis, cause) =
        if row.by.is_some() { (Basis::Reference, Cause::Translation) } else { (Basis::Page, Cause::Page) };
    if !row.escapes.is_empty() {
        return unescaped(context, row);
    }
    let cells = if row.cells == 1 { "cell" } else { "cells" };
    let whole = if row.by.is_some() { "the row of the source" } else { "the header" };
    let counts = format!("this row has {} {cells}, {whole} has {}", row.cells, row.wanted);
    let found = brief(row.span.of(context.text()));
    let draft = Draft::new(row.span, basis, cause, (SubjectKind::Text, "table".to_owned()), found)
        .identity([row_text(row.span.of(context.text()))])
        .related(row.by, "the row of the source");
    let Some(split) = &row.split else {
        return draft.message(counts).help("a pipe or a cell was lost: write the row as the source has it");
    };
    let (left, right) = (brief(&split.left), brief(&split.right));
    let safety = if split.sure { Safety::Safe } else { Safety::Unsafe };
    draft
        .message(format!("a pipe is missing between `{left}` and `{right}`: {counts}"))
        .fix(safety, [pipe_in(split.gap)])
}

/// Puts a pipe into white space: in a wide gap one blank before what follows, as aligned tables have it.
fn pipe_in(gap: Span) -> (Span, String) {
    if gap.len() < 3 {
        return (gap, " | ".to_owned());
    }
    (Span::new(gap.end - 2, gap.end - 1), "|".to_owned())
}

fn first_cell(row: &str) -> &str {
    let row = row.trim_start_matches(|c: char| c == '|' || c.is_whitespace());
    row.split('|').next().unwrap_or("").trim_end()
}

/// The delimiter row at `span` with its signs in ASCII again, if that is all it takes: it has as many cells as the
/// header above it.
fn mended(text: &str, span: Span) -> Option<String> {
    let row = span.of(text);
    let plain: String = row
        .chars()
        .map(|c| match c {
            '：' => ':',
            '｜' | '│' => '|',
            '—' | '–' | '−' | '－' | '‐' | '‑' => '-',
            '\u{a0}' | '\u{3000}' => ' ',
            other => other,
        })
        .collect();
    let header = text.get(..span.start as usize)?.trim_end().rsplit('\n').next()?;
    let cells = |row: &str| row.trim().trim_matches('|').replace("\\|", "").split('|').count();
    let sound = plain.contains('-') && plain.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
    (sound && plain != row && cells(&plain) == cells(header)).then_some(plain)
}
