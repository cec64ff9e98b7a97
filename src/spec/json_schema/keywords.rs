//! The keywords of one schema, sorted in one pass: those the canonical schema can express, those it
//! cannot, and those nobody knows.

use crate::spec::library::Dialect;
use crate::spec::tree::{Kind, Node};

/// A keyword that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    Ref,
    Type,
    Properties,
    Required,
    AdditionalProperties,
    UnevaluatedProperties,
    PatternProperties,
    Items,
    PrefixItems,
    AllOf,
    OneOf,
    AnyOf,
    Enum,
    Const,
    Format,
    Nullable,
    ReadOnly,
    WriteOnly,
    Description,
    Discriminator,
    DiscriminatorValue,
    EnumNames,
    EnumDescriptions,
    EnumDetails,
    EnumIsOpen,
    ContentEncoding,
    /// `not` of everything.
    Never,
    /// `maxItems` of none.
    NoItems,
    /// `propertyNames` that lists them.
    KnownNames,
    Dangling,
    Further,
    Aliases,
    IsAlias,
    Numbers,
}

/// How many there are.
const COUNT: usize = Keyword::Numbers as usize + 1;

/// What a key of a schema is.
enum Meaning {
    Read(Keyword),
    /// For people, or for finding schemas; nothing is compared by it.
    Annotation,
    /// It limits or describes values in a way that the canonical schema cannot express.
    Unheld,
    Unknown,
}

/// The keywords of one schema.
pub struct Keywords<'a> {
    /// The schema.
    pub node: Node<'a>,
    read: [Option<Node<'a>>; COUNT],
    /// What is not read, with what to say about it.
    pub rest: Vec<(Rest, Node<'a>)>,
}

/// Why a key is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rest {
    /// The canonical schema cannot express it.
    Unheld,
    /// It is no keyword.
    Unknown,
    /// Its value is of the wrong kind.
    Malformed,
    /// It stands beside a `$ref` in a draft where nothing else counts.
    Beside,
}

impl<'a> Keywords<'a> {
    /// Sorts the keys of an object; anything else has none.
    pub fn of(node: Node<'a>, dialect: Dialect) -> Self {
        let mut out = Self { node, read: [None; COUNT], rest: Vec::new() };
        for member in node.members() {
            let key = member.key();
            match meaning(&key) {
                Meaning::Read(keyword) if fits(keyword, member) => {
                    out.read[keyword as usize] = Some(member);
                }
                Meaning::Read(Keyword::Never | Keyword::NoItems | Keyword::KnownNames) => {
                    out.rest.push((Rest::Unheld, member));
                }
                Meaning::Read(_) => out.rest.push((Rest::Malformed, member)),
                Meaning::Annotation => {}
                Meaning::Unheld => out.rest.push((Rest::Unheld, member)),
                Meaning::Unknown if key.starts_with("x-") => {}
                Meaning::Unknown => out.rest.push((Rest::Unknown, member)),
            }
        }
        if let Some(tuple) = out.tuple() {
            let is_fixed = out.has_fixed_length(tuple.elements().count());
            let is_read = |member: &Node<'a>| {
                let has_key = |key: &&str| member.has_key(key);
                member.has_key("additionalItems") || is_fixed && ["minItems", "maxItems"].iter().any(has_key)
            };
            out.rest.retain(|(_, member)| !is_read(member));
        }
        if dialect != Dialect::Modern && out.has(Keyword::Ref) {
            out.forget_siblings();
        }
        out
    }

    /// The value of a keyword.
    pub const fn get(&self, keyword: Keyword) -> Option<Node<'a>> {
        self.read[keyword as usize]
    }

    /// Whether the keyword is there.
    pub const fn has(&self, keyword: Keyword) -> bool {
        self.get(keyword).is_some()
    }

    /// Whether the keyword is there and `true`.
    pub fn is_set(&self, keyword: Keyword) -> bool {
        self.get(keyword).is_some_and(Node::is_true)
    }

    /// The text of a keyword, without blanks around it.
    pub fn text(&self, keyword: Keyword) -> String {
        self.get(keyword).and_then(Node::text).map_or_else(String::new, |text| text.trim().to_owned())
    }

    /// Whether it says, as one of several forms, more than limits and which properties there have to be. One that says
    /// nothing at all is a form: anything.
    pub fn is_form(&self) -> bool {
        let says_more = STRUCTURE.iter().any(|keyword| *keyword != Keyword::Required && self.has(*keyword));
        let is_limit = self.has(Keyword::Required) || self.rest.iter().any(|(rest, _)| *rest == Rest::Unheld);
        says_more || self.reference().is_some() || !is_limit
    }

    /// The reference, if there is one.
    pub const fn reference(&self) -> Option<Node<'a>> {
        self.get(Keyword::Ref)
    }

    /// The list of schemas for the first elements. Up to 2019-09 it stood under `items`.
    pub fn tuple(&self) -> Option<Node<'a>> {
        let items = || self.get(Keyword::Items).filter(|items| items.kind() == Kind::Array);
        self.get(Keyword::PrefixItems).or_else(items)
    }

    /// Whether a list has that many elements, no more and no fewer.
    pub fn has_fixed_length(&self, count: usize) -> bool {
        let says = |key: &str, value: &str| self.node.get(key).is_some_and(|node| node.scalar() == value);
        let count = count.to_string();
        let is_closed = ["items", "additionalItems"]
            .iter()
            .any(|key| self.node.get(key).is_some_and(|further| further.kind() == Kind::Bool(false)));
        says("minItems", &count) && (is_closed || says("maxItems", &count))
    }

    /// Whether it says something about values, beside describing them and pointing elsewhere.
    pub fn says_something(&self) -> bool {
        STRUCTURE.iter().any(|keyword| self.has(*keyword))
    }

    /// The one schema it stands for, if it only points: by `$ref`, or by an `allOf` of one.
    pub fn sole_part(&self) -> Option<Node<'a>> {
        if self.reference().is_some() && !self.says_something() {
            return Some(self.node);
        }
        let structure = || STRUCTURE.iter().filter(|keyword| self.has(**keyword));
        let part =
            self.get(Keyword::AllOf).filter(|_| structure().count() == 1 && !self.has(Keyword::Ref))?;
        let mut parts = part.elements();
        parts.next().filter(|_| parts.next().is_none())
    }

    /// Annotations stay: everybody writes them there and expects them to count.
    fn forget_siblings(&mut self) {
        for keyword in STRUCTURE {
            if let Some(node) = self.read[keyword as usize].take() {
                self.rest.push((Rest::Beside, node));
            }
        }
    }
}

/// Keywords that say what a value looks like.
const STRUCTURE: [Keyword; 16] = [
    Keyword::Type,
    Keyword::Properties,
    Keyword::Required,
    Keyword::AdditionalProperties,
    Keyword::UnevaluatedProperties,
    Keyword::PatternProperties,
    Keyword::Items,
    Keyword::PrefixItems,
    Keyword::AllOf,
    Keyword::OneOf,
    Keyword::AnyOf,
    Keyword::Enum,
    Keyword::Const,
    Keyword::Format,
    Keyword::Never,
    Keyword::Dangling,
];

/// Whether a keyword can have that value.
fn fits(keyword: Keyword, value: Node<'_>) -> bool {
    use Keyword as K;
    let kind = value.kind();
    match keyword {
        K::Ref | K::Format | K::Description | K::ContentEncoding | K::DiscriminatorValue | K::Dangling => {
            kind == Kind::Text
        }
        K::Properties | K::PatternProperties | K::EnumDetails => kind == Kind::Object,
        // Swagger 2.0 has the name of the property.
        K::Discriminator => matches!(kind, Kind::Object | Kind::Text),
        K::Required | K::AllOf | K::OneOf | K::AnyOf | K::Enum | K::PrefixItems => kind == Kind::Array,
        K::Type => matches!(kind, Kind::Text | Kind::Array),
        K::AdditionalProperties | K::UnevaluatedProperties => matches!(kind, Kind::Object | Kind::Bool(_)),
        K::Items => matches!(kind, Kind::Object | Kind::Bool(_) | Kind::Array),
        K::Nullable | K::ReadOnly | K::WriteOnly | K::IsAlias => matches!(kind, Kind::Bool(_)),
        K::Never => kind == Kind::Object && value.members().next().is_none(),
        K::NoItems => value.scalar() == "0",
        K::KnownNames => value.get("enum").is_some(),
        K::Const
        | K::EnumNames
        | K::EnumDescriptions
        | K::EnumIsOpen
        | K::Further
        | K::Aliases
        | K::Numbers => true,
    }
}

fn meaning(key: &str) -> Meaning {
    use Keyword as K;
    Meaning::Read(match key {
        "$ref" | "$dynamicRef" | "$recursiveRef" => K::Ref,
        "type" => K::Type,
        "properties" => K::Properties,
        "required" => K::Required,
        "additionalProperties" => K::AdditionalProperties,
        "unevaluatedProperties" => K::UnevaluatedProperties,
        "patternProperties" => K::PatternProperties,
        "items" => K::Items,
        "prefixItems" => K::PrefixItems,
        "allOf" => K::AllOf,
        "oneOf" => K::OneOf,
        "anyOf" => K::AnyOf,
        "enum" => K::Enum,
        "const" => K::Const,
        "format" => K::Format,
        "nullable" | "x-nullable" => K::Nullable,
        "readOnly" => K::ReadOnly,
        "writeOnly" => K::WriteOnly,
        "description" => K::Description,
        "discriminator" => K::Discriminator,
        "x-ms-discriminator-value" => K::DiscriminatorValue,
        "x-enum-varnames" | "x-enumNames" => K::EnumNames,
        "x-enum-descriptions" | "x-enumDescriptions" => K::EnumDescriptions,
        "x-ms-enum" => K::EnumDetails,
        "x-extensible-enum" => K::EnumIsOpen,
        "contentEncoding" => K::ContentEncoding,
        "not" => K::Never,
        "maxItems" => K::NoItems,
        "propertyNames" => K::KnownNames,
        "x-docdrift-type" => K::Dangling,
        "x-docdrift-additional" => K::Further,
        "x-docdrift-aliases" => K::Aliases,
        "x-docdrift-alias" => K::IsAlias,
        "x-docdrift-numbers" => K::Numbers,
        "title" | "$comment" | "default" | "example" | "examples" | "externalDocs" | "xml" | "$schema"
        | "$id" | "id" | "$anchor" | "$dynamicAnchor" | "$recursiveAnchor" | "$vocabulary" | "$defs"
        | "definitions" | "components" | "jsonSchemaDialect" => return Meaning::Annotation,
        "multipleOf" | "maximum" | "exclusiveMaximum" | "minimum" | "exclusiveMinimum" | "maxLength"
        | "minLength" | "pattern" | "minItems" | "uniqueItems" | "contains" | "maxContains"
        | "minContains" | "maxProperties" | "minProperties" | "additionalItems" | "unevaluatedItems"
        | "dependentRequired" | "dependentSchemas" | "dependencies" | "if" | "then" | "else"
        | "contentMediaType" | "contentSchema" | "deprecated" => {
            return Meaning::Unheld;
        }
        _ => return Meaning::Unknown,
    })
}
