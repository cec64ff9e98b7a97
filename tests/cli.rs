//! The command line: transcripts, each run in the folder of the same name, and rooms by small pages.

#![cfg(feature = "cli")]
// Tests end at the first surprise.
#![allow(clippy::unwrap_used)]

#[path = "support/cases.rs"]
mod case_files;
#[path = "rooms/run.rs"]
mod rooms;

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd").case("tests/cli/*.toml");
}
