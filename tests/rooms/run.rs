//! What rooms inside the crate do, held from outside by small pages, so that it outlives how they do it.
//!
//! A case is a folder: blocks are files by their paths, and `console` blocks are commands, one a line behind `$`, that
//! run in the folder as the files are then. A file may come again with another text. What the commands print is the
//! case's text. Pages fence their code with tildes.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::case_files::{Case, hold};

#[test]
fn cases() {
    hold("tests/rooms", 30, run);
}

fn run(case: &Case<'_>) -> String {
    let folder = Folder::new();
    let mut printed = String::new();
    for (info, text) in &case.blocks {
        if *info == "console" {
            for command in text.lines().filter_map(|line| line.strip_prefix("$ docdrift ")) {
                printed += &folder.print(command);
            }
        } else {
            let (_, path) = info.split_once(' ').expect("a language and a path");
            let path = folder.0.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    printed
}

/// A folder that is gone after the case.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("docdrift-rooms-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// What a command prints; what it says beside that only if it prints nothing.
    fn print(&self, command: &str) -> String {
        let output = Command::new(Path::new(env!("CARGO_BIN_EXE_docdrift")))
            .args(command.split_whitespace())
            .current_dir(&self.0)
            .output()
            .unwrap();
        let printed = if output.stdout.is_empty() { output.stderr } else { output.stdout };
        String::from_utf8(printed).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
