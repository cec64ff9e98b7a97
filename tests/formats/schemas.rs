//! Published schemas, where they lie next to the repository.

#![expect(clippy::print_stdout, reason = "says what was skipped")]

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use docdrift::report::Format;
use jsonschema::Validator;
use serde_json::Value;

use crate::case::{self, Case};
use crate::json;

fn schema(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/schemas").join(name);
    if path.is_file() {
        return Some(path);
    }
    println!("skipped: there is no {}", path.display());
    None
}

fn validator(name: &str) -> Option<Validator> {
    let text = fs::read_to_string(schema(name)?).expect("a schema");
    Some(jsonschema::validator_for(&json(&text)).expect("a valid schema"))
}

fn assert_valid(validator: &Validator, value: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .take(5)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

/// Holds a case against all schemas that are there.
pub fn assert_all_valid(case: &Case) {
    if let Some(sarif) = validator("sarif-2.1.0.json") {
        assert_valid(&sarif, &json(&case.render(Format::Sarif)));
    }
    if let Some(rdf) = validator("rdf-diagnostic.json") {
        case.render(Format::Rdjsonl).lines().for_each(|line| assert_valid(&rdf, &json(line)));
    }
    if let Some(junit) = schema("junit.xsd") {
        assert_junit_valid(&junit, &case.render(Format::Junit));
    }
}

fn assert_junit_valid(schema: &Path, xml: &str) {
    let mut command = Command::new("xmllint");
    command.args(["--noout", "--nonet", "--schema"]).arg(schema).arg("-");
    let process = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut process = match process {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            println!("skipped: there is no xmllint");
            return;
        }
        process => process.expect("xmllint starts"),
    };
    process.stdin.take().expect("a pipe").write_all(xml.as_bytes()).expect("xmllint reads");
    let output = process.wait_with_output().expect("xmllint ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn reports_are_valid() {
    let mut case = case::corpus();
    assert_all_valid(&case);
    case.outcome.keep_worst(7);
    assert_all_valid(&case);
    case.outcome.keep_worst(0);
    assert_all_valid(&case);
}

/// A schema that takes everything would prove nothing.
#[test]
fn schemas_refuse_what_is_wrong() {
    if let Some(sarif) = validator("sarif-2.1.0.json") {
        let mut log = json(&case::excerpt().render(Format::Sarif));
        log["runs"][0]["results"][0]["level"] = "fatal".into();
        assert!(!sarif.is_valid(&log));
    }
    if let Some(rdf) = validator("rdf-diagnostic.json") {
        let text = case::excerpt().render(Format::Rdjsonl);
        let mut line = json(text.lines().next().expect("a line"));
        line["severity"] = "FATAL".into();
        assert!(!rdf.is_valid(&line));
    }
}
