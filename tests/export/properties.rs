//! What holds for the export of every schema.

use std::collections::HashSet;

use docdrift::export::{Format, render};
use docdrift::schema::{Schema, Shape};
use docdrift::spec::{self, canonical};
use proptest::prelude::*;
use serde_json::Value;

use super::schemas;

fn config() -> ProptestConfig {
    ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() }
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the export is JSON")
}

/// What another tool reads from an export, as far as docdrift reads it.
fn read(text: &str) -> Schema {
    spec::json_schema(&json(text))
}

fn read_canonical(text: &str) -> Schema {
    canonical::read(json(text)).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Without what no format but the canonical one keeps.
fn without_places(mut schema: Schema) -> Schema {
    fn strip(ty: &mut docdrift::schema::Type) {
        if let docdrift::schema::Type::Object(object) = ty {
            strip_object(object);
        }
    }
    fn strip_object(object: &mut docdrift::schema::Object) {
        for property in &mut object.properties {
            property.place = None;
            property.origin.iter_mut().for_each(|origin| origin.witnesses.clear());
            strip(&mut property.ty);
        }
    }
    schema.files.clear();
    schema.notes.iter_mut().for_each(|note| note.place = None);
    for def in schema.types.values_mut() {
        def.place = None;
        def.origin.iter_mut().for_each(|origin| origin.witnesses.clear());
        match &mut def.shape {
            Shape::Object(object) => strip_object(object),
            Shape::Enum(set) => set.members.iter_mut().for_each(|member| {
                member.place = None;
                member.origin.iter_mut().for_each(|origin| origin.witnesses.clear());
            }),
            Shape::Alias(ty) => strip(ty),
        }
    }
    for operation in &mut schema.operations {
        operation.place = None;
        operation.origin.iter_mut().for_each(|origin| origin.witnesses.clear());
        for parameter in &mut operation.parameters {
            parameter.place = None;
            parameter.origin.iter_mut().for_each(|origin| origin.witnesses.clear());
        }
        let answers = operation.responses.iter_mut().flat_map(|response| &mut response.examples);
        operation.examples.iter_mut().chain(answers).for_each(|example| example.place = None);
    }
    schema
}

/// The value at that place of all values within values.
fn part<'v>(value: &'v mut Value, left: &mut usize) -> Option<&'v mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(list) => list.iter_mut().find_map(|value| part(value, left)),
        Value::Object(map) => map.values_mut().find_map(|value| part(value, left)),
        _ => None,
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn canonical_json_holds_everything(schema in schemas::schema()) {
        let text = render(&schema, Format::Canonical, None);
        let read = read_canonical(&text);
        prop_assert_eq!(render(&read, Format::Canonical, None), text);
        let plain = without_places(schema);
        prop_assert_eq!(read_canonical(&render(&plain, Format::Canonical, None)), plain);
    }

    #[test]
    fn canonical_json_is_what_its_schema_says(schema in schemas::schema()) {
        let validator = jsonschema::validator_for(&canonical::document_schema()).expect("a JSON Schema");
        let document = json(&render(&schema, Format::Canonical, None));
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        prop_assert_eq!(errors, Vec::<String>::new());
    }

    #[test]
    fn damaged_canonical_json_is_refused_or_read(
        schema in schemas::schema(),
        at in 0_usize..400,
        value in prop::sample::select(&["null", "-1", "4294967295", "\"x\"", "[]", "{}", "[[]]"][..]),
    ) {
        let mut document = json(&render(&schema, Format::Canonical, None));
        let mut left = at;
        if let Some(part) = part(&mut document, &mut left) {
            *part = json(value);
        }
        if let Ok(read) = canonical::read(document) {
            let text = render(&read, Format::Canonical, None);
            prop_assert_eq!(render(&read_canonical(&text), Format::Canonical, None), text);
        }
    }

    #[test]
    fn json_schema_is_valid_and_stable(schema in schemas::schema()) {
        let text = render(&schema, Format::JsonSchema, None);
        let document = json(&text);
        prop_assert!(jsonschema::meta::is_valid(&document), "{}", text);
        // References lead somewhere.
        prop_assert!(jsonschema::validator_for(&document).is_ok(), "{}", text);
        let again = render(&read(&text), Format::JsonSchema, None);
        prop_assert_eq!(again, text);
    }

    #[test]
    fn openapi_is_stable(mut schema in schemas::schema()) {
        // What is said of one method and path is said of one operation.
        let mut seen = HashSet::new();
        schema.operations.retain(|one| seen.insert((one.method.clone(), one.path.clone())));
        let text = render(&schema, Format::OpenApi, None);
        let again = render(&read(&text), Format::OpenApi, None);
        prop_assert_eq!(&again, &text);
        let schemas = &json(&text)["components"]["schemas"];
        let names = schemas.as_object().unwrap().keys();
        let is_valid = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        prop_assert!(names.into_iter().all(|name| !name.is_empty() && name.chars().all(is_valid)));
    }

    #[test]
    fn other_formats_take_any_schema(schema in schemas::schema()) {
        for format in [Format::TypeScript, Format::Markdown] {
            let text = render(&schema, format, None);
            prop_assert!(text.ends_with('\n') && !text.contains("\r\n\r\n"), "{:?}: {}", format, text);
        }
    }
}
