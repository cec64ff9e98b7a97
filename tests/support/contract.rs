//! A schema as one contract has it.

use docdrift::compare::conform::Contract;
use docdrift::schema::{Additional, Object, Schema, Shape, Type};

/// The schema as one contract has it, for a validator that knows of no contracts.
pub fn in_contract(mut schema: Schema, contract: Contract) -> Schema {
    fn object(object: &mut Object, contract: Contract) {
        for property in &mut object.properties {
            let is_required = match contract {
                Contract::Request => property.required_in_request,
                Contract::Response => property.required_in_response,
            };
            (property.required_in_request, property.required_in_response) = (is_required, is_required);
            ty(&mut property.ty, contract);
        }
        if let Additional::Of(value) = &mut object.additional {
            ty(value, contract);
        }
    }
    fn ty(of: &mut Type, contract: Contract) {
        match of {
            Type::Object(inner) => object(inner, contract),
            Type::Array(inner) | Type::Map(inner) => ty(inner, contract),
            Type::Tuple(list) | Type::OneOf(list) => list.iter_mut().for_each(|one| ty(one, contract)),
            _ => {}
        }
    }
    for def in schema.types.values_mut() {
        match &mut def.shape {
            Shape::Object(inner) => object(inner, contract),
            Shape::Alias(inner) => ty(inner, contract),
            Shape::Enum(_) => {}
        }
    }
    schema
}
