//! Pages from their bytes to findings: parsers by themselves, and what holds for all pages.
//!
//! One binary: linking takes longer than compiling. `cargo test --test pages authority::` runs one of its files.

#![allow(clippy::duplicate_mod, reason = "each file says which support it takes")]

#[path = "authority.rs"]
mod authority;
#[path = "baseline.rs"]
mod baseline;
#[path = "damage.rs"]
mod damage;
#[path = "html.rs"]
mod html;
#[path = "http.rs"]
mod http;
#[path = "json.rs"]
mod json;
#[path = "mutation.rs"]
mod mutation;
#[path = "parse.rs"]
mod parse;
#[path = "parse_corpus.rs"]
mod parse_corpus;
#[path = "parse_properties.rs"]
mod parse_properties;
#[path = "properties.rs"]
mod properties;
#[path = "read.rs"]
mod read;
#[path = "shared.rs"]
mod shared;
