//! Links of resources to each other, and their metadata.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cart::KeyValuePair;
use super::scalar::Uri;

/// A request that leads to another resource.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// Where it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<Uri>,
    /// The HTTP method to use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Headers the request needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<Vec<KeyValuePair<String, String>>>,
}

/// Links every resource may have.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResourceLinks {
    /// The resource itself.
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    pub self_link: Option<Link>,
    /// The next page of a collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Link>,
    /// The page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Link>,
}

/// Links of an order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrderLinks {
    /// The resource itself.
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    pub self_link: Option<Link>,
    /// The next page of a collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Link>,
    /// The page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Link>,
    /// How far provisioning has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_status: Option<Link>,
    /// How to change the order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patch_operation: Option<Link>,
}

/// Links of an ordered item.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OrderLineItemLinks {
    /// The subscription it created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subscription: Option<Link>,
    /// Its product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<Link>,
    /// Its SKU.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<Link>,
    /// Its availability.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub availability: Option<Link>,
    /// How far provisioning has come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provisioning_status: Option<Link>,
    /// Where to activate it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activation_links: Option<Link>,
}

/// Metadata of a resource.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ResourceAttributes {
    /// The version of the resource, for conditional requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The kind of the resource.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_type: Option<String>,
}
