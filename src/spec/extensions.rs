//! What docdrift's own exports add to JSON Schema and `OpenAPI`, in `x-docdrift-..` keys, read back.
//!
//! | key | where | says |
//! |---|---|---|
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
//! | `x-docdrift-provenance` | any | where it is declared, and what pages say it |

use serde_json::{Map, Value};

use super::canonical::Blanks;
use crate::schema::{Enum, Member, Origin, Property, Witness, WitnessKind};
use crate::text::Place;

/// The type's own name.
pub fn own_name(definition: &Value) -> Option<&str> {
    text(definition, "x-docdrift-name")
}

/// The name of a type that is not defined.
pub fn dangling(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("x-docdrift-type")?.as_str()
}

/// Whether an alternative only holds other spellings of the values before.
pub fn is_alias(form: &Value) -> bool {
    form.get("x-docdrift-alias") == Some(&Value::Bool(true))
}

/// The type of further keys, which `additionalProperties` does not say.
pub fn additional(schema: &Map<String, Value>) -> Option<&Value> {
    schema.get("x-docdrift-additional")
}

/// Numbers, descriptions and other spellings of the values that `form` lists.
pub fn members(set: &mut [Member], form: &Value) {
    let at = |key: &str, index: usize| form.get(key).and_then(|list| list.get(index));
    for (index, member) in set.iter_mut().enumerate() {
        if let Some(number) = at("x-docdrift-numbers", index).and_then(Value::as_i64) {
            member.number = Some(number);
        }
        if let Some(doc) = at("x-enum-descriptions", index).and_then(Value::as_str) {
            doc.trim().clone_into(&mut member.doc);
        }
        let aliases = form.get("x-docdrift-aliases").and_then(|aliases| aliases.get(&member.value));
        member.aliases.extend(words(aliases));
    }
}

/// Whether the last alternative of a list of values takes any value, so that the set is open.
pub fn is_open(form: &Value, set: &Enum) -> bool {
    let is_whole = !set.members.is_empty() && set.members.iter().all(Member::is_number);
    let Value::Object(form) = form else { return false };
    form.len() == 1 && text_of(form, "type") == Some(if is_whole { "integer" } else { "string" })
}

/// What a property is besides its type.
pub fn property(property: &mut Property, value: &Value) {
    property.request_name = text(value, "x-docdrift-request-name").map(str::to_owned);
    property.aliases = words(value.get("x-docdrift-aliases").filter(|list| list.is_array()));
    property.cfg = text(value, "x-docdrift-cfg").map(str::to_owned);
    if let Some(contracts) = value.get("x-docdrift-required-in") {
        let contracts = words(Some(contracts));
        property.required_in_request = contracts.iter().any(|contract| contract == "request");
        property.required_in_response = contracts.iter().any(|contract| contract == "response");
    }
}

/// Where something is declared, and what documentation says of it.
pub fn provenance(value: &Value, blanks: &mut Blanks) -> (Option<Place>, Option<Box<Origin>>) {
    let mut declared = None;
    let mut origin = Origin::default();
    let entries = value.get("x-docdrift-provenance").and_then(Value::as_array);
    for entry in entries.into_iter().flatten() {
        let number = |key: &str| u32::try_from(entry.get(key)?.as_u64()?).ok();
        let at = text(entry, "path").zip(number("line")).zip(number("column"));
        let Some(place) = at.and_then(|((path, line), column)| blanks.add(path, line, column, "")) else {
            continue;
        };
        let kind = match text(entry, "kind") {
            Some("table") => WitnessKind::Table,
            Some("example") => WitnessKind::Example,
            _ => {
                declared = declared.or(Some(place));
                continue;
            }
        };
        let locale = text(entry, "locale").unwrap_or_default().to_owned();
        origin.witnesses.push(Witness { locale, place, kind });
    }
    if let Some(Value::Object(by_locale)) = value.get("x-docdrift-descriptions") {
        let texts = by_locale.iter().filter_map(|(tag, doc)| Some((tag.clone(), doc.as_str()?.to_owned())));
        origin.descriptions = texts.collect();
    }
    origin.notes = words(value.get("x-docdrift-notes"));
    (declared, (origin != Origin::default()).then(|| Box::new(origin)))
}

fn words(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

fn text_of<'a>(object: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    object.get(key)?.as_str()
}
