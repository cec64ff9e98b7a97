//! The canonical schema: what every side (Rust models, JSON Schema, `OpenAPI`, documentation) lowers into.
//!
//! Wire names, not Rust names. Every type and property keeps the place it was declared at. Absent
//! here: Markdown, locales, severity.

mod walk;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::{FileId, Place};

/// Types and operations of one API.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Schema {
    /// Named types by name, in name order.
    pub types: BTreeMap<String, TypeDef>,
    /// Operations in declaration order.
    pub operations: Vec<Operation>,
    /// The files the places point into: display path and text, so that a report can quote them. Not written down.
    #[serde(skip)]
    pub files: Vec<SpecFile>,
    /// What the source says and this schema cannot express, or could not be read.
    pub notes: Vec<Note>,
}

/// A file that a schema was read from. A [`Place`] of the schema has `file.0` = index into
/// [`Schema::files`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecFile {
    /// As given by the user, forward slashes; for built-in models the path in this repository.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// Something about the spec worth telling once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Where.
    pub place: Option<Place>,
    /// What, as a sentence without final full stop.
    pub message: String,
}

/// Who says so: what a schema that was read from documentation knows beyond the declaration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Every place that says it, by locale; the first is the one the rest agrees with.
    pub witnesses: Vec<Witness>,
    /// Descriptions by locale (BCP 47), the reference's among them.
    pub descriptions: BTreeMap<String, String>,
    /// Where the witnesses disagree, each a sentence without final full stop.
    pub notes: Vec<String>,
    /// Whether they say that a request may leave it out, rather than nothing of that.
    pub says_optional: bool,
}

/// One place that says something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// Locale of the page (BCP 47); empty if unknown.
    pub locale: String,
    /// Where on it.
    pub place: Place,
    /// Whether a table says it or an example.
    pub kind: WitnessKind,
}

/// What says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum WitnessKind {
    /// A row of a table.
    Table,
    /// A request or response example.
    Example,
}

/// A named type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TypeDef {
    /// Its name.
    pub name: String,
    /// Description; empty if none.
    pub doc: String,
    /// Its shape.
    pub shape: Shape,
    /// Where its name is declared.
    pub place: Option<Place>,
    /// Who says so, if documentation does.
    pub origin: Option<Box<Origin>>,
}

/// The shape of a named type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// An object with known properties.
    Object(Object),
    /// A closed set of string (or integer) values.
    Enum(Enum),
    /// Another type under a new name (newtype, transparent, alias).
    Alias(Type),
}

/// An object's properties.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Object {
    /// In declaration order.
    pub properties: Vec<Property>,
    /// What further keys may hold.
    pub additional: Additional,
}

/// Keys that are not listed among an object's properties.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub enum Additional {
    /// Nothing is said: unknown keys are accepted by readers but not described.
    #[default]
    Unspecified,
    /// `deny_unknown_fields`, `additionalProperties: false`.
    Denied,
    /// `flatten`ed map, `additionalProperties: {..}`.
    Of(Box<Type>),
}

/// A property of an object.
// Each mark stands for itself: requests and answers are two contracts.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Property {
    /// Name on the wire.
    pub name: String,
    /// Name in requests where it differs (`rename(deserialize = "..")`).
    pub request_name: Option<String>,
    /// Other names accepted on input.
    pub aliases: Vec<String>,
    /// Its type; nullability is [`Property::nullable`], never a union with null.
    pub ty: Type,
    /// Whether `null` is allowed.
    pub nullable: bool,
    /// Whether a request must carry it.
    pub required_in_request: bool,
    /// Whether a response always carries it.
    pub required_in_response: bool,
    /// Only in responses.
    pub read_only: bool,
    /// Only in requests.
    pub write_only: bool,
    /// What it is if it is not given; never null.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<serde_json::Value>,
    /// Description; empty if none.
    pub doc: String,
    /// Conditions (`#[cfg(..)]`) under which it exists, as written.
    pub cfg: Option<String>,
    /// Where its name is declared.
    pub place: Option<Place>,
    /// Who says so, if documentation does.
    pub origin: Option<Box<Origin>>,
}

/// A closed set of values.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Enum {
    /// In declaration order.
    pub members: Vec<Member>,
    /// Whether readers accept other values too (`#[serde(other)]`).
    pub open: bool,
}

/// One value of an enum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The value on the wire.
    pub value: String,
    /// The name it is declared with in code or documented under (`OneTime` for `one_time`).
    pub declared: String,
    /// Its number, if declared.
    pub number: Option<i64>,
    /// Other spellings accepted on input.
    pub aliases: Vec<String>,
    /// Description; empty if none.
    pub doc: String,
    /// Where it is declared.
    pub place: Option<Place>,
    /// Who says so, if documentation does.
    pub origin: Option<Box<Origin>>,
}

/// A type as used by a property, element or body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Type {
    /// Anything.
    Any,
    /// Only `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// Text in a format.
    String(Format),
    /// One fixed string.
    Constant(String),
    /// A list.
    Array(Box<Type>),
    /// An object of arbitrary keys with values of one type.
    Map(Box<Type>),
    /// A list of fixed length.
    Tuple(Vec<Type>),
    /// A named type of the schema.
    Named(String),
    /// An object without a name.
    Object(Box<Object>),
    /// One of several (`oneOf`, untagged or data enums).
    OneOf(Vec<Type>),
}

/// The format of a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Format {
    /// Any text.
    #[default]
    Plain,
    /// RFC 3339 date and time.
    DateTime,
    /// RFC 3339 full-date.
    Date,
    /// A time of day.
    Time,
    /// ISO 8601 duration, `P1M`.
    Duration,
    /// GUID.
    Uuid,
    /// URI or URI reference.
    Uri,
    /// Three-letter ISO 4217 code.
    Currency,
    /// Mail address.
    Email,
    /// Base64 or other binary text.
    Binary,
}

/// A request and its answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Short name, e.g. `create a cart`.
    pub name: String,
    /// Description; empty if none.
    pub doc: String,
    /// `GET`, `POST`, ... upper case.
    pub method: String,
    /// Path template without base URL: `/v1/customers/{customer-id}/carts`.
    pub path: String,
    /// Path, query and header parameters.
    pub parameters: Vec<Parameter>,
    /// Request body, if any.
    pub request: Option<Type>,
    /// Examples of request bodies.
    pub examples: Vec<Example>,
    /// Answers by status.
    pub responses: Vec<Response>,
    /// Where it is declared.
    pub place: Option<Place>,
    /// Who says so, if documentation does.
    pub origin: Option<Box<Origin>>,
}

/// A body given as an example.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// Its value.
    pub value: serde_json::Value,
    /// Locale of the page that gives it (BCP 47); empty if none.
    pub locale: String,
    /// Where it stands.
    pub place: Option<Place>,
}

/// An answer of an operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// HTTP status; 1 to 5: any other of that hundred (`4XX`); 0: any other (`default`).
    pub status: u16,
    /// Body, if any.
    pub body: Option<Type>,
    /// Examples of it.
    pub examples: Vec<Example>,
}

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Where it is passed.
    pub location: Location,
    /// Its type.
    pub ty: Type,
    /// Whether it must be given.
    pub required: bool,
    /// What it is if it is not given; never null.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<serde_json::Value>,
    /// Description; empty if none.
    pub doc: String,
    /// Where it is declared.
    pub place: Option<Place>,
    /// Who says so, if documentation does.
    pub origin: Option<Box<Origin>>,
}

/// Where a parameter is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Location {
    /// In the path template.
    Path,
    /// In the query string.
    Query,
    /// As a request header.
    Header,
    /// As a cookie.
    Cookie,
}

impl Type {
    /// The named type that it is or is made of: `CartLineItem` of a list of those.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Array(inner) | Self::Map(inner) => inner.name(),
            _ => None,
        }
    }
}

impl Operation {
    /// The answer with that status: its own, else that of its hundred, else the default one.
    pub fn response(&self, status: u16) -> Option<&Response> {
        let of = |wanted: u16| self.responses.iter().find(|response| response.status == wanted);
        of(status).or_else(|| of(status / 100)).or_else(|| of(0))
    }
}

impl Response {
    /// Whether it is the answer to a request that went well.
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 2 | 200..300)
    }

    /// The status as `OpenAPI` writes it: `201`, `4XX`, `default`.
    pub fn status_key(&self) -> String {
        match self.status {
            0 => "default".to_owned(),
            class @ 1..=5 => format!("{class}XX"),
            status => status.to_string(),
        }
    }
}

impl Schema {
    /// A named type.
    pub fn get(&self, name: &str) -> Option<&TypeDef> {
        self.types.get(name)
    }

    /// A named type whatever its case.
    pub fn get_ignore_case(&self, name: &str) -> Option<&TypeDef> {
        self.get(name).or_else(|| self.types.values().find(|def| def.name.eq_ignore_ascii_case(name)))
    }

    /// Follows names and aliases to a type that is neither, at most 32 steps deep; a dangling name stays.
    pub fn resolve<'a>(&'a self, ty: &'a Type) -> Resolved<'a> {
        let mut ty = ty;
        for _ in 0..32 {
            let Type::Named(name) = ty else { return Resolved::Type(ty) };
            match self.get(name) {
                Some(TypeDef { shape: Shape::Alias(next), .. }) => ty = next,
                Some(def) => return Resolved::Def(def),
                None => return Resolved::Type(ty),
            }
        }
        Resolved::Type(&Type::Any)
    }

    /// The object a type stands for, if it is one.
    pub fn object<'a>(&'a self, ty: &'a Type) -> Option<&'a Object> {
        match self.resolve(ty) {
            Resolved::Def(TypeDef { shape: Shape::Object(object), .. }) => Some(object),
            Resolved::Type(Type::Object(object)) => Some(object),
            _ => None,
        }
    }

    /// The enum a type stands for, if it is one.
    pub fn enumeration<'a>(&'a self, ty: &'a Type) -> Option<&'a Enum> {
        match self.resolve(ty) {
            Resolved::Def(TypeDef { shape: Shape::Enum(set), .. }) => Some(set),
            _ => None,
        }
    }

    /// The closed set of words that a type stands for: an enum, or a list of words without a name.
    pub fn values<'a>(&'a self, ty: &'a Type) -> Option<Cow<'a, Enum>> {
        let list = match self.resolve(ty) {
            Resolved::Def(TypeDef { shape: Shape::Enum(set), .. }) => return Some(Cow::Borrowed(set)),
            Resolved::Type(Type::OneOf(list)) => list,
            _ => return None,
        };
        let mut set = Enum::default();
        for ty in list.iter().filter(|ty| **ty != Type::Null) {
            match ty {
                Type::Constant(value) => set.members.push(Member::new(value)),
                // Beside a name there are no more than the words of that.
                Type::Named(_) if list.len() <= 2 => return self.enumeration(ty).map(Cow::Borrowed),
                _ => return None,
            }
        }
        (!set.members.is_empty()).then_some(Cow::Owned(set))
    }

    /// Whether null may stand for a property, as far as its type says.
    pub fn allows_null(&self, property: &Property) -> bool {
        property.nullable || self.holds_null(&property.ty)
    }

    /// Whether a type has room for null.
    pub fn holds_null(&self, ty: &Type) -> bool {
        match self.resolve(ty) {
            // What is named and not there may be anything.
            Resolved::Type(Type::Any | Type::Null | Type::Named(_)) => true,
            Resolved::Type(Type::OneOf(list)) => {
                list.iter().any(|ty| matches!(self.resolve(ty), Resolved::Type(Type::Any | Type::Null)))
            }
            _ => false,
        }
    }

    /// The file a place of this schema lies in.
    pub fn file(&self, id: FileId) -> Option<&SpecFile> {
        self.files.get(id.0 as usize)
    }
}

/// What a type leads to after following names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Resolved<'a> {
    /// A named object or enum.
    Def(&'a TypeDef),
    /// Anything else.
    Type(&'a Type),
}

impl Object {
    /// The property of that wire name (request names and aliases count).
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.answers_to(name))
    }
}

impl Property {
    /// A property of which only name and type are known; it may be left out.
    pub fn new(name: &str, ty: Type) -> Self {
        Self {
            name: name.to_owned(),
            request_name: None,
            aliases: Vec::new(),
            ty,
            nullable: false,
            required_in_request: false,
            required_in_response: false,
            read_only: false,
            write_only: false,
            default: None,
            doc: String::new(),
            cfg: None,
            place: None,
            origin: None,
        }
    }

    /// A property that every request and every answer carries.
    pub fn required(name: &str, ty: Type) -> Self {
        Self { required_in_request: true, required_in_response: true, ..Self::new(name, ty) }
    }

    /// Whether `name` is one of its names on the wire.
    pub fn answers_to(&self, name: &str) -> bool {
        self.name == name
            || self.request_name.as_deref() == Some(name)
            || self.aliases.iter().any(|alias| alias == name)
    }
}

impl Member {
    /// A value of which nothing else is known.
    pub fn new(value: &str) -> Self {
        Self {
            value: value.to_owned(),
            declared: value.to_owned(),
            number: None,
            aliases: Vec::new(),
            doc: String::new(),
            place: None,
            origin: None,
        }
    }

    /// Whether the wire has the number itself: the value is nothing else.
    pub fn is_number(&self) -> bool {
        self.number.is_some_and(|number| number.to_string() == self.value)
    }
}

impl Format {
    /// All formats that have a name.
    const NAMED: [Self; 9] = [
        Self::DateTime,
        Self::Date,
        Self::Time,
        Self::Duration,
        Self::Uuid,
        Self::Uri,
        Self::Currency,
        Self::Email,
        Self::Binary,
    ];

    /// The value of JSON Schema's `format`; empty for plain text.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::DateTime => "date-time",
            Self::Date => "date",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Uuid => "uuid",
            Self::Uri => "uri",
            Self::Currency => "currency",
            Self::Email => "email",
            Self::Binary => "binary",
        }
    }

    /// Reads a value of JSON Schema's `format`.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "guid" => Some(Self::Uuid),
            "uri-reference" | "iri" | "iri-reference" | "url" => Some(Self::Uri),
            "iso-4217" => Some(Self::Currency),
            "idn-email" => Some(Self::Email),
            "byte" | "base64" => Some(Self::Binary),
            _ => Self::NAMED.into_iter().find(|format| format.name() == name),
        }
    }
}

/// Short notation: `string`, `date-time`, `CartLineItem[]`, `map<integer>`, `[A, B]`, `{a, b?: string}`,
/// `A | B`.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("any"),
            Self::Null => f.write_str("null"),
            Self::Boolean => f.write_str("boolean"),
            Self::Integer => f.write_str("integer"),
            Self::Number => f.write_str("number"),
            Self::String(Format::Plain) => f.write_str("string"),
            Self::String(format) => f.write_str(format.name()),
            Self::Constant(value) => write!(f, "{value:?}"),
            Self::Array(element) => match **element {
                Self::OneOf(_) => write!(f, "({element})[]"),
                _ => write!(f, "{element}[]"),
            },
            Self::Map(value) => write!(f, "map<{value}>"),
            Self::Tuple(items) => {
                f.write_str("[")?;
                joined(f, items, ", ")?;
                f.write_str("]")
            }
            Self::Named(name) => f.write_str(name),
            Self::Object(object) => {
                f.write_str("{")?;
                joined(f, &object.properties, ", ")?;
                match &object.additional {
                    Additional::Unspecified => {}
                    Additional::Denied => f.write_str("; closed")?,
                    Additional::Of(ty) => write!(f, "; {ty}")?,
                }
                f.write_str("}")
            }
            Self::OneOf(list) if list.is_empty() => f.write_str("never"),
            Self::OneOf(list) => joined(f, list, " | "),
        }
    }
}

/// `name: type`, with `?` after the name where a request may leave it out and after the type where it
/// may be null.
impl fmt::Display for Property {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let optional = if self.required_in_request { "" } else { "?" };
        let nullable = if self.nullable { "?" } else { "" };
        write!(f, "{}{optional}: {}{nullable}", self.name, self.ty)
    }
}

fn joined<T: fmt::Display>(f: &mut fmt::Formatter<'_>, list: &[T], separator: &str) -> fmt::Result {
    for (at, one) in list.iter().enumerate() {
        if at > 0 {
            f.write_str(separator)?;
        }
        one.fmt(f)?;
    }
    Ok(())
}
