//! What the texts of a lexicon can stand for.

use super::source::{Class, type_key};
use crate::facts::{Part, SectionRole};

/// Defines an enum whose variants are the roles of one lexicon table.
macro_rules! roles {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// The role with that key in lexicon files.
            pub fn from_key(key: &str) -> Option<Self> {
                match key {
                    $($key => Some(Self::$variant),)+
                    _ => None,
                }
            }

            /// Its key in lexicon files.
            pub fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => $key),+
                }
            }
        }
    };
}

roles! {
    /// What a header cell says its column holds.
    HeaderRole {
        Property = "property", Name = "name", Parameter = "parameter", Header = "header", Member = "member",
        Value = "value", Type = "type", ReturnType = "return_type", Required = "required",
        Optional = "optional", ReadOnly = "read_only", Updatable = "updatable", Nullable = "nullable",
        Description = "description", Default = "default", Example = "example", Length = "length",
        Position = "position", Method = "method", RequestUri = "request_uri", Operation = "operation",
        HttpStatus = "http_status", ErrorCode = "error_code", ErrorMessage = "error_message",
        PermissionType = "permission_type", Permissions = "permissions", Usage = "usage",
    }
}

roles! {
    /// What a word of a type cell stands for.
    TypeWord {
        String = "string", Integer = "integer", Long = "long", Number = "number", Boolean = "boolean",
        Date = "date", Datetime = "datetime", Time = "time", Duration = "duration", Guid = "guid", Uri = "uri",
        Binary = "binary", Object = "object", Array = "array", Map = "map", Enum = "enum", Null = "null",
        Any = "any", Nullable = "nullable", Of = "of",
    }
}

roles! {
    /// What a whole cell of a Required column says.
    Mark { Yes = "yes", No = "no", Conditional = "conditional", None = "none" }
}

roles! {
    /// What the first words of a description say of the property.
    Lead { Optional = "optional", Required = "required", ReadOnly = "read_only" }
}

roles! {
    /// An HTTP method.
    Method {
        Get = "GET", Post = "POST", Put = "PUT", Patch = "PATCH", Delete = "DELETE", Head = "HEAD",
        Options = "OPTIONS",
    }
}

/// A text of a type cell: a word, or a whole phrase for a word with something around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypePhrase {
    /// What stands around the word.
    pub outer: Option<Outer>,
    /// The word.
    pub word: TypeWord,
}

/// What stands around a type word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outer {
    /// A list of it.
    Array,
    /// A dictionary with such values.
    Map,
    /// It, or null.
    Nullable,
}

/// A role of any class. Words and values are positions in the lexicon's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Header(HeaderRole),
    Type(TypePhrase),
    Mark(Mark),
    Lead(Lead),
    Method(Method),
    Section(SectionRole),
    Part(Part),
    Word(u16),
    Value(u16),
}

impl Role {
    /// The role of one class with that key; `None` also for words and values, which are open lists.
    pub(super) fn closed(class: Class, key: &str) -> Option<Self> {
        match class {
            Class::Header => HeaderRole::from_key(key).map(Self::Header),
            Class::Type => type_phrase(key).map(Self::Type),
            Class::Mark => Mark::from_key(key).map(Self::Mark),
            Class::Lead => Lead::from_key(key).map(Self::Lead),
            Class::Method => Method::from_key(key).map(Self::Method),
            Class::Section => section(key).map(Self::Section),
            Class::Part => part(key).map(Self::Part),
            Class::Word | Class::Value => None,
        }
    }

    #[cfg(test)]
    pub(super) fn class(self) -> Class {
        match self {
            Self::Header(_) => Class::Header,
            Self::Type(_) => Class::Type,
            Self::Mark(_) => Class::Mark,
            Self::Lead(_) => Class::Lead,
            Self::Method(_) => Class::Method,
            Self::Section(_) => Class::Section,
            Self::Part(_) => Class::Part,
            Self::Word(_) => Class::Word,
            Self::Value(_) => Class::Value,
        }
    }
}

fn type_phrase(key: &str) -> Option<TypePhrase> {
    let (outer, word) = type_key(key);
    let outer = match outer {
        None => None,
        Some("?") => Some(Outer::Nullable),
        Some("array") => Some(Outer::Array),
        Some("map") => Some(Outer::Map),
        Some(_) => return None,
    };
    Some(TypePhrase { outer, word: TypeWord::from_key(word)? })
}

/// The sections by their keys in lexicon files.
const SECTIONS: [(&str, SectionRole); 17] = [
    ("prerequisites", SectionRole::Prerequisites),
    ("rest_request", SectionRole::RestRequest),
    ("request_syntax", SectionRole::RequestSyntax),
    ("uri_parameters", SectionRole::UriParameters),
    ("request_headers", SectionRole::RequestHeaders),
    ("request_body", SectionRole::RequestBody),
    ("request_example", SectionRole::RequestExample),
    ("response", SectionRole::Response),
    ("response_codes", SectionRole::ResponseCodes),
    ("response_body", SectionRole::ResponseBody),
    ("response_example", SectionRole::ResponseExample),
    ("error_codes", SectionRole::ErrorCodes),
    ("examples", SectionRole::Examples),
    ("properties", SectionRole::Properties),
    ("enumeration", SectionRole::Enumeration),
    ("filter_syntax", SectionRole::FilterSyntax),
    ("see_also", SectionRole::SeeAlso),
];

fn section(key: &str) -> Option<SectionRole> {
    SECTIONS.iter().find(|(known, _)| *known == key).map(|(_, role)| *role)
}

/// The parts of requests and answers by their keys in lexicon files.
const PARTS: [(&str, Part); 8] = [
    ("path", Part::Path),
    ("query", Part::Query),
    ("header", Part::Header),
    ("cookie", Part::Cookie),
    ("form", Part::Form),
    ("body", Part::Body),
    ("response", Part::Response),
    ("errors", Part::Errors),
];

fn part(key: &str) -> Option<Part> {
    PARTS.iter().find(|(known, _)| *known == key).map(|(_, part)| *part)
}

/// The key of a part of a request or answer in lexicon files.
pub fn part_key(part: Part) -> &'static str {
    PARTS.iter().find(|(_, known)| *known == part).map_or("", |(key, _)| key)
}

/// The key of a section in lexicon files.
pub fn section_key(section: SectionRole) -> &'static str {
    SECTIONS.iter().find(|(_, role)| *role == section).map_or("", |(key, _)| key)
}

impl TypePhrase {
    /// Its key in lexicon files: `string`, `array<string>`, `boolean?`.
    pub fn key(self) -> String {
        let word = self.word.key();
        match self.outer {
            None => word.to_owned(),
            Some(Outer::Nullable) => format!("{word}?"),
            Some(Outer::Array) => format!("array<{word}>"),
            Some(Outer::Map) => format!("map<{word}>"),
        }
    }
}
