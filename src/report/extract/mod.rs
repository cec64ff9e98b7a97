//! What was understood of the pages, as canonical facts, and what was not, with reasons.
//!
//! Each page is written by itself, so that all threads can work and no page's facts outlive its turn.
//! Absent here: findings, judgement.

mod examples;
mod facts;
mod gaps;
mod gather;
mod names;
mod text;

use serde::Serialize;

use crate::comparison::PageComparison;
use crate::facts::Page;
use crate::lexicon::Vocabulary;
use crate::outcome::Coverage;
use crate::report::json_text;
use crate::source::Locale;
use facts::Gap;

/// How facts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A digest to read.
    Text,
    /// The documented JSON object, one page a line.
    Json,
}

/// One page's share of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    understood: String,
    not_understood: String,
}

#[derive(Serialize)]
struct Summary<'a> {
    pages: usize,
    locales: &'a [&'a str],
    coverage: super::json::Coverage,
}

/// Writes what is known of one page.
pub fn page(
    page: &Page,
    comparison: &PageComparison<'_>,
    vocabulary: &Vocabulary<'_>,
    format: Format,
) -> Written {
    let facts = gather::page(page, comparison, vocabulary);
    let gaps = gaps::of(page, &facts);
    match format {
        Format::Text => Written { understood: text::page(&facts), not_understood: text::gaps(&gaps) },
        Format::Json => Written { understood: json(&facts), not_understood: lines(&gaps) },
    }
}

/// Puts the pages together, with a line end after the last line.
pub fn render(pages: &[Written], locales: &[Locale], coverage: Coverage, format: Format) -> String {
    let understood = || pages.iter().map(|page| page.understood.as_str());
    let not_understood =
        || pages.iter().map(|page| page.not_understood.as_str()).filter(|part| !part.is_empty());
    match format {
        Format::Text => {
            let mut out: String = understood().collect();
            if !pages.is_empty() {
                text::push_not_understood(&mut out, not_understood());
            }
            out
        }
        Format::Json => {
            let locales: Vec<&str> = locales.iter().map(Locale::as_str).collect();
            let summary = Summary { pages: pages.len(), locales: &locales, coverage: coverage.into() };
            let [understood, not_understood] =
                [understood().collect::<Vec<_>>(), not_understood().collect()].map(|parts| parts.join(",\n"));
            format!(
                "{{\n\"version\": 1,\n\"summary\": {},\n\"pages\": [\n{understood}\n],\n\"not_understood\": [\n{not_understood}\n]\n}}\n",
                json(&summary)
            )
        }
    }
}

fn json(value: &impl Serialize) -> String {
    json_text::line(value)
}

fn lines(gaps: &[Gap<'_>]) -> String {
    gaps.iter().map(json).collect::<Vec<_>>().join(",\n")
}
