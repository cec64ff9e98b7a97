//! Which folders of translations belong to which folders of sources elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::marks::{self, Trust};
use super::moves::{self, Orphan};
use super::trees::{LOOKS, Peek, Tree, resolved};
use super::{Folder, Layout, below, join};
use crate::hash::{HashMap, HashSet};
use crate::lexicon::languages;
use crate::source::Locale;

/// Finds the sources of translations that lie elsewhere.
pub(super) fn move_orphans(
    layout: &mut Layout,
    trees: &mut [Tree<'_>],
    paths: &[&str],
    files: &HashSet<String>,
    peek: Peek<'_>,
) {
    // How many pages of a folder lie in locales' folders below it.
    let mut inner: HashMap<&str, usize> = HashMap::default();
    for tree in trees.iter().filter(|tree| tree.accepted) {
        for (at, _) in tree.folder.match_indices('/') {
            *inner.entry(&tree.folder[..at]).or_default() += tree.files.len();
        }
    }
    let is_outer =
        |tree: &Tree<'_>| inner.get(tree.folder).is_some_and(|count| count * 2 >= tree.files.len());
    let beside: HashSet<&str> = trees
        .iter()
        .filter(|tree| tree.files.iter().any(|file| files.contains(&tree.bare(layout, file))))
        .map(|tree| tree.base.as_str())
        .collect();
    let mut groups: Vec<(Option<usize>, Vec<Orphan>, BTreeSet<String>)> = Vec::new();
    for (at, tree) in trees.iter().enumerate() {
        let paired = tree.pairs * 2 >= tree.files.len();
        // Translations that pair with each other only may have their source elsewhere, unmarked.
        let unmarked = paired && tree.accepted && !beside.contains(tree.base.as_str());
        if paired && !unmarked || !tree.accepted && is_outer(tree) {
            continue;
        }
        let orphan = |file: &&str| Orphan {
            bare: if tree.accepted { layout.bare(file).page } else { tree.bare(layout, file) },
            fixed: tree.base.len(),
            tree: tree.folder.to_owned(),
            unmarked: unmarked || !tree.accepted && tree.files.len() < 2,
        };
        groups.push((Some(at), tree.files.iter().map(orphan).collect(), BTreeSet::new()));
    }
    let mut loose: BTreeMap<String, (Vec<Orphan>, BTreeSet<String>)> = BTreeMap::new();
    for path in paths.iter().filter(|_| !layout.endings.is_empty()) {
        let bare = layout.bare(path);
        if bare.marked && !layout.plain.contains(*path) && !files.contains(bare.page.as_str()) {
            let (folder, name) = bare.page.rsplit_once('/').unwrap_or(("", &bare.page));
            let plain = path.rsplit('/').next().is_some_and(|own| own == name);
            if !plain {
                let orphan = Orphan {
                    fixed: folder.len(),
                    tree: String::new(),
                    bare: bare.page.clone(),
                    unmarked: false,
                };
                let group = loose.entry(folder.to_owned()).or_default();
                group.0.push(orphan);
                group.1.extend(bare.locale.map(|locale| locale.language().to_owned()));
            }
        }
    }
    groups.extend(loose.into_values().map(|(orphans, languages)| (None, orphans, languages)));
    if groups.is_empty() {
        return;
    }
    let bare: Vec<(String, Option<Locale>)> = paths
        .iter()
        .map(|path| {
            let bare = layout.bare(path);
            (bare.page, bare.locale)
        })
        .collect();
    let index = moves::Index::new(paths, &bare);
    // Two that meet are one: it is the translation that moves.
    groups.sort_by_key(|(tree, ..)| {
        tree.is_some_and(|at| trees[at].found.meaning.locales.iter().any(|locale| locale.language() == "en"))
    });
    for (tree, orphans, languages) in groups {
        let locale = tree.and_then(|at| {
            let tree = &trees[at];
            let known = layout.folders.get(tree.folder).map(|folder| folder.locale.clone());
            // Pages that meet their sources elsewhere speak for a code that is no word.
            let doubtful = tree.found.meaning.trust == Trust::Weak || marks::is_word(&tree.found.code);
            known.or_else(|| resolved(&tree.found.meaning, doubtful, tree.files.iter().copied(), peek))
        });
        if tree.is_some() && locale.is_none() {
            continue;
        }
        let mut found = index.moves(&orphans, locale.as_ref());
        found.retain(|(from, to)| {
            !layout
                .moves
                .iter()
                .any(|(known, _)| below(to, known).is_some() || below(known, to).is_some() && from != known)
        });
        if orphans.iter().any(|orphan| orphan.unmarked)
            && has_twin(layout, trees, tree, &found, &orphans, peek)
        {
            continue;
        }
        if found.is_empty() || tree.is_none() && has_source(&languages, &found, &orphans, peek) {
            continue;
        }
        if let Some(at) = tree
            && !trees[at].accepted
            && let Some(locale) = locale
        {
            trees[at].accepted = true;
            let rest = trees[at].found.rest.clone();
            layout.folders.insert(trees[at].folder.to_owned(), Folder { locale, rest });
        }
        layout.moves.extend(found);
    }
    layout.moves.sort_by(|a, b| (b.0.len(), a).cmp(&(a.0.len(), b)));
    layout.moves.dedup();
}

/// Where a translation would be moved to.
fn source_of(orphan: &Orphan, found: &[(String, String)]) -> Option<String> {
    found.iter().find_map(|(from, to)| Some(join(to, below(&orphan.bare, from)?)))
}

/// Whether what would be the source of pages is in one of the languages of these, so that it is none.
fn has_source(
    languages: &BTreeSet<String>,
    found: &[(String, String)],
    orphans: &[Orphan],
    peek: Peek<'_>,
) -> bool {
    let sources = orphans.iter().filter_map(|orphan| source_of(orphan, found));
    let texts: Vec<String> = sources.filter_map(|path| peek(&path)).take(LOOKS).collect();
    let said: BTreeSet<&str> = texts.iter().filter_map(|text| languages::of_text(text)).collect();
    languages.len() > 1
        && (said.is_empty() && languages.contains("en") || said.iter().any(|said| languages.contains(*said)))
}

/// Whether what would be the source of a tree is in the language of a tree beside that one, so that it is none.
fn has_twin(
    layout: &Layout,
    trees: &[Tree<'_>],
    tree: Option<usize>,
    found: &[(String, String)],
    orphans: &[Orphan],
    peek: Peek<'_>,
) -> bool {
    let Some(base) = tree.map(|at| trees[at].base.as_str()) else { return false };
    let sources: Vec<String> = orphans.iter().filter_map(|orphan| source_of(orphan, found)).collect();
    let texts = sources.iter().filter_map(|path| peek(path)).take(LOOKS);
    let said: BTreeSet<&str> = texts.filter_map(|text| languages::of_text(&text)).collect();
    let beside = trees.iter().filter(|tree| tree.accepted && tree.base == base);
    let mut locales = beside.filter_map(|tree| layout.folders.get(tree.folder));
    locales.any(|folder| said.contains(folder.locale.language()))
}
