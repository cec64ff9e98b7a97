//! One schema with all there is in every format, and the built-in models in some.

use docdrift::export::{Format, pick, render};
use docdrift::schema::Schema;
use docdrift::spec::{self, canonical};

fn everything() -> Schema {
    let document = serde_json::from_str(include_str!("everything.json")).unwrap();
    canonical::read(document).unwrap()
}

#[test]
fn json_schema() {
    insta::assert_snapshot!("json_schema", render(&everything(), Format::JsonSchema, None));
}

#[test]
fn openapi() {
    insta::assert_snapshot!("openapi", render(&everything(), Format::OpenApi, None));
}

#[test]
fn typescript() {
    insta::assert_snapshot!("typescript", render(&everything(), Format::TypeScript, None));
}

#[test]
fn markdown() {
    insta::assert_snapshot!("markdown", render(&everything(), Format::Markdown, None));
}

#[test]
fn canonical_json() {
    let text = render(&everything(), Format::Canonical, None);
    insta::assert_snapshot!("canonical", text);
    // Written by hand it says the same.
    let written: serde_json::Value = serde_json::from_str(include_str!("everything.json")).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), written);
}

#[test]
fn some_types_come_with_what_they_refer_to() {
    let models = spec::models();
    let names = |schema: &Schema| schema.types.keys().cloned().collect::<Vec<_>>();
    let renews = pick(&models, &["RenewsTo"]);
    assert_eq!(names(&renews), ["RenewsTo"]);
    assert_eq!(renews.operations, []);
    let result = pick(&models, &["CartCheckoutResult"]);
    assert_eq!(
        result.operations.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(),
        ["check out a cart"]
    );
    assert!(names(&result).contains(&"OrderLineItem".to_owned()));
    assert!(!names(&result).contains(&"Cart".to_owned()));
}

#[test]
fn a_type_alone_is_what_documents_are() {
    let text = render(&pick(&spec::models(), &["RenewsTo"]), Format::JsonSchema, Some("RenewsTo"));
    insta::assert_snapshot!(text, @r##"
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "x-docdrift-version": 1,
      "title": "RenewsTo",
      "$ref": "#/$defs/RenewsTo",
      "$defs": {
        "RenewsTo": {
          "description": "What a subscription becomes when its term ends.",
          "type": "object",
          "properties": {
            "termDuration": {
              "description": "How long the renewed term runs.",
              "type": ["string", "null"],
              "format": "duration"
            }
          }
        }
      }
    }
    "##);
    let document = serde_json::from_str(&text).unwrap();
    let again = render(&spec::json_schema(&document), Format::JsonSchema, Some("RenewsTo"));
    assert_eq!(again, text);
}
