//! Data that lies next to the repository, where it does.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A folder of the data next to the repository, if it is there.
pub fn shared(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if !folder.is_dir() {
        // Seen also when the test passes.
        writeln!(io::stderr(), "skipped: there is no {}", folder.display()).expect("standard error");
        return None;
    }
    Some(folder)
}
