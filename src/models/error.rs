//! Why something in a cart could not be bought.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why an item cannot be bought.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CartError {
    /// The reason, for programs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_code: Option<CartErrorCode>,
    /// The reason, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_description: Option<String>,
    /// Whatever else the service says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_information: Option<BTreeMap<String, serde_json::Value>>,
}

/// The reasons why an item cannot be bought, with their numbers in the error reference.
///
/// On the wire they are words in snake case: no example shows one, and that is the rule for every enum of
/// this API. The number of each is how the error reference lists it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CartErrorCode {
    /// Not known.
    #[default]
    Unknown = 0,
    /// The market does not trade in this currency.
    CurrencyIsNotSupported = 10_000,
    /// No such catalogue item.
    CatalogItemIdIsNotValid = 10_001,
    /// The quota is used up.
    QuotaNotAvailable = 10_002,
    /// The product is out of stock.
    InventoryNotAvailable = 10_003,
    /// This partner cannot name participants.
    ParticipantsIsNotSupportedForPartner = 10_004,
    /// The item cannot be processed.
    UnableToProcessCartLineItem = 10_006,
    /// The subscription cannot be used for this purchase.
    SubscriptionIsNotValid = 10_007,
    /// The subscription may not hold reserved instances.
    // `rename_all` would part the abbreviation: `.._for_r_i`.
    #[serde(rename = "subscription_is_not_enabled_for_ri")]
    SubscriptionIsNotEnabledForRI = 10_008,
    /// The sandbox holds as much as it may.
    SandboxLimitExceeded = 10_009,
    /// A value of the request is wrong.
    InvalidInput = 10_010,
    /// The subscription is not registered with the resource provider.
    SubscriptionNotRegistered = 10_011,
    /// The terms of the product were not accepted.
    AttestationNotAccepted = 10_012,
    /// The product cannot be billed that way.
    BillingPlanNotSupported = 10_013,
    /// The promotion does not apply.
    InvalidPromotionId = 10_014,
    /// More seats than one subscription may have.
    MaxAllowedSeatsPerSubscriptionExceeded = 10_015,
    /// The product takes no custom end of term.
    InvalidCustomTermEndDateProduct = 10_016,
    /// The custom end of term is out of range.
    InvalidCustomTermEndDate = 10_017,
    /// The base offer has too few seats for the add-on.
    BaseOfferSeatQuantityNotMet = 10_018,
    /// The add-on has too few seats.
    MinimumAddOnSeatsNotMet = 10_019,
    /// The offer can no longer be bought.
    LegacyOfferNotEligibleForPurchase = 500_600,
}

/// Why a group of items could not be ordered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrderError {
    /// The group, as named by the items' `orderGroup`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_group_id: Option<String>,
    /// The reason, for programs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<i32>,
    /// The reason, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}
