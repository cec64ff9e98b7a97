//! A bundle of JSON Schema 2020-12: one definition a type.
//!
//! Descriptions of other locales are kept as extensions, places are not: the bundle is for validators.
//! Operations have no place in JSON Schema.

use serde::Serialize;

use super::layout;
use super::lower::{Dialect, Lowering};
use super::node::{Node, Ordered, VERSION};
use crate::schema::Schema;

#[derive(Serialize)]
struct Bundle<'a> {
    #[serde(rename = "$schema")]
    meta: &'static str,
    #[serde(rename = "x-docdrift-version")]
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    /// What a document has to be, if it is to be of one type.
    #[serde(rename = "$ref", skip_serializing_if = "Option::is_none")]
    root: Option<String>,
    #[serde(rename = "$defs")]
    definitions: Ordered<Node>,
}

/// The bundle; with a `root`, documents are held against that type.
pub fn render(schema: &Schema, root: Option<&str>) -> String {
    let lowering = Lowering::new(schema, Dialect::JsonSchema);
    let reference = root.and_then(|name| lowering.reference(name));
    layout::spread(&Bundle {
        meta: "https://json-schema.org/draft/2020-12/schema",
        version: VERSION,
        title: root.filter(|_| reference.is_some()),
        root: reference,
        definitions: lowering.definitions(schema),
    })
}
