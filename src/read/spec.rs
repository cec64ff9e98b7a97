//! Reads the files of a spec that the user names.

use std::path::Path;

use ignore::WalkBuilder;

use super::decode::decode;
use super::file::{LIMIT, Reader, working_folder};
use super::gather::shown;
use super::problem::{Problem, ProblemKind};
use crate::schema::SpecFile;
use crate::source::{Encoding, Unreadable};

/// The texts of `path`: one file whatever its extension, or every `.rs` file below a folder, sorted
/// by path; and what could not be read.
pub fn spec_files(path: &Path) -> (Vec<SpecFile>, Vec<Problem>) {
    let folder = working_folder();
    let problem = |path: &Path, kind| Problem { path: shown(path, &folder), kind };
    let mut paths = Vec::new();
    let mut problems = Vec::new();
    match path.metadata() {
        Err(error) => problems.push(problem(path, ProblemKind::of(&error))),
        Ok(metadata) if metadata.is_dir() => {
            for entry in WalkBuilder::new(path).require_git(false).git_global(false).build().flatten() {
                let is_rust = entry.path().extension().is_some_and(|extension| extension == "rs");
                if is_rust && entry.file_type().is_some_and(|kind| kind.is_file()) {
                    paths.push(entry.into_path());
                }
            }
            if paths.is_empty() {
                let why = "holds no .rs file".to_owned();
                problems.push(problem(path, ProblemKind::Unreadable(why)));
            }
        }
        Ok(_) => paths.push(path.to_owned()),
    }
    let mut reader = Reader::default();
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        let (text, encoding) = match reader.read(&path) {
            Ok(bytes) if bytes.len() < LIMIT => decode(bytes),
            Ok(_) => (String::new(), Encoding::Unreadable(Unreadable::TooLarge { limit: LIMIT as u32 })),
            Err(error) => {
                problems.push(problem(&path, ProblemKind::of(&error)));
                continue;
            }
        };
        if let Encoding::Unreadable(why) = encoding {
            problems.push(problem(&path, ProblemKind::Unreadable(why.to_string())));
        } else {
            files.push(SpecFile { path: shown(&path, &folder), text });
        }
    }
    files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    (files, problems)
}
