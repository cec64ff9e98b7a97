//! Documentation lowered into the canonical schema: what each construct becomes, who is said to say it, and
//! where the pages disagree.

// Tests end at the first surprise.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use docdrift::facts::Page;
use docdrift::lexicon::Lexicon;
use docdrift::read::{self, Inputs};
use docdrift::schema::Schema;
use docdrift::settings::{Reference, Settings};
use docdrift::source::{Encoding, Locale, Source};
use docdrift::text::FileId;
use docdrift::{extract, lower, spec};

#[path = "lower/constructs.rs"]
mod constructs;
#[path = "spec/dump.rs"]
mod dump;
#[path = "lower/hostile.rs"]
mod hostile;
#[path = "lower/locales.rs"]
mod locales;
#[path = "lower/told.rs"]
mod told;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);

/// Pages from locale, path and text, in the order of their paths.
fn pages(given: &[(&str, &str, &str)]) -> Vec<Page> {
    let page = |(at, (locale, path, text)): (usize, &(&str, &str, &str))| {
        let source = Source {
            path: if locale.is_empty() {
                (*path).to_owned()
            } else {
                format!("{}/{path}", locale.to_lowercase())
            },
            page: (*path).to_owned(),
            locale: Locale::parse(locale),
            text: (*text).to_owned(),
            encoding: Encoding::Utf8,
        };
        extract::page(FileId(at as u32), source, &LEXICON)
    };
    given.iter().enumerate().map(page).collect()
}

/// What pages of one locale say, or what all agree on.
fn lowered(pages: &[Page], locale: Option<&str>) -> Schema {
    let locale = locale.map(|tag| Locale::parse(tag).unwrap());
    lower::schema(pages, None, &LEXICON, &Settings::default(), locale.as_ref())
}

/// The schema of English pages, as text.
fn english(given: &[(&str, &str)]) -> String {
    let given: Vec<_> = given.iter().map(|(path, text)| ("en-US", *path, *text)).collect();
    told::told(&lowered(&pages(&given), Some("en-US")))
}

/// The pages that this repository carries.
fn corpus() -> Vec<Page> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let inputs = Inputs { paths: vec![PathBuf::from("corpus")], ..Inputs::default() };
    assert_eq!(std::env::current_dir().unwrap(), root, "tests run at the root of the repository");
    let reading = read::read(&inputs);
    let page = |(at, source)| extract::page(FileId(at as u32), source, &LEXICON);
    reading.pages.into_iter().enumerate().map(page).collect()
}

#[test]
fn the_english_pages_of_the_repository() {
    insta::assert_snapshot!(told::told(&lowered(&corpus(), Some("en-US"))));
}

/// What translations differ in is damage, and damage is healed by the reference; marks and values of their own they
/// keep. All languages together heal those, too.
#[test]
fn every_translation_of_the_repository_says_what_english_says() {
    let pages = corpus();
    let english = without_notes(&dump::dump(&lowered(&pages, Some("en-US"))));
    let sound: [(&str, &[(&str, &str)]); 3] = [("fr-FR", &[]), ("nl-NL", &[]), ("zh-TW", &[])];
    let swedish: &[(&str, &str)] = &[
        // The example was translated.
        ("  status: \"Active\" | \"Ordered\"", "  status: string"),
        // So was a yes, to a no.
        ("  quantity: integer required-in-request", "  quantity: integer"),
    ];
    for (locale, differences) in sound.into_iter().chain([("sv-SE", swedish)]) {
        let translation = without_notes(&dump::dump(&lowered(&pages, Some(locale))));
        let pairs = english.lines().zip(translation.lines());
        let found: Vec<(&str, &str)> = pairs.filter(|(english, own)| english != own).collect();
        assert_eq!(found, differences, "{locale}");
        assert_eq!(english.lines().count(), translation.lines().count(), "{locale}");
    }
    assert_eq!(without_notes(&dump::dump(&lowered(&pages, None))), english, "all together");
}

/// What a schema says, without remarks and without examples, which are a page's own.
fn without_notes(dump: &str) -> String {
    let is_kept = |line: &&str| !line.starts_with("note ") && !line.trim_start().starts_with("example ");
    dump.split_inclusive('\n').filter(is_kept).collect()
}

/// Without a page that vouches for it, a translation keeps the names it has; the model and examples help.
#[test]
fn a_translation_alone_is_healed_by_what_there_is() {
    let all = corpus();
    let french: Vec<_> = all.into_iter().filter(|page| page.source.path.contains("fr-fr")).collect();
    let french: Vec<_> = french
        .into_iter()
        .enumerate()
        .map(|(at, page)| extract::page(FileId(at as u32), page.source, &LEXICON))
        .collect();
    let settings = Settings { reference: Reference::Off, ..Settings::default() };
    let locale = Locale::parse("fr-FR");
    let alone = lower::schema(&french, None, &LEXICON, &settings, locale.as_ref());
    let models = spec::models();
    let helped = lower::schema(&french, Some(&models), &LEXICON, &settings, locale.as_ref());
    let names = |schema: &Schema| -> Vec<String> {
        let docdrift::schema::Shape::Object(object) = &schema.get("CartLineItem").unwrap().shape else {
            panic!()
        };
        object.properties.iter().map(|property| property.name.clone()).collect()
    };
    assert!(names(&alone).contains(&"nom convivial".to_owned()), "{:?}", names(&alone));
    assert!(names(&alone).contains(&"quantity".to_owned()), "examples say so: {:?}", names(&alone));
    assert!(names(&helped).contains(&"friendlyName".to_owned()), "{:?}", names(&helped));
    // The docs moved away from the spec here; that is no damage.
    assert!(names(&helped).contains(&"catalogId".to_owned()), "{:?}", names(&helped));
    let cart = helped.get("Cart").unwrap();
    assert!(format!("{cart:?}").contains("creationTimeStamp"), "{cart:?}");
}
