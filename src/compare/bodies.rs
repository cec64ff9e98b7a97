//! The bodies of an operation: which declared types a list or example may be of.

use crate::facts::Part;
use crate::schema::{Object, Operation, Resolved, Response, Schema, Shape, Type};

/// Types inside types that are looked into.
const DEEPEST: usize = 8;
/// Alternatives that are looked at.
const MOST: usize = 64;

/// The objects that a type is, or is a list or a choice of, each with its name, or else `name`.
pub fn objects<'a>(schema: &'a Schema, ty: &'a Type, name: &'a str) -> Vec<(&'a str, &'a Object)> {
    let mut found = Vec::new();
    collect(schema, ty, name, 0, &mut found);
    found
}

fn collect<'a>(
    schema: &'a Schema,
    ty: &'a Type,
    name: &'a str,
    depth: usize,
    found: &mut Vec<(&'a str, &'a Object)>,
) {
    if depth > DEEPEST || found.len() >= MOST {
        return;
    }
    match schema.resolve(ty) {
        Resolved::Def(def) => match &def.shape {
            Shape::Object(object) => found.push((&def.name, object)),
            Shape::Alias(ty) => collect(schema, ty, &def.name, depth + 1, found),
            Shape::Enum(_) => {}
        },
        Resolved::Type(Type::Object(object)) => found.push((name, object)),
        Resolved::Type(Type::Array(inner) | Type::Map(inner)) => {
            collect(schema, inner, name, depth + 1, found);
        }
        Resolved::Type(Type::OneOf(types)) => {
            for ty in types {
                collect(schema, ty, name, depth + 1, found);
            }
        }
        Resolved::Type(_) => {}
    }
}

/// The bodies of an operation that a part of the page may be about, the likeliest first.
pub fn of_part(operation: &Operation, part: Option<Part>, status: Option<u16>) -> Vec<&Type> {
    let answers = |wanted: &dyn Fn(&Response) -> bool| -> Vec<&Type> {
        operation
            .responses
            .iter()
            .filter(|response| wanted(response))
            .filter_map(|response| response.body.as_ref())
            .collect()
    };
    match (part, status) {
        (Some(Part::Body | Part::Form), None) => operation.request.iter().collect(),
        (_, Some(status)) => {
            let exact = answers(&|response| response.status == status);
            if exact.is_empty() {
                operation.response(status).and_then(|response| response.body.as_ref()).into_iter().collect()
            } else {
                exact
            }
        }
        (Some(Part::Errors), None) => answers(&|response| !response.is_success()),
        (Some(Part::Response), None) => {
            let mut all = answers(&Response::is_success);
            all.extend(answers(&|response| !response.is_success()));
            all
        }
        _ => Vec::new(),
    }
}
