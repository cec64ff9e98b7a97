//! Every place in a schema, for those who have to move or remove it.

use crate::schema::{Additional, Object, Schema, Shape, Type};
use crate::text::Place;

/// What is done to each place.
type Visit<'v> = &'v mut dyn FnMut(&mut Option<Place>);

/// Takes places away that `is_gone` names.
pub fn strip(schema: &mut Schema, is_gone: &dyn Fn(Place) -> bool) {
    visit(schema, &mut |place| *place = place.filter(|place| !is_gone(*place)));
}

/// Visits the place of every type, property, member, operation, parameter and example.
pub fn visit(schema: &mut Schema, visit: Visit<'_>) {
    for def in schema.types.values_mut() {
        visit(&mut def.place);
        match &mut def.shape {
            Shape::Object(object) => of_object(object, visit),
            Shape::Enum(set) => set.members.iter_mut().for_each(|member| visit(&mut member.place)),
            Shape::Alias(ty) => of_type(ty, visit),
        }
    }
    for operation in &mut schema.operations {
        visit(&mut operation.place);
        for parameter in &mut operation.parameters {
            visit(&mut parameter.place);
            of_type(&mut parameter.ty, visit);
        }
        operation.request.iter_mut().for_each(|ty| of_type(ty, visit));
        for response in &mut operation.responses {
            response.body.iter_mut().for_each(|ty| of_type(ty, visit));
            response.examples.iter_mut().for_each(|example| visit(&mut example.place));
        }
        operation.examples.iter_mut().for_each(|example| visit(&mut example.place));
    }
}

fn of_object(object: &mut Object, visit: Visit<'_>) {
    for property in &mut object.properties {
        visit(&mut property.place);
        of_type(&mut property.ty, visit);
    }
    if let Additional::Of(ty) = &mut object.additional {
        of_type(ty, visit);
    }
}

fn of_type(ty: &mut Type, visit: Visit<'_>) {
    match ty {
        Type::Array(inner) | Type::Map(inner) => of_type(inner, visit),
        Type::Tuple(list) | Type::OneOf(list) => list.iter_mut().for_each(|ty| of_type(ty, visit)),
        Type::Object(object) => of_object(object, visit),
        _ => {}
    }
}
