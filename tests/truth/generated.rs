//! Generated schemas and values: the checker, which reads the schema as a spec, against a validator.

#![expect(clippy::print_stdout, reason = "says what was compared")]

use std::cell::RefCell;
use std::collections::BTreeMap;

use docdrift::compare::conform::Contract;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestError, TestRunner};
use serde_json::Value;

use crate::chance::Chance;
use crate::damage;
use crate::forms::{Document, Language, document};
use crate::verdict::{Checker, read, validator};

/// Values of one schema: as many are valid at first, and as many were damaged.
const VALUES: usize = 4;

/// How many verdicts were the same.
#[derive(Debug, Default)]
struct Tally {
    valid: u32,
    invalid: u32,
}

/// The checker by a document, all of which can be expressed.
fn checker(document: &Document, language: Language) -> Result<Checker, TestCaseError> {
    let text = document.written(language).to_string();
    let (schema, said) = read("spec.json", text);
    prop_assert_eq!(said, Vec::<String>::new(), "{}", schema.files[0].text);
    Ok(Checker::new(schema))
}

#[test]
fn the_checker_and_a_validator_agree() {
    let tallies: RefCell<BTreeMap<String, Tally>> = RefCell::default();
    let mut runner = TestRunner::new(Config {
        cases: 640,
        max_shrink_iters: 1_000,
        failure_persistence: None,
        ..Config::default()
    });
    let languages = [Language::JsonSchema, Language::OpenApi30, Language::OpenApi31];
    let result = runner.run(&(document(), 0_usize..1 << 40), |(document, seed)| {
        let validator = validator(&document.standard());
        let mut chance = Chance::new(seed);
        let mut values: Vec<(String, Value)> = Vec::new();
        for _ in 0..VALUES {
            let Some(mut value) = document.value(&mut chance) else { continue };
            values.push(("valid".to_owned(), value.clone()));
            let kind = damage::ALL[chance.below(damage::ALL.len()).unwrap_or(0)];
            if kind.befall(&mut value, &mut chance) {
                values.push((format!("{kind:?}").to_lowercase(), value));
            }
        }
        for language in languages {
            let checker = checker(&document, language)?;
            for (kind, value) in &values {
                let theirs = validator.is_valid(value);
                let text = value.to_string();
                for contract in [Contract::Request, Contract::Response] {
                    let ours = checker.accepts("Root", contract, &text);
                    prop_assert_eq!(ours, theirs, "{:?} {}\n{}", language, text, document.written(language));
                }
                let mut tallies = tallies.borrow_mut();
                let tally = tallies.entry(kind.clone()).or_default();
                *if theirs { &mut tally.valid } else { &mut tally.invalid } += 1;
            }
        }
        Ok(())
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(reason, _)) => panic!("{reason}"),
        Err(error) => panic!("{error}"),
    }
    let tallies = tallies.into_inner();
    println!("values that the checker and a validator judge alike: {tallies:?}");
    for kind in damage::ALL {
        let tally = &tallies[&format!("{kind:?}").to_lowercase()];
        assert!(tally.invalid >= 50, "{kind:?}: both refuse {}", tally.invalid);
    }
    assert_eq!(tallies["valid"].invalid, 0);
    let all = |count: fn(&Tally) -> u32| tallies.values().map(count).sum::<u32>();
    let (valid, invalid) = (all(|tally| tally.valid), all(|tally| tally.invalid));
    assert!(valid >= 2_000 && invalid >= 1_000, "{valid} valid, {invalid} not");
}
