//! A configuration with a word on every key: what was found is set, the rest shows how it would be.

use std::fmt::Write as _;

use serde_json::Value;

use super::counted;
use super::specs::Found;
use super::survey::Survey;
use crate::project::config::document_schema;
use crate::read::Shape;

/// Every key with an example, in the order of the file; tables at its end.
const EXAMPLES: [(&str, &str); 13] = [
    ("paths", "paths = [\"docs\"]"),
    ("include", "include = [\"**/*.md\"]"),
    ("exclude", "exclude = [\"archive\", \"**/drafts/**\"]"),
    ("spec", "spec = \"src/models\""),
    ("reference", "reference = \"en-US\""),
    ("lexicons", "lexicons = [\"words.toml\"]"),
    ("keep", "keep = [\"SKU\"]"),
    ("baseline", "baseline = \"docdrift-baseline.json\""),
    ("layout", "[[layout]]\nsource = \"docs/{path}\"\ntranslations = \"i18n/{locale}/{path}\""),
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
            "spec" if !survey.paths.is_empty() => {
                text += &specs(&survey.specs.others);
                let chosen = survey.specs.chosen.first();
                chosen.map(|found| format!("spec = {}  # {}", quoted(&found.path), about_spec(found)))
            }
            "reference" => {
                survey.reference.as_ref().map(|tag| format!("reference = {}", quoted(tag.as_str())))
            }
            _ => None,
        };
        if key == "layout" && !survey.layouts.is_empty() {
            text += &layouts(&survey.layouts);
            continue;
        }
        match set {
            Some(setting) => writeln!(text, "{setting}").expect("a String takes all text"),
            None => example.lines().for_each(|line| {
                writeln!(text, "#{line}").expect("a String takes all text");
            }),
        }
    }
    text
}

/// What a spec holds, and how much of it the pages document.
pub fn about_spec(found: &Found) -> String {
    let Found { kind, types, operations, documented, .. } = found;
    let tables = match documented {
        0 => "documented on no page".to_owned(),
        count => format!("documented in {}", counted(*count, "table or request")),
    };
    match (types, operations) {
        (0, 0) => format!("{kind}, {tables}"),
        (types, 0) => format!("{kind}: {}; {tables}", counted(*types, "type")),
        (types, operations) => {
            format!("{kind}: {} and {}; {tables}", counted(*operations, "operation"), counted(*types, "type"))
        }
    }
}

/// Other specs as comments.
fn specs(others: &[Found]) -> String {
    let line = |found: &Found| format!("#spec = {}  # {}\n", quoted(&found.path), about_spec(found));
    others.iter().map(line).collect()
}

/// The layouts that were found as comments, those of the source and the most translations as a setting.
fn layouts(layouts: &[Shape]) -> String {
    let mut text = String::new();
    for shape in layouts {
        text.extend(["# Found ", &shape.to_string(), "\n"]);
    }
    let has_locale = |shape: &&Shape| shape.pattern.contains("{locale}");
    let source = layouts.iter().find(|shape| !has_locale(shape));
    text += "#[[layout]]\n";
    if let Some(source) = source {
        text.extend(["#source = ", &quoted(&source.pattern), "\n"]);
    }
    let translations = layouts.iter().find(has_locale).or(source);
    if let Some(translations) = translations {
        text.extend(["#translations = ", &quoted(&translations.pattern), "\n"]);
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
