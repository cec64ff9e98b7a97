//! `--changed-since` and `--files-from`: which pages are judged when only some files changed.

#![cfg(feature = "cli")]
// A test that is skipped says so.
#![allow(clippy::print_stdout)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own, empty.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("docdrift-changes-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    fs::canonicalize(folder).expect("a folder")
}

fn write(path: &Path, text: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=Writer", "-c", "user.email=writer@example.com", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("git starts");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn has_git() -> bool {
    let has = Command::new("git").arg("--version").output().is_ok_and(|output| output.status.success());
    if !has {
        println!("skipped: there is no git");
    }
    has
}

const ENGLISH: &str = "# Carts

## <a name=\"limits\"></a>Limits

See [orders](order.md#sums).

| Property | Type   | Description |
|----------|--------|-------------|
| id       | string | Which one.  |
| quantity | int    | How many.   |

```json
{ \"id\": 1, }
```
";

/// A tree of three languages. The translations of the cart have one damaged name each, and all pages have the
/// comma of the example. Everything is committed.
fn tree(name: &str) -> PathBuf {
    let root = folder(name);
    write(&root.join("docs/en-us/cart.md"), ENGLISH);
    write(&root.join("docs/nl-nl/cart.md"), ENGLISH.replace("quantity", "aantal"));
    write(&root.join("docs/sv-se/cart.md"), ENGLISH.replace("quantity", "antal"));
    for locale in ["en-us", "nl-nl", "sv-se"] {
        write(&root.join(format!("docs/{locale}/order.md")), "# Orders\n\n## <a name=\"sums\"></a>Sums\n");
    }
    git(&root, &["init", "-q", "-b", "main"]);
    commit(&root, "start");
    root
}

fn commit(root: &Path, message: &str) {
    git(root, &["add", "-A"]);
    git(root, &["commit", "-q", "-m", message]);
}

fn docdrift(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args(["check", "--format", "concise", "--spec", "none"])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that wants nothing from standard input may be gone already.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin);
    child.wait_with_output().expect("the program ends")
}

/// What is found, as `path rule`, and what is said of the choice.
fn found(folder: &Path, arguments: &[&str], stdin: &[u8]) -> (Vec<String>, String) {
    let output = docdrift(folder, arguments, stdin);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{stderr}");
    let brief = |line: &str| {
        let path = line.split(':').next().unwrap_or("");
        let rule = line.split_once('[').and_then(|(_, rest)| rest.split(']').next()).unwrap_or("");
        format!("{path} {rule}")
    };
    let lines = String::from_utf8_lossy(&output.stdout).lines().map(brief).collect();
    let note = stderr.lines().find_map(|line| line.strip_prefix("note: ")).unwrap_or("").to_owned();
    (lines, note)
}

#[track_caller]
fn check(folder: &Path, arguments: &[&str], findings: &[&str], note: &str) {
    let (found, said) = found(folder, arguments, b"");
    assert_eq!(
        (found.as_slice(), said.as_str()),
        (&findings.iter().map(ToString::to_string).collect::<Vec<_>>()[..], note)
    );
}

#[test]
fn only_changed_pages_are_judged_against_all() {
    if !has_git() {
        return;
    }
    let root = tree("translation");
    let since = ["docs", "--changed-since", "HEAD"];
    check(&root, &since, &[], "judging 0 pages changed since HEAD, and 0 that depend on them, of 6");

    // The comma is the source's, told there or not at all.
    let page = root.join("docs/nl-nl/cart.md");
    write(&page, fs::read_to_string(&page).expect("a page") + "\nMeer.\n");
    let note = "judging 1 page changed since HEAD, and 0 that depend on them, of 6";
    check(&root, &since, &["docs/nl-nl/cart.md translated-name"], note);

    // Staged or committed is all the same.
    git(&root, &["add", "-A"]);
    check(&root, &since, &["docs/nl-nl/cart.md translated-name"], note);
    commit(&root, "more");
    let note = "judging 1 page changed since HEAD~1, and 0 that depend on them, of 6";
    check(&root, &["docs", "--changed-since", "HEAD~1"], &["docs/nl-nl/cart.md translated-name"], note);
    fs::remove_dir_all(&root).expect("the folder goes");
}

#[test]
fn a_changed_source_judges_its_translations_again() {
    if !has_git() {
        return;
    }
    let root = tree("source");
    write(&root.join("docs/en-us/cart.md"), ENGLISH.replace("How many.", "How many there are."));
    let findings = [
        "docs/en-us/cart.md relaxed-json",
        "docs/nl-nl/cart.md translated-name",
        "docs/sv-se/cart.md translated-name",
    ];
    let note = "judging 1 page changed since main, and 2 that depend on them, of 6";
    check(&root, &["docs", "--changed-since", "main"], &findings, note);
    fs::remove_dir_all(&root).expect("the folder goes");
}

#[test]
fn links_to_a_changed_page_are_followed_again() {
    if !has_git() {
        return;
    }
    let root = tree("links");
    write(&root.join("docs/nl-nl/order.md"), "# Orders\n\n## Totals\n");
    // The section lost its anchor and has another heading: it is not that of the source.
    let findings = [
        "docs/nl-nl/cart.md broken-anchor",
        "docs/nl-nl/cart.md translated-name",
        "docs/nl-nl/order.md missing-section",
        "docs/nl-nl/order.md extra-section",
    ];
    let note = "judging 1 page changed since main, and 1 that depends on them, of 6";
    check(&root, &["docs", "--changed-since", "main"], &findings, note);
    fs::remove_dir_all(&root).expect("the folder goes");
}

#[test]
fn pages_that_are_new_renamed_or_gone() {
    if !has_git() {
        return;
    }
    let root = tree("renamed");
    git(&root, &["mv", "docs/nl-nl/cart.md", "docs/nl-nl/mand.md"]);
    let new = "docs/en-us/\"quoted\" é\t車.md";
    write(&root.join(new), "# New\n\nThe customerâ€™s cart.\n");
    let findings = [
        "docs/en-us/\"quoted\" é\\t車.md missing-page",
        "docs/en-us/\"quoted\" é\\t車.md mojibake",
        "docs/en-us/cart.md missing-page",
        "docs/en-us/cart.md relaxed-json",
        "docs/nl-nl/mand.md translated-name",
    ];
    let note = "judging 2 pages changed since main, and 1 that depends on them, of 7";
    check(&root, &["docs", "--changed-since", "main"], &findings, note);
    fs::remove_dir_all(&root).expect("the folder goes");
}

/// What was done on main meanwhile is not this branch's.
#[test]
fn branches_are_compared_with_where_they_parted() {
    if !has_git() {
        return;
    }
    let root = tree("branch");
    git(&root, &["checkout", "-q", "-b", "work"]);
    write(&root.join("docs/sv-se/cart.md"), ENGLISH.replace("quantity", "mängd"));
    commit(&root, "on the branch");
    git(&root, &["checkout", "-q", "main"]);
    write(&root.join("docs/nl-nl/cart.md"), ENGLISH.replace("quantity", "hoeveelheid"));
    commit(&root, "on main");
    git(&root, &["checkout", "-q", "work"]);
    let note = "judging 1 page changed since main, and 0 that depend on them, of 6";
    check(&root, &["docs", "--changed-since", "main"], &["docs/sv-se/cart.md translated-name"], note);
    fs::remove_dir_all(&root).expect("the folder goes");
}

#[test]
fn what_all_pages_rest_on_judges_all() {
    if !has_git() {
        return;
    }
    let root = tree("ground");
    write(&root.join("docdrift.toml"), "paths = [\"docs\"]\nspec = \"models\"\n");
    let (found, note) = found(&root, &["--changed-since", "HEAD"], b"");
    assert_eq!(
        (found.len(), note.as_str()),
        (3, "docdrift.toml is changed since HEAD: all pages are judged")
    );
    fs::remove_dir_all(&root).expect("the folder goes");
}

#[test]
fn a_working_folder_below_the_root_and_paths_behind_links() {
    if !has_git() {
        return;
    }
    let root = tree("below");
    write(&root.join("docs/nl-nl/cart.md"), ENGLISH.replace("quantity", "hoeveelheid"));
    let note = "judging 1 page changed since main, and 0 that depend on them, of 6";
    check(&root.join("docs"), &[".", "--changed-since", "main"], &["nl-nl/cart.md translated-name"], note);
    let root_text = root.to_string_lossy().into_owned();
    let outside = folder("outside");
    let path = format!("{root_text}/docs");
    let finding = format!("{root_text}/docs/nl-nl/cart.md translated-name");
    check(&outside, &[&path, "--changed-since", "main"], &[&finding], note);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(root.join("docs"), outside.join("linked")).expect("a link");
        check(
            &outside,
            &["linked", "--changed-since", "main"],
            &["linked/nl-nl/cart.md translated-name"],
            note,
        );
    }
    fs::remove_dir_all(&root).expect("the folder goes");
    fs::remove_dir_all(&outside).expect("the folder goes");
}

#[cfg(target_os = "linux")]
#[test]
fn file_names_of_any_bytes() {
    use std::os::unix::ffi::OsStrExt;
    if !has_git() {
        return;
    }
    let root = tree("bytes");
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    write(&root.join("docs/en-us").join(name), "# New\n\nThe customerâ€™s cart.\n");
    let findings = ["docs/en-us/caf\u{fffd}.md missing-page", "docs/en-us/caf\u{fffd}.md unreadable-file"];
    let note = "judging 1 page changed since main, and 0 that depend on them, of 7";
    check(&root, &["docs", "--changed-since", "main"], &findings, note);
    fs::remove_dir_all(&root).expect("the folder goes");
}

#[track_caller]
fn fails(folder: &Path, arguments: &[&str], message: &str) {
    let output = docdrift(folder, arguments, b"");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains(message), "{stderr}");
}

#[test]
fn what_git_does_not_know_is_told() {
    if !has_git() {
        return;
    }
    let root = tree("unknown");
    fails(&root, &["docs", "--changed-since", "nowhere"], "git knows no revision `nowhere`");
    fails(&root, &["docs", "--changed-since=--all"], "git knows no revision `--all`");
    fails(&root, &["docs", "--changed-since", "HEAD", "--files-from", "x"], "cannot be used with");
    fs::remove_dir_all(root.join(".git")).expect("the folder goes");
    fails(&root, &["docs", "--changed-since", "HEAD"], "git finds no repository for docs: fatal: not a git");

    let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args(["check", "docs", "--changed-since", "HEAD"])
        .env("PATH", "")
        .current_dir(&root)
        .output()
        .expect("the program starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("error: git cannot be started: "), "{stderr}");
    fs::remove_dir_all(&root).expect("the folder goes");
}

#[test]
fn listed_files_are_judged_against_all() {
    let root = folder("listed");
    write(&root.join("docs/en-us/cart.md"), ENGLISH);
    write(&root.join("docs/nl-nl/cart.md"), ENGLISH.replace("quantity", "aantal"));
    write(&root.join("docs/sv-se/cart.md"), ENGLISH.replace("quantity", "antal"));
    let dutch = ["docs/nl-nl/cart.md translated-name"];
    let from_stdin = |list: &[u8]| found(&root, &["docs", "--files-from", "-"], list);
    let note = "judging 1 page listed on standard input, and 0 that depend on them, of 3".to_owned();
    let expected = (dutch.map(str::to_owned).to_vec(), note);
    // One a line, whatever ends it; with zero bytes; names that are no pages are no matter.
    for list in [
        "docs/nl-nl/cart.md",
        "\r\n./docs/../docs/nl-nl/cart.md\r\nlogo.png\n\n",
        "docs/nl-nl/cart.md\0a\nb.md\0",
    ] {
        assert_eq!(from_stdin(list.as_bytes()), expected, "{list:?}");
    }
    let (all, note) = from_stdin(b"docs/en-us/cart.md\n");
    assert_eq!(
        (all.len(), note.as_str()),
        (3, "judging 1 page listed on standard input, and 2 that depend on them, of 3")
    );

    write(&root.join("list.txt"), "docs/sv-se/cart.md\ndocs/nl-nl/gone.md\n");
    let note = "judging 1 page listed in list.txt, and 0 that depend on them, of 3";
    check(&root, &["docs", "--files-from", "list.txt"], &["docs/sv-se/cart.md translated-name"], note);
    fails(&root, &["docs", "--files-from", "no.txt"], "no.txt: cannot be read: ");
    fails(&root, &["-", "--files-from", "-"], "standard input is either a page or the list of --files-from");
    fs::remove_dir_all(&root).expect("the folder goes");
}
