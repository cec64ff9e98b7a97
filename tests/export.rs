//! The `export` room: every format is true, stable, and holds what it can.

#![cfg(feature = "cli")]
// Tests end at the first surprise.
#![allow(clippy::unwrap_used)]

#[path = "support/author.rs"]
mod author;
#[path = "mutation/chance.rs"]
mod chance;
#[path = "export/formats.rs"]
mod formats;
#[path = "export/own.rs"]
mod own;
#[path = "export/properties.rs"]
mod properties;
#[path = "support/schemas.rs"]
mod schemas;
#[path = "export/truth.rs"]
mod truth;
