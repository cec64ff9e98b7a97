//! Which page of a tree is the translation of which: told by the paths of all its pages together.
//!
//! A piece of a path that may name a locale counts if pages show that it does: the page without it, or its sibling
//! in another locale, lies where it should. Translations that lie elsewhere are moved there by what pairs most pages.
//! What stands unmarked beside translations is their source. Absent here: what a page says.

mod choose;
mod marks;
mod moves;
mod orphans;
mod pattern;
mod shapes;
mod site;
mod trees;

use std::collections::BTreeMap;

use crate::hash::{HashMap, HashSet};
use crate::source::Locale;

pub use choose::by_count;
pub use pattern::Pattern;
pub use shapes::Shape;

use super::LocaleRoot;
use marks::Style;

/// What the user says of a tree.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// Locales by path.
    pub roots: &'a [LocaleRoot],
    /// Locales by the name of a folder or a file's ending, in lower case.
    pub names: &'a BTreeMap<String, Locale>,
    /// Where translations lie, and where their sources do.
    pub patterns: &'a [Rule],
}

/// A layout that somebody wrote down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The paths of sources.
    pub source: Option<Pattern>,
    /// The paths of translations.
    pub translations: Pattern,
    /// The locale of the sources.
    pub locale: Option<Locale>,
}

/// The locale of a source, and what speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The locale.
    pub locale: Locale,
    /// What speaks for it.
    pub why: Why,
}

/// What speaks for a locale as the source of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The configuration of the site.
    Site(String),
    /// Its pages are unmarked, those of the others are not.
    Unmarked,
    /// Pages of the others say what they were translated from.
    Named,
    /// Paragraphs in its language are left over in the others.
    LeftOver,
    /// It is English.
    English,
    /// It has the most pages.
    Most,
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Site(file) => write!(f, "by {file}"),
            Self::Unmarked => f.write_str("whose pages are unmarked"),
            Self::Named => f.write_str("which the other pages name"),
            Self::LeftOver => f.write_str("whose words are left in the other pages"),
            Self::English => f.write_str("by default"),
            Self::Most => f.write_str("which has the most pages"),
        }
    }
}

/// Where a page belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The locale that its path shows.
    pub locale: Option<Locale>,
    /// Equal for all translations of one page.
    pub page: String,
}

/// A locale's folder.
#[derive(Debug, Clone)]
struct Folder {
    locale: Locale,
    /// What is left of its name.
    rest: String,
}

/// Where the locales of a tree lie.
#[derive(Debug, Default)]
pub struct Layout {
    roots: Vec<LocaleRoot>,
    names: BTreeMap<String, Locale>,
    rules: Vec<Rule>,
    /// By path.
    folders: HashMap<String, Folder>,
    endings: HashMap<(Style, String), Locale>,
    /// Files whose names only look as if they carried a locale.
    plain: HashSet<String>,
    /// Posts that would be one without their dates.
    dated: HashSet<String>,
    /// Folders of translations without their marks, with the folder of their source.
    moves: Vec<(String, String)>,
    /// All pages without their marks.
    known: HashSet<String>,
    /// Folders of unmarked sources, the longest first.
    sources: Vec<(String, Locale)>,
    /// Folders of locales' folders, the longest first, as far as pages are told apart without them.
    stripped: Vec<String>,
    /// What all of that makes of each page.
    places: HashMap<String, Place>,
    /// The locale that the others are translated from.
    pub source: Option<Chosen>,
}

/// A path without its marks.
struct Bare {
    page: String,
    locale: Option<Locale>,
    /// Whether a part of the path, or the user, names the locale; else it is that of a folder above.
    marked: bool,
    /// How a rule was written that it follows.
    rule: Option<usize>,
}

impl Layout {
    /// The layout of pages with those paths; `peek` gives the beginning of a page.
    pub fn new(given: &Given<'_>, paths: &[&str], peek: &dyn Fn(&str) -> Option<String>) -> Self {
        choose::layout(given, paths, peek)
    }

    /// Where a page belongs.
    pub fn of(&self, path: &str) -> Place {
        self.places.get(path).cloned().unwrap_or_else(|| self.place(path))
    }

    /// The patterns that pages follow, with how many do, those with most pages first, sources before translations.
    pub fn shapes<'p>(&self, pages: impl Iterator<Item = (&'p str, Option<&'p Locale>)>) -> Vec<Shape> {
        shapes::shapes(self, pages)
    }

    /// The folder that a page's locale and those beside it lie in.
    pub fn home<'p>(&self, path: &'p str) -> Option<&'p str> {
        shapes::home(self, path)
    }

    /// Whether the user says of which locale this very page is.
    pub(super) fn is_named(&self, path: &str) -> bool {
        self.roots.iter().any(|root| root.prefix == path)
    }

    fn place(&self, path: &str) -> Place {
        let Bare { mut page, mut locale, marked, rule } = self.bare(path);
        if marked && rule.is_none() {
            page = self.moved(page);
        }
        if locale.is_none() {
            locale = self.source_above(&page).cloned();
        }
        if locale.is_some()
            && let Some(rest) = self.stripped.iter().find_map(|base| below(&page, base))
        {
            page = String::from(rest);
        }
        if locale.is_none() {
            page = String::from(outside(&page));
        }
        Place { locale, page }
    }

    /// The path without its marks.
    fn bare(&self, path: &str) -> Bare {
        for (at, rule) in self.rules.iter().enumerate() {
            if let Some((code, page)) = rule.translations.fits(path)
                && let Some(locale) = code.and_then(|code| self.code(code))
            {
                let page = rule.source.as_ref().map_or_else(|| page.to_owned(), |source| source.fill(page));
                return Bare { page: self.undated(page), locale: Some(locale), marked: true, rule: Some(at) };
            }
        }
        let mut page = String::with_capacity(path.len());
        let (mut locale, mut marked) = (None, false);
        let mut start = 0;
        for (at, _) in path.match_indices('/') {
            let (folder, step) = (&path[..at], &path[start..at]);
            start = at + 1;
            if let Some(root) = self.roots.iter().find(|root| at > 0 && root.prefix == folder) {
                page.clear();
                locale = Some(root.locale.clone());
                marked = true;
            } else if let Some(mark) = self.folders.get(folder) {
                locale = Some(mark.locale.clone());
                marked = true;
                add(&mut page, &mark.rest);
            } else {
                page.push_str(step);
                page.push('/');
            }
        }
        let name = &path[start..];
        if let Some(root) = self.roots.iter().find(|root| root.prefix == path || root.prefix.is_empty()) {
            if root.prefix == path || locale.is_none() {
                locale = Some(root.locale.clone());
            }
            if root.prefix == path {
                page.clear();
                page.push_str(name);
                return Bare { page, locale, marked: true, rule: None };
            }
        }
        let in_name = (!self.endings.is_empty() && !self.plain.contains(path))
            .then(|| {
                let mut found = marks::in_name(name, &self.names).into_iter();
                let known = |found: marks::InName| {
                    let locale = self.endings.get(&(found.style, found.code)).cloned()?;
                    Some((locale, found.rest))
                };
                found.find_map(known)
            })
            .flatten();
        match in_name {
            Some((own, rest)) => {
                locale = Some(own);
                marked = true;
                page.push_str(&rest);
            }
            None => page.push_str(name),
        }
        Bare { page: self.undated(page), locale, marked, rule: None }
    }

    /// The locale of a code in a path that follows a rule.
    fn code(&self, code: &str) -> Option<Locale> {
        marks::meaning(code, &self.names).and_then(|meaning| meaning.locales.into_iter().next())
    }

    /// A post without its date, which differs between languages.
    fn undated(&self, page: String) -> String {
        match undated(&page) {
            Some(plain) if !self.dated.contains(&plain) => plain,
            _ => page,
        }
    }

    /// A translation where its source lies.
    fn moved(&self, page: String) -> String {
        let fits = |(from, to): &&(String, String)| below(&page, from).is_some() && from != to;
        let mut first = None;
        // The longest come first.
        for (from, to) in self.moves.iter().filter(fits) {
            let moved = join(to, below(&page, from).unwrap_or(&page));
            if self.known.contains(&moved) {
                return moved;
            }
            first.get_or_insert(moved);
        }
        match first {
            Some(moved) if !self.known.contains(&page) => moved,
            _ => page,
        }
    }

    /// The locale of the unmarked sources among which a page lies.
    fn source_above(&self, page: &str) -> Option<&Locale> {
        let source = self.sources.iter().find(|(folder, _)| below(page, folder).is_some());
        source.map(|(_, locale)| locale)
    }
}

/// Whether a folder's name is that of a locale, as far as the name tells.
pub fn is_locale_folder(name: &str) -> bool {
    let found = marks::in_folder(name, &BTreeMap::new());
    found.is_some_and(|found| found.rest.is_empty() && found.meaning.trust > marks::Trust::Weak)
}

/// A page's path below a folder; all lie below the empty one.
fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

fn join(folder: &str, rest: &str) -> String {
    if folder.is_empty() { rest.to_owned() } else { format!("{folder}/{rest}") }
}

/// Adds a step to a path, if there is one.
fn add(path: &mut String, step: &str) {
    if !step.is_empty() {
        path.push_str(step);
        path.push('/');
    }
}

/// `_posts/2024-05-06-a.md` without its date.
fn undated(page: &str) -> Option<String> {
    let (folders, name) = page.rsplit_once('/').unwrap_or(("", page));
    if !folders.split('/').any(|step| step == "_posts" || step == "_drafts") {
        return None;
    }
    let bytes = name.as_bytes();
    let is_date = bytes.len() > 11
        && bytes[..11].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 | 10 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    is_date.then(|| join(folders, &name[11..]))
}

/// A path that may lead out of the working folder, from where it starts to name things.
fn outside(path: &str) -> &str {
    let mut path = path.trim_start_matches('/');
    while let Some(rest) = path.strip_prefix("../") {
        path = rest;
    }
    path
}

#[cfg(test)]
mod tests;
