//! Writes messages that a schema allows.

use std::collections::HashSet;

use docdrift::compare::conform::Contract;
use docdrift::schema::{Additional, Object, Property, Schema, Shape, Type};
use serde_json::{Map, Value, json};

use super::chance::Chance;

/// Makes messages that a schema allows.
pub struct Author<'a> {
    pub schema: &'a Schema,
    pub contract: Contract,
    pub chance: Chance,
}

impl Author<'_> {
    fn maybe(&mut self) -> bool {
        self.chance.below(2) == Some(0)
    }

    /// A value of a named type; `None` if there is none of bounded size.
    pub fn named(&mut self, name: &str, depth: u32) -> Option<Value> {
        if depth > 6 {
            return None;
        }
        match &self.schema.get(name)?.shape {
            Shape::Object(object) => self.object(object, depth),
            Shape::Alias(ty) => self.ty(ty, depth + 1),
            Shape::Enum(set) if set.members.is_empty() => set.open.then(|| json!("anything")),
            Shape::Enum(set) if set.open && self.maybe() => {
                Some(if set.members.iter().all(docdrift::schema::Member::is_number) {
                    json!(12)
                } else {
                    json!("else")
                })
            }
            Shape::Enum(set) => {
                let member = &set.members[self.chance.below(set.members.len())?];
                match (member.number, member.aliases.first()) {
                    (_, Some(alias)) if self.contract == Contract::Request && self.maybe() => {
                        Some(json!(alias))
                    }
                    (Some(number), _) if member.is_number() => Some(json!(number)),
                    _ => Some(json!(member.value)),
                }
            }
        }
    }

    fn ty(&mut self, ty: &Type, depth: u32) -> Option<Value> {
        if depth > 6 {
            return None;
        }
        Some(match ty {
            Type::Any => json!([1, { "x": null }]),
            Type::Null => Value::Null,
            Type::Boolean => json!(true),
            Type::Integer => json!(-3),
            Type::Number => json!(2.5),
            Type::String(_) => json!("text"),
            Type::Constant(value) => json!(value),
            Type::Array(item) => self.ty(item, depth + 1).map_or(json!([]), |item| json!([item, item])),
            Type::Map(value) => self.ty(value, depth + 1).map_or(json!({}), |value| json!({ "k": value })),
            Type::Tuple(items) => {
                items.iter().map(|item| self.ty(item, depth + 1)).collect::<Option<Vec<_>>>()?.into()
            }
            // Nothing is known of it.
            Type::Named(name) if self.schema.get(name).is_none() => json!({ "free": true }),
            Type::Named(name) => self.named(name, depth + 1)?,
            Type::Object(object) => self.object(object, depth)?,
            Type::OneOf(list) if list.is_empty() => return None,
            Type::OneOf(list) => {
                let at = self.chance.below(list.len())?;
                self.ty(&list[at], depth + 1)?
            }
        })
    }

    pub fn object(&mut self, object: &Object, depth: u32) -> Option<Value> {
        let mut out = Map::new();
        let mut own = HashSet::new();
        let properties: Vec<&Property> =
            object.properties.iter().filter(|property| own.insert(property.name.as_str())).collect();
        for property in &properties {
            let (is_required, is_foreign) = match self.contract {
                Contract::Request => (property.required_in_request, property.read_only),
                Contract::Response => (property.required_in_response, property.write_only),
            };
            if !is_required && (is_foreign || self.maybe()) {
                continue;
            }
            let value = if property.nullable && self.maybe() {
                Some(Value::Null)
            } else {
                self.ty(&property.ty, depth + 1)
            };
            let Some(value) = value else {
                if is_required {
                    return None;
                }
                continue;
            };
            let mut others = property.request_name.iter().chain(&property.aliases);
            let other = others.rfind(|name| !own.contains(name.as_str()));
            let name = other.filter(|_| self.contract == Contract::Request).unwrap_or(&property.name);
            out.insert(name.clone(), value);
        }
        if self.maybe() {
            let further = match &object.additional {
                Additional::Unspecified => Some(json!([null])),
                Additional::Denied => None,
                Additional::Of(ty) => self.ty(ty, depth + 1),
            };
            out.extend(further.map(|value| ("a further key".to_owned(), value)));
        }
        Some(Value::Object(out))
    }
}

/// Whether an alias leads back to itself, with nothing but aliases and alternatives on the way.
pub fn has_circular_alias(schema: &Schema) -> bool {
    fn leads_to(schema: &Schema, ty: &Type, goal: &str, steps: u32) -> bool {
        match ty {
            _ if steps > 8 => true,
            Type::Named(name) if name == goal => true,
            Type::Named(name) => match schema.get(name).map(|def| &def.shape) {
                Some(Shape::Alias(ty)) => leads_to(schema, ty, goal, steps + 1),
                _ => false,
            },
            Type::OneOf(list) => list.iter().any(|ty| leads_to(schema, ty, goal, steps + 1)),
            _ => false,
        }
    }
    schema.types.iter().any(|(name, def)| match &def.shape {
        Shape::Alias(ty) => leads_to(schema, ty, name, 0),
        _ => false,
    })
}
