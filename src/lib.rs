//! docdrift: does every language of your API docs still say what your code does?
//!
//! Localized REST reference pages go in; property tables and request/response examples are extracted,
//! lowered with the spec into one canonical schema, and compared. What parts is a [`finding`].
//!
//! # In a test
//!
//! One line holds documentation against types, and fails with what they disagree on:
//!
//! ```no_run
//! use docdrift::schemars::{self, JsonSchema};
//!
//! /// What a customer is about to buy.
//! #[derive(JsonSchema)]
//! #[serde(rename_all = "camelCase")]
//! struct Cart {
//!     id: String,
//!     line_items: Vec<CartLineItem>,
//! }
//!
//! /// One article in a cart.
//! #[derive(JsonSchema)]
//! struct CartLineItem {
//!     quantity: u32,
//! }
//!
//! # #[allow(clippy::test_attr_in_doctest)]
//! #[test]
//! fn docs_say_what_the_types_say() {
//!     docdrift::conform!("docs/", Cart, CartLineItem);
//! }
//! ```
//!
//! [`Check`] can be told more: other specs, the reference, rules, locales, a baseline. What it finds can be read,
//! rendered and fixed:
//!
//! ```
//! use docdrift::{Check, Format, Safety, Severity, Style};
//!
//! # fn main() -> Result<(), docdrift::Error> {
//! let checked = Check::new("corpus")
//!     .spec("src/models") // files and folders; `model` takes types, `schema` values
//!     .reference("en-US")
//!     .locales(["fr-FR", "nl-NL"])
//!     .rule("vague-type", None)
//!     .run()?;
//! assert!(checked.reaches(Severity::Error));
//! for found in checked.findings() {
//!     let (path, line, finding) = (found.path, found.start.line, found.finding);
//!     println!("{path}:{line}: {} should be {:?}", finding.found, finding.expected);
//! }
//! println!("{}", checked.render(Format::Text(Style::Plain)));
//!
//! let fixes = checked.fix(Safety::Safe);
//! assert!(fixes.changes().all(|change| change.before != change.after));
//! # Ok(())
//! # }
//! ```
//!
//! Who does not want the command line leaves its dependencies out: `default-features = false`.
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
mod memo;
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

pub use finding::{Safety, Severity};
pub use project::{Change, Check, Checked, Error, Fixes, Found};
pub use report::{Format, Style};
pub use schemars;
