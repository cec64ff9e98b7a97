//! What JSON Schema says and the canonical schema cannot express only ever forbids more: whatever a validator
//! accepts has no finding, and what is not compared is told.

#![expect(clippy::print_stdout, reason = "says what was compared")]

use std::cell::Cell;

use docdrift::compare::conform::Contract;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::damage;
use crate::forms::{Document, Language, document};
use crate::verdict::{Checker, read, validator};

/// Keywords that forbid something, whatever they stand beside.
fn limits() -> Vec<(&'static str, Value)> {
    vec![
        ("minLength", json!(1)),
        ("maxLength", json!(6)),
        ("pattern", json!("^[a-z]")),
        ("minimum", json!(0)),
        ("exclusiveMaximum", json!(100)),
        ("multipleOf", json!(0.5)),
        ("minItems", json!(1)),
        ("maxItems", json!(3)),
        ("uniqueItems", json!(true)),
        ("contains", json!({ "type": "integer" })),
        ("minProperties", json!(1)),
        ("maxProperties", json!(2)),
        ("propertyNames", json!({ "maxLength": 5 })),
        ("patternProperties", json!({ "^i": { "type": "string" }, "^l": { "type": "array" } })),
        ("dependentRequired", json!({ "id": ["größe"] })),
        ("if", json!({ "required": ["id"] })),
        ("then", json!({ "required": ["größe"] })),
        ("not", json!({ "required": ["id"] })),
        ("allOf", json!([{ "maxLength": 9 }, { "minimum": -5 }])),
        ("anyOf", json!([{ "required": ["id"] }, { "required": ["größe"] }])),
        ("oneOf", json!([{ "minLength": 1 }, { "maxLength": 4 }])),
    ]
}

/// Adds limits to schemas here and there; how many.
fn limit(schema: &mut Value, chance: &mut Chance) -> u32 {
    let mut count = 0;
    let Some(keywords) = schema.as_object_mut() else { return 0 };
    for (key, value) in &mut *keywords {
        count += match key.as_str() {
            "$defs" | "properties" => {
                value.as_object_mut().into_iter().flatten().map(|(_, inner)| limit(inner, chance)).sum()
            }
            "items" | "additionalProperties" => limit(value, chance),
            "prefixItems" | "allOf" | "anyOf" | "oneOf" => {
                value.as_array_mut().into_iter().flatten().map(|inner| limit(inner, chance)).sum::<u32>()
            }
            _ => 0,
        };
    }
    let limits = limits();
    let (key, value) = &limits[chance.below(limits.len()).unwrap_or(0)];
    let has = |key: &str| keywords.contains_key(key);
    let means_more = match *key {
        // It is taken for an object, which is what is meant.
        "patternProperties" => keywords.get("type").is_none_or(|ty| ty != "object"),
        // Objects that are alternatives beside it are merged: a name is taken to mean the same in all of them.
        "allOf" => has("oneOf") || has("anyOf"),
        _ => false,
    };
    let is_free = !has("$defs") && !has(key) && !means_more;
    if is_free && chance.below(4) == Some(0) {
        keywords.insert((*key).to_owned(), value.clone());
        count += 1;
    }
    count
}

/// The same document with limits.
fn limited(document: &Document, chance: &mut Chance) -> (Value, u32) {
    let mut written = document.written(Language::JsonSchema);
    let count = limit(&mut written, chance);
    (written, count)
}

#[test]
fn what_a_validator_accepts_has_no_finding() {
    let (accepted, refused, limits) = (Cell::new(0_u32), Cell::new(0_u32), Cell::new(0_u32));
    let config =
        Config { cases: 320, max_shrink_iters: 5_000, failure_persistence: None, ..Config::default() };
    let result = TestRunner::new(config).run(&(document(), 0_usize..1 << 40), |(document, seed)| {
        let mut chance = Chance::new(seed);
        let (mut written, count) = limited(&document, &mut chance);
        let (schema, said) = read("spec.json", written.to_string());
        prop_assert!(count == 0 || !said.is_empty(), "nothing is said: {}", written);
        let checker = Checker::new(schema);
        written["$ref"] = json!("#/$defs/Root");
        let validator = validator(&written);
        for _ in 0..8 {
            let Some(mut value) = document.value(&mut chance) else { continue };
            if chance.below(2) == Some(0) {
                let kind = damage::ALL[chance.below(damage::ALL.len()).unwrap_or(0)];
                kind.befall(&mut value, &mut chance);
            }
            if !validator.is_valid(&value) {
                refused.set(refused.get() + 1);
                continue;
            }
            let text = value.to_string();
            prop_assert!(checker.accepts("Root", Contract::Request, &text), "{}\n{}", text, written);
            accepted.set(accepted.get() + 1);
        }
        limits.set(limits.get() + count);
        Ok(())
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(reason, _)) => panic!("{reason}"),
        Err(error) => panic!("{error}"),
    }
    let (accepted, refused, limits) = (accepted.get(), refused.get(), limits.get());
    println!(
        "{limits} limits that are not compared: of {accepted} values that a validator accepts none has a finding; it refuses {refused}"
    );
    assert!(
        accepted >= 300 && refused >= 300 && limits >= 300,
        "{accepted} accepted, {refused} refused, {limits} limits"
    );
}
