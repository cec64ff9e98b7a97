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
}

impl<'a> Corpus<'a> {
    /// All pages of a run.
    pub fn new(pages: &'a [Page], references: &'a References<'a>) -> Self {
        let anchors = pages.iter().map(|_| OnceLock::new()).collect();
        let by_path = pages.iter().map(|page| (page.source.path.as_str(), page)).collect();
        let (readings, absent) = (Readings::new(pages), absent(pages, references));
        Self { pages, references, readings, by_path, anchors, absent }
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

    /// Whether a page has an anchor, written out or made of a heading, as far as the page alone can tell.
    pub fn has_anchor(&self, page: &Page, name: &str) -> bool {
        // Most are written out, and as they are linked.
        let written = |anchor: &Anchor| anchor.name.of(&page.source.text) == name;
        if page.document.anchors.iter().any(written) {
            return true;
        }
        let Some(anchors) = self.anchors.get(page.file.0 as usize) else { return true };
        let anchors = anchors.get_or_init(|| anchors_of(page));
        anchors.as_ref().is_none_or(|anchors| anchors.contains(&name.to_lowercase()))
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
    for section in &page.facts.sections {
        for view in [View::Page, View::Source] {
            let name = slug(&page.document.text(text, section.text, view));
            let count = counts.entry(name.clone()).or_default();
            if *count > 0 {
                anchors.insert(format!("{name}-{count}"));
            }
            *count += 1;
            anchors.insert(name);
            if !page.document.bilingual {
                break;
            }
        }
    }
    Some(anchors)
}

/// By page of the reference tree: the locales without it. A locale counts once it has a fifth of the tree.
fn absent<'a>(pages: &'a [Page], references: &References<'_>) -> HashMap<&'a str, Vec<&'a Locale>> {
    let sources: BTreeSet<&str> = pages
        .iter()
        .filter(|page| references.is_reference(page))
        .map(|page| page.source.page.as_str())
        .collect();
    let mut translated: BTreeMap<&Locale, HashSet<&str>> = BTreeMap::new();
    for page in pages.iter().filter(|page| !references.is_reference(page)) {
        if let Some(locale) = &page.source.locale
            && sources.contains(page.source.page.as_str())
        {
            translated.entry(locale).or_default().insert(&page.source.page);
        }
    }
    translated.retain(|_, has| has.len() * 5 >= sources.len());
    let mut absent: HashMap<&str, Vec<&Locale>> = HashMap::default();
    for source in sources {
        for (locale, has) in &translated {
            if !has.contains(source) {
                absent.entry(source).or_default().push(locale);
            }
        }
    }
    absent
}
