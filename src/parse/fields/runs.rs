//! Cells cut out of the runs of paragraphs.

use super::List;
use crate::document::{BlockKind, Document, Inline, Run, Style};
use crate::parse::inline::Inlines;
use crate::text::Span;

/// Splits the runs of a page where a cell of `lists` begins or ends within one, adds `extra` runs in page order, and keeps
/// all that counts runs right.
pub(super) fn cut(text: &mut Inlines, lists: &[List], extra: &[Run]) {
    let fields = lists.iter().flat_map(|list| &list.fields);
    let cells =
        fields.flat_map(|field| field.cells).chain(lists.iter().filter_map(|list| list.header).flatten());
    let mut cells: Vec<Span> = cells.filter(|cell| !cell.is_empty()).collect();
    cells.sort_unstable();
    let doc = &mut text.doc;
    let old = std::mem::take(&mut doc.runs);
    // Where each run is now, and where it ends.
    let mut places = Vec::with_capacity(old.len() + 1);
    let mut ends = Vec::with_capacity(old.len());
    let mut at = 0;
    let mut extra = extra.iter().peekable();
    for run in old {
        while let Some(more) = extra.next_if(|more| more.span.start < run.span.start) {
            doc.runs.push(*more);
        }
        places.push(doc.runs.len() as u32);
        while cells.get(at).is_some_and(|cell| cell.end <= run.span.start) {
            at += 1;
        }
        if !is_divisible(&run) {
            doc.runs.push(run);
            ends.push(doc.runs.len() as u32);
            continue;
        }
        let mut from = run.span.start;
        for cell in cells[at..].iter().take_while(|cell| cell.start < run.span.end) {
            for to in [cell.start, cell.end] {
                if from < to && to < run.span.end {
                    doc.runs.push(piece(&run, from, to));
                    from = to;
                }
            }
        }
        doc.runs.push(if from == run.span.start { run } else { piece(&run, from, run.span.end) });
        ends.push(doc.runs.len() as u32);
    }
    places.push(doc.runs.len() as u32);
    doc.runs.extend(extra);
    let moved = |inline: &mut Inline| {
        let place = |at: u32| places.get(at as usize).or(places.last()).copied().unwrap_or(at);
        let last = inline.end.checked_sub(1).filter(|last| *last >= inline.first);
        let end = last.and_then(|last| ends.get(last as usize).copied());
        inline.first = place(inline.first);
        inline.end = end.unwrap_or(inline.first);
    };
    for block in &mut doc.blocks {
        match &mut block.kind {
            BlockKind::Heading { text, .. } | BlockKind::Paragraph { text, .. } => moved(text),
            _ => {}
        }
    }
    doc.cells.iter_mut().for_each(moved);
}

/// Whether a run may be cut: code and what stands for something else stay whole.
pub(super) fn is_divisible(run: &Run) -> bool {
    run.literal == 0 && !run.style.has(Style::CODE) && !run.style.has(Style::BREAK)
}

/// A part of a run. Markup around the whole is not around it.
fn piece(run: &Run, from: u32, to: u32) -> Run {
    let span = Span::new(from, to);
    Run { span, outer: span, ..*run }
}

/// The runs that lie in a cell.
pub(super) fn inline(doc: &Document, cell: Span) -> Inline {
    let first = doc.runs.partition_point(|run| run.span.start < cell.start);
    let count = doc.runs[first..].partition_point(|run| run.span.start < cell.end);
    let end = if cell.is_empty() { first } else { first + count };
    Inline { span: cell, first: first as u32, end: end as u32 }
}
