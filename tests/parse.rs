//! The parse room: each page in `tests/parse` against the document it gives, and the traps of its syntax.

#[path = "support/dump.rs"]
mod dump;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use docdrift::document::{BlockKind, Document, Half, ProblemKind, Style, Table, TableSyntax, View};
use docdrift::parse;
use docdrift::text::Span;
use dump::dump;

fn cases() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parse");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| (name(path), fs::read_to_string(path).expect("a case"))).collect()
}

#[test]
fn pages_give_their_documents() {
    for (name, text) in cases() {
        insta::assert_snapshot!(name, dump(&text, &parse::document(&text)));
    }
}

/// Line ends change nothing but the bytes between lines.
#[test]
fn windows_line_ends_give_the_same_documents() {
    for (name, text) in cases() {
        let text = text.replace("\r\n", "\n");
        let windows = text.replace('\n', "\r\n");
        let unified = dump(&windows, &parse::document(&windows)).replace("\\r\\n", "\\n").replace('\r', "");
        assert_eq!(unified, dump(&text, &parse::document(&text)), "{name}");
    }
}

/// Texts of the blocks that have one.
fn texts(source: &str, doc: &Document) -> Vec<String> {
    let texts = doc.blocks.iter().filter_map(|block| block.kind.text());
    texts.map(|text| doc.text(source, text, View::Page).into_owned()).collect()
}

/// The bytes of each body cell, row by row.
fn cells<'a>(source: &'a str, doc: &Document, table: &Table) -> Vec<Vec<&'a str>> {
    let row = |row| doc.row_cells(row).iter().map(|cell| cell.span.of(source)).collect();
    doc.body(table).iter().map(row).collect()
}

fn problems(doc: &Document) -> Vec<ProblemKind> {
    doc.problems.iter().map(|problem| problem.kind).collect()
}

/// Trap 1: with heading attributes on, `{id}` would leave the heading.
#[test]
fn headings_keep_placeholders() {
    let source = "## GET /customers/{id}\n\n## Carts {#carts}\n\n## {#only}\n";
    let doc = parse::document(source);
    assert_eq!(texts(source, &doc), ["GET /customers/{id}", "Carts", ""]);
    let names: Vec<_> = doc.anchors.iter().map(|anchor| anchor.name.of(source)).collect();
    assert_eq!(names, ["carts", "only"]);
}

/// Traps 2 and 3: what Markdown drops from long rows and adds to short ones.
#[test]
fn rows_tell_how_they_were_written() {
    let source = "|a|b|\n|-|-|\n|1|2|3 \\| 3|4|\n|1|\n||\n|1|2| |\n|1|2\n";
    let doc = parse::document(source);
    let rows = doc.body(&doc.tables[0]);
    assert_eq!(rows.iter().map(|row| row.written).collect::<Vec<_>>(), [4, 1, 1, 3, 2]);
    assert_eq!(rows[0].lost.of(source), "3 \\| 3|4");
    assert!(rows[1..].iter().all(|row| row.lost.is_empty()));
    assert!(rows.iter().all(|row| doc.row_cells(row).len() == 2));
    assert!(doc.row_cells(&rows[1])[1].span.is_empty());
    assert_eq!(problems(&doc), [ProblemKind::LostCells, ProblemKind::ShortRow, ProblemKind::ShortRow]);
}

/// Trap 4: a delimiter row that is none makes a paragraph of the table.
#[test]
fn damaged_delimiter_rows_still_make_tables() {
    let delimiters =
        ["|---|", "|---|---|---|", "|：--|--：|", "|—|—|", "｜---｜---｜", "| -- -- |", "|:-:|:‑:|"];
    for delimiter in delimiters {
        let source = format!("Lead.\n\n| Name | Type |\n{delimiter}\n| **id** | string |\n\nAfter.\n");
        let doc = parse::document(&source);
        let [table] = doc.tables.as_slice() else { panic!("{delimiter}: {doc:?}") };
        assert_eq!(table.syntax, TableSyntax::BrokenPipe, "{delimiter}");
        assert_eq!(cells(&source, &doc, table)[0][..2], ["**id**", "string"], "{delimiter}");
        assert_eq!(doc.row_cells(&doc.rows[0])[0].span.of(&source), "Name", "{delimiter}");
        assert!(problems(&doc).contains(&ProblemKind::BrokenDelimiter), "{delimiter}");
        assert_eq!(texts(&source, &doc), ["Lead.", "After."], "{delimiter}");
    }
}

/// The rest of a table behind a blank line belongs to it; so do cells parted by full-width pipes.
#[test]
fn torn_tables_are_mended() {
    let source = "| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n\n\n| 5 ｜ 6 |\n";
    let doc = parse::document(source);
    let [table] = doc.tables.as_slice() else { panic!("{doc:?}") };
    assert_eq!(cells(source, &doc, table), [["1", "2"], ["3", "4"], ["5", "6"]]);
    assert_eq!(table.span, Span::new(0, source.trim_end().len() as u32));
    let source = "| a | b |\n|---|---|\n| 1 ｜ 2 |\n";
    let doc = parse::document(source);
    assert_eq!(cells(source, &doc, &doc.tables[0]), [["1", "2"]]);
    let apart = "| a | b |\n|---|---|\n| 1 | 2 |\n\nText.\n\n| 3 | 4 |\n";
    assert_eq!(parse::document(apart).tables.len(), 2);
}

/// The other side of trap 4: pipes in prose are no table.
#[test]
fn prose_with_pipes_stays_prose() {
    let prose = [
        "**Applies to**: A | B | C",
        "a || b\nand so on",
        "| alone",
        "x | y\n- z | w",
        "Either a|b\n— or c|d —",
        "- A | B\n- C | D",
        "> A | B\n> C",
    ];
    for source in prose {
        assert_eq!(parse::document(source).tables, [], "{source}");
    }
}

/// Trap 5: cells without their padding, with Windows line ends too.
#[test]
fn cells_are_trimmed() {
    let source = "|  Name\u{A0}| Type |\r\n|---|---|\r\n|  `id`  |\u{200B}string |\r\n";
    let doc = parse::document(source);
    assert_eq!(cells(source, &doc, &doc.tables[0]), [["`id`", "string"]]);
    assert_eq!(doc.rows[1].span.of(source), "|  `id`  |\u{200B}string |");
}

/// Trap 6: an escaped pipe in a code span reads without its backslash, and keeps it in its bytes.
#[test]
fn escaped_pipes_in_code_read_right() {
    let source = "|a|\n|-|\n|`x\\|y`|\n";
    let doc = parse::document(source);
    let cell = doc.row_cells(&doc.rows[1])[0];
    let [run] = doc.inline_runs(cell) else { panic!("{doc:?}") };
    assert_eq!(
        (doc.run_text(source, run), run.span.of(source), run.outer.of(source)),
        ("x|y", "x\\|y", "`x\\|y`")
    );
    assert!(run.style.has(Style::CODE));
}

/// Traps 7 and 8: front matter behind junk, and spans of the whole text.
#[test]
fn front_matter_is_found_behind_junk() {
    for junk in ["", "\u{FEFF}", "?", "\n\n", "\u{FEFF}\r\n"] {
        let source = format!("{junk}---\ntitle: \"A: b\"\nlang: fr\n---\n# One\n");
        let doc = parse::document(&source);
        assert_eq!(doc.front_matter(&source, "title"), Some("A: b"), "{junk:?}");
        assert_eq!(doc.front_matter(&source, "lang"), Some("fr"), "{junk:?}");
        assert_eq!(texts(&source, &doc), ["One"], "{junk:?}");
        let start = doc.blocks[0].span.start as usize;
        assert_eq!(&source[start..], "# One\n", "{junk:?}");
    }
}

/// The option for front matter would also take it from between any two rules.
#[test]
fn rules_within_a_page_are_no_front_matter() {
    let source = "Text.\n\n---\nkey: value\n\n---\n\nMore.\n";
    assert_eq!(texts(source, &parse::document(source)), ["Text.", "key: value", "More."]);
}

/// Trap 9: an HTML table goes on behind a blank line.
#[test]
fn html_tables_cross_blank_lines() {
    let source = "<table>\n<tr><th>Name</th></tr>\n\n    <tr>\n\n    <td>id</td></tr>\n</table>\nAfter.\n";
    let doc = parse::document(source);
    let [table] = doc.tables.as_slice() else { panic!("{doc:?}") };
    assert_eq!((table.syntax, table.header), (TableSyntax::Html, Some(0)));
    assert_eq!(cells(source, &doc, table), [["id"]]);
    assert_eq!(doc.codes, []);
}

/// Trap 10: halves are told by tags around any markup, in every kind of block.
#[test]
fn every_block_keeps_both_halves() {
    let pair = "<span data-ttu-id=\"1\">**x** `c`</span><span class=\"sxs-lookup\"><span data-stu-id=\"1\">*y* [l](t)</span></span>";
    let wraps = [
        "# {}",
        "{}",
        "- {}",
        "> {}",
        "| {} |\n|---|",
        "|{}|",
        "<p>{}</p>",
        "<table><tr><td>{}</td></tr></table>",
        "a<br/>{}",
    ];
    for wrap in wraps {
        let source = wrap.replace("{}", pair);
        let doc = parse::document(&source);
        let text = |half| -> String {
            let runs = doc.runs.iter().filter(|run| run.half == half);
            runs.map(|run| doc.run_text(&source, run)).collect::<String>().replace(['*', '`'], "")
        };
        assert_eq!(text(Half::Translated), "x c", "{source}");
        assert!(text(Half::Source).starts_with("y "), "{source}");
        assert!(doc.bilingual && doc.problems.is_empty() || wrap == "|{}|", "{source}: {:?}", doc.problems);
    }
}

/// Some translated blocks lack an end tag: the next block must not suffer.
#[test]
fn an_unclosed_half_ends_with_its_block() {
    let source =
        "<span data-ttu-id=\"1\">open\n\nplain\n\n| a | b |\n|---|---|\n| <span data-ttu-id=\"2\">x | y |\n";
    let doc = parse::document(source);
    let half = |text: &str| doc.runs.iter().find(|run| run.span.of(source) == text).map(|run| run.half);
    assert_eq!(half("open"), Some(Half::Translated));
    assert_eq!(half("plain"), Some(Half::Both));
    assert_eq!((half("x"), half("y")), (Some(Half::Translated), Some(Half::Both)));
    let unclosed = problems(&doc).iter().filter(|kind| **kind == ProblemKind::UnclosedSpan).count();
    assert_eq!(unclosed, 2);
}

/// Trap 11: code in a list lies in pieces; places in its text are places in the page.
#[test]
fn code_in_lists_maps_back_to_the_page() {
    for end in ["\n", "\r\n"] {
        let source = ["1. Step", "", "   ```json", "   {", "     \"a\": 1", "   }", "   ```", ""].join(end);
        let doc = parse::document(&source);
        let code = &doc.codes[0];
        let text = doc.code_text(&source, code);
        assert_eq!(text.replace('\r', ""), "{\n  \"a\": 1\n}\n");
        let at = text.find("\"a\"").expect("the key") as u32;
        assert_eq!(code.to_source(Span::new(at, at + 3)).of(&source), "\"a\"");
        assert_eq!(doc.code_language(&source, code), "json");
        assert!(code.closed);
    }
}

/// Windows line ends part the parser's text events, not the code.
#[test]
fn code_is_one_piece() {
    let source = "```http\r\nGET /v1\r\n\r\nHost: x\r\n```\r\n";
    let doc = parse::document(source);
    assert_eq!(doc.codes[0].pieces.len(), 1);
    assert_eq!(doc.code_text(source, &doc.codes[0]), "GET /v1\r\n\r\nHost: x\r\n");
}

/// A hidden fence alone stays text: as a fence it would swallow the rest of the page.
#[test]
fn a_lone_hidden_fence_opens_nothing() {
    let source = "\u{200B}```json\n\n# Heading\n";
    let doc = parse::document(source);
    assert_eq!(doc.codes, []);
    assert_eq!(texts(source, &doc).last().map(String::as_str), Some("Heading"));
}

/// Trap 12: the marker of a note has no event, other lines are text to Markdown.
#[test]
fn docfx_lines_are_no_text() {
    let source = "> [!NOTE]\n> Mind.\n\n[!INCLUDE [a](b.md)]\n\n:::zone\n\n# [T](#tab/t)\n\n> [!div class=\"x\"]\n> y\n";
    let doc = parse::document(source);
    assert_eq!(texts(source, &doc), ["Mind.", "y"]);
    assert_eq!(doc.blocks.iter().filter(|block| block.kind == BlockKind::Directive).count(), 5);
}

/// Trap 13: text that the parser hands out in pieces is one run where it is one in the page.
#[test]
fn neighbouring_text_is_one_run() {
    let source = "a _b [c] d! e*f";
    let doc = parse::document(source);
    assert_eq!(doc.runs.iter().map(|run| run.span.of(source)).collect::<Vec<_>>(), [source]);
    let source = "x\\{y\\} &amp; z";
    let doc = parse::document(source);
    assert_eq!(texts(source, &doc), ["x{y} & z"]);
}

/// What a fix replaces: whole markup, or its inside where that holds all of the text.
#[test]
fn text_spans_keep_markup_balanced() {
    let spans = [
        ("**GET**", "GET"),
        ("`id`", "id"),
        ("[*x*](y)/z", "[*x*](y)/z"),
        ("a *b* c", "a *b* c"),
        ("**a** and **b**", "**a** and **b**"),
        ("<a name=\"n\"></a>title", "title"),
        ("<b>x</b> y", "<b>x</b> y"),
    ];
    for (source, expected) in spans {
        let doc = parse::document(source);
        let BlockKind::Paragraph { text, .. } = doc.blocks[0].kind else { panic!("{source}: {doc:?}") };
        assert_eq!(doc.text_span(source, text, View::Page).of(source), expected, "{source}");
    }
}

#[test]
fn spanned_cells_stand_in_every_row_and_column() {
    let source = "<table><tr><th>a<th>b<th>c<tr><td rowspan=2>1<td colspan=2>2<tr><td>3<td>4<tr><td rowspan=99999999999>5</table>";
    let doc = parse::document(source);
    assert_eq!(cells(source, &doc, &doc.tables[0]), [["1", "2", "2"], ["1", "3", "4"], ["5", "", ""]]);
}

#[test]
fn whole_html_pages_are_told_by_their_start() {
    for start in ["<!DOCTYPE html>", "\u{FEFF}\n<HTML>", "<?xml version=\"1.0\"?><!-- c -->\n<!doctype HTML>"]
    {
        let source = format!("{start}<h1>One</h1>\n\n    <p>two");
        let doc = parse::document(&source);
        assert_eq!(texts(&source, &doc), ["One", "two"], "{start}");
    }
    let source = "<p>not a page</p>\n\n# Heading\n";
    assert_eq!(texts(source, &parse::document(source)), ["not a page", "Heading"]);
}

/// Code of an HTML page reads without entities, and maps back to the bytes they stand for.
#[test]
fn html_code_maps_back_through_entities() {
    let source = "<html><pre>\n{ &quot;a&quot;: 1 }</pre>";
    let doc = parse::document(source);
    let code = &doc.codes[0];
    let text = doc.code_text(source, code);
    assert_eq!(text, "{ \"a\": 1 }");
    assert_eq!(code.to_source(Span::new(2, 5)).of(source), "&quot;a&quot;");
    assert_eq!(code.to_source(Span::new(3, 4)).of(source), "a");
}

/// Hostile pages: twice the page, about twice the time.
#[test]
fn time_grows_with_size_only() {
    type Shape = fn(usize) -> String;
    let shapes: [(&str, Shape); 26] = [
        ("quotes", |n| ">".repeat(n)),
        ("brackets", |n| "[".repeat(n)),
        ("images", |n| "![".repeat(n / 2)),
        ("links", |n| "[a](".repeat(n / 4)),
        ("stars", |n| "*".repeat(n)),
        ("emphasis", |n| "*a **b ".repeat(n / 7)),
        ("ticks", |n| "`a ``".repeat(n / 5)),
        ("one line", |n| "word ".repeat(n / 5)),
        ("long table", |n| format!("|a|b|\n|-|-|\n{}", "|1|2|\n".repeat(n / 6))),
        ("long rows", |n| format!("|a|b|\n|-|-|\n{}", "|1".repeat(n / 2))),
        ("wide header", |n| {
            format!("{}|\n{}|\n{}", "|a".repeat(n / 8), "|-".repeat(n / 8), "|x\n".repeat(n / 8))
        }),
        ("broken table", |n| format!("|a|b|\n|—|—|\n{}", "|1|2|\n".repeat(n / 6))),
        ("broken wide", |n| format!("{}|\n|—|\n{}", "|a".repeat(n / 4), "|x\n".repeat(n / 6))),
        ("pipe lines", |n| "x\n-|\n".repeat(n / 5)),
        ("halves", |n| "<span data-ttu-id=\"1\">a".repeat(n / 23)),
        ("plain spans", |n| {
            format!("{}{}", "<span>".repeat(n / 12), "<span data-stu-id=1></span>".repeat(n / 54))
        }),
        ("elements", |n| "<b>a</i>".repeat(n / 8)),
        ("open tables", |n| "<table>\n".repeat(n / 8)),
        ("tables", |n| "<table><tr><td>a</table>\n\n".repeat(n / 26)),
        ("deep HTML", |n| format!("<html>{}", "<div>".repeat(n / 5))),
        ("HTML paragraphs", |n| format!("<html>{}", "<b><p>a".repeat(n / 7))),
        ("spanning cells", |n| {
            format!("<html><table>{}", "<tr><td rowspan=1000 colspan=1000>a".repeat(n / 35))
        }),
        ("open quotes", |n| format!("<html>{}", "<a b=\"".repeat(n / 6))),
        ("ampersands", |n| format!("<html>{}", "&amp".repeat(n / 4))),
        ("blank characters", |n| "\u{200B}\n\u{A0}".repeat(n / 6)),
        ("hidden fences", |n| "\u{200B}```\na\n".repeat(n / 9)),
    ];
    for (name, shape) in shapes {
        let time = |size: usize| {
            let page = shape(size);
            let start = Instant::now();
            let doc = parse::document(&page);
            (start.elapsed().as_secs_f64(), doc.cells.len())
        };
        let (short, _) = time(50_000);
        let (long, cells) = time(200_000);
        assert!(long < 0.3 + 10.0 * short, "{name}: {short} s, four times the size {long} s");
        assert!(cells < 700_000, "{name}: {cells} cells");
    }
}
