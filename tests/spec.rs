//! The `spec` room: what is read from Rust source, held against serde and schemars themselves, and from JSON
//! Schema and `OpenAPI`.

// Tests end at the first surprise.
#![allow(clippy::unwrap_used)]

#[path = "spec/agreement.rs"]
mod agreement;
#[path = "spec/attributed.rs"]
mod attributed;
#[path = "spec/bad_input.rs"]
mod bad_input;
#[path = "support/cases.rs"]
mod case_files;
#[path = "spec/cases.rs"]
mod cases;
#[path = "spec/documents.rs"]
mod documents;
#[path = "spec/dump.rs"]
mod dump;
#[path = "spec/hostile.rs"]
mod hostile;
#[path = "spec/json_schema.rs"]
mod json_schema;
#[path = "spec/models.rs"]
mod models;
#[path = "spec/oracle.rs"]
mod oracle;
