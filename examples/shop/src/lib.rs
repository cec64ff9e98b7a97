//! The types of a small shop's API.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a customer is about to buy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Cart {
    /// Chosen by the shop.
    pub id: String,
    /// What the customer calls it.
    #[serde(default)]
    pub nickname: Option<String>,
    /// What is in it.
    pub line_items: Vec<CartLineItem>,
}

/// One article in a [`Cart`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CartLineItem {
    /// The article.
    pub article_number: String,
    /// How many pieces.
    pub quantity: u32,
    /// Whether it is a present, and wants paper.
    #[serde(default)]
    pub gift_wrapped: bool,
}

/// A [`Cart`] that was bought.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// Chosen by the shop.
    pub order_number: String,
    /// How far it has come.
    pub status: OrderStatus,
    /// What was bought.
    pub line_items: Vec<CartLineItem>,
}

/// How far an [`Order`] has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum OrderStatus {
    /// It was paid.
    Paid,
    /// It is on its way.
    Shipped,
    /// It is there.
    Delivered,
}
