//! Real pages, where they lie next to the repository: what is known to be wrong with them is found, and
//! nearly everything in them is understood.

#![cfg(feature = "cli")]

#[path = "support/shared.rs"]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use docdrift::facts::{Page, SectionRole};
use docdrift::lexicon::Lexicon;
use docdrift::read::{self, Inputs};
use docdrift::schema::{Location, Schema, Shape, Type};
use docdrift::settings::Settings;
use docdrift::source::Locale;
use docdrift::text::FileId;
use docdrift::{extract, lower};
use serde_json::Value;

use support::shared;

/// The JSON report on the named files or folders of `folder`.
fn report(folder: &Path, paths: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args(["check", "--no-config", "--spec", "models", "--format", "json"])
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

/// The schema of some trees of one locale, with English as reference.
fn lowered(folder: &Path, trees: &[&str], locale: &str) -> Schema {
    let lexicon = Lexicon::default();
    let paths = trees.iter().map(|tree| folder.join("partner-center").join(tree)).collect();
    let reading = read::read(&Inputs { paths, ..Inputs::default() });
    let pages: Vec<Page> = reading
        .pages
        .into_iter()
        .enumerate()
        .map(|(at, source)| extract::page(FileId(at as u32), source, &lexicon))
        .collect();
    lower::schema(&pages, None, &lexicon, &Settings::default(), Locale::parse(locale).as_ref())
}

/// The names of an object's properties.
fn properties<'s>(schema: &'s Schema, name: &str) -> Vec<&'s str> {
    let def = schema.get(name).unwrap_or_else(|| panic!("there is no {name}"));
    let Shape::Object(object) = &def.shape else { panic!("{name} is no object") };
    object.properties.iter().map(|property| property.name.as_str()).collect()
}

#[track_caller]
fn has(schema: &Schema, name: &str, wanted: &[&str]) {
    let found = properties(schema, name);
    for one in wanted {
        assert!(found.contains(one), "{name} has no {one}: {found:?}");
    }
}

/// Names that tables document, as they stand there.
fn cart_family(schema: &Schema) {
    has(
        schema,
        "Cart",
        &[
            "id",
            "creationTimeStamp",
            "lastModifiedTimeStamp",
            "expirationTimeStamp",
            "lastModifiedUser",
            "lineItems",
            "status",
        ],
    );
    has(
        schema,
        "CartLineItem",
        &[
            "id",
            "catalogItemId",
            "friendlyName",
            "quantity",
            "currencyCode",
            "billingCycle",
            "termDuration",
            "participants",
            "provisioningContext",
            "orderGroup",
            "addonItems",
            "error",
            "renewsTo",
        ],
    );
    has(schema, "RenewsTo", &["termDuration"]);
    has(schema, "CartError", &["errorCode", "errorDescription"]);
    has(schema, "CartCheckoutResult", &["orders", "orderErrors"]);
    has(schema, "OrderError", &["orderGroupId", "code", "description"]);
    let carts = "/v1/customers/{customer-id}/carts";
    let documented = [
        ("POST", carts.to_owned(), Some("Cart"), "Cart"),
        ("PUT", format!("{carts}/{{cart-id}}"), Some("Cart"), "Cart"),
        ("POST", format!("{carts}/{{cart-id}}/checkout"), None, "CartCheckoutResult"),
    ];
    for (method, path, request, response) in documented {
        let found = schema.operations.iter().find(|one| one.method == method && one.path == path);
        let operation = found.unwrap_or_else(|| panic!("there is no {method} {path}"));
        assert_eq!(operation.request.as_ref().and_then(Type::name), request, "{method} {path}");
        let bodies: Vec<_> =
            operation.responses.iter().map(|one| one.body.as_ref().and_then(Type::name)).collect();
        assert_eq!(bodies, [Some(response)], "{method} {path}");
        let in_path = operation.parameters.iter().filter(|one| one.location == Location::Path);
        let customer = in_path.clone().find(|one| one.name == "customer-id").expect("a customer");
        assert!(customer.required && !customer.doc.is_empty());
        assert_eq!(in_path.count(), path.matches('{').count());
    }
}

/// What no API has: headings of pages for types, words for identifiers, one request twice.
fn holds_together(schema: &Schema, locale: &str) {
    let vocabulary = Lexicon::default();
    let vocabulary = vocabulary.vocabulary(Locale::parse(locale).as_ref());
    for name in schema.types.keys() {
        // A resource may be called `Properties`; none is called `Request example`.
        let mut roles = vocabulary.section(name).filter(|role| *role != SectionRole::Properties);
        assert_eq!(roles.next(), None, "{locale}: the type {name} is named like a heading");
    }
    let mut seen = BTreeMap::new();
    for operation in &schema.operations {
        let shape: String =
            operation.path.split('/').map(|part| if part.starts_with('{') { "/{}" } else { part }).collect();
        let earlier = seen.insert((operation.method.clone(), shape.to_lowercase()), &operation.path);
        assert_eq!(earlier, None, "{locale}: {} {}", operation.method, operation.path);
    }
}

#[test]
fn english_pages_make_the_schema_that_they_document() {
    let Some(folder) = shared("corpus") else { return };
    let english = lowered(&folder, &["en-us"], "en-US");
    cart_family(&english);
    holds_together(&english, "en-US");
    assert!(
        english.types.len() > 150 && english.operations.len() > 150,
        "nearly every page has one or the other"
    );
    for name in english.types.keys() {
        let names = if matches!(english.types[name].shape, Shape::Object(_)) {
            properties(&english, name)
        } else {
            Vec::new()
        };
        for property in names {
            assert!(property.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{name}.{property}");
        }
    }
}

#[test]
fn translated_pages_make_the_same_schema_once_they_are_healed() {
    let Some(folder) = shared("corpus") else { return };
    let english = lowered(&folder, &["en-us"], "en-US");
    for locale in ["fr-fr", "nl-nl", "pl-pl", "sv-se", "zh-tw"] {
        let translated = lowered(&folder, &["en-us", locale], locale);
        cart_family(&translated);
        holds_together(&translated, locale);
        let missing: Vec<&String> =
            english.types.keys().filter(|name| translated.get(name).is_none()).collect();
        assert_eq!(missing, [""; 0], "{locale}: pages of both trees document the same types");
        let objects = english.types.values().filter(|def| matches!(def.shape, Shape::Object(_)));
        let (mut all, mut kept) = (0, 0);
        for def in objects {
            let found = properties(&translated, &def.name);
            let names = properties(&english, &def.name);
            all += names.len();
            kept += names.iter().filter(|name| found.contains(name)).count();
        }
        assert!(1000 * kept >= 985 * all, "{locale}: {kept} of {all} names are those of the source");
    }
}
