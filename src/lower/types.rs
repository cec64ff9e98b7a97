//! Types as their tables have them, before examples are looked at; and what becomes of them afterwards.
//!
//! Absent here: operations.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::lower::finish;
use crate::lower::merge::{self, Heard, Listed, Voice, by_key, describe, push};
use crate::lower::place::{Subject, Use};
use crate::lower::resolve::Types;
use crate::lower::said::Said;
use crate::lower::shown::ShownObject;
use crate::lower::world::Speakers;
use crate::schema::{Additional, Enum, Member, Note, Object, Origin, Shape, TypeDef, Witness, WitnessKind};
use crate::text::Place;

/// A type as its tables have it.
pub(super) struct Draft {
    pub name: String,
    pub is_enum: bool,
    /// Whether enough pages have it.
    is_carried: bool,
    /// Of an object, in order.
    pub properties: Vec<Listed>,
    /// By key of the name: position among `properties`.
    places: HashMap<String, usize>,
    /// Of an enumeration, in order.
    pub members: Vec<Member>,
    origin: Origin,
    doc: String,
    place: Option<Place>,
}

impl Draft {
    /// The locale of the page that declares it.
    pub fn locale(&self) -> Option<&str> {
        self.origin.witnesses.first().map(|witness| witness.locale.as_str())
    }

    /// The property of that key.
    pub fn property(&self, key: &str) -> Option<&Listed> {
        self.properties.get(*self.places.get(key)?)
    }
}

/// By enumeration: the values that examples send for properties of that type, and how often.
pub(super) fn sent(drafts: &[Draft], seen: &[ShownObject]) -> BTreeMap<String, BTreeMap<String, usize>> {
    let mut sent: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for (draft, seen) in drafts.iter().zip(seen) {
        for listed in &draft.properties {
            let (Some(name), Some(shown)) = (listed.property.ty.name(), seen.get(&listed.key)) else {
                continue;
            };
            let values = sent.entry(name.to_owned()).or_default();
            let items = shown.items.iter().flat_map(|items| &items.values);
            for (value, count) in shown.values.iter().chain(items) {
                *values.entry(value.clone()).or_default() += count;
            }
        }
    }
    sent
}

/// The rows of some tables of one type, those that list all of it first.
pub(super) fn heard<'p>(pages: &'p [Said], tables: &[Use]) -> Vec<Heard<'p>> {
    let mut sorted: Vec<&Use> = tables.iter().collect();
    sorted.sort_by_key(|used| !used.home);
    let rows = sorted.into_iter().flat_map(|used| {
        let said = &pages[used.table.page];
        let table = &said.tables[used.table.table];
        table.rows.iter().map(move |row| Heard {
            said,
            row,
            number: table.number,
            side: used.side,
            home: used.home,
        })
    });
    rows.collect()
}

/// Drafts in the order of the subjects. What too few pages say is left out.
pub(super) fn drafts(
    pages: &[Said],
    speakers: &Speakers<'_>,
    types: &Types<'_>,
    voice: &Voice,
    notes: &mut Vec<Note>,
) -> Vec<Draft> {
    let subjects = types.places.subjects.iter().zip(types.names);
    subjects.map(|(subject, name)| draft(pages, speakers, subject, name, types, voice, notes)).collect()
}

fn draft(
    pages: &[Said],
    speakers: &Speakers<'_>,
    subject: &Subject,
    name: &str,
    types: &Types<'_>,
    voice: &Voice,
    notes: &mut Vec<Note>,
) -> Draft {
    let all = speakers.with(subject.tables.iter().map(|used| pages[used.table.page].page.as_str()));
    let own = own_locales(pages, subject);
    let is_carried = voice.carries(&own, &all);
    let mut groups = by_key(heard(pages, &subject.tables));
    groups.retain(|(_, rows)| {
        let carried = voice.carries(&locales(rows), &own);
        if !carried && let Some(first) = rows.first() {
            notes.push(left_out(&format!("{name}.{}", first.row.name), rows));
        }
        carried
    });
    let (origin, place) = origin(pages, subject);
    if !is_carried {
        let locales: Vec<&str> = own.iter().copied().collect();
        notes.push(Note { place, message: format!("`{name}` is left out: only in {}", locales.join(", ")) });
    }
    let mut draft = Draft {
        name: name.to_owned(),
        is_enum: subject.is_enum,
        is_carried,
        properties: Vec::new(),
        places: HashMap::new(),
        members: Vec::new(),
        doc: voice.doc(&origin.descriptions),
        origin,
        place,
    };
    let home = subject.tables.iter().find(|used| used.home).map(|used| &pages[used.table.page].path);
    for (key, rows) in groups {
        if subject.is_enum {
            draft.members.push(merge::member(&rows, voice));
        } else {
            draft.places.insert(key.clone(), draft.properties.len());
            let mut listed = merge::property(key, &rows, types, voice);
            let at_home = rows.iter().any(|heard| heard.home);
            if let Some(home) = home.filter(|_| !at_home)
                && let Some(origin) = &mut listed.property.origin
            {
                push(&mut origin.notes, format!("not in the table of {home}"));
            }
            draft.properties.push(listed);
        }
    }
    draft
}

/// The locales that have a table of the type.
fn own_locales<'p>(pages: &'p [Said], subject: &Subject) -> BTreeSet<&'p str> {
    subject.tables.iter().map(|used| pages[used.table.page].locale.as_str()).collect()
}

/// The locales whose pages have some rows.
pub(super) fn locales<'p>(rows: &[Heard<'p>]) -> BTreeSet<&'p str> {
    rows.iter().map(|heard| heard.said.locale.as_str()).collect()
}

/// Says that a name is said by too few.
pub(super) fn left_out(name: &str, rows: &[Heard<'_>]) -> Note {
    let locales: Vec<&str> = locales(rows).into_iter().collect();
    Note {
        place: rows.first().map(|heard| heard.row.place),
        message: format!("`{name}` is left out: only in {}", locales.join(", ")),
    }
}

/// Where a type is declared, and in which words.
fn origin(pages: &[Said], subject: &Subject) -> (Origin, Option<Place>) {
    let mut origin = Origin::default();
    let mut place = None;
    let mut tables: Vec<&Use> = subject.tables.iter().collect();
    tables.sort_by_key(|used| !used.home);
    for used in tables {
        let said = &pages[used.table.page];
        let table = &said.tables[used.table.table];
        let section = table.section.and_then(|at| said.sections.get(at as usize));
        let heading = section.and_then(|section| section.place);
        let at = heading.unwrap_or(table.place);
        place.get_or_insert(at);
        origin.witnesses.push(Witness { locale: said.locale.clone(), place: at, kind: WitnessKind::Table });
        if used.home
            && let Some(section) = section
        {
            describe(&mut origin, &said.locale, &section.intro);
        }
    }
    origin.witnesses.truncate(64);
    (origin, place)
}

/// A type with what examples show of it.
pub(super) fn finished(
    mut draft: Draft,
    seen: &ShownObject,
    sent: Option<&BTreeMap<String, usize>>,
    types: &Types<'_>,
    voice: &Voice,
) -> Option<TypeDef> {
    if !draft.is_carried {
        return None;
    }
    let shape = if draft.is_enum {
        let mut members = std::mem::take(&mut draft.members);
        if let Some(sent) = sent {
            finish::sent(&mut members, sent);
            finish::unlisted(&members, sent, &mut draft.origin.notes);
        }
        Shape::Enum(Enum { members, open: false })
    } else {
        let properties = finish::properties(draft.properties, Some(seen), types, voice);
        Shape::Object(Object { properties, additional: Additional::Unspecified })
    };
    Some(TypeDef {
        name: draft.name,
        doc: draft.doc,
        shape,
        place: draft.place,
        origin: Some(Box::new(draft.origin)),
    })
}
