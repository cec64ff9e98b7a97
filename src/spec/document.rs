//! A file of a spec: what it is, and its structure if it is JSON or YAML.
//!
//! What a file is its content says; its extension only where the content does not.

use std::collections::BTreeSet;

use crate::schema::SpecFile;
use crate::text::FileId;

use super::paths;
use super::tree::{self, Kind, Node, Source, Tree, Wrong};

/// A file of a spec, read as far as one file goes.
#[derive(Debug)]
pub struct Document {
    pub(super) file: SpecFile,
    pub(super) content: Content,
    /// Whether it lies in no file.
    pub(super) in_memory: bool,
}

/// What a file is.
#[derive(Debug)]
pub(super) enum Content {
    /// Rust source.
    Rust,
    /// JSON or YAML.
    Tree(Tree),
    /// Neither.
    Wrong(Wrong),
}

/// What a JSON or YAML document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// An `OpenAPI` document.
    OpenApi,
    /// A Swagger 2.0 document.
    Swagger,
    /// A JSON Schema, or definitions of schemas.
    Schema,
    /// Anything else; it may hold schemas that others refer to.
    Other,
}

/// Keywords with the kind of value that shows that a document is a schema. A manifest may have a `type` and a
/// `$schema` as well, so those are looked at closer.
const EVIDENCE: [(&str, Kind); 12] = [
    ("$defs", Kind::Object),
    ("definitions", Kind::Object),
    ("properties", Kind::Object),
    ("items", Kind::Object),
    ("prefixItems", Kind::Array),
    ("allOf", Kind::Array),
    ("oneOf", Kind::Array),
    ("anyOf", Kind::Array),
    ("enum", Kind::Array),
    ("$ref", Kind::Text),
    ("$id", Kind::Text),
    ("components", Kind::Object),
];

/// The values of `type`.
pub(super) const TYPES: [&str; 7] = ["null", "boolean", "integer", "number", "string", "array", "object"];

impl Document {
    /// Reads a file. What is wrong with it is told when all files are put together.
    pub fn new(file: SpecFile) -> Self {
        let content = match format(&file) {
            Format::Rust => Content::Rust,
            Format::Json => tree::json(&file.text).map_or_else(Content::Wrong, Content::Tree),
            Format::Yaml => tree::yaml(&file.text).map_or_else(Content::Wrong, Content::Tree),
        };
        Self { file, content, in_memory: false }
    }

    /// The path of the file, as it was given.
    pub fn path(&self) -> &str {
        &self.file.path
    }

    /// What the document is, if it is a spec: an API description or a schema.
    pub fn kind(&self) -> Option<&'static str> {
        let Content::Tree(tree) = &self.content else { return None };
        let source = Source { tree, text: &self.file.text, file: FileId(0) };
        match role(source.root()) {
            Role::OpenApi => Some("OpenAPI"),
            Role::Swagger => Some("Swagger"),
            Role::Schema => Some("JSON Schema"),
            Role::Other => None,
        }
    }

    /// The paths of the files that this one refers to by `$ref`, as seen from where its own path starts.
    pub fn references(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let Content::Tree(tree) = &self.content else { return found };
        let source = Source { tree, text: &self.file.text, file: FileId(0) };
        for node in source.all().filter(|node| node.has_key("$ref")) {
            let target = node.text().and_then(|target| paths::file_of(&self.file.path, &target));
            found.extend(target.filter(|path| *path != self.file.path));
        }
        found
    }
}

enum Format {
    Rust,
    Json,
    Yaml,
}

fn format(file: &SpecFile) -> Format {
    let text = file.text.trim_start_matches('\u{FEFF}').trim_start();
    let extension = file.path.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "rs" => Format::Rust,
        "json" => Format::Json,
        "yaml" | "yml" => Format::Yaml,
        _ if text.starts_with(['{', '[', '"']) => Format::Json,
        _ if text.starts_with("---") || text.starts_with("%YAML") => Format::Yaml,
        _ if text.lines().take(64).any(is_yaml_key) => Format::Yaml,
        _ => Format::Rust,
    }
}

/// A first-level key that specs have and Rust source never: `openapi: 3.1.0`.
fn is_yaml_key(line: &str) -> bool {
    let Some((key, rest)) = line.split_once(':') else { return false };
    let key = key.trim_matches(['"', '\'']);
    let is_known = matches!(key, "openapi" | "swagger" | "$schema" | "type")
        || EVIDENCE.iter().any(|(known, _)| *known == key);
    is_known && !rest.starts_with(':')
}

/// What a document is.
pub(super) fn role(root: Node<'_>) -> Role {
    let has = |key: &str, kind: Kind| root.get(key).is_some_and(|node| node.kind() == kind);
    if root.get("openapi").is_some_and(is_version) {
        Role::OpenApi
    } else if root.get("swagger").is_some_and(is_version) {
        Role::Swagger
    } else if EVIDENCE.iter().any(|(key, kind)| has(key, *kind))
        || root.get("type").is_some_and(is_type)
        || root.get("$schema").and_then(Node::text).is_some_and(|url| is_meta_schema(&url))
    {
        Role::Schema
    } else {
        Role::Other
    }
}

fn is_version(node: Node<'_>) -> bool {
    matches!(node.kind(), Kind::Text | Kind::Number)
        && node.scalar().starts_with(|c: char| c.is_ascii_digit())
}

fn is_type(node: Node<'_>) -> bool {
    let is_known = |node: Node<'_>| node.text().is_some_and(|name| TYPES.contains(&name.as_ref()));
    is_known(node) || (node.elements().next().is_some() && node.elements().all(is_known))
}

/// Any JSON file may name the schema it follows; only a schema follows these.
fn is_meta_schema(url: &str) -> bool {
    url.contains("json-schema.org/") || url.contains("spec.openapis.org/")
}
