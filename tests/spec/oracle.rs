//! schemars as oracle: what it derives from compiled types, as a canonical schema.

use std::collections::BTreeMap;

use docdrift::schema::{Additional, Object, Property, Schema, Shape, Type, TypeDef};
use docdrift::spec;
use schemars::generate::{Contract, SchemaSettings};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::json;

/// Collects definitions by both contracts.
pub struct Oracle {
    requests: SchemaGenerator,
    responses: SchemaGenerator,
    /// The names schemars gives to generic types, and the names they have here.
    names: Vec<(String, String)>,
}

impl Oracle {
    pub fn new() -> Self {
        let generator = |contract| SchemaSettings::draft2020_12().with(|all| all.contract = contract).into();
        Self {
            requests: generator(Contract::Deserialize),
            responses: generator(Contract::Serialize),
            names: vec![],
        }
    }

    /// Adds `T` and what it refers to.
    pub fn with<T: JsonSchema>(mut self) -> Self {
        self.requests.subschema_for::<T>();
        self.responses.subschema_for::<T>();
        self
    }

    /// Says how a generic type is called here; schemars only numbers them.
    pub fn named<T: JsonSchema>(mut self, name: &str) -> Self {
        let of = |generator: &mut SchemaGenerator| {
            let reference = generator.subschema_for::<T>();
            let target = reference.get("$ref").and_then(serde_json::Value::as_str).map(ToOwned::to_owned);
            target.expect("a generic struct has a definition").replace("#/$defs/", "")
        };
        let theirs = of(&mut self.requests);
        assert_eq!(theirs, of(&mut self.responses), "one name in both contracts");
        self.names.push((theirs, name.to_owned()));
        self
    }

    /// The canonical schema of both contracts together.
    pub fn schema(mut self) -> Schema {
        let requests = json!({ "$defs": self.requests.take_definitions(true) });
        let responses = json!({ "$defs": self.responses.take_definitions(true) });
        let mut requests = spec::json_schema(&requests);
        let mut out = spec::json_schema(&responses);
        let is_odd = |note: &&docdrift::schema::Note| !note.message.contains("is not compared");
        assert_eq!(requests.notes.iter().find(is_odd), None, "all that schemars writes is understood");
        out.notes.retain(|note| is_odd(&note));
        for (name, def) in &mut out.types {
            match (&mut def.shape, requests.types.remove(name).map(|def| def.shape)) {
                (Shape::Object(object), Some(Shape::Object(request))) => combine(object, request),
                (Shape::Alias(ty), Some(Shape::Alias(request))) => combine_in(ty, request),
                _ => {}
            }
        }
        for (from, to) in &self.names {
            rename(&mut out, from, to);
        }
        out
    }
}

/// Takes what answers say from `object`, what requests say from `request`.
fn combine(object: &mut Object, request: Object) {
    for property in &mut object.properties {
        let twin = request.property(&property.name);
        property.required_in_request = twin.is_some_and(|twin| twin.required_in_request);
        // In one contract only: it travels one way only.
        property.read_only |= twin.is_none();
        if let Some(twin) = twin {
            combine_in(&mut property.ty, twin.ty.clone());
        }
    }
    for (at, property) in request.properties.into_iter().enumerate() {
        if object.property(&property.name).is_none() {
            object.properties.insert(at.min(object.properties.len()), property);
        }
    }
}

fn combine_in(ty: &mut Type, request: Type) {
    match (ty, request) {
        (Type::Object(object), Type::Object(request)) => combine(object, *request),
        (Type::OneOf(list), Type::OneOf(requests)) => {
            list.iter_mut().zip(requests).for_each(|(ty, request)| combine_in(ty, request));
        }
        _ => {}
    }
}

fn rename(schema: &mut Schema, from: &str, to: &str) {
    let types = std::mem::take(&mut schema.types);
    for (name, mut def) in types {
        if def.name == from {
            to.clone_into(&mut def.name);
        }
        match &mut def.shape {
            Shape::Object(object) => rename_in_object(object, from, to),
            Shape::Alias(ty) => rename_in(ty, from, to),
            Shape::Enum(_) => {}
        }
        schema.types.insert(if name == from { to.to_owned() } else { name }, def);
    }
}

fn rename_in_object(object: &mut Object, from: &str, to: &str) {
    for property in &mut object.properties {
        rename_in(&mut property.ty, from, to);
    }
    if let Additional::Of(ty) = &mut object.additional {
        rename_in(ty, from, to);
    }
}

fn rename_in(ty: &mut Type, from: &str, to: &str) {
    match ty {
        Type::Named(name) if name == from => to.clone_into(name),
        Type::Array(inner) | Type::Map(inner) => rename_in(inner, from, to),
        Type::Tuple(list) | Type::OneOf(list) => list.iter_mut().for_each(|ty| rename_in(ty, from, to)),
        Type::Object(object) => rename_in_object(object, from, to),
        _ => {}
    }
}

/// Without what JSON Schema cannot say: places, names in code, numbers, other spellings.
pub fn as_json_schema_says(schema: &Schema) -> BTreeMap<String, TypeDef> {
    let mut types = schema.types.clone();
    for def in types.values_mut() {
        def.place = None;
        match &mut def.shape {
            Shape::Object(object) => strip_object(object),
            Shape::Alias(ty) => strip(ty),
            Shape::Enum(set) => {
                set.open = false;
                for member in &mut set.members {
                    member.declared.clone_from(&member.value);
                    (member.number, member.place) = (None, None);
                    member.aliases.clear();
                }
            }
        }
    }
    types
}

fn strip_object(object: &mut Object) {
    for property in &mut object.properties {
        let Property { place, cfg, request_name, aliases, ty, .. } = property;
        (*place, *cfg, *request_name) = (None, None, None);
        aliases.clear();
        strip(ty);
    }
    if let Additional::Of(ty) = &mut object.additional {
        strip(ty);
    }
}

fn strip(ty: &mut Type) {
    match ty {
        Type::Array(inner) | Type::Map(inner) => strip(inner),
        Type::Tuple(list) | Type::OneOf(list) => list.iter_mut().for_each(strip),
        Type::Object(object) => strip_object(object),
        _ => {}
    }
}
