//! What came from no file, or from an export that names places itself, has no place in a file.

use crate::schema::{Additional, Object, Schema, Shape, Type};
use crate::text::Place;

/// Which places go.
type IsGone<'g> = &'g dyn Fn(Place) -> bool;

/// Takes places away that `is_gone` names.
pub fn strip(schema: &mut Schema, is_gone: IsGone<'_>) {
    for def in schema.types.values_mut() {
        clear(&mut def.place, is_gone);
        match &mut def.shape {
            Shape::Object(object) => of_object(object, is_gone),
            Shape::Enum(set) => set.members.iter_mut().for_each(|member| clear(&mut member.place, is_gone)),
            Shape::Alias(ty) => of_type(ty, is_gone),
        }
    }
    for operation in &mut schema.operations {
        clear(&mut operation.place, is_gone);
        for parameter in &mut operation.parameters {
            clear(&mut parameter.place, is_gone);
            of_type(&mut parameter.ty, is_gone);
        }
        operation.request.iter_mut().for_each(|ty| of_type(ty, is_gone));
        let responses = operation.responses.iter_mut();
        let examples = responses.flat_map(|response| {
            response.body.iter_mut().for_each(|ty| of_type(ty, is_gone));
            response.examples.iter_mut()
        });
        operation.examples.iter_mut().chain(examples).for_each(|example| clear(&mut example.place, is_gone));
    }
}

fn clear(place: &mut Option<Place>, is_gone: IsGone<'_>) {
    *place = place.filter(|place| !is_gone(*place));
}

fn of_object(object: &mut Object, is_gone: IsGone<'_>) {
    for property in &mut object.properties {
        clear(&mut property.place, is_gone);
        of_type(&mut property.ty, is_gone);
    }
    if let Additional::Of(ty) = &mut object.additional {
        of_type(ty, is_gone);
    }
}

fn of_type(ty: &mut Type, is_gone: IsGone<'_>) {
    match ty {
        Type::Array(inner) | Type::Map(inner) => of_type(inner, is_gone),
        Type::Tuple(list) | Type::OneOf(list) => list.iter_mut().for_each(|ty| of_type(ty, is_gone)),
        Type::Object(object) => of_object(object, is_gone),
        _ => {}
    }
}
