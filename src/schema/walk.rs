//! Walks over all of a schema: the names that types refer to, the places that point into files.

use super::{Additional, Example, Object, Operation, Origin, Property, Schema, Shape, Type, TypeDef};
use crate::text::Place;

impl Type {
    /// Takes nested alternatives apart: adds each to `out` once, without null. Whether null is one of them.
    pub fn alternatives<'a>(&'a self, out: &mut Vec<&'a Self>) -> bool {
        match self {
            Self::OneOf(list) => {
                let mut or_null = false;
                for ty in list {
                    or_null |= ty.alternatives(out);
                }
                or_null
            }
            Self::Null => true,
            ty => {
                if !out.contains(&ty) {
                    out.push(ty);
                }
                false
            }
        }
    }

    /// Calls `visit` with the name of every named type in it, in order.
    pub fn names<'a>(&'a self, visit: &mut dyn FnMut(&'a str)) {
        match self {
            Self::Named(name) => visit(name),
            Self::Array(inner) | Self::Map(inner) => inner.names(visit),
            Self::Tuple(list) | Self::OneOf(list) => list.iter().for_each(|ty| ty.names(visit)),
            Self::Object(object) => object.names(visit),
            Self::Any
            | Self::Null
            | Self::Boolean
            | Self::Integer
            | Self::Number
            | Self::String(_)
            | Self::Constant(_) => {}
        }
    }
}

impl Object {
    /// Calls `visit` with the name of every named type in it, in order.
    pub fn names<'a>(&'a self, visit: &mut dyn FnMut(&'a str)) {
        self.properties.iter().for_each(|property| property.ty.names(visit));
        if let Additional::Of(ty) = &self.additional {
            ty.names(visit);
        }
    }
}

impl TypeDef {
    /// Calls `visit` with the name of every named type that it refers to, in order.
    pub fn names<'a>(&'a self, visit: &mut dyn FnMut(&'a str)) {
        match &self.shape {
            Shape::Object(object) => object.names(visit),
            Shape::Alias(ty) => ty.names(visit),
            Shape::Enum(_) => {}
        }
    }
}

impl Operation {
    /// Every type that it refers to: its bodies' and its parameters'.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let bodies = self.responses.iter().filter_map(|response| response.body.as_ref());
        let parameters = self.parameters.iter().map(|parameter| &parameter.ty);
        self.request.iter().chain(bodies).chain(parameters)
    }
}

impl Schema {
    /// Calls `change` with every place, so that places can follow their files.
    pub fn places_mut(&mut self, change: &mut dyn FnMut(&mut Place)) {
        for def in self.types.values_mut() {
            declaration(&mut def.place, &mut def.origin, change);
            match &mut def.shape {
                Shape::Object(object) => in_object(object, change),
                Shape::Alias(ty) => in_type(ty, change),
                Shape::Enum(set) => {
                    for member in &mut set.members {
                        declaration(&mut member.place, &mut member.origin, change);
                    }
                }
            }
        }
        for operation in &mut self.operations {
            declaration(&mut operation.place, &mut operation.origin, change);
            for parameter in &mut operation.parameters {
                declaration(&mut parameter.place, &mut parameter.origin, change);
                in_type(&mut parameter.ty, change);
            }
            operation.request.iter_mut().for_each(|ty| in_type(ty, change));
            in_examples(&mut operation.examples, change);
            for response in &mut operation.responses {
                response.body.iter_mut().for_each(|ty| in_type(ty, change));
                in_examples(&mut response.examples, change);
            }
        }
        self.notes.iter_mut().filter_map(|note| note.place.as_mut()).for_each(change);
    }
}

fn declaration(
    place: &mut Option<Place>,
    origin: &mut Option<Box<Origin>>,
    change: &mut dyn FnMut(&mut Place),
) {
    place.iter_mut().for_each(&mut *change);
    if let Some(origin) = origin {
        origin.witnesses.iter_mut().for_each(|witness| change(&mut witness.place));
    }
}

fn in_object(object: &mut Object, change: &mut dyn FnMut(&mut Place)) {
    for property in &mut object.properties {
        let Property { place, origin, ty, .. } = property;
        declaration(place, origin, change);
        in_type(ty, change);
    }
    if let Additional::Of(ty) = &mut object.additional {
        in_type(ty, change);
    }
}

fn in_type(ty: &mut Type, change: &mut dyn FnMut(&mut Place)) {
    match ty {
        Type::Array(inner) | Type::Map(inner) => in_type(inner, change),
        Type::Tuple(list) | Type::OneOf(list) => list.iter_mut().for_each(|ty| in_type(ty, change)),
        Type::Object(object) => in_object(object, change),
        _ => {}
    }
}

fn in_examples(examples: &mut [Example], change: &mut dyn FnMut(&mut Place)) {
    examples.iter_mut().filter_map(|example| example.place.as_mut()).for_each(change);
}
