//! The list of words for tools: one word a line.

use serde::Serialize;

use super::{against, unknown};
use crate::finding::Site;
use crate::learn::{Usage, Witness, Word};
use crate::report::json_text;
use crate::report::places::Places;
use crate::source::Locale;

#[derive(Serialize)]
struct Entry<'a> {
    part: &'a str,
    text: &'a str,
    count: usize,
    pages: usize,
    path: &'a str,
    line: u32,
    parallel: Option<&'a str>,
    #[serde(flatten)]
    says: Says<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Says<'a> {
    Unknown { role: Option<&'a str> },
    Against { lexicon: &'a [String], role: &'a str, role_count: usize, of: usize, witness: &'a str },
}

pub(super) fn render(usage: &[Usage], places: &Places<'_>) -> String {
    let mut out = String::from("{\n\"version\": 1,\n\"locales\": [");
    for (at, locale) in usage.iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str("{\"locale\": ");
        push(&mut out, &locale.locale.as_ref().map(Locale::as_str));
        out.push_str(", \"pages\": ");
        push(&mut out, &locale.pages);
        out.push_str(", \"parallel\": ");
        push(&mut out, &locale.parallel);
        out.push_str(",\n\"unknown\": [");
        let unknown = unknown(locale);
        push_entries(
            &mut out,
            unknown.iter().filter_map(|word| {
                let role = word.majority().map(|found| found.role.as_str());
                entry(word, Says::Unknown { role }, places)
            }),
        );
        out.push_str("],\n\"against\": [");
        let against = against(locale);
        push_entries(
            &mut out,
            against.iter().filter_map(|(word, found)| {
                let witness = match found.witness {
                    Witness::Parallel => "parallel",
                    Witness::Cells => "cells",
                };
                let says = Says::Against {
                    lexicon: &word.known,
                    role: found.role,
                    role_count: found.count,
                    of: found.of,
                    witness,
                };
                entry(word, says, places)
            }),
        );
        out.push_str("]}");
    }
    out.push_str("\n]\n}\n");
    out
}

fn entry<'a>(word: &'a Word, says: Says<'a>, places: &Places<'a>) -> Option<Entry<'a>> {
    let at = places.locate(Site::Page(word.first))?;
    Some(Entry {
        part: word.part.name(),
        text: &word.text,
        count: word.count,
        pages: word.pages,
        path: at.path,
        line: at.start().line,
        parallel: word.parallel.as_deref(),
        says,
    })
}

fn push_entries<'a>(out: &mut String, entries: impl Iterator<Item = Entry<'a>>) {
    for (at, entry) in entries.enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        push(out, &entry);
    }
}

fn push(out: &mut String, value: &impl Serialize) {
    out.push_str(&json_text::line(value));
}
