//! The cart: what a partner is about to order for a customer, and what comes of checking it out.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::{CartError, OrderError};
use super::link::{ResourceAttributes, ResourceLinks};
use super::order::Order;
use super::scalar::{Currency, DateTime, Duration};

/// Products chosen for a customer and not yet ordered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Cart {
    /// Identifies the cart; given by the service when the cart is created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// When the cart was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("readOnly" = true))]
    pub creation_timestamp: Option<DateTime>,
    /// When the cart was last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("readOnly" = true))]
    pub last_modified_timestamp: Option<DateTime>,
    /// When the cart stops being available.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("readOnly" = true))]
    pub expiration_timestamp: Option<DateTime>,
    /// Who changed the cart last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("readOnly" = true))]
    pub last_modified_user: Option<String>,
    /// What is in the cart.
    pub line_items: Vec<CartLineItem>,
    /// Whether the cart can still be changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<CartStatus>,
    /// Whether the partner on record has attested to the purchase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_on_record_attestation_accepted: Option<bool>,
    /// Where to go from here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<ResourceLinks>,
    /// Version and kind of the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<ResourceAttributes>,
}

/// Where a cart stands. The wire has the names as they are, unlike the other enums of the family.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum CartStatus {
    /// Can be changed and checked out.
    Active,
    /// Was checked out.
    Ordered,
}

/// One product in a cart.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CartLineItem {
    /// Position in the cart, counted from 0; given by the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<i32>,
    /// Which product, SKU and availability of the catalogue: three identifiers joined by colons.
    pub catalog_item_id: String,
    /// A name the partner chose, to tell purchases apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub friendly_name: Option<String>,
    /// How many licences or instances.
    pub quantity: i32,
    /// The currency of the purchase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<Currency>,
    /// How often it is billed.
    pub billing_cycle: BillingCycleType,
    /// How long the purchase runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term_duration: Option<Duration>,
    /// Partners that take part in the purchase: their role, and their identifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participants: Option<Vec<KeyValuePair<ParticipantType, String>>>,
    /// What provisioning needs to know about some products.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_context: Option<BTreeMap<String, String>>,
    /// Items of one group become one order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_group: Option<String>,
    /// Add-ons to the subscription this item creates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addon_items: Option<Vec<CartLineItem>>,
    /// Why the item cannot be bought; present only if it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<CartError>,
    /// What the subscription becomes when its term ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews_to: Option<RenewsTo>,
    /// Whether the customer has accepted the terms of the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attestation_accepted: Option<bool>,
    /// The promotion that sets the price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promotion_id: Option<String>,
    /// When the term ends, to align it with other subscriptions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_term_end_date: Option<DateTime>,
    /// The system the purchase goes through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchase_system: Option<String>,
}

/// What a subscription becomes when its term ends.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RenewsTo {
    /// How long the renewed term runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term_duration: Option<Duration>,
}

/// A key with its value, as the service writes dictionaries whose keys are not free text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct KeyValuePair<K, V> {
    /// The key.
    pub key: K,
    /// Its value.
    pub value: V,
}

/// The part a partner plays in a purchase.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ParticipantType {
    /// Not known.
    #[default]
    Unknown,
    /// The reseller that sold it.
    TransactionReseller,
    /// The reseller that is paid by consumption.
    ConsumptionReseller,
    /// A further reseller that took part in the sale.
    AdditionalTransactionReseller,
}

/// How often a purchase is billed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BillingCycleType {
    /// Not known.
    #[default]
    Unknown,
    /// Every month.
    Monthly,
    /// Every year.
    Annual,
    /// Never.
    None,
    /// Once.
    OneTime,
    /// Every three years.
    Triennial,
    /// Every two years.
    Biennial,
}

/// What came of checking out a cart: one order a group of items, or the reason why there is none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CartCheckoutResult {
    /// The orders that were placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orders: Option<Vec<Order>>,
    /// The groups that could not be ordered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_errors: Option<Vec<OrderError>>,
    /// Version and kind of the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<ResourceAttributes>,
}
