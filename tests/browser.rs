//! The report in a browser. What is tested there is a package of its own, `tests/browser`: who asks for no browser need
//! not build what speaks with one.

use std::env;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

/// The variable that asks for it. Needs Chromium and chromedriver.
const WANTED: &str = "DOCDRIFT_BROWSER";

#[test]
fn the_report_works_in_a_browser() {
    if env::var_os(WANTED).is_none() {
        let line = format!("skipped: no browser is asked for; {WANTED}=1 opens the report in Chromium");
        // Seen also when the test passes.
        writeln!(io::stderr(), "{line}").expect("standard error");
        return;
    }
    let status = Command::new(env!("CARGO"))
        .args(["test", "--package", "docdrift-browser", "--", "--test-threads=1"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")))
        .env("DOCDRIFT_PROGRAM", env!("CARGO_BIN_EXE_docdrift"))
        .status()
        .expect("cargo starts");
    assert!(status.success(), "the report failed in the browser; see above");
}
