//! Real pages, where they lie next to the repository: all of them parse, soundly and fast.
//!
//! `cargo test --test pages parse_corpus -- --nocapture` prints what was found;
//! `cargo test --release --test pages parse_corpus -- --ignored --nocapture` compares the time with bare Markdown.
#![expect(clippy::print_stdout, reason = "says what was skipped, found and measured")]

#[path = "support/check.rs"]
mod check;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use docdrift::document::{Document, Half, Inline, ProblemKind, TableSyntax};
use docdrift::parse;
use pulldown_cmark::{Options, Parser};

/// The pages by path, sorted; none if the folder is absent.
fn pages() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let mut folders = vec![folder.join("bilingual"), folder.join("partner-center")];
    let mut pages = Vec::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.extend(fs::read_to_string(&path).map(|text| (path, text)));
            }
        }
    }
    pages.sort();
    if pages.is_empty() {
        println!("skipped: no pages below {}", folder.display());
    }
    pages
}

/// How many texts have only one of the two halves.
fn half_texts(doc: &Document) -> usize {
    let texts = doc.blocks.iter().filter_map(|block| block.kind.text());
    let lone = |inline: &Inline| {
        let has = |half| doc.inline_runs(*inline).iter().any(|run| run.half == half);
        has(Half::Translated) != has(Half::Source)
    };
    texts.chain(doc.cells.iter().copied()).filter(lone).count()
}

#[test]
fn all_pages_give_sound_documents() {
    let (mut pipe, mut html, mut broken, mut lists, mut pairs, mut problems) = (0, 0, 0, 0, 0, 0);
    for (path, text) in pages() {
        let doc = parse::document(&text);
        check::check(&text, &doc);
        for table in &doc.tables {
            match table.syntax {
                TableSyntax::Pipe => pipe += 1,
                TableSyntax::Html => html += 1,
                TableSyntax::BrokenPipe => broken += 1,
                _ => lists += 1,
            }
        }
        let count = |kind| doc.problems.iter().filter(|problem| problem.kind == kind).count();
        let unpaired = count(ProblemKind::UnpairedSpan) + count(ProblemKind::UnclosedSpan);
        assert!(half_texts(&doc) <= unpaired, "{}: texts without their other half", path.display());
        assert!(doc.bilingual == text.contains("data-ttu-id"), "{}", path.display());
        assert!(doc.front_matter(&text, "title").is_some(), "{}", path.display());
        pairs += text.matches("data-ttu-id").count();
        problems += doc.problems.len();
    }
    println!(
        "{pipe} pipe tables, {html} HTML tables, {broken} broken tables, {lists} lists, {pairs} bilingual pairs, \
         {problems} problems"
    );
}

/// Best of several rounds, so that other work on the machine counts little.
fn seconds(mut round: impl FnMut()) -> f64 {
    let time = |()| {
        let start = Instant::now();
        round();
        start.elapsed().as_secs_f64()
    };
    std::iter::repeat_n((), 15).map(time).fold(f64::INFINITY, f64::min)
}

#[test]
#[ignore = "a measurement; wants a release build and a quiet machine"]
fn parsing_costs_little_more_than_markdown() {
    let pages = pages();
    let options = Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_GFM;
    let mut events = 0;
    let bare = seconds(|| {
        events =
            pages.iter().map(|(_, text)| Parser::new_ext(text, options).into_offset_iter().count()).sum();
    });
    let mut blocks = 0;
    let ours = seconds(|| {
        blocks = pages.iter().map(|(_, text)| parse::document(text).blocks.len()).sum();
    });
    let kilobytes = pages.iter().map(|(_, text)| text.len()).sum::<usize>() / 1000;
    println!(
        "{kilobytes} kB: {events} events in {bare:.4} s, {blocks} blocks in {ours:.4} s, x{:.2}",
        ours / bare
    );
    assert!(pages.is_empty() || ours < 2.0 * bare, "parsing takes {:.2} times bare Markdown", ours / bare);
}
