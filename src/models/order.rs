//! Orders: what a cart becomes when it is checked out.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cart::{BillingCycleType, RenewsTo};
use super::link::{OrderLineItemLinks, OrderLinks, ResourceAttributes};
use super::scalar::{Currency, DateTime, Duration};

/// A purchase for a customer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// Identifies the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A shorter name of the order, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternate_id: Option<String>,
    /// The customer it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_customer_id: Option<String>,
    /// How often it is billed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_cycle: Option<BillingCycleType>,
    /// The currency of its prices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<Currency>,
    /// The sign of that currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_symbol: Option<String>,
    /// What was ordered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_items: Option<Vec<OrderLineItem>>,
    /// When it was placed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creation_date: Option<DateTime>,
    /// How far it has come: `completed`, `pending` and others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// What caused it: `UserPurchase`, `SystemPurchase`, `SystemBilling`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction_type: Option<String>,
    /// Where to go from here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<OrderLinks>,
    /// The sum of its prices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_price: Option<f64>,
    /// Whether the partner on record has attested to the purchase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_on_record_attestation_accepted: Option<bool>,
    /// Version and kind of the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<ResourceAttributes>,
}

/// One product of an order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrderLineItem {
    /// Position in the order, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line_item_number: Option<i32>,
    /// The offer that was bought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer_id: Option<String>,
    /// The subscription it created or changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscription_id: Option<String>,
    /// The subscription it adds to, for an add-on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_subscription_id: Option<String>,
    /// A name the partner chose, to tell purchases apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub friendly_name: Option<String>,
    /// The partner on record of the purchase.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partner_id_on_record: Option<String>,
    /// The promotion that set the price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub promotion_id: Option<String>,
    /// Further partners on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_partner_ids_on_record: Option<Vec<String>>,
    /// How many licences or instances.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<i32>,
    /// How long the purchase runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub term_duration: Option<Duration>,
    /// What it does to the subscription: `New`, `Renew`, `addQuantity` and others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction_type: Option<String>,
    /// What the subscription becomes when its term ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub renews_to: Option<RenewsTo>,
    /// What it costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pricing: Option<Pricing>,
    /// When the term ends, if it was aligned with other subscriptions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_term_end_date: Option<DateTime>,
    /// What provisioning needs to know about some products.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_context: Option<BTreeMap<String, String>>,
    /// Whether the customer has accepted the terms of the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attestation_accepted: Option<bool>,
    /// Where to go from here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<OrderLineItemLinks>,
}

/// What an item costs. The sources name this object and none of its properties, so all are let through.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pricing {
    /// Amounts by name.
    #[serde(flatten)]
    pub amounts: BTreeMap<String, serde_json::Value>,
}
