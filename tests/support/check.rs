//! What holds for every document, whatever the page.

use docdrift::document::{BlockKind, Document, Half, Inline, Style, View};
use docdrift::text::Span;

/// Fails unless every span of the document lies in the text, on character boundaries, and every index
/// has its target.
pub fn check(source: &str, doc: &Document) {
    let fits = |span: Span, what: &str| {
        assert!(span.start <= span.end, "{what} {span:?} in {source:?}");
        assert!(source.get(span.range()).is_some(), "{what} {span:?} in {source:?}");
    };
    let holds = |inline: Inline, what: &str| {
        fits(inline.span, what);
        assert!(inline.first <= inline.end && inline.end as usize <= doc.runs.len(), "{what} {inline:?}");
        let runs = doc.inline_runs(inline);
        for pair in runs.windows(2) {
            assert!(pair[0].span.end <= pair[1].span.start, "{what}: runs out of order in {source:?}");
        }
        for view in [View::Page, View::Source] {
            let _ = doc.text(source, inline, view);
            fits(doc.text_span(source, inline, view), "text span");
        }
    };
    for entry in &doc.front_matter {
        fits(entry.key, "key");
        fits(entry.value, "value");
    }
    for run in &doc.runs {
        fits(run.span, "run");
        fits(run.outer, "outer");
        assert!(run.outer.contains(run.span), "{run:?} in {source:?}");
        assert!(run.literal as usize <= doc.literals.len() && run.link as usize <= doc.links.len());
        assert!(
            run.style.has(Style::BREAK)
                || run.literal > 0
                || !run.span.is_empty()
                || run.style.has(Style::CODE)
        );
        assert!(doc.bilingual || run.half == Half::Both);
    }
    for block in &doc.blocks {
        fits(block.span, "block");
        match &block.kind {
            BlockKind::Heading { level, text } => {
                assert!((1..=6).contains(level));
                holds(*text, "heading");
            }
            BlockKind::Paragraph { text, .. } => holds(*text, "paragraph"),
            BlockKind::Table(index) => assert!((*index as usize) < doc.tables.len()),
            BlockKind::Code(index) => assert!((*index as usize) < doc.codes.len()),
            BlockKind::Html | BlockKind::Directive => {}
        }
    }
    for pair in doc.blocks.windows(2) {
        assert!(pair[0].span.start <= pair[1].span.start, "block order in {source:?}");
    }
    for table in &doc.tables {
        fits(table.span, "table");
        assert!(table.header.is_none_or(|row| (row as usize) < doc.rows.len()));
        assert!(table.first_row <= table.end_row && table.end_row as usize <= doc.rows.len());
    }
    for row in &doc.rows {
        fits(row.span, "row");
        fits(row.lost, "lost cells");
        assert!(row.first <= row.end && row.end as usize <= doc.cells.len());
        doc.row_cells(row).iter().for_each(|cell| holds(*cell, "cell"));
    }
    for link in &doc.links {
        fits(link.span, "link");
        fits(link.target, "target");
    }
    for anchor in &doc.anchors {
        fits(anchor.span, "anchor");
        assert!(anchor.span.contains(anchor.name));
    }
    for comment in &doc.comments {
        fits(comment.span, "comment");
        fits(comment.next, "what follows a comment");
        assert!(comment.span.end <= comment.next.start, "{comment:?} in {source:?}");
    }
    for problem in &doc.problems {
        fits(problem.span, "problem");
    }
    for code in &doc.codes {
        fits(code.span, "code");
        fits(code.info, "info");
        code.pieces.iter().for_each(|piece| fits(*piece, "piece"));
        let text = doc.code_text(source, code);
        let whole = code.to_source(Span::new(0, text.len() as u32));
        fits(whole, "code text");
        assert!(text.is_empty() || code.span.contains(whole), "{code:?} in {source:?}");
    }
}
