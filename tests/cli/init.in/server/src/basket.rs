//! What the server sends.

use serde::Serialize;

/// A basket.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Basket {
    /// Which one.
    pub basket_id: String,
    /// What is in it.
    pub apples: u32,
}
