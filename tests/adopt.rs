//! Adoption on a legacy tree, step by step as a user takes it: on the pages of this repository, and on a part of the
//! real ones where they lie next to it.

#![cfg(feature = "cli")]
// A test that is skipped says so.
#![allow(clippy::print_stdout)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A tree that docdrift comes to, in a folder of its own.
struct Tree {
    root: PathBuf,
}

impl Drop for Tree {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

impl Tree {
    /// A copy of some pages of each locale: those of the first locale that come first, and their translations.
    fn copy(name: &str, from: &Path, locales: &[&str], pages: usize) -> Self {
        let root = std::env::temp_dir().join(format!("docdrift-adopt-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        let mut chosen = Vec::new();
        list(&from.join(locales[0]), Path::new(""), &mut chosen);
        chosen.sort();
        chosen.truncate(pages);
        for locale in locales {
            for page in &chosen {
                let source = from.join(locale).join(page);
                let target = root.join("docs").join(locale).join(page);
                if let Ok(text) = fs::read(&source) {
                    fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
                    fs::write(target, text).expect("a page is copied");
                }
            }
        }
        Self { root }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let program =
            Command::new(env!("CARGO_BIN_EXE_docdrift")).args(arguments).current_dir(&self.root).output();
        program.expect("the program starts")
    }

    /// Runs `check` and returns its findings, a line each, and what it says beside them.
    #[track_caller]
    fn check(&self, arguments: &[&str], code: i32) -> (Vec<String>, String) {
        let output = self.run(&[&["check", "--format", "concise"], arguments].concat());
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(code), "{stdout}{stderr}");
        (stdout.lines().map(str::to_owned).collect(), stderr)
    }

    fn findings(&self) -> Vec<Value> {
        let output = self.run(&["check", "--format", "json", "--no-baseline"]);
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        report["findings"].as_array().expect("a list").clone()
    }

    fn pages(&self) -> Vec<PathBuf> {
        let mut pages = Vec::new();
        list(&self.root, Path::new("docs"), &mut pages);
        pages.sort();
        pages
    }

    fn read(&self, page: &Path) -> String {
        fs::read_to_string(self.root.join(page)).expect("a page")
    }

    fn write(&self, page: &Path, text: &str) {
        fs::write(self.root.join(page), text).expect("a page is written");
    }

    fn baseline(&self) -> String {
        self.read(Path::new("docdrift-baseline.json"))
    }
}

fn list(root: &Path, folder: &Path, pages: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(root.join(folder)).expect("a folder").map(|entry| entry.expect("an entry")) {
        let path = folder.join(entry.file_name());
        if entry.path().is_dir() {
            list(root, &path, pages);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
}

/// The page with every table laid out anew, as editors and formatters do: all cells with other blanks around them, all
/// dashes of another number; and with a new paragraph above everything but the first heading.
fn laid_out_anew(text: &str) -> String {
    let mut page = String::new();
    let mut in_code = false;
    let mut is_moved = false;
    for line in text.split_inclusive('\n') {
        let (row, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
        in_code ^= row.trim_start().starts_with("```");
        if row.starts_with('|') && !in_code {
            page += &row_anew(row);
            page += end;
        } else {
            page += line;
        }
        if row.starts_with("# ") && !in_code && !is_moved {
            page += "\nA paragraph that was not there.\n\n";
            is_moved = true;
        }
    }
    page
}

fn row_anew(row: &str) -> String {
    let bar = '\u{1}';
    let kept = row.replace("\\|", &bar.to_string());
    let inner = kept.trim_end().trim_start_matches('|');
    let (inner, end) = inner.strip_suffix('|').map_or((inner, ""), |inner| (inner, "|"));
    let cell = |cell: &str| {
        let text = cell.trim();
        let dashes = !text.is_empty() && text.chars().all(|c| matches!(c, '-' | ':'));
        let text = if dashes { text.replacen('-', "----", 1) } else { text.to_owned() };
        format!("  {text} ")
    };
    let cells: Vec<String> = inner.split('|').map(cell).collect();
    format!("|{}{end}", cells.join("|")).replace(bar, "\\|")
}

/// A row of the translation, and the same row with its identifier damaged; the source has the identifier, too.
fn damage(tree: &Tree, locale: &str) -> (PathBuf, String) {
    for page in tree.pages().into_iter().filter(|page| page.starts_with(Path::new("docs").join(locale))) {
        let below = page.strip_prefix(Path::new("docs").join(locale)).expect("below");
        let source = tree.read(&Path::new("docs/en-us").join(below));
        let text = tree.read(&page);
        for line in text.lines().filter(|line| line.starts_with("| ")) {
            let name = line[1..].split('|').next().unwrap_or("").trim();
            let is_camel = name.len() > 8
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && name.starts_with(|c: char| c.is_ascii_lowercase())
                && name.contains(|c: char| c.is_ascii_uppercase());
            let row = format!("|  {name} |");
            if is_camel && text.matches(&row).count() == 1 && source.matches(&row).count() == 1 {
                let damaged = line.replacen(name, "beschadigd", 1);
                return (page, text.replacen(line, &damaged, 1));
            }
        }
    }
    panic!("no identifier to damage");
}

/// The page of a finding that has a safe fix of one edit in a translation, and the page with it made.
fn heal(tree: &Tree, locale: &str) -> (PathBuf, String) {
    for finding in tree.findings() {
        let path = finding["path"].as_str().expect("a path");
        let edits = finding["fix"]["edits"].as_array().map_or(&[][..], Vec::as_slice);
        let is_safe = finding["fix"]["safety"] == "safe" && finding["rule"] == "translated-name";
        let [edit] = edits else { continue };
        if !is_safe || !path.starts_with(&format!("docs/{locale}/")) {
            continue;
        }
        let offset = |key: &str| usize::try_from(edit[key].as_u64().expect("an offset")).expect("an offset");
        let mut text = tree.read(Path::new(path));
        text.replace_range(offset("start_byte")..offset("end_byte"), edit["text"].as_str().expect("a text"));
        return (path.into(), text);
    }
    panic!("nothing to heal");
}

fn adopt(tree: &Tree, locale: &str) {
    // A configuration that works.
    let output = tree.run(&["init"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let (findings, _) = tree.check(&[], 1);
    assert!(findings.len() > 10, "{}", findings.len());

    // What is wrong today is known from now on.
    let (told, said) = tree.check(&["--write-baseline"], 0);
    assert_eq!(told, [""; 0]);
    let known = format!("docdrift-baseline.json records {} findings in ", findings.len());
    assert!(said.starts_with(&known), "{said}");
    let first = tree.baseline();
    assert!(first.is_ascii() || !first.contains(&*tree.root.to_string_lossy()));
    tree.check(&["--write-baseline"], 0);
    assert_eq!(tree.baseline(), first, "the same again");
    let clean = |what: &str| {
        let (told, said) = tree.check(&["--fail-on", "note"], 0);
        assert_eq!(told, [""; 0], "{what}");
        assert!(said.contains(&format!("; {} in the baseline", findings.len())), "{what}: {said}");
    };
    clean("as it was");

    // Edits elsewhere, everywhere.
    for page in tree.pages() {
        tree.write(&page, &laid_out_anew(&tree.read(&page)));
    }
    clean("laid out anew");

    // One damage, one finding.
    let (page, damaged) = damage(tree, locale);
    let sound = tree.read(&page);
    tree.write(&page, &damaged);
    let (told, _) = tree.check(&[], 1);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(
        told[0].contains("beschadigd") && told[0].starts_with(page.to_str().expect("a path")),
        "{told:#?}"
    );
    tree.write(&page, &sound);
    clean("put right");

    // One healed, one stale entry; and none once it is pruned.
    let (page, healed) = heal(tree, locale);
    tree.write(&page, &healed);
    let (told, _) = tree.check(&["--fail-on", "warning"], 1);
    assert_eq!(told.len(), 1, "{told:#?}");
    let stale = "warning[stale-baseline] `translated-name` no longer finds anything wrong with name ";
    assert!(told[0].starts_with("docdrift-baseline.json:") && told[0].contains(stale), "{told:#?}");
    let (told, said) = tree.check(&["--prune-baseline"], 0);
    assert_eq!(told, [""; 0]);
    assert!(said.starts_with("removed 1 outdated finding from docdrift-baseline.json\n"), "{said}");
    assert_eq!(tree.baseline().lines().count() + 1, first.lines().count());
    let (told, said) = tree.check(&["--fail-on", "note"], 0);
    assert_eq!(told, [""; 0]);
    assert!(said.contains(&format!("; {} in the baseline", findings.len() - 1)), "{said}");
    let (_, said) = tree.check(&["--prune-baseline"], 0);
    assert!(said.starts_with("nothing is stale in docdrift-baseline.json\n"), "{said}");
}

#[test]
fn a_legacy_tree_is_adopted() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    adopt(&Tree::copy("corpus", &corpus, &["en-us", "nl-nl", "fr-fr", "zh-tw"], 10), "fr-fr");
}

#[test]
fn a_part_of_the_real_tree_is_adopted() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/partner-center");
    if !shared.is_dir() {
        println!("skipped: there is no {}", shared.display());
        return;
    }
    adopt(&Tree::copy("real", &shared, &["en-us", "nl-nl", "sv-se", "zh-tw"], 60), "nl-nl");
}

fn small(name: &str) -> Tree {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let tree = Tree::copy(name, &corpus, &["en-us", "fr-fr", "zh-tw"], 10);
    tree.write(Path::new("docdrift.toml"), "paths = [\"docs\"]\n");
    tree
}

/// What a run leaves out it does not call stale, and does not forget when the baseline is written anew.
#[test]
fn runs_on_a_part_leave_the_rest_of_the_baseline_alone() {
    let tree = small("part");
    tree.check(&["--write-baseline"], 0);
    let whole = tree.baseline();
    for part in [
        &["docs/fr-fr/cart-resources.md"][..],
        &["docs/en-us", "docs/fr-fr"],
        &["docs/zh-tw"],
        &["--locale", "fr-fr"],
        &["--select", "translated-name,mojibake"],
        &["--ignore", "translated-name"],
        &["--files-from", "docdrift.toml"],
    ] {
        let output = tree.run(&[&["check", "--format", "concise"], part].concat());
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(!told.contains("stale-baseline"), "{part:?}: {told}");
        tree.run(&[&["check", "--prune-baseline"], part].concat());
        assert_eq!(tree.baseline(), whole, "{part:?}");
    }
    // The whole corpus bears witness, so what is judged of it is what it is.
    for part in
        [&["--locale", "fr-fr"][..], &["--select", "translated-name"], &["--files-from", "docdrift.toml"]]
    {
        let (told, _) = tree.check(&[part, &["--fail-on", "note"]].concat(), 0);
        assert_eq!(told, [""; 0], "{part:?}");
        tree.check(&[part, &["--write-baseline"]].concat(), 0);
        assert_eq!(tree.baseline(), whole, "{part:?}");
    }
}

/// Entries of pages that are gone or left out for good are stale.
#[test]
fn pages_that_are_gone_take_their_entries_along() {
    let tree = small("gone");
    tree.check(&["--write-baseline"], 0);
    let entries = |page: &str| tree.baseline().matches(&format!("\"page\":\"docs/{page}\"")).count();
    let (checkout, cart) = (entries("zh-tw/checkout-a-cart.md"), entries("zh-tw/cart-resources.md"));
    assert!(checkout > 0 && cart > 0, "{checkout}, {cart}");
    fs::remove_file(tree.root.join("docs/zh-tw/checkout-a-cart.md")).expect("the page goes");
    let config = "paths = [\"docs\"]\nexclude = [\"docs/zh-tw/cart-resources.md\"]\n[rules]\nmissing-page = \"off\"\nbroken-anchor = \"off\"\n";
    tree.write(Path::new("docdrift.toml"), config);
    let (told, _) = tree.check(&["--select", "stale-baseline"], 0);
    assert_eq!(told, [""; 0], "the rules of the entries were left out");
    let (told, _) = tree.check(&[], 0);
    let stale = |page: &str| told.iter().filter(|line| line.ends_with(&format!(" in docs/{page}"))).count();
    assert_eq!(
        (stale("zh-tw/checkout-a-cart.md"), stale("zh-tw/cart-resources.md")),
        (checkout, cart),
        "{told:#?}"
    );
    tree.check(&["--prune-baseline"], 0);
    assert_eq!(entries("zh-tw/checkout-a-cart.md") + entries("zh-tw/cart-resources.md"), 0);
    tree.write(Path::new("docdrift.toml"), &config.replace("[rules]", "[rules]\nstale-baseline = \"off\""));
    assert_eq!(tree.check(&[], 0).0, [""; 0]);
}

/// The baseline lies where it was said; its paths do not depend on where the run was started.
#[test]
fn a_baseline_counts_from_every_folder() {
    let tree = small("folder");
    tree.write(Path::new("docdrift.toml"), "paths = [\"docs\"]\nbaseline = \"docs/known.json\"\n");
    let output = tree.run(&["check"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(said, "error: baseline docs/known.json: no such file; --write-baseline makes one\n");
    assert_eq!(output.status.code(), Some(2));
    tree.check(&["--write-baseline"], 0);
    let known = tree.read(Path::new("docs/known.json"));
    assert!(known.contains("\"page\":\"fr-fr/cart-resources.md\""), "{known}");

    let below = Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args(["check", "--fail-on", "note"])
        .current_dir(tree.root.join("docs/fr-fr"))
        .output()
        .expect("the program starts");
    assert_eq!(below.status.code(), Some(0), "{}", String::from_utf8_lossy(&below.stderr));
    let absolute = tree.root.join("docs").to_string_lossy().into_owned();
    let elsewhere = Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args([
            "check",
            "--no-config",
            "--fail-on",
            "note",
            &absolute,
            "--baseline",
            &format!("{absolute}/known.json"),
        ])
        .current_dir(std::env::temp_dir())
        .output()
        .expect("the program starts");
    assert_eq!(elsewhere.status.code(), Some(0), "{}", String::from_utf8_lossy(&elsewhere.stderr));

    // Another one, named on the command line, and none at all.
    let (_, said) = tree.check(&["docs", "--write-baseline", "other.json"], 0);
    assert!(
        said.ends_with("note: it counts with `--baseline other.json`, or as `baseline` in docdrift.toml\n"),
        "{said}"
    );
    assert_eq!(tree.check(&["--baseline", "other.json", "--fail-on", "note"], 0).0, [""; 0]);
    assert!(tree.check(&["--no-baseline"], 1).0.len() > 10);
}

#[test]
fn what_cannot_be_is_told() {
    let tree = small("told");
    let fails = |arguments: &[&str], message: &str| {
        let output = tree.run(&[&["check"], arguments].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(message), "{said}");
    };
    fails(&["--prune-baseline"], "error: there is no baseline to prune");
    fails(
        &["--write-baseline", "docs"],
        "error: docs is a folder, no baseline; pages are named before --write-baseline",
    );
    fails(&["--prune-baseline", "--write-baseline"], "cannot be used with");
    fails(&["--baseline", "gone.json"], "error: baseline gone.json: no such file");
    fails(&["--write-baseline", "gone/known.json"], "error: baseline gone/known.json cannot be written: ");
    tree.check(&["--write-baseline"], 0);
    let torn = format!("<<<<<<< HEAD\n{}", tree.baseline());
    tree.write(Path::new("docdrift-baseline.json"), &torn);
    fails(&[], "error: docdrift-baseline.json:1:1: this is not JSON: ");
    // What cannot be read is not overwritten.
    fails(&["--write-baseline"], "error: docdrift-baseline.json:1:1: this is not JSON: ");
    assert_eq!(tree.baseline(), torn);
}

/// Machine formats show only what is new, and count what is not.
#[test]
fn reports_count_what_is_held_back() {
    let tree = small("json");
    tree.check(&["--write-baseline"], 0);
    let output = tree.run(&["check", "--format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["findings"], Value::Array(Vec::new()));
    assert_eq!(report["summary"]["findings"]["error"], 0);
    assert_eq!(report["summary"]["held_back"], tree.findings().len());
}

/// The report records what `check` holds back, and says how much that is.
#[test]
fn the_report_folder_counts_what_is_held_back() {
    let tree = small("report");
    let all = tree.findings().len();
    tree.check(&["--write-baseline"], 0);
    let page = Path::new("docs/fr-fr/cart-resources.md");
    let text = tree.read(page);
    tree.write(page, &text.replacen("| id ", "| identificatie ", 1));
    let new = tree.check(&[], 1).0.len();
    assert!(0 < new && new < 5, "{new} new findings");

    let report = |arguments: &[&str]| -> (Value, String, String) {
        let output = tree.run(&[&["report"], arguments].concat());
        assert!(output.status.success());
        let json = serde_json::from_str(&tree.read(Path::new("reports/report.json"))).expect("JSON");
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        (
            json,
            tree.read(Path::new("reports/report.md")) + &stderr,
            tree.read(Path::new("reports/index.html")),
        )
    };
    let (json, told, html) = report(&[]);
    let held_back = json["summary"]["held_back"].as_u64().expect("a number");
    assert_eq!(json["findings"].as_array().expect("a list").len(), new);
    assert!(held_back as usize <= all && held_back as usize > all - 5, "{held_back} of {all}");
    assert_eq!(told.matches(&format!("; {held_back} in the baseline")).count(), 2, "{told}");
    assert!(html.contains(&format!("\"held_back\":{held_back},")));
    // A report is no page.
    assert_eq!(tree.check(&[], 1).0.len(), new);
    let (json, told, html) = report(&["--no-baseline"]);
    assert!(json["findings"].as_array().expect("a list").len() >= all);
    assert!(!told.contains("held back") && html.contains("\"held_back\":null,"), "{told}");
}
