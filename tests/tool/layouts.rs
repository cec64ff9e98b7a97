//! Every layout that documentation teams use is understood without configuration: a name and a method that
//! translation changed are found in each language, and the right pages are the source.

#![cfg(feature = "cli")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde::Deserialize;
use serde_json::Value;

/// What `layouts.toml` holds.
#[derive(Deserialize)]
struct Document {
    words: BTreeMap<String, Words>,
    layout: Vec<Layout>,
}

/// What a page says in one language, and what translation makes of a name and a method.
#[derive(Deserialize)]
struct Words {
    text: String,
    fields: String,
    length: String,
    sign: String,
    request: String,
    requests: String,
    name: String,
    method: String,
}

/// Where pages lie; `{path}` is that of each page.
#[derive(Deserialize)]
struct Layout {
    name: String,
    language: String,
    source: String,
    translations: BTreeMap<String, String>,
    /// Pages in the language of the source that belong to another version.
    #[serde(default)]
    others: Vec<String>,
    /// Whether pages lie in no folders.
    #[serde(default)]
    flat: bool,
    /// Files that are no pages.
    #[serde(default)]
    files: BTreeMap<String, String>,
}

impl Words {
    fn page(&self, number: usize, is_damaged: bool) -> String {
        let name = if is_damaged { &self.name } else { "hullLength" };
        let method = if is_damaged { &self.method } else { "GET" };
        format!(
            "# Boat{number}\n\n{}\n\n{}\n|---|---|---|\n| {name} | integer | {} |\n| callSign | string | {} |\n\n\
             ## {}\n\n{}\n|---|---|\n| {method} | {{baseURL}}/v1/boats{number}/{{id}} HTTP/1.1 |\n",
            self.text, self.fields, self.length, self.sign, self.request, self.requests
        )
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
    fs::write(path, text).expect("a file is written");
}

/// Builds the tree, and gives the paths of all translations.
fn build(root: &Path, layout: &Layout, words: &BTreeMap<String, Words>) -> BTreeSet<String> {
    let mut translations = BTreeSet::new();
    let paths = if layout.flat { ["boats", "ropes"] } else { ["boats", "guide/ropes"] };
    for (number, page) in paths.into_iter().enumerate() {
        let path = |pattern: &str| pattern.replace("{path}", page);
        for source in layout.others.iter().chain([&layout.source]) {
            write(root, &path(source), &words[&layout.language].page(number, false));
        }
        for (pattern, language) in &layout.translations {
            write(root, &path(pattern), &words[language].page(number, true));
            translations.insert(path(pattern));
        }
    }
    for (path, text) in &layout.files {
        write(root, path, text);
    }
    translations
}

/// What a newcomer sees.
fn docdrift(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args(["check", "--no-config"])
        .args(arguments)
        .current_dir(root)
        .output()
        .expect("the program starts")
}

/// The same as JSON.
fn check(root: &Path) -> Value {
    let output = docdrift(root, &["--format", "json"]);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// Fails with what is wrong about a layout.
fn judge(layout: &Layout, words: &BTreeMap<String, Words>) -> Result<(), String> {
    let root: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("layouts")
        .join(layout.name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect::<String>());
    if root.exists() {
        fs::remove_dir_all(&root).map_err(|error| error.to_string())?;
    }
    let translations = build(&root, layout, words);
    let report = check(&root);
    let findings = report["findings"].as_array().ok_or("no findings")?;
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or("").to_owned();
    let paths = |is_it: &dyn Fn(&Value) -> bool| -> BTreeSet<String> {
        findings.iter().filter(|finding| is_it(finding)).map(|finding| text(finding, "path")).collect()
    };
    let names = paths(&|finding| text(finding, "expected") == "hullLength");
    let methods =
        paths(&|finding| text(finding, "rule") == "translated-method" && text(finding, "expected") == "GET");
    let others: BTreeSet<String> = paths(&|finding| text(finding, "rule") != "missing-page")
        .difference(&translations)
        .cloned()
        .collect();
    let reference = text(&report["summary"], "reference");
    if reference.split('-').next() != Some(layout.language.as_str()) {
        return Err(format!("the reference is `{reference}`"));
    }
    // The settings say what the check does.
    let settings = docdrift(&root, &["--show-settings"]).stdout;
    if !String::from_utf8_lossy(&settings).contains(&format!("\n# reference: {reference}, ")) {
        return Err(format!("the settings do not say that `{reference}` is the reference"));
    }
    for (what, found) in [("name", &names), ("method", &methods)] {
        if let Some(path) = translations.difference(found).next() {
            return Err(format!("no translated {what} in {path}"));
        }
    }
    others.into_iter().next().map_or(Ok(()), |path| Err(format!("a finding in {path}, which is right")))
}

#[test]
fn every_layout_is_understood() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tool/layouts.toml");
    let text = fs::read_to_string(path).expect("the layouts are there");
    let document: Document = toml::from_str(&text).expect("the layouts are TOML");
    assert!(document.layout.len() > 40, "{}", document.layout.len());
    let mut wrong = Vec::new();
    for layout in &document.layout {
        if let Err(what) = judge(layout, &document.words) {
            wrong.push(format!("{}: {what}", layout.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_folder_that_nobody_translates_lacks_no_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tool/layouts.toml");
    let text = fs::read_to_string(path).expect("the layouts are there");
    let document: Document = toml::from_str(&text).expect("the layouts are TOML");
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("layouts").join("beside");
    if root.exists() {
        fs::remove_dir_all(&root).expect("the folder of the last run is removed");
    }
    for (number, page) in ["tent", "rope", "sail"].into_iter().enumerate() {
        write(&root, &format!("docs/en/{page}.md"), &document.words["en"].page(number, false));
        if page != "sail" {
            write(&root, &format!("docs/de/{page}.md"), &document.words["de"].page(number, true));
        }
    }
    write(
        &root,
        "blog/tent.md",
        "# Tent\n\nWhat you pack:\n\n| Name | Type |\n|---|---|\n| pegs | integer |\n",
    );
    let report = check(&root);
    let findings = report["findings"].as_array().expect("a list of findings");
    let missing = findings.iter().filter(|finding| finding["rule"] == "missing-page");
    let paths: Vec<&str> = missing.filter_map(|finding| finding["path"].as_str()).collect();
    assert_eq!(paths, ["docs/en/sail.md"]);
}
