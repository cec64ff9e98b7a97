//! A schema with the look-ups that binding needs.

use crate::compare::paths;
use crate::extract::path::Path;
use crate::fold::identifier_key;
use crate::hash::HashMap;
use crate::schema::{Operation, Schema, Shape, TypeDef};

/// A schema, indexed.
#[derive(Debug)]
pub struct SpecIndex<'a> {
    /// The schema.
    pub schema: &'a Schema,
    types: HashMap<String, &'a TypeDef>,
    owners: HashMap<&'a str, Vec<&'a TypeDef>>,
    templates: Vec<Path>,
}

impl<'a> SpecIndex<'a> {
    /// Indexes a schema.
    pub fn new(schema: &'a Schema) -> Self {
        let mut types = HashMap::default();
        let mut owners: HashMap<&str, Vec<&TypeDef>> = HashMap::default();
        for def in schema.types.values() {
            types.entry(identifier_key(&def.name).into_owned()).or_insert(def);
            for name in member_names(def) {
                owners.entry(name).or_default().push(def);
            }
        }
        let templates = schema.operations.iter().map(paths::of_operation).collect();
        Self { schema, types, owners, templates }
    }

    /// The object or enum type whose name reads like `words` (`cart-line-item`, `CartLineItem`).
    pub fn type_like(&self, words: &str) -> Option<&'a TypeDef> {
        if words.len() > 128 {
            return None;
        }
        self.types
            .get(identifier_key(words).as_ref())
            .copied()
            .filter(|def| !matches!(def.shape, Shape::Alias(_)))
    }

    /// The types that have a property or member of that name.
    pub fn owners(&self, name: &str) -> &[&'a TypeDef] {
        self.owners.get(name).map_or(&[], Vec::as_slice)
    }

    /// The path of one of the schema's operations, taken apart.
    pub fn template(&self, operation: &Operation) -> Option<&Path> {
        self.operations().find(|(known, _)| std::ptr::eq(*known, operation)).map(|(_, template)| template)
    }

    /// Operations of the schema, with their paths taken apart.
    pub fn operations(&self) -> impl Iterator<Item = (&'a Operation, &Path)> {
        self.schema.operations.iter().zip(&self.templates)
    }
}

/// Names by which documentation lists a type's parts: properties, or members as declared and on the wire.
fn member_names(def: &TypeDef) -> Vec<&str> {
    match &def.shape {
        Shape::Object(object) => object.properties.iter().map(|property| property.name.as_str()).collect(),
        Shape::Enum(set) => {
            let names =
                set.members.iter().flat_map(|member| [member.value.as_str(), member.declared.as_str()]);
            let mut names: Vec<&str> = names.collect();
            names.dedup();
            names
        }
        Shape::Alias(_) => Vec::new(),
    }
}
