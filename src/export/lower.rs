//! From types to schema objects.
//!
//! A schema object accepts what either contract accepts: what only requests or only answers must carry, and
//! names that only requests may use, stand in extensions. Null joins the type it stands beside, nested
//! alternatives become one list, so that what is read back is written the same again.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use serde_json::Value;

use super::canonical::place;
use super::names::Names;
use super::node::{Aliases, Further, Node, Ordered, Provenance, TypeWord, Witness};
use crate::report::places::Places;
use crate::schema::{
    Additional, Enum, Example, Format, Member, Object, Origin, Property, Schema, Shape, Type, TypeDef,
    WitnessKind,
};
use crate::text;

/// Who reads the schema objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Any validator: `required` is for every message.
    JsonSchema,
    /// `required` beside `readOnly` is for answers, beside `writeOnly` for requests. Places are kept.
    OpenApi,
}

/// Lowers the types of one schema.
pub struct Lowering<'a> {
    dialect: Dialect,
    /// What references to a type begin with.
    prefix: &'static str,
    names: Names<'a>,
    places: Places<'a>,
}

impl<'a> Lowering<'a> {
    pub fn new(schema: &'a Schema, dialect: Dialect) -> Self {
        let own = schema.types.keys().map(String::as_str);
        let (prefix, names) = match dialect {
            Dialect::JsonSchema => ("#/$defs/", Names::new(own, |_| true)),
            Dialect::OpenApi => ("#/components/schemas/", Names::new(own, is_component_name)),
        };
        Self { dialect, prefix, names, places: Places::of_files(&schema.files) }
    }

    /// The definitions of all types, by the names they have here.
    pub fn definitions(&self, schema: &Schema) -> Ordered<Node> {
        let definition = |def: &TypeDef| {
            let name = self.names.get(&def.name).unwrap_or(&def.name);
            let mut node = self.def(def);
            node.own_name = (name != def.name).then(|| def.name.clone());
            (name.to_owned(), node)
        };
        let mut all: Vec<_> = schema.types.values().map(definition).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        Ordered(all)
    }

    /// The reference to a type of the schema, if it has one of that name.
    pub fn reference(&self, name: &str) -> Option<String> {
        Some(format!("{}{}", self.prefix, pointer_token(self.names.get(name)?)))
    }

    fn def(&self, def: &TypeDef) -> Node {
        let mut node = match &def.shape {
            Shape::Object(object) => self.object(object),
            Shape::Enum(set) => self.enumeration(set),
            Shape::Alias(ty) => match words_of(ty) {
                // Read back, it is an enum.
                Some(set) => self.enumeration(&set),
                None => self.ty(ty, false),
            },
        };
        def.doc.trim().clone_into(&mut node.description);
        node.provenance = self.provenance(def.place, def.origin.as_deref());
        node
    }

    /// A type where it is used.
    pub fn ty(&self, ty: &Type, nullable: bool) -> Node {
        let mut forms = Vec::new();
        let or_null = ty.alternatives(&mut forms) || nullable;
        match forms.as_slice() {
            [] if or_null => typed("null"),
            [] => Node { not: Some(Box::default()), ..Node::default() },
            [only] => self.one(only, or_null),
            many => {
                if let Some(mut values) = constants(many) {
                    values.extend(or_null.then_some(Value::Null));
                    return Node { values, ..Node::default() };
                }
                let null = or_null.then(|| typed("null"));
                let any_of = many.iter().map(|ty| self.one(ty, false)).chain(null).collect();
                Node { any_of, ..Node::default() }
            }
        }
    }

    /// A type that is no alternative, beside null or not.
    fn one(&self, ty: &Type, or_null: bool) -> Node {
        let mut node = match ty {
            Type::Any => Node::default(),
            // Alternatives were taken apart.
            Type::Null | Type::OneOf(_) => typed("null"),
            Type::Boolean => typed("boolean"),
            Type::Integer => typed("integer"),
            Type::Number => typed("number"),
            Type::String(format) => Node { format: format_name(*format), ..typed("string") },
            Type::Constant(value) if or_null => {
                let values = vec![Value::String(value.clone()), Value::Null];
                return Node { values, ..Node::default() };
            }
            Type::Constant(value) => Node { constant: Some(value.clone()), ..Node::default() },
            Type::Array(item) => Node { items: Some(self.further(item)), ..typed("array") },
            Type::Map(value) => Node { additional: Some(self.further(value)), ..typed("object") },
            Type::Tuple(items) if items.is_empty() => Node { max_items: Some(0), ..typed("array") },
            Type::Tuple(items) => Node {
                prefix_items: items.iter().map(|item| self.ty(item, false)).collect(),
                items: Some(Further::None(false)),
                min_items: Some(items.len()),
                ..typed("array")
            },
            Type::Named(name) => match self.reference(name) {
                Some(reference) => Node { reference: Some(reference), ..Node::default() },
                None => Node { dangling: Some(name.clone()), ..Node::default() },
            },
            Type::Object(object) => self.object(object),
        };
        match node.ty {
            _ if !or_null => node,
            Some(TypeWord::One(word)) => {
                node.ty = Some(TypeWord::OrNull([word, "null"]));
                node
            }
            _ => Node { any_of: vec![node, typed("null")], ..Node::default() },
        }
    }

    fn further(&self, ty: &Type) -> Further {
        Further::Of(Box::new(self.ty(ty, false)))
    }

    fn object(&self, object: &Object) -> Node {
        let mut node = typed("object");
        let mut seen = HashSet::new();
        let own = object.properties.iter().filter(|property| seen.insert(property.name.as_str()));
        let own: Vec<&Property> = own.collect();
        for property in &own {
            node.properties.0.push((property.name.clone(), self.property(property)));
            if self.is_listed(property) {
                node.required.push(property.name.clone());
            }
        }
        let others: Vec<&String> = own.iter().flat_map(|property| other_names(property)).collect();
        match &object.additional {
            Additional::Unspecified => {}
            Additional::Denied if others.is_empty() => node.additional = Some(Further::None(false)),
            Additional::Denied => {
                let own = own.iter().map(|property| &property.name);
                let mut seen = HashSet::new();
                let all = own.chain(others).filter(|name| seen.insert(name.as_str()));
                let values = all.map(|name| Value::String(name.clone())).collect();
                node.property_names = Some(Box::new(Node { values, ..Node::default() }));
            }
            Additional::Of(ty) if others.is_empty() => {
                node.additional = Some(self.further(ty));
            }
            Additional::Of(ty) => node.unchecked_additional = Some(Box::new(self.ty(ty, false))),
        }
        node
    }

    fn property(&self, property: &Property) -> Node {
        let mut node = self.ty(&property.ty, property.nullable);
        property.doc.trim().clone_into(&mut node.description);
        (node.read_only, node.write_only) = (property.read_only, property.write_only);
        node.request_name.clone_from(&property.request_name);
        if !property.aliases.is_empty() {
            node.aliases = Aliases::Names(property.aliases.clone());
        }
        node.cfg.clone_from(&property.cfg);
        node.default.clone_from(&property.default);
        let required = (property.required_in_request, property.required_in_response);
        let is_listed = self.is_listed(property);
        if required != (is_listed && !property.read_only, is_listed && !property.write_only) {
            let contracts = [(required.0, "request"), (required.1, "response")];
            let contracts = contracts.into_iter().filter(|(is_required, _)| *is_required);
            node.required_in = Some(contracts.map(|(_, name)| name).collect());
        }
        node.provenance = self.provenance(property.place, property.origin.as_deref());
        node
    }

    /// Whether `required` has the property: whoever reads the list as the dialect does must not be misled.
    fn is_listed(&self, property: &Property) -> bool {
        let Property { read_only, write_only, required_in_request, required_in_response, .. } = *property;
        if other_names(property).next().is_some() {
            return false;
        }
        match self.dialect {
            Dialect::JsonSchema => required_in_request && required_in_response,
            Dialect::OpenApi => {
                let is_required = required_in_request || required_in_response;
                is_required && (required_in_request || read_only) && (required_in_response || write_only)
            }
        }
    }

    /// The values; beside them their other spellings, and any other string if the set is open.
    fn enumeration(&self, set: &Enum) -> Node {
        let wire = |member: &Member| match member.number {
            Some(number) if member.is_number() => Value::from(number),
            _ => Value::String(member.value.clone()),
        };
        let mut seen = HashSet::new();
        let members: Vec<&Member> = set.members.iter().filter(|one| seen.insert(&one.value)).collect();
        let is_named = members.iter().any(|member| member.declared != member.value);
        let is_numbered = members.iter().any(|member| member.number.is_some() && !member.is_number());
        let is_described = members.iter().any(|member| !member.doc.trim().is_empty());
        let aliases: BTreeMap<String, Vec<String>> = members
            .iter()
            .filter(|member| !member.aliases.is_empty())
            .map(|member| (member.value.clone(), member.aliases.clone()))
            .collect();
        let listed = |is_listed: bool| if is_listed { members.as_slice() } else { &[] };
        let mut node = Node {
            values: members.iter().map(|member| wire(member)).collect(),
            declared: listed(is_named).iter().map(|member| member.declared.clone()).collect(),
            value_docs: listed(is_described).iter().map(|member| member.doc.trim().to_owned()).collect(),
            numbers: listed(is_numbered).iter().map(|member| member.number).collect(),
            ..Node::default()
        };
        node.ty = match node.values.as_slice() {
            values if values.iter().all(Value::is_string) => Some(TypeWord::One("string")),
            values if values.iter().all(Value::is_number) => Some(TypeWord::One("integer")),
            _ => None,
        };
        if members.is_empty() {
            // `enum` has to have a value.
            return if set.open { typed("string") } else { self.ty(&Type::OneOf(Vec::new()), false) };
        }
        if aliases.is_empty() && !set.open {
            return node;
        }
        let mut any_of = Vec::new();
        if !aliases.is_empty() {
            let mut seen = HashSet::new();
            let spellings = aliases.values().flatten().filter(|alias| seen.insert(*alias));
            let values = spellings.map(|alias| Value::String(alias.clone())).collect();
            any_of.push(Node { values, is_alias: true, ..Node::default() });
            node.aliases = Aliases::Values(aliases);
        }
        if set.open {
            let is_whole = node.ty == Some(TypeWord::One("integer"));
            any_of.push(typed(if is_whole { "integer" } else { "string" }));
        }
        any_of.insert(0, node);
        Node { any_of, ..Node::default() }
    }

    /// Where it was said; nothing where only the contract counts.
    pub fn provenance(&self, at: Option<text::Place>, origin: Option<&Origin>) -> Provenance {
        let mut out = Provenance::default();
        if let Some(origin) = origin {
            out.descriptions.clone_from(&origin.descriptions);
            out.notes.clone_from(&origin.notes);
            out.says_optional = origin.says_optional;
        }
        if self.dialect == Dialect::JsonSchema {
            return out;
        }
        out.places.extend(place(&self.places, at).map(Witness::declared));
        for witness in origin.into_iter().flat_map(|origin| &origin.witnesses) {
            let Some(at) = place(&self.places, Some(witness.place)) else { continue };
            let kind = match witness.kind {
                WitnessKind::Table => "table",
                WitnessKind::Example => "example",
            };
            let locale = witness.locale.clone();
            out.places.push(Witness { locale, kind: Some(kind), ..Witness::declared(at) });
        }
        out
    }

    /// Where an example stands.
    pub fn example_place(&self, example: &Example) -> Vec<Witness> {
        place(&self.places, example.place).map(Witness::declared).into_iter().collect()
    }
}

fn typed(word: &'static str) -> Node {
    Node { ty: Some(TypeWord::One(word)), ..Node::default() }
}

/// What else a property may be called in requests.
fn other_names(property: &Property) -> impl Iterator<Item = &String> {
    property.request_name.iter().filter(|name| **name != property.name).chain(&property.aliases)
}

/// The values, if all are fixed strings.
fn constants(list: &[&Type]) -> Option<Vec<Value>> {
    let value = |ty: &&Type| if let Type::Constant(value) = ty { Some(value.clone()) } else { None };
    list.iter().map(|ty| value(ty).map(Value::String)).collect()
}

/// The set that a type of fixed strings is; an open one if any other string may stand there too.
fn words_of(ty: &Type) -> Option<Enum> {
    let mut forms = Vec::new();
    if ty.alternatives(&mut forms) {
        return None;
    }
    let open = forms.len() > 1 && forms.last() == Some(&&Type::String(Format::Plain));
    forms.truncate(forms.len() - usize::from(open));
    let member = |ty: &&Type| {
        let Type::Constant(value) = ty else { return None };
        Some(Member::new(value))
    };
    let members: Vec<Member> = forms.iter().map(member).collect::<Option<_>>()?;
    (!members.is_empty()).then_some(Enum { members, open })
}

/// The value of `format`. A reference is a URI too, so what is said of both must hold for both.
fn format_name(format: Format) -> Option<&'static str> {
    match format {
        Format::Plain => None,
        Format::Uri => Some("uri-reference"),
        other => Some(other.name()),
    }
}

/// What `OpenAPI` takes for the key of a component.
fn is_component_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

/// A step of a JSON pointer in the fragment of a URI.
fn pointer_token(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.replace('~', "~0").replace('/', "~1").bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'$' | b',' | b'!') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
