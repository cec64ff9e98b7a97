//! Emphasis marks that translation tools put spaces into: `** bold **` is shown with its asterisks.

use memchr::memchr;

use crate::document::{BlockKind, Inline, Style};
use crate::facts::Page;
use crate::text::Span;

/// Places where a pair of `**` is shown as text because of spaces inside, with what was meant.
pub fn broken(page: &Page) -> Vec<(Span, String)> {
    if !page.document.signs.stars {
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
