//! Rows that say the same property, member or parameter, put together: who says what, and who disagrees.
//!
//! Translations of one table are polled; tables of different pages are merged, the first one leading.
//! Absent here: what examples show.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::compare::names::is_identifier;
use crate::fold::identifier_key;
use crate::lower::resolve::{Reading, Types, together};
use crate::lower::said::{Row, Said, Side};
use crate::normalize::marks::Requirement;
use crate::schema::{Member, Origin, Property, Type, Witness, WitnessKind};

/// More witnesses than this say no more.
const MOST_WITNESSES: usize = 64;
/// More different votes on one thing are not counted.
const MOST_VOTES: usize = 64;
/// More notes on one thing are left out.
const MOST_NOTES: usize = 32;

/// Whose words are taken where languages differ.
pub(super) struct Voice {
    /// The locale that was asked for, if one was.
    pub chosen: Option<String>,
    /// The locale that vouches for the others, if one does.
    pub reference: Option<String>,
}

impl Voice {
    /// The description in the words that were asked for.
    pub fn doc(&self, descriptions: &BTreeMap<String, String>) -> String {
        let of = |locale: &Option<String>| descriptions.get(locale.as_deref()?);
        let chosen =
            of(&self.chosen).or_else(|| of(&self.reference)).or_else(|| descriptions.values().next());
        chosen.cloned().unwrap_or_default()
    }

    /// Whether enough of those that could say something do: most of them, or half with the reference.
    pub fn carries(&self, speakers: &BTreeSet<&str>, all: &BTreeSet<&str>) -> bool {
        let (count, all) = (speakers.len() * 2, all.len());
        count > all || count == all && self.reference.as_deref().is_some_and(|one| speakers.contains(one))
    }
}

/// A row, and in which table it stands.
#[derive(Clone, Copy)]
pub(super) struct Heard<'p> {
    pub said: &'p Said,
    pub row: &'p Row,
    /// The number of the table: equal for translations of one table.
    pub number: u32,
    pub side: Side,
    /// Whether the table should list all of the type.
    pub home: bool,
}

impl Heard<'_> {
    /// Translations of one table have one spot.
    fn spot(&self) -> (&str, u32) {
        (&self.said.page, self.number)
    }

    fn speaks_for(&self, side: Side) -> bool {
        self.side == side || self.side == Side::Both
    }
}

/// Rows by the key of their names, in the order of their first.
pub(super) fn by_key(rows: Vec<Heard<'_>>) -> Vec<(String, Vec<Heard<'_>>)> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut groups: Vec<(String, Vec<Heard<'_>>)> = Vec::new();
    for heard in rows {
        let key = identifier_key(&heard.row.name).into_owned();
        let key = if key.is_empty() { heard.row.name.clone() } else { key };
        let at = *places.entry(key.clone()).or_insert_with(|| {
            groups.push((key, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(heard);
    }
    groups
}

/// What translations of one table say most often; if it is even, the first.
fn polled<T: PartialEq>(votes: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for vote in votes {
        match counts.iter().position(|(known, _)| *known == vote) {
            Some(at) => counts[at].1 += 1,
            None if counts.len() < MOST_VOTES => counts.push((vote, 1)),
            None => {}
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(vote, _)| vote)
}

/// Rows of one name, by spot, in order.
fn by_spot<'h, 'p>(rows: &'h [Heard<'p>]) -> Vec<Vec<&'h Heard<'p>>> {
    let mut places: HashMap<(&str, u32), usize> = HashMap::new();
    let mut spots: Vec<Vec<&Heard<'_>>> = Vec::new();
    for heard in rows {
        let at = *places.entry(heard.spot()).or_insert_with(|| {
            spots.push(Vec::new());
            spots.len() - 1
        });
        spots[at].push(heard);
    }
    spots
}

/// A property that tables list.
pub(super) struct Listed {
    /// The key of its name.
    pub key: String,
    /// What the tables say together.
    pub property: Property,
    /// Whether any table says its type.
    pub is_typed: bool,
    /// What its description sets apart.
    pub values: Vec<String>,
    /// Whether its name may be a word of another language.
    pub is_foreign: bool,
}

/// The property that some rows of one name list.
pub(super) fn property(key: String, rows: &[Heard<'_>], types: &Types<'_>, voice: &Voice) -> Listed {
    let mut listed = described(key, rows, types, voice);
    if let Some(origin) = &mut listed.property.origin {
        unsound_notes(rows, &mut origin.notes);
    }
    listed
}

/// What some rows say of what goes by another name.
pub(super) fn described(key: String, rows: &[Heard<'_>], types: &Types<'_>, voice: &Voice) -> Listed {
    let mut origin = origin(rows);
    let first = rows.first().map(|heard| heard.row);
    let name = first.map_or("", |row| &row.name);
    let spots = by_spot(rows);
    let mut reading: Option<Reading> = None;
    for spot in &spots {
        let said = polled(spot.iter().filter_map(|heard| types.of_row(heard.row, &heard.said.page)));
        let Some(said) = said else { continue };
        let Some(known) = &mut reading else {
            reading = Some(said);
            continue;
        };
        let is_enum = |name: &str| types.is_enum(name);
        match together(&known.ty, &said.ty, &is_enum) {
            Some(ty) => {
                known.ty = ty;
                known.nullable |= said.nullable;
                known.unknown = known.unknown.take().and(said.unknown);
            }
            None => push(&mut origin.notes, format!("typed `{}` in {}", said.ty, path(spot))),
        }
    }
    spelling_notes(name, rows, &mut origin.notes);
    let required_in_request = required(&spots, Side::Request, &mut origin.notes);
    let required_in_response = required(&spots, Side::Response, &mut Vec::new());
    origin.says_optional = required_in_request == Some(false);
    let is_typed = reading.is_some();
    let reading = reading.unwrap_or(Reading { ty: Type::Any, nullable: false, unknown: None });
    if let Some(unknown) = &reading.unknown {
        push(&mut origin.notes, format!("no page describes `{unknown}`"));
    }
    let said = |is: fn(&Row) -> bool| rows.iter().any(|heard| is(heard.row));
    let property = Property {
        nullable: reading.nullable || said(|row| row.nullable),
        required_in_request: required_in_request.unwrap_or_default(),
        required_in_response: required_in_response.unwrap_or_default(),
        read_only: said(|row| row.read_only),
        doc: voice.doc(&origin.descriptions),
        place: first.map(|row| row.place),
        origin: Some(Box::new(origin)),
        ..Property::new(name, reading.ty)
    };
    let values = rows.iter().map(|heard| &heard.row.values).find(|values| values.len() > 1);
    let is_foreign = rows.iter().all(|heard| !heard.row.is_source);
    Listed { key, property, is_typed, values: values.cloned().unwrap_or_default(), is_foreign }
}

/// Who says it, in which words.
pub(super) fn origin(rows: &[Heard<'_>]) -> Origin {
    let mut origin = Origin::default();
    for heard in rows {
        let (said, row) = (heard.said, heard.row);
        let own = Witness { locale: said.locale.clone(), place: row.place, kind: WitnessKind::Table };
        let vouched = row.vouched.iter().map(|(locale, place)| Witness {
            locale: locale.clone(),
            place: *place,
            kind: WitnessKind::Table,
        });
        for witness in std::iter::once(own).chain(vouched) {
            if origin.witnesses.len() < MOST_WITNESSES && !origin.witnesses.contains(&witness) {
                origin.witnesses.push(witness);
            }
        }
        describe(&mut origin, &said.locale, &row.doc);
        if let Some((locale, doc)) = &row.source_doc {
            describe(&mut origin, locale, doc);
        }
    }
    origin
}

/// Keeps the first description of each locale.
pub(super) fn describe(origin: &mut Origin, locale: &str, doc: &str) {
    if !doc.is_empty() {
        origin.descriptions.entry(locale.to_owned()).or_insert_with(|| doc.to_owned());
    }
}

/// Tells which pages spell the name otherwise.
fn spelling_notes(name: &str, rows: &[Heard<'_>], notes: &mut Vec<String>) {
    let mut written: BTreeSet<&str> = BTreeSet::from([name]);
    for heard in rows {
        if written.insert(&heard.row.name) {
            push(notes, format!("written `{}` in {}", heard.row.name, heard.said.path));
        }
    }
}

/// Tells that a name is none.
fn unsound_notes(rows: &[Heard<'_>], notes: &mut Vec<String>) {
    let mut unsound: BTreeSet<&str> = BTreeSet::new();
    for name in rows.iter().map(|heard| heard.row.name.as_str()) {
        if !is_identifier(name) && unsound.insert(name) {
            push(notes, format!("`{name}` is not an identifier, and nothing shows which name was meant"));
        }
    }
}

/// Whether messages of one direction must carry it, by the tables that are about them or, if none says anything,
/// by those about both: all that say anything must say so. `None` if none does.
fn required(spots: &[Vec<&Heard<'_>>], side: Side, notes: &mut Vec<String>) -> Option<bool> {
    let marks = |own: bool| -> Vec<(bool, &str)> {
        let of_side = |heard: &&&Heard<'_>| {
            if own { heard.side == side } else { heard.speaks_for(side) }
        };
        let mark = |spot: &'_ Vec<&Heard<'_>>| {
            let votes = spot.iter().filter(of_side).filter_map(|heard| heard.row.required);
            Some(polled(votes)? == Requirement::Yes)
        };
        spots.iter().filter_map(|spot| Some((mark(spot)?, spot.first()?.said.path.as_str()))).collect()
    };
    let mut said = marks(true);
    if said.is_empty() {
        said = marks(false);
    }
    let (yes, no) = (said.iter().find(|(mark, _)| *mark), said.iter().find(|(mark, _)| !mark));
    if let (Some((_, yes)), Some((_, no))) = (yes, no) {
        push(notes, format!("required in {yes}, not in {no}"));
    }
    (!said.is_empty()).then_some(no.is_none())
}

/// The member that some rows of one name list.
pub(super) fn member(rows: &[Heard<'_>], voice: &Voice) -> Member {
    let mut origin = origin(rows);
    let first = rows.first().map(|heard| heard.row);
    let name = first.map_or("", |row| &row.name);
    spelling_notes(name, rows, &mut origin.notes);
    unsound_notes(rows, &mut origin.notes);
    let numbers: Vec<i64> = rows.iter().filter_map(|heard| heard.row.number).collect();
    let number = polled(numbers.iter().copied());
    for other in numbers.iter().filter(|other| Some(**other) != number) {
        push(&mut origin.notes, format!("numbered {other} as well"));
    }
    let value = rows.iter().find_map(|heard| heard.row.value.clone());
    Member {
        value: value.unwrap_or_else(|| name.to_owned()),
        declared: name.to_owned(),
        number,
        aliases: Vec::new(),
        doc: voice.doc(&origin.descriptions),
        place: first.map(|row| row.place),
        origin: Some(Box::new(origin)),
    }
}

fn path<'h>(spot: &[&'h Heard<'_>]) -> &'h str {
    spot.first().map_or("", |heard| &heard.said.path)
}

/// Adds a note once, as long as anybody would read them.
pub(super) fn push(notes: &mut Vec<String>, note: String) {
    if notes.len() < MOST_NOTES && !notes.contains(&note) {
        notes.push(note);
    }
}
