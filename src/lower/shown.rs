//! What examples show of a value: kinds, formats, keys, elements, whatever the tables say.
//!
//! Absent here: which type an example has.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::compare::formats;
use crate::json::NodeKind;
use crate::schema::{Format, Type, Witness, WitnessKind};
use crate::text::Place;

/// Different values that are remembered of one property, and keys of one nameless object.
const MOST_VALUES: usize = 64;
const MOST_KEYS: usize = 512;

/// What examples show of one value.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// How its key is written, and how often.
    pub spellings: BTreeMap<String, usize>,
    /// Where it is first seen in each locale.
    pub places: BTreeMap<String, Place>,
    pub nulls: usize,
    booleans: usize,
    integers: usize,
    numbers: usize,
    strings: usize,
    objects: usize,
    arrays: usize,
    /// Formats that every string so far has.
    formats: Option<BTreeSet<Format>>,
    /// The strings seen, as far as they are few.
    pub values: BTreeMap<String, usize>,
    /// Named types that its objects were found to be.
    pub named: BTreeMap<usize, usize>,
    /// Its keys, where an object is none of a known type.
    pub object: Option<Box<ShownObject>>,
    /// Its elements, if it is a list; the values of an object whose keys are no names.
    pub items: Option<Box<Shown>>,
    /// The values of an object whose keys are no names.
    pub entries: Option<Box<Shown>>,
}

/// The members of objects, in the order in which they are first seen.
#[derive(Debug, Default)]
pub(super) struct ShownObject {
    /// Key of the name, and what is shown of it.
    pub members: Vec<(String, Shown)>,
    places: HashMap<String, usize>,
}

impl ShownObject {
    /// The member of that key, a new one if need be; nothing when there are too many.
    pub fn member(&mut self, key: &str) -> Option<&mut Shown> {
        let next = self.members.len();
        let at = *self.places.entry(key.to_owned()).or_insert(next);
        if at == next {
            if next >= MOST_KEYS {
                self.places.remove(key);
                return None;
            }
            self.members.push((key.to_owned(), Shown::default()));
        }
        self.members.get_mut(at).map(|(_, shown)| shown)
    }

    /// What is shown of that key.
    pub fn get(&self, key: &str) -> Option<&Shown> {
        self.members.get(*self.places.get(key)?).map(|(_, shown)| shown)
    }
}

impl Shown {
    /// Records where a value stands and under which key.
    pub fn witness(&mut self, key: &str, locale: &str, place: Place) {
        if !key.is_empty() {
            *self.spellings.entry(key.to_owned()).or_default() += 1;
        }
        self.places.entry(locale.to_owned()).or_insert(place);
    }

    /// Records a value; `text` is that of a string or number. Stand-ins are none.
    pub fn record(&mut self, kind: NodeKind, text: &str) {
        match kind {
            NodeKind::Null => self.nulls += 1,
            NodeKind::Bool(_) => self.booleans += 1,
            NodeKind::Number if is_whole(text) => self.integers += 1,
            NodeKind::Number => self.numbers += 1,
            NodeKind::Object => self.objects += 1,
            NodeKind::Array => self.arrays += 1,
            NodeKind::String => self.string(text),
            NodeKind::Elision | NodeKind::Placeholder | NodeKind::Error => {}
        }
    }

    fn string(&mut self, text: &str) {
        self.strings += 1;
        // Empty strings and stand-ins fit every format.
        if text.is_empty() || stands_in(text) {
            return;
        }
        let has = |format: &Format| is_in(*format, text);
        match &mut self.formats {
            Some(formats) => formats.retain(has),
            None => self.formats = Some(FORMATS.into_iter().filter(has).collect()),
        }
        if self.values.len() < MOST_VALUES || self.values.contains_key(text) {
            *self.values.entry(text.to_owned()).or_default() += 1;
        }
    }

    /// Whether any value but null was seen.
    pub fn is_seen(&self) -> bool {
        self.kinds().next().is_some()
    }

    /// The format that all its strings have.
    pub fn format(&self) -> Format {
        self.formats.as_ref().and_then(|formats| formats.first().copied()).unwrap_or_default()
    }

    /// The kinds of value that were seen, as types without parts.
    pub fn kinds(&self) -> impl Iterator<Item = Type> {
        let number = if self.numbers > 0 { Type::Number } else { Type::Integer };
        let kinds = [
            (self.booleans, Type::Boolean),
            (self.integers + self.numbers, number),
            (self.strings, Type::String(self.format())),
            (self.objects, Type::Object(Box::default())),
            (self.arrays, Type::Array(Box::new(Type::Any))),
        ];
        kinds.into_iter().filter(|(count, _)| *count > 0).map(|(_, ty)| ty)
    }

    /// A witness a locale.
    pub fn witnesses(&self) -> impl Iterator<Item = Witness> {
        self.places.iter().map(|(locale, place)| Witness {
            locale: locale.clone(),
            place: *place,
            kind: WitnessKind::Example,
        })
    }

    /// How its key is written most often.
    pub fn spelling(&self) -> Option<&str> {
        let most = self.spellings.values().max()?;
        self.spellings.iter().find(|(_, count)| *count == most).map(|(name, _)| name.as_str())
    }
}

/// The formats that are told from values, more precise ones first.
const FORMATS: [Format; 7] = [
    Format::DateTime,
    Format::Date,
    Format::Time,
    Format::Duration,
    Format::Uuid,
    Format::Uri,
    Format::Email,
];

/// Whether a string is surely in a format; looser than no check needs to be.
fn is_in(format: Format, text: &str) -> bool {
    match format {
        Format::Uri => text.split_once("://").is_some_and(|(scheme, rest)| {
            !rest.is_empty()
                && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
                && !text.contains(char::is_whitespace)
        }),
        Format::Email => text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.contains('.')
                && !host.starts_with('.')
                && !text.contains(|c: char| c.is_whitespace() || matches!(c, '/' | ':' | ',' | ';'))
        }),
        Format::Plain | Format::Currency | Format::Binary => false,
        _ => formats::matches(format, text),
    }
}

/// `{subscription-id}`, `<token>`: a string that stands for another.
fn stands_in(text: &str) -> bool {
    let text = text.trim();
    [('{', '}'), ('<', '>'), ('[', ']')]
        .iter()
        .any(|(open, close)| text.starts_with(*open) && text.ends_with(*close))
}

fn is_whole(number: &str) -> bool {
    !number.contains(['.', 'e', 'E', ','])
}
