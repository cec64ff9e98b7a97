//! `reports/` is what `docdrift report` writes of the pages that this repository carries.
//!
//! `UPDATE_REPORTS=1 cargo test --test tool reports` writes it anew.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

fn names(folder: &Path) -> BTreeSet<OsString> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name()).collect()
}

#[test]
fn the_reports_are_those_of_the_corpus() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let kept = root.join("reports");
    let is_update = std::env::var_os("UPDATE_REPORTS").is_some();
    let written =
        if is_update { kept.clone() } else { Path::new(env!("CARGO_TARGET_TMPDIR")).join("reports") };
    // What an earlier run left.
    let _ = fs::remove_dir_all(&written);
    let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args(["report", "--output-dir"])
        .arg(&written)
        .current_dir(root)
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let wanted = [
        ".docdriftignore",
        "badge.json",
        "cart.schema.json",
        "findings.en-US.csv",
        "findings.fr-FR.csv",
        "findings.nl-NL.csv",
        "findings.sv-SE.csv",
        "findings.zh-TW.csv",
        "index.html",
        "openapi.json",
        "report.json",
        "report.md",
        "report.sarif",
    ];
    assert_eq!(names(&written), wanted.map(OsString::from).into());
    assert_eq!(names(&kept), names(&written), "files of reports/");
    for name in names(&written) {
        let is_fresh = fs::read(kept.join(&name)).ok() == fs::read(written.join(&name)).ok();
        assert!(
            is_fresh,
            "reports/{} is stale: UPDATE_REPORTS=1 cargo test --test tool reports",
            name.display()
        );
    }
}
