//! Real pages, where they lie next to the repository: what is known to be wrong with them is found, and
//! nearly everything in them is understood.

#![expect(clippy::print_stdout, reason = "says what was skipped")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// A folder next to the repository, if it is there.
fn shared(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return None;
    }
    Some(folder)
}

/// The JSON report on the named files or folders of `folder`.
fn report(folder: &Path, paths: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args(["check", "--no-config", "--format", "json"])
        .args(paths)
        .current_dir(folder)
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the report is JSON")
}

/// Page (how its name begins), rule, what stands there, what should; an empty word is not looked at.
const FACTS: &[(&str, &str, &str, &str)] = &[
    ("000", "translated-name", "ID client", "customer-id"),
    ("000", "name-case", "Cart-ID", "cart-id"),
    (
        "000",
        "path-case",
        "/v1/Customers/{Customer-ID}/carts/{Cart-ID}/checkout",
        "/v1/customers/{customer-id}/carts/{cart-id}/checkout",
    ),
    ("001", "translated-method", "EFTER", "POST"),
    ("001", "translated-name", "kund-ID", "customer-id"),
    ("001", "translated-name", "kundvagn-ID", "cart-id"),
    (
        "001",
        "path-case",
        "/v1/Customers/{Customer-ID}/carts/{Cart-ID}/Checkout",
        "/v1/customers/{customer-id}/carts/{cart-id}/checkout",
    ),
    ("003", "translated-method", "Verzenden", "POST"),
    ("003", "mojibake", "â€™", "’"),
    ("003", "malformed-http", "", ""),
    ("003", "relaxed-json", "?", ""),
    ("004", "translated-name", "quantité", "quantity"),
    ("004", "name-case", "creationTimeStamp", "creationTimestamp"),
    ("004", "name-case", "lastModifiedTimeStamp", "lastModifiedTimestamp"),
    ("004", "name-case", "expirationTimeStamp", "expirationTimestamp"),
    ("004", "type-mismatch", "string", "integer"),
    ("004", "type-mismatch", "Tableau d’objets", "RenewsTo"),
    ("004", "translated-value", "active", "Active"),
    ("004", "translated-value", "ordered", "Ordered"),
    ("004", "translated-value", "p1m", "P1M"),
];

#[test]
fn what_is_wrong_with_the_seeds_is_found() {
    let Some(folder) = shared("seeds") else { return };
    let names: Vec<String> = fs::read_dir(&folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    let report = report(&folder, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let findings = report["findings"].as_array().expect("a list");
    let is = |value: &Value, wanted: &str| wanted.is_empty() || value.as_str() == Some(wanted);
    for (page, rule, found, expected) in FACTS {
        let says = |finding: &&Value| {
            finding["path"].as_str().is_some_and(|path| path.starts_with(page))
                && is(&finding["rule"], rule)
                && is(&finding["found"], found)
                && is(&finding["expected"], expected)
        };
        assert!(findings.iter().any(|finding| says(&finding)), "{page}: no {rule} `{found}` -> `{expected}`");
    }
    let is_false = |finding: &&Value| {
        finding["path"].as_str().is_some_and(|path| path.starts_with("002"))
            && is(&finding["severity"], "error")
            && ["name", "type"].iter().any(|kind| is(&finding["subject"]["kind"], kind))
    };
    assert_eq!(findings.iter().find(is_false), None, "names and types of the Chinese page are sound");
}

/// How many pages lie below a folder.
fn pages(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .map(|path| {
            if path.is_dir() {
                pages(&path)
            } else {
                usize::from(path.extension().is_some_and(|extension| extension == "md"))
            }
        })
        .sum()
}

#[test]
fn nearly_all_tables_and_all_pages_are_understood() {
    let Some(folder) = shared("corpus") else { return };
    for tree in ["partner-center", "bilingual"] {
        let report = report(&folder, &[tree]);
        let summary = &report["summary"];
        assert_eq!(summary["pages"], pages(&folder.join(tree)), "{tree}");
        let count = |name: &str| summary["coverage"][name].as_u64().expect("a count");
        let (all, recognized) = (count("tables"), count("tables_recognized"));
        assert!(100 * recognized >= 99 * all, "{tree}: {recognized} of {all} tables are recognized");
        let mut unreadable = BTreeMap::new();
        for finding in report["findings"].as_array().expect("a list") {
            if finding["rule"] == "unreadable-file" {
                *unreadable.entry(finding["path"].to_string()).or_insert(0) += 1;
            }
        }
        assert_eq!(unreadable, BTreeMap::new(), "{tree}");
    }
}
