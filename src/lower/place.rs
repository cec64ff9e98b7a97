//! Which type each table is about: the one its section is named after, the one its introduction links to,
//! or the one that has most of its rows.
//!
//! Tables of resource pages come first, since a page of one request shows part of a type at most. Absent
//! here: what the types are called in the end, what their properties are.

use std::collections::{HashMap, HashSet};

use crate::compare::align::identifier_words;
use crate::facts::{SectionRole, TableRole};
use crate::fold::identifier_key;
use crate::lower::names;
use crate::lower::said::{Link, Mention, Said, Section, Side, Table};
use crate::lower::surroundings::{Targets, home, is_of_fields, is_prose, names_placeholders, side, unplaced};
use crate::schema::Note;

/// Rows of a table from which on its names alone may tell the type.
const TELLING_ROWS: usize = 4;
/// More types with a property of one name than this: the name tells nothing.
const MOST_OWNERS: usize = 64;

/// More types of one name are not told apart.
const MOST_NAMESAKES: usize = 64;

/// A table by the positions of its page and of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TableId {
    pub page: usize,
    pub table: usize,
}

/// A type to be, and the tables about it.
pub(super) struct Subject {
    /// What it wants to be called, best first.
    pub names: Vec<String>,
    /// Whether the name is one that people wrote in the language of the API.
    pub is_source: bool,
    /// Its tables, in the order they were found; those that list all of it come first.
    pub tables: Vec<Use>,
    /// Keys of the names in its tables.
    pub keys: HashSet<String>,
    /// Identities of the pages with its own section.
    pub pages: HashSet<String>,
    /// Whether its tables list values.
    pub is_enum: bool,
}

/// A table of a type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Use {
    /// Which.
    pub table: TableId,
    /// Which messages it is about.
    pub side: Side,
    /// Whether it stands in the type's own section of a resource page.
    pub home: bool,
}

/// What a table that is about no type is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Other {
    /// The parameters of requests.
    Parameters,
    /// The headers of requests.
    Headers,
    /// The body of a message that has no name.
    Body(Side),
    /// A part of that body: see [`Places::parts`].
    Part(Side),
}

/// All tables, placed.
#[derive(Default)]
pub(super) struct Places {
    /// The types to be.
    pub subjects: Vec<Subject>,
    /// The subject of each table that is about one.
    pub of_table: HashMap<TableId, usize>,
    /// What other tables are for.
    pub others: HashMap<TableId, Other>,
    /// Of a part of a body: the key of the property it is.
    pub parts: HashMap<TableId, String>,
    sides: HashMap<TableId, Side>,
    by_name: HashMap<String, Vec<usize>>,
    by_anchor: HashMap<Link, usize>,
    /// By page and number of a table: translations of one table are about one type.
    by_number: HashMap<(String, u32), usize>,
    /// By page and section that names it.
    by_section: HashMap<(usize, u32), usize>,
    owners: HashMap<String, Vec<usize>>,
}

impl Places {
    /// Places all tables. `pages` come with those first that vouch for others.
    pub fn of(pages: &[Said], notes: &mut Vec<Note>) -> Self {
        let mut places = Self::default();
        let targets = Targets::of(pages);
        let mut rest = Vec::new();
        for (page, said) in pages.iter().enumerate() {
            for (table, listed) in said.tables.iter().enumerate() {
                let id = TableId { page, table };
                match listed.role {
                    TableRole::Parameters if is_of_fields(said, listed) => notes.push(unplaced(said, listed)),
                    TableRole::Parameters => drop(places.others.insert(id, Other::Parameters)),
                    TableRole::Headers => drop(places.others.insert(id, Other::Headers)),
                    TableRole::Properties if is_prose(listed) => notes.push(unplaced(said, listed)),
                    TableRole::Properties | TableRole::Members => match home(said, listed, &targets) {
                        Some(section) if !said.has_requests => {
                            places.settle(pages, id, section, Side::Both, true);
                        }
                        _ => rest.push(id),
                    },
                    _ => {}
                }
            }
        }
        // Named tables before nameless ones, which may be told by the former.
        let (named, nameless): (Vec<_>, Vec<_>) = rest.into_iter().partition(|id| {
            let said = &pages[id.page];
            home(said, &said.tables[id.table], &targets).is_some()
        });
        for id in named.into_iter().chain(nameless) {
            places.place(pages, id, &targets, notes);
        }
        places
    }

    /// The type that a name, a link, or both stand for, as seen from a page. A link tells types of one name apart.
    pub fn find(&self, name: &str, link: Option<&Link>, from: &str) -> Option<usize> {
        let key = identifier_key(name);
        // A page without an anchor may be linked to for anything.
        let linked = link.filter(|link| !link.anchor.is_empty());
        let linked = linked.and_then(|link| self.by_anchor.get(link).copied());
        let named = self.by_name.get(key.as_ref());
        let Some(named) = named.map(|named| named.get(..MOST_NAMESAKES).unwrap_or(named)) else {
            return linked;
        };
        let on = |page: &str| named.iter().copied().find(|at| self.subjects[*at].pages.contains(page));
        match named {
            [only] => Some(*only),
            several => linked
                .filter(|linked| several.contains(linked))
                .or_else(|| on(link.map_or(from, |link| &link.page)))
                .or_else(|| several.first().copied()),
        }
    }

    /// The type of a linked page that one of some words names.
    pub fn worded(&self, text: &str, link: &Link, from: &str) -> Option<usize> {
        let found = identifier_words(text).into_iter().filter_map(|word| self.find(word, Some(link), from));
        found.into_iter().find(|subject| self.subjects[*subject].pages.contains(&link.page))
    }

    /// The type that a word of prose stands for.
    pub fn mentioned(&self, mention: &Mention, from: &str) -> Option<usize> {
        let text = mention.text.trim();
        if let Some(found) = self.find(text, mention.link.as_ref(), from) {
            return Some(found);
        }
        // The first resource of a page that prose links to; whether it is meant is for examples to tell.
        if let Some(first) = mention.link.as_ref().and_then(|link| self.by_anchor.get(link)) {
            return Some(*first);
        }
        // `subscription resource`, `PagedResourceCollection<MeterUsageRecord>`: a word of it.
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| word.len() > 1);
        let whole = mention.link.is_some();
        words.find_map(|word| {
            let found = self.by_name.get(identifier_key(word).as_ref())?;
            (whole || names::is_humped(word)).then(|| self.find(word, mention.link.as_ref(), from))?;
            found.first().copied()
        })
    }

    /// Which messages a table of a type is about.
    pub fn side_of(&self, table: TableId) -> Option<Side> {
        self.sides.get(&table).copied()
    }

    /// The types that have a property of that key.
    pub fn owners(&self, key: &str) -> &[usize] {
        self.owners.get(key).map_or(&[], |owners| if owners.len() > MOST_OWNERS { &[] } else { owners })
    }

    /// Places a table of a page about a request.
    fn place(&mut self, pages: &[Said], id: TableId, targets: &Targets, notes: &mut Vec<Note>) {
        let said = &pages[id.page];
        let table = &said.tables[id.table];
        let side = side(said, table);
        let own = home(said, table, targets);
        let known = self.best(said, table, own);
        if let Some(subject) = known {
            return self.join(pages, subject, id, side, false);
        }
        if let Some(section) = own
            && (table.role == TableRole::Members
                || names::is_single(&section.title)
                || targets.has(said, section))
        {
            return self.settle(pages, id, section, side, false);
        }
        let section = table.section.and_then(|at| said.sections.get(at as usize)?.role);
        let is_of_line = matches!(section, Some(SectionRole::RestRequest | SectionRole::RequestSyntax));
        if names_placeholders(said, table) || is_of_line && table.role == TableRole::Properties {
            self.others.insert(id, Other::Parameters);
        } else if side != Side::Both && table.role == TableRole::Properties && own.is_none() {
            self.place_body(said, id, side, notes);
        } else {
            notes.push(unplaced(said, table));
        }
    }

    /// The first table is the body of a message, further ones are of the properties that their introductions name.
    fn place_body(&mut self, said: &Said, id: TableId, side: Side, notes: &mut Vec<Note>) {
        let mut earlier = (0..id.table).map(|table| TableId { table, ..id });
        let Some(whole) = earlier.find(|at| self.others.get(at) == Some(&Other::Body(side))) else {
            self.others.insert(id, Other::Body(side));
            return;
        };
        let table = &said.tables[id.table];
        let known: HashSet<String> = keys(&said.tables[whole.table]).collect();
        let mut words = table.lead_in.iter().flat_map(|mention| identifier_words(&mention.text));
        match words.find_map(|word| known.get(identifier_key(word).as_ref())) {
            Some(key) => {
                self.others.insert(id, Other::Part(side));
                self.parts.insert(id, key.clone());
            }
            None => notes.push(unplaced(said, table)),
        }
    }

    /// Makes the table one of the type that its section is named after, a new one if need be.
    fn settle(&mut self, pages: &[Said], id: TableId, section: &Section, side: Side, home: bool) {
        let said = &pages[id.page];
        let table = &said.tables[id.table];
        let wanted = names::of_section(section);
        let key = wanted.first().map_or_else(String::new, |name| identifier_key(name).into_owned());
        let keys: HashSet<String> = keys(table).collect();
        let same = |subject: &&usize| {
            let subject = &self.subjects[**subject];
            let shared = keys.iter().filter(|key| subject.keys.contains(*key)).count();
            let smaller = keys.len().min(subject.keys.len());
            subject.is_enum == (table.role == TableRole::Members) && shared * 2 > smaller
        };
        // Tables of one section, and those below headings that only say what kind of rows they have.
        let here = self.by_section.get(&(id.page, section.at));
        let here =
            here.filter(|subject| self.subjects[**subject].is_enum == (table.role == TableRole::Members));
        let translated = self.by_number.get(&(said.page.clone(), table.number)).filter(same);
        let named = || self.by_name.get(&key).and_then(|known| known.iter().take(MOST_NAMESAKES).find(same));
        let subject = here.or(translated).or_else(named).copied();
        let subject = subject.unwrap_or_else(|| {
            self.subjects.push(Subject {
                names: wanted.clone(),
                is_source: section.is_source,
                tables: Vec::new(),
                keys: HashSet::new(),
                pages: HashSet::new(),
                is_enum: table.role == TableRole::Members,
            });
            let new = self.subjects.len() - 1;
            for name in &wanted {
                self.by_name.entry(identifier_key(name).into_owned()).or_default().push(new);
            }
            new
        });
        self.subjects[subject].pages.insert(said.page.clone());
        self.by_section.insert((id.page, section.at), subject);
        // The page by itself stands for the first resource on it.
        let page = home.then(String::new);
        for anchor in section.anchors.iter().cloned().chain(page) {
            self.by_anchor.entry(Link { page: said.page.clone(), anchor }).or_insert(subject);
        }
        self.join(pages, subject, id, side, home);
    }

    fn join(&mut self, pages: &[Said], subject: usize, id: TableId, side: Side, home: bool) {
        let known = &mut self.subjects[subject];
        known.tables.push(Use { table: id, side, home });
        for key in keys(&pages[id.page].tables[id.table]) {
            if known.keys.insert(key.clone()) {
                self.owners.entry(key).or_default().push(subject);
            }
        }
        self.of_table.insert(id, subject);
        self.sides.insert(id, side);
        let said = &pages[id.page];
        let number = (said.page.clone(), said.tables[id.table].number);
        self.by_number.entry(number).or_insert(subject);
    }

    /// The known type that a table is about, if its rows bear out what its surroundings say.
    fn best(&self, said: &Said, table: &Table, own: Option<&Section>) -> Option<usize> {
        let is_enum = table.role == TableRole::Members;
        let keys: Vec<String> = keys(table).collect();
        let share = |subject: usize| {
            let known = keys.iter().filter(|key| self.subjects[subject].keys.contains(*key)).count();
            known as f32 / keys.len().max(1) as f32
        };
        let mut best: Option<(f32, usize)> = None;
        for (subject, prior) in self.candidates(said, table, own) {
            let share = share(subject);
            let bar = if prior > 2.0 { 0.3 } else { 0.4 };
            if self.subjects[subject].is_enum != is_enum || share < bar {
                continue;
            }
            let weight = share + 0.4 * prior;
            if best.is_none_or(|(other, _)| weight > other) {
                best = Some((weight, subject));
            }
        }
        let by_surroundings = best.map(|(_, subject)| subject);
        by_surroundings.or_else(|| if is_enum { None } else { self.by_structure(&keys) })
    }

    /// The types that a table's surroundings name, with the weight of the word.
    fn candidates(&self, said: &Said, table: &Table, own: Option<&Section>) -> Vec<(usize, f32)> {
        let mut found = Vec::new();
        let section = table.section.and_then(|at| said.sections.get(at as usize));
        for mention in &table.lead_in {
            let prior = if mention.link.is_some() { 3.0 } else { 2.0 };
            found.extend(self.mentioned(mention, &said.page).map(|subject| (subject, prior)));
        }
        if let Some(section) = own {
            let prior = if names::is_single(&section.title) { 3.5 } else { 2.0 };
            for name in names::of_section(section) {
                found.extend(self.find(&name, None, &said.page).map(|subject| (subject, prior)));
            }
        } else if let Some(section) = section {
            let mentions = section.mentions.iter();
            found.extend(mentions.filter_map(|one| Some((self.mentioned(one, &said.page)?, 1.0))));
        }
        found
    }

    /// The one type that has nearly all of the names.
    fn by_structure(&self, keys: &[String]) -> Option<usize> {
        if keys.len() < TELLING_ROWS {
            return None;
        }
        let mut counts: HashMap<usize, (usize, usize)> = HashMap::new();
        for key in keys {
            let owners = self.owners(key);
            for owner in owners {
                let count = counts.entry(*owner).or_default();
                count.0 += 1;
                count.1 += usize::from(owners.len() == 1);
            }
        }
        let most = counts.values().map(|(shared, _)| *shared).max()?;
        let mut best = counts.into_iter().filter(|(_, (shared, _))| *shared == most);
        let (subject, (shared, own)) = best.next().filter(|_| best.next().is_none())?;
        (own >= 1 && shared * 4 >= keys.len() * 3).then_some(subject)
    }
}

/// The keys of a table's names.
fn keys(table: &Table) -> impl Iterator<Item = String> {
    table.rows.iter().map(|row| identifier_key(&row.name).into_owned())
}
