//! What git knows about files: which changed since a revision, and which are not in it yet.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A file that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Changed {
    /// Where it lies, or lay.
    pub path: PathBuf,
    /// Whether it is no longer there.
    pub gone: bool,
}

/// The root of the repository that a folder lies in.
pub fn repository(folder: &Path) -> Result<PathBuf, String> {
    let output = git(folder, &["rev-parse", "--show-toplevel"])?;
    if !output.status.success() {
        return Err(format!("git finds no repository for {}: {}", shown(folder), first_line(&output.stderr)));
    }
    let mut root = output.stdout;
    while root.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        root.pop();
    }
    Ok(PathBuf::from(os_string(root)))
}

/// The files of a repository that differ from where `revision` and the work on it parted: committed, staged, in the
/// working folder only, or new to git. A file that was renamed is gone, and another one is new.
pub fn changed_since(repository: &Path, revision: &str) -> Result<Vec<Changed>, String> {
    let commit = format!("{revision}^{{commit}}");
    let known = git(repository, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    if !known.status.success() {
        return Err(format!("git knows no revision `{revision}` in {}", shown(repository)));
    }
    let commit = String::from_utf8_lossy(&known.stdout).trim().to_owned();
    let parted = git(repository, &["merge-base", &commit, "HEAD"])?;
    let parted = String::from_utf8_lossy(&parted.stdout).trim().to_owned();
    // Histories that have nothing in common are compared as they are.
    let base = if parted.is_empty() { &commit } else { &parted };

    let diff = ["diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-relative", base, "--"];
    let mut changed = Vec::new();
    let mut fields = list(repository, &diff)?.into_iter();
    while let (Some(status), Some(path)) = (fields.next(), fields.next()) {
        let gone = status.as_encoded_bytes().first() == Some(&b'D');
        changed.push(Changed { path: repository.join(path), gone });
    }
    let untracked = ["ls-files", "--others", "--exclude-standard", "--full-name", "-z"];
    let untracked = list(repository, &untracked)?.into_iter();
    changed.extend(untracked.map(|path| Changed { path: repository.join(path), gone: false }));
    changed.sort();
    changed.dedup();
    Ok(changed)
}

/// The fields that git prints with a zero byte behind each.
fn list(repository: &Path, arguments: &[&str]) -> Result<Vec<OsString>, String> {
    let output = git(repository, arguments)?;
    if !output.status.success() {
        return Err(format!("git {} failed: {}", arguments[0], first_line(&output.stderr)));
    }
    Ok(split(&output.stdout, 0))
}

/// The texts that end in a byte, of any bytes themselves; empty ones left out.
pub fn split(bytes: &[u8], end: u8) -> Vec<OsString> {
    let fields = bytes.split(|byte| *byte == end).filter(|field| !field.is_empty());
    fields.map(|field| os_string(field.to_vec())).collect()
}

/// Runs git on the repository that `folder` lies in, even from a hook of another one.
fn git(folder: &Path, arguments: &[&str]) -> Result<Output, String> {
    let folder = if folder.as_os_str().is_empty() { OsStr::new(".") } else { folder.as_os_str() };
    let mut git = Command::new("git");
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
        git.env_remove(variable);
    }
    let output = git.arg("-C").arg(folder).args(arguments).output();
    output.map_err(|error| format!("git cannot be started: {error}"))
}

fn first_line(output: &[u8]) -> String {
    String::from_utf8_lossy(output).lines().next().unwrap_or("").to_owned()
}

fn shown(path: &Path) -> String {
    crate::read::shown(path, &crate::read::working_folder())
}

/// File names of any bytes, where the system allows them.
#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
