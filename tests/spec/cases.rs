//! Rust source in, schema out: the cases of `cases/*.md`.
//!
//! A case is a heading, a block of Rust, and a block with the dump. With `UPDATE_CASES=1` the dumps are
//! written anew.

use std::fmt::Write;
use std::path::Path;

use docdrift::schema::SpecFile;
use docdrift::spec;

use crate::dump::dump;

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec/cases");
    let mut failures = String::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut updated = String::new();
        for case in text.split_inclusive("\n```\n\n## ").collect::<Vec<_>>() {
            let (before, after) = case.split_once("```text\n").expect("a block with the dump");
            let (expected, end) = after.split_at(after.find("```").expect("its end"));
            let (title, rest) = before.split_once("```rust\n").expect("a block of Rust");
            let source = rest.split_once("```\n").expect("its end").0;
            let found = dump(&read(source));
            if found != expected {
                let title = title.trim().trim_start_matches(['#', ' ']);
                writeln!(failures, "{}: {title}\n{found}", path.display()).unwrap();
            }
            count += 1;
            write!(updated, "{before}```text\n{found}{end}").unwrap();
        }
        if std::env::var_os("UPDATE_CASES").is_some() {
            std::fs::write(&path, updated).unwrap();
        }
    }
    assert!(count > 20, "the cases are found");
    assert!(failures.is_empty(), "{failures}");
}

/// `// file: path` starts a further file.
fn read(source: &str) -> docdrift::schema::Schema {
    let mut files = vec![SpecFile { path: "a.rs".into(), text: String::new() }];
    for line in source.split_inclusive('\n') {
        if let Some(path) = line.strip_prefix("// file: ") {
            files.push(SpecFile { path: path.trim().into(), text: String::new() });
        } else {
            files.last_mut().unwrap().text.push_str(line);
        }
    }
    spec::rust(files)
}
