//! JSON Schema in the spellings that others than schemars use.

use docdrift::schema::Schema;
use docdrift::spec;
use serde_json::{Value, json};

use crate::dump::dump;

fn lowered(document: &Value) -> String {
    dump(&spec::json_schema(document))
}

#[test]
fn definitions_of_every_draft_and_a_root() {
    let text = lowered(&json!({
        "title": "Cart",
        "type": "object",
        "required": ["items", "id"],
        "properties": {
            "id": { "type": "string", "format": "uuid", "readOnly": true },
            "items": { "type": "array", "items": { "$ref": "#/$defs/Item" } },
            "secret": { "type": ["string", "null"], "writeOnly": true },
            "parent": { "anyOf": [{ "$ref": "#" }, { "type": "null" }] },
            "old": { "$ref": "#/definitions/Old%20one" },
            "later": { "$ref": "#/components/schemas/Later" }
        },
        "additionalProperties": false,
        "$defs": { "Item": { "type": "object", "additionalProperties": { "type": "integer" } } },
        "definitions": { "Old one": { "enum": ["a", "b"], "x-enum-varnames": ["A", "B"] } },
        "components": { "schemas": { "Later": { "type": "string", "nullable": true } } }
    }));
    insta::assert_snapshot!(text, @r"
    object Cart closed
      id: uuid required-in-response read-only
      items: Item[] required
      secret: string? write-only
      parent: Cart?
      old: Old one
      later: Later
    object Item more integer
    type Later = string | null
    enum Old one
      a <- A
      b <- B
    ");
}

#[test]
fn what_is_included_is_merged() {
    let text = lowered(&json!({
        "$defs": {
            "Base": { "properties": { "id": { "type": "integer" }, "note": {} }, "required": ["id"] },
            "Part": { "allOf": [{ "$ref": "#/$defs/Base" }, { "properties": { "x": { "const": "y" } }, "required": ["x", "note"] }] },
            "Choice": { "properties": { "a": { "type": "boolean" } }, "oneOf": [
                { "properties": { "b": { "type": "string" } }, "required": ["b"] },
                { "properties": { "b": { "type": "number" }, "c": { "enum": [1, 2, null] } }, "required": ["b", "c"] }
            ] },
            "Pair": { "type": "array", "prefixItems": [{ "type": "string" }, true] },
            "Same": { "allOf": [{ "$ref": "#/$defs/Base" }] },
            "Never": false,
            "Words": { "oneOf": [{ "const": "a", "description": "First." }, { "enum": ["b", "c"] }] }
        }
    }));
    insta::assert_snapshot!(text, @r#"
    object Base
      id: integer required
      note: any
    object Choice
      a: boolean
      b: string | number required
      c: integer?
    type Never = never
    type Pair = any[]
    object Part
      id: integer required
      note: any required
      x: "y" required
    type Same = Base
    enum Words
      a <- a
      b <- b
      c <- c
    note -: of the values of `enum` that are not strings only the type is compared
    note -: `prefixItems` is not compared
    "#);
}

#[test]
fn what_cannot_be_followed_is_said() {
    let mut document = json!({ "$defs": {
        "A": { "$ref": "other.json#/B" },
        "B": { "properties": { "x": { "$ref": "#/$defs/Missing" }, "y": { "type": "decimal" } } },
        "C": { "allOf": [{ "$ref": "#/$defs/C" }, { "$ref": "#/$defs/C" }] }
    } });
    let mut deep = json!({ "type": "string" });
    for _ in 0..100 {
        deep = json!({ "items": deep });
    }
    document["$defs"]["D"] = deep;
    let schema: Schema = spec::json_schema(&document);
    let mut messages: Vec<_> = schema.notes.into_iter().map(|note| note.message).collect();
    messages.sort();
    insta::assert_debug_snapshot!(messages, @r#"
    [
        "reference `#/$defs/Missing` leads to nothing",
        "reference `other.json#/B` leads to no file that can be read: other.json",
        "schemas are nested too deep to read; the rest is taken for anything",
        "this schema includes itself",
        "unknown type `decimal`",
    ]
    "#);
}
