//! Writes the manual pages, one for each command.
//!
//! ```sh
//! cargo run --example man -- FOLDER
//! ```

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| io::Error::other("usage: cargo run --example man -- FOLDER"))?;
    write(&folder)
}

/// Writes the pages into a folder, which is made if need be.
///
/// # Errors
/// Where the folder or a file cannot be written.
pub fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    clap_mangen::generate_to(docdrift::cli::command(), folder)
}
