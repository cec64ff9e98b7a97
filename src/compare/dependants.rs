//! Which pages have to be judged again because others changed or went.
//!
//! A page depends on the page that vouches for it, on the translations that vote on it, and on the pages it links to.
//! Examples send words to every page of an API; that is no reason to judge them all again.

use std::collections::BTreeSet;

use crate::compare::corpus::join;
use crate::compare::reference::References;
use crate::facts::Page;
use crate::hash::HashSet;
use crate::text::FileId;

/// A page that is no longer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its path, as [`crate::source::Source::path`].
    pub path: String,
    /// What it was a translation of, as [`crate::source::Source::page`].
    pub page: String,
}

/// The pages that depend on changed ones or on ones that are gone, without those that changed themselves.
pub fn dependants(
    pages: &[Page],
    references: &References<'_>,
    changed: &BTreeSet<FileId>,
    gone: &[Gone],
) -> BTreeSet<FileId> {
    let is_changed = |page: &&Page| changed.contains(&page.file);
    let voters: HashSet<&str> =
        pages.iter().filter(is_changed).map(|page| page.source.page.as_str()).collect();
    let lost: HashSet<&str> = gone.iter().map(|gone| gone.page.as_str()).collect();
    let paths = pages.iter().filter(is_changed).map(|page| page.source.path.as_str());
    let targets: HashSet<&str> = paths.chain(gone.iter().map(|gone| gone.path.as_str())).collect();
    let depends = |page: &&Page| {
        let identity = page.source.page.as_str();
        // A translation that is gone is told of its reference page.
        let by_source = match references.of(page) {
            Some(with) => changed.contains(&with.page.file),
            None => lost.contains(identity) || !references.is_reference(page) && voters.contains(identity),
        };
        by_source || links_to(page, &targets)
    };
    let rest = pages.iter().filter(|page| !is_changed(page));
    rest.filter(depends).map(|page| page.file).collect()
}

/// Whether a page links to one of those paths.
fn links_to(page: &Page, paths: &HashSet<&str>) -> bool {
    let text = page.source.text.as_str();
    let mut joined = String::new();
    page.document.links.iter().filter(|link| !link.image).any(|link| {
        let target = link.target.of(text).trim();
        let path = target.split('#').next().unwrap_or("");
        !path.is_empty()
            && join(&page.source.path, path, &mut joined).is_some()
            && paths.contains(joined.as_str())
    })
}
