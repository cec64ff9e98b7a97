//! Types with the serde attributes that show on the wire: compiled by the test, and read as text by `spec`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::num::Wrapping;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Every kind of type expression.
#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Expressions {
    /// Text in
    /// two lines.
    pub text: String,
    pub letter: char,
    pub borrowed: Cow<'static, str>,
    pub boxed: Box<u8>,
    pub shared: Wrapping<i8>,
    pub list: Vec<i64>,
    pub queue: VecDeque<bool>,
    pub fixed: [u16; 3],
    pub set: BTreeSet<String>,
    pub hashed: HashSet<String>,
    pub map: BTreeMap<String, Vec<u32>>,
    pub numbered: HashMap<u32, String>,
    pub pair: (String, i32),
    pub unit: (),
    pub any: serde_json::Value,
    pub options: Vec<Option<i32>>,
    pub maybe: Option<Box<Expressions>>,
    pub path: std::path::PathBuf,
}

#[derive(Serialize, Deserialize)]
pub struct Wait {
    pub wait: std::time::Duration,
    pub since: std::time::SystemTime,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE", deny_unknown_fields)]
pub struct Renamed {
    pub first_name: String,
    #[serde(rename = "given \"name\"")]
    pub second_name: String,
    #[serde(alias = "third", alias = "3rd")]
    pub third_name: String,
    pub r#type: i32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase", deserialize = "kebab-case"))]
pub struct TwoWays {
    pub first_name: String,
    #[serde(rename(deserialize = "In"))]
    pub second_name: String,
    #[serde(rename(serialize = "Out"))]
    pub third_name: String,
}

#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Defaulted {
    pub number: i32,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

fn seven() -> i32 {
    7
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Optional {
    pub required: i32,
    #[serde(default)]
    pub default: i32,
    #[serde(default = "seven")]
    pub seven: i32,
    pub option: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<i32>,
    #[serde(skip)]
    pub skipped: i32,
    #[serde(skip_serializing)]
    pub only_read: i32,
    #[serde(skip_deserializing)]
    pub only_written: i32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub list: Vec<i32>,
    pub alias: Maybe,
}

pub type Maybe = Option<i32>;

#[derive(Clone, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    pub number: u32,
    #[serde(default)]
    pub size: u32,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Flattened {
    pub own: String,
    #[serde(flatten)]
    pub page: Page,
    #[serde(flatten)]
    pub rest: BTreeMap<String, i32>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct MaybeFlattened {
    pub own: String,
    #[serde(flatten)]
    pub page: Option<Page>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    OneTime,
    #[serde(rename = "never", alias = "none")]
    No,
    /// Has a description.
    Monthly,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub enum External {
    Nothing,
    Newtype(Page),
    Pair(i32, String),
    #[serde(rename_all = "camelCase")]
    Fields {
        some_name: i32,
    },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Internal {
    Nothing,
    WithPage(Page),
    Fields { some_name: i32, other: Option<String> },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(tag = "t", content = "c")]
pub enum Adjacent {
    Nothing,
    Newtype(Vec<i32>),
    Fields { a: i32 },
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Untagged {
    Number(i64),
    Text(String),
    Many(Vec<Untagged>),
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Newtype(pub String);

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Transparent {
    pub inner: Vec<Newtype>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Point(pub f64, pub f64);

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Nothing;

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct Collection<T, M = Page> {
    pub items: Vec<T>,
    pub meta: Option<M>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
pub struct UsesGenerics {
    pub words: Collection<Word>,
    pub nested: Collection<Collection<Option<i32>, Point>, Nothing>,
}
