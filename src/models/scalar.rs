//! Strings in a format. On the wire each is a plain JSON string; the type only names the format.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A date and time by RFC 3339, with any number of fractional digits: `2024-05-06T07:08:09.1234567Z`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, extend("format" = "date-time"))]
pub struct DateTime(pub String);

/// An ISO 8601 duration: `P1M`, `P1Y`, `P3Y`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, extend("format" = "duration"))]
pub struct Duration(pub String);

/// A three-letter ISO 4217 code: `EUR`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, extend("format" = "currency"))]
pub struct Currency(pub String);

/// A GUID, 32 hexadecimal digits in five groups.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, extend("format" = "uuid"))]
pub struct Guid(pub String);

/// An absolute URI or a path relative to the service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline, extend("format" = "uri-reference"))]
pub struct Uri(pub String);
