//! Page facts as canonical statements: rows with names, types and marks read, targets of requests.
//!
//! Absent here: files, other pages, rules.

pub mod bodies;
pub mod emphasis;
pub mod marks;
pub mod mojibake;
pub mod readings;
pub mod rows;
pub mod types;
pub mod values;
