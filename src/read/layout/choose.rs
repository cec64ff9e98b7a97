//! Which pieces of paths name locales, and which folders hold sources: by the pages that pair.

use std::collections::{BTreeMap, BTreeSet};

use super::marks::{self, InName, Meaning, Style, Trust};
use super::orphans::move_orphans;
use super::trees::{LOOKS, Peek, Tree, resolved, trees};
use super::{Chosen, Folder, Given, Layout, Place, Why, below, join, shapes, site, undated};
use crate::hash::{HashMap, HashSet};
use crate::lexicon::languages;
use crate::read::LocaleRoot;
use crate::source::Locale;

pub(super) fn layout(given: &Given<'_>, paths: &[&str], peek: Peek<'_>) -> Layout {
    let mut layout = Layout {
        roots: given.roots.to_vec(),
        names: given.names.clone(),
        rules: given.patterns.to_vec(),
        dated: dated(paths),
        ..Layout::default()
    };
    let files: HashSet<String> = paths.iter().map(|path| layout.undated((*path).to_owned())).collect();
    let mut trees = trees(&layout, given, paths, &files);
    let sites = site::configurations(trees.iter().map(|tree| tree.folder), paths);
    if layout.rules.is_empty() {
        layout.rules = site::rules(&sites, &layout.names, paths);
    }
    if layout.roots.is_empty() {
        let roots = sites.iter().flat_map(|site| &site.roots);
        let holds = |root: &&LocaleRoot| paths.iter().any(|path| below(path, &root.prefix).is_some());
        layout.roots = roots.filter(holds).cloned().collect();
    }
    accept(&mut layout, &mut trees, peek);
    endings(&mut layout, given, paths, &files, peek);
    layout.known = paths.iter().map(|path| layout.bare(path).page).collect();
    move_orphans(&mut layout, &mut trees, paths, &files, peek);
    accept_alone(&mut layout, &mut trees, peek);
    sources(&mut layout, paths, &sites, peek);
    strip(&mut layout, &trees, paths);
    let mut places: Vec<Place> = paths.iter().map(|path| layout.place(path)).collect();
    set_apart(&layout, paths, &mut places);
    layout.source = source(&layout, &places, &sites);
    layout.places = paths.iter().map(|path| (*path).to_owned()).zip(places).collect();
    layout
}

/// Posts of different days that would be one page without their dates.
fn dated(paths: &[&str]) -> HashSet<String> {
    let mut seen = HashSet::default();
    paths.iter().filter_map(|path| undated(path)).filter(|plain| !seen.insert(plain.clone())).collect()
}

/// Takes the folders that pages show to be locales'.
fn accept(layout: &mut Layout, trees: &mut [Tree<'_>], peek: Peek<'_>) {
    let mut families: HashMap<&str, usize> = HashMap::default();
    for tree in trees.iter() {
        if tree.found.meaning.trust > Trust::Weak && tree.found.rest.is_empty() {
            *families.entry(tree.base.as_str()).or_default() += 1;
        }
    }
    let mut accepted = Vec::new();
    for (at, tree) in trees.iter().enumerate() {
        let whole = tree.found.rest.is_empty();
        let is_family = whole && families.get(tree.base.as_str()).is_some_and(|count| *count > 1);
        let paired = tree.pairs * 2 >= tree.files.len();
        let dotted = tree.folder.ends_with(&format!(".{}", tree.found.code));
        let fits = match tree.found.meaning.trust {
            Trust::Sure => whole || dotted || tree.pairs > 0,
            Trust::Bare if whole => is_family || paired,
            Trust::Bare | Trust::Weak => paired,
        };
        // A locale's code is beyond doubt where others lie beside it and pages pair.
        let doubtful = tree.found.meaning.trust == Trust::Weak
            || tree.found.meaning.trust == Trust::Bare
                && (!whole || !paired || marks::is_word(&tree.found.code));
        if !fits {
            continue;
        }
        if let Some(locale) = resolved(&tree.found.meaning, doubtful, tree.files.iter().copied(), peek) {
            accepted.push((at, locale));
        }
    }
    for (at, locale) in accepted {
        trees[at].accepted = true;
        let (folder, rest) = (trees[at].folder.to_owned(), trees[at].found.rest.clone());
        layout.folders.insert(folder, Folder { locale, rest });
    }
}

/// Whether the pages of a lone folder are in the language that its name stands for, which is no word.
fn is_said(tree: &Tree<'_>, peek: Peek<'_>) -> bool {
    let Some(locale) = tree.found.meaning.locales.first() else { return false };
    let mut texts = tree.files.iter().take(LOOKS).filter_map(|file| peek(file));
    !marks::is_word(&tree.found.code)
        && texts
            .any(|text| languages::of_text(&text).is_some_and(|said| languages::kin(said, locale.language())))
}

/// Takes the folders of locales that have neither source nor siblings, if their pages are in the right language.
fn accept_alone(layout: &mut Layout, trees: &mut [Tree<'_>], peek: Peek<'_>) {
    for tree in trees.iter_mut() {
        let is_whole = tree.found.rest.is_empty() && tree.found.meaning.trust == Trust::Bare;
        // What translations were moved to is their source as it is.
        let concerns = |to: &str| {
            to == tree.folder || below(to, tree.folder).is_some() || below(tree.folder, to).is_some()
        };
        let is_source = layout.moves.iter().any(|(_, to)| concerns(to));
        if tree.accepted || !is_whole || is_source || !is_said(tree, peek) {
            continue;
        }
        if let Some(locale) = tree.found.meaning.locales.first() {
            tree.accepted = true;
            let folder = Folder { locale: locale.clone(), rest: String::new() };
            layout.folders.insert(tree.folder.to_owned(), folder);
        }
    }
}

/// What an ending may mean, and the paths that have it with what their names are without it.
type Ending<'p> = (Meaning, Vec<(&'p str, String)>);

/// Takes the endings of files' names that pages show to be locales.
fn endings(layout: &mut Layout, given: &Given<'_>, paths: &[&str], files: &HashSet<String>, peek: Peek<'_>) {
    let mut found: BTreeMap<(Style, String), Ending<'_>> = BTreeMap::new();
    let mut homes: HashMap<String, BTreeSet<String>> = HashMap::default();
    for path in paths {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        for InName { style, code, rest, meaning } in marks::in_name(name, given.names) {
            let bare = join(folder, &rest);
            homes.entry(bare.clone()).or_default().insert(code.to_lowercase());
            found.entry((style, code)).or_insert_with(|| (meaning, Vec::new())).1.push((path, bare));
        }
    }
    for ((style, code), (meaning, pages)) in found {
        let pairs = |bare: &str| files.contains(bare) || homes.get(bare).is_some_and(|codes| codes.len() > 1);
        let sure = match style {
            Style::Dot => meaning.trust > Trust::Weak,
            Style::Underscore | Style::Dash => meaning.trust == Trust::Sure,
            Style::Lead => false,
        };
        let paired: Vec<&str> = pages.iter().filter(|(_, bare)| pairs(bare)).map(|(path, _)| *path).collect();
        if !sure && paired.is_empty() {
            continue;
        }
        let doubtful = !sure || meaning.trust == Trust::Bare && marks::is_word(&code) && paired.is_empty();
        let looked: Vec<&str> =
            if paired.is_empty() { pages.iter().map(|(path, _)| *path).collect() } else { paired };
        let Some(locale) = resolved(&meaning, doubtful, looked.into_iter(), peek) else { continue };
        if !sure {
            let lonely = pages.iter().filter(|(_, bare)| !pairs(bare));
            layout.plain.extend(lonely.map(|(path, _)| (*path).to_owned()));
        }
        layout.endings.insert((style, code), locale);
    }
}

/// Gives unmarked pages beside translations the locale that they are in.
fn sources(layout: &mut Layout, paths: &[&str], sites: &[site::Site], peek: Peek<'_>) {
    let mut homes: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut unmarked: HashMap<String, &str> = HashMap::default();
    for path in paths {
        let bare = layout.bare(path);
        if bare.locale.is_none() {
            unmarked.insert(bare.page, path);
        }
    }
    for path in paths.iter().filter(|_| !unmarked.is_empty()) {
        let bare = layout.bare(path);
        if bare.locale.is_none() {
            continue;
        }
        let page = if bare.rule.is_some() { bare.page } else { layout.moved(bare.page) };
        if let Some(source) = unmarked.get(page.as_str()) {
            homes.entry(home(layout, path, &page)).or_default().push(source);
        }
    }
    // A folder below another one is its source, too.
    let folders: Vec<String> = homes.keys().cloned().collect();
    for (folder, pages) in homes {
        let above = |other: &&String| **other != folder && below(&folder, other).is_some();
        if folders.iter().any(|other| above(&other)) {
            continue;
        }
        let texts: Vec<String> = pages.iter().take(LOOKS).filter_map(|path| peek(path)).collect();
        let said: BTreeSet<&str> = texts.iter().filter_map(|text| languages::of_text(text)).collect();
        let site = sites.iter().find_map(|site| site.locale.clone());
        let site = site.filter(|locale| {
            said.is_empty() || said.iter().any(|said| languages::kin(said, locale.language()))
        });
        let ruled = layout.rules.iter().find_map(|rule| rule.locale.clone());
        let text = said.first().and_then(|code| Locale::parse(code));
        if let Some(locale) = ruled.or(site).or(text).or_else(|| Locale::parse("en")) {
            layout.sources.push((folder, locale));
        }
    }
    layout.sources.sort_by(|a, b| (b.0.len(), a).cmp(&(a.0.len(), b)));
}

/// The folder that holds the unmarked sources of a translation: that beside its locale's folder, or where it was
/// moved to; that of the page where its name carries the locale.
fn home(layout: &Layout, path: &str, page: &str) -> String {
    let tree = path.match_indices('/').map(|(at, _)| &path[..at]).filter_map(|folder| {
        let mark = layout.folders.get(folder)?;
        Some((folder, mark))
    });
    match { tree }.next_back() {
        Some((folder, _)) => {
            let rest = layout.undated(below(path, folder).unwrap_or(path).to_owned());
            // What both share at the end lies below the roots of both.
            let common = page
                .split('/')
                .rev()
                .zip(rest.split('/').rev())
                .take_while(|(a, b)| a == b)
                .map(|(a, _)| a.len() + 1)
                .sum::<usize>();
            page.get(..page.len().saturating_sub(common)).unwrap_or("").to_owned()
        }
        None => page.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
    }
}

/// Leaves folders of locales' folders out of pages, unless pages of two of them would be one.
fn strip(layout: &mut Layout, trees: &[Tree<'_>], paths: &[&str]) {
    let accepted = trees.iter().filter(|tree| tree.accepted && !tree.base.is_empty());
    let bases: BTreeSet<&str> = accepted.map(|tree| tree.base.as_str()).collect();
    if bases.is_empty() {
        return;
    }
    let mut bases: Vec<&str> = bases.into_iter().collect();
    bases.sort_by_key(|base| std::cmp::Reverse(base.len()));
    let mut homes: HashMap<String, BTreeSet<usize>> = HashMap::default();
    for path in paths {
        let Place { locale, page } = layout.place(path);
        if locale.is_none() {
            continue;
        }
        let home = bases.iter().position(|base| below(&page, base).is_some());
        let rest = home.and_then(|home| below(&page, bases[home])).unwrap_or(&page).to_owned();
        homes.entry(rest).or_default().insert(home.unwrap_or(bases.len()));
    }
    let shared: BTreeSet<usize> = homes.into_values().filter(|homes| homes.len() > 1).flatten().collect();
    let own = bases.iter().enumerate().filter(|(at, _)| !shared.contains(at));
    layout.stripped = own.map(|(_, base)| (*base).to_owned()).collect();
}

/// Keeps pages of one locale from taking each other's place: those of the smaller tree keep to themselves.
fn set_apart(layout: &Layout, paths: &[&str], places: &mut [Place]) {
    let mut holders: HashMap<(&Locale, &str), Vec<usize>> = HashMap::default();
    for (at, place) in places.iter().enumerate() {
        if let Some(locale) = &place.locale {
            holders.entry((locale, &place.page)).or_default().push(at);
        }
    }
    let mut groups: Vec<Vec<usize>> = holders.into_values().filter(|holders| holders.len() > 1).collect();
    if groups.is_empty() {
        return;
    }
    groups.sort_unstable();
    let shapes: Vec<String> = paths.iter().map(|path| shapes::shape(layout, path)).collect();
    let mut sizes: HashMap<&str, usize> = HashMap::default();
    for shape in &shapes {
        *sizes.entry(shape).or_default() += 1;
    }
    let mut twins = Vec::new();
    let mut losers: HashSet<(&str, String)> = HashSet::default();
    for holders in &mut groups {
        holders.sort_by_key(|at| (std::cmp::Reverse(sizes.get(shapes[*at].as_str())), *at));
        for at in &holders[1..] {
            // Even of the twins of one tree, only one can be the page.
            if shapes[*at] == shapes[holders[0]] {
                twins.push(*at);
            } else {
                losers.insert((shapes[*at].as_str(), places[*at].page.clone()));
            }
        }
    }
    for (at, place) in places.iter_mut().enumerate().filter(|(_, place)| place.locale.is_some()) {
        if losers.contains(&(shapes[at].as_str(), place.page.clone())) {
            place.page = format!("{}:{}", shapes[at], place.page);
        }
    }
    for at in twins {
        paths[at].clone_into(&mut places[at].page);
    }
}

/// The locale that the others are translated from.
fn source(layout: &Layout, places: &[Place], sites: &[site::Site]) -> Option<Chosen> {
    let mut counts: BTreeMap<Locale, usize> = BTreeMap::new();
    for locale in places.iter().filter_map(|place| place.locale.as_ref()) {
        *counts.entry(locale.clone()).or_default() += 1;
    }
    for site in sites {
        let Some(named) = &site.locale else { continue };
        let same = counts.keys().find(|locale| *locale == named);
        let akin = || {
            let akin = counts.iter().filter(|(locale, _)| locale.language() == named.language());
            akin.max_by_key(|(_, count)| **count).map(|(locale, _)| locale)
        };
        if let Some(locale) = same.or_else(akin) {
            return Some(Chosen { locale: locale.clone(), why: Why::Site(site.file.clone()) });
        }
    }
    let unmarked = layout.sources.iter().map(|(_, locale)| locale);
    if let Some(locale) = unmarked.max_by_key(|locale| counts.get(*locale).copied().unwrap_or(0)) {
        return Some(Chosen { locale: locale.clone(), why: Why::Unmarked });
    }
    by_count(&counts)
}

/// English unless it lacks most of the pages; else the locale with clearly more pages than any other.
pub fn by_count(counts: &BTreeMap<Locale, usize>) -> Option<Chosen> {
    let english =
        counts.iter().filter(|(locale, _)| locale.language() == "en").max_by_key(|(_, count)| **count);
    let mut others: Vec<(&Locale, usize)> = counts
        .iter()
        .filter(|(locale, _)| locale.language() != "en")
        .map(|(locale, count)| (locale, *count))
        .collect();
    others.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let most = others.first().copied();
    match (english, most) {
        (Some((locale, count)), most) if most.is_none_or(|(_, most)| count * 2 > most) => {
            Some(Chosen { locale: locale.clone(), why: Why::English })
        }
        (english, Some((locale, most))) => {
            let next =
                others.get(1).map_or(0, |(_, count)| *count).max(english.map_or(0, |(_, count)| *count));
            let most =
                (next > 0 && most * 5 > next * 6).then(|| Chosen { locale: locale.clone(), why: Why::Most });
            most.or_else(|| english.map(|(locale, _)| Chosen { locale: locale.clone(), why: Why::English }))
        }
        _ => None,
    }
}
