//! Objects that come in several forms: tagged variants, and several forms merged into one.

use crate::hash::{HashMap, HashSet};
use crate::schema::{Additional, Object, Property, Type};
use crate::text::Place;

/// Among more alternatives than these, only names and words are looked for twice.
const FEW: usize = 64;

/// The property that tells the variants of an enum apart.
pub fn tag(name: &str, value: &str, place: Option<Place>) -> Property {
    Property { place, ..Property::required(name, Type::Constant(value.to_owned())) }
}

/// One of several types; the one itself if there is only one.
pub fn one_of(mut list: Vec<Type>) -> Type {
    if list.len() == 1 { list.remove(0) } else { Type::OneOf(list) }
}

/// One type for all of them, each once; those that are alternatives themselves count one by one.
pub fn union(types: impl IntoIterator<Item = Type>) -> Type {
    let mut list: Vec<Type> = Vec::new();
    let mut words: HashSet<String> = HashSet::default();
    let mut names: HashSet<String> = HashSet::default();
    for ty in types {
        for ty in if let Type::OneOf(inner) = ty { inner } else { vec![ty] } {
            let is_new = match &ty {
                Type::Constant(word) => words.insert(word.clone()),
                Type::Named(name) => names.insert(name.clone()),
                other => list.len() > FEW || !list.contains(other),
            };
            if is_new {
                list.push(ty);
            }
        }
    }
    one_of(list)
}

/// What further keys may hold where either form may stand.
fn either(one: Additional, other: Additional) -> Additional {
    match (one, other) {
        (Additional::Denied, any) | (any, Additional::Denied) => any,
        (Additional::Unspecified, Additional::Unspecified) => Additional::Unspecified,
        (Additional::Of(one), Additional::Of(other)) => match union([*one, *other]) {
            Type::OneOf(list) if list.contains(&Type::Any) => Additional::Of(Box::new(Type::Any)),
            ty => Additional::Of(Box::new(ty)),
        },
        (Additional::Of(_), Additional::Unspecified) | (Additional::Unspecified, Additional::Of(_)) => {
            Additional::Of(Box::new(Type::Any))
        }
    }
}

/// One object that covers all of `objects`: a property is required if every form requires it, and of
/// any of the types it has in them. So are further keys.
pub fn merge(objects: Vec<Object>) -> Object {
    let forms = objects.len();
    let additional = objects.iter().map(|object| object.additional.clone()).reduce(either);
    let mut out = Object { additional: additional.unwrap_or_default(), ..Object::default() };
    let mut types: Vec<Vec<Type>> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::default();
    for object in objects {
        for mut property in object.properties {
            let ty = std::mem::replace(&mut property.ty, Type::Any);
            if let Some(at) = by_name.get(&property.name) {
                let known = &mut out.properties[*at];
                known.required_in_request &= property.required_in_request;
                known.required_in_response &= property.required_in_response;
                known.nullable |= property.nullable;
                types[*at].push(ty);
            } else {
                by_name.insert(property.name.clone(), types.len());
                types.push(vec![ty]);
                out.properties.push(property);
            }
        }
    }
    for (property, types) in out.properties.iter_mut().zip(types) {
        if types.len() < forms {
            property.required_in_request = false;
            property.required_in_response = false;
        }
        property.ty = union(types);
    }
    out
}
