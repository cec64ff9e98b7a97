//! The `docdrift` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    docdrift::cli::main()
}
