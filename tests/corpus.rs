//! What is found in the pages that this repository carries, locale by locale.
//!
//! Every line is there because its page's author meant it: `corpus/README.md` says which damage each
//! locale shows. A line that comes or goes wants to be understood before it is accepted
//! (`INSTA_UPDATE=always cargo test --test corpus`).

#![cfg(feature = "cli")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The JSON report on the default input.
fn report() -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args(["check", "--format", "json"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the report is JSON")
}

/// A finding as `--format concise` writes it, and how far its fix can be trusted.
fn line(finding: &Value) -> String {
    let text = |value: &Value| value.as_str().expect("a string").to_owned();
    let start = &finding["start"];
    let mut line = format!(
        "{}:{}:{}: {}[{}] {}",
        text(&finding["path"]),
        start["line"],
        start["column"],
        text(&finding["severity"]),
        text(&finding["rule"]),
        text(&finding["message"]),
    );
    if let Some(safety) = finding["fix"]["safety"].as_str() {
        write!(line, " ({safety} fix)").expect("a String takes all text");
    }
    line
}

#[test]
fn the_findings_are_those_that_the_pages_were_written_to_show() {
    let report = report();
    let mut by_locale: BTreeMap<&str, String> = BTreeMap::new();
    for finding in report["findings"].as_array().expect("a list") {
        let lines = by_locale.entry(finding["locale"].as_str().expect("a locale")).or_default();
        writeln!(lines, "{}", line(finding)).expect("a String takes all text");
    }
    let found: BTreeSet<&str> = by_locale.keys().copied().collect();
    let checked = report["summary"]["locales"].as_array().expect("a list");
    assert_eq!(found, checked.iter().filter_map(Value::as_str).collect(), "a locale shows nothing");
    for (locale, lines) in by_locale {
        insta::assert_snapshot!(locale.to_lowercase().replace('-', "_"), lines);
    }
}

/// What stands in the folder of a locale is a page; what stands beside these folders is not.
#[test]
fn all_pages_and_nothing_else_are_checked_and_understood() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let folders = fs::read_dir(corpus).expect("a folder").map(|entry| entry.expect("an entry").path());
    let pages: usize = folders
        .filter(|path| path.is_dir())
        .map(|folder| fs::read_dir(folder).expect("a folder").count())
        .sum();
    let summary = &report()["summary"];
    assert_eq!(summary["pages"], pages);
    let coverage = &summary["coverage"];
    assert_eq!(coverage["tables_recognized"], coverage["tables"]);
}
