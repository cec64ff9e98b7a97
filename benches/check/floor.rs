//! The floor: what a checker of Markdown trees has to do before it can think.
//!
//! It walks with the rules of `check`, reads each file into a reused buffer, checks that it is UTF-8,
//! and pulls every event with its byte range out of the Markdown parser. Absent here: keeping anything.

use std::ffi::OsString;
use std::fs::File;
use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use ignore::{WalkBuilder, WalkState};
use pulldown_cmark::{Options, Parser};

/// The first argument that makes this program the floor; thread count and path follow.
pub const ROLE: &str = "--as-floor";

/// The extensions that `check` reads in folders.
const EXTENSIONS: [&str; 4] = ["md", "markdown", "html", "htm"];

/// What was read, in all threads together.
#[derive(Default)]
struct Totals {
    files: AtomicU64,
    bytes: AtomicU64,
    events: AtomicU64,
}

/// Runs the floor and prints how much it read.
pub fn main(mut arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let threads = arguments.next().and_then(|n| n.to_str()?.parse().ok());
    let (Some(threads), Some(root)) = (threads, arguments.next()) else {
        eprintln!("{ROLE} THREADS PATH");
        return ExitCode::from(2);
    };
    let totals = Totals::default();
    let mut walk = WalkBuilder::new(PathBuf::from(root));
    walk.require_git(false)
        .git_global(false)
        .git_exclude(false)
        .add_custom_ignore_filename(".docdriftignore");
    let walker = walk.threads(threads).build_parallel();
    walker.run(|| {
        let mut buffer = Vec::new();
        let totals = &totals;
        Box::new(move |entry| {
            if let Ok(entry) = entry
                && entry.file_type().is_some_and(|kind| kind.is_file())
                && (entry.depth() == 0 || is_page(entry.path()))
            {
                totals.take(entry.path(), &mut buffer);
            }
            WalkState::Continue
        })
    });
    let bytes = totals.bytes.load(Relaxed);
    let (megabytes, hundredths) = (bytes / 1_000_000, bytes / 10_000 % 100);
    println!("{} files, {megabytes}.{hundredths:02} MB, {bytes} bytes", totals.files.load(Relaxed));
    black_box(totals.events.load(Relaxed));
    ExitCode::SUCCESS
}

impl Totals {
    /// Reads and parses one file. Files that are not UTF-8 count as read.
    fn take(&self, path: &Path, buffer: &mut Vec<u8>) {
        buffer.clear();
        // `take` keeps the standard library from asking for the file's size first: two calls saved.
        if File::open(path).and_then(|file| file.take(u64::MAX).read_to_end(buffer)).is_err() {
            return;
        }
        self.files.fetch_add(1, Relaxed);
        self.bytes.fetch_add(buffer.len() as u64, Relaxed);
        let Ok(text) = std::str::from_utf8(buffer) else { return };
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS | Options::ENABLE_GFM;
        let events = Parser::new_ext(text, options).into_offset_iter().map(black_box).count();
        self.events.fetch_add(events as u64, Relaxed);
    }
}

fn is_page(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| EXTENSIONS.iter().any(|page| page.eq_ignore_ascii_case(extension)))
}
