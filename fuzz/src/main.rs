//! Holds docdrift against pages that no one would write.
//!
//! ```text
//! cargo run -p fuzz -- --seconds 60            pages from the seeds 0, 1, 2, ..
//! cargo run -p fuzz -- --seed 17               the pages of one seed
//! cargo run -p fuzz -- --from 5000 --seconds 60
//! cargo run -p fuzz -- PAGE..                  pages of yours, all of them one page in several languages
//! ```
//!
//! A seed makes a source page and up to two translations with other blocks in them, and mostly splinters of markup as
//! well. Whatever they are, nothing panics, each seed ends in bounded time, all that is reported lies in the pages
//! between characters, a second run of the fixes has nothing to do, and no fix loses a word of prose where the markup is
//! sound. What fails is written below `target/fuzz`.

#![allow(clippy::pedantic, reason = "a tool for the people who work on docdrift")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

mod author;
#[path = "../../tests/mutation/chance.rs"]
mod chance;
#[path = "../../tests/support/check.rs"]
mod document;
mod verdict;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use verdict::Bench;

/// A seed takes milliseconds; whoever takes so long does work that grows faster than the page.
const PATIENCE: Duration = Duration::from_secs(60);
/// Stack enough for what the tool itself runs in.
const STACK: usize = 8 << 20;

/// What to try.
enum Task {
    Seeds { from: usize, end: Option<usize>, seconds: u64 },
    Pages(Vec<PathBuf>),
}

fn main() -> ExitCode {
    let task = match task(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(task) => task,
        Err(message) => {
            eprintln!("{message}\nusage: fuzz [--seconds N] [--from SEED] [--seed SEED] [PAGE..]");
            return ExitCode::from(2);
        }
    };
    let start = Instant::now();
    let (mut count, mut wrong) = (0_usize, 0_usize);
    let mut slowest = (Duration::ZERO, String::new());
    let mut attempt = |name: &str, texts: Vec<String>, is_sound: bool| {
        let began = Instant::now();
        let outcome = try_pages(&texts, is_sound);
        let took = began.elapsed();
        count += 1;
        if took > slowest.0 {
            slowest = (took, name.to_owned());
        }
        if let Err(why) = outcome {
            wrong += 1;
            let folder = keep(name, &texts);
            println!("{name}: {why}\n    pages in {}", folder.display());
        }
    };
    match task {
        Task::Seeds { from, end, seconds } => {
            let mut seed = from;
            while end.is_none_or(|end| seed < end) && start.elapsed() < Duration::from_secs(seconds) {
                attempt(&format!("seed {seed}"), author::pages(seed), author::is_sound(seed));
                seed += 1;
            }
        }
        Task::Pages(paths) => {
            let texts = paths
                .iter()
                .map(|path| String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned());
            attempt("given", texts.collect(), false);
        }
    }
    println!("{count} tried, {wrong} wrong; the slowest took {:.1?}: {}", slowest.0, slowest.1);
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn task(arguments: &[String]) -> Result<Task, String> {
    let (mut from, mut end, mut seconds) = (0, None, 60);
    let mut paths = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let mut number = || {
            let value = arguments.next().and_then(|value| value.parse::<usize>().ok());
            value.ok_or(format!("{argument} takes a number"))
        };
        match argument.as_str() {
            "--seconds" => seconds = number()? as u64,
            "--from" => from = number()?,
            "--seed" => {
                from = number()?;
                end = Some(from + 1);
            }
            option if option.starts_with('-') => return Err(format!("{option} is not an option")),
            path => paths.push(PathBuf::from(path)),
        }
    }
    Ok(if paths.is_empty() { Task::Seeds { from, end, seconds } } else { Task::Pages(paths) })
}

/// Judges the pages on a thread of its own; what does not end is left behind.
fn try_pages(texts: &[String], is_sound: bool) -> Result<(), String> {
    let (sender, receiver) = channel();
    let texts = texts.to_vec();
    let judge = move || {
        let outcome = catch_unwind(AssertUnwindSafe(|| Bench::shared().judge(&texts, is_sound)));
        let outcome = outcome.unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<String>().cloned();
            let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            let text: String = text.unwrap_or_default().chars().take(600).collect();
            Err(format!("panics: {text}"))
        });
        let _ = sender.send(outcome);
    };
    if thread::Builder::new().stack_size(STACK).spawn(judge).is_err() {
        return Err("no thread".to_owned());
    }
    match receiver.recv_timeout(PATIENCE) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Timeout) => Err(format!("does not end in {} s", PATIENCE.as_secs())),
        Err(RecvTimeoutError::Disconnected) => Err("ends without a word".to_owned()),
    }
}

/// Writes the pages down, to be tried again.
fn keep(name: &str, texts: &[String]) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/fuzz").join(name.replace(' ', "-"));
    let _ = std::fs::create_dir_all(&folder);
    for (locale, text) in verdict::LOCALES.iter().zip(texts) {
        let _ = std::fs::write(folder.join(format!("{locale}.md")), text);
    }
    folder
}
