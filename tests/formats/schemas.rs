//! What each format has to be: published schemas, where they lie next to the repository; our own; for formats that have
//! none, what their readers' manuals and sources say.

#![expect(clippy::print_stdout, reason = "says what was skipped")]

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use docdrift::report::{Format, document_schema};
use jsonschema::Validator;
use serde_json::Value;

use super::case::{self, Case};
use super::{grammar, json};

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

/// Our own schema, of the whole or of one finding.
fn own(part: Option<&str>) -> Validator {
    let mut schema = document_schema();
    if let Some(part) = part {
        for key in ["type", "properties", "required", "title", "description"] {
            schema.as_object_mut().expect("an object").remove(key);
        }
        schema["$ref"] = format!("#/$defs/{part}").into();
    }
    jsonschema::validator_for(&schema).expect("a valid schema")
}

/// The manual's words about GitLab Code Quality.
fn gitlab() -> Validator {
    jsonschema::validator_for(&json(include_str!("gitlab.schema.json"))).expect("a valid schema")
}

/// Holds a case against all schemas that are there.
pub fn assert_all_valid(case: &Case) {
    assert_valid(&own(None), &json(&case.render(Format::Json)));
    let finding = own(Some("Finding"));
    case.render(Format::JsonLines).lines().for_each(|line| assert_valid(&finding, &json(line)));
    assert_valid(&gitlab(), &json(&case.render(Format::Gitlab)));
    grammar::assert_checkstyle(&case.render(Format::Checkstyle));
    case.render(Format::Github).lines().for_each(grammar::assert_annotation);
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
    let mut whole = json(&case::excerpt().render(Format::Json));
    let finding = own(Some("Finding"));
    assert!(finding.is_valid(&whole["findings"][0]));
    whole["findings"][0]["severity"] = "fatal".into();
    assert!(!finding.is_valid(&whole["findings"][0]) && !own(None).is_valid(&whole));
    let mut issues = json(&case::excerpt().render(Format::Gitlab));
    issues[0]["severity"] = "warning".into();
    assert!(!gitlab().is_valid(&issues));
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
