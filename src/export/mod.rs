//! Writes a schema down in formats that other tools read.
//!
//! Every format is one file. What a format has no word for is kept in an extension where it has some, so
//! that export, import and export again give the same bytes; only [canonical](Format::Canonical) JSON
//! holds all there is. Absent here: where schemas come from, what differs between two.

mod canonical;
mod json_schema;
mod layout;
mod lower;
mod markdown;
mod names;
mod node;
mod openapi;
mod pick;
mod typescript;

pub use pick::{pick, pick_both};

use crate::schema::Schema;

/// How a schema is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A bundle of JSON Schema 2020-12.
    JsonSchema,
    /// `OpenAPI` 3.1: paths, components, examples, and where each is from.
    OpenApi,
    /// Tables of properties and values.
    Markdown,
    /// TypeScript declarations.
    TypeScript,
    /// All of it, one property a line.
    Canonical,
}

/// The schema in that format, with a line end after the last line. A `root` makes a JSON Schema one that
/// documents of this type are held against; the other formats have no root.
pub fn render(schema: &Schema, format: Format, root: Option<&str>) -> String {
    match format {
        Format::JsonSchema => json_schema::render(schema, root),
        Format::OpenApi => openapi::render(schema),
        Format::Markdown => markdown::render(schema),
        Format::TypeScript => typescript::render(schema),
        Format::Canonical => canonical::render(schema),
    }
}
