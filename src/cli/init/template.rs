//! A configuration with a word on every key: what was found is set, the rest shows how it would be.

use std::fmt::Write as _;

use serde_json::Value;

use super::survey::Survey;
use crate::project::config::document_schema;

/// Every key with an example, in the order of the file; tables at its end.
const EXAMPLES: [(&str, &str); 12] = [
    ("paths", "paths = [\"docs\"]"),
    ("include", "include = [\"**/*.md\"]"),
    ("exclude", "exclude = [\"archive\", \"**/drafts/**\"]"),
    ("spec", "spec = \"src/models\""),
    ("reference", "reference = \"en-US\""),
    ("lexicons", "lexicons = [\"words.toml\"]"),
    ("keep", "keep = [\"SKU\"]"),
    ("baseline", "baseline = \"docdrift-baseline.json\""),
    ("locales", "[locales]\n\"docs/legacy\" = \"fr-FR\""),
    ("locale-names", "[locale-names]\nchs = \"zh-Hans\""),
    ("rules", "[rules]\nvague-type = \"off\"\nname-case = \"error\""),
    ("overrides", "[[overrides]]\npaths = [\"fr-fr/**\"]\nrules = { untranslated-text = \"off\" }"),
];

/// The text of a configuration for what was found.
pub fn template(survey: &Survey) -> String {
    let schema = document_schema();
    let mut text = wrapped(&about(&schema));
    for (key, example) in EXAMPLES {
        text.push('\n');
        text += &wrapped(&about(&schema["properties"][key]));
        let set = match key {
            "paths" if !survey.paths.is_empty() => Some(format!("paths = {}", list(&survey.paths))),
            "spec" if !survey.paths.is_empty() => Some(format!("spec = {}", quoted(&survey.spec.spec))),
            "reference" => {
                survey.reference.as_ref().map(|tag| format!("reference = {}", quoted(tag.as_str())))
            }
            _ => None,
        };
        match set {
            Some(setting) => writeln!(text, "{setting}").expect("a String takes all text"),
            None => example.lines().for_each(|line| {
                writeln!(text, "#{line}").expect("a String takes all text");
            }),
        }
    }
    text
}

fn about(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or("").to_owned()
}

/// A sentence as comments of about a hundred characters.
fn wrapped(sentence: &str) -> String {
    const WIDTH: usize = 98;
    let mut text = String::new();
    let mut line = String::from("#");
    for word in sentence.split_whitespace() {
        if line.len() + 1 + word.len() > WIDTH {
            text += &line;
            text.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line += word;
    }
    text + &line + "\n"
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn list(texts: &[String]) -> String {
    format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
}
