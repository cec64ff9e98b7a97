//! Two schemas in, their changes out: the cases of `cases/*.md`.
//!
//! A case has a block for each schema (`rust`, `json`: canonical without its head, `docs`: the same, read from
//! pages), and a block with the text.

use docdrift::lexicon::Lexicon;
use docdrift::report::Style;
use docdrift::report::schema_diff::{Format, Labelled, View, render, summary};
use docdrift::schema::{Origin, Schema, Shape, SpecFile};
use docdrift::schema_diff::{Differences, Languages, diff};
use docdrift::source::Locale;
use docdrift::spec::{self, canonical};
use serde_json::{Value, json};

use super::case_files::{Case, hold};

#[test]
fn cases() {
    hold("tests/schema_diff/cases", 15, compare);
}

fn compare(case: &Case<'_>) -> String {
    let mut blocks = case.blocks.iter();
    let mut schema = || {
        let (info, source) = blocks.next().unwrap_or_else(|| panic!("{}: two blocks", case.title));
        let (kind, locale) = info.split_once(' ').unwrap_or((info, "en-US"));
        (read(kind, source), Locale::parse(locale).expect("a locale"))
    };
    let ((before, its), (after, theirs)) = (schema(), schema());
    assert_eq!(diff(&before, &before, Languages::default()), Differences::default());
    let lexicon = Lexicon::default();
    let vocabulary = |locale: &Locale| (locale.language() != "en").then(|| lexicon.vocabulary(Some(locale)));
    let languages = Languages { before: vocabulary(&its), after: vocabulary(&theirs) };
    let found = diff(&before, &after, languages);
    let view = View {
        found: &found,
        before: Labelled { label: "before", schema: &before },
        after: Labelled { label: "after", schema: &after },
    };
    render(&view, Format::Text(Style::Plain)) + &summary(&view) + "\n"
}

fn read(kind: &str, source: &str) -> Schema {
    match kind {
        "rust" => spec::rust(vec![SpecFile { path: "a.rs".into(), text: source.into() }]),
        "json" => from_json(source),
        "docs" => documented(from_json(source)),
        other => panic!("no kind of schema: {other}"),
    }
}

fn from_json(source: &str) -> Schema {
    let mut document: Value =
        serde_json::from_str(source).unwrap_or_else(|error| panic!("{error}: {source}"));
    document["format"] = json!(canonical::FORMAT);
    document["version"] = json!(canonical::VERSION);
    canonical::read(document).unwrap_or_else(|error| panic!("{error}: {source}"))
}

/// As if pages said so: a table that marks a property as required marks the others as optional, unless they have an
/// origin already.
fn documented(mut schema: Schema) -> Schema {
    let origin = || Some(Box::new(Origin::default()));
    for def in schema.types.values_mut() {
        def.origin = origin();
        match &mut def.shape {
            Shape::Object(object) => {
                let has_marks = object.properties.iter().any(|one| one.required_in_request);
                for one in &mut object.properties {
                    let says_optional = has_marks && !one.required_in_request;
                    one.origin.get_or_insert_with(|| Box::new(Origin { says_optional, ..Origin::default() }));
                }
            }
            Shape::Enum(set) => set.members.iter_mut().for_each(|one| one.origin = origin()),
            Shape::Alias(_) => {}
        }
    }
    for operation in &mut schema.operations {
        operation.origin = origin();
        operation.parameters.iter_mut().for_each(|one| one.origin = origin());
    }
    schema
}
