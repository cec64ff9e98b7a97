//! Transcripts of the command line: each runs in the folder of the same name.

#![cfg(feature = "cli")]

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd").case("tests/cli/*.toml");
}
