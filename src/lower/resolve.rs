//! Type cells as types of the schema: names lead to the tables that describe them.
//!
//! Absent here: which of several cells is right.

use std::collections::{BTreeSet, HashMap};

use crate::fold::singular;
use crate::lower::place::Places;
use crate::lower::said::{Row, TypeCell};
use crate::normalize::types::Quality;
use crate::schema::{Format, Object, Type};

/// Deepest nesting of a type cell that is followed.
const DEEPEST: usize = 8;

/// All types and what they are called.
pub(super) struct Types<'p> {
    /// Which table is about which.
    pub places: &'p Places,
    /// The name of each, by its position among [`Places::subjects`].
    pub names: &'p [String],
    by_name: HashMap<&'p str, usize>,
}

/// What the type cell of a row says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    pub ty: Type,
    pub nullable: bool,
    /// A name in it that no page describes.
    pub unknown: Option<String>,
}

impl<'p> Types<'p> {
    /// Names in the order of the subjects.
    pub fn of(places: &'p Places, names: &'p [String]) -> Self {
        let by_name = names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
        Self { places, names, by_name }
    }

    /// The position of the type of that name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// Whether a type of that name is a set of values.
    pub fn is_enum(&self, name: &str) -> bool {
        self.position(name).is_some_and(|at| self.places.subjects[at].is_enum)
    }

    /// What a row says of its type: its own cell, or the source's where its own is damaged.
    pub fn of_row(&self, row: &Row, from: &str) -> Option<Reading> {
        let mut readings = row.types.iter().map(|cell| (cell.reading.quality, self.read(cell, row, from)));
        let (quality, own) = readings.next()?;
        if quality <= Quality::Translated && own.unknown.is_none() && is_scalar(&own.ty) {
            return Some(own);
        }
        // Lists and names lose their shape first where a cell is translated.
        let is_lost = quality > Quality::Translated || own.unknown.is_some();
        let source = readings
            .next()
            .filter(|(quality, source)| source.unknown.is_none() && (is_lost || *quality == Quality::Exact));
        Some(source.map_or(own, |(_, source)| source))
    }

    fn read(&self, cell: &TypeCell, row: &Row, from: &str) -> Reading {
        let mut seen = Seen { types: self, cell, from, unknown: None };
        let named = |seen: &Seen<'_>| seen.named(cell.reading.named.as_deref()?);
        let ty = match &cell.reading.ty {
            // The word for a link is also what resources are called.
            Some(ty @ Type::String(Format::Uri)) if cell.reading.quality == Quality::Vague => {
                named(&seen).unwrap_or_else(|| ty.clone())
            }
            Some(ty) => seen.resolve(ty, 0),
            None => named(&seen).or_else(|| seen.linked()).or_else(|| seen.named(&cell.text)).unwrap_or_else(
                || {
                    seen.unknown = Some(cell.text.clone());
                    Type::Any
                },
            ),
        };
        let unknown = seen.unknown.take();
        Reading { ty: self.sharpened(ty, cell, row, from), nullable: cell.reading.nullable, unknown }
    }

    /// A type that says little, made more precise by where the links of the row lead.
    fn sharpened(&self, ty: Type, cell: &TypeCell, row: &Row, from: &str) -> Type {
        let (is_list, inner) = match &ty {
            Type::Array(inner) => (true, &**inner),
            ty => (false, ty),
        };
        let wants_enum = match inner {
            Type::Any => false,
            Type::Object(object) if **object == Object::default() => false,
            Type::String(Format::Plain) => true,
            _ => return ty,
        };
        let linked = cell.link.as_ref().and_then(|link| self.places.worded(&cell.text, link, from));
        let links = cell.link.iter().chain(row.links.iter().filter(|link| !link.anchor.is_empty()));
        let subjects: BTreeSet<usize> = links
            .filter_map(|link| self.places.find("", Some(link), from))
            .chain(linked)
            .filter(|subject| self.places.subjects[*subject].is_enum == wants_enum)
            .collect();
        let mut subjects = subjects.into_iter();
        let (Some(only), None) = (subjects.next(), subjects.next()) else { return ty };
        let named = Type::Named(self.names[only].clone());
        if is_list { Type::Array(Box::new(named)) } else { named }
    }
}

fn is_scalar(ty: &Type) -> bool {
    matches!(ty, Type::Boolean | Type::Integer | Type::Number | Type::String(_))
}

/// A cell while it is read.
struct Seen<'s> {
    types: &'s Types<'s>,
    cell: &'s TypeCell,
    from: &'s str,
    unknown: Option<String>,
}

impl Seen<'_> {
    fn resolve(&mut self, ty: &Type, depth: usize) -> Type {
        match ty {
            _ if depth > DEEPEST => Type::Any,
            Type::Named(name) => self.named(name).or_else(|| self.linked()).unwrap_or_else(|| {
                self.unknown = Some(name.clone());
                Type::Any
            }),
            Type::Array(inner) => Type::Array(Box::new(self.resolve(inner, depth + 1))),
            Type::Map(inner) => Type::Map(Box::new(self.resolve(inner, depth + 1))),
            Type::Tuple(all) => Type::Tuple(all.iter().map(|ty| self.resolve(ty, depth + 1)).collect()),
            Type::OneOf(all) => Type::OneOf(all.iter().map(|ty| self.resolve(ty, depth + 1)).collect()),
            other => other.clone(),
        }
    }

    fn named(&self, name: &str) -> Option<Type> {
        let places = self.types.places;
        let find = |name: &str| places.find(name, self.cell.link.as_ref(), self.from);
        let found = find(name).or_else(|| find(&singular(name)))?;
        Some(Type::Named(self.types.names[found].clone()))
    }

    fn linked(&self) -> Option<Type> {
        let found = self.types.places.find("", self.cell.link.as_ref(), self.from)?;
        Some(Type::Named(self.types.names[found].clone()))
    }
}

/// What two types that are said of one property come to; nothing if they contradict each other.
pub(super) fn together(a: &Type, b: &Type, is_enum: &dyn Fn(&str) -> bool) -> Option<Type> {
    Some(match (a, b) {
        (a, b) if a == b => a.clone(),
        (Type::Any, other) | (other, Type::Any) => other.clone(),
        (Type::Object(empty), other) | (other, Type::Object(empty)) if **empty == Object::default() => {
            match other {
                Type::Named(_) | Type::Map(_) | Type::Object(_) => other.clone(),
                _ => return None,
            }
        }
        (Type::String(Format::Plain), other) | (other, Type::String(Format::Plain)) => match other {
            Type::String(_) => other.clone(),
            Type::Named(name) if is_enum(name) => other.clone(),
            _ => return None,
        },
        (Type::Array(a), Type::Array(b)) => Type::Array(Box::new(together(a, b, is_enum)?)),
        (Type::Map(a), Type::Map(b)) => Type::Map(Box::new(together(a, b, is_enum)?)),
        _ => return None,
    })
}
