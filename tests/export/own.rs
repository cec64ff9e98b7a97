//! docdrift's own formats keep to the schemas that it prints of them, and its Markdown to its own rules.

use std::fs;
use std::path::Path;
use std::process::Command;

use docdrift::check::check;
use docdrift::export::{Format, render};
use docdrift::extract;
use docdrift::lexicon::Lexicon;
use docdrift::settings::Settings;
use docdrift::source::{Encoding, Source};
use docdrift::spec;
use docdrift::text::FileId;
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What the program prints in the folder of the repository.
fn docdrift(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args(arguments)
        .current_dir(root())
        .output()
        .expect("the program starts");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn validator(source: &str) -> jsonschema::Validator {
    let schema = docdrift(&["schema", "export", "--from", source]);
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    assert!(jsonschema::meta::is_valid(&schema), "{source}");
    jsonschema::validator_for(&schema).expect("a JSON Schema")
}

fn assert_valid(validator: &jsonschema::Validator, document: &Value) {
    let errors: Vec<String> = validator.iter_errors(document).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn reports_are_what_findings_says() {
    let validator = validator("findings");
    let mut report: Value = serde_json::from_str(&docdrift(&["check", "--format", "json"])).expect("JSON");
    assert!(report["findings"].as_array().is_some_and(|list| list.len() > 10));
    assert_valid(&validator, &report);
    report["findings"][0]["severity"] = Value::from("fatal");
    assert!(!validator.is_valid(&report));
}

#[test]
fn configurations_are_what_config_says() {
    let validator = validator("config");
    let file = fs::read_to_string(root().join("docdrift.toml")).expect("a configuration");
    let manual = fs::read_to_string(root().join("docs/src/configuration.md")).expect("a manual");
    let example = manual.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next());
    for text in [file.as_str(), example.expect("the manual shows a configuration")] {
        let toml: toml::Value = toml::from_str(text).expect("TOML");
        let mut document = serde_json::to_value(toml).expect("JSON");
        assert_valid(&validator, &document);
        document["rules"]["no-such-rule"] = Value::from("off");
        assert!(!validator.is_valid(&document));
    }
}

#[test]
fn markdown_of_the_models_has_no_drift() {
    let models = spec::models();
    let source = Source {
        path: "models.md".to_owned(),
        page: "models.md".to_owned(),
        locale: None,
        text: render(&models, Format::Markdown, None),
        encoding: Encoding::Utf8,
    };
    let lexicon = Lexicon::default();
    let pages = [extract::page(FileId(0), source, &lexicon)];
    let outcome = check(&pages, Some(&models), &lexicon, &Settings::default());
    assert_eq!(outcome.findings, []);
    assert_eq!(outcome.coverage.tables, outcome.coverage.tables_recognized);
    assert!(outcome.coverage.tables > 25);
}

/// Formats that hold a schema whole come back from a file as they were, whatever they were made of.
#[test]
fn exports_come_back_from_a_file_as_they_were() {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("comes-back.json");
    let pages: [(&str, &[&str]); 3] =
        [("docs", &["corpus"]), ("docs:en-US", &["corpus"]), ("docs:zh-TW", &["corpus"])];
    let others = ["models", "tests/export/everything.json", "tests/spec/cart/openapi.yaml"];
    let sources = pages.into_iter().chain(others.into_iter().map(|source| (source, [].as_slice())));
    for (source, pages) in sources {
        for format in ["json-schema", "openapi", "canonical"] {
            let export = |source: &str, pages: &[&str]| {
                let arguments = ["schema", "export", "--quiet", "--from", source, "--format", format];
                docdrift(&[arguments.as_slice(), pages].concat())
            };
            let first = export(source, pages);
            assert!(first.len() > 1000, "{source} as {format} is empty");
            fs::write(&file, &first).expect("a file");
            let again = export(&file.to_string_lossy(), &[]);
            assert!(again == first, "{source} as {format} does not come back");
        }
    }
}
