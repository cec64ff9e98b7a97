//! Replaces files so that whoever looks, whenever the process ends, finds the old one or the new one whole.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

/// So many names may be in the way, of other runs or left over from killed ones.
const TRIES: u32 = 16;
/// No run takes that long between making its file and putting it in place.
const LEFT_OVER: Duration = Duration::from_secs(3600);

/// New content that lies complete beside the file it will replace. Dropped, it is gone.
pub struct Replacement {
    path: PathBuf,
    beside: PathBuf,
    /// Whether the file has other names, which only writing into it serves.
    is_shared: bool,
}

impl Replacement {
    /// Writes `bytes` to the disk, beside the file at `path`, with the permissions and owner of that
    /// file if there is one. Behind a link it is the link's target that will be replaced. A file with several
    /// names (hard links) will be written into instead, so that they stay names of one file.
    ///
    /// # Errors
    /// The folder or the file may not be written, or the disk is full.
    pub fn prepare(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let metadata = path.metadata().ok();
        if let Some(metadata) = &metadata {
            // The folder alone decides about renaming; a protected file means what it says.
            if metadata.permissions().readonly() {
                return Err(io::Error::new(ErrorKind::PermissionDenied, "the file is read-only"));
            }
            OpenOptions::new().write(true).open(&path)?;
        }
        let (mut file, beside) = create_beside(&path)?;
        let is_shared = metadata.as_ref().is_some_and(has_other_names);
        let replacement = Self { path, beside, is_shared };
        if let Some(metadata) = &metadata {
            // Before the content, which the file's permissions protect.
            keep_owner(&replacement.beside, metadata);
            file.set_permissions(metadata.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        Ok(replacement)
    }

    /// Puts the new file in the place of the old one.
    ///
    /// # Errors
    /// What the system says against it.
    pub fn commit(self) -> io::Result<()> {
        if self.is_shared {
            // What is complete on the disk stays there if this is cut short.
            let written = fs::copy(&self.beside, &self.path).and_then(|_| File::open(&self.path)?.sync_all());
            return written.inspect_err(|_| std::mem::forget(self));
        }
        fs::rename(&self.beside, &self.path)
    }
}

impl Drop for Replacement {
    fn drop(&mut self) {
        // After a commit there is nothing of that name.
        let _ = fs::remove_file(&self.beside);
    }
}

/// A new file in the folder of `path`, under a name that no walk takes for a page.
fn create_beside(path: &Path) -> io::Result<(File, PathBuf)> {
    remove_leftovers(path);
    let process = std::process::id();
    let mut result = Err(ErrorKind::AlreadyExists.into());
    for number in 0..TRIES {
        let beside = path.with_file_name(format!(".docdrift-{process}-{number}.tmp"));
        match File::create_new(&beside) {
            Ok(file) => return Ok((file, beside)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => result = Err(error),
            Err(error) => return Err(error),
        }
    }
    result
}

/// Removes the files that killed runs left in the folder of `path` long ago; looks once a folder and process.
fn remove_leftovers(path: &Path) {
    static SEEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !SEEN.lock().is_ok_and(|mut seen| seen.insert(folder.to_owned())) {
        return;
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let middle = name.to_str().and_then(|name| name.strip_prefix(".docdrift-"));
        let is_ours = middle.and_then(|rest| rest.strip_suffix(".tmp")).is_some();
        let age = || entry.metadata().ok()?.modified().ok()?.elapsed().ok();
        if is_ours && age().is_some_and(|age| age > LEFT_OVER) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a file has more names than one.
#[cfg(unix)]
fn has_other_names(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.nlink() > 1
}

#[cfg(not(unix))]
fn has_other_names(_: &Metadata) -> bool {
    false
}

/// Gives the new file to the owner of the old one; only the superuser may, and needs to.
#[cfg(unix)]
fn keep_owner(beside: &Path, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    let is_same = |new: &Metadata| (new.uid(), new.gid()) == (old.uid(), old.gid());
    if !beside.metadata().is_ok_and(|new| is_same(&new)) {
        let _ = chown(beside, Some(old.uid()), Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &Metadata) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("docdrift-replace-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder is made");
        folder
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn the_file_is_old_until_it_is_new() {
        let folder = folder("whole");
        let path = folder.join("a.md");
        fs::write(&path, "old").expect("a file is written");
        let replacement = Replacement::prepare(&path, b"new").expect("it can be written");
        assert_eq!(fs::read(&path).expect("a file"), b"old");
        drop(replacement);
        assert_eq!(
            (fs::read(&path).expect("a file"), names(&folder)),
            (b"old".to_vec(), vec!["a.md".to_owned()])
        );

        // A process that dies here leaves its file beside; the next one finds another name.
        std::mem::forget(Replacement::prepare(&path, b"newer").expect("it can be written"));
        Replacement::prepare(&path, b"new").and_then(Replacement::commit).expect("it can be written");
        assert_eq!(fs::read(&path).expect("a file"), b"new");
        assert_eq!(names(&folder).len(), 2);
        fs::remove_dir_all(&folder).expect("the folder goes");
    }

    #[test]
    fn what_killed_runs_left_long_ago_goes() {
        let folder = folder("leftovers");
        let path = folder.join("a.md");
        let old = std::time::SystemTime::now() - 2 * LEFT_OVER;
        for (name, date) in
            [(".docdrift-1-0.tmp", Some(old)), (".docdrift-1-1.tmp", None), (".other.tmp", Some(old))]
        {
            let file = File::create(folder.join(name)).expect("a file is made");
            if let Some(date) = date {
                file.set_modified(date).expect("a date is set");
            }
        }
        Replacement::prepare(&path, b"new").and_then(Replacement::commit).expect("it can be written");
        let mut left = names(&folder);
        left.sort();
        assert_eq!(left, [".docdrift-1-1.tmp", ".other.tmp", "a.md"]);
        fs::remove_dir_all(&folder).expect("the folder goes");
    }

    #[cfg(unix)]
    #[test]
    fn other_names_of_a_file_stay_names_of_it() {
        let folder = folder("links");
        let (path, other) = (folder.join("a.md"), folder.join("b.md"));
        fs::write(&path, "what was there before").expect("a file is written");
        fs::hard_link(&path, &other).expect("a link is made");
        Replacement::prepare(&path, b"new").and_then(Replacement::commit).expect("it can be written");
        assert_eq!(fs::read(&other).expect("a file"), b"new");
        assert_eq!(names(&folder).len(), 2);
        fs::remove_dir_all(&folder).expect("the folder goes");
    }

    #[test]
    fn a_file_that_is_not_there_is_made() {
        let folder = folder("made");
        let path = folder.join("report.txt");
        Replacement::prepare(&path, b"new").and_then(Replacement::commit).expect("it can be written");
        assert_eq!(fs::read(&path).expect("a file"), b"new");
        assert!(Replacement::prepare(&folder.join("gone/report.txt"), b"new").is_err());
        fs::remove_dir_all(&folder).expect("the folder goes");
    }
}
