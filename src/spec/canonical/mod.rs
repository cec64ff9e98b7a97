//! The canonical JSON of a schema: the one format that holds all of it but the texts of its files.
//!
//! An object with `"format": "docdrift-schema"` and `"version": 1`; types in name order, then operations
//! and notes in theirs. What is empty, false or not known is left out. Of each place it keeps path, line
//! and column (both from 1, columns in Unicode scalar values) and what stands there on that line. The
//! structs below are the format: the writer ([`crate::export`]) and the reader use the same ones, and
//! [`document_schema`] is the JSON Schema they describe. A change that old readers cannot read raises
//! [`VERSION`]. Absent here: layout, file access.

mod places;
mod read;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use places::Blanks;
pub use read::{is_canonical, read};

/// What [`Document::format`] says.
pub const FORMAT: &str = "docdrift-schema";

/// What [`Document::version`] says.
pub const VERSION: u32 = 1;

/// Characters of a place that are kept.
pub const LONGEST_TEXT: usize = 200;

/// Types and operations of one API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "CanonicalSchema")]
pub struct Document {
    /// Always `docdrift-schema`.
    #[schemars(extend("const" = FORMAT))]
    pub format: String,
    /// The version of the format, 1.
    #[schemars(extend("const" = VERSION))]
    pub version: u32,
    /// Named types, in name order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<TypeDef>,
    /// Operations in declaration order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
    /// What the source says and a schema cannot hold, or could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// Something about the source worth telling once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// What, as a sentence without final full stop.
    pub message: String,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The file, with forward slashes.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
    /// What stands there, up to the end of the line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// What a schema that was read from documentation knows beyond the declaration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Every place that says it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<Witness>,
    /// Descriptions by locale (BCP 47).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub descriptions: BTreeMap<String, String>,
    /// Where the witnesses disagree.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// Whether they say that a request may leave it out, rather than nothing of that.
    #[serde(default, skip_serializing_if = "is_false")]
    pub says_optional: bool,
}

/// One place that says something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Witness {
    /// What says it.
    pub kind: WitnessKind,
    /// Locale of the page (BCP 47); absent if not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub locale: String,
    /// Where.
    pub place: Place,
}

/// What says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum WitnessKind {
    Table,
    Example,
}

/// A named type: an object if it has `properties`, an enum if it has `members`, else another type under
/// a new name, `alias`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TypeDef {
    /// Its name.
    pub name: String,
    /// Description.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// Where its name is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Who says so, if documentation does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The properties of an object, in declaration order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub properties: Option<Vec<Property>>,
    /// What further keys of an object may hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional: Option<Additional>,
    /// The values of an enum, in declaration order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<Member>>,
    /// Whether readers of an enum accept other values too.
    #[serde(default, skip_serializing_if = "is_false")]
    pub open: bool,
    /// The other type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<Type>,
}

/// An object without a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Object {
    /// In declaration order.
    pub properties: Vec<Property>,
    /// What further keys may hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub additional: Option<Additional>,
}

/// Keys that are not listed; left out where nothing is said of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Additional {
    /// There may be none.
    Denied,
    /// They hold values of a type.
    Of(Box<Type>),
}

/// A property of an object.
// Each mark stands for itself: requests and answers are two contracts.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// Name on the wire.
    pub name: String,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Whether null is allowed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub nullable: bool,
    /// Whether a request must carry it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required_in_request: bool,
    /// Whether a response always carries it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required_in_response: bool,
    /// Only in responses.
    #[serde(default, skip_serializing_if = "is_false")]
    pub read_only: bool,
    /// Only in requests.
    #[serde(default, skip_serializing_if = "is_false")]
    pub write_only: bool,
    /// What it is if it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Name in requests where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_name: Option<String>,
    /// Other names accepted on input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Conditions under which it exists, as written in the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cfg: Option<String>,
    /// Description.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// Where its name is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Who says so, if documentation does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// One value of an enum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// The value on the wire.
    pub value: String,
    /// The name it is declared with, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<String>,
    /// Its number, if declared. Where the value is the number, the wire has a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// Other spellings accepted on input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Description.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Who says so, if documentation does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// A type as used by a property, element or body: a word, or an object whose only key says what it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Type {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    /// Any text.
    String,
    /// Text in a format, by its name in JSON Schema.
    Format(String),
    /// One fixed string.
    Constant(String),
    /// A list of values of one type.
    Array(Box<Type>),
    /// An object of arbitrary keys with values of one type.
    Map(Box<Type>),
    /// A list of fixed length.
    Tuple(Vec<Type>),
    /// A named type, which need not be among the types.
    Named(String),
    /// An object without a name.
    Object(Object),
    /// One of several.
    OneOf(Vec<Type>),
}

/// A request and its answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// Short name.
    pub name: String,
    /// `GET`, `POST`, ... upper case.
    pub method: String,
    /// Path template without base URL.
    pub path: String,
    /// Description.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Who says so, if documentation does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Path, query and header parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Parameter>,
    /// Request body, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Type>,
    /// Examples of request bodies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
    /// Answers by status.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responses: Vec<Response>,
}

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it is passed.
    #[serde(rename = "in")]
    pub location: Location,
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Whether it must be given.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// What it is if it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Description.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub doc: String,
    /// Where it is declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Who says so, if documentation does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// Where a parameter is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// An answer of an operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Response {
    /// HTTP status, 0 for the default answer.
    pub status: u16,
    /// Body, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Type>,
    /// Examples of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
}

/// A body given as an example.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Its value.
    pub value: Value,
    /// Locale of the page that gives it (BCP 47).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub locale: String,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// The JSON Schema of this format.
pub fn document_schema() -> Value {
    schemars::schema_for!(Document).to_value()
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_false(value: &bool) -> bool {
    !value
}
