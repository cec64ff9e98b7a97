//! Pairs what documentation says with what its authorities say, and keeps the evidence.
//!
//! Absent here: severity, sentences, files.

pub mod align;
pub mod conform;
pub mod corpus;
pub mod dependants;
pub mod formats;
pub mod literals;
pub mod names;
pub mod operations;
pub mod pairing;
pub mod paths;
pub mod reference;
pub mod requests;
pub mod source_rows;
pub mod spec_index;
pub mod stated;
pub mod votes;

mod bind;
mod bodies;
pub mod code_lines;
pub mod descriptions;
pub mod difference;
pub mod differences;
pub mod examples;
pub mod fields_shown;
pub mod items;
mod merged;
mod outline;
mod pieces;
mod prose;
pub mod spelling;
mod tables;
mod targets;
pub mod undocumented;
pub mod untranslated;
mod values;
mod wire;
pub mod words;

pub use examples::{Sightings, examples, kind_name};
pub use merged::merged_rows;
pub use pieces::SourceProse;
pub use prose::prose;
pub use tables::{Surroundings, tables};
pub use values::values;
