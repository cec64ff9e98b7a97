//! Names that hardly any translation touches: keys of JSON examples, placeholders and queries of request paths,
//! headings that name a type. Absent here: which of them a row means.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::compare::align::plain_words;
use crate::compare::names::is_identifier;
use crate::compare::paths::Paths;
use crate::compare::requests::request_lines;
use crate::document::{Anchor, View};
use crate::extract::path::Path;
use crate::facts::Page;
use crate::finding::Site;
use crate::fold::{identifier_key, is_same_identifier};
use crate::hash::{HashMap, HashSet};
use crate::json::{Json, NodeId, NodeKind};
use crate::source::Locale;
use crate::text::{FileId, Place, Span};

/// Position in [`Witnesses::names`].
pub(super) type NameId = u32;

/// Objects with more keys than this are data, not a shape.
const LARGEST_OBJECT: usize = 200;
/// Of so many kinds of object that have a key, the first will do.
const MOST_OBJECTS: usize = 256;
/// And of so many names that have a word, or stand in the examples of a page.
const MOST_NAMES: usize = 2_000;

/// All such names of a run.
#[derive(Default)]
pub(super) struct Witnesses {
    names: Vec<Known>,
    by_text: HashMap<String, NameId>,
    by_key: HashMap<String, Vec<NameId>>,
    by_word: HashMap<String, Vec<NameId>>,
    /// The names of each page, sorted.
    of_page: HashMap<FileId, Vec<NameId>>,
    /// The keys of each kind of object that examples have, and the objects of each key.
    objects: Vec<Vec<NameId>>,
    objects_with: HashMap<NameId, Vec<u32>>,
    /// Headings that are the name of a type, by their key.
    headings: HashMap<String, (String, Site)>,
}

/// A name as examples have it.
pub(super) struct Known {
    pub text: String,
    /// See [`identifier_key`].
    pub key: String,
    /// Its words, lower case, singular.
    pub words: Vec<String>,
    /// Where it was seen first.
    pub site: Site,
    /// How many pages have it.
    pub pages: u32,
    /// Whether pages of several locales have it, as far as there are several: a translated key is one locale's.
    pub shared: bool,
    /// Whether it names a part of the page's own request paths, which parameter tables copy.
    pub of_path: bool,
    /// Whether it stands for a value there: `{id}`.
    pub placeholder: bool,
}

/// Example objects that show the type of a table.
#[derive(Default)]
pub(super) struct Beside<'w> {
    objects: Vec<&'w [NameId]>,
    pub keys: HashSet<NameId>,
}

impl Beside<'_> {
    /// The key that stands alone between two names, each in any of its spellings, where all objects that have such a
    /// place agree. Without the one the object starts, without the other it ends.
    pub fn between(&self, before: Option<&[NameId]>, after: Option<&[NameId]>) -> Option<NameId> {
        let mut found: Option<NameId> = None;
        for keys in &self.objects {
            let place = |name: &[NameId]| keys.iter().position(|key| name.contains(key));
            let start = before.map_or(Some(0), |name| place(name).map(|at| at + 1));
            let end = after.map_or(Some(keys.len()), place);
            let between = start.zip(end).and_then(|(start, end)| keys.get(start..end)).unwrap_or(&[]);
            match between {
                [] => {}
                [key] if found.is_none_or(|found| found == *key) => found = Some(*key),
                _ => return None,
            }
        }
        found
    }
}

/// What one page has.
struct Seen<'p> {
    names: Vec<(Cow<'p, str>, Span)>,
    /// Keys of its objects, by position in `names`.
    objects: Vec<Vec<usize>>,
    headings: Vec<(Cow<'p, str>, Span)>,
}

impl Witnesses {
    /// What the examples, paths and headings of some pages say.
    pub fn of(pages: &[&Page]) -> Self {
        let seen: Vec<Seen<'_>> = pages.par_iter().map(|page| look(page)).collect();
        let mut all = Self::default();
        let mut locales: Vec<Option<&Locale>> = Vec::new();
        let several = pages.windows(2).any(|pair| pair[0].source.locale != pair[1].source.locale);
        let mut shapes: HashSet<Vec<NameId>> = HashSet::default();
        for (page, seen) in pages.iter().zip(seen) {
            let site = |span| Site::Page(Place { file: page.file, span });
            let ids: Vec<NameId> =
                seen.names.into_iter().map(|(text, span)| all.add(text, site(span))).collect();
            for object in &seen.objects {
                let keys: Vec<NameId> = object.iter().map(|at| ids[*at]).collect();
                if shapes.insert(keys.clone()) {
                    all.objects.push(keys);
                }
            }
            let mut own = ids;
            own.sort_unstable();
            own.dedup();
            locales.resize(all.names.len(), None);
            for id in own.iter().map(|id| *id as usize) {
                let locale = page.source.locale.as_ref();
                all.names[id].pages += 1;
                all.names[id].shared |= !several || locales[id].is_some_and(|known| Some(known) != locale);
                locales[id] = locales[id].or(locale);
            }
            all.of_page.insert(page.file, own);
            for (text, span) in seen.headings {
                all.headings
                    .entry(identifier_key(&text).into_owned())
                    .or_insert_with(|| (text.into_owned(), site(span)));
            }
        }
        for (at, keys) in all.objects.iter().enumerate() {
            for key in keys {
                all.objects_with.entry(*key).or_default().push(at as u32);
            }
        }
        all
    }

    fn add(&mut self, text: Cow<'_, str>, site: Site) -> NameId {
        if let Some(id) = self.by_text.get(&*text) {
            return *id;
        }
        let text = text.into_owned();
        let id = self.names.len() as NameId;
        let (key, words) = (identifier_key(&text).into_owned(), plain_words(&text));
        self.by_key.entry(key.clone()).or_default().push(id);
        for word in &words {
            self.by_word.entry(word.clone()).or_default().push(id);
        }
        self.by_text.insert(text.clone(), id);
        self.names.push(Known {
            text,
            key,
            words,
            site,
            pages: 0,
            shared: false,
            of_path: false,
            placeholder: false,
        });
        id
    }

    pub fn name(&self, id: NameId) -> &Known {
        &self.names[id as usize]
    }

    /// The names with that key: spellings of one name.
    pub fn with_key(&self, key: &str) -> &[NameId] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// Whether several locales have a name with that key.
    pub fn shares(&self, key: &str) -> bool {
        self.with_key(key).iter().any(|id| self.name(*id).shared)
    }

    /// The names with one of these words, that more than one page has, and several locales.
    pub fn with_words<'w>(&self, words: impl Iterator<Item = &'w String>) -> Vec<NameId> {
        let found = words.filter_map(|word| self.by_word.get(word)).flatten().copied();
        let mut found: Vec<NameId> =
            found.filter(|id| self.name(*id).pages > 1 && self.name(*id).shared).take(MOST_NAMES).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The names that most of these pages have, or one of them alone; none of a page that is full of data.
    pub fn of_pages(&self, pages: &[&Page]) -> HashSet<NameId> {
        let mut counts: HashMap<NameId, usize> = HashMap::default();
        for page in pages {
            for id in self.of_page.get(&page.file).into_iter().flatten() {
                *counts.entry(*id).or_default() += 1;
            }
        }
        counts.retain(|_, count| *count * 2 > pages.len());
        if counts.len() > MOST_NAMES { HashSet::default() } else { counts.into_keys().collect() }
    }

    /// The objects that have most of `names`, which are keys of one table's names: the table and those examples
    /// show the same type. At least two must be shared.
    pub fn beside(&self, names: &HashSet<String>) -> Beside<'_> {
        let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
        for id in names.iter().flat_map(|key| self.with_key(key)) {
            for object in self.objects_with.get(id).into_iter().flatten().take(MOST_OBJECTS) {
                *shared.entry(*object).or_default() += 1;
            }
        }
        let most = shared.values().copied().max().unwrap_or(0);
        if most < 2 || most * 2 < names.len() {
            return Beside::default();
        }
        let best = shared.into_iter().filter(|(_, count)| count * 4 >= most * 3);
        let objects: Vec<&[NameId]> =
            best.map(|(at, _)| &*self.objects[at as usize]).take(MOST_OBJECTS).collect();
        Beside { keys: objects.iter().copied().flatten().copied().collect(), objects }
    }

    /// The heading that an anchor is the key of, and where it stands: the right spelling of a type's name.
    pub fn heading(&self, anchor: &str) -> Option<(&str, Site)> {
        self.headings.get(&*identifier_key(anchor)).map(|(text, site)| (text.as_str(), *site))
    }
}

fn look(page: &Page) -> Seen<'_> {
    let mut seen = Seen { names: Vec::new(), objects: Vec::new(), headings: Vec::new() };
    let text = page.source.text.as_str();
    for example in &page.facts.examples {
        let Some(json) = &example.json else { continue };
        let code = &page.document.codes[example.code as usize];
        let body = example.message.body;
        let place = |key: Span| code.to_source(key.shifted(body.start));
        match page.example_text(example) {
            Cow::Borrowed(shown) => seen.add_objects(json, body.of(shown), place, |key| key),
            Cow::Owned(shown) => {
                seen.add_objects(json, body.of(&shown), place, |key| Cow::Owned(key.into_owned()));
            }
        }
    }
    for line in request_lines(page, &Paths::default()) {
        seen.add_path(&line.path, line.target);
    }
    for section in &page.facts.sections {
        let heading = page.document.text(text, section.text, View::Page);
        let block = &page.document.blocks[section.block as usize];
        let anchors = page.document.anchors_in(block.span);
        let is_name = |anchor: &Anchor| is_same_identifier(anchor.name.of(text), &heading);
        if is_identifier(&heading) && anchors.iter().any(is_name) {
            let span = page.document.text_span(text, section.text, View::Page);
            seen.headings.push((heading, span));
        }
    }
    seen
}

impl<'p> Seen<'p> {
    /// The keys of the objects in a body. `keep` holds on to one.
    fn add_objects<'t>(
        &mut self,
        json: &'t Json,
        body: &'t str,
        place: impl Fn(Span) -> Span,
        keep: impl Fn(Cow<'t, str>) -> Cow<'p, str>,
    ) {
        for (at, _) in json.nodes.iter().enumerate().filter(|(_, node)| node.kind == NodeKind::Object) {
            let mut keys = Vec::new();
            for (key, member) in json.members(body, NodeId::at(at as u32)).take(LARGEST_OBJECT) {
                if is_identifier(&key) {
                    keys.push(self.names.len());
                    self.names.push((keep(key), place(json.node(member).key)));
                }
            }
            self.objects.push(keys);
        }
    }

    /// Placeholders and query parameters.
    fn add_path(&mut self, path: &Path, span: Span) {
        let queries = path.target.query_pairs(&path.text).map(|(name, _)| name.of(&path.text));
        for name in path.placeholders().into_iter().chain(queries).chain(path.query_placeholders()) {
            let name = name.trim_start_matches(['{', '$']).trim_end_matches('}');
            if is_identifier(name) {
                self.names.push((Cow::Owned(name.to_owned()), span));
            }
        }
    }
}
