//! The HTML report: its policy lets its own script and style run and nothing else, its words are complete, and what
//! pages say stays data.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use docdrift::check::check;
use docdrift::extract;
use docdrift::lexicon::Lexicon;
use docdrift::report::View;
use docdrift::report::html::{Heading, Previous, render};
use docdrift::report::{Format, render as text};
use docdrift::settings::Settings;
use docdrift::source::{Encoding, Locale, Source};
use docdrift::spec;
use docdrift::text::FileId;
use serde_json::Value;
use sha2::{Digest, Sha256};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/report/html");

fn asset(name: &str) -> String {
    fs::read_to_string(Path::new(FOLDER).join(name)).expect("an asset of the report")
}

/// `UPDATE_HASHES=1 cargo test --test pages html` writes them down again.
#[test]
fn the_policy_knows_the_style_and_the_script() {
    let hash = |name: &str| format!("sha256-{}\n", BASE64_STANDARD.encode(Sha256::digest(asset(name))));
    let hashes = hash("report.css") + &hash("report.js");
    if std::env::var_os("UPDATE_HASHES").is_some() {
        fs::write(Path::new(FOLDER).join("hashes.txt"), &hashes).expect("the hashes are written");
    }
    assert_eq!(asset("hashes.txt"), hashes);
}

#[test]
fn every_language_has_every_word() {
    let words: Value = serde_json::from_str(&asset("words.json")).expect("JSON");
    let words = words.as_object().expect("languages");
    let keys =
        |language: &Value| language.as_object().expect("words").keys().cloned().collect::<BTreeSet<_>>();
    let english = keys(&words["en"]);
    for (language, own) in words {
        assert_eq!(keys(own), english, "{language}");
    }
    let script = asset("report.js");
    for key in ["first", "health", "heat", "kinds", "hurt", "drift", "coverage", "findings"] {
        assert!(english.contains(key) && script.contains(&format!("'{key}'")), "{key}");
    }
}

const HOSTILE: &str = "# Cart\n\n| Property | Type |\n|---|---|\n| id | int |\n| quanti</script><script>alert(1)</script> | integer |\n\n\
                       ## CartLineItem\n\n| Property | Type |\n|---|---|\n| id | string |\n| quan\u{202e}tity\u{1b}[31m</style> | int |\n\
                       | catalogItemId | string |\n| friendlyName | string |\n";

/// A page with findings whose text wants to act.
fn report(previous: Option<&Previous>) -> (String, String) {
    let lexicon = Lexicon::default();
    let source = Source {
        path: "fr-fr/a</title><script>.md".to_owned(),
        page: "a</title><script>.md".to_owned(),
        locale: Locale::parse("fr-FR"),
        text: HOSTILE.to_owned(),
        encoding: Encoding::Utf8,
    };
    let pages = [extract::page(FileId(0), source, &lexicon)];
    let schema = spec::models();
    let outcome = check(&pages, Some(&schema), &lexicon, &Settings::default());
    assert!(!outcome.findings.is_empty());
    let view = View { outcome: &outcome, pages: &pages, spec: &schema.files };
    (render(&view, &Heading { previous, ..Heading::default() }), text(&view, Format::Json))
}

/// One of the JSON texts in the report.
fn part(html: &str, id: &str) -> Value {
    let (_, rest) = html.split_once(&format!("id=\"{id}\">")).expect("an opening");
    serde_json::from_str(rest.split_once("</script>").expect("a closing").0).expect("JSON")
}

#[test]
fn what_pages_say_stays_data() {
    let (html, _) = report(None);
    assert_eq!(html.matches("<script").count(), 4, "words, data, the script and findings");
    assert_eq!(html.matches("</script>").count(), 4);
    assert_eq!((html.matches("<style>").count(), html.matches("</style>").count()), (1, 1));
    assert!(!html.contains(['\u{202e}', '\u{1b}']));
    let data = part(&html, "data");
    assert_eq!(data["files"][0][0], "fr-fr/a</title><script>.md");
    let quoted: Vec<String> = part(&html, "entries")
        .as_array()
        .expect("findings")
        .iter()
        .map(|finding| {
            finding["q"].as_array().expect("three parts").iter().filter_map(Value::as_str).collect()
        })
        .collect();
    assert!(quoted.iter().any(|line| line.contains("quan\\u{202e}tity\\u{1b}[31m</style>")), "{quoted:#?}");
}

#[test]
fn the_trend_is_that_against_the_earlier_report() {
    let (_, json) = report(None);
    let previous = Previous::read(&json).expect("a report");
    let (html, _) = report(Some(&previous));
    let data = part(&html, "data");
    assert_eq!((&data["trend"]["new"], &data["trend"]["gone"]), (&0.into(), &0.into()));
    let more = |data: &Value| -> i64 {
        let changes = data["trend"]["damaged"].as_array().expect("a list").iter();
        changes.map(|change| change[2].as_i64().expect("a number")).sum()
    };
    assert_eq!(more(&data), 0);
    let (nothing, empty) = (r#"{"version":1,"summary":{},"findings":[]}"#, r#"{"version":2,"findings":[]}"#);
    let (html, _) = report(Some(&Previous::read(nothing).expect("a report")));
    let data = part(&html, "data");
    let entries = part(&html, "entries");
    let findings = entries.as_array().expect("findings");
    assert_eq!(data["trend"]["new"], findings.len());
    let is_damage = |finding: &&Value| {
        let kinds = ["name", "type", "method", "uri", "value"];
        finding["c"] == "translation"
            && finding["s"] != 0
            && kinds.iter().any(|kind| finding["u"][0] == *kind)
    };
    let damaged = findings.iter().filter(is_damage).count();
    assert!(damaged > 0);
    assert_eq!(more(&data), i64::try_from(damaged).expect("few"));
    assert_eq!(Previous::read(empty).expect_err("another version"), "is of version 2, not 1");
}
