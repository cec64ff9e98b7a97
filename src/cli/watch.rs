//! `docdrift check --watch`: checks, and again whenever something that was read has changed.

use std::path::PathBuf;
use std::process::ExitCode;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::args::Check;
use super::console::{self, Console};
use super::{baseline, check, input};
use crate::project::config;
use crate::read::Stamps;

/// How long to wait, at least, before looking again.
const PAUSE: Duration = Duration::from_millis(300);

/// Looking takes at most one part in so many of the time.
const SHARE: u32 = 20;

/// So often something may have changed again; then what is there is checked, or what never rests is never checked.
const PATIENCE: u32 = 5;

/// So many changed files are named.
const NAMED: usize = 3;

/// Checks until the process is ended, or nobody reads what it prints. The first check has to succeed; what goes wrong
/// later is told.
pub fn watch(args: &Check, console: &Console) -> Result<ExitCode, String> {
    let is_stdin = |path: &PathBuf| path.as_os_str() == "-";
    if args.scope.input.paths.iter().chain(&args.scope.files_from).any(is_stdin) {
        return Err("--watch cannot read standard input again".to_owned());
    }
    // What changes while it is being checked counts as changed.
    let mut seen = stamps(args);
    check::once(args, console)?;
    loop {
        console.remark(&format!("watching {} files\n", seen.len()));
        let now = wait(args, &seen);
        let changes = now.changes(&seen);
        let more = changes.len().saturating_sub(NAMED);
        let named = changes[..changes.len() - more].join(", ");
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        console.remark(&format!("\n{named}{more} changed\n"));
        seen = now;
        if let Err(message) = check::once(args, console) {
            console.error(&message);
        }
        if console::is_deserted() {
            return Ok(ExitCode::SUCCESS);
        }
    }
}

/// Waits until something differs from what was seen, and has stopped changing or does not stop.
fn wait(args: &Check, seen: &Stamps) -> Stamps {
    let mut last = seen.clone();
    let mut pause = PAUSE;
    let mut unrest = 0;
    loop {
        sleep(pause);
        let start = Instant::now();
        let now = stamps(args);
        pause = PAUSE.max(start.elapsed() * SHARE);
        if now != *seen && (now == last || unrest == PATIENCE) {
            return now;
        }
        unrest += u32::from(now != last);
        last = now;
    }
}

/// All that a check reads. A configuration that cannot be understood is watched itself.
fn stamps(args: &Check) -> Stamps {
    let input = &args.scope.input;
    let named = || input.config.clone().or_else(config::find);
    let mut others: Vec<PathBuf> = if input.no_config { Vec::new() } else { named().into_iter().collect() };
    let config = input::config(input).unwrap_or_default();
    let specs = if input.spec.is_empty() { &config.spec } else { &input.spec };
    let specs = specs.iter().filter(|spec| !matches!(spec.as_str(), "models" | "none"));
    others.extend(specs.map(PathBuf::from));
    others.extend(config.lexicons.iter().cloned());
    others.extend(baseline::place(&args.scope, &args.known, &config));
    others.extend(args.scope.files_from.clone());
    let mut stamps = Stamps::new(&input::inputs(input, &config), &others);
    // What is written by the check is no reason for the next one.
    args.outputs.files().for_each(|path| stamps.forget(path));
    stamps
}
