//! Several specs as one: what both say once, what only one says as well, and where they contradict
//! each other.
//!
//! Saying less is no contradiction: a type that is left open gives way, and properties, answers and
//! parameters add up. Types with different names are the same if they are made of the same.

use std::collections::BTreeMap;

use crate::hash::{HashMap, HashSet};
use crate::schema::{
    Additional, Enum, Note, Object, Operation, Property, Resolved, Schema, Shape, Type, TypeDef,
};
use crate::text::Place;

use super::notes::Positions;

/// What one spec says.
#[derive(Debug, Default)]
pub struct Part {
    pub types: BTreeMap<String, TypeDef>,
    pub operations: Vec<Operation>,
}

/// Types compared within types before they are taken for the same.
const DEEPEST: usize = 16;

/// Everything the parts say, without files and notes; and the contradictions among them.
pub fn merge(mut parts: impl Iterator<Item = Part>, positions: &Positions<'_>) -> (Schema, Vec<Note>) {
    let first = parts.next().unwrap_or_default();
    let mut merge = Merge {
        whole: Schema { types: first.types, ..Schema::default() },
        positions,
        contradictions: Vec::new(),
    };
    merge.operations(first.operations);
    for part in parts {
        merge.add(part);
    }
    (merge.whole, merge.contradictions)
}

struct Merge<'p> {
    whole: Schema,
    positions: &'p Positions<'p>,
    contradictions: Vec<Note>,
}

impl Merge<'_> {
    fn add(&mut self, part: Part) {
        let other = Schema { types: part.types, ..Schema::default() };
        let common: Vec<&String> =
            other.types.keys().filter(|name| self.whole.types.contains_key(*name)).collect();
        let mut found = Vec::new();
        for name in common {
            let pair = Pair { left: &self.whole, right: &other, positions: self.positions };
            found.extend(pair.compare(&self.whole.types[name], &other.types[name]));
        }
        self.contradictions.extend(found);
        for (name, def) in other.types {
            match self.whole.types.get_mut(&name) {
                Some(known) => unite(known, def),
                None => {
                    self.whole.types.insert(name, def);
                }
            }
        }
        self.operations(part.operations);
    }

    fn operations(&mut self, operations: Vec<Operation>) {
        let key = |operation: &Operation| (operation.method.clone(), operation.path.clone());
        let mut known: HashMap<(String, String), usize> =
            self.whole.operations.iter().enumerate().map(|(at, operation)| (key(operation), at)).collect();
        for operation in operations {
            if let Some(at) = known.get(&key(&operation)) {
                let mut first = self.whole.operations[*at].clone();
                self.unite_operations(&mut first, operation);
                self.whole.operations[*at] = first;
            } else {
                known.insert(key(&operation), self.whole.operations.len());
                self.whole.operations.push(operation);
            }
        }
    }

    fn unite_operations(&mut self, first: &mut Operation, other: Operation) {
        let subject = format!("{} {}", first.method, first.path);
        let places = (first.place, other.place);
        let mut same = |what: &str, left: Option<&Type>, right: Option<&Type>| {
            let (Some(left), Some(right)) = (left, right) else { return };
            let pair = Pair { left: &self.whole, right: &self.whole, positions: self.positions };
            if !pair.is_same(left, right, &mut HashSet::default()) {
                let note = pair.note(&format!("{what} of `{subject}`"), (left, right), places);
                self.contradictions.push(note);
            }
        };
        same("the request", first.request.as_ref(), other.request.as_ref());
        for response in &other.responses {
            if let Some(known) = first.responses.iter().find(|known| known.status == response.status) {
                let what = format!("the answer {}", known.status_key());
                same(&what, known.body.as_ref(), response.body.as_ref());
            }
        }
        for parameter in &other.parameters {
            let is_same = |known: &&crate::schema::Parameter| {
                known.name == parameter.name && known.location == parameter.location
            };
            if let Some(known) = first.parameters.iter().find(is_same) {
                same(&format!("the parameter `{}`", known.name), Some(&known.ty), Some(&parameter.ty));
            }
        }
        first.request = first.request.take().or(other.request);
        for response in other.responses {
            match first.responses.iter_mut().find(|known| known.status == response.status) {
                Some(known) => known.body = known.body.take().or(response.body),
                None => first.responses.push(response),
            }
        }
        for parameter in other.parameters {
            let is_known = first
                .parameters
                .iter()
                .any(|known| known.name == parameter.name && known.location == parameter.location);
            if !is_known {
                first.parameters.push(parameter);
            }
        }
        first.examples.extend(other.examples);
        if first.doc.is_empty() {
            first.doc = other.doc;
        }
    }
}

/// Two specs that have types of the same name.
struct Pair<'s> {
    left: &'s Schema,
    right: &'s Schema,
    positions: &'s Positions<'s>,
}

/// Pairs of type names that are being compared: types may hold themselves.
type Seen<'s> = HashSet<(&'s str, &'s str)>;

impl<'s> Pair<'s> {
    /// Where two types of one name contradict each other.
    fn compare(&self, left: &'s TypeDef, right: &'s TypeDef) -> Vec<Note> {
        let places = (left.place, right.place);
        let subject = format!("`{}`", left.name);
        match (&left.shape, &right.shape) {
            (Shape::Object(a), Shape::Object(b)) => self.objects(&left.name, a, b, places),
            (Shape::Enum(a), Shape::Enum(b)) => {
                let differ = !a.open && !b.open && !is_same_enum(a, b);
                let words = |set: &Enum| {
                    let words: Vec<&str> = set.members.iter().map(|member| member.value.as_str()).collect();
                    words.join(", ")
                };
                let said = (words(a), words(b));
                differ.then(|| self.note(&subject, said, places)).into_iter().collect()
            }
            (Shape::Alias(a), Shape::Alias(b)) => {
                let differ = !self.is_same(a, b, &mut Seen::default());
                differ.then(|| self.note(&subject, (a, b), places)).into_iter().collect()
            }
            (Shape::Alias(Type::Any), _) | (_, Shape::Alias(Type::Any)) => Vec::new(),
            (a, b) => vec![self.note(&subject, (kind(a), kind(b)), places)],
        }
    }

    fn objects(
        &self,
        name: &str,
        left: &'s Object,
        right: &'s Object,
        places: (Option<Place>, Option<Place>),
    ) -> Vec<Note> {
        let mut notes = Vec::new();
        for a in &left.properties {
            let subject = format!("`{name}.{}`", a.name);
            match right.property(&a.name) {
                Some(b) => notes.extend(self.properties(&subject, a, b)),
                None if right.additional == Additional::Denied => {
                    notes.push(self.note(&subject, ("a property", "none"), (a.place, places.1)));
                }
                None => {}
            }
        }
        if left.additional == Additional::Denied {
            for b in right.properties.iter().filter(|b| left.property(&b.name).is_none()) {
                let subject = format!("`{name}.{}`", b.name);
                notes.push(self.note(&subject, ("none", "a property"), (places.0, b.place)));
            }
        }
        notes
    }

    /// Where two properties of one name contradict each other; the type, or else one of its marks.
    fn properties(&self, subject: &str, a: &'s Property, b: &'s Property) -> Option<Note> {
        let places = (a.place, b.place);
        if !self.is_same(&a.ty, &b.ty, &mut Seen::default()) {
            return Some(self.note(subject, (&a.ty, &b.ty), places));
        }
        if a.ty == Type::Any || b.ty == Type::Any {
            return None;
        }
        // What travels one way by one spec alone is not required there by the other; and an answer that always
        // carries a property is one that may.
        let is_one_way = (a.read_only, a.write_only) != (b.read_only, b.write_only);
        let required = |property: &Property| property.required_in_request && !is_one_way;
        let marks = [
            (a.nullable, b.nullable, "nullable", "not nullable"),
            (required(a), required(b), "required in requests", "not required in requests"),
        ];
        let (first, _, yes, no) = marks.into_iter().find(|(a, b, ..)| a != b)?;
        Some(self.note(subject, if first { (yes, no) } else { (no, yes) }, places))
    }

    /// `X is A here and B at path:line:column`, at the later of the two.
    fn note<T: std::fmt::Display>(
        &self,
        subject: &str,
        (left, right): (T, T),
        (first, place): (Option<Place>, Option<Place>),
    ) -> Note {
        let other = first
            .map_or_else(|| "in another spec".to_owned(), |place| format!("at {}", self.positions.of(place)));
        Note {
            place,
            message: format!("two specs contradict each other: {subject} is {right} here and {left} {other}"),
        }
    }

    /// Whether two types allow the same, as far as both say.
    fn is_same(&self, left: &'s Type, right: &'s Type, seen: &mut Seen<'s>) -> bool {
        if seen.len() > DEEPEST {
            return true;
        }
        if let (Type::Named(a), Type::Named(b)) = (left, right) {
            // The same name is compared on its own.
            if a == b || !seen.insert((a, b)) {
                return true;
            }
        }
        match (self.left.resolve(left), self.right.resolve(right)) {
            (Resolved::Type(a), Resolved::Type(b)) => self.is_same_plain(a, b, seen),
            (Resolved::Def(a), Resolved::Def(b)) => match (&a.shape, &b.shape) {
                (Shape::Object(a), Shape::Object(b)) => self.is_same_object(a, b, seen),
                (Shape::Enum(a), Shape::Enum(b)) => is_same_enum(a, b),
                _ => false,
            },
            (Resolved::Def(def), Resolved::Type(ty)) | (Resolved::Type(ty), Resolved::Def(def)) => {
                match (&def.shape, ty) {
                    (_, Type::Any) => true,
                    (Shape::Object(a), Type::Object(b)) => self.is_same_object(a, b, seen),
                    (Shape::Object(a), Type::Map(_)) => a.properties.is_empty(),
                    (Shape::Enum(set), Type::OneOf(words)) => {
                        set.members.len() == words.len()
                            && set
                                .members
                                .iter()
                                .all(|member| words.contains(&Type::Constant(member.value.clone())))
                    }
                    _ => false,
                }
            }
        }
    }

    fn is_same_plain(&self, left: &'s Type, right: &'s Type, seen: &mut Seen<'s>) -> bool {
        match (left, right) {
            (Type::Any, _) | (_, Type::Any) => true,
            (Type::Array(a), Type::Array(b)) | (Type::Map(a), Type::Map(b)) => self.is_same(a, b, seen),
            (Type::Object(a), Type::Object(b)) => self.is_same_object(a, b, seen),
            (Type::Tuple(a), Type::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.is_same(a, b, seen))
            }
            (Type::OneOf(a), Type::OneOf(b)) => {
                a.len() == b.len() && a.iter().all(|a| b.iter().any(|b| self.is_same(a, b, seen)))
            }
            (a, b) => a == b,
        }
    }

    fn is_same_object(&self, left: &'s Object, right: &'s Object, seen: &mut Seen<'s>) -> bool {
        left.properties.len() == right.properties.len()
            && left
                .properties
                .iter()
                .all(|a| right.property(&a.name).is_some_and(|b| self.is_same(&a.ty, &b.ty, seen)))
    }
}

fn kind(shape: &Shape) -> String {
    match shape {
        Shape::Object(_) => "an object".to_owned(),
        Shape::Enum(_) => "a list of words".to_owned(),
        Shape::Alias(ty) => ty.to_string(),
    }
}

fn is_same_enum(left: &Enum, right: &Enum) -> bool {
    let words = |set: &Enum| {
        let mut words: Vec<String> = set.members.iter().map(|member| member.value.clone()).collect();
        words.sort_unstable();
        words
    };
    words(left) == words(right)
}

/// Adds what a second spec says of a type.
fn unite(known: &mut TypeDef, other: TypeDef) {
    if known.doc.is_empty() {
        known.doc = other.doc;
    }
    match (&mut known.shape, other.shape) {
        (Shape::Object(object), Shape::Object(further)) => unite_objects(object, further),
        (Shape::Enum(set), Shape::Enum(further)) => {
            set.open |= further.open;
            let new = further
                .members
                .into_iter()
                .filter(|new| set.members.iter().all(|one| one.value != new.value));
            let new: Vec<_> = new.collect();
            set.members.extend(new);
        }
        (shape @ Shape::Alias(Type::Any), further) => {
            *shape = further;
            known.place = other.place;
        }
        _ => {}
    }
}

fn unite_objects(object: &mut Object, further: Object) {
    if object.additional == Additional::Unspecified {
        object.additional = further.additional;
    }
    for property in further.properties {
        match object.properties.iter_mut().find(|known| known.name == property.name) {
            None => object.properties.push(property),
            Some(known) if known.ty == Type::Any => *known = property,
            Some(known) => {
                known.read_only |= property.read_only;
                known.write_only |= property.write_only;
                known.required_in_request &= !known.read_only;
                known.required_in_response |= property.required_in_response;
                known.required_in_response &= !known.write_only;
                if known.doc.is_empty() {
                    known.doc = property.doc;
                }
            }
        }
    }
}
