//! Enums: closed sets of words, and the four ways serde writes variants that carry data.

use syn::{Expr, ExprLit, ExprUnary, Fields, Lit, UnOp, Variant};

use crate::schema::{Additional, Enum, Member, Object, Property, Shape, Type};
use crate::spec::alternatives;

use super::attributes::{Attributes, Flag, PerDirection};
use super::declarations::unraw;
use super::fields::{Direction, FieldRules, WireName};
use super::reader::{Reader, Scope};

/// A variant with its attributes and its names on the wire.
struct Read<'v> {
    variant: &'v Variant,
    attributes: Attributes,
    response: WireName,
    request: WireName,
    number: Option<i64>,
}

impl Reader<'_> {
    /// Lowers an enum.
    pub fn enumeration(&mut self, variants: &[Variant], container: &Attributes, scope: &Scope) -> Shape {
        let read = self.read_variants(variants, container, scope);
        if container.has(Flag::AsNumber) {
            return Shape::Enum(numbers(read));
        }
        let is_external = container.tag.is_none() && !container.has(Flag::Untagged);
        let is_plain =
            |one: &Read| matches!(one.variant.fields, Fields::Unit) && !one.attributes.has(Flag::Untagged);
        if is_external && read.iter().all(is_plain) {
            return Shape::Enum(words(read));
        }
        let mut list = Vec::new();
        for one in read {
            let ty = self.alternative(&one, container, scope);
            if !list.contains(&ty) {
                list.push(ty);
            }
        }
        Shape::Alias(alternatives::one_of(list))
    }

    fn read_variants<'v>(
        &mut self,
        variants: &'v [Variant],
        container: &Attributes,
        scope: &Scope,
    ) -> Vec<Read<'v>> {
        let origin = scope.origin;
        let is_numbered =
            variants.iter().any(|variant| variant.discriminant.is_some()) || container.has(Flag::AsNumber);
        let mut next = Some(0);
        let mut read = Vec::new();
        for variant in variants {
            let number = match &variant.discriminant {
                Some((_, value)) => integer(value),
                None => next,
            };
            next = number.and_then(|number| number.checked_add(1));
            let attributes = self.attributes(&variant.attrs, origin);
            if attributes.is_skipped() {
                continue;
            }
            let declared = unraw(&variant.ident);
            let place = origin.place(variant.ident.span());
            let case = |way: Direction| way.of(&container.rename_all).map(|case| case.of_variant(&declared));
            let (response, request) = self.names(&declared, place, &attributes, origin, case);
            let number = number.filter(|_| is_numbered);
            read.push(Read { variant, attributes, response, request, number });
        }
        read
    }

    /// One form of an enum whose variants carry data.
    fn alternative(&mut self, one: &Read, container: &Attributes, scope: &Scope) -> Type {
        let name = one.response.text.as_str();
        let place = Some(one.response.place);
        if container.has(Flag::Untagged) || one.attributes.has(Flag::Untagged) {
            return self.content(one, container, scope);
        }
        let is_unit = matches!(one.variant.fields, Fields::Unit);
        let Some(tag) = &container.tag else {
            if is_unit {
                return Type::Constant(name.to_owned());
            }
            let content = self.content(one, container, scope);
            let doc = one.attributes.doc.clone();
            let property = Property { doc, place, ..Property::required(name, content) };
            let object = Object { properties: vec![property], additional: Additional::Denied };
            return Type::Object(Box::new(object));
        };
        let tag = alternatives::tag(tag, name, place);
        let mut object = Object { properties: vec![tag], ..Object::default() };
        match (&container.content, is_unit) {
            (_, true) => {}
            (Some(content), false) => {
                let ty = self.content(one, container, scope);
                object.properties.push(Property::required(content, ty));
            }
            (None, false) => {
                let content = self.content(one, container, scope);
                match self.flattened(&content) {
                    Some(inner) => {
                        object.properties.extend(inner.properties);
                        object.additional = inner.additional;
                    }
                    None => self.notes.add(
                        one.response.place,
                        format!("cannot tell the properties of variant `{name}` of `{}`", scope.name),
                    ),
                }
            }
        }
        if container.has(Flag::DenyUnknownFields) && object.additional == Additional::Unspecified {
            object.additional = Additional::Denied;
        }
        Type::Object(Box::new(object))
    }

    /// What a variant carries, without its name.
    fn content(&mut self, one: &Read, container: &Attributes, scope: &Scope) -> Type {
        let origin = scope.origin;
        match &one.variant.fields {
            Fields::Unit => Type::Null,
            Fields::Unnamed(list) => {
                let mut items = self.tuple(&list.unnamed, origin, scope);
                if list.unnamed.len() == 1 { items.pop().unwrap_or(Type::Null) } else { Type::Tuple(items) }
            }
            Fields::Named(list) => {
                let own = &one.attributes.rename_all;
                let all = &container.rename_all_fields;
                let rename_all = PerDirection {
                    serialize: own.serialize.or(all.serialize),
                    deserialize: own.deserialize.or(all.deserialize),
                };
                let rules = FieldRules::of(container, &rename_all);
                Type::Object(Box::new(self.object(&list.named, &rules, scope)))
            }
        }
    }
}

fn words(read: Vec<Read>) -> Enum {
    let open = read.iter().any(|one| one.attributes.has(Flag::Other));
    let members = read.into_iter().map(|one| {
        let mut aliases = one.attributes.aliases;
        if one.request.text != one.response.text {
            aliases.insert(0, one.request.text);
        }
        Member {
            value: one.response.text,
            declared: unraw(&one.variant.ident),
            number: one.number,
            aliases,
            doc: one.attributes.doc,
            place: Some(one.response.place),
            origin: None,
        }
    });
    Enum { members: members.collect(), open }
}

/// `Serialize_repr`: the numbers are the values.
fn numbers(read: Vec<Read>) -> Enum {
    let mut set = words(read);
    for member in &mut set.members {
        if let Some(number) = member.number {
            member.value = number.to_string();
        }
    }
    set
}

/// A literal whole number, maybe negative.
fn integer(value: &Expr) -> Option<i64> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => integer(expr).and_then(i64::checked_neg),
        _ => None,
    }
}
