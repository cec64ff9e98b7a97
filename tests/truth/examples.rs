//! Every example on real pages that binds to a built-in model, and what becomes of it by damage: the checker, with the
//! models in each language of a spec, a validator with the exported JSON Schema of the contract, and serde.

#![expect(clippy::print_stdout, reason = "says what was compared")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use docdrift::check::compare;
use docdrift::compare::conform::Contract;
use docdrift::export::{Format, render};
use docdrift::extract;
use docdrift::facts::{Direction, Page};
use docdrift::lexicon::Lexicon;
use docdrift::lower::values;
use docdrift::models;
use docdrift::normalize::bodies::Body;
use docdrift::read::{self, Inputs};
use docdrift::schema::{Resolved, Schema};
use docdrift::settings::Settings;
use docdrift::spec;
use docdrift::text::FileId;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::chance::Chance;
use crate::contract::in_contract;
use crate::damage;
use crate::support::shared;
use crate::verdict::{Checker, Complaint, read as read_spec, validator};

/// Why two judges may differ. Each holds for a value on evidence of its own, and for nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    /// docdrift reports a key that an open type does not list, and nothing else. The message is valid.
    UnlistedKey,
    /// A validator refuses a format that docdrift takes more freely (see `what_services_write_freely_is_taken`), and
    /// nothing else.
    FreeFormat,
    /// docdrift refuses a format, and nothing else; the models hold strings in a format as any string.
    FormatForSerde,
}

/// An example as the checker saw it.
struct Bound {
    /// The name of its type.
    name: String,
    contract: Contract,
    text: String,
    /// Its value, or why it has none that others could judge.
    value: Result<Value, &'static str>,
    complaints: Vec<Complaint>,
}

/// What was judged, and how.
#[derive(Debug, Default)]
struct Tally {
    /// Examples bound to a type.
    examples: u32,
    /// Those that have no value which others could judge.
    without_value: BTreeMap<&'static str, u32>,
    /// Values that all call valid, and that none does.
    valid: u32,
    invalid: u32,
    /// Values on which judges differ.
    explained: BTreeMap<Why, u32>,
}

/// All who judge but serde.
struct Judges {
    models: Schema,
    /// By the built-in models and by the same API in other languages.
    checkers: Vec<Checker>,
}

impl Judges {
    fn new() -> Self {
        let models = spec::models();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec/cart");
        let said = |name: &str| {
            let (schema, notes) = read_spec(name, fs::read_to_string(folder.join(name)).unwrap());
            assert_eq!(notes, Vec::<String>::new(), "{name}");
            schema
        };
        let all = [models.clone(), said("openapi.yaml"), said("schema.json")];
        Self { models, checkers: all.into_iter().map(Checker::new).collect() }
    }

    /// A validator of what one contract wants of a type, formats included or not.
    fn validators(&self, name: &str, contract: Contract) -> [jsonschema::Validator; 2] {
        let schema = in_contract(self.models.clone(), contract);
        let mut document: Value =
            serde_json::from_str(&render(&schema, Format::JsonSchema, Some(name))).unwrap();
        let strict = validator(&document);
        forget_formats(&mut document);
        [strict, validator(&document)]
    }
}

fn forget_formats(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|key, value| key != "format" || !value.is_string());
            object.values_mut().for_each(forget_formats);
        }
        Value::Array(list) => list.iter_mut().for_each(forget_formats),
        _ => {}
    }
}

/// Whether serde reads a value as the model of that name.
fn serde_reads(name: &str, value: &Value) -> bool {
    fn reads<T: DeserializeOwned>(value: &Value) -> bool {
        T::deserialize(value).is_ok()
    }
    match name {
        "Cart" => reads::<models::Cart>(value),
        "CartLineItem" => reads::<models::CartLineItem>(value),
        "CartCheckoutResult" => reads::<models::CartCheckoutResult>(value),
        "CartError" => reads::<models::CartError>(value),
        "Order" => reads::<models::Order>(value),
        "OrderLineItem" => reads::<models::OrderLineItem>(value),
        "OrderError" => reads::<models::OrderError>(value),
        "RenewsTo" => reads::<models::RenewsTo>(value),
        "Link" => reads::<models::Link>(value),
        "ResourceLinks" => reads::<models::ResourceLinks>(value),
        "OrderLinks" => reads::<models::OrderLinks>(value),
        "OrderLineItemLinks" => reads::<models::OrderLineItemLinks>(value),
        "ResourceAttributes" => reads::<models::ResourceAttributes>(value),
        _ => panic!("an example is bound to `{name}`, which this test does not know"),
    }
}

/// The examples of pages that the checker binds to the models.
fn bound(paths: Vec<PathBuf>, models: &Schema) -> Vec<Bound> {
    let lexicon = Lexicon::default();
    let sources = read::read(&Inputs { paths, ..Inputs::default() }).pages;
    let pages: Vec<Page> = sources
        .into_iter()
        .zip(0..)
        .map(|(source, at)| extract::page(FileId(at), source, &lexicon))
        .collect();
    let by_page = compare(&pages, Some(models), &lexicon, &Settings::default(), |context| {
        let of_example = |comparison: &docdrift::comparison::ExampleComparison<'_>| {
            let Resolved::Def(def) = comparison.ty else { panic!("{}: no named type", comparison.name) };
            let example = &context.page.facts.examples[comparison.example as usize];
            let contract = match example.direction {
                Direction::Request => Contract::Request,
                Direction::Response | Direction::Unknown => Contract::Response,
            };
            let body = Body::of(context.page, example).expect("its body was read");
            let complaints = comparison.mismatches.iter().map(Complaint::of).collect();
            let value = values::value(&body);
            Bound { name: def.name.clone(), contract, text: body.text().to_owned(), value, complaints }
        };
        context.comparison.examples.iter().map(of_example).collect::<Vec<_>>()
    });
    by_page.into_iter().flatten().collect()
}

/// Judges the examples of pages, and each again after every kind of damage.
fn judge(paths: Vec<PathBuf>) -> Tally {
    let judges = Judges::new();
    let mut tally = Tally::default();
    let mut validators = BTreeMap::new();
    for (at, example) in bound(paths, &judges.models).into_iter().enumerate() {
        tally.examples += 1;
        let Bound { name, contract, complaints, text, value } = example;
        let value = match value {
            Ok(value) => value,
            Err(why) => {
                *tally.without_value.entry(why).or_default() += 1;
                continue;
            }
        };
        let open = judges.checkers[0].complaints(&name, contract, &text);
        if complaints.is_empty() != open.is_empty() {
            let are_keys = complaints.iter().all(|complaint| *complaint == Complaint::Key);
            assert!(are_keys && open.is_empty(), "{name}: {complaints:?}, {open:?}: {text}");
            *tally.explained.entry(Why::UnlistedKey).or_default() += 1;
        }
        let validators =
            validators.entry((name.clone(), contract)).or_insert_with(|| judges.validators(&name, contract));
        let mut values = vec![value.clone()];
        for kind in damage::ALL {
            let mut damaged = value.clone();
            if kind.befall(&mut damaged, &mut Chance::new(at)) {
                values.push(damaged);
            }
        }
        for value in values {
            let text = value.to_string();
            let ours = judges.checkers[0].complaints(&name, contract, &text);
            for checker in &judges.checkers[1..] {
                assert_eq!(
                    checker.complaints(&name, contract, &text),
                    ours,
                    "every language of a spec: {text}"
                );
            }
            let is_valid = ours.is_empty();
            let [strict, formatless] = validators.each_ref().map(|validator| validator.is_valid(&value));
            let by_serde = serde_reads(&name, &value);
            let mut differ = Vec::new();
            if strict != is_valid {
                assert!(is_valid && formatless, "{name}: a validator says {strict}: {text}");
                differ.push(Why::FreeFormat);
            }
            if by_serde != is_valid {
                let is_format = ours.iter().all(|complaint| *complaint == Complaint::Format);
                assert!(by_serde && is_format, "{name}: serde says {by_serde}, {ours:?}: {text}");
                differ.push(Why::FormatForSerde);
            }
            match is_valid {
                _ if !differ.is_empty() => {}
                true => tally.valid += 1,
                false => tally.invalid += 1,
            }
            for why in differ {
                *tally.explained.entry(why).or_default() += 1;
            }
        }
    }
    tally
}

#[test]
fn all_judge_examples_alike() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let tally = judge(vec![folder]);
    println!("examples of corpus/: {tally:?}");
    assert!(tally.examples >= 10 && tally.valid >= 10 && tally.invalid >= 50, "{tally:?}");
    assert!(tally.explained.values().sum::<u32>() <= tally.valid + tally.invalid, "{tally:?}");
}

#[test]
fn all_judge_examples_of_other_pages_alike() {
    // Each example of the first leaves something out, which only the checker can judge.
    for (name, least) in [("seeds", 0), ("corpus", 100)] {
        let Some(folder) = shared(name) else { return };
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let tally = judge(paths);
        println!("examples of {name}: {tally:?}");
        assert!(tally.examples >= 4 && tally.valid >= least && tally.invalid >= least, "{tally:?}");
        assert!(tally.explained.values().sum::<u32>() <= tally.valid + tally.invalid, "{tally:?}");
    }
}
