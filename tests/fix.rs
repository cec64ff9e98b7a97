//! `docdrift fix` on a real file system: what is written, what stays, and what a killed run leaves.

#![cfg(feature = "cli")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// A damaged page: one name the models know, one blank line that an example lacks, one doubtful type.
const DAMAGED: &str = "---\nms.contentlocale: nl-nl\n---\n# Winkelwagen\n\n## <a name=\"cartlineitem\"></a>CartLineItem\n\n\
    | Eigenschap | Type | Beschrijving |\n|---|---|---|\n\
    | id | int | Het *nummer*. |\n| catalogusItemId | string |  Het artikel |\n\
    | quantity | string | Hoeveel. |\n| currencyCode | string | Munt. |\n\n\
    ```http\nHTTP/1.1 200 OK\nContent-Type: application/json\n{\n  \"id\": \"1\"\n}\n```\n";

/// The page after safe fixes.
fn healed() -> String {
    DAMAGED
        .replace("catalogusItemId", "catalogItemId")
        .replace("application/json\n{", "application/json\n\n{")
}

/// A folder of this test alone.
struct Tree(PathBuf);

impl Tree {
    fn new(name: &str, files: &[(&str, &[u8])]) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fix").join(name);
        if root.exists() {
            fs::remove_dir_all(&root).expect("the last run's folder goes");
        }
        fs::create_dir_all(&root).expect("a folder is made");
        for (path, bytes) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            fs::write(path, bytes).expect("a file is written");
        }
        Self(root)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docdrift"));
        command.args(["fix", "--no-config", "--spec", "models"]).args(args).current_dir(&self.0);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the command runs")
    }

    /// Runs, expects the exit code, and gives what was said on standard error.
    #[track_caller]
    fn fix(&self, args: &[&str], code: i32) -> String {
        let output = self.run(args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said}");
        said
    }

    #[track_caller]
    fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).expect("UTF-8")
    }

    #[track_caller]
    fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.0.join(path)).expect("a file is there")
    }

    /// Names of everything in the folder.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("a folder");
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut names: Vec<_> = entries.map(|entry| name(entry.expect("an entry"))).collect();
        names.sort();
        names
    }
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn only_the_damage_changes_and_only_once() {
    let tree = Tree::new("once", &[("nl-nl/cart.md", DAMAGED.as_bytes()), ("nl-nl/other.md", b"# Niets\n")]);
    assert_eq!(tree.fix(&["."], 0), "Fixed 2 findings in 1 file (1 more with --unsafe)\n");
    assert_eq!(tree.text("nl-nl/cart.md"), healed());
    let time =
        |path: &str| tree.0.join(path).metadata().and_then(|metadata| metadata.modified()).expect("a time");
    let before = time("nl-nl/cart.md");
    assert_eq!(tree.fix(&["."], 0), "Nothing to fix (1 more with --unsafe)\n");
    assert_eq!(time("nl-nl/cart.md"), before);

    assert_eq!(tree.fix(&["--unsafe", "--quiet", "."], 0), "");
    assert_eq!(tree.text("nl-nl/cart.md"), healed().replace("quantity | string", "quantity | integer"));
    assert_eq!(tree.fix(&["--unsafe", "."], 0), "Nothing to fix\n");
}

#[test]
fn rules_can_be_chosen() {
    let tree = Tree::new("chosen", &[("cart.md", DAMAGED.as_bytes())]);
    tree.fix(&["--select", "malformed-http", "cart.md"], 0);
    assert_eq!(tree.text("cart.md"), healed().replace("catalogItemId", "catalogusItemId"));
}

/// Line ends, byte order marks and encodings that pages come in.
fn shapes() -> Vec<(&'static str, Vec<u8>, Vec<u8>)> {
    let healed = healed();
    let crlf = |text: &str| text.replace('\n', "\r\n");
    let marked = |text: &str| format!("\u{feff}{text}");
    vec![
        ("lf.md", DAMAGED.into(), healed.clone().into()),
        ("crlf.md", crlf(DAMAGED).into(), crlf(&healed).into()),
        ("mark.md", marked(&crlf(DAMAGED)).into(), marked(&crlf(&healed)).into()),
        ("no end.md", DAMAGED.trim_end().into(), healed.trim_end().into()),
        ("le.md", utf16(&marked(DAMAGED), u16::to_le_bytes), utf16(&marked(&healed), u16::to_le_bytes)),
        (
            "be.md",
            utf16(&marked(&crlf(DAMAGED)), u16::to_be_bytes),
            utf16(&marked(&crlf(&healed)), u16::to_be_bytes),
        ),
    ]
}

#[test]
fn encodings_marks_and_line_ends_are_kept() {
    let shapes = shapes();
    let files: Vec<_> = shapes.iter().map(|(name, before, _)| (*name, before.as_slice())).collect();
    let tree = Tree::new("shapes", &files);
    assert_eq!(tree.fix(&["."], 0), "Fixed 12 findings in 6 files (6 more with --unsafe)\n");
    for (name, _, after) in &shapes {
        assert_eq!(&tree.bytes(name), after, "{name}");
    }
    assert_eq!(tree.names().len(), shapes.len());
}

/// Applies a unified diff as a strict `patch -p1` would.
fn apply(diff: &[u8], root: &Path) {
    let mut lines = diff.split_inclusive(|byte| *byte == b'\n').peekable();
    // `-3,7`: first line and number of lines.
    let range = |text: &str| -> (usize, usize) {
        let (start, count) = text[1..].split_once(',').unwrap_or((&text[1..], "1"));
        (start.parse().expect("a line"), count.parse().expect("a count"))
    };
    while let Some(line) = lines.next() {
        let header = std::str::from_utf8(line).expect("a header");
        let name = header.strip_prefix("--- a/").expect("a header").trim_end_matches(['\n', '\t']);
        assert!(lines.next().is_some_and(|line| line.starts_with(format!("+++ b/{name}").as_bytes())));
        let old = fs::read(root.join(name)).expect("the file is there");
        let old: Vec<&[u8]> = old.split_inclusive(|byte| *byte == b'\n').collect();
        let (mut new, mut at) = (Vec::new(), 0);
        while let Some(header) = lines.next_if(|line| line.starts_with(b"@@ -")) {
            let header = std::str::from_utf8(header).expect("a hunk");
            let ranges: Vec<&str> = header.split(' ').collect();
            let ((start, mut old_lines), (_, mut new_lines)) = (range(ranges[1]), range(ranges[2]));
            while at + 1 < start {
                new.extend_from_slice(old[at]);
                at += 1;
            }
            while old_lines + new_lines > 0 {
                let line = lines.next().expect("a line of the hunk");
                let is_last = lines.next_if(|line| line.starts_with(b"\\ ")).is_some();
                let content = if is_last { &line[1..line.len() - 1] } else { &line[1..] };
                if line[0] != b'+' {
                    assert_eq!(old[at], content);
                    at += 1;
                    old_lines -= 1;
                }
                if line[0] != b'-' {
                    new.extend_from_slice(content);
                    new_lines -= 1;
                }
            }
        }
        new.extend(old[at..].concat());
        fs::write(root.join(name), new).expect("a file is written");
    }
}

#[test]
fn the_diff_is_what_fix_writes() {
    let shapes = shapes();
    let files: Vec<_> = shapes.iter().map(|(name, before, _)| (*name, before.as_slice())).collect();
    let tree = Tree::new("diff", &files);
    let output = tree.run(&["--diff", "."]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stderr, b"Would fix 12 findings in 6 files (6 more with --unsafe)\n");
    for (name, before, _) in &shapes {
        assert_eq!(&tree.bytes(name), before, "{name} was written");
    }
    apply(&output.stdout, &tree.0);
    for (name, _, after) in &shapes {
        assert_eq!(&tree.bytes(name), after, "{name}");
    }
    let output = tree.run(&["--diff", "."]);
    assert_eq!((output.status.code(), output.stdout), (Some(0), Vec::new()));
}

#[test]
fn a_diff_for_people_shows_what_would_act() {
    let page = DAMAGED.replace("Het artikel", "\u{1b}[2J");
    let tree = Tree::new("eyes", &[("cart.md", page.as_bytes())]);
    let output = tree.run(&["--diff", "--color", "always", "cart.md"]);
    let shown = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(shown.contains("\u{1b}[32m+| catalogItemId | string |  \\u{1b}[2J |\u{1b}[0m\n"), "{shown}");
    assert!(!shown.contains("\u{1b}[2J"));
}

#[test]
fn standard_input_is_printed() {
    let tree = Tree::new("stdin", &[("nl-nl/cart.md", b"# Niets\n")]);
    let pipe = |args: &[&str], input: &[u8]| {
        let mut child = tree
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        child.stdin.take().expect("a pipe").write_all(input).expect("it reads");
        child.wait_with_output().expect("it ends")
    };
    let output = pipe(&["-", "--stdin-filename", "nl-nl/cart.md"], DAMAGED.as_bytes());
    assert_eq!((output.status.code(), output.stdout), (Some(0), healed().into_bytes()));
    assert_eq!(tree.text("nl-nl/cart.md"), "# Niets\n");

    let mark = |text: &str| utf16(&format!("\u{feff}{text}"), u16::to_le_bytes);
    assert_eq!(pipe(&["-"], &mark(DAMAGED)).stdout, mark(&healed()));
    assert_eq!(pipe(&["-"], b"# Niets\n").stdout, b"# Niets\n");

    let output = pipe(&["-"], b"caf\xE9");
    assert_eq!((output.status.code(), output.stdout), (Some(2), Vec::new()));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let tree = Tree::new("links", &[("real/cart.md", DAMAGED.as_bytes())]);
    let file = tree.0.join("real/cart.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
    symlink("real/cart.md", tree.0.join("link.md")).expect("a link");
    symlink("real", tree.0.join("folder")).expect("a link");

    // Met on the way, a link is not followed; its target is no page of the folder.
    let outside = Tree::new("links-outside", &[]);
    symlink(&file, outside.0.join("link.md")).expect("a link");
    outside.fix(&["."], 2);
    assert_eq!(tree.text("real/cart.md"), DAMAGED);

    tree.fix(&["link.md"], 0);
    assert_eq!(tree.text("real/cart.md"), healed());
    assert_eq!(fs::read_link(tree.0.join("link.md")).expect("still a link"), Path::new("real/cart.md"));
    assert_eq!(file.metadata().expect("a file").permissions().mode() & 0o777, 0o640);

    fs::write(&file, DAMAGED).expect("a file is written");
    tree.fix(&["folder"], 0);
    assert_eq!(tree.text("real/cart.md"), healed());
    assert!(tree.0.join("folder").is_symlink());
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_is_told_and_the_rest_is_done() {
    use std::os::unix::fs::PermissionsExt;
    let page = DAMAGED.as_bytes();
    let tree = Tree::new("denied", &[("a.md", page), ("closed/b.md", page), ("c.md", page)]);
    let mode = |path: &str, mode| {
        fs::set_permissions(tree.0.join(path), fs::Permissions::from_mode(mode)).expect("permissions");
    };
    mode("a.md", 0o444);
    mode("closed", 0o555);
    // The superuser may write into any folder.
    let is_closed = fs::write(tree.0.join("closed/probe"), "").is_err();
    let said = tree.fix(&["."], 2);
    mode("closed", 0o755);
    assert!(said.contains("error: a.md: cannot be written: the file is read-only\n"), "{said}");
    assert_eq!(said.contains("error: closed/b.md: cannot be written: "), is_closed, "{said}");
    assert_eq!(tree.text("a.md"), DAMAGED);
    assert_eq!(tree.text("closed/b.md"), if is_closed { DAMAGED.to_owned() } else { healed() });
    assert_eq!(tree.text("c.md"), healed());
    assert_eq!(tree.names(), ["a.md", "c.md", "closed"]);
}

#[test]
fn a_killed_run_leaves_whole_files() {
    let names: Vec<String> = (0..40).map(|number| format!("{number:02}.md")).collect();
    let files: Vec<_> = names.iter().map(|name| (name.as_str(), DAMAGED.as_bytes())).collect();
    for milliseconds in [10, 40, 80, 120, 200] {
        let tree = Tree::new("killed", &files);
        let mut child = tree.command(&["--quiet", "."]).spawn().expect("the command runs");
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        for name in &names {
            let text = tree.text(name);
            assert!(text == DAMAGED || text == healed(), "{name} is torn after {milliseconds} ms: {text}");
        }
        // What it left is in nobody's way.
        tree.fix(&["."], 0);
        assert!(names.iter().all(|name| tree.text(name) == healed()));
    }
}

/// What a comment allows stays as it is; a comment that allows nothing goes.
#[test]
fn allowed_findings_are_left_alone() {
    let table = "| Eigenschap | Type | Beschrijving |";
    let allowed = DAMAGED
        .replace(table, &format!("<!-- docdrift-allow translated-name the service calls it so -->\n{table}"));
    let unused = "<!-- docdrift-allow mojibake, malformed-http an old example -->\n```http";
    let allowed = allowed.replace("```http", unused);
    let tree = Tree::new("allowed", &[("nl-nl/cart.md", allowed.as_bytes())]);
    tree.fix(&["."], 0);
    let kept = "<!-- docdrift-allow malformed-http an old example -->\n```http";
    assert_eq!(tree.text("nl-nl/cart.md"), allowed.replace(unused, kept));

    // Without the model nobody knows whether the name would be damaged.
    tree.fix(&["."], 0);
    assert_eq!(tree.text("nl-nl/cart.md"), allowed.replace(unused, kept));
}
