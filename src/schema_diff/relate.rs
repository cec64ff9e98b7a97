//! How two types stand to each other: which values of one are values of the other.

use std::borrow::Cow;

use super::Differ;
use super::change::{Aspect, Breaks, Kind};
use super::travel::Travel;
use crate::fold::identifier_key;
use crate::normalize::types::{Holds, holds};
use crate::schema::{
    Additional, Enum, Format, Member, Object, Property, Resolved, Schema, Shape, Type, TypeDef,
};

/// Types nested deeper are taken to agree.
const DEEPEST: u8 = 16;

/// How an old type stands to a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// They hold the same values, or what documentation says fits the code.
    Same,
    /// What documentation says fits the code, and says less.
    Vague,
    /// They do not.
    Differs {
        /// Whether every old value is a new one: whoever sends may go on.
        sent: bool,
        /// Whether every new value is an old one: whoever reads may go on.
        read: bool,
    },
}

impl Relation {
    /// The difference, if there is one.
    pub fn aspect(self, before: &str, after: &str, travel: Travel) -> Option<Aspect> {
        match self {
            Self::Same => None,
            Self::Vague => Some(Aspect::between(Kind::Vague, before, after, Breaks::default())),
            Self::Differs { sent, read } => {
                let breaks = travel.bound(Breaks { readers: !read, writers: !sent });
                Some(Aspect::between(Kind::Retyped, before, after, breaks))
            }
        }
    }
}

/// A type with the schema that its names are of.
#[derive(Clone, Copy)]
struct Of<'t> {
    ty: &'t Type,
    schema: &'t Schema,
    is_old: bool,
}

impl<'t> Of<'t> {
    const fn with(self, ty: &'t Type) -> Self {
        Self { ty, ..self }
    }
}

impl Differ<'_> {
    /// How types stand to each other. Documentation that is held against code is read as the rules for
    /// pages read it, and says nothing of null.
    pub(super) fn relate(&self, old: &Type, old_is_docs: bool, new: &Type, new_is_docs: bool) -> Relation {
        if old_is_docs != new_is_docs {
            return self.relate_apart_from_null(old, old_is_docs, new, new_is_docs);
        }
        self.relation(
            Of { ty: old, schema: self.old, is_old: true },
            Of { ty: new, schema: self.new, is_old: false },
        )
    }

    /// The same where null is compared by itself.
    pub(super) fn relate_apart_from_null(
        &self,
        old: &Type,
        old_is_docs: bool,
        new: &Type,
        new_is_docs: bool,
    ) -> Relation {
        let (old, new) = (without_null(old), without_null(new));
        let before = Of { ty: &old, schema: self.old, is_old: true };
        let after = Of { ty: &new, schema: self.new, is_old: false };
        let relation = self.relation(before, after);
        if relation == Relation::Same {
            return relation;
        }
        if old_is_docs != new_is_docs
            && let (Some(old), Some(new)) = (values(before), values(after))
        {
            let (sent, read) = (all_among(&old, &new), all_among(&new, &old));
            return if sent && read { Relation::Same } else { Relation::Differs { sent, read } };
        }
        let told = match (old_is_docs, new_is_docs) {
            (true, false) => holds(&self.in_words_of_other(before, 0), after.ty, self.new),
            (false, true) => holds(&self.in_words_of_other(after, 0), before.ty, self.old),
            _ => Holds::No,
        };
        match told {
            Holds::Yes => Relation::Same,
            Holds::Vaguely => Relation::Vague,
            // Nobody knows what it is.
            Holds::Unknown => Relation::Differs { sent: true, read: true },
            Holds::No => relation,
        }
    }

    /// Whether each of two types is a closed set of values, with a name or without.
    pub(super) fn list_values(&self, old: &Type, new: &Type) -> bool {
        let (old, new) = (without_null(old), without_null(new));
        values(Of { ty: &old, schema: self.old, is_old: true }).is_some()
            && values(Of { ty: &new, schema: self.new, is_old: false }).is_some()
    }

    fn relation(&self, old: Of<'_>, new: Of<'_>) -> Relation {
        match (self.fits(old, new, 0), self.fits(new, old, 0)) {
            (true, true) => Relation::Same,
            (sent, read) => Relation::Differs { sent, read },
        }
    }

    /// Whether every value of a new property is one of an old type.
    pub(super) fn is_one(&self, property: &Property, ty: &Type) -> bool {
        let new = Of { ty: &property.ty, schema: self.new, is_old: false };
        let old = Of { ty, schema: self.old, is_old: true };
        let takes_null = !property.nullable || self.fits(new.with(&Type::Null), old, 0);
        takes_null && self.fits(new, old, 0)
    }

    /// A type with the names that the other schema has for its partners.
    fn in_words_of_other(&self, of: Of<'_>, depth: u8) -> Type {
        let next = |ty: &Type| Box::new(self.in_words_of_other(of.with(ty), depth.saturating_add(1)));
        match of.ty {
            ty if depth > DEEPEST => ty.clone(),
            Type::Named(name) => {
                let other = if of.is_old { self.pairs.new_of(name) } else { self.pairs.old_of(name) };
                match (other, of.schema.get(name)) {
                    (Some(other), _) => Type::Named(other.to_owned()),
                    (None, Some(TypeDef { shape: Shape::Alias(ty), .. })) => *next(ty),
                    // A name that the other schema does not know stands for what it names.
                    (None, Some(TypeDef { shape: Shape::Enum(set), .. })) => {
                        let values = set.members.iter().map(|member| Type::Constant(member.value.clone()));
                        Type::OneOf(values.collect())
                    }
                    (None, Some(TypeDef { shape: Shape::Object(object), .. })) => {
                        Type::Object(Box::new(object.clone()))
                    }
                    (None, None) => of.ty.clone(),
                }
            }
            Type::Array(item) => Type::Array(next(item)),
            Type::Map(value) => Type::Map(next(value)),
            Type::OneOf(list) => Type::OneOf(list.iter().map(|ty| *next(ty)).collect()),
            ty => ty.clone(),
        }
    }

    /// Whether every value of `narrow` is one of `wide`.
    fn fits(&self, narrow: Of<'_>, wide: Of<'_>, depth: u8) -> bool {
        if depth > DEEPEST {
            return true;
        }
        let (mut narrows, mut wides) = (Vec::new(), Vec::new());
        let narrow_null = narrow.ty.alternatives(&mut narrows);
        let wide_null = wide.ty.alternatives(&mut wides);
        let takes_null = wide_null || wides.contains(&&Type::Any);
        (!narrow_null || takes_null)
            && narrows.iter().all(|ty| {
                wides.iter().any(|other| self.one_fits(narrow.with(ty), wide.with(other), depth + 1))
                    || self.named_fits(narrow.with(ty), wide, depth + 1)
            })
    }

    /// Of a name for several values, which several alternatives may hold together.
    fn named_fits(&self, narrow: Of<'_>, wide: Of<'_>, depth: u8) -> bool {
        let Type::Named(_) = narrow.ty else { return false };
        match narrow.schema.resolve(narrow.ty) {
            Resolved::Def(TypeDef { shape: Shape::Enum(set), .. }) => values_are(set, wide.ty),
            Resolved::Type(ty) if ty != narrow.ty => self.fits(narrow.with(ty), wide, depth),
            _ => false,
        }
    }

    /// Of two types that are no alternatives as they stand; their names may lead to some.
    fn one_fits(&self, narrow: Of<'_>, wide: Of<'_>, depth: u8) -> bool {
        if let (Type::Named(a), Type::Named(b)) = (narrow.ty, wide.ty) {
            let partner = if narrow.is_old { self.pairs.new_of(a) } else { self.pairs.old_of(a) };
            if partner == Some(b) || (partner.is_none() && a == b) {
                return true;
            }
        }
        let fits = |a: &Type, b: &Type| self.fits(narrow.with(a), wide.with(b), depth + 1);
        match (narrow.schema.resolve(narrow.ty), wide.schema.resolve(wide.ty)) {
            (Resolved::Type(a), Resolved::Type(b)) => match (a, b) {
                (_, Type::Any) => true,
                (Type::OneOf(_) | Type::Null, _) | (_, Type::OneOf(_) | Type::Null) => fits(a, b),
                (Type::Array(a), Type::Array(b)) | (Type::Map(a), Type::Map(b)) => fits(a, b),
                (Type::Tuple(a), Type::Tuple(b)) => {
                    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| fits(a, b))
                }
                (Type::Tuple(a), Type::Array(b)) => a.iter().all(|a| fits(a, b)),
                (Type::Object(a), Type::Object(b)) => object_fits(a, b, &fits),
                (Type::Object(a), Type::Map(b)) => values_fit(a, b, &fits),
                (a, b) => plain_fits(a, b),
            },
            (Resolved::Def(a), Resolved::Def(b)) => match (&a.shape, &b.shape) {
                (Shape::Object(a), Shape::Object(b)) => object_fits(a, b, &fits),
                (Shape::Enum(a), Shape::Enum(b)) => values_are_in(a, b),
                _ => false,
            },
            (Resolved::Def(def), Resolved::Type(b)) => match (&def.shape, b) {
                (_, Type::Any) => true,
                (Shape::Object(a), Type::Object(b)) => object_fits(a, b, &fits),
                (Shape::Object(a), Type::Map(b)) => values_fit(a, b, &fits),
                (Shape::Enum(a), b) => values_are(a, b),
                _ => false,
            },
            (Resolved::Type(a), Resolved::Def(def)) => match (a, &def.shape) {
                (Type::OneOf(_), _) => fits(a, wide.ty),
                (Type::Object(a), Shape::Object(b)) => object_fits(a, b, &fits),
                (Type::Constant(value), Shape::Enum(b)) => has(b, value),
                (Type::String(_), Shape::Enum(b)) => b.open && !b.members.iter().all(Member::is_number),
                _ => false,
            },
        }
    }
}

/// Null is compared apart.
fn without_null(ty: &Type) -> Type {
    let mut forms = Vec::new();
    ty.alternatives(&mut forms);
    match forms.as_slice() {
        [only] => (*only).clone(),
        many => Type::OneOf(many.iter().map(|ty| (*ty).clone()).collect()),
    }
}

fn plain_fits(narrow: &Type, wide: &Type) -> bool {
    match (narrow, wide) {
        (Type::Integer, Type::Number) | (Type::Constant(_), Type::String(Format::Plain)) => true,
        (Type::String(a), Type::String(b)) => a == b || *b == Format::Plain,
        (a, b) => a == b,
    }
}

/// The values of a closed set, or of a list without a name, each by the keys of the names it is documented under.
fn values(of: Of<'_>) -> Option<Vec<[String; 2]>> {
    let keys = |names: [&str; 2]| names.map(|name| identifier_key(name).into_owned());
    if let Some(set) = of.schema.enumeration(of.ty) {
        let members = set.members.iter().map(|member| keys([&member.value, &member.declared]));
        return (!set.open).then(|| members.collect());
    }
    let mut forms = Vec::new();
    of.ty.alternatives(&mut forms);
    let value = |ty: &&Type| if let Type::Constant(value) = ty { Some(keys([value, value])) } else { None };
    let all: Option<Vec<_>> = forms.iter().map(value).collect();
    all.filter(|all| !all.is_empty())
}

/// Whether every value of some is one of others.
fn all_among(values: &[[String; 2]], others: &[[String; 2]]) -> bool {
    values.iter().all(|names| others.iter().any(|other| names.iter().any(|name| other.contains(name))))
}

fn has(set: &Enum, value: &str) -> bool {
    set.open || set.members.iter().any(|member| member.value == value)
}

fn values_are_in(narrow: &Enum, wide: &Enum) -> bool {
    (!narrow.open || wide.open) && narrow.members.iter().all(|member| has(wide, &member.value))
}

/// Whether the values of a set are of a type that has no name.
fn values_are(set: &Enum, wide: &Type) -> bool {
    let mut wides = Vec::new();
    wide.alternatives(&mut wides);
    let is_free = |is_number: bool| {
        wides.iter().any(|ty| match ty {
            Type::Any => true,
            Type::String(Format::Plain) => !is_number,
            Type::Integer | Type::Number => is_number,
            _ => false,
        })
    };
    let is_one =
        |value: &String| wides.iter().any(|ty| matches!(ty, Type::Constant(other) if other == value));
    let is_number = !set.members.is_empty() && set.members.iter().all(Member::is_number);
    (!set.open || is_free(is_number))
        && set.members.iter().all(|member| is_free(member.is_number()) || is_one(&member.value))
}

/// Whether every object of one kind is one of the other.
fn object_fits(narrow: &Object, wide: &Object, fits: &dyn Fn(&Type, &Type) -> bool) -> bool {
    let is_required = |one: &Property| one.required_in_request || one.required_in_response;
    // Of two properties of one name the first counts.
    let first = |object: &'_ Object, name: &str| object.properties.iter().position(|one| one.name == name);
    let listed = wide.properties.iter().enumerate().all(|(at, wanted)| {
        if first(wide, &wanted.name) != Some(at) {
            return true;
        }
        match first(narrow, &wanted.name).and_then(|at| narrow.properties.get(at)) {
            Some(property) => {
                fits(&with_null(property), &with_null(wanted))
                    && (is_required(property) || !is_required(wanted))
            }
            None => !is_required(wanted),
        }
    });
    let mut further =
        narrow.properties.iter().filter(|one| !wide.properties.iter().any(|other| other.name == one.name));
    listed
        && match &wide.additional {
            Additional::Unspecified => true,
            Additional::Denied => further.next().is_none() && narrow.additional == Additional::Denied,
            Additional::Of(ty) => {
                further.all(|one| fits(&with_null(one), ty)) && further_fit(narrow, ty, fits)
            }
        }
}

/// The type of a property, null included.
fn with_null(property: &Property) -> Cow<'_, Type> {
    match &property.ty {
        ty if !property.nullable => Cow::Borrowed(ty),
        ty => Cow::Owned(Type::OneOf(vec![ty.clone(), Type::Null])),
    }
}

/// Whether an object is a map of such values.
fn values_fit(object: &Object, value: &Type, fits: &dyn Fn(&Type, &Type) -> bool) -> bool {
    object.properties.iter().all(|one| fits(&with_null(one), value)) && further_fit(object, value, fits)
}

/// Whether the keys of an object that are not listed hold such values.
fn further_fit(object: &Object, value: &Type, fits: &dyn Fn(&Type, &Type) -> bool) -> bool {
    match &object.additional {
        Additional::Unspecified => fits(&Type::Any, value),
        Additional::Denied => true,
        Additional::Of(ty) => fits(ty, value),
    }
}
