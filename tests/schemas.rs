//! What is made of a schema: exports, and what changed between two.
//!
//! One binary: linking takes longer than compiling. `cargo test --test schemas export::` runs one of its files.

#![allow(clippy::duplicate_mod, reason = "each file says which support it takes")]

#[path = "export.rs"]
mod export;
#[path = "schema_diff.rs"]
mod schema_diff;
