//! Code spans for words in table cells: markup around them, and what readers see, stay.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::document::{Document, Inline, Style, TableSyntax, View};
use crate::facts::{ColumnRole, Page};
use crate::finding::Edit;
use crate::fix::apply;
use crate::normalize::values::quoted;
use crate::parse;
use crate::text::{FileId, Span};

/// The code spans to make, by page and place.
#[derive(Debug, Default)]
pub(super) struct Spans(BTreeMap<FileId, BTreeMap<Span, String>>);

impl Spans {
    /// Puts `text` in the cell that holds `place` into a code span; in a path all that is written together
    /// with it.
    pub(super) fn at(&mut self, page: &Page, place: Span, text: &str, is_path: bool) {
        let cells = &page.document.cells;
        // Cells stand in page order.
        let after = cells.partition_point(|cell| cell.span.start <= place.start);
        let before = cells[..after].iter().rev().find(|cell| !cell.span.is_empty());
        let Some(cell) = before.filter(|cell| cell.span.contains(place)) else { return };
        let shown = page.document.text(&page.source.text, *cell, View::Page);
        let words = shown.match_indices(text).map(|(at, _)| at..at + text.len());
        let Some(word) = words.into_iter().find(|word| is_whole(&shown, word)) else { return };
        if !is_path {
            return self.wrap(page, *cell, &shown, word);
        }
        let range = written_together(page, *cell, &shown, &word);
        if shown.get(range.clone()).is_some_and(|path| !path.is_empty()) {
            self.wrap(page, *cell, &shown, range);
        }
    }

    /// Puts `value` into a code span wherever a description sets it apart by quotes or strong type.
    pub(super) fn in_descriptions(&mut self, page: &Page, value: &str) {
        let (document, text) = (&page.document, page.source.text.as_str());
        for fact in &page.facts.tables {
            let Some(table) = document.tables.get(fact.table as usize) else { continue };
            let Some(column) = fact.columns.iter().position(|role| *role == ColumnRole::Description) else {
                continue;
            };
            for cell in document.body(table).iter().filter_map(|row| document.row_cells(row).get(column)) {
                let shown = document.text(text, *cell, View::Page);
                if !shown.contains(value) {
                    continue;
                }
                for range in quoted(&shown).into_iter().filter(|range| &shown[range.clone()] == value) {
                    self.wrap(page, *cell, &shown, range);
                }
                for run in document.inline_runs(*cell).iter().filter(|run| run.style.has(Style::STRONG)) {
                    let span = run.span.trimmed(text);
                    if span.of(text) == value && !run.style.has(Style::CODE) && run.literal == 0 {
                        self.note(page, span, value);
                    }
                }
            }
        }
    }

    /// Puts a part of a cell's text into a code span, if that is one piece of text without markup.
    fn wrap(&mut self, page: &Page, cell: Inline, shown: &str, range: Range<usize>) {
        let (document, text) = (&page.document, page.source.text.as_str());
        let word = &shown[range.clone()];
        let Some(mut span) = document.source_span(text, cell, View::Page, shown, Span::from(range)) else {
            return;
        };
        let mut end = None;
        for run in document.inline_runs(cell) {
            if run.span.end <= span.start || run.span.start >= span.end {
                continue;
            }
            // Nothing but an escape may stand between two runs of one piece.
            let between = |end: u32| text.get(end as usize..run.span.start as usize);
            let joined = end.is_none_or(|end| matches!(between(end), Some("" | "\\")));
            if !joined || run.style.has(Style::CODE) || run.style.has(Style::BREAK) {
                return;
            }
            end = Some(run.span.end);
        }
        let escapes = text[..span.start as usize].bytes().rev().take_while(|byte| *byte == b'\\').count();
        span.start -= (escapes % 2) as u32;
        self.note(page, span, word);
    }

    fn note(&mut self, page: &Page, span: Span, word: &str) {
        let text = page.source.text.as_str();
        let is_html = |document: &Document| {
            let tables = document.tables.iter();
            tables.filter(|table| table.syntax == TableSyntax::Html).any(|table| table.span.contains(span))
        };
        let code = if is_html(&page.document) {
            format!("<code>{}</code>", span.of(text))
        } else if word.contains(['`', '|', '\n']) {
            return;
        } else {
            format!("`{word}`")
        };
        self.0.entry(page.file).or_default().insert(span, code);
    }

    /// The edits of each page: those after which readers still see the same in every cell.
    pub(super) fn edits(self, pages: &[Page]) -> BTreeMap<FileId, Vec<Edit>> {
        let mut all = BTreeMap::new();
        for (file, spans) in self.0 {
            let Some(page) = pages.get(file.0 as usize) else { continue };
            let mut edits: Vec<Edit> = Vec::new();
            for (span, text) in spans {
                if edits.last().is_none_or(|last| last.span.end <= span.start) {
                    edits.push(Edit { span, text });
                }
            }
            let edits = sound(page, &edits);
            if !edits.is_empty() && is_same(page, &edits) {
                all.insert(file, edits);
            }
        }
        all
    }
}

/// What stands around a word without a space or other markup in between: of
/// `[*{baseURL}*](..)/v1/customers HTTP/1.1` what follows the link.
fn written_together(page: &Page, cell: Inline, shown: &str, word: &Range<usize>) -> Range<usize> {
    let before = shown[..word.start].rsplit(char::is_whitespace).next().unwrap_or("");
    let start = word.start - before.len();
    let end = shown[word.end..].find(char::is_whitespace).map_or(shown.len(), |at| word.end + at);
    let mut at = 0;
    let mut runs = Vec::new();
    for run in page.document.inline_runs(cell).iter().filter(|run| View::Page.shows(run.half)) {
        let from = at;
        at += page.document.run_text(&page.source.text, run).len();
        runs.push((from..at, (run.style, run.link)));
    }
    let Some(own) = runs.iter().position(|(range, _)| range.contains(&word.start)) else {
        return word.clone();
    };
    let like = |(_, markup): &&(Range<usize>, _)| *markup == runs[own].1;
    let first = runs[..=own].iter().rev().take_while(like).last();
    let last = runs[own..].iter().take_while(like).last();
    let first = first.map_or(start, |(range, _)| range.start.max(start));
    first..last.map_or(end, |(range, _)| range.end.min(end))
}

/// The edits that leave every cell as it is shown, found by halves: nearly always all of them.
fn sound(page: &Page, edits: &[Edit]) -> Vec<Edit> {
    if edits.is_empty() || is_same(page, edits) {
        return edits.to_vec();
    }
    if edits.len() == 1 {
        return Vec::new();
    }
    let (first, second) = edits.split_at(edits.len() / 2);
    let mut kept = sound(page, first);
    kept.extend(sound(page, second));
    kept
}

/// Whether no letter stands beside the word.
fn is_whole(shown: &str, word: &Range<usize>) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    !shown[..word.start].ends_with(is_part) && !shown[word.end..].starts_with(is_part)
}

/// Whether every cell shows the same text after the edits.
fn is_same(page: &Page, edits: &[Edit]) -> bool {
    let (before, old) = (page.source.text.as_str(), &page.document);
    let after = apply(before, edits);
    let new = parse::document(&after);
    let shown =
        |text, document: &Document, cell: &Inline| document.text(text, *cell, View::Page).into_owned();
    new.cells.len() == old.cells.len()
        && old.cells.iter().zip(&new.cells).all(|(a, b)| shown(before, old, a) == shown(&after, &new, b))
}
