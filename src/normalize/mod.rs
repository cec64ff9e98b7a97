//! Lowers what pages say into the canonical schema.

pub mod marks;
pub mod types;
pub mod values;
