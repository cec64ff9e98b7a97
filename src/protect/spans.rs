//! Code spans for words in table cells: markup around them, and what readers see, stay.

use std::collections::BTreeMap;

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
        let Some(cell) = cells[..after].iter().rev().find(|cell| cell.span.contains(place)) else { return };
        let shown = page.document.text(&page.source.text, *cell, View::Page);
        let words = shown.match_indices(text).map(|(at, _)| at..at + text.len());
        let Some(word) = words.into_iter().find(|word| is_whole(&shown, word)) else { return };
        if !is_path {
            return self.wrap(page, *cell, &shown, word);
        }
        let start = shown[..word.start].rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let end = shown[word.end..].find(char::is_whitespace).map_or(shown.len(), |at| word.end + at);
        // `[*{baseURL}*](..)/v1/customers`: the path begins after the link.
        let starts = page.document.inline_runs(*cell).iter().scan(0, |at, run| {
            let start = *at;
            *at += page.document.run_text(&page.source.text, run).len();
            Some((start, run.style, run.link))
        });
        let breaks: Vec<_> = starts.collect();
        let style_at = |at: usize| breaks.iter().rev().find(|(start, ..)| *start <= at).copied();
        let like = |at: usize| {
            style_at(at).map(|(_, style, link)| (style, link))
                == style_at(word.start).map(|(_, style, link)| (style, link))
        };
        let from =
            breaks.iter().map(|(at, ..)| *at).filter(|at| *at > start && *at <= word.start && like(*at));
        let start = if like(start) { start } else { from.min().unwrap_or(word.start) };
        let stop = breaks.iter().map(|(at, ..)| *at).filter(|at| *at > word.start && *at < end && !like(*at));
        let end = stop.min().unwrap_or(end);
        if shown.is_char_boundary(start) && shown.is_char_boundary(end) {
            self.wrap(page, *cell, &shown, start..end);
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
    fn wrap(&mut self, page: &Page, cell: Inline, shown: &str, range: std::ops::Range<usize>) {
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
            let joined =
                end.is_none_or(|end| matches!(&text[end as usize..run.span.start as usize], "" | "\\"));
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
            if !is_same(page, &edits) {
                edits.retain(|edit| is_same(page, std::slice::from_ref(edit)));
            }
            if !edits.is_empty() && is_same(page, &edits) {
                all.insert(file, edits);
            }
        }
        all
    }
}

/// Whether no letter stands beside the word.
fn is_whole(shown: &str, word: &std::ops::Range<usize>) -> bool {
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
