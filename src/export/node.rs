//! A schema object of JSON Schema 2020-12, as `OpenAPI` 3.1 uses it too: its keywords in the order they are written.
//!
//! What the standard has no keyword for stands in `x-docdrift-..` ones, so that nothing is lost on the way
//! there and back; [`crate::spec::extensions`] reads them.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::spec::canonical::Place;

/// The version of those keywords: a document that says it is taken by the word when it is read.
pub const VERSION: u32 = 1;

/// One schema.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Node {
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// A named type that the schema does not have.
    #[serde(rename = "x-docdrift-type", skip_serializing_if = "Option::is_none")]
    pub dangling: Option<String>,
    /// The type's own name, where the format does not take it.
    #[serde(rename = "x-docdrift-name", skip_serializing_if = "Option::is_none")]
    pub own_name: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub ty: Option<TypeWord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<&'static str>,
    #[serde(rename = "const", skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
    /// Names of the values in code.
    #[serde(rename = "x-enum-varnames", skip_serializing_if = "Vec::is_empty")]
    pub declared: Vec<String>,
    #[serde(rename = "x-enum-descriptions", skip_serializing_if = "Vec::is_empty")]
    pub value_docs: Vec<String>,
    /// Numbers of the values in code.
    #[serde(rename = "x-docdrift-numbers", skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<Option<i64>>,
    #[serde(rename = "prefixItems", skip_serializing_if = "Vec::is_empty")]
    pub prefix_items: Vec<Node>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<Further>,
    #[serde(rename = "minItems", skip_serializing_if = "Option::is_none")]
    pub min_items: Option<usize>,
    #[serde(rename = "maxItems", skip_serializing_if = "Option::is_none")]
    pub max_items: Option<usize>,
    #[serde(skip_serializing_if = "Ordered::is_empty")]
    pub properties: Ordered<Node>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub required: Vec<String>,
    #[serde(rename = "additionalProperties", skip_serializing_if = "Option::is_none")]
    pub additional: Option<Further>,
    /// Further keys of an object some of whose keys have other names in requests.
    #[serde(rename = "x-docdrift-additional", skip_serializing_if = "Option::is_none")]
    pub unchecked_additional: Option<Box<Node>>,
    #[serde(rename = "propertyNames", skip_serializing_if = "Option::is_none")]
    pub property_names: Option<Box<Node>>,
    #[serde(rename = "anyOf", skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<Node>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not: Option<Box<Node>>,
    #[serde(rename = "readOnly", skip_serializing_if = "is_false")]
    pub read_only: bool,
    #[serde(rename = "writeOnly", skip_serializing_if = "is_false")]
    pub write_only: bool,
    /// What the property is if it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// The contracts that require the property, where the keywords above say something else.
    #[serde(rename = "x-docdrift-required-in", skip_serializing_if = "Option::is_none")]
    pub required_in: Option<Vec<&'static str>>,
    #[serde(rename = "x-docdrift-request-name", skip_serializing_if = "Option::is_none")]
    pub request_name: Option<String>,
    #[serde(rename = "x-docdrift-aliases", skip_serializing_if = "Aliases::is_empty")]
    pub aliases: Aliases,
    /// An alternative that only holds the aliases of the one before.
    #[serde(rename = "x-docdrift-alias", skip_serializing_if = "is_false")]
    pub is_alias: bool,
    #[serde(rename = "x-docdrift-cfg", skip_serializing_if = "Option::is_none")]
    pub cfg: Option<String>,
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Where something was said, and in which languages.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct Provenance {
    #[serde(rename = "x-docdrift-descriptions", skip_serializing_if = "BTreeMap::is_empty")]
    pub descriptions: BTreeMap<String, String>,
    #[serde(rename = "x-docdrift-notes", skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    #[serde(rename = "x-docdrift-says-optional", skip_serializing_if = "is_false")]
    pub says_optional: bool,
    #[serde(rename = "x-docdrift-provenance", skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Witness>,
}

/// A place, and what says it there if it is a page.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Witness {
    pub path: String,
    pub line: u32,
    pub column: u32,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub locale: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
}

/// One JSON type, or one beside null.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum TypeWord {
    One(&'static str),
    OrNull([&'static str; 2]),
}

/// What holds for all that is not listed.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Further {
    None(bool),
    Of(Box<Node>),
}

/// Other spellings: of a property's name, or of each value of an enum.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Aliases {
    #[default]
    None,
    Names(Vec<String>),
    Values(BTreeMap<String, Vec<String>>),
}

/// Values by name, in the order they are written.
#[derive(Debug, Clone, PartialEq)]
pub struct Ordered<T>(pub Vec<(String, T)>);

impl Witness {
    /// A place in code or in a spec.
    pub fn declared(place: Place) -> Self {
        Self { path: place.path, line: place.line, column: place.column, locale: String::new(), kind: None }
    }
}

impl Aliases {
    fn is_empty(&self) -> bool {
        *self == Self::None
    }
}

impl<T> Ordered<T> {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Serialize> Serialize for Ordered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_false(value: &bool) -> bool {
    !value
}
