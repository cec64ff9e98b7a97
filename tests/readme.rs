//! What the README says of the rules is what the rules say of themselves, and what it shows of the program's
//! output is what the program prints.
//!
//! `UPDATE_README=1 cargo test --test readme` writes the table anew.

#![cfg(feature = "cli")]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use docdrift::finding::Basis;
use docdrift::rules::{self, Rule};

const BEGIN: &str = "<!-- rules:begin -->\n";
const END: &str = "<!-- rules:end -->\n";

fn row(rule: &Rule) -> String {
    let bases: Vec<&str> = rule.bases.iter().copied().map(Basis::name).collect();
    let bases = if bases.is_empty() { "-".to_owned() } else { bases.join(", ") };
    let fix = rule.fix.map_or("-", |safety| safety.name());
    let summary = rule.summary().replace('|', "\\|");
    format!("| `{}` | {} | {bases} | {fix} | {summary} |", rule.name, rule.severity.name())
}

#[test]
fn the_table_of_rules_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).expect("there is a README");
    let mut table =
        "\n| rule | severity | who vouches | fix | what it finds |\n|---|---|---|---|---|\n".to_owned();
    for rule in rules::all() {
        writeln!(table, "{}", row(rule)).expect("a String takes all text");
    }
    table.push('\n');

    let (before, rest) = readme.split_once(BEGIN).expect("a line that begins the table");
    let (now, after) = rest.split_once(END).expect("a line that ends the table");
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).expect("the README is written");
        return;
    }
    assert!(
        now == table,
        "the table of rules in README.md is stale: UPDATE_README=1 cargo test --test readme"
    );
}

/// Each block below `<!-- from: ARGUMENTS -->`, up to lines left out, is in what the program prints.
#[test]
fn what_is_shown_is_what_is_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("there is a README");
    let shown = blocks(&readme, "<!-- from: ");
    assert!(!shown.is_empty(), "the README shows nothing");
    for (arguments, pieces) in shown {
        let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
            .args(arguments.split(' '))
            .current_dir(root)
            .output()
            .expect("the program starts");
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        for piece in pieces {
            assert!(printed.contains(&piece), "{arguments} no longer prints:\n{piece}");
        }
    }
}

/// Each block below `<!-- of: FILE -->`, up to lines left out, is in that file.
#[test]
fn what_is_shown_of_a_file_is_in_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("there is a README");
    let shown = blocks(&readme, "<!-- of: ");
    assert!(!shown.is_empty(), "the README shows nothing");
    for (file, pieces) in shown {
        let text = fs::read_to_string(root.join(file)).expect("a file");
        for piece in pieces {
            assert!(text.contains(&piece), "{file} no longer has:\n{piece}");
        }
    }
}

/// The blocks below comments that begin so: what the comment goes on with, and the pieces between lines left out.
fn blocks<'r>(readme: &'r str, begin: &str) -> Vec<(&'r str, Vec<String>)> {
    let block = |part: &'r str| {
        let (about, part) = part.split_once(" -->\n").expect("a comment of one line");
        let mut lines = part.lines();
        assert!(lines.next().is_some_and(|line| line.starts_with("```")), "{about}: no block follows");
        let block: Vec<&str> = lines.take_while(|line| *line != "```").collect();
        let pieces = block.split(|line| matches!(*line, "…" | "")).map(|piece| piece.join("\n"));
        (about, pieces.collect())
    };
    readme.split(begin).skip(1).map(block).collect()
}

/// Each format has its line in the table of formats, in the order of the help.
#[test]
fn all_formats_are_told() {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("a README");
    let table = readme.split("| `--format` |").nth(1).expect("a table of formats");
    let lines = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let told: Vec<&str> = lines.filter_map(|line| line.split('`').nth(1)).collect();
    let wrong = ["check", "--format", "none-of-them", "--color", "never"];
    let output =
        Command::new(env!("CARGO_BIN_EXE_docdrift")).args(wrong).output().expect("the program starts");
    let message = String::from_utf8(output.stderr).expect("UTF-8");
    let list = message.split("[possible values: ").nth(1).and_then(|rest| rest.split(']').next());
    assert_eq!(told, list.expect("a list of formats").split(", ").collect::<Vec<_>>());
}
