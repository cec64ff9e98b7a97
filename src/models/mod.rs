//! The cart family of the API as plain serde types: the built-in spec that pages are checked against.
//!
//! These types are read twice. The compiler and serde use them to read and write messages; the
//! [`spec`](crate::spec) room reads their *source text*, so that a finding can point at the line that
//! declares a field. A test holds both readings equal. Hence two conventions:
//!
//! - a property that only answers carry says so with `#[schemars(extend("readOnly" = true))]`, the JSON
//!   Schema annotation; serde still accepts it everywhere, so one type reads requests and answers;
//! - a string in a format is a newtype from [`scalar`] that carries its `format`.
//!
//! Everything that is not a plain `Option` is required, in requests and in answers.
//!
//! Absent here: how pages spell any of this, and what is done about it.

pub mod cart;
pub mod error;
pub mod link;
pub mod operation;
pub mod operations;
pub mod order;
pub mod scalar;

pub use cart::{
    BillingCycleType, Cart, CartCheckoutResult, CartLineItem, CartStatus, KeyValuePair, ParticipantType,
    RenewsTo,
};
pub use error::{CartError, CartErrorCode, OrderError};
pub use link::{Link, OrderLineItemLinks, OrderLinks, ResourceAttributes, ResourceLinks};
pub use order::{Order, OrderLineItem, Pricing};
