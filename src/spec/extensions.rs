//! What docdrift's own exports add to JSON Schema and `OpenAPI`, in `x-docdrift-..` keys, read back.
//!
//! | key | where | says |
//! |---|---|---|
//! | `x-docdrift-version` | document | docdrift wrote it: what it says is meant by the word |
//! | `x-docdrift-name` | definition | the type's own name, where the format does not take it |
//! | `x-docdrift-type` | schema | a named type that is not defined |
//! | `x-docdrift-aliases` | property, list of values | other names; other spellings by value |
//! | `x-docdrift-alias` | alternative | it only holds the spellings of the one before |
//! | `x-docdrift-numbers` | list of values | numbers in code |
//! | `x-docdrift-request-name` | property | its name in requests |
//! | `x-docdrift-required-in` | property | the contracts that require it: `request`, `response` |
//! | `x-docdrift-additional` | object | the type of further keys, where keys have other names in requests |
//! | `x-docdrift-cfg` | property | conditions in the source |
//! | `x-docdrift-descriptions` | any | descriptions by locale |
//! | `x-docdrift-notes` | any | where witnesses disagree |
//! | `x-docdrift-says-optional` | property | pages say that a request may leave it out |
//! | `x-docdrift-path` | operation | its whole path, where that of the path item is cut |
//! | `x-docdrift-operations` | document | operations without a place among the paths |
//! | `x-docdrift-parameters`, `x-docdrift-responses` | operation | those without a place among the others |
//! | `x-docdrift-implied` | parameter | the path needs it and nobody describes it |
//! | `x-docdrift-required` | parameter of the path | whether it is required after all |
//! | `x-docdrift-locale` | example | the locale of the page that gives it |
//! | `x-docdrift-provenance` | any | where it is declared, and what pages say it |
//!
//! Any document may use those that say more about what they stand in. Absent here: those that are schemas or
//! lists of them, which are read where their kind is.

use std::borrow::Cow;

use super::canonical::Blanks;
use super::tree::{Kind, Node};
use crate::schema::{Origin, Property, Witness, WitnessKind};
use crate::text::Place;

/// Whether docdrift wrote a document.
pub fn is_own(root: Node<'_>) -> bool {
    root.get("x-docdrift-version").is_some_and(|version| version.kind() == Kind::Number)
}

/// The type's own name.
pub fn own_name(definition: Node<'_>) -> Option<Cow<'_, str>> {
    text(definition, "x-docdrift-name")
}

/// What a property is besides its type.
pub fn property(property: &mut Property, node: Node<'_>) {
    property.request_name = text(node, "x-docdrift-request-name").map(Cow::into_owned);
    property.aliases = words(node.get("x-docdrift-aliases"));
    property.cfg = text(node, "x-docdrift-cfg").map(Cow::into_owned);
    if let Some(contracts) = node.get("x-docdrift-required-in") {
        let requires = |contract: &str| contracts.elements().any(|one| one.scalar() == contract);
        property.required_in_request = requires("request");
        property.required_in_response = requires("response");
    }
}

/// The whole path of an operation.
pub fn path(operation: Node<'_>) -> Option<String> {
    text(operation, "x-docdrift-path").map(Cow::into_owned)
}

/// Method and path of an operation that stands among no paths.
pub fn operation(node: Node<'_>) -> Option<(String, String)> {
    Some((text(node, "method")?.into_owned(), text(node, "path")?.into_owned()))
}

/// Whether nobody describes a parameter.
pub fn is_implied(parameter: Node<'_>) -> bool {
    parameter.get("x-docdrift-implied").is_some_and(Node::is_true)
}

/// Whether a parameter is required, where the format says that it has to be.
pub fn required(parameter: Node<'_>) -> Option<bool> {
    match parameter.get("x-docdrift-required")?.kind() {
        Kind::Bool(required) => Some(required),
        _ => None,
    }
}

/// The locale of the page that gives an example.
pub fn locale(example: Node<'_>) -> String {
    text(example, "x-docdrift-locale").map_or_else(String::new, Cow::into_owned)
}

/// Where something is declared, if there is somewhere to put places; and what documentation says of it.
pub fn provenance(node: Node<'_>, blanks: Option<&mut Blanks>) -> (Option<Place>, Option<Box<Origin>>) {
    let mut declared = None;
    let mut origin = Origin::default();
    if let (Some(list), Some(blanks)) = (node.get("x-docdrift-provenance"), blanks) {
        for entry in list.elements() {
            let Some(place) = place(entry, blanks) else { continue };
            let kind = match text(entry, "kind").as_deref() {
                Some("table") => WitnessKind::Table,
                Some("example") => WitnessKind::Example,
                _ => {
                    declared = declared.or(Some(place));
                    continue;
                }
            };
            let locale = text(entry, "locale").map_or_else(String::new, Cow::into_owned);
            origin.witnesses.push(Witness { locale, place, kind });
        }
    }
    for member in node.get("x-docdrift-descriptions").into_iter().flat_map(Node::members) {
        if let Some(doc) = member.text() {
            origin.descriptions.insert(member.key().into_owned(), doc.into_owned());
        }
    }
    origin.notes = words(node.get("x-docdrift-notes"));
    origin.says_optional = node.get("x-docdrift-says-optional").is_some_and(Node::is_true);
    (declared, (origin != Origin::default()).then(|| Box::new(origin)))
}

fn place(entry: Node<'_>, blanks: &mut Blanks) -> Option<Place> {
    let number = |key: &str| entry.get(key)?.scalar().parse().ok();
    blanks.add(&text(entry, "path")?, number("line")?, number("column")?, "")
}

/// The texts of a list.
pub fn words(list: Option<Node<'_>>) -> Vec<String> {
    let list = list.into_iter().flat_map(Node::elements);
    list.filter_map(Node::text).map(Cow::into_owned).collect()
}

fn text<'a>(node: Node<'a>, key: &str) -> Option<Cow<'a, str>> {
    node.get(key)?.text()
}
