//! The words that translation damaged: as a table for people, and as `no-loc` lists and glossaries for tools.

mod glossary;

use std::collections::BTreeSet;
use std::fmt::Write;

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::escape::visible;
use crate::protect::{Damaged, Kind};
use glossary::Glossary;

/// What a `String` does.
const ALL_TEXT: &str = "a String takes all text";

/// How the list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned lines: count, kind, word, locales.
    Text,
    /// The `no-loc` line of a page's front matter, with counts as comments.
    FrontMatter,
    /// The `no-loc` list of `docfx.json`.
    Docfx,
    /// A glossary of two columns: `DeepL`, Azure.
    GlossaryTsv,
    /// A glossary with a column for each language: Google, Amazon.
    GlossaryCsv,
    /// A translation memory.
    Tmx,
    /// A termbase.
    Tbx,
}

/// The words in that format. `languages` are the tags of the source language and of the others.
pub fn list(words: &[Damaged], languages: &[String], format: Format) -> String {
    let listed = listed(words);
    let glossary = Glossary { words: &listed, languages };
    match format {
        Format::Text => table(words),
        Format::FrontMatter => front_matter(words),
        Format::Docfx => docfx(words),
        Format::GlossaryTsv => glossary.tsv(),
        Format::GlossaryCsv => glossary.csv(),
        Format::Tmx => glossary.tmx(),
        Format::Tbx => glossary.tbx(),
    }
}

fn table(words: &[Damaged]) -> String {
    let mut out = String::new();
    let widest = words.iter().map(|word| visible(&word.text).width()).max().unwrap_or(0).min(40);
    for word in words {
        let text = visible(&word.text);
        let blanks = widest.saturating_sub(text.width());
        let (count, kind) = (word.count, word.kind.name());
        let line = format!("{count:>6}  {kind:<10}  {text}{:blanks$}  {}", "", locales(word));
        writeln!(out, "{}", line.trim_end()).expect(ALL_TEXT);
    }
    out
}

/// `nl-NL 4, sv-SE 2`
fn locales(word: &Damaged) -> String {
    let locales: Vec<String> =
        word.locales.iter().map(|(locale, count)| format!("{locale} {count}")).collect();
    locales.join(", ")
}

fn front_matter(words: &[Damaged]) -> String {
    let listed: Vec<String> = listed(words).into_iter().map(yaml).collect();
    let mut out = format!("no-loc: [{}]\n", listed.join(", "));
    for line in table(words).lines() {
        writeln!(out, "# {}", line.trim_start()).expect(ALL_TEXT);
    }
    out
}

/// Types are no words: tools that look for them in prose would find them nowhere.
fn listed(words: &[Damaged]) -> Vec<&str> {
    let mut known = BTreeSet::new();
    let words = words.iter().filter(|word| word.kind != Kind::Type).map(|word| word.text.as_str());
    words.filter(|word| known.insert(*word)).collect()
}

/// A YAML scalar of a flow list: plain where that is surely a string.
fn yaml(word: &str) -> String {
    // Words of up to five letters without a joint may be `true`, `null` or `no` to YAML.
    let is_plain = word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
        && (word.len() > 5 || word.contains(['-', '_', '.']));
    if is_plain { word.to_owned() } else { serde_json::Value::from(word).to_string() }
}

#[derive(Serialize)]
struct Docfx<'a> {
    build: Build<'a>,
}

#[derive(Serialize)]
struct Build<'a> {
    #[serde(rename = "globalMetadata")]
    global_metadata: Metadata<'a>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    #[serde(rename = "no-loc")]
    no_loc: Vec<&'a str>,
}

fn docfx(words: &[Damaged]) -> String {
    let metadata = Metadata { no_loc: listed(words) };
    let docfx = Docfx { build: Build { global_metadata: metadata } };
    serde_json::to_string_pretty(&docfx).expect("plain structs become JSON") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_takes_every_word_for_a_string() {
        for (word, expected) in [
            ("customer-id", "customer-id"),
            ("lineItems", "lineItems"),
            ("null", "\"null\""),
            ("POST", "\"POST\""),
            ("@odata.type", "\"@odata.type\""),
            ("a, \"b\"", "\"a, \\\"b\\\"\""),
        ] {
            assert_eq!(yaml(word), expected);
        }
    }
}
