//! The pages that places of a schema point into, as its files; and names that lead nowhere, taken back.
//!
//! Absent here: everything else about the schema.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Page;
use crate::schema::{Additional, Object, Origin, Property, Schema, Shape, SpecFile, Type};
use crate::text::{FileId, Place};

/// Numbers places by the files of the schema, which are the pages they point into.
pub(super) fn settle(schema: &mut Schema, pages: &[Page]) {
    let mut used: BTreeSet<FileId> = BTreeSet::new();
    each_place(schema, &mut |place| {
        used.insert(place.file);
    });
    let numbers: BTreeMap<FileId, FileId> =
        used.iter().enumerate().map(|(at, file)| (*file, FileId(at as u32))).collect();
    each_place(schema, &mut |place| {
        place.file = numbers.get(&place.file).copied().unwrap_or(place.file);
    });
    let file = |file: &FileId| {
        let page = pages.get(file.0 as usize);
        page.map_or_else(
            || SpecFile { path: String::new(), text: String::new() },
            |page| SpecFile { path: page.source.path.clone(), text: page.source.text.clone() },
        )
    };
    schema.files = used.iter().map(file).collect();
}

/// Lets types that were left out be anything where they are named.
pub(super) fn take_back(schema: &mut Schema) {
    let known: BTreeSet<String> = schema.types.keys().cloned().collect();
    each_type(schema, &mut |ty| {
        if let Type::Named(name) = ty
            && !known.contains(name)
        {
            *ty = Type::Any;
        }
    });
}

fn each_type(schema: &mut Schema, visit: &mut dyn FnMut(&mut Type)) {
    for def in schema.types.values_mut() {
        match &mut def.shape {
            Shape::Object(object) => types_of_object(object, visit),
            Shape::Alias(ty) => types_of(ty, visit),
            Shape::Enum(_) => {}
        }
    }
    for operation in &mut schema.operations {
        operation.parameters.iter_mut().for_each(|parameter| types_of(&mut parameter.ty, visit));
        let bodies = operation.responses.iter_mut().filter_map(|response| response.body.as_mut());
        operation.request.iter_mut().chain(bodies).for_each(|body| types_of(body, visit));
    }
}

fn types_of_object(object: &mut Object, visit: &mut dyn FnMut(&mut Type)) {
    object.properties.iter_mut().for_each(|property| types_of(&mut property.ty, visit));
    if let Additional::Of(ty) = &mut object.additional {
        types_of(ty, visit);
    }
}

fn types_of(ty: &mut Type, visit: &mut dyn FnMut(&mut Type)) {
    visit(ty);
    match ty {
        Type::Array(inner) | Type::Map(inner) => types_of(inner, visit),
        Type::Tuple(all) | Type::OneOf(all) => all.iter_mut().for_each(|ty| types_of(ty, visit)),
        Type::Object(object) => types_of_object(object, visit),
        _ => {}
    }
}

fn each_place(schema: &mut Schema, visit: &mut dyn FnMut(&mut Place)) {
    for def in schema.types.values_mut() {
        said(&mut def.place, &mut def.origin, visit);
        match &mut def.shape {
            Shape::Object(object) => object.properties.iter_mut().for_each(|one| of_property(one, visit)),
            Shape::Enum(set) => {
                set.members.iter_mut().for_each(|member| said(&mut member.place, &mut member.origin, visit));
            }
            Shape::Alias(_) => {}
        }
    }
    for operation in &mut schema.operations {
        said(&mut operation.place, &mut operation.origin, visit);
        for parameter in &mut operation.parameters {
            said(&mut parameter.place, &mut parameter.origin, visit);
        }
        let examples = operation.responses.iter_mut().flat_map(|response| &mut response.examples);
        let places =
            operation.examples.iter_mut().chain(examples).filter_map(|example| example.place.as_mut());
        places.for_each(&mut *visit);
        let bodies = operation.responses.iter_mut().filter_map(|response| response.body.as_mut());
        operation.request.iter_mut().chain(bodies).for_each(|body| of_type(body, visit));
    }
    schema.notes.iter_mut().filter_map(|note| note.place.as_mut()).for_each(visit);
}

fn said(place: &mut Option<Place>, origin: &mut Option<Box<Origin>>, visit: &mut dyn FnMut(&mut Place)) {
    place.iter_mut().for_each(&mut *visit);
    let witnesses = origin.iter_mut().flat_map(|origin| &mut origin.witnesses);
    witnesses.for_each(|witness| visit(&mut witness.place));
}

fn of_property(property: &mut Property, visit: &mut dyn FnMut(&mut Place)) {
    said(&mut property.place, &mut property.origin, visit);
    of_type(&mut property.ty, visit);
}

fn of_type(ty: &mut Type, visit: &mut dyn FnMut(&mut Place)) {
    types_of(ty, &mut |ty| {
        if let Type::Object(object) = ty {
            for property in &mut object.properties {
                said(&mut property.place, &mut property.origin, visit);
            }
        }
    });
}
