//! Schemas and values that were once judged wrongly: the cases of `cases/*.md`.
//!
//! A case has a JSON Schema whose `Root` a value has to be, a block of values, one a line, and the verdicts.
//! They are the checker's, and a validator's.

use docdrift::compare::conform::Contract;
use serde_json::{Value, json};

use crate::case_files::{Case, hold};
use crate::verdict::{Checker, read, validator};

#[test]
fn cases() {
    hold("tests/truth/cases", 8, verdicts);
}

fn verdicts(case: &Case<'_>) -> String {
    let [("json", schema), ("json", values)] = case.blocks[..] else { panic!("{}: two blocks", case.title) };
    let mut standard: Value = serde_json::from_str(schema).unwrap();
    let (schema, _) = read("spec.json", schema.to_owned());
    standard["$ref"] = json!("#/$defs/Root");
    let (checker, validator) = (Checker::new(schema), validator(&standard));
    let verdict = |text: &str| {
        let is_valid = validator.is_valid(&serde_json::from_str(text).unwrap());
        for contract in [Contract::Request, Contract::Response] {
            assert_eq!(checker.accepts("Root", contract, text), is_valid, "{}: {text}", case.title);
        }
        format!("{}: {text}\n", if is_valid { "valid" } else { "not valid" })
    };
    values.lines().map(verdict).collect()
}

/// Strings that a validator refuses and docdrift takes, since services write them and readers know what is meant.
const FREE: [(&str, &str); 9] = [
    // No value.
    ("date-time", ""),
    // No offset, a blank for `T`.
    ("date-time", "2019-01-16T00:48:51"),
    ("date-time", "2019-01-16 00:48:51Z"),
    ("time", "10:00:00"),
    // Any second may be a leap second.
    ("time", "10:00:60Z"),
    ("uuid", "{d6bf25b7-e0a8-4f2d-a31b-97b55cfc774d}"),
    // Fractions of a second.
    ("duration", "PT0.5S"),
    // Not judged at all.
    ("uri-reference", "no such word"),
    ("email", "somebody"),
];

#[test]
fn what_services_write_freely_is_taken() {
    for (format, value) in FREE {
        let root = json!({ "type": "object", "properties": { "x": { "type": "string", "format": format } } });
        let mut document = json!({ "$defs": { "Root": root } });
        let checker = Checker::new(read("spec.json", document.to_string()).0);
        document["$ref"] = json!("#/$defs/Root");
        let value = json!({ "x": value });
        assert!(checker.accepts("Root", Contract::Request, &value.to_string()), "{format}: {value}");
        assert!(!validator(&document).is_valid(&value), "{format}: a validator takes {value} as well");
    }
}
