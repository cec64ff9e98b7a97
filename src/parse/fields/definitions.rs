//! Definition lists: a line with the name, then lines that begin with a colon; in HTML, `<dt>` and `<dd>`.

use super::item;
use super::{COLUMNS, Field, List};
use crate::document::{BlockKind, TableSyntax};
use crate::parse::inline::Inlines;
use crate::text::Span;

/// The lists of the paragraphs that may be definitions, given by their blocks.
pub(super) fn find(text: &Inlines, paragraphs: &[u32]) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    let mut last = None;
    for at in paragraphs {
        let fields = defined(text, *at);
        if fields.is_empty() {
            continue;
        }
        // A list goes on with the next paragraph.
        if last.is_none_or(|last: u32| last + 1 != *at) {
            lists.push(List::new(TableSyntax::Definitions));
        }
        last = Some(*at);
        if let Some(list) = lists.last_mut() {
            list.fields.extend(fields);
        }
    }
    lists
}

/// The fields of a paragraph: a name on a line, then its descriptions.
fn defined(text: &Inlines, block: u32) -> Vec<Field> {
    let Some(BlockKind::Paragraph { text: whole, .. }) =
        text.doc.blocks.get(block as usize).map(|block| &block.kind)
    else {
        return Vec::new();
    };
    let source = text.source;
    let mut lines: Vec<Span> = Vec::new();
    let mut at = whole.span.start;
    for line in whole.span.of(source).split_inclusive('\n') {
        lines.push(Span::new(at, at + line.len() as u32).trimmed(source));
        at += line.len() as u32;
    }
    let describes = |line: &Span| line.of(source).starts_with(": ");
    let mut fields: Vec<Field> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !describes(line) && lines.get(at + 1).is_some_and(describes) {
            let Some((name, ty)) = item::term(&text.doc, source, *whole, *line) else { return Vec::new() };
            let nothing = Span::empty(line.end);
            let mut cells: [Span; COLUMNS] = [name, nothing, nothing, nothing, nothing];
            cells[1] = ty.unwrap_or(nothing);
            fields.push(Field { span: *line, cells, depth: 0, block: Some(block), taken: 0..0 });
        } else if let Some(field) = fields.last_mut() {
            let description = &mut field.cells[COLUMNS - 1];
            let begins =
                if describes(line) { Span::new(line.start + 1, line.end).trimmed(source) } else { *line };
            *description = if description.is_empty() { begins } else { description.to(*line) };
            field.span = field.span.to(*line);
        } else {
            return Vec::new();
        }
    }
    fields
}

/// The lists that `<dt>` and `<dd>` make.
pub(super) fn find_html(text: &Inlines) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    let mut begins = true;
    let paragraph = |at: u32| match text.doc.blocks.get(at as usize).map(|block| &block.kind) {
        Some(BlockKind::Paragraph { text, .. }) => Some(*text),
        _ => None,
    };
    let mut last = 0;
    for (at, term) in text.terms.iter().enumerate() {
        if term.definition || term.first >= term.end {
            continue;
        }
        begins |= term.first != last;
        let Some(whole) = paragraph(term.first) else { continue };
        let Some((name, ty)) = item::term(&text.doc, text.source, whole, whole.span) else { continue };
        let described = text.terms.get(at + 1).filter(|next| next.definition && next.first < next.end);
        let described = described.and_then(|next| Some((next, paragraph(next.first)?)));
        let nothing = Span::empty(whole.span.end);
        let mut cells: [Span; COLUMNS] = [name, ty.unwrap_or(nothing), nothing, nothing, nothing];
        let mut span = whole.span;
        if let Some((_, text)) = described {
            cells[COLUMNS - 1] = text.span;
            span = span.to(text.span);
        }
        last = described.map_or(term.end, |(next, _)| next.end);
        if begins || lists.is_empty() {
            lists.push(List::new(TableSyntax::Definitions));
            begins = false;
        }
        let block = described.map(|(next, _)| next.first);
        if let Some(list) = lists.last_mut() {
            list.fields.push(Field { span, cells, depth: 0, block, taken: term.first..term.first + 1 });
        }
    }
    lists
}
