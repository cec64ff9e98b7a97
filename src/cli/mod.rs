//! The command line: arguments in, exit code out.
//!
//! Findings go to standard output, everything else to standard error. Exit codes: 0 nothing at or above
//! the threshold, 1 findings, 2 the tool could not do its work. Absent here: the work.

mod args;
mod baseline;
mod changes;
mod check;
mod console;
mod extract;
mod fix;
mod git;
mod hints;
mod init;
mod input;
mod lexicon;
mod outputs;
mod progress;
mod protect;
mod report;
mod run;
mod schema;
mod settings;
mod source;
mod watch;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::rules;
use args::{Args, Command, RulesFormat};
use console::Console;

/// Exit code: findings at or above the threshold, or something to fix.
const FINDINGS: u8 = 1;
/// Exit code: wrong usage or configuration, or input that could not be read.
const FAILURE: u8 = 2;

/// The command line as clap knows it, for manual pages.
pub fn command() -> clap::Command {
    Args::command()
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let matches = command().try_get_matches();
    let (args, matches) = match matches.and_then(|matches| Ok((Args::from_arg_matches(&matches)?, matches))) {
        Ok(parsed) => parsed,
        Err(error) => {
            // Help into a closed pipe is no failure.
            let error = hints::with_hint(error, &command());
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(FAILURE));
        }
    };
    let console = Console::new(args.color, args.quiet);
    let result = match args.command {
        Command::Check(check) if check.show_settings => {
            let matches = matches.subcommand_matches("check").unwrap_or(&matches);
            settings::show(&check, matches).and_then(|text| console::print(&text)).map(|()| ExitCode::SUCCESS)
        }
        Command::Check(check) => check::check(&check, &console),
        Command::Extract(extract) => extract::extract(&extract, &console),
        Command::Fix(fix) => fix::fix(&fix, &console),
        Command::Protect(protect) => protect::protect(&protect, &console),
        Command::Report(report) => report::report(&report, &console),
        Command::Lexicon { command } => lexicon::lexicon(&command, &console),
        Command::Schema { command } => schema::schema(&command, &console),
        Command::Explain { rule } => console::print(&crate::report::manual(rule)).map(|()| ExitCode::SUCCESS),
        Command::Init(init) => init::init(&init, &console),
        Command::Completions { shell } => {
            console::print_bytes(&completions(shell)).map(|()| ExitCode::SUCCESS)
        }
        Command::Rules { format } => {
            let listed = match format {
                RulesFormat::Text => crate::report::rules(rules::groups()),
                RulesFormat::Json => crate::report::rules_as_json(rules::groups()),
            };
            console::print(&listed).map(|()| ExitCode::SUCCESS)
        }
    };
    result.unwrap_or_else(|message| {
        console.error(&message);
        ExitCode::from(FAILURE)
    })
}

/// The script that makes a shell complete commands, options and values.
fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "docdrift", &mut script);
    script
}
