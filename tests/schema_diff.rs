//! What changed between two schemas, and whom it breaks.

// Tests end at the first surprise.
#![allow(clippy::unwrap_used)]

#[path = "support/author.rs"]
mod author;
#[path = "support/cases.rs"]
mod case_files;
#[path = "schema_diff/cases.rs"]
mod cases;
#[path = "mutation/chance.rs"]
mod chance;
#[path = "support/contract.rs"]
mod contract;
#[path = "schema_diff/formats.rs"]
mod formats;
#[path = "schema_diff/oracle.rs"]
mod oracle;
#[path = "support/schemas.rs"]
mod schemas;
