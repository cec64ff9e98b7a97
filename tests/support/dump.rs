//! A document as compact text: what was understood, without byte offsets.

use std::fmt::Write as _;

use docdrift::document::{BlockKind, Document, Half, Inline, Row, Run, Style, View};

/// The whole document, block by block.
pub fn dump(source: &str, doc: &Document) -> String {
    let mut out = String::new();
    for entry in &doc.front_matter {
        line(&mut out, &format!("front {} = {}", entry.key.of(source), entry.value.of(source)));
    }
    for block in &doc.blocks {
        match &block.kind {
            BlockKind::Heading { level, text } => {
                line(&mut out, &format!("h{level} {}", inline(source, doc, *text)));
            }
            BlockKind::Paragraph { text, in_list } => {
                let name = if *in_list { "item" } else { "text" };
                line(&mut out, &format!("{name} {}", inline(source, doc, *text)));
            }
            BlockKind::Table(index) => {
                let table = &doc.tables[*index as usize];
                line(&mut out, &format!("table {:?}, {} columns", table.syntax, table.columns));
                if let Some(header) = table.header {
                    row(&mut out, source, doc, "head", &doc.rows[header as usize]);
                }
                for body in doc.body(table) {
                    row(&mut out, source, doc, "row ", body);
                }
            }
            BlockKind::Code(index) => {
                let code = &doc.codes[*index as usize];
                let state = if code.closed { "" } else { ", unclosed" };
                let info = code.info.of(source);
                line(&mut out, &format!("code [{info}] {} pieces{state}", code.pieces.len()));
                for text in doc.code_text(source, code).lines() {
                    line(&mut out, &format!("    {text}"));
                }
            }
            BlockKind::Html => line(&mut out, &format!("html {:?}", block.span.of(source))),
            BlockKind::Directive => line(&mut out, &format!("directive {:?}", block.span.of(source))),
        }
    }
    for link in &doc.links {
        let kind = if link.image { "image" } else { "link" };
        line(&mut out, &format!("{kind} {:?} -> {}", link.span.of(source), link.target.of(source)));
    }
    for anchor in &doc.anchors {
        line(&mut out, &format!("anchor {}", anchor.name.of(source)));
    }
    for comment in &doc.comments {
        line(
            &mut out,
            &format!("comment {:?} before {:?}", comment.span.of(source), comment.next.of(source)),
        );
    }
    for problem in &doc.problems {
        line(&mut out, &format!("problem {:?} {:?}", problem.kind, problem.span.of(source)));
    }
    out
}

fn line(out: &mut String, text: &str) {
    let _ = writeln!(out, "{}", text.trim_end());
}

fn row(out: &mut String, source: &str, doc: &Document, name: &str, row: &Row) {
    let cells: Vec<String> = doc.row_cells(row).iter().map(|cell| inline(source, doc, *cell)).collect();
    let mut text = format!("  {name} {}", cells.join(" | "));
    if row.written as usize != cells.len() {
        let _ = write!(text, "  ({} written)", row.written);
    }
    if !row.lost.is_empty() {
        let _ = write!(text, "  (lost {:?})", row.lost.of(source));
    }
    line(out, &text);
}

/// Plain runs as they are; others as `{flags "text" markup}`; the replaceable part of a text that is more
/// than its single run after `@`.
fn inline(source: &str, doc: &Document, inline: Inline) -> String {
    let mut out: String = doc.inline_runs(inline).iter().map(|each| run(source, doc, each)).collect();
    if doc.bilingual && doc.inline_runs(inline).iter().any(|run| run.half != Half::Both) {
        let page = doc.text(source, inline, View::Page);
        let other = doc.text(source, inline, View::Source);
        let _ = write!(out, " = {page:?} / {other:?}");
    }
    out
}

fn run(source: &str, doc: &Document, run: &Run) -> String {
    let text = doc.run_text(source, run);
    let mut flags = String::new();
    for (style, flag) in [(Style::CODE, 'c'), (Style::STRONG, 's'), (Style::EMPHASIS, 'e')] {
        if run.style.has(style) {
            flags.push(flag);
        }
    }
    match run.half {
        Half::Both => {}
        Half::Translated => flags.push('T'),
        Half::Source => flags.push('S'),
    }
    if run.link > 0 {
        flags.push('l');
    }
    if run.style.has(Style::BREAK) {
        return "⏎".to_owned();
    }
    if flags.is_empty() && run.outer == run.span && run.literal == 0 {
        return text.to_owned();
    }
    let outer = if run.outer == run.span { "" } else { run.outer.of(source) };
    let from = if run.literal > 0 { format!(" from {:?}", run.span.of(source)) } else { String::new() };
    let within = if outer.is_empty() { String::new() } else { format!(" in {outer}") };
    format!("{{{flags} {text:?}{from}{within}}}").replace("{ ", "{")
}
