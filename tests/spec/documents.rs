//! JSON Schema and `OpenAPI` in, schema out: the cases of `documents/*.md`.
//!
//! A case is a heading, blocks with files (`json path`, `yaml path`, `rust path`), and a block with the dump.
//! The first file is the one that was named; a heading that ends in "(folder)" names a folder instead. A number
//! after a path says which of several specs a file belongs to. With `UPDATE_CASES=1` the dumps are written anew.

use std::fmt::Write;
use std::path::Path;

use docdrift::schema::{Object, Schema, Shape, SpecFile};
use docdrift::spec::{self, Document, Input, Specs};
use docdrift::text::Place;

use crate::dump::{dump, position};

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec/documents");
    let mut failures = String::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let (introduction, cases) = text.split_once("\n## ").expect("a case");
        let mut updated = introduction.to_owned();
        for case in cases.split("\n## ") {
            let (before, after) = case.split_once("```text\n").expect("a block with the dump");
            let (expected, end) = after.split_at(after.find("```").expect("its end"));
            let found = run(before);
            if found != expected {
                let title = before.lines().next().unwrap_or_default();
                writeln!(failures, "{}: {title}\n{found}", path.display()).unwrap();
            }
            count += 1;
            write!(updated, "\n## {before}```text\n{found}{end}").unwrap();
        }
        if std::env::var_os("UPDATE_CASES").is_some() {
            std::fs::write(&path, updated).unwrap();
        }
    }
    assert!(count > 40, "the cases are found");
    assert!(failures.is_empty(), "{failures}");
}

/// The dump of a case.
fn run(case: &str) -> String {
    let is_folder = case.lines().next().is_some_and(|title| title.ends_with("(folder)"));
    let Specs { schema, problems } = spec::read(inputs(case, is_folder));
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

fn inputs(case: &str, is_folder: bool) -> Vec<Input> {
    let mut inputs: Vec<Input> = Vec::new();
    for block in case.split("\n```").skip(1).step_by(2) {
        let (info, text) = block.split_once('\n').unwrap_or((block, ""));
        let mut words = info.split(' ').skip(1);
        let path = words.next().expect("a path").to_owned();
        let spec: usize = words.next().map_or(1, |number| number.parse().expect("a number"));
        if inputs.len() < spec {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
            inputs.push(Input { name: path.clone(), folder, is_file: !is_folder, documents: Vec::new() });
        }
        let text = format!("{text}\n");
        inputs[spec - 1].documents.push(Document::new(SpecFile { path, text }));
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
