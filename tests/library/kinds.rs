//! Types as APIs have them; `kinds.md` documents them as they are sent.

#![allow(dead_code, reason = "only their schemas count")]

use std::collections::BTreeMap;

use docdrift::schemars::{self, JsonSchema};

#[derive(JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Subscription {
    pub id: u64,
    pub price: f64,
    pub owner: Option<Party>,
    pub tags: BTreeMap<String, String>,
    pub terms: Vec<Term>,
    pub billing: Billing,
    pub payment: Payment,
    #[serde(default)]
    pub auto_renew: bool,
    pub parent: Option<Box<Subscription>>,
    pub page: Page<Term>,
    #[serde(skip_deserializing)]
    pub created: String,
    #[serde(skip_serializing)]
    pub password: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    #[serde(skip)]
    pub secret: String,
}

#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Party {
    pub display_name: String,
    #[serde(flatten)]
    pub address: Address,
}

#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    pub street: String,
    pub zip_code: String,
}

#[derive(JsonSchema)]
pub struct Term {
    pub duration: String,
    pub count: u8,
}

#[derive(JsonSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<String>,
}

/// How often.
#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Billing {
    Monthly,
    /// Once a year.
    Yearly,
    OneTime,
}

#[derive(JsonSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Payment {
    Card { number: String },
    Invoice { due: u16 },
}
