//! JSON Schema and `OpenAPI` in, schema out: the cases of `documents/*.md`.
//!
//! A case has blocks with files (`json path`, `yaml path`, `rust path`), and a block with the dump. The first file
//! is the one that was named; a heading that ends in "(folder)" names a folder instead. A number after a path says
//! which of several specs a file belongs to.

use std::fmt::Write;

use docdrift::schema::{Object, Schema, Shape, SpecFile};
use docdrift::spec::{self, Document, Input, Specs};
use docdrift::text::Place;

use crate::case_files::{Case, hold};
use crate::dump::{dump, position};

#[test]
fn cases() {
    hold("tests/spec/documents", 40, run);
}

/// The dump of a case.
fn run(case: &Case<'_>) -> String {
    let Specs { schema, problems } = spec::read(inputs(case));
    assert_places(&schema);
    if problems.is_empty() {
        return dump(&schema);
    }
    let mut out = String::new();
    for problem in &problems {
        let place = problem.place.map_or_else(|| "-".to_owned(), |place| position(&schema, place));
        writeln!(out, "failure {place}: {}", problem.message).unwrap();
    }
    out
}

fn inputs(case: &Case<'_>) -> Vec<Input> {
    let is_folder = case.title.ends_with("(folder)");
    let mut inputs: Vec<Input> = Vec::new();
    for (info, text) in &case.blocks {
        let mut words = info.split(' ').skip(1);
        let path = words.next().expect("a path").to_owned();
        let spec: usize = words.next().map_or(1, |number| number.parse().expect("a number"));
        if inputs.len() < spec {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
            inputs.push(Input { name: path.clone(), folder, is_file: !is_folder, documents: Vec::new() });
        }
        inputs[spec - 1].documents.push(Document::new(SpecFile { path, text: (*text).to_owned() }));
    }
    inputs
}

/// Every type and property of a schema has a place, and it covers its name.
fn assert_places(schema: &Schema) {
    let text = |place: Option<Place>| {
        let place = place.expect("what is read from a file has a place");
        place.span.of(&schema.file(place.file).unwrap().text).to_owned()
    };
    for def in schema.types.values() {
        assert!(!text(def.place).is_empty(), "{}", def.name);
        if let Shape::Object(object) = &def.shape {
            assert_object_places(object, &text);
        }
        if let Shape::Enum(set) = &def.shape {
            set.members.iter().for_each(|member| assert_covers(&text(member.place), &member.value));
        }
    }
    for operation in &schema.operations {
        assert!(operation.path.ends_with(&text(operation.place)), "{}", operation.path);
        operation.parameters.iter().for_each(|one| assert_covers(&text(one.place), &one.name));
    }
}

fn assert_object_places(object: &Object, text: &dyn Fn(Option<Place>) -> String) {
    for property in &object.properties {
        assert_covers(&text(property.place), &property.name);
        if let docdrift::schema::Type::Object(object) = &property.ty {
            assert_object_places(object, text);
        }
    }
}

/// The bytes of a name are the name, unless it was written with escapes.
fn assert_covers(text: &str, name: &str) {
    assert!(text == name || text.contains('\\') || text.contains("''"), "{text} stands for {name}");
}
