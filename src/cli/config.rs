//! `docdrift.toml`: the nearest one upwards, or the one that was named.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use toml::Spanned;

use super::nearest::unknown;
use crate::finding::Severity;
use crate::read::{LocaleRoot, shown, working_folder};
use crate::rules;
use crate::source::Locale;
use crate::text::LineIndex;

const FILE: &str = "docdrift.toml";
const KEYS: [&str; 6] = ["paths", "rules", "spec", "locales", "reference", "lexicons"];
const LEVELS: [(&str, Option<Severity>); 4] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("note", Some(Severity::Note)),
    ("off", None),
];

/// What the configuration says, with paths as seen from the working folder.
#[derive(Default)]
pub struct Config {
    /// What to check if nothing is named.
    pub paths: Vec<PathBuf>,
    /// The specs, as `--spec` takes them.
    pub spec: Vec<String>,
    /// Severities by rule name; `None` is off.
    pub rules: BTreeMap<String, Option<Severity>>,
    /// Locales by path.
    pub locales: Vec<LocaleRoot>,
    /// The locale that vouches for the others, as `--reference` takes it.
    pub reference: Option<String>,
    /// Files of words that pages use beside the built-in ones.
    pub lexicons: Vec<PathBuf>,
}

/// `docdrift.toml`. Paths are relative to it.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Config")]
struct File {
    /// Pages and folders of pages that are read if none are named.
    paths: Vec<String>,
    /// What pages are held against: `models`, `none`, a path, or several of them.
    #[schemars(with = "OneOrMore")]
    spec: Option<OneOrMore>,
    /// Severities by rule.
    #[schemars(schema_with = "rule_levels")]
    rules: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Locales (BCP 47) by path, for folders and files whose names do not say.
    #[schemars(with = "BTreeMap<String, String>")]
    locales: BTreeMap<String, Spanned<String>>,
    /// The locale that vouches for the others, or `none`.
    #[schemars(with = "String")]
    reference: Option<String>,
    /// Files of words that pages use beside the built-in ones.
    lexicons: Vec<String>,
}

/// The JSON Schema of the configuration.
pub fn document_schema() -> Value {
    schemars::schema_for!(File).to_value()
}

/// Every rule with what it finds.
fn rule_levels(generator: &mut SchemaGenerator) -> Schema {
    let rule = |rule: &&rules::Rule| {
        (rule.name.to_owned(), json!({ "description": rule.summary(), "$ref": "#/$defs/Level" }))
    };
    let properties: Map<String, Value> = rules::all().iter().map(rule).collect();
    let levels = json!({ "description": "A severity, or `off`.", "enum": LEVELS.map(|(name, _)| name) });
    let all = json!({
        "description": "Severities by rule.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    generator.definitions_mut().extend([("Level".to_owned(), levels), ("Rules".to_owned(), all)]);
    Schema::new_ref("#/$defs/Rules".to_owned())
}

#[derive(Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a path or a list of paths")]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// What is wrong and at which bytes.
type Wrong = (String, Range<usize>);

impl Config {
    /// The configuration at `named`, or the nearest upwards; none at all is an empty one.
    pub fn load(named: Option<&Path>) -> Result<Self, String> {
        let Some(path) = named.map(Path::to_owned).or_else(find) else { return Ok(Self::default()) };
        let name = shown(&path, &working_folder());
        let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => format!("{name}: no such file"),
            _ => format!("{name}: cannot be read: {error}"),
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        Self::parse(&text, folder).map_err(|(message, bytes)| {
            let at = LineIndex::new(&text).line_column(&text, bytes.start as u32);
            format!("{name}:{}:{}: {message}", at.line, at.column)
        })
    }

    fn parse(text: &str, folder: &Path) -> Result<Self, Wrong> {
        let file: File = toml::from_str(text).map_err(|error| {
            let bytes = error.span().unwrap_or_default();
            if error.message().starts_with("unknown field") {
                let key = text.get(bytes.clone()).unwrap_or("");
                return (unknown("key", key, KEYS), bytes);
            }
            (error.message().replace('\n', ", "), bytes)
        })?;
        let from_here = |path: &str| folder.join(path);
        let specs = match file.spec {
            None => Vec::new(),
            Some(OneOrMore::One(spec)) => vec![spec],
            Some(OneOrMore::More(specs)) => specs,
        };
        let spec = specs.into_iter().map(|spec| match spec.as_str() {
            "models" | "none" => spec,
            path => from_here(path).to_string_lossy().into_owned(),
        });
        let rules = file.rules.into_iter().map(severity).collect::<Result<_, _>>()?;
        let working_folder = working_folder();
        let locales = file.locales.into_iter().map(|(path, tag)| {
            let prefix = shown(&from_here(&path), &working_folder);
            let prefix = if prefix == "." { String::new() } else { prefix };
            let locale = Locale::parse(tag.get_ref())
                .ok_or_else(|| (format!("`{}` is no locale such as `nl-NL`", tag.get_ref()), tag.span()))?;
            Ok(LocaleRoot { prefix, locale })
        });
        Ok(Self {
            paths: file.paths.iter().map(|path| from_here(path)).collect(),
            spec: spec.collect(),
            rules,
            locales: locales.collect::<Result<_, Wrong>>()?,
            reference: file.reference,
            lexicons: file.lexicons.iter().map(|path| from_here(path)).collect(),
        })
    }
}

fn severity((rule, level): (Spanned<String>, Spanned<String>)) -> Result<(String, Option<Severity>), Wrong> {
    if rules::find(rule.get_ref()).is_none() {
        let names = rules::all().iter().map(|rule| rule.name);
        return Err((unknown("rule", rule.get_ref(), names), rule.span()));
    }
    let known = LEVELS.iter().find(|(name, _)| name == level.get_ref());
    let (_, severity) = known
        .ok_or_else(|| (unknown("severity", level.get_ref(), LEVELS.map(|(name, _)| name)), level.span()))?;
    Ok((rule.into_inner(), *severity))
}

/// The nearest configuration from the working folder upwards, as a relative path; a repository's root
/// ends the search.
fn find() -> Option<PathBuf> {
    let mut steps = PathBuf::new();
    for folder in working_folder().ancestors() {
        if folder.join(FILE).is_file() {
            return Some(steps.join(FILE));
        }
        if folder.join(".git").exists() {
            return None;
        }
        steps.push("..");
    }
    None
}
