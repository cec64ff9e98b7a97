//! Reads the files of a spec that the user names, and those that they refer to.

use std::fs;
use std::path::Path;

use ignore::WalkBuilder;

use super::decode::decode;
use super::file::{LIMIT, Reader, working_folder};
use super::gather::shown;
use super::problem::{Problem, ProblemKind};
use crate::schema::SpecFile;
use crate::source::{Encoding, Unreadable};

/// What a walk takes for a part of a spec; a file that is named may have any extension.
const EXTENSIONS: [&str; 4] = ["rs", "json", "yaml", "yml"];

/// The files of a spec that was named.
#[derive(Debug, Default)]
pub struct SpecFiles {
    /// Sorted by path.
    pub files: Vec<SpecFile>,
    /// The folder they lie in or below, as it is shown.
    pub folder: String,
    /// Whether a file was named, rather than a folder.
    pub is_file: bool,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// The file at `path`, or every Rust, JSON and YAML file below that folder.
pub fn spec_files(path: &Path) -> SpecFiles {
    let working_folder = working_folder();
    let problem = |kind| Problem { path: shown(path, &working_folder), kind };
    let mut out = SpecFiles { folder: shown(path, &working_folder), ..SpecFiles::default() };
    let mut paths = Vec::new();
    match path.metadata() {
        Err(error) => out.problems.push(problem(ProblemKind::of(&error))),
        Ok(metadata) if metadata.is_dir() => {
            for entry in WalkBuilder::new(path).require_git(false).git_global(false).build().flatten() {
                if is_spec(entry.path()) && entry.file_type().is_some_and(|kind| kind.is_file()) {
                    paths.push(entry.into_path());
                }
            }
            if paths.is_empty() {
                let why = format!("holds no .{} file", EXTENSIONS.join(", ."));
                out.problems.push(problem(ProblemKind::Unreadable(why)));
            }
        }
        Ok(_) => {
            out.is_file = true;
            out.folder = path.parent().map_or_else(String::new, |folder| shown(folder, &working_folder));
            paths.push(path.to_owned());
        }
    }
    let mut reader = Reader::default();
    for path in paths {
        match read(&path, &mut reader) {
            Ok(text) => out.files.push(SpecFile { path: shown(&path, &working_folder), text }),
            Err(kind) => out.problems.push(Problem { path: shown(&path, &working_folder), kind }),
        }
    }
    out.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    out
}

/// A file that another one refers to, if it can be read and lies below the folder, links followed.
pub fn referenced_spec_file(path: &str, folder: &str) -> Option<SpecFile> {
    let folder = if folder.is_empty() { "." } else { folder };
    let (real, folder) = (fs::canonicalize(path).ok()?, fs::canonicalize(folder).ok()?);
    if !real.starts_with(folder) || !real.is_file() {
        return None;
    }
    let text = read(&real, &mut Reader::default()).ok()?;
    Some(SpecFile { path: path.to_owned(), text })
}

fn read(path: &Path, reader: &mut Reader) -> Result<String, ProblemKind> {
    let (text, encoding) = match reader.read(path) {
        Ok(bytes) if bytes.len() < LIMIT => decode(bytes),
        Ok(_) => (String::new(), Encoding::Unreadable(Unreadable::TooLarge { limit: LIMIT as u32 })),
        Err(error) => return Err(ProblemKind::of(&error)),
    };
    match encoding {
        Encoding::Unreadable(why) => Err(ProblemKind::Unreadable(why.to_string())),
        _ => Ok(text),
    }
}

fn is_spec(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("");
    EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
}
