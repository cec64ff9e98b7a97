//! Learned words as a lexicon file: TOML, with what speaks for each word as comments.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::facts::Page;
use crate::learn::{Part, Reading, Usage, Word};
use crate::report::escape::visible;
use crate::source::Locale;

/// What a `String` does.
const ALL_TEXT: &str = "a String takes all text";

/// What is learned.
#[derive(Debug, Clone, Copy)]
pub struct Lessons {
    /// A word is learned if it was seen so often in its role.
    pub min: usize,
    /// Also words that the lexicon knows in that role.
    pub all: bool,
}

/// The lexicon file of the words that the pages of `locale` use, and how many they are.
pub fn file(locale: &Locale, usage: &Usage, pages: &[Page], lessons: Lessons) -> (String, usize) {
    let mut out = String::new();
    let (count, parallel) = (usage.pages, usage.parallel);
    writeln!(out, "# Learned from {parallel} parallel pages of {count}.").expect(ALL_TEXT);
    writeln!(out, "tag = \"{locale}\"").expect(ALL_TEXT);
    let mut learned = 0;
    for part in Part::ALL {
        let mut roles: BTreeMap<&str, Vec<&Word>> = BTreeMap::new();
        let mut ambiguous = Vec::new();
        for word in usage.words.iter().filter(|word| word.part == part) {
            if let Some(found) = word.lesson(lessons.min, lessons.all) {
                roles.entry(&found.role).or_default().push(word);
            } else if word.majority().is_none() && total(word) >= lessons.min {
                ambiguous.push(word);
            }
        }
        if roles.is_empty() && ambiguous.is_empty() {
            continue;
        }
        writeln!(out, "\n[{}]", part.table()).expect(ALL_TEXT);
        for (role, mut words) in roles {
            words.sort_by_key(|word| (std::cmp::Reverse(total(word)), &word.text));
            learned += words.len();
            for word in &words {
                comment(&mut out, word, pages);
            }
            let texts: Vec<String> = words.iter().map(|word| string(&word.text)).collect();
            writeln!(out, "{} = [{}]", key(role), texts.join(", ")).expect(ALL_TEXT);
        }
        if !ambiguous.is_empty() {
            out.push_str("# Ambiguous, left out:\n");
            for word in &ambiguous {
                comment(&mut out, word, pages);
            }
        }
    }
    (out, learned)
}

fn total(word: &Word) -> usize {
    word.readings.iter().map(|reading| reading.count).sum()
}

/// `# Beskrivning: description 1637x in 201 pages, e.g. develop/cart-resources.md`, all roles in one line.
fn comment(out: &mut String, word: &Word, pages: &[Page]) {
    write!(out, "# {}:", visible(&word.text)).expect(ALL_TEXT);
    for (at, Reading { role, count, pages: found, example }) in word.readings.iter().enumerate() {
        let part = if at == 0 { " " } else { "; " };
        let plural = if *found == 1 { "" } else { "s" };
        write!(out, "{part}{role} {count}x in {found} page{plural}").expect(ALL_TEXT);
        if let Some(page) = pages.get(example.0 as usize) {
            write!(out, ", e.g. {}", visible(&page.source.page)).expect(ALL_TEXT);
        }
    }
    out.push('\n');
}

/// A text as TOML writes it.
fn string(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// A key as TOML writes it.
fn key(role: &str) -> String {
    let is_bare = role.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if is_bare { role.to_owned() } else { string(role) }
}
