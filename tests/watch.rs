//! `docdrift check --watch` on a real file system.

#![cfg(feature = "cli")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// Longer than any check of a page takes, on any machine.
const PATIENCE: Duration = Duration::from_secs(60);

struct Watcher {
    child: Child,
    lines: Receiver<String>,
}

impl Watcher {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_docdrift"))
            .args(["check", "--watch"])
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let (sender, lines) = channel();
        let stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, lines }
    }

    /// Waits for a line that begins so.
    #[track_caller]
    fn expect(&self, start: &str) -> String {
        let mut before = Vec::new();
        loop {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) if line.starts_with(start) => return line,
                Ok(line) => before.push(line),
                Err(error) => panic!("no line begins with {start:?}, {error}: {before:#?}"),
            }
        }
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("docdrift-watch-{}-{name}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("docs")).expect("a folder");
    folder
}

#[test]
fn whatever_is_read_is_watched() {
    let root = folder("all");
    let page = root.join("docs/cart.md");
    fs::write(root.join("docdrift.toml"), "paths = [\"docs\"]\n").expect("a file");
    fs::write(&page, "# Carts\n").expect("a file");
    let watcher = Watcher::start(&root, &["--output-file", "docs/report.md"]);
    watcher.expect("no findings in 1 page");
    watcher.expect("watching 2 files");

    fs::write(&page, "# Carts\n\nThe customerâ€™s cart.\n").expect("a file");
    watcher.expect("docs/cart.md changed");
    // The report of the first check is a page by now, but not watched.
    watcher.expect("1 warning in 2 pages");
    watcher.expect("watching 2 files");

    fs::write(root.join("docdrift.toml"), "paths = \"docs\"\n").expect("a file");
    watcher.expect("docdrift.toml changed");
    watcher.expect("error: docdrift.toml:1:9: ");
    fs::write(root.join("docdrift.toml"), "paths = [\"docs\"]\n[rules]\nmojibake = \"off\"\n")
        .expect("a file");
    watcher.expect("docdrift.toml changed");
    watcher.expect("no findings in 2 pages");

    fs::remove_file(&page).expect("the file goes");
    watcher.expect("docs/cart.md changed");
    watcher.expect("no findings in 1 page");
    drop(watcher);
    fs::remove_dir_all(&root).expect("the folder goes");
}

#[test]
fn what_cannot_be_watched_is_told_at_once() {
    let root = folder("never");
    for (arguments, message) in [
        (&["-"][..], "--watch cannot read standard input again"),
        (&["gone", "--locale", "nl"], "unknown locale `nl`"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
            .args(["check", "--watch"])
            .args(arguments)
            .current_dir(&root)
            .stdin(Stdio::null())
            .output()
            .expect("the program starts");
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(message));
    }
    fs::remove_dir_all(&root).expect("the folder goes");
}
