//! What tables say and what examples show of one property, in one: examples give formats and fill in what
//! tables leave open; where they contradict, tables are followed and a note says so.
//!
//! Absent here: which table or example is about what.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::names::is_identifier;
use crate::fold::identifier_key;
use crate::lower::merge::{Listed, Voice, push};
use crate::lower::resolve::Types;
use crate::lower::shown::{Shown, ShownObject};
use crate::schema::{Additional, Format, Member, Object, Origin, Property, Type};
use crate::source::Locale;

/// Nameless objects nested deeper than this become plain objects.
const DEEPEST: usize = 32;

/// The properties of an object: those that tables list, then those that only examples show.
pub(super) fn properties(
    listed: Vec<Listed>,
    seen: Option<&ShownObject>,
    types: &Types<'_>,
    voice: &Voice,
) -> Vec<Property> {
    let finish = Finish { types };
    let keys: BTreeSet<String> = listed.iter().map(|listed| listed.key.clone()).collect();
    let tabled = keys.len();
    let mut properties: Vec<Property> = listed
        .into_iter()
        .map(|listed| {
            let shown = seen.and_then(|seen| seen.get(&listed.key));
            finish.tabled(listed, shown)
        })
        .collect();
    let Some(seen) = seen else { return properties };
    let all: BTreeSet<&str> =
        seen.members.iter().flat_map(|(_, shown)| shown.places.keys()).map(String::as_str).collect();
    for (key, shown) in seen.members.iter().filter(|(key, _)| !keys.contains(key)) {
        let speakers = shown.places.keys().map(String::as_str).collect();
        if !voice.carries(&speakers, &all) {
            continue;
        }
        let mut property = finish.seen(key, shown, 0);
        if tabled > 0
            && let Some(origin) = &mut property.origin
        {
            push(&mut origin.notes, "only examples show it, no table lists it".to_owned());
        }
        properties.push(property);
    }
    properties
}

/// The type of a body that only examples show.
pub(super) fn body(shown: &Shown, types: &Types<'_>) -> Type {
    Finish { types }.ty(shown, 0)
}

struct Finish<'f> {
    types: &'f Types<'f>,
}

impl Finish<'_> {
    /// A property that tables list, with what examples show of it.
    fn tabled(&self, listed: Listed, shown: Option<&Shown>) -> Property {
        let Listed { mut property, is_typed, values, .. } = listed;
        let mut notes = Vec::new();
        if let Some(shown) = shown {
            property.nullable |= shown.nulls > 0;
            let written = shown.spelling().filter(|_| !shown.spellings.contains_key(&property.name));
            if let Some(spelling) = written {
                push(&mut notes, format!("examples write `{spelling}`"));
            }
            property.ty =
                if is_typed { self.both(&property.ty, shown, &mut notes, 0) } else { self.ty(shown, 0) };
        }
        if let Some(ty) = values_of(&property.ty, &values, shown) {
            property.ty = ty;
        }
        let origin = property.origin.get_or_insert_default();
        if let Some(shown) = shown {
            origin.witnesses.extend(shown.witnesses());
        }
        for note in notes {
            push(&mut origin.notes, note);
        }
        property
    }

    /// A property that only examples show.
    fn seen(&self, key: &str, shown: &Shown, depth: usize) -> Property {
        let origin = Origin { witnesses: shown.witnesses().collect(), ..Origin::default() };
        Property {
            nullable: shown.nulls > 0,
            place: origin.witnesses.first().map(|witness| witness.place),
            origin: Some(Box::new(origin)),
            ..Property::new(shown.spelling().unwrap_or(key), self.ty(shown, depth))
        }
    }

    /// The documented type, made more precise.
    fn both(&self, ty: &Type, shown: &Shown, notes: &mut Vec<String>, depth: usize) -> Type {
        let kinds: Vec<Type> = shown.kinds().collect();
        if kinds.is_empty() || depth > DEEPEST {
            return ty.clone();
        }
        let others: Vec<&Type> = kinds.iter().filter(|kind| !self.fits(ty, kind)).collect();
        for other in &others {
            push(notes, format!("examples send `{other}`"));
        }
        if others.len() == kinds.len() {
            return ty.clone();
        }
        match ty {
            Type::Any => self.ty(shown, depth),
            Type::String(Format::Plain) if others.is_empty() => Type::String(shown.format()),
            Type::String(format) => {
                if ![*format, Format::Plain].contains(&shown.format()) {
                    push(notes, format!("examples send `{}`", Type::String(shown.format())));
                }
                ty.clone()
            }
            Type::Array(inner) => {
                let items = shown.items.as_deref().filter(|items| items.is_seen());
                let inner = items
                    .map_or_else(|| (**inner).clone(), |items| self.both(inner, items, notes, depth + 1));
                Type::Array(Box::new(inner))
            }
            Type::Map(inner) => {
                let entries = shown.entries.as_deref().filter(|entries| entries.is_seen());
                let inner =
                    entries.map_or_else(|| (**inner).clone(), |one| self.both(inner, one, notes, depth + 1));
                Type::Map(Box::new(inner))
            }
            Type::Object(object) if **object == Object::default() && others.is_empty() => {
                self.ty(shown, depth)
            }
            Type::Named(name) => {
                self.against_named(name, shown, notes);
                ty.clone()
            }
            _ => ty.clone(),
        }
    }

    /// Notes where objects or values are not those of the named type.
    fn against_named(&self, name: &str, shown: &Shown, notes: &mut Vec<String>) {
        let is_enum = self.types.is_enum(name);
        if !is_enum && let Some(object) = &shown.object {
            let keys: Vec<&str> =
                object.members.iter().filter_map(|(_, shown)| shown.spelling()).take(4).collect();
            if !keys.is_empty() {
                push(notes, format!("examples send another object, with `{}`", keys.join("`, `")));
            }
        }
    }

    /// Whether a documented type has room for a kind of value.
    fn fits(&self, ty: &Type, kind: &Type) -> bool {
        match (ty, kind) {
            (Type::Named(name), kind) if self.types.is_enum(name) => matches!(kind, Type::String(_)),
            (Type::Any, _)
            | (Type::Boolean, Type::Boolean)
            | (Type::Integer, Type::Integer)
            | (Type::Number, Type::Number | Type::Integer)
            | (Type::String(_) | Type::Constant(_), Type::String(_))
            | (Type::Array(_) | Type::Tuple(_), Type::Array(_))
            | (Type::Map(_) | Type::Object(_) | Type::Named(_), Type::Object(_)) => true,
            (Type::OneOf(all), kind) => all.iter().any(|ty| self.fits(ty, kind)),
            _ => false,
        }
    }

    /// The type of what only examples show.
    fn ty(&self, shown: &Shown, depth: usize) -> Type {
        let mut kinds: Vec<Type> = shown.kinds().map(|kind| self.whole(kind, shown, depth)).collect();
        match kinds.len() {
            0 => Type::Any,
            1 => kinds.remove(0),
            _ => Type::OneOf(kinds),
        }
    }

    /// A kind of value with its parts.
    fn whole(&self, kind: Type, shown: &Shown, depth: usize) -> Type {
        match kind {
            Type::Array(_) if depth < DEEPEST => {
                let items = shown.items.as_deref();
                Type::Array(Box::new(items.map_or(Type::Any, |items| self.ty(items, depth + 1))))
            }
            Type::Object(_) if depth < DEEPEST => {
                let mut named: Vec<Type> =
                    shown.named.keys().map(|at| Type::Named(self.types.names[*at].clone())).collect();
                match named.len() {
                    0 => {}
                    1 => return named.remove(0),
                    _ => return Type::OneOf(named),
                }
                if let Some(entries) = shown.entries.as_deref().filter(|_| shown.object.is_none()) {
                    return Type::Map(Box::new(self.ty(entries, depth + 1)));
                }
                let members = shown.object.iter().flat_map(|object| &object.members);
                let properties = members.map(|(key, shown)| self.seen(key, shown, depth + 1)).collect();
                Type::Object(Box::new(Object { properties, additional: Additional::Unspecified }))
            }
            kind => kind,
        }
    }
}

/// Lets members have the values that examples send for them: where those are of two kinds, capitalized and not,
/// in the way that is more frequent.
pub(super) fn sent(members: &mut [Member], sent: &BTreeMap<String, usize>) {
    let keys: BTreeSet<String> =
        members.iter().map(|member| identifier_key(&member.value).into_owned()).collect();
    let is_upper = |value: &str| value.starts_with(char::is_uppercase);
    let count = |upper: bool| -> usize {
        let known = sent.iter().filter(|(value, _)| keys.contains(identifier_key(value).as_ref()));
        known.filter(|(value, _)| is_upper(value) == upper).map(|(_, count)| count).sum()
    };
    let upper = count(true) > count(false);
    for member in members {
        let key = identifier_key(&member.value);
        let same = sent.iter().filter(|(value, _)| identifier_key(value) == key);
        let best = same.max_by_key(|(value, count)| (is_upper(value) == upper, **count));
        if let Some((value, _)) = best.filter(|(value, _)| **value != member.value) {
            if let Some(origin) = &mut member.origin {
                push(&mut origin.notes, format!("examples send `{value}`"));
            }
            member.value.clone_from(value);
        }
    }
}

/// Tells which values examples send that no table lists.
pub(super) fn unlisted(members: &[Member], sent: &BTreeMap<String, usize>, notes: &mut Vec<String>) {
    let keys: BTreeSet<String> =
        members.iter().map(|member| identifier_key(&member.value).into_owned()).collect();
    for value in sent.keys().filter(|value| !keys.contains(identifier_key(value).as_ref())) {
        push(notes, format!("examples send `{value}`, which no table lists"));
    }
}

/// The values that a description sets apart, if examples bear out that they are all there are.
fn values_of(ty: &Type, values: &[String], shown: Option<&Shown>) -> Option<Type> {
    let shown = shown?;
    let (Type::String(Format::Plain), true) = (ty, values.len() > 1 && !shown.values.is_empty()) else {
        return None;
    };
    let keys: BTreeSet<String> = values.iter().map(|value| identifier_key(value).into_owned()).collect();
    let known = |value: &String| keys.contains(identifier_key(value).as_ref());
    if !values.iter().all(|value| is_identifier(value)) || !shown.values.keys().all(known) {
        return None;
    }
    // Languages and currencies are given as examples of many.
    if values.iter().all(|value| Locale::parse(value).is_some()) {
        return None;
    }
    // Examples are sent as they are; prose may spell values otherwise.
    let wire = |value: &String| {
        let key = identifier_key(value);
        let same = shown.values.iter().filter(|(seen, _)| identifier_key(seen) == key);
        same.max_by_key(|(_, count)| **count).map_or_else(|| value.clone(), |(seen, _)| seen.clone())
    };
    Some(Type::OneOf(values.iter().map(|value| Type::Constant(wire(value))).collect()))
}
