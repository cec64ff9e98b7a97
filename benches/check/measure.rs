//! Times and peak memory of child processes.
//!
//! The system adds up the usage of all children a process has waited for, so each run gets a process of
//! its own that has exactly one child: this program in the role of a stopwatch.

use std::ffi::{OsStr, OsString};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

/// The first argument that makes this program the stopwatch; a command follows.
pub const ROLE: &str = "--as-stopwatch";

/// A command to measure.
pub struct Program {
    command: Vec<OsString>,
}

/// What one run took, or the medians of several.
#[derive(Clone, Copy)]
pub struct Usage {
    cpu_us: u64,
    wall_us: u64,
    peak_kib: u64,
}

impl Program {
    /// A program without arguments.
    pub fn new(program: impl Into<OsString>) -> Self {
        Self { command: vec![program.into()] }
    }

    /// Adds arguments.
    pub fn args<const N: usize>(mut self, arguments: [&str; N]) -> Self {
        self.command.extend(arguments.map(OsString::from));
        self
    }

    /// Adds one argument.
    pub fn arg(mut self, argument: &OsStr) -> Self {
        self.command.push(argument.to_owned());
        self
    }

    /// Runs it unmeasured, for what it prints.
    pub fn stdout(&self) -> Result<String, String> {
        let output = Command::new(&self.command[0]).args(&self.command[1..]).output();
        let output = output.map_err(|error| format!("{}: {error}", self.name()))?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn run(&self) -> Result<Usage, String> {
        let this = std::env::current_exe().map_err(|error| format!("own path: {error}"))?;
        let output = Command::new(this).arg(ROLE).args(&self.command).output();
        let output = output.map_err(|error| format!("{}: {error}", self.name()))?;
        if !output.status.success() {
            return Err(format!("{}: {}", self.name(), String::from_utf8_lossy(&output.stderr).trim()));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        let figures: Vec<u64> = text.split_whitespace().flat_map(str::parse).collect();
        match figures[..] {
            [cpu_us, wall_us, peak_kib] => Ok(Usage { cpu_us, wall_us, peak_kib }),
            _ => Err(format!("{}: no figures in {text:?}", self.name())),
        }
    }

    fn name(&self) -> String {
        let words: Vec<_> = self.command.iter().map(|word| word.to_string_lossy()).collect();
        words.join(" ")
    }
}

/// Runs two programs in turns, so that both meet the same weather; one round warms the caches.
pub fn alternate(programs: [&Program; 2], runs: u16) -> Result<[Usage; 2], String> {
    let mut taken = [Vec::new(), Vec::new()];
    for round in 0..=runs {
        for (program, taken) in programs.iter().zip(&mut taken) {
            let usage = program.run()?;
            if round > 0 {
                taken.push(usage);
            }
        }
    }
    Ok(taken.map(|taken| Usage {
        cpu_us: median(taken.iter().map(|usage| usage.cpu_us)),
        wall_us: median(taken.iter().map(|usage| usage.wall_us)),
        peak_kib: median(taken.iter().map(|usage| usage.peak_kib)),
    }))
}

fn median(figures: impl Iterator<Item = u64>) -> u64 {
    let mut figures: Vec<u64> = figures.collect();
    figures.sort_unstable();
    let middle = figures.len() / 2;
    if figures.len() % 2 == 1 { figures[middle] } else { figures[middle - 1].midpoint(figures[middle]) }
}

#[allow(clippy::cast_precision_loss, reason = "a run takes less than 2^52 microseconds")]
impl Usage {
    /// User plus system time, milliseconds.
    pub fn cpu_ms(self) -> f64 {
        self.cpu_us as f64 / 1e3
    }

    /// Elapsed time, milliseconds.
    pub fn wall_ms(self) -> f64 {
        self.wall_us as f64 / 1e3
    }

    /// Largest resident set, MiB.
    pub fn peak_mib(self) -> f64 {
        self.peak_kib as f64 / 1024.0
    }
}

/// Runs the command and prints its processor time and elapsed time in microseconds and its peak memory
/// in KiB. Exit code 1 of the command is a success: it found something.
pub fn main(mut command: impl Iterator<Item = OsString>) -> ExitCode {
    let Some(program) = command.next() else {
        eprintln!("{ROLE} COMMAND..");
        return ExitCode::from(2);
    };
    let start = Instant::now();
    let status = Command::new(&program).args(command).stdout(Stdio::null()).status();
    let wall = start.elapsed().as_micros();
    let code = status.ok().and_then(|status| status.code());
    let (Some(0 | 1), Ok(usage)) = (code, getrusage(UsageWho::RUSAGE_CHILDREN)) else {
        eprintln!("ended with {}", code.map_or("no exit code".into(), |code| format!("exit code {code}")));
        return ExitCode::FAILURE;
    };
    let cpu = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    // Linux counts KiB, macOS bytes.
    let peak = usage.max_rss() / if cfg!(target_vendor = "apple") { 1024 } else { 1 };
    println!("{cpu} {wall} {peak}");
    ExitCode::SUCCESS
}
