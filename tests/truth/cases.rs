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
    let (schema, _) = read(schema.to_owned());
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
