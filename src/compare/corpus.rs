//! All pages of a run as one: who vouches for whom, which page a link leads to, which anchors a page has.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use memchr::{memchr, memmem, memrchr};

use crate::compare::reference::References;
use crate::document::{Anchor, View};
use crate::facts::Page;
use crate::fold::slug;
use crate::hash::{HashMap, HashSet};
use crate::normalize::readings::Readings;
use crate::source::Locale;

/// The pages of a run.
pub struct Corpus<'a> {
    /// Numbered by [`crate::text::FileId`].
    pub pages: &'a [Page],
    /// Who vouches for whom.
    pub references: &'a References<'a>,
    /// What the type cells of all pages say.
    pub readings: Readings<'a>,
    by_path: HashMap<&'a str, &'a Page>,
    /// By page; nothing where other files are included, for they may bring anchors along.
    anchors: Vec<OnceLock<Option<HashSet<String>>>>,
    absent: HashMap<&'a str, Vec<&'a Locale>>,
    /// Pages by their identity.
    siblings: HashMap<&'a str, Vec<&'a Page>>,
}

impl<'a> Corpus<'a> {
    /// All pages of a run.
    pub fn new(pages: &'a [Page], references: &'a References<'a>) -> Self {
        let anchors = pages.iter().map(|_| OnceLock::new()).collect();
        let by_path = pages.iter().map(|page| (page.source.path.as_str(), page)).collect();
        let (readings, absent) = (Readings::new(pages), absent(pages, references));
        let mut siblings: HashMap<&str, Vec<&Page>> = HashMap::default();
        for page in pages {
            siblings.entry(&page.source.page).or_default().push(page);
        }
        Self { pages, references, readings, by_path, anchors, absent, siblings }
    }

    /// The page that a relative link of `from` leads to; its fragment left out. An empty one leads to itself.
    pub fn linked(&self, from: &'a Page, target: &str) -> Option<&'a Page> {
        let mut path = String::new();
        self.linked_by(from, target, &mut path)
    }

    /// [`Self::linked`] for many links in a row: `path` is room for their paths.
    pub fn linked_by(&self, from: &'a Page, target: &str, path: &mut String) -> Option<&'a Page> {
        if target.is_empty() {
            return Some(from);
        }
        join(&from.source.path, target, path)?;
        self.by_path.get(path.as_str()).copied()
    }

    /// The page in all of its languages.
    pub fn siblings(&self, page: &Page) -> &[&'a Page] {
        self.siblings.get(page.source.page.as_str()).map_or(&[], Vec::as_slice)
    }

    /// Whether a page has an anchor, written out or made of a heading, as far as the page alone can tell.
    pub fn has_anchor(&self, page: &Page, name: &str) -> bool {
        // Most are written out, and as they are linked.
        let written = |anchor: &Anchor| anchor.name.of(&page.source.text) == name;
        if page.document.anchors.iter().any(written) {
            return true;
        }
        let Some(anchors) = self.anchors.get(page.file.0 as usize) else { return true };
        let anchors = anchors.get_or_init(|| anchors_of(page));
        anchors.as_ref().is_none_or(|anchors| {
            anchors.contains(&name.to_lowercase())
                || numbered(name).is_some_and(|number| anchors.contains(number))
        })
    }

    /// The locales that translate the reference tree but lack its page of that identity.
    pub fn locales_without(&self, page: &Page) -> &[&'a Locale] {
        self.absent.get(page.source.page.as_str()).map_or(&[], Vec::as_slice)
    }
}

/// What no path has.
const NO_PATH: u8 = 1;
/// What parts a path.
const PARTED: u8 = 2;
/// Either, by byte. Targets are short: a look at each byte costs less than a search.
const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    signs[b':' as usize] = NO_PATH;
    signs[b'\\' as usize] = NO_PATH;
    signs[b'?' as usize] = NO_PATH;
    signs[b'/' as usize] = PARTED;
    signs
};

/// Writes the path: `develop/a.md` and `../includes/b.md` make `includes/b.md`. Nothing for what leads out of the
/// tree or is no path.
pub(super) fn join(from: &str, target: &str, path: &mut String) -> Option<()> {
    let signs = target.bytes().fold(0, |signs, byte| signs | SIGNS[usize::from(byte)]);
    if target.starts_with('/') || signs & NO_PATH != 0 {
        return None;
    }
    path.clear();
    path.reserve(from.len() + target.len());
    let folder = memrchr(b'/', from.as_bytes());
    // Nearly all lead to a page of the same folder.
    if signs & PARTED == 0 && !target.starts_with('.') {
        path.push_str(folder.map_or("", |end| &from[..=end]));
        path.push_str(target);
        return Some(());
    }
    let rooted = from.starts_with('/');
    path.push_str(folder.map_or("", |end| &from[..end]));
    let mut rest = Some(target);
    while let Some(here) = rest {
        let end = memchr(b'/', here.as_bytes());
        let part = &here[..end.unwrap_or(here.len())];
        rest = end.map(|end| &here[end + 1..]);
        match part {
            "" | "." => {}
            ".." if path.is_empty() => return None,
            ".." => path.truncate(memrchr(b'/', path.as_bytes()).unwrap_or(0)),
            part => {
                if rooted || !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    Some(())
}

/// Anchors in lower case: as written, as headings make them, and numbered where headings repeat.
fn anchors_of(page: &Page) -> Option<HashSet<String>> {
    let text = page.source.text.as_str();
    if memmem::find(text.as_bytes(), b"[!INCLUDE").is_some() {
        return None;
    }
    let written = page.document.anchors.iter().map(|anchor| anchor.name.of(text).to_lowercase());
    let mut anchors: HashSet<String> = written.collect();
    let mut counts: HashMap<String, usize> = HashMap::default();
    // Of nothing, the first is numbered as well.
    let mut ascii_counts: HashMap<String, usize> = std::iter::once((String::new(), 1)).collect();
    for section in &page.facts.sections {
        for view in [View::Page, View::Source] {
            let name = slug(&page.document.text(text, section.text, view));
            let count = counts.entry(name.clone()).or_default();
            if *count > 0 {
                anchors.insert(format!("{name}-{count}"));
            }
            *count += 1;
            // VuePress and VitePress begin no anchor with a digit.
            if name.starts_with(|c: char| c.is_ascii_digit()) {
                let name = format!("_{name}");
                anchors.extend(numbered(&name).map(str::to_owned));
                anchors.insert(name);
            }
            anchors.insert(name);
            let ascii = ascii_slug(&page.document.text(text, section.text, view));
            let count = ascii_counts.entry(ascii.clone()).or_default();
            anchors.insert(if *count == 0 { ascii } else { format!("{ascii}_{count}") });
            *count += 1;
            if !page.document.bilingual {
                break;
            }
        }
    }
    Some(anchors)
}

/// The number of a numbered heading in the anchor that `VuePress` makes of it: `_2-` of `_2-gates`. It finds the section
/// whatever language the rest is in.
fn numbered(anchor: &str) -> Option<&str> {
    let digits = anchor.strip_prefix('_')?.bytes().take_while(u8::is_ascii_digit).count();
    let end = digits + 2;
    (digits > 0 && anchor.as_bytes().get(end - 1) == Some(&b'-')).then(|| &anchor[..end])
}

/// The anchor that Python-Markdown makes of a heading: letters of ASCII only, repeated ones numbered by `_1`.
fn ascii_slug(heading: &str) -> String {
    let mut slug = String::with_capacity(heading.len());
    let kept = heading.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' '));
    for c in kept.collect::<String>().trim().chars() {
        match c {
            '-' | ' ' if slug.ends_with('-') => {}
            '-' | ' ' => slug.push('-'),
            c => slug.push(c.to_ascii_lowercase()),
        }
    }
    slug
}

/// The tree that the identity of a page names, where there are several: `blog/{path}` of `blog/{path}:blog/tent.md`.
fn tree_of(page: &str) -> &str {
    page.split_once(':').map_or("", |(tree, _)| tree)
}

/// By page of the reference tree: the locales without it. A locale counts once it has a fifth of the tree.
fn absent<'a>(pages: &'a [Page], references: &References<'_>) -> HashMap<&'a str, Vec<&'a Locale>> {
    let sources: BTreeSet<&str> = pages
        .iter()
        .filter(|page| references.is_reference(page))
        .map(|page| page.source.page.as_str())
        .collect();
    let mut translated: BTreeMap<&Locale, HashSet<&str>> = BTreeMap::new();
    let mut counts: HashMap<&Locale, usize> = HashMap::default();
    for page in pages.iter().filter(|page| !references.is_reference(page)) {
        let Some(locale) = &page.source.locale else { continue };
        *counts.entry(locale).or_default() += 1;
        if sources.contains(page.source.page.as_str()) {
            translated.entry(locale).or_default().insert(&page.source.page);
        }
    }
    // A locale with few pages is a decision, and so is one with pages of its own.
    translated.retain(|locale, has| {
        has.len() * 5 >= sources.len() && counts.get(locale).is_some_and(|count| count * 2 >= sources.len())
    });
    // A folder that a locale has nothing of is not translated to it.
    let trees: BTreeMap<&Locale, HashSet<&str>> = translated
        .iter()
        .map(|(locale, has)| (*locale, has.iter().map(|page| tree_of(page)).collect()))
        .collect();
    let mut absent: HashMap<&str, Vec<&Locale>> = HashMap::default();
    for source in sources {
        for (locale, has) in &translated {
            let is_of_tree = trees.get(locale).is_some_and(|trees| trees.contains(tree_of(source)));
            if is_of_tree && !has.contains(source) {
                absent.entry(source).or_default().push(locale);
            }
        }
    }
    absent
}
