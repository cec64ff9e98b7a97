//! What all operations are put together from: the pages, their placed tables, the types, and what is counted once.
//!
//! Absent here: any single operation.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::extract::path::Path;
use crate::facts::Page;
use crate::fold::identifier_key;
use crate::lexicon::Lexicon;
use crate::lower::attach::Attached;
use crate::lower::merge::{Heard, Voice, by_key};
use crate::lower::place::{Other, Places, TableId};
use crate::lower::resolve::Types;
use crate::lower::said::{Said, Side};
use crate::schema::{Witness, WitnessKind};
use crate::text::Place;

/// What all operations share.
pub(super) struct World<'w> {
    pub pages: &'w [Said],
    pub all: &'w [Page],
    pub places: &'w Places,
    pub types: &'w Types<'w>,
    pub voice: &'w Voice,
    pub lexicon: &'w Lexicon,
    /// Rows of header tables on pages that document no request, by key: they describe headers wherever sent.
    pub headers: HashMap<String, Vec<Heard<'w>>>,
    /// By page: keys of the placeholders in the paths of its requests.
    pub placeholders: Vec<HashSet<String>>,
    /// By page: whether a page that vouches for it is heard too, so that its examples say nothing new.
    pub echoes: Vec<bool>,
}

impl<'w> World<'w> {
    pub fn new(
        pages: &'w [Said],
        all: &'w [Page],
        types: &'w Types<'w>,
        voice: &'w Voice,
        lexicon: &'w Lexicon,
    ) -> Self {
        let placeholders = pages.iter().map(placeholders).collect();
        let places = types.places;
        let sources: HashSet<&str> =
            pages.iter().filter(|said| said.is_reference).map(|said| said.page.as_str()).collect();
        let echoes = pages.iter().map(|said| !said.is_reference && sources.contains(said.page.as_str()));
        let (headers, echoes) = (HashMap::new(), echoes.collect());
        let mut world = Self { pages, all, places, types, voice, lexicon, headers, placeholders, echoes };
        world.headers = world.general_headers();
        world
    }

    fn general_headers(&self) -> HashMap<String, Vec<Heard<'w>>> {
        let general = |id: &TableId| !self.pages[id.page].has_requests;
        let headers = self.places.others.iter().filter(|(_, other)| **other == Other::Headers);
        let mut tables: Vec<TableId> = headers.map(|(id, _)| *id).filter(general).collect();
        tables.sort_unstable();
        by_key(tables.into_iter().flat_map(|id| self.rows(id, Side::Both)).collect()).into_iter().collect()
    }

    /// The rows of an operation's tables that are for something besides types.
    pub fn heard(&self, attached: &Attached, wanted: Other) -> Vec<Heard<'w>> {
        let tables = attached.tables.iter().filter(|id| self.places.others.get(id) == Some(&wanted));
        let side = if let Other::Body(side) = wanted { side } else { Side::Both };
        tables.flat_map(|id| self.rows(*id, side)).collect()
    }

    /// The rows of a table.
    pub fn rows(&self, id: TableId, side: Side) -> impl Iterator<Item = Heard<'w>> + use<'w> {
        let said = &self.pages[id.page];
        let table = &said.tables[id.table];
        table.rows.iter().map(move |row| Heard { said, row, number: table.number, side, home: false })
    }

    /// A page that says something at a place.
    pub fn witness(&self, place: Place) -> Witness {
        let page = self.all.get(place.file.0 as usize);
        let locale = page.and_then(|page| page.source.locale.as_ref());
        Witness {
            locale: locale.map_or_else(String::new, ToString::to_string),
            place,
            kind: WitnessKind::Table,
        }
    }
}

fn placeholders(said: &Said) -> HashSet<String> {
    let mut keys = HashSet::new();
    for request in &said.requests {
        let path = Path::read(&request.path);
        keys.extend(path.placeholders().into_iter().map(|name| identifier_key(name).into_owned()));
    }
    keys
}

/// The locales that have a page, by its identity: those that could say what it says.
pub(super) struct Speakers<'p>(HashMap<&'p str, BTreeSet<&'p str>>);

impl<'p> Speakers<'p> {
    pub fn of(pages: &'p [Said]) -> Self {
        let mut locales: HashMap<&str, BTreeSet<&str>> = HashMap::new();
        for said in pages {
            locales.entry(&said.page).or_default().insert(&said.locale);
        }
        Self(locales)
    }

    /// The locales that have any of the pages.
    pub fn with<'i>(&self, identities: impl Iterator<Item = &'i str>) -> BTreeSet<&'p str> {
        identities.filter_map(|identity| self.0.get(identity)).flatten().copied().collect()
    }
}
