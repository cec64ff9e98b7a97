//! docdrift: does every language of your API docs still say what your code does?
//!
//! Localized REST reference pages go in; property tables and request/response examples are extracted,
//! lowered with the spec into one canonical schema, and compared. What parts is a [`finding`].
//!
//! # The rooms
//!
//! ```text
//! read -> parse -> extract -> normalize -> compare -> rules -> report | fix | baseline
//!                                ^              \-> lower (pages as a schema), schema_diff -> report
//!             spec (Rust models, JSON Schema, OpenAPI) -> export
//! ```
//!
//! `project` goes the whole way from folders to findings; `cli` calls it, and so do programs that use the crate.
//!
//! # Invariants
//!
//! 1. Arrows point one way, down the list of rooms. No room imports a later one.
//! 2. Only `read`, `project` and `cli` touch the file system; only `cli` prints or exits.
//! 3. From `parse` to `rules` every function is total: bad input gives a result plus problems, never
//!    an error, never a panic.
//! 4. Bytes inside; lines and columns only at the printers. A place names its file, so both sides of a
//!    drift can be shown.
//! 5. Equal inputs give byte-equal outputs: sorted files, ordered maps, no clock, no absolute path,
//!    whatever the thread count.
//! 6. No natural-language word in code: header words, type words, yes/no words live in `lexicon/*.toml`.
//! 7. Every side lowers into the same [`schema::Schema`]. `compare` pairs, `rules` judge, `report` speaks.
//! 8. One kind of fix: sorted, disjoint edits; all or nothing; safe or unsafe; idempotent; it removes
//!    its finding.
//! 9. What was not understood is counted and listed, never dropped in silence.
//!
//! `tests/architecture.rs` enforces the first two.

// Nouns: plain data, no I/O.
pub mod alignment;
pub mod comparison;
pub mod document;
pub mod facts;
pub mod finding;
pub mod fold;
pub mod hash;
pub mod json;
pub mod memory;
pub mod models;
pub mod nearest;
pub mod outcome;
pub mod schema;
pub mod settings;
pub mod source;
pub mod tags;
pub mod text;

// Words of many languages, as data.
pub mod lexicon;

// The whole way through the rooms.
pub mod check;

// Rooms, in the order data flows.
pub mod baseline;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
pub mod export;
pub mod extract;
pub mod fix;
pub mod learn;
pub mod lower;
pub mod normalize;
pub mod parse;
pub mod project;
pub mod protect;
pub mod read;
pub mod report;
pub mod rules;
pub mod schema_diff;
pub mod spec;
