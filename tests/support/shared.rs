//! Data that lies next to the repository, where it does.

#![expect(clippy::print_stdout, reason = "says what was skipped")]

use std::path::{Path, PathBuf};

/// A folder of the data next to the repository, if it is there.
pub fn shared(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return None;
    }
    Some(folder)
}
