//! When files last changed, so that whoever watches them knows when to read them again.
//!
//! Looked at again and again rather than told by the system: that works on every file system, and takes no more than
//! asking each file for its date.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ignore::WalkBuilder;

use super::Inputs;
use super::file::working_folder;
use super::gather::{Gather, shown};

/// Files by their paths as shown, each with its date and its length in bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamps {
    files: BTreeMap<String, Option<(SystemTime, u64)>>,
}

impl Stamps {
    /// Of all pages, and of other files and folders with all that is in them.
    pub fn new(inputs: &Inputs, others: &[PathBuf]) -> Self {
        let folder = working_folder();
        let mut files = BTreeMap::new();
        let mut add = |path: &Path| {
            files.insert(shown(path, &folder), path.metadata().ok().and_then(|metadata| stamp(&metadata)));
        };
        for page in Gather::new(inputs) {
            page.path.iter().for_each(|path| add(path));
        }
        for path in others {
            if !path.is_dir() {
                add(path);
                continue;
            }
            for entry in WalkBuilder::new(path).require_git(false).git_global(false).build().flatten() {
                if entry.file_type().is_some_and(|kind| kind.is_file()) {
                    add(entry.path());
                }
            }
        }
        Self { files }
    }

    /// Leaves out a file, which does not matter.
    pub fn forget(&mut self, path: &Path) {
        self.files.remove(&shown(path, &working_folder()));
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.values().flatten().count()
    }

    /// Whether there is no file.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The files that differ from those of another time: changed, new or gone.
    pub fn changes<'s>(&'s self, other: &'s Self) -> Vec<&'s str> {
        let changed = self.files.iter().filter(|(path, stamp)| other.files.get(*path) != Some(*stamp));
        let gone = other.files.keys().filter(|path| !self.files.contains_key(*path));
        let mut paths: Vec<&str> = changed.map(|(path, _)| path).chain(gone).map(String::as_str).collect();
        paths.sort_unstable();
        paths
    }
}

fn stamp(metadata: &Metadata) -> Option<(SystemTime, u64)> {
    Some((metadata.modified().ok()?, metadata.len()))
}
