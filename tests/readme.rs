//! README and manual: what they say of the rules is what the rules say of themselves, what they show of the program's
//! output is what the program prints, and each command in them runs.
//!
//! `UPDATE_DOCS=1 cargo test readme` writes the pages of the rules anew.

#![cfg(feature = "cli")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use docdrift::finding::Basis;
use docdrift::rules::{self, Rule};

const BEGIN: &str = "<!-- rules:begin -->\n";
const END: &str = "<!-- rules:end -->\n";
const PROGRAM: &str = env!("CARGO_BIN_EXE_docdrift");

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// README and the chapters of the manual, without the pages of the rules.
fn chapters() -> Vec<PathBuf> {
    let files =
        fs::read_dir(root().join("docs/src")).expect("a folder").map(|entry| entry.expect("a file").path());
    let mut chapters: Vec<PathBuf> = files.filter(|path| path.is_file()).collect();
    chapters.push(root().join("README.md"));
    chapters.sort();
    assert!(chapters.len() > 10, "{chapters:?}");
    chapters
}

fn row(rule: &Rule) -> String {
    let bases: Vec<&str> = rule.bases.iter().copied().map(Basis::name).collect();
    let bases = if bases.is_empty() { "-".to_owned() } else { bases.join(", ") };
    let fix = rule.fix.map_or("-", |safety| safety.name());
    let summary = rule.summary().replace('|', "\\|");
    let name = rule.name;
    format!("| [`{name}`](rules/{name}.md) | {} | {bases} | {fix} | {summary} |", rule.severity.name())
}

/// A chapter with other text between the marks.
fn with_generated(path: &Path, generated: &str) -> String {
    let text = read(path);
    let (before, rest) = text.split_once(BEGIN).expect("a line that begins what is generated");
    let (_, after) = rest.split_once(END).expect("a line that ends what is generated");
    format!("{before}{BEGIN}{generated}{END}{after}")
}

/// The files of the manual that are made from the rules, with what they have to hold.
fn generated() -> Vec<(PathBuf, String)> {
    let source = root().join("docs/src");
    let mut table =
        "\n| rule | severity | evidence | fix | what it finds |\n|---|---|---|---|---|\n".to_owned();
    let mut contents = String::new();
    let mut files = Vec::new();
    for rule in rules::all() {
        writeln!(table, "{}", row(rule)).expect("a String takes all text");
        writeln!(contents, "  - [{0}](rules/{0}.md)", rule.name).expect("a String takes all text");
        let page = docdrift::report::manual(rule);
        files.push((source.join("rules").join(format!("{}.md", rule.name)), page));
    }
    table.push('\n');
    for (chapter, generated) in [("rules.md", table), ("SUMMARY.md", contents)] {
        let path = source.join(chapter);
        let text = with_generated(&path, &generated);
        files.push((path, text));
    }
    files
}

#[test]
fn the_pages_of_the_rules_are_up_to_date() {
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    let files = generated();
    let rules: BTreeSet<&Path> = files.iter().map(|(path, _)| path.as_path()).collect();
    for entry in fs::read_dir(root().join("docs/src/rules")).expect("a folder") {
        let path = entry.expect("a file").path();
        if update && !rules.contains(path.as_path()) {
            fs::remove_file(&path).expect("a file is removed");
        }
        assert!(update || rules.contains(path.as_path()), "{} is the page of no rule", path.display());
    }
    for (path, text) in &files {
        if update {
            fs::write(path, text).expect("a file is written");
        }
        let now = fs::read_to_string(path).unwrap_or_default();
        assert!(now == *text, "{} is stale: UPDATE_DOCS=1 cargo test readme", path.display());
    }
}

/// Each block below `<!-- from: ARGUMENTS -->`, up to lines left out, is in what the program prints.
#[test]
fn what_is_shown_is_what_is_printed() {
    let readme = read(&root().join("README.md"));
    let shown = blocks(&readme, "<!-- from: ");
    assert!(!shown.is_empty(), "the README shows nothing");
    for (arguments, pieces) in shown {
        let output = Command::new(PROGRAM)
            .args(arguments.split(' '))
            .current_dir(root())
            .output()
            .expect("the program starts");
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        for piece in pieces {
            assert!(printed.contains(&piece), "{arguments} no longer prints:\n{piece}");
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
fn all_formats_are_listed() {
    let chapter = read(&root().join("docs/src/output.md"));
    let table = chapter.split("| `--format` |").nth(1).expect("a table of formats");
    let lines = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let listed: Vec<&str> = lines.filter_map(|line| line.split('`').nth(1)).collect();
    let wrong = ["check", "--format", "none-of-them", "--color", "never"];
    let output = Command::new(PROGRAM).args(wrong).output().expect("the program starts");
    let message = String::from_utf8(output.stderr).expect("UTF-8");
    let list = message.split("[possible values: ").nth(1).and_then(|rest| rest.split(']').next());
    assert_eq!(listed, list.expect("a list of formats").split(", ").collect::<Vec<_>>());
}

/// A link to another chapter, or to a file of the repository, leads somewhere.
#[test]
fn links_between_chapters_lead_somewhere() {
    let mut seen = 0;
    for chapter in chapters() {
        let text = read(&chapter);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://") && !target.starts_with('#')) {
            let file = target.split('#').next().unwrap_or(target);
            let path = chapter.parent().expect("a folder").join(file);
            assert!(path.exists(), "{}: {target} leads nowhere", chapter.display());
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen} links");
}

fn run(program: &str, arguments: &[&str], folder: &Path) -> Output {
    let done = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("a program starts");
    assert!(done.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    done
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder is made");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("a file").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a file is copied");
        }
    }
}

/// A project as README and manual speak of one: docs in several languages, Rust types, an `OpenAPI` document, git.
fn project() -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("manual-project");
    let _ = fs::remove_dir_all(&place);
    copy(&root().join("corpus"), &place.join("docs"));
    copy(&root().join("src/models"), &place.join("src/models"));
    fs::copy(root().join("tests/spec/cart/openapi.yaml"), place.join("openapi.yaml"))
        .expect("a file is copied");
    for arguments in [
        &["init", "--quiet", "--initial-branch", "main"][..],
        &["add", "."],
        &["-c", "user.name=A", "-c", "user.email=a@host.example", "commit", "--quiet", "--message", "Begin"],
    ] {
        run("git", arguments, &place);
    }
    place
}

/// The command lines of the shell blocks that start with docdrift, alone or behind a pipe.
fn commands(text: &str) -> Vec<String> {
    let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    let lines = blocks.flat_map(str::lines).map(|line| line.split("   #").next().unwrap_or(line).trim());
    lines
        .filter(|line| line.starts_with("docdrift ") || line.contains("| docdrift "))
        .map(str::to_owned)
        .collect()
}

/// Every command of README and manual runs in a project like that: it ends with 0 or 1, never with 2.
#[cfg(unix)]
#[test]
fn every_command_runs() {
    let template = project();
    let mut seen = BTreeSet::new();
    for chapter in chapters() {
        for command in commands(&read(&chapter)) {
            // It never ends by itself.
            if command.contains("--watch") || !seen.insert(command.clone()) {
                continue;
            }
            let place = template.with_file_name("manual-run");
            let _ = fs::remove_dir_all(&place);
            copy(&template, &place);
            let bin = Path::new(PROGRAM).parent().expect("a folder");
            let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
            let done = Command::new("bash")
                .args(["-o", "pipefail", "-c", &command])
                .current_dir(&place)
                .env("PATH", path)
                .stdin(Stdio::null())
                .output()
                .expect("bash starts");
            let message = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(matches!(done.status.code(), Some(0 | 1)), "{}: {command}: {message}", chapter.display());
        }
    }
    assert!(seen.len() > 25, "{} commands", seen.len());
}
