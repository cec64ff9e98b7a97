//! Mutation test: clean pages get one known damage at a time; each must be found where it is, healed to the
//! byte, and explain all that is reported.
//!
//! `cargo test --test pages mutation -- --nocapture` prints the tables. With `MUTATION_MISSES` set it also shows every
//! damage that was missed, not healed, or set off an alarm elsewhere.
#![expect(clippy::print_stdout, reason = "prints the tables")]
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, clippy::cast_possible_truncation)]

#[path = "mutation/chance.rs"]
mod chance;
#[path = "mutation/damage.rs"]
mod damage;
#[path = "mutation/expected.rs"]
mod expected;
#[path = "mutation/ground.rs"]
mod ground;
#[path = "mutation/halves.rs"]
mod halves;
#[path = "mutation/trial.rs"]
mod trial;
#[path = "mutation/words.rs"]
mod words;

use std::fs;
use std::path::Path;

use chance::Chance;
use damage::{Damaged, KINDS, Kind};
use docdrift::lexicon::Lexicon;
use docdrift::settings::{Reference, Settings};
use docdrift::source::Locale;
use docdrift::spec;
use expected::Setting;
use ground::Ground;
use trial::{Bench, Clean, Tally, Verdict};

/// How often each kind of damage is done to each page.
const TRIES: usize = 3;

/// The trees of this test: the source and two translations, line by line the same.
fn own_pages() -> Vec<Clean> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mutation/pages");
    let mut pages = Vec::new();
    for locale in ["en-us", "nl-nl", "sv-se"] {
        let mut names: Vec<_> =
            fs::read_dir(folder.join(locale)).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        pages.extend(names.iter().map(|path| Clean {
            locale,
            page: path.file_name().unwrap().to_string_lossy().into_owned(),
            text: fs::read_to_string(path).unwrap(),
        }));
    }
    pages
}

fn settings(setting: Setting) -> Settings {
    let reference = match setting {
        Setting::Reference => Reference::Locale(Locale::parse("en-us").unwrap()),
        Setting::Models | Setting::Votes => Reference::Off,
    };
    Settings { reference, ..Settings::default() }
}

/// Damages the translations among `pages` in every way, and adds up what came of it.
fn run(bench: &Bench<'_>, pages: &[&Clean], source: &[&Clean], tries: usize, tallies: &mut [Tally]) {
    for (at, page) in pages.iter().enumerate() {
        let Some(source) = source.iter().find(|source| source.page == page.page) else { continue };
        let language = &page.locale[..2];
        if language == "en" {
            continue;
        }
        let ground = Ground::new(language, &source.text, &page.text).expect("pages are aligned");
        for (number, kind) in KINDS.iter().enumerate() {
            let mut done: Vec<String> = Vec::new();
            for attempt in 0..tries {
                let mut chance = Chance::new((at * KINDS.len() + number) * tries + attempt);
                let Some(damaged) = (kind.inflict)(&ground, &mut chance) else { continue };
                if done.contains(&damaged.text) {
                    continue;
                }
                let verdict = bench.attempt(at, kind, &damaged);
                show(bench, page, kind, &damaged, &verdict);
                tallies[number].add(&verdict);
                done.push(damaged.text);
            }
        }
    }
}

/// Prints what went wrong with one damage, if that is wanted.
fn show(bench: &Bench<'_>, page: &Clean, kind: &Kind, damaged: &Damaged, verdict: &Verdict) {
    if std::env::var_os("MUTATION_MISSES").is_none() {
        return;
    }
    let state = match (verdict.found, verdict.healed) {
        (true, true) if verdict.alarms.is_empty() => return,
        (true, true) => "alarm",
        (true, false) => "not healed",
        (false, _) if kind.rules.is_empty() && verdict.alarms.is_empty() => return,
        (false, _) => "missed",
    };
    let changed = damaged.text.lines().zip(page.text.lines()).find(|(now, clean)| now != clean);
    let (now, clean) = changed.unwrap_or_default();
    println!("{}: {state} in {}/{}\n    - {clean}\n    + {now}", kind.name, page.locale, page.page);
    for alarm in &verdict.alarms {
        println!("    ! {}", bench.shown(alarm));
    }
}

#[test]
fn damage_to_clean_pages_is_found_and_healed() {
    let (lexicon, models, clean) = (Lexicon::default(), spec::models(), own_pages());
    let source: Vec<&Clean> = clean.iter().filter(|page| page.locale == "en-us").collect();
    let mut failures = Vec::new();
    for setting in [Setting::Reference, Setting::Models, Setting::Votes] {
        let mut tallies = vec![Tally::default(); KINDS.len()];
        let groups: Vec<Vec<&Clean>> = match setting {
            Setting::Reference | Setting::Votes => vec![clean.iter().collect()],
            // Alone, and without what the models do not know.
            Setting::Models => ["nl-nl", "sv-se"]
                .map(|locale| {
                    clean
                        .iter()
                        .filter(|page| page.locale == locale && page.page != "gift-resources.md")
                        .collect()
                })
                .into(),
        };
        for group in &groups {
            let schema = (setting == Setting::Models).then_some(&models);
            let bench = Bench::new(group, &lexicon, schema, settings(setting));
            failures
                .extend(bench.alarms.iter().map(|alarm| format!("on a clean page: {}", bench.shown(alarm))));
            run(&bench, group, &source, TRIES, &mut tallies);
        }
        trial::print(&format!("Own pages, {setting:?}"), &tallies);
        failures.extend(expected::unmet(setting, &tallies));
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn damage_to_real_pages_is_found_and_healed() {
    let Some(pairs) = halves::clean_pairs(16) else {
        println!("skipped: no bilingual pages next to the repository");
        return;
    };
    let lexicon = Lexicon::default();
    let mut tallies = vec![Tally::default(); KINDS.len()];
    let mut alarms = 0;
    for [source, translation] in &pairs {
        let group = [source, translation];
        let bench = Bench::new(&group, &lexicon, None, settings(Setting::Reference));
        alarms += bench.alarms.len();
        if std::env::var_os("MUTATION_MISSES").is_some() {
            bench.alarms.iter().for_each(|alarm| println!("on a clean page: {}", bench.shown(alarm)));
        }
        run(&bench, &group, &[source], 1, &mut tallies);
    }
    trial::print(&format!("{} real pages, {alarms} alarms before any damage", pairs.len()), &tallies);
    let failures = expected::unmet(Setting::Reference, &tallies);
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
