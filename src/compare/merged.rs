//! Rows of pipe tables that lost a pipe, so that one cell holds what belongs into two columns.
//!
//! Rows that end early are legal and common. It takes a witness: the row of the reference page has more cells, or
//! both halves of a cell are what their columns hold. Absent here: rows with cells too many.

use std::cell::OnceCell;

use crate::compare::names::is_identifier;
use crate::comparison::{MergedRow, Pairing, Split};
use crate::document::{Inline, ProblemKind, Row, Table, TableSyntax, View};
use crate::extract::target::starts_target;
use crate::facts::{ColumnRole, METHODS, Page};
use crate::finding::Site;
use crate::hash::HashMap;
use crate::lexicon::Vocabulary;
use crate::normalize::marks;
use crate::normalize::types::{self, Quality};
use crate::text::{Place, Span};

/// Longest row in bytes that is looked into.
const LONGEST: u32 = 4000;
/// Words of a row between which a pipe may belong; of more nobody can tell.
const GAPS: usize = 64;

/// The rows of `page` that lost a pipe, in page order.
pub fn merged_rows(
    page: &Page,
    pairing: Option<&Pairing<'_>>,
    vocabulary: &Vocabulary<'_>,
) -> Vec<MergedRow> {
    let mut found = Vec::new();
    let is_odd = |kind| matches!(kind, ProblemKind::ShortRow | ProblemKind::LostCells);
    if !page.document.problems.iter().any(|problem| is_odd(problem.kind)) {
        return found;
    }
    for (at, fact) in page.facts.tables.iter().enumerate() {
        let Some(table) = page.document.tables.get(fact.table as usize) else { continue };
        let width = table.columns as usize;
        if table.syntax != TableSyntax::Pipe || fact.columns.len() != width {
            continue;
        }
        let theirs = pairing.and_then(|pairing| {
            let right = pairing.tables.of_left(at as u32)?.right;
            let fact = pairing.with.page.facts.tables.get(right as usize)?;
            let table = pairing.with.page.document.tables.get(fact.table as usize)?;
            let side = Side { page: pairing.with.page, view: pairing.with.view, table };
            (fact.columns.len() == width).then_some((side, fact))
        });
        let look = Look {
            own: Side { page, view: View::Page, table },
            columns: theirs.as_ref().map_or(&fact.columns, |(_, fact)| &fact.columns),
            theirs: theirs.map(|(side, _)| side),
            vocabulary,
            by_name: OnceCell::new(),
        };
        found.extend((table.first_row..table.end_row).filter_map(|row| look.row(row)));
    }
    found
}

/// A table of one page.
#[derive(Clone, Copy)]
struct Side<'a> {
    page: &'a Page,
    view: View,
    table: &'a Table,
}

impl<'a> Side<'a> {
    fn rows(self) -> &'a [Row] {
        self.page.document.body(self.table)
    }

    fn texts(self, row: &Row) -> Vec<String> {
        let text =
            |cell: &Inline| self.page.document.text(&self.page.source.text, *cell, self.view).into_owned();
        self.page.document.row_cells(row).iter().map(text).collect()
    }

    /// The text of a part of a cell.
    fn piece(self, cell: Inline, part: Span) -> String {
        let (document, source) = (&self.page.document, self.page.source.text.as_str());
        let mut piece = String::new();
        for run in document.inline_runs(cell).iter().filter(|run| self.view.shows(run.half)) {
            let inside = Span::new(run.span.start.max(part.start), run.span.end.min(part.end));
            if inside == run.span {
                piece.push_str(document.run_text(source, run));
            } else if !inside.is_empty() && run.literal == 0 {
                piece.push_str(inside.of(source));
            }
        }
        piece.trim().to_owned()
    }
}

/// A table with short rows, and who can bear witness.
struct Look<'l, 'a> {
    own: Side<'a>,
    theirs: Option<Side<'a>>,
    columns: &'l [ColumnRole],
    vocabulary: &'l Vocabulary<'l>,
    /// See [`by_first_cell`].
    by_name: OnceCell<HashMap<String, Option<usize>>>,
}

/// The positions of a table's rows by their first cells; nothing where several have the same.
fn by_first_cell(side: Side<'_>) -> HashMap<String, Option<usize>> {
    let mut found: HashMap<String, Option<usize>> = HashMap::default();
    for (at, row) in side.rows().iter().enumerate() {
        let name = side.texts(row).into_iter().next().filter(|name| !name.is_empty());
        if let Some(name) = name {
            found.entry(name).and_modify(|known| *known = None).or_insert(Some(at));
        }
    }
    found
}

/// The pipes that part the cells of a row: those without a backslash, but for the first and the last sign.
fn inner_pipes(source: &str, row: Span) -> Vec<u32> {
    let mut pipes = Vec::new();
    let mut escaped = false;
    for (at, byte) in row.of(source).bytes().enumerate() {
        if byte == b'|' && !escaped && at > 0 && at + 1 < row.len() as usize {
            pipes.push(row.start + at as u32);
        }
        escaped = byte == b'\\' && !escaped;
    }
    pipes
}

/// The words before and behind a pipe, without signs around them.
fn beside(text: &str, pipe: usize) -> (&str, &str) {
    let is_sign = |c: char| !c.is_alphanumeric();
    let is_end = |c: char| c.is_whitespace() || c == '|';
    let before = text[..pipe].trim_end().rsplit(is_end).next().unwrap_or_default();
    let behind = text[pipe + 1..].trim_start().split(is_end).next().unwrap_or_default();
    (before.trim_matches(is_sign), behind.trim_matches(is_sign))
}

/// Where a pipe may belong.
struct Candidate {
    cell: usize,
    gap: Span,
    left: String,
    right: String,
    /// Whether one side is to the letter what the source has.
    same: bool,
    /// Whether the right side is prose, of which nobody can tell where it begins.
    prose: bool,
}

impl Look<'_, '_> {
    fn row(&self, at: u32) -> Option<MergedRow> {
        let page = self.own.page;
        let row = page.document.rows.get(at as usize)?;
        let (written, width) = (row.written as usize, self.columns.len());
        let shown = row.span.of(&page.source.text);
        if !row.lost.is_empty() && written > width {
            return self.unescaped(at, row);
        }
        if written == 0 || written >= width || row.span.len() > LONGEST || !shown.contains('|') {
            return None;
        }
        // A column without a header is nobody's.
        let header = self.own.texts(page.document.rows.get(self.own.table.header? as usize)?);
        if header.iter().skip(written).any(String::is_empty) {
            return None;
        }
        let cells = self.own.texts(row);
        let partner = self.partner(at, &cells);
        let theirs = partner.map(|(side, row)| side.texts(row));
        let split = if written + 1 == width { self.split(row, &cells, theirs.as_deref()) } else { None };
        // A row may leave out cells at its end that are empty in the source.
        let filled = |texts: &Vec<String>| texts.iter().skip(written).all(|text| !text.is_empty());
        let by = partner.filter(|_| theirs.as_ref().is_some_and(filled));
        let by = by.map(|(side, row)| Site::Page(Place { file: side.page.file, span: row.span }));
        if by.is_none() && split.is_none() && !self.slid(&cells, written) {
            return None;
        }
        let cell = split.as_ref().and_then(|split| page.document.row_cells(row).get(split.cell));
        Some(MergedRow {
            row: at,
            span: cell.map_or(row.span, |cell| cell.span),
            cells: row.written,
            wanted: width as u32,
            split: split.map(|found| Split {
                left: found.left,
                right: found.right,
                gap: found.gap,
                sure: found.same,
            }),
            escapes: Vec::new(),
            sure: false,
            by,
        })
    }

    /// A row with as many cells too many as the source's row has pipes that are text.
    fn unescaped(&self, at: u32, row: &Row) -> Option<MergedRow> {
        let source = self.own.page.source.text.as_str();
        // Who wrote one of them knew what is text.
        if row.span.len() > LONGEST || row.span.of(source).contains("\\|") {
            return None;
        }
        let (side, theirs) = self.partner(at, &self.own.texts(row))?;
        let cells = side.texts(theirs);
        let texts: Vec<usize> = cells.iter().map(|text| text.matches('|').count()).collect();
        let pipes = inner_pipes(source, row.span);
        let wanted: usize = texts.iter().map(|pipes| pipes + 1).sum();
        if texts.len() != self.columns.len() || wanted != pipes.len() + 1 {
            return None;
        }
        let mut rest = pipes.into_iter();
        let (mut escapes, mut sure) = (Vec::new(), true);
        for (own, cell) in texts.into_iter().zip(&cells) {
            let known: Vec<_> = cell.match_indices('|').map(|(at, _)| beside(cell, at)).collect();
            for pipe in rest.by_ref().take(own) {
                let (left, right) = beside(source, pipe as usize);
                sure &= known.iter().any(|(before, behind)| {
                    !left.is_empty() && left == *before || !right.is_empty() && right == *behind
                });
                escapes.push(pipe);
            }
            rest.next();
        }
        (!escapes.is_empty()).then_some(MergedRow {
            row: at,
            span: row.span,
            cells: row.written,
            wanted: self.columns.len() as u32,
            split: None,
            escapes,
            sure,
            by: Some(Site::Page(Place { file: side.page.file, span: theirs.span })),
        })
    }

    /// Whether the cells of a row that lacks one stand a column too early: a mark before the column of marks, and
    /// something else in it.
    fn slid(&self, cells: &[String], written: usize) -> bool {
        let required = self.columns.iter().position(|role| *role == ColumnRole::Required);
        let Some((at, before)) = required.and_then(|at| Some((at, at.checked_sub(1)?))) else { return false };
        let (Some(mark), Some(own)) = (cells.get(before), cells.get(at)) else { return false };
        let is_sign = |text: &str| !text.is_empty() && !text.contains(char::is_alphanumeric);
        written + 1 == self.columns.len()
            && is_sign(mark)
            && self.is_of(at, mark)
            && !own.is_empty()
            && !self.is_of(at, own)
    }

    /// The same row of the reference page, if it has all its cells.
    fn partner(&self, at: u32, cells: &[String]) -> Option<(Side<'_>, &Row)> {
        let side = self.theirs?;
        let rows = side.rows();
        let index = (at - self.own.table.first_row) as usize;
        let found = if rows.len() == self.own.rows().len() {
            rows.get(index)?
        } else {
            let by_name = self.by_name.get_or_init(|| by_first_cell(side));
            let first = cells.first()?;
            let ends = first.match_indices(char::is_whitespace).map(|(at, _)| at).take(GAPS);
            let named = std::iter::once(first.len()).chain(ends).filter_map(|end| by_name.get(&first[..end]));
            rows.get((*named.into_iter().next()?)?)?
        };
        let full = found.written as usize >= self.columns.len();
        full.then_some((side, found))
    }

    /// The one place where a pipe makes cells that fit their columns.
    fn split(&self, row: &Row, cells: &[String], theirs: Option<&[String]>) -> Option<Candidate> {
        let inlines = self.own.page.document.row_cells(row);
        let written = row.written as usize;
        let is_same = |column: usize, text: &str| {
            theirs.is_some_and(|theirs| theirs.get(column).is_some_and(|other| other == text))
        };
        let fits = |column: usize, text: &str| is_same(column, text) || self.is_of(column, text);
        let misfits =
            |column: usize, text: &str| self.tells(column) && !text.is_empty() && !fits(column, text);
        let mut found: Vec<Candidate> = Vec::new();
        for (cell, inline) in inlines.iter().enumerate().take(written) {
            let before = (0..cell).any(|at| misfits(at, &cells[at]));
            let after =
                (cell + 1..written).any(|at| misfits(at + 1, &cells[at]) || self.is_of(at, &cells[at]));
            if before || after || is_same(cell, &cells[cell]) {
                continue;
            }
            // `array of strings` is one type; a gap of several blanks once held a pipe.
            let whole = self.is_of(cell, &cells[cell]);
            for gap in self.gaps(*inline).into_iter().take(GAPS) {
                let left = self.own.piece(*inline, Span::new(inline.span.start, gap.start));
                let right = self.own.piece(*inline, Span::new(gap.end, inline.span.end));
                let (exact, wide) = (is_same(cell, &left), gap.len() > 1);
                let prose = !fits(cell + 1, &right);
                let described = self.columns[cell + 1] == ColumnRole::Description && theirs.is_some();
                let fit = fits(cell, &left) && (!prose || described && !right.is_empty());
                if fit && (exact || wide || !whole && !prose) {
                    let same = exact || is_same(cell + 1, &right);
                    found.push(Candidate { cell, gap, left, right, same, prose });
                }
            }
        }
        for better in [|c: &Candidate| !c.prose, |c: &Candidate| c.same] {
            if found.iter().any(better) {
                found.retain(better);
            }
        }
        let widest = found.iter().map(|candidate| candidate.gap.len()).max()?;
        found.retain(|candidate| candidate.gap.len() == widest);
        if found.len() == 1 { found.pop() } else { None }
    }

    /// White space between words of a cell that no markup spans.
    fn gaps(&self, cell: Inline) -> Vec<Span> {
        let source = self.own.page.source.text.as_str();
        let runs = self.own.page.document.inline_runs(cell);
        let mut gaps = Vec::new();
        let mut open: Option<u32> = None;
        for (at, c) in cell.span.of(source).char_indices() {
            let at = cell.span.start + at as u32;
            if matches!(c, ' ' | '\t') {
                open.get_or_insert(at);
            } else if let Some(start) = open.take() {
                gaps.push(Span::new(start, at));
            }
        }
        let spans = |gap: &Span| runs.iter().any(|run| run.outer != run.span && run.outer.contains(*gap));
        gaps.retain(|gap| !spans(gap));
        gaps
    }

    /// Whether what a column holds can be told from anything else.
    fn tells(&self, column: usize) -> bool {
        use ColumnRole as C;
        self.columns.get(column).is_some_and(|role| {
            matches!(
                role,
                C::Type | C::Required | C::Optional | C::Method | C::Uri | C::Number | C::HttpStatus
            )
        })
    }

    /// Whether a text is what a column holds.
    fn is_of(&self, column: usize, text: &str) -> bool {
        use ColumnRole as C;
        let Some(role) = self.columns.get(column) else { return false };
        match role {
            C::Name => is_identifier(text),
            C::Type => {
                let reading = types::read(text, None, self.vocabulary);
                let known = reading.ty.as_ref().is_some_and(|ty| ty.name().is_none());
                known && matches!(reading.quality, Quality::Exact | Quality::Translated | Quality::Vague)
            }
            C::Required | C::Optional => marks::read(text, self.vocabulary).is_some(),
            C::Method => {
                METHODS.iter().any(|method| method.eq_ignore_ascii_case(text))
                    || self.vocabulary.method(text).is_some()
            }
            C::Uri => starts_target(text),
            C::Number | C::HttpStatus => !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        }
    }
}
