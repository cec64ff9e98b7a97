//! Emphasis marks that translation tools put spaces into: `** bold **` is shown with its asterisks.

use memchr::memchr;
use memchr::memmem::Finder;

use crate::document::{BlockKind, Inline, Style};
use crate::facts::Page;
use crate::text::Span;

/// Places where a pair of `**` is shown as text because of spaces inside, with what was meant.
pub fn broken(page: &Page) -> Vec<(Span, String)> {
    if !shows_stars(page) {
        return Vec::new();
    }
    let document = &page.document;
    let mut found = Vec::new();
    let inlines = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Heading { text, .. } | BlockKind::Paragraph { text, .. } => Some(*text),
            _ => None,
        })
        .chain(document.cells.iter().copied());
    for inline in inlines {
        in_inline(page, inline, &mut found);
    }
    found.sort_by_key(|(span, _)| *span);
    found
}

/// Whether any text has two asterisks that are shown. One look at the page is cheaper than one at each run.
fn shows_stars(page: &Page) -> bool {
    let bytes = page.source.text.as_bytes();
    let marks = Finder::new("**");
    let mut runs = page.document.runs.as_slice();
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| marks.find(rest)) {
        // Runs are in page order, and marks that mean something stand between them.
        let before = runs.iter().take_while(|run| run.span.end as usize <= from + at).count();
        runs = &runs[before..];
        let [run, later @ ..] = runs else { return false };
        let (start, end) = (run.span.start as usize, run.span.end as usize);
        if start <= from + at + 1 {
            return true;
        }
        // What is emphasized is short, and the marks behind it mean something too.
        let is_closed = bytes.get(start..end).is_some_and(|shown| !shown.contains(&b'*'))
            && bytes.get(end..end + 2) == Some(b"**")
            && later.first().is_none_or(|run| run.span.start as usize >= end + 2);
        from = if is_closed { end + 2 } else { start };
    }
    false
}

fn in_inline(page: &Page, inline: Inline, found: &mut Vec<(Span, String)>) {
    let text = page.source.text.as_str();
    for run in page.document.inline_runs(inline) {
        if run.style.has(Style::CODE) || run.literal != 0 {
            continue;
        }
        let shown = run.span.of(text);
        let mut rest = 0;
        while let Some(open) = stars(shown, rest) {
            let Some(close) = stars(shown, open + 2) else { break };
            let inner = &shown[open + 2..close];
            let meant = inner.trim();
            if inner.len() > meant.len()
                && !meant.is_empty()
                && !meant.contains(['*', '\n'])
                && meant.len() < 80
            {
                let start = run.span.start + open as u32;
                let span = Span::new(start, start + (close + 2 - open) as u32);
                found.push((span, format!("**{meant}**")));
                rest = close + 2;
            } else {
                rest = open + 2;
            }
        }
    }
}

/// Where the next `**` at or after byte `from` stands. Hardly any run has an asterisk at all.
fn stars(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += memchr(b'*', &bytes[at..])?;
        if bytes.get(at + 1) == Some(&b'*') {
            return Some(at);
        }
        at += 1;
    }
}
