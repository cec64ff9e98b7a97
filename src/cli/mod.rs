//! The command line: arguments in, exit code out.
//!
//! Findings go to standard output, everything else to standard error. Exit codes: 0 nothing at or above
//! the threshold, 1 findings, 2 the tool could not do its work. Absent here: the work.

mod args;
mod check;
mod config;
mod console;
mod extract;
mod fix;
mod input;
mod lexicon;
mod nearest;
mod outputs;
mod pipeline;
mod progress;
mod protect;
mod replace;
mod report;
mod run;
mod schema;
mod source;
mod specs;

use std::process::ExitCode;

use clap::Parser;

use crate::rules;
use args::{Args, Command};
use console::Console;

/// Exit code: findings at or above the threshold, or something to fix.
const FINDINGS: u8 = 1;
/// Exit code: wrong usage or configuration, or input that could not be read.
const FAILURE: u8 = 2;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help into a closed pipe is no failure.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(FAILURE));
        }
    };
    let console = Console::new(args.color, args.quiet);
    let result = match args.command {
        Command::Check(check) => check::check(&check, &console),
        Command::Extract(extract) => extract::extract(&extract, &console),
        Command::Fix(fix) => fix::fix(&fix, &console),
        Command::Protect(protect) => protect::protect(&protect, &console),
        Command::Report(report) => report::report(&report, &console),
        Command::Lexicon { command } => lexicon::lexicon(&command, &console),
        Command::Schema { command } => schema::schema(&command, &console),
        Command::Explain { rule } => console::print(&crate::report::manual(rule)).map(|()| ExitCode::SUCCESS),
        Command::Rules => console::print(&crate::report::rules(rules::all())).map(|()| ExitCode::SUCCESS),
    };
    result.unwrap_or_else(|message| {
        console.error(&message);
        ExitCode::from(FAILURE)
    })
}
