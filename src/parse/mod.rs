//! Placeholder.
pub mod json;
