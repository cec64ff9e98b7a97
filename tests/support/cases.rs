//! Cases kept as data: Markdown files with one case a heading.
//!
//! A case is a heading, blocks of input, and a `text` block with what comes of them. With `UPDATE_CASES=1` the
//! texts are written anew.

use std::fmt::Write;
use std::path::Path;

/// A case.
pub struct Case<'a> {
    #[allow(dead_code, reason = "not every binary names its cases")]
    pub title: &'a str,
    /// What stands behind the opening fence, and the text up to the closing one, line end included.
    pub blocks: Vec<(&'a str, &'a str)>,
}

/// Fails unless `run` gives the text of every case in the files of a folder; there are `least` cases or more.
pub fn hold(folder: &str, least: usize, run: impl Fn(&Case<'_>) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut failures = String::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let (introduction, cases) = text.split_once("\n## ").expect("a case");
        let mut updated = introduction.to_owned();
        for case in cases.split("\n## ") {
            let (before, after) = case.split_once("```text\n").expect("a block with the text");
            let (expected, end) = after.split_at(after.find("```").expect("its end"));
            let title = before.lines().next().unwrap_or_default();
            let found = run(&Case { title, blocks: blocks(before) });
            if found != expected {
                writeln!(failures, "{}: {title}\n{found}", path.display()).unwrap();
            }
            count += 1;
            write!(updated, "\n## {before}```text\n{found}{end}").unwrap();
        }
        if std::env::var_os("UPDATE_CASES").is_some() {
            std::fs::write(&path, updated).unwrap();
        }
    }
    assert!(count >= least, "only {count} cases are found");
    assert!(failures.is_empty(), "{failures}");
}

/// The blocks: a line that starts with a fence opens one, the next such line closes it.
fn blocks(case: &str) -> Vec<(&str, &str)> {
    let mut blocks = Vec::new();
    let mut rest = case;
    while let Some((_, opened)) = rest.split_once("\n```") {
        let (info, inside) = opened.split_once('\n').expect("a line of its own");
        let end = if inside.starts_with("```") { 0 } else { inside.find("\n```").expect("its end") + 1 };
        blocks.push((info, &inside[..end]));
        rest = &inside[end + 3..];
    }
    blocks
}
