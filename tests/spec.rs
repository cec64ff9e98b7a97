//! The `spec` room: what is read from Rust source, held against serde and schemars themselves.

#[path = "spec/agreement.rs"]
mod agreement;
#[path = "spec/dump.rs"]
mod dump;
#[path = "spec/models.rs"]
mod models;
#[path = "spec/oracle.rs"]
mod oracle;
