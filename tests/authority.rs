//! One API, said in Rust, in `OpenAPI` and in JSON Schema: whichever vouches, the findings are the same.

#![cfg(feature = "cli")]

#[path = "support/shared.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use support::shared;

/// The names of generic types where a language has none for them.
const NAMES: [(&str, &str); 2] =
    [("Participant", "KeyValuePair<ParticipantType, string>"), ("Header", "KeyValuePair<string, string>")];

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn spec(name: &str) -> String {
    repository().join("tests/spec/cart").join(name).to_string_lossy().into_owned()
}

/// The findings on a folder by these specs.
fn findings(folder: &Path, specs: &[&str]) -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args(["check", "--no-config", "--format", "json"])
        .args(specs.iter().flat_map(|spec| ["--spec", spec]))
        .arg(".")
        .current_dir(folder)
        .output()
        .expect("the program starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{specs:?}: {stderr}");
    assert!(!stderr.contains("note:"), "all of {specs:?} can be expressed: {stderr}");
    let mut report: Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    let Value::Array(findings) = report["findings"].take() else { panic!("a list") };
    findings
}

/// What a finding says, without the places in the spec; the fix included.
fn said(finding: &Value) -> String {
    let related = finding["related"].as_array().expect("a list");
    let in_pages: Vec<&Value> = related.iter().filter(|related| !is_in_spec(related)).collect();
    let keys = ["path", "start", "end", "rule", "severity", "basis", "cause", "subject", "found", "expected"];
    let mut said: Vec<&Value> = keys.iter().map(|key| &finding[*key]).collect();
    said.extend([&finding["message"], &finding["fix"], &finding["fingerprint"]]);
    let mut said = json!([said, in_pages]).to_string();
    for (here, there) in NAMES {
        said = said.replace(&format!("array of {there}"), &format!("array of {here}"));
    }
    said
}

fn is_in_spec(related: &Value) -> bool {
    let path = related["path"].as_str().expect("a path");
    !Path::new(path).extension().is_some_and(|extension| extension == "md" || extension == "html")
}

/// Whether a type says what is wrong in a table, rather than an operation. What a list leaves out is wrong by either.
fn is_by_type(finding: &Value) -> bool {
    let kinds = ["name", "type", "required", "value"];
    finding["basis"] == "model"
        && finding["rule"] != "undocumented-property"
        && kinds.iter().any(|kind| finding["subject"]["kind"] == *kind)
}

/// The first difference tells most.
fn assert_same(name: &str, ours: &[Value], theirs: &[Value]) {
    let lines = |findings: &[Value]| -> Vec<String> { findings.iter().map(said).collect() };
    let (ours, theirs) = (lines(ours), lines(theirs));
    let differ = ours.iter().zip(&theirs).find(|(ours, theirs)| ours != theirs);
    assert_eq!(differ, None, "{name}");
    assert_eq!(ours.len(), theirs.len(), "{name}");
}

/// Every place in the spec is where the spec says what the finding is about.
fn assert_labels(folder: &Path, findings: &[Value]) {
    let mut count = 0;
    for finding in findings {
        for related in
            finding["related"].as_array().expect("a list").iter().filter(|related| is_in_spec(related))
        {
            let path = folder.join(related["path"].as_str().expect("a path"));
            let text = fs::read_to_string(&path).expect("the spec");
            let byte = |end: &str| {
                usize::try_from(related[end]["byte"].as_u64().expect("a byte")).expect("an index")
            };
            let quoted = &text[byte("start")..byte("end")];
            let subject = finding["subject"]["path"].as_str().unwrap_or_default();
            let message = related["message"].as_str().unwrap_or_default();
            let quoted = quoted.to_lowercase();
            let is_there = [subject, message].iter().any(|said| said.to_lowercase().contains(&quoted));
            assert!(is_there || quoted.starts_with('/'), "{subject}: {message} at `{quoted}`");
            count += 1;
        }
    }
    assert!(count > 10, "only {count} findings point into the spec");
}

fn compare(folder: &Path) {
    let models = findings(folder, &["models"]);
    assert!(models.iter().any(|finding| finding["basis"] == "model"));
    let [openapi, schema, operations] = ["openapi.yaml", "schema.json", "operations.yaml"].map(spec);

    let by_openapi = findings(folder, &[&openapi]);
    assert_same("OpenAPI", &by_openapi, &models);
    assert_labels(folder, &by_openapi);

    let by_reference = findings(folder, &[&operations]);
    assert_same("OpenAPI that refers to JSON Schema", &by_reference, &models);
    assert_labels(folder, &by_reference);
    assert_same("both", &findings(folder, &[&schema, &operations]), &models);
    assert_same("all of them", &findings(folder, &["models", &operations]), &models);

    // Types alone do not say which example is which request's, so fewer examples bear witness.
    let tables = |findings: Vec<Value>| -> Vec<Value> {
        let mut tables: Vec<Value> = findings.into_iter().filter(is_by_type).collect();
        for table in &mut tables {
            (table["message"], table["related"]) = (Value::Null, json!([]));
        }
        tables
    };
    assert_same("JSON Schema", &tables(findings(folder, &[&schema])), &tables(models));
}

#[test]
fn every_language_of_a_spec_gives_the_same_findings() {
    compare(&repository().join("corpus"));
}

#[test]
fn every_language_of_a_spec_gives_the_same_findings_on_real_pages() {
    let Some(folder) = shared("corpus") else { return };
    let folder: PathBuf = folder.join("partner-center/en-us");
    compare(&folder);
}
