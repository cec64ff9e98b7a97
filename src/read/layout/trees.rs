//! Folders that may be locales', with their pages.

use std::collections::BTreeSet;

use super::marks::{self, InFolder, Meaning};
use super::{Given, Layout, below, join};
use crate::hash::{HashMap, HashSet};
use crate::lexicon::languages;
use crate::source::Locale;

/// So many pages of a kind are looked into, at most.
pub(super) const LOOKS: usize = 4;

/// Gives the beginning of a page.
pub(super) type Peek<'p> = &'p dyn Fn(&str) -> Option<String>;

/// A folder that may be a locale's.
pub(super) struct Tree<'p> {
    pub folder: &'p str,
    pub found: InFolder,
    /// Where its pages lie without the mark.
    pub base: String,
    pub files: Vec<&'p str>,
    /// How many of its pages lie in another locale, or unmarked, as well.
    pub pairs: usize,
    pub accepted: bool,
}

impl Tree<'_> {
    pub fn bare(&self, layout: &Layout, file: &str) -> String {
        layout.undated(join(&self.base, below(file, self.folder).unwrap_or(file)))
    }
}

/// All folders that may be a locale's, with their pages.
pub(super) fn trees<'p>(
    layout: &Layout,
    given: &Given<'_>,
    paths: &[&'p str],
    files: &HashSet<String>,
) -> Vec<Tree<'p>> {
    let mut at: HashMap<&str, Option<usize>> = HashMap::default();
    let mut trees: Vec<Tree<'p>> = Vec::new();
    for path in paths {
        let mut start = 0;
        for (end, _) in path.match_indices('/') {
            let (folder, step) = (&path[..end], &path[start..end]);
            let above = &path[..start.saturating_sub(1)];
            start = end + 1;
            let tree = *at.entry(folder).or_insert_with(|| {
                let found = marks::in_folder(step, given.names)?;
                let base = if found.rest.is_empty() { above.to_owned() } else { join(above, &found.rest) };
                trees.push(Tree { folder, found, base, files: Vec::new(), pairs: 0, accepted: false });
                Some(trees.len() - 1)
            });
            if let Some(tree) = tree {
                trees[tree].files.push(path);
            }
        }
    }
    let mut homes: HashMap<String, BTreeSet<&str>> = HashMap::default();
    for tree in &trees {
        for file in &tree.files {
            homes.entry(tree.bare(layout, file)).or_default().insert(tree.folder);
        }
    }
    for tree in &mut trees {
        let pairs = |file: &&&str| {
            let bare = tree.bare(layout, file);
            files.contains(bare.as_str()) || homes.get(&bare).is_some_and(|homes| homes.len() > 1)
        };
        tree.pairs = tree.files.iter().filter(pairs).count();
    }
    trees
}

/// The locale that a name stands for, as far as pages of that name do not speak against it.
pub(super) fn resolved<'p>(
    meaning: &Meaning,
    doubtful: bool,
    files: impl Iterator<Item = &'p str>,
    peek: Peek<'_>,
) -> Option<Locale> {
    let first = meaning.locales.first()?;
    if !doubtful {
        return Some(first.clone());
    }
    let texts: Vec<String> = files.take(LOOKS).filter_map(peek).collect();
    let said: Vec<&str> = texts.iter().filter_map(|text| languages::of_text(text)).collect();
    let fits = |locale: &&Locale| said.iter().any(|said| languages::kin(said, locale.language()));
    match meaning.locales.iter().find(fits) {
        Some(locale) => Some(locale.clone()),
        None => said.is_empty().then(|| first.clone()),
    }
}
