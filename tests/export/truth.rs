//! An exported JSON Schema says what the schema says: messages that either contract allows are valid, and
//! what both forbid is not.

use std::collections::HashSet;

use docdrift::compare::conform::Contract;
use docdrift::export::{Format, render};
use docdrift::schema::{Additional, Property, Schema, Shape};
use docdrift::spec;
use proptest::prelude::*;
use serde_json::json;

use super::author::{Author, has_circular_alias};
use super::chance::Chance;
use super::schemas;

/// A validator of one type.
fn validator(schema: &Schema, name: &str) -> jsonschema::Validator {
    let document = serde_json::from_str(&render(schema, Format::JsonSchema, Some(name))).expect("JSON");
    jsonschema::validator_for(&document).expect("a JSON Schema")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_contract_allows_is_valid(schema in schemas::schema(), seed in 0_usize..1 << 40) {
        // The resolver would not end.
        prop_assume!(!has_circular_alias(&schema));
        for name in schema.types.keys() {
            let validator = validator(&schema, name);
            for contract in [Contract::Request, Contract::Response] {
                let mut author = Author { schema: &schema, contract, chance: Chance::new(seed) };
                if let Some(message) = author.named(name, 0) {
                    let errors: Vec<String> =
                        validator.iter_errors(&message).map(|error| error.to_string()).collect();
                    prop_assert_eq!(errors, Vec::<String>::new(), "{} as {:?}: {}", name, contract, message);
                }
            }
        }
    }

    #[test]
    fn what_both_contracts_forbid_is_not_valid(schema in schemas::schema(), seed in 0_usize..1 << 40) {
        prop_assume!(!has_circular_alias(&schema));
        for (name, def) in &schema.types {
            let Shape::Object(object) = &def.shape else { continue };
            let validator = validator(&schema, name);
            let mut author = Author { schema: &schema, contract: Contract::Response, chance: Chance::new(seed) };
            let Some(message) = author.object(object, 0) else { continue };
            if object.additional == Additional::Denied {
                let mut message = message.clone();
                message["a key of nobody"] = json!(1);
                prop_assert!(!validator.is_valid(&message), "{}: {}", name, message);
            }
            let mut seen = HashSet::new();
            for property in object.properties.iter().filter(|property| seen.insert(&property.name)) {
                let Property { required_in_request, required_in_response, request_name, aliases, .. } = property;
                let has_one_name = aliases.is_empty() && request_name.is_none();
                if *required_in_request && *required_in_response && has_one_name {
                    let mut message = message.clone();
                    message.as_object_mut().unwrap().remove(&property.name);
                    prop_assert!(!validator.is_valid(&message), "{}: {}", name, message);
                }
            }
        }
    }
}

#[test]
fn the_models_validate_the_least_cart() {
    let validator = validator(&spec::models(), "Cart");
    let mut cart =
        json!({ "lineItems": [{ "catalogItemId": "A:1:B", "quantity": 1, "billingCycle": "none" }] });
    assert!(validator.is_valid(&cart));
    cart["lineItems"][0]["quantity"] = json!("1");
    assert!(!validator.is_valid(&cart));
}
