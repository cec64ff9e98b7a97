//! A schema that came from no file has no places.

use crate::schema::{Additional, Object, Schema, Shape, Type};

/// Takes all places away.
pub fn strip(schema: &mut Schema) {
    for def in schema.types.values_mut() {
        def.place = None;
        match &mut def.shape {
            Shape::Object(object) => of_object(object),
            Shape::Enum(set) => set.members.iter_mut().for_each(|member| member.place = None),
            Shape::Alias(ty) => of_type(ty),
        }
    }
    for operation in &mut schema.operations {
        operation.place = None;
        for parameter in &mut operation.parameters {
            parameter.place = None;
            of_type(&mut parameter.ty);
        }
        operation.request.iter_mut().for_each(of_type);
        let responses = operation.responses.iter_mut();
        let examples = responses.flat_map(|response| {
            response.body.iter_mut().for_each(of_type);
            response.examples.iter_mut()
        });
        operation.examples.iter_mut().chain(examples).for_each(|example| example.place = None);
    }
    schema.notes.iter_mut().for_each(|note| note.place = None);
}

fn of_object(object: &mut Object) {
    for property in &mut object.properties {
        property.place = None;
        of_type(&mut property.ty);
    }
    if let Additional::Of(ty) = &mut object.additional {
        of_type(ty);
    }
}

fn of_type(ty: &mut Type) {
    match ty {
        Type::Array(inner) | Type::Map(inner) => of_type(inner),
        Type::Tuple(list) | Type::OneOf(list) => list.iter_mut().for_each(of_type),
        Type::Object(object) => of_object(object),
        _ => {}
    }
}
