//! `docdrift.toml` as it is written; the structs are the contract, and [`document_schema`] their JSON Schema.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::{Map, Value};
use toml::Spanned;

use super::LEVELS;
use crate::rules;

/// Severities by rule, each where it stands.
pub type Rules = BTreeMap<Spanned<String>, Spanned<String>>;

/// docdrift.toml: what is read, what it is held against, how it is judged. Paths and patterns are relative to the file.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
#[schemars(rename = "Config")]
pub struct File {
    /// Pages and folders of pages that are read if the command line names none.
    pub paths: Vec<String>,
    /// What is a page, as patterns such as `**/*.md`; without any, Markdown and HTML files are.
    #[schemars(with = "Vec<String>")]
    pub include: Vec<Spanned<String>>,
    /// What is left out below folders, as patterns such as `archive` or `**/drafts/**`.
    #[schemars(with = "Vec<String>")]
    pub exclude: Vec<Spanned<String>>,
    /// What pages are held against: `models` (built in), `none`, or files and folders.
    #[schemars(with = "OneOrMore")]
    pub spec: Option<OneOrMore>,
    /// The locale whose pages vouch for the others, or `none`.
    #[schemars(with = "String")]
    pub reference: Option<String>,
    /// Locales (BCP 47) by path, for folders and files whose names do not say.
    #[schemars(with = "BTreeMap<String, String>")]
    pub locales: BTreeMap<String, Spanned<String>>,
    /// Locales (BCP 47) by name, for folders such as `chs` and files such as `page.jp.md`.
    #[schemars(with = "BTreeMap<String, String>")]
    pub locale_names: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Where translations lie, and where their sources do; without any, docdrift finds out by itself.
    pub layout: Vec<LayoutTable>,
    /// Files of words that pages use beside the built-in ones.
    pub lexicons: Vec<String>,
    /// Words that are right as they stand: no finding says that one of them should be another.
    pub keep: Vec<String>,
    /// The file of known findings, which are held back.
    #[schemars(with = "String")]
    pub baseline: Option<String>,
    /// Severities by rule.
    #[schemars(with = "RuleLevels")]
    pub rules: Rules,
    /// What differs on some pages; what stands later counts.
    pub overrides: Vec<OverrideTable>,
}

/// A layout: `{path}` is the same for a page and its translations, `{locale}` tells these apart.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Layout")]
pub struct LayoutTable {
    /// The paths of sources, such as `docs/{path}`.
    #[schemars(with = "String")]
    pub source: Option<Spanned<String>>,
    /// The paths of translations, such as `i18n/{locale}/{path}`.
    #[schemars(with = "String")]
    pub translations: Spanned<String>,
    /// The locale (BCP 47) of the sources.
    #[schemars(with = "String")]
    pub locale: Option<Spanned<String>>,
}

/// Severities on some pages.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Override")]
pub struct OverrideTable {
    /// The pages, as patterns such as `fr-fr/**`.
    #[schemars(with = "Vec<String>", length(min = 1))]
    pub paths: Spanned<Vec<Spanned<String>>>,
    /// Severities by rule.
    #[schemars(with = "RuleLevels")]
    pub rules: Rules,
}

/// A text or a list of texts.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "expected a path or a list of paths")]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Any number.
    More(Vec<String>),
}

/// The JSON Schema of the configuration.
pub fn document_schema() -> Value {
    let mut schema = schemars::schema_for!(File).to_value();
    // What may be left out has no value then: there is no null in TOML.
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for property in properties.values_mut().filter_map(Value::as_object_mut) {
            if property.get("default").is_some_and(Value::is_null) {
                property.remove("default");
            }
        }
    }
    schema
}

/// [`Rules`] in the schema: every rule with what it finds.
struct RuleLevels;

impl JsonSchema for RuleLevels {
    fn schema_name() -> Cow<'static, str> {
        "Rules".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let level = generator.subschema_for::<Level>();
        let properties = rules::all().iter().map(|rule| {
            let mut level = level.clone();
            level.insert("description".to_owned(), rule.summary().into());
            (rule.name.to_owned(), level.to_value())
        });
        let properties: Map<String, Value> = properties.collect();
        json_schema!({ "type": "object", "properties": properties, "additionalProperties": false })
    }
}

/// A severity in the schema.
struct Level;

impl JsonSchema for Level {
    fn schema_name() -> Cow<'static, str> {
        "Level".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "A severity, or `off`.", "type": "string", "enum": LEVELS.map(|(name, _)| name) })
    }
}
