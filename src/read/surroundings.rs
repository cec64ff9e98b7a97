//! Where pages lie that bear witness for those that were named.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::file::working_folder;
use super::globs::normal;
use super::layout::is_locale_folder;

/// The folders whose pages may be translations or sources of what was named: the working folder or the repository that
/// it lies in, else the folder above that of its locale.
pub fn surroundings<'p>(named: impl Iterator<Item = &'p Path>) -> Vec<PathBuf> {
    let here = working_folder();
    let folders: BTreeSet<PathBuf> = named.filter_map(|path| around(path, &here)).collect();
    folders.into_iter().collect()
}

fn around(path: &Path, here: &Path) -> Option<PathBuf> {
    let full = normal(&here.join(path));
    let is_repository = |folder: &&Path| folder.join(".git").exists();
    if full.strip_prefix(here).is_ok()
        && (here.ancestors().any(|folder| is_repository(&folder)) || is_small(here))
    {
        let within = full.ancestors().take_while(|folder| folder.starts_with(here));
        let inner = within.filter(|folder| *folder != here).find(is_repository);
        let inner = inner.and_then(|folder| folder.strip_prefix(here).ok());
        return Some(inner.map_or_else(|| PathBuf::from("."), Path::to_owned));
    }
    // Written as it was named, so that both are shown alike.
    let above = || path.ancestors().skip(1).filter(|step| step.file_name().is_some());
    let is_locale =
        |step: &&Path| step.file_name().and_then(|name| name.to_str()).is_some_and(is_locale_folder);
    let beside = path.ancestors().filter(is_locale).last().and_then(Path::parent);
    let beside = beside.filter(|folder| folder.file_name().is_some());
    let repository = above().find(is_repository);
    repository.or(beside).or_else(|| above().next().filter(|_| full.is_file())).map(Path::to_owned)
}

/// Whether a folder that is no repository holds no more than a project does.
fn is_small(folder: &Path) -> bool {
    const MOST: usize = 4_000;
    let walk = WalkBuilder::new(folder).require_git(false).git_global(false).build();
    walk.take(MOST + 1).count() <= MOST
}
