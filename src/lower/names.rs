//! What types are called: by the heading in the words of the source, else by the anchor.
//!
//! Absent here: which tables belong to a type.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::compare::align::identifier_words;
use crate::compare::names::is_identifier;
use crate::fold::identifier_key;
use crate::lower::place::Subject;
use crate::lower::said::{Said, Section};

/// A heading of more words than this is a sentence.
const MOST_WORDS: usize = 6;

/// What the type that a section is about wants to be called, best first; nothing if its heading is no name.
pub(super) fn of_section(section: &Section) -> Vec<String> {
    let anchor = section.anchors.get(..section.written).and_then(|written| written.first());
    if !section.is_source
        && let Some(anchor) = anchor
    {
        // Of a translated heading the anchor is what the source's was; the heading may still hold the name.
        let key = identifier_key(anchor);
        let word = identifier_words(&section.title).into_iter().find(|word| identifier_key(word) == key);
        return joined(word.unwrap_or(anchor)).into_iter().collect();
    }
    section.plain.as_deref().and_then(joined).into_iter().chain(joined(&section.title)).collect()
}

/// A heading's words as one name: `Billing profile` is `BillingProfile`.
fn joined(title: &str) -> Option<String> {
    let words: Vec<&str> =
        title.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    // `1. Cart`
    let start = words.iter().position(|word| !word.bytes().all(|b| b.is_ascii_digit()))?;
    let words = &words[start..];
    if words.len() > MOST_WORDS {
        return None;
    }
    Some(words.iter().map(|word| capitalized(word)).collect())
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Whether a heading is one word.
pub(super) fn is_single(title: &str) -> bool {
    !title.trim().contains(|c: char| !c.is_alphanumeric() && c != '_')
}

/// `CartLineItem`: more than one hump.
pub(super) fn is_humped(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase)
}

/// One name a subject, no two of which differ in case only.
pub(super) fn assign(subjects: &[Subject], pages: &[Said]) -> Vec<String> {
    let spellings = spellings(pages);
    let mut taken: HashSet<String> = HashSet::new();
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut names = vec![String::new(); subjects.len()];
    // Names that are whole headings come first; `Cart` of `Cart resource` takes what is left.
    for round in 0..3 {
        for (at, subject) in
            subjects.iter().enumerate().filter(|(at, _)| names[*at].is_empty()).collect::<Vec<_>>()
        {
            let wanted: Vec<&String> = match round {
                0 if subject.names.len() == 1 => subject.names.iter().collect(),
                0 => Vec::new(),
                _ => subject.names.iter().collect(),
            };
            let free = wanted.into_iter().find(|name| !taken.contains(identifier_key(name).as_ref()));
            let name = match free {
                Some(name) => spelled(name, subject, &spellings),
                None if round == 2 => distinct(subject, pages, &taken, &mut numbers),
                None => continue,
            };
            taken.insert(identifier_key(&name).into_owned());
            names[at] = name;
        }
    }
    names
}

/// A name that was taken from an anchor, as links and cells write it.
fn spelled(name: &str, subject: &Subject, spellings: &BTreeMap<String, String>) -> String {
    let known = if subject.is_source { None } else { spellings.get(identifier_key(name).as_ref()) };
    known.map_or_else(|| name.to_owned(), |known| capitalized(known))
}

/// A name that nobody has: with the page before it, and with a number if that does not do.
fn distinct(
    subject: &Subject,
    pages: &[Said],
    taken: &HashSet<String>,
    numbers: &mut HashMap<String, u32>,
) -> String {
    let page = subject.tables.first().and_then(|used| pages.get(used.table.page));
    let stem = page.map_or("", |said| said.page.rsplit('/').next().unwrap_or(""));
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let words: String = stem.split(|c: char| !c.is_alphanumeric()).map(capitalized).collect();
    let name = format!("{words}{}", subject.names.last().map_or("", String::as_str));
    let is_free = |name: &str| !name.is_empty() && !taken.contains(identifier_key(name).as_ref());
    if is_free(&name) {
        return name;
    }
    // Each name goes on counting where it stopped.
    let number = numbers.entry(name.clone()).or_insert(1);
    loop {
        *number += 1;
        let numbered = format!("{name}{number}");
        if is_free(&numbered) {
            return numbered;
        }
    }
}

/// How links, cells and prose write names, by key; one with humps is better than one without.
fn spellings(pages: &[Said]) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |word: &str| {
        if is_identifier(word) && word.len() <= 96 {
            let known = found.entry(identifier_key(word).into_owned()).or_insert_with(|| word.to_owned());
            if is_humped(word) && !is_humped(known) {
                word.clone_into(known);
            }
        }
    };
    for said in pages {
        for section in &said.sections {
            add(&section.title);
            section.mentions.iter().for_each(|mention| add(mention.text.trim()));
        }
        for table in &said.tables {
            table.lead_in.iter().for_each(|mention| add(mention.text.trim()));
            for cell in table.rows.iter().flat_map(|row| &row.types) {
                cell.reading.ty.as_ref().and_then(crate::schema::Type::name).into_iter().for_each(&mut add);
            }
        }
    }
    found
}
