//! The report, looked at in a browser: it filters, leads from the heat map to the findings of a page, keeps what pages
//! say from acting, works by keyboard and on narrow windows, and asks the network for nothing.
//!
//! `DOCDRIFT_BROWSER=1 cargo test --test tool browser` in the repository runs these, and with `UPDATE_SCREENSHOTS=1` takes the
//! pictures of the README anew.

mod browser;
mod measures;
mod pages;

use std::fs;
use std::path::PathBuf;

use browser::{Browser, say, visit};
use pages::{HOSTILE, are_wanted, of_corpus, of_hostile_pages, of_many, repository};

/// Opens a report, if a browser is asked for.
fn look_at(report: impl FnOnce() -> PathBuf, look: impl FnOnce(&Browser)) {
    if are_wanted() {
        visit(&report(), look);
    } else {
        say("skipped: no browser is asked for; DOCDRIFT_BROWSER=1 cargo test --test tool browser does");
    }
}

/// The number that a text begins with.
fn number(text: &str) -> usize {
    let digits: String =
        text.chars().take_while(|c| c.is_ascii_digit() || *c == ',').filter(|c| *c != ',').collect();
    digits.parse().unwrap_or_else(|_| panic!("no number: {text}"))
}

/// How many findings the report says that it shows.
fn shown(browser: &Browser) -> usize {
    number(&browser.text("[role=status]"))
}

#[test]
fn findings_are_filtered_and_the_address_says_how() {
    look_at(of_corpus, |browser| {
        let all = shown(browser);
        assert_eq!(browser.count(".findings > li"), all);
        browser.choose("#filter-locale", "nl-NL");
        let dutch = shown(browser);
        assert!(0 < dutch && dutch < all, "{dutch} of {all}");
        browser.choose("#filter-severity", "error");
        let errors = shown(browser);
        assert!(0 < errors && errors < dutch, "{errors} of {dutch}");
        assert_eq!(browser.count(".findings .badge.error"), errors);
        assert_eq!(browser.fragment(), "locale=nl-NL&severity=error");

        // The address is all that is needed to come back.
        browser.reload();
        assert_eq!(shown(browser), errors);
        browser.click(".filters button");
        assert_eq!(shown(browser), all);

        let page = browser.run("return document.querySelector('#filter-page').options[1].value");
        let page = page.as_str().expect("the first page");
        for (filter, value) in [("cause", "drift"), ("rule", "name-case"), ("page", page)] {
            browser.choose(&format!("#filter-{filter}"), value);
            let some = shown(browser);
            assert!(0 < some && some < all, "{filter}: {some} of {all}");
            assert_eq!(browser.fragment().replace("%2F", "/"), format!("{filter}={value}"));
            browser.click(".filters button");
        }
        browser.type_into("#filter-q", "QUANTITÉ");
        browser.wait_for("[role=status]", |text| number(text) < all);
        assert!(browser.text(".findings > li .message").contains("quantité"));
        browser.type_into("#filter-q", " nowhere");
        browser.wait_for("[role=status]", |text| text == "No finding fits these filters.");
        assert_eq!(browser.count(".findings > li"), 0);
    });
}

#[test]
fn a_cell_of_the_heat_map_leads_to_its_findings_and_they_to_the_page() {
    look_at(of_corpus, |browser| {
        let count = number(&browser.text("#heat td a"));
        browser.click("#heat td a");
        assert_eq!(shown(browser), count);
        let top = browser.run("return document.getElementById('findings').getBoundingClientRect().top");
        assert!(top.as_f64().is_some_and(|top| (-1.0..400.0).contains(&top)), "findings are at {top}");
        let focus = browser.run("return document.activeElement.id");
        assert_eq!(focus, "findings-title");

        browser.click("#heat tbody th a");
        browser.choose("#filter-rule", "translated-name");
        browser.choose("#filter-locale", "fr-FR");
        let line = browser.text(".findings .where");
        browser.click(".findings summary");
        assert_eq!(browser.text(".findings .path"), line);
        let marked = browser.text(".findings pre mark");
        let right = browser.text(".findings .body p > code[dir]");
        assert!(browser.text(".findings .message").contains(&format!("`{right}`")));
        assert_eq!(browser.text(".findings del"), marked);
        assert_eq!(browser.text(".findings ins"), right);
        assert!(browser.text(".findings pre ~ .quiet code").starts_with("corpus/en-us/"), "the other side");
        browser.click(".findings .body button");
        browser.wait_for(".findings .body button", |text| text == "Copied");
    });
}

#[test]
fn theme_and_language_can_be_chosen_and_stay_chosen() {
    let paper = "return getComputedStyle(document.body).backgroundColor";
    look_at(of_corpus, |browser| {
        let light = browser.run(paper);
        browser.prefer("dark");
        let dark = browser.run(paper);
        assert_ne!(dark, light, "the system's wish");
        browser.choose("#set-theme", "light");
        assert_eq!(browser.run(paper), light);
        browser.choose("#set-theme", "dark");
        browser.prefer("light");
        assert_eq!(browser.run(paper), dark);
        for (language, title) in [
            ("fr", "Rapport de documentation"),
            ("de", "Dokumentationsbericht"),
            ("ja", "ドキュメントのレポート"),
        ] {
            browser.choose("#set-language", language);
            assert_eq!(browser.text("h1"), title);
            assert_eq!(browser.run("return document.documentElement.lang"), language);
        }
        browser.reload();
        assert_eq!(browser.text("h1"), "ドキュメントのレポート");
        assert_eq!(browser.run(paper), dark);
        assert_eq!(browser.fragment(), "theme=dark&lang=ja");
    });
}

#[test]
fn what_pages_say_stays_text() {
    look_at(of_hostile_pages, |browser| {
        assert_eq!(shown(browser), browser.count(".findings > li"));
        let opened = browser.run(
            "for (const details of document.querySelectorAll('details')) details.open = true;
             return document.querySelectorAll('details').length",
        );
        assert!(opened.as_u64() >= Some(HOSTILE.len() as u64), "{opened} findings");
        // Bodies are made when a finding is opened, which is told after it happened.
        browser.settle();
        let text = browser.run("return document.getElementById('report').textContent");
        let text = text.as_str().expect("text");
        for wanted in HOSTILE {
            let seen = wanted
                .replace('\u{202e}', "\\u{202e}")
                .replace('\u{202c}', "\\u{202c}")
                .replace('\u{1b}', "\\u{1b}");
            assert!(text.contains(&seen), "{seen} is not to be seen");
        }
        assert!(text.contains("<img src=x onerror=alert(1)> 0.md"));
        assert!(!text.contains(['\u{202e}', '\u{202c}', '\u{1b}']));
        assert_eq!(browser.run("return document.title"), "Documentation report – docdrift");
        assert_eq!(browser.run("return document.scripts.length"), 4, "words, data, the script, findings");
        assert_eq!(browser.run("return document.styleSheets.length"), 1);
        assert_eq!(browser.count("img, iframe, object, embed, form[action], [onerror], [style]"), 0);
        let links = browser.run(
            "const page = (address) => address.split('#')[0];
             return [...document.links].filter((a) => page(a.href) !== page(location.href)).length",
        );
        assert_eq!(links, 0, "links to elsewhere");
    });
}

/// Keys, as `WebDriver` writes them.
const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

/// All that can be done with a pointer can be done with keys, and has a name to be read out.
#[test]
fn keys_and_screen_readers_come_everywhere() {
    look_at(of_corpus, |browser| {
        browser.type_into("body", TAB);
        assert_eq!(browser.text(":focus"), "Skip to the findings");
        let is_seen = browser.run("return document.activeElement.getBoundingClientRect().left >= 0");
        assert_eq!(is_seen, true);
        browser.type_into(":focus", ENTER);
        assert_eq!(browser.run("return document.activeElement.id"), "findings-title");
        browser.type_into(":focus", TAB);
        assert_eq!(browser.run("return document.activeElement.id"), "filter-q");
        browser.run("document.querySelector('.findings summary').focus()");
        browser.type_into(":focus", ENTER);
        assert_eq!(browser.count(".findings details[open]"), 1);

        let roles = browser.roles();
        for role in ["link", "button", "combobox", "searchbox", "heading", "table", "region"] {
            let names: Vec<&str> =
                roles.iter().filter(|(own, _)| own == role).map(|(_, name)| name.as_str()).collect();
            assert!(!names.is_empty(), "there is no {role}");
            if role != "table" {
                assert!(!names.contains(&""), "a {role} has no name: {names:?}");
            }
        }
        let cell = |(role, name): &(String, String)| {
            role == "link" && name.contains("nl-NL: ") && name.contains("errors")
        };
        assert!(roles.iter().any(cell), "cells of the heat map say what their numbers are");
    });
}

#[test]
fn narrow_windows_and_paper_hold_the_report() {
    look_at(of_corpus, |browser| {
        for width in [1280, 420, 320] {
            browser.resize(width, 900);
            let wider = browser
                .run("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
            assert_eq!(wider, 0, "something is wider than a window of {width} pixels");
        }
        browser.resize(1280, 900);
        let ink = "return getComputedStyle(document.body).color";
        let light_ink = browser.run(ink);
        browser.choose("#set-theme", "dark");
        assert_ne!(browser.run(ink), light_ink);
        browser.show_as_printed();
        assert_eq!(browser.run(ink), light_ink, "paper is white, whatever the theme");
        for control in [".filters", ".settings", ".skip"] {
            let display =
                browser.run(&format!("return getComputedStyle(document.querySelector('{control}')).display"));
            assert_eq!(display, "none", "{control} on paper");
        }
    });
}

/// What there is no room for is counted, and the rest is there.
#[test]
fn what_is_folded_is_said() {
    look_at(
        || of_many(101, 50, "folded"),
        |browser| {
            assert_eq!(
                browser.text("#findings .notice"),
                "200 less severe findings are left out of this file; report.json beside it has them all."
            );
            assert_eq!(browser.text("[role=status]"), "20,000 of 20,200 findings");
            let before = browser.count(".findings > li");
            browser.click("#findings > button");
            assert_eq!(browser.count(".findings > li"), 2 * before);
        },
    );
}

#[test]
fn pictures_for_the_readme_are_taken() {
    let is_update = std::env::var_os("UPDATE_SCREENSHOTS").is_some();
    look_at(of_corpus, |browser| {
        for (name, width, theme) in [("report.png", 1280, "light"), ("report-narrow.png", 420, "dark")] {
            browser.resize(width, 1290);
            browser.prefer(theme);
            browser.settle();
            let picture = browser.picture();
            let at = repository().join("docs").join(name);
            if is_update {
                fs::write(&at, &picture).expect("a picture");
            }
            assert!(picture.len() < 300_000, "{name} has {} bytes", picture.len());
            assert!(at.is_file(), "UPDATE_SCREENSHOTS=1 takes {name}");
        }
    });
}
