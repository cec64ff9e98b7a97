//! The `docdrift` command.

use std::process::ExitCode;

/// Takes less time than most C libraries', and asks for large pages: a run fills memory once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    docdrift::cli::main()
}
