//! The configuration: its JSON Schema, and how it is found.
//!
//! `UPDATE_SCHEMA=1 cargo test --test tool config` writes the schema anew.

#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn the_schema_is_up_to_date() {
    let path = root().join("docdrift.schema.json");
    let schema = docdrift::project::config::document_schema();
    let text = serde_json::to_string_pretty(&schema).expect("a value becomes JSON") + "\n";
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&path, text).expect("the schema is written");
        return;
    }
    let now = fs::read_to_string(&path).expect("there is a schema");
    assert!(now == text, "docdrift.schema.json is stale: UPDATE_SCHEMA=1 cargo test --test tool config");
}

/// Editors show what is written of a key; one without a word is no help.
#[test]
fn every_key_is_explained() {
    let schema = docdrift::project::config::document_schema();
    let mut keys = 0;
    for table in [&schema, &schema["$defs"]["Override"]] {
        assert_eq!(table["additionalProperties"], false, "{table}");
        for (key, value) in table["properties"].as_object().expect("keys") {
            assert!(value["description"].is_string(), "{key} is not explained");
            keys += 1;
        }
    }
    assert!(keys > 10, "{keys}");
}

fn print(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Paths and patterns start from the configuration's folder, wherever the run was started.
#[test]
fn the_working_folder_does_not_matter() {
    let folder = root().join("tests/cli/choose.in");
    let above = print(&folder, &["check", "--format", "concise"]);
    let below = print(&folder.join("sub"), &["check", "--format", "concise"]);
    assert_eq!(above.replace("docs/", "../docs/"), below);
    assert!(above.lines().count() > 3, "{above}");
}

/// What `docdrift init` writes shows every key; with all of its examples switched on it is a configuration, too.
#[test]
fn the_first_configuration_shows_every_key() {
    let folder = std::env::temp_dir().join(format!("docdrift-config-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    print(&folder, &["init"]);
    let path = folder.join("docdrift.toml");
    let text = fs::read_to_string(&path).expect("a configuration");
    let schema = docdrift::project::config::document_schema();
    for (key, value) in schema["properties"].as_object().expect("keys") {
        let forms = [format!("\n#{key} ="), format!("\n#[{key}]"), format!("\n#[[{key}]]")];
        assert!(forms.iter().any(|form| text.contains(form)), "{key} is not shown");
        let words = value["description"].as_str().expect("an explanation").split(' ').take(4);
        assert!(text.contains(&words.collect::<Vec<_>>().join(" ")), "{key} is not explained");
    }
    let switched_on: String = text
        .lines()
        .map(|line| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line))
        .flat_map(|line| [line, "\n"])
        .collect();
    fs::write(&path, switched_on).expect("a configuration is written");
    let shown = print(&folder, &["check", "--show-settings"]);
    assert_eq!(shown.matches("# docdrift.toml:").count(), 15, "{shown}");
    fs::remove_dir_all(&folder).expect("the folder goes");
}

/// The example of the manual is a configuration, and shows every key.
#[test]
fn the_manual_shows_every_key() {
    let chapter = fs::read_to_string(root().join("docs/src/configuration.md")).expect("a chapter");
    let block = chapter.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a block");
    for key in docdrift::project::config::document_schema()["properties"].as_object().expect("keys").keys() {
        let forms = [format!("\n{key} ="), format!("\n[{key}]"), format!("\n[[{key}]]")];
        assert!(forms.iter().any(|form| format!("\n{block}").contains(form)), "{key} is not shown");
    }
    let folder = std::env::temp_dir().join(format!("docdrift-manual-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("docdrift.toml"), block).expect("a configuration is written");
    print(&folder, &["check", "--show-settings"]);
    fs::remove_dir_all(&folder).expect("the folder goes");
}
