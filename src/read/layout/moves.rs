//! Translations that lie elsewhere than their sources: `i18n/fr/.../current/a.md` of `docs/a.md`.
//!
//! The ends of their paths meet; the folders before the ends that meet most often belong together.

use std::collections::BTreeMap;

use super::{below, join};
use crate::hash::HashMap;
use crate::source::Locale;

/// An end of a path that more pages have says nothing.
const COMMON: usize = 24;

/// A translation whose source is not where its path leads.
pub(super) struct Orphan {
    /// The path without its marks.
    pub bare: String,
    /// So many bytes of it are above the locale's folder.
    pub fixed: usize,
    /// The locale's folder.
    pub tree: String,
    /// Whether only an unmarked page can be its source.
    pub unmarked: bool,
}

/// Pages by the ends of their paths.
pub(super) struct Index<'p> {
    paths: &'p [&'p str],
    bare: &'p [(String, Option<Locale>)],
    ends: HashMap<&'p str, Vec<u32>>,
}

impl<'p> Index<'p> {
    pub fn new(paths: &'p [&'p str], bare: &'p [(String, Option<Locale>)]) -> Self {
        let mut ends: HashMap<&str, Vec<u32>> = HashMap::default();
        for (at, (page, _)) in bare.iter().enumerate() {
            let starts = page.match_indices('/').map(|(slash, _)| slash + 1);
            for start in std::iter::once(0).chain(starts) {
                let known = ends.entry(&page[start..]).or_default();
                if known.len() <= COMMON {
                    known.push(at as u32);
                }
            }
        }
        Self { paths, bare, ends }
    }

    /// Folders of translations, and where their sources lie; nothing unless half of the translations have one.
    pub fn moves(&self, orphans: &[Orphan], locale: Option<&Locale>) -> Vec<(String, String)> {
        let mut votes: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut met = 0;
        for orphan in orphans {
            met += usize::from(self.vote(orphan, locale, &mut votes));
        }
        if met == 0 || met * 2 < orphans.len() {
            return Vec::new();
        }
        let mut best: BTreeMap<String, (usize, usize, String)> = BTreeMap::new();
        for ((from, to), count) in votes {
            let near = common(&from, &to);
            let better = |(most, nearest, known): &(usize, usize, String)| {
                (count, near, std::cmp::Reverse(to.len())) > (*most, *nearest, std::cmp::Reverse(known.len()))
            };
            if best.get(&from).is_none_or(better) {
                best.insert(from, (count, near, to));
            }
        }
        let within = |from: &str| orphans.iter().filter(|orphan| below(&orphan.bare, from).is_some()).count();
        let kept = best.into_iter().filter(|(from, (count, ..))| count * 3 >= within(from));
        kept.map(|(from, (_, _, to))| (from, to)).filter(|(from, to)| from != to).collect()
    }

    /// Counts where the source of a page may lie; whether there is any.
    fn vote(
        &self,
        orphan: &Orphan,
        locale: Option<&Locale>,
        votes: &mut BTreeMap<(String, String), usize>,
    ) -> bool {
        let bare = orphan.bare.as_str();
        let first = if orphan.fixed == 0 { 0 } else { orphan.fixed + 1 };
        let starts = bare.match_indices('/').map(|(slash, _)| slash + 1).filter(|start| *start > first);
        for start in std::iter::once(first).chain(starts) {
            let Some(end) = bare.get(start..) else { continue };
            let Some(known) = self.ends.get(end).filter(|known| known.len() <= COMMON) else { continue };
            let mut any = false;
            for at in known {
                let (page, own) = &self.bare[*at as usize];
                let path = self.paths[*at as usize];
                let same_language = match (locale, own) {
                    (Some(one), Some(other)) => one.language() == other.language(),
                    _ => false,
                };
                if orphan.unmarked && own.is_some() {
                    continue;
                }
                if same_language
                    || page == bare
                    || !orphan.tree.is_empty() && below(path, &orphan.tree).is_some()
                {
                    continue;
                }
                let folder = |path: &str| path[..path.len() - end.len()].trim_end_matches('/').to_owned();
                *votes.entry((folder(bare), folder(page))).or_default() += 1;
                any = true;
            }
            if any {
                return true;
            }
        }
        false
    }
}

/// How many steps two folders have in common, from the top.
fn common(one: &str, other: &str) -> usize {
    let same = one.split('/').zip(other.split('/')).take_while(|(a, b)| a == b).count();
    if join(one, "").is_empty() { 0 } else { same }
}
