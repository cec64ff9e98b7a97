//! `DocFX` lines that are no text of the page: `[!INCLUDE ..]`, `[!NOTE]`, `:::zone`, tab headings.
//!
//! Translation reaches into them (`[! Obs]`, `[!OPMERKING]`), so their shape tells them, not their words.

use super::inline::Inlines;
use crate::document::{Block, BlockKind, Inline, Style};
use crate::text::{Span, is_blank};

/// Whether a line that begins with `line` may be a directive. Cheap: called for every line of every
/// paragraph.
pub(super) fn may_begin(line: &str) -> bool {
    line.starts_with("[!") || line.starts_with(":::")
}

/// Takes the directives out of a paragraph. Returns the text that is left, if any.
pub(super) fn take(text: &mut Inlines, inline: Inline, in_list: bool) -> Option<Inline> {
    let source = text.source;
    let (mut from, mut run) = (inline.span.start, inline.first);
    let mut left: Option<Inline> = None;
    while from < inline.span.end {
        let (end, next_run) = line_end(text, run, inline);
        let line = Span::new(from, end).trimmed(source);
        let next = text.doc.runs.get(next_run as usize).filter(|_| next_run < inline.end);
        let next_start = next.map_or(inline.span.end, |run| run.outer.start.max(end));
        if is_directive(line.of(source)) {
            if let Some(left) = left.take() {
                let kind = BlockKind::Paragraph { text: left, in_list };
                text.doc.blocks.push(Block { span: left.span, kind });
            }
            text.doc.blocks.push(Block { span: line, kind: BlockKind::Directive });
        } else if !line.is_empty() {
            let first = left.map_or(run, |left| left.first);
            let span = left.map_or(line, |left| left.span.to(line));
            let last_run = if next_run < inline.end { next_run - 1 } else { inline.end };
            left = Some(Inline { span, first, end: last_run.max(first) });
        }
        from = next_start.max(end);
        run = next_run;
        if next_run >= inline.end {
            break;
        }
    }
    left
}

/// Whether a heading is a tab: `# [Text](#tab/id)`.
pub(super) fn is_tab(text: &Inlines, heading: Inline) -> bool {
    let runs = text.doc.inline_runs(heading);
    let Some(first) = runs.first().filter(|run| run.link > 0) else { return false };
    let link = text.doc.links[first.link as usize - 1];
    runs.iter().all(|run| run.link == first.link) && link.target.of(text.source).starts_with("#tab/")
}

/// Where the line that begins with run `run` ends, and the first run after it.
fn line_end(text: &Inlines, run: u32, inline: Inline) -> (u32, u32) {
    let runs = &text.doc.runs[run as usize..inline.end as usize];
    match runs.iter().position(|run| run.style.has(Style::BREAK)) {
        Some(at) => (runs[at].span.start, run + at as u32 + 1),
        None => (inline.span.end, inline.end),
    }
}

/// `[!WORD ..]` alone on its line, or a line that begins with `:::`.
fn is_directive(line: &str) -> bool {
    if let Some(inside) = line.strip_prefix("[!") {
        let word = inside.trim_start_matches(is_blank).chars().next();
        return word.is_some_and(char::is_alphabetic) && inside.ends_with(']');
    }
    line.starts_with(":::")
}
