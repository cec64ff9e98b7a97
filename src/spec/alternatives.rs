//! Objects that come in several forms: tagged variants, and several forms merged into one.

use std::collections::HashMap;

use crate::schema::{Additional, Object, Property, Type};
use crate::text::Place;

/// The property that tells the variants of an enum apart.
pub fn tag(name: &str, value: &str, place: Option<Place>) -> Property {
    Property { place, ..Property::required(name, Type::Constant(value.to_owned())) }
}

/// One of several types; the one itself if there is only one.
pub fn one_of(mut list: Vec<Type>) -> Type {
    if list.len() == 1 { list.remove(0) } else { Type::OneOf(list) }
}

/// One object that covers all of `objects`: a property is required if every form requires it, and of
/// any of the types it has in them.
pub fn merge(objects: Vec<Object>) -> Object {
    let forms = objects.len();
    let mut out = Object::default();
    let mut seen: Vec<usize> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for object in objects {
        if let (Additional::Of(_), Additional::Unspecified) = (&object.additional, &out.additional) {
            out.additional = object.additional;
        }
        for property in object.properties {
            if let Some(at) = by_name.get(&property.name) {
                seen[*at] += 1;
                unite(&mut out.properties[*at], property);
            } else {
                by_name.insert(property.name.clone(), seen.len());
                seen.push(1);
                out.properties.push(property);
            }
        }
    }
    for (property, _) in out.properties.iter_mut().zip(seen).filter(|(_, seen)| *seen < forms) {
        property.required_in_request = false;
        property.required_in_response = false;
    }
    out
}

fn unite(property: &mut Property, other: Property) {
    property.required_in_request &= other.required_in_request;
    property.required_in_response &= other.required_in_response;
    property.nullable |= other.nullable;
    if property.ty == other.ty {
        return;
    }
    let first = std::mem::replace(&mut property.ty, Type::Any);
    let mut list = if let Type::OneOf(list) = first { list } else { vec![first] };
    let further = if let Type::OneOf(list) = other.ty { list } else { vec![other.ty] };
    for ty in further {
        if !list.contains(&ty) {
            list.push(ty);
        }
    }
    property.ty = one_of(list);
}
