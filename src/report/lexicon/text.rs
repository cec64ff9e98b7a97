//! The list of words for people.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::{against, unknown};
use crate::finding::Site;
use crate::learn::{Usage, Witness, Word};
use crate::report::escape::visible;
use crate::report::places::Places;

/// Words wider than this push their line out rather than all lines.
const WIDEST: usize = 32;

/// What a `String` does.
const ALL_TEXT: &str = "a String takes all text";

pub(super) fn render(usage: &[Usage], places: &Places<'_>) -> String {
    let mut out = String::new();
    for locale in usage {
        let tag = locale.locale.as_ref().map_or("no locale", |locale| locale.as_str());
        let (unknown, against) = (unknown(locale), against(locale));
        let (pages, parallel) = (locale.pages, locale.parallel);
        writeln!(
            out,
            "{tag}: {} unknown, {} used against the lexicon; {pages} pages, {parallel} with a parallel text",
            unknown.len(),
            against.len()
        )
        .expect(ALL_TEXT);
        for word in unknown {
            line(&mut out, word, places);
            if let Some(parallel) = &word.parallel {
                write!(out, "  = {}", visible(parallel)).expect(ALL_TEXT);
            }
            if let Some(found) = word.majority() {
                write!(out, " ({})", found.role).expect(ALL_TEXT);
            }
            out.push('\n');
        }
        for (word, found) in against {
            line(&mut out, word, places);
            let who = match found.witness {
                Witness::Parallel => "parallel texts",
                Witness::Cells => "columns",
            };
            let known = word.known.join(", ");
            writeln!(out, "  is {known}, but {} of {} {who} say {}", found.count, found.of, found.role)
                .expect(ALL_TEXT);
        }
    }
    out
}

/// Part, text, count, place.
fn line(out: &mut String, word: &Word, places: &Places<'_>) {
    let text = visible(&word.text);
    let blanks = WIDEST.saturating_sub(text.width());
    write!(out, "  {:<7}  {text}{:blanks$}  {:>5}x", word.part.name(), "", word.count).expect(ALL_TEXT);
    if let Some(at) = places.locate(Site::Page(word.first)) {
        write!(out, "  {}:{}", visible(at.path), at.start().line).expect(ALL_TEXT);
    }
}
