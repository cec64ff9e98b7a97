//! What pages of a locale call things, learned from the texts parallel to them.

#![expect(clippy::print_stdout, reason = "says what was skipped")]

use std::path::Path;

use docdrift::extract::{self, Extractor};
use docdrift::facts::Page;
use docdrift::learn::{Part, Usage, Witness, Word, survey};
use docdrift::lexicon::Lexicon;
use docdrift::read::{self, Inputs};
use docdrift::report::lexicon::{Lessons, file};
use docdrift::settings::{Reference, Settings};
use docdrift::source::{Encoding, Locale, Source};
use docdrift::text::FileId;

fn page(at: u32, path: &str, locale: &str, text: &str, lexicon: &Lexicon) -> Page {
    let source = Source {
        path: format!("{locale}/{path}"),
        page: path.to_owned(),
        locale: Locale::parse(locale),
        text: text.to_owned(),
        encoding: Encoding::Utf8,
    };
    extract::page(FileId(at), source, lexicon)
}

#[track_caller]
fn word<'u>(usage: &'u Usage, part: Part, text: &str) -> &'u Word {
    let found = usage.words.iter().find(|word| word.part == part && word.text == text);
    found.unwrap_or_else(|| panic!("{text} was not seen in {:?}", usage.words))
}

fn pair(translated: &str, source: &str) -> String {
    format!("<span data-ttu-id=\"1\">{translated}</span><span data-stu-id=\"1\">{source}</span>")
}

/// A bilingual page in Welsh, which has no built-in lexicon.
fn bilingual() -> String {
    let cell = |translated, source| format!("| {} ", pair(translated, source));
    let row = |name: &str| {
        format!(
            "| {name} {}{}|\n",
            cell("llinyn", "string"),
            cell("Peth i'w ddangos yma bob tro.", "A thing.")
        )
    };
    format!(
        "# {}\n\n{}{}{}|\n|---|---|---|\n{}{}",
        pair("Priodweddau", "Properties"),
        cell("Priodwedd", "Property"),
        cell("Math", "Type"),
        cell("Disgrifiad", "Description"),
        row("lineItems"),
        row("orderId")
    )
}

#[test]
fn a_bilingual_page_teaches_by_its_source_half() {
    let lexicon = Lexicon::default();
    let pages = [page(0, "cart.md", "cy-GB", &bilingual(), &lexicon)];
    let usage = survey(&pages, &lexicon, &Settings::default());
    assert_eq!((usage.len(), usage[0].pages, usage[0].parallel), (1, 1, 1));
    for (part, text, role) in [
        (Part::Header, "Priodwedd", "property"),
        (Part::Header, "Disgrifiad", "description"),
        (Part::Type, "llinyn", "string"),
        (Part::Section, "Priodweddau", "properties"),
    ] {
        let word = word(&usage[0], part, text);
        assert!(word.is_unknown(), "{word:?}");
        assert_eq!(word.lesson(1, false).map(|found| found.role.as_str()), Some(role), "{word:?}");
    }
    assert_eq!(word(&usage[0], Part::Type, "llinyn").count, 2);

    let off = Settings { reference: Reference::Off, ..Settings::default() };
    let usage = survey(&pages, &lexicon, &off);
    assert_eq!(usage[0].parallel, 0);
    assert!(usage[0].words.iter().all(|word| word.readings.is_empty() && word.parallel.is_none()));
}

#[test]
fn cells_speak_against_a_header_where_nobody_else_does() {
    let lexicon = Lexicon::default();
    let table = "# Cart\n\n| Property | Size | Description |\n|---|---|---|\n\
        | lineItems | array of objects | What is in it, one by one and in order. |\n\
        | orderId | string | What was ordered, as the shop calls it. |\n\n";
    let text = table.repeat(2);
    let pages = [page(0, "cart.md", "en-US", &text, &lexicon)];
    let usage = survey(&pages, &lexicon, &Settings::default());
    let against = word(&usage[0], Part::Header, "Size").against().expect("its cells are types");
    assert_eq!((against.role, against.count, against.of), ("type", 2, 2));
    assert_eq!(against.witness, Witness::Cells);
    assert_eq!(word(&usage[0], Part::Header, "Description").against(), None);
}

#[test]
fn what_real_pages_teach_is_known_afterwards() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/partner-center");
    if !corpus.is_dir() {
        println!("skipped: no real pages beside the repository");
        return;
    }
    for tag in ["sv-SE", "zh-TW"] {
        let locale = Locale::parse(tag).expect("a tag");
        let folders = ["en-us", &tag.to_lowercase()].map(|folder| corpus.join(folder));
        let learn = |lexicon: &Lexicon, all| {
            let inputs = Inputs { paths: folders.to_vec(), ..Inputs::default() };
            let mut pages = read::map(&inputs, |sources| Extractor::new(lexicon).pages(sources)).pages;
            for (at, page) in pages.iter_mut().enumerate() {
                page.file = FileId(at as u32);
            }
            let settings = Settings { locales: vec![locale.clone()], ..Settings::default() };
            let usage = survey(&pages, lexicon, &settings).remove(0);
            let (toml, count) = file(&locale, &usage, &pages, Lessons { min: 2, all });
            (usage, toml, count)
        };
        let (_, toml, count) = learn(&Lexicon::default(), true);
        assert!(count > 40, "{tag}: {toml}");
        let lexicon = Lexicon::default().with_extra("learned.toml", &toml).expect("a sound file");
        let (usage, toml, _) = learn(&lexicon, false);
        assert!(usage.words.iter().all(|word| word.lesson(2, false).is_none()), "{tag}: {toml}");
    }
}

proptest::proptest! {
    #[test]
    fn any_two_pages_are_surveyed(own in "(?s)[|\\-a-cA#` \n<>é]{0,200}", theirs in "(?s)[|\\-a-cA#` \n<>é]{0,200}") {
        let lexicon = Lexicon::default();
        let head = "# Typ\n\n| Egenskap | Typ |\n|---|---|\n";
        let pages = [
            page(0, "a.md", "en-US", &format!("{head}{theirs}"), &lexicon),
            page(1, "a.md", "sv-SE", &format!("{head}{own}"), &lexicon),
        ];
        let usage = survey(&pages, &lexicon, &Settings::default());
        for usage in &usage {
            let locale = usage.locale.clone().expect("every page has one");
            let (toml, _) = file(&locale, usage, &pages, Lessons { min: 1, all: true });
            proptest::prop_assert!(Lexicon::default().with_extra("own.toml", &toml).is_ok(), "{toml}");
        }
    }
}
