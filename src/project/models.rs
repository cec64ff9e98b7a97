//! Rust types that pages are held against, by the schemas that they derive.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::spec::merge_definitions;

/// Types, and whatever they refer to.
#[derive(Debug, Clone)]
pub struct Models {
    /// What `serde` reads them from.
    requests: SchemaGenerator,
    /// What `serde` writes them as.
    answers: SchemaGenerator,
    /// What the types that were added are called.
    names: Vec<String>,
}

impl Default for Models {
    fn default() -> Self {
        Self {
            requests: SchemaSettings::draft2020_12().into_generator(),
            answers: SchemaSettings::draft2020_12().for_serialize().into_generator(),
            names: Vec::new(),
        }
    }
}

impl Models {
    /// Adds a type.
    pub fn add<T: JsonSchema>(&mut self) {
        let name = define::<T>(&mut self.requests);
        define::<T>(&mut self.answers);
        self.names.extend(name);
    }

    /// The names of the types that were added, as the schema has them; a list or a number has none.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// All types as definitions of one JSON Schema; `None` if there are none.
    pub fn document(&mut self) -> Option<Value> {
        let mut definitions: Map<String, Value> = self.requests.take_definitions(true);
        merge_definitions(&mut definitions, self.answers.take_definitions(true));
        (!definitions.is_empty()).then(|| json!({ "$defs": definitions }))
    }
}

/// Makes a type a definition, and tells its name if it has one.
fn define<T: JsonSchema>(generator: &mut SchemaGenerator) -> Option<String> {
    let schema = generator.subschema_for::<T>();
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return reference.rsplit('/').next().map(str::to_owned);
    }
    // Inlined wherever it is used, yet a type of its own.
    schema.get("properties")?;
    let name = T::schema_name().into_owned();
    generator.definitions_mut().insert(name.clone(), schema.to_value());
    Some(name)
}
