//! The `spec` room: what is read from Rust source, held against serde and schemars themselves.

#[path = "spec/dump.rs"]
mod dump;
#[path = "spec/models.rs"]
mod models;
