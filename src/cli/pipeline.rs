//! The rooms in order, from a text to an outcome.

use std::collections::BTreeSet;

use crate::document::Document;
use crate::facts::{Facts, Page};
use crate::outcome::Outcome;
use crate::schema::SpecFile;
use crate::settings::Settings;
use crate::source::Source;
use crate::text::FileId;

/// What pages are held against.
pub enum Spec {
    /// The built-in models.
    Models,
    /// Nothing but themselves.
    None,
    /// The user's.
    Files(Vec<SpecFile>),
}

/// What one text says. Its number follows when all are known.
pub fn page(source: Source) -> Page {
    Page { file: FileId(0), source, document: Document::default(), facts: Facts::default() }
}

/// Gives each page its number, which is its position.
pub fn number(mut pages: Vec<Page>) -> Vec<Page> {
    for (index, page) in pages.iter_mut().enumerate() {
        page.file = FileId(index as u32);
    }
    pages
}

/// The findings, and the files of the spec that they point into.
pub fn judge(pages: &[Page], spec: Spec, _settings: &Settings) -> (Outcome, Vec<SpecFile>) {
    let locales: BTreeSet<_> = pages.iter().filter_map(|page| page.source.locale.clone()).collect();
    let outcome =
        Outcome { pages: pages.len(), locales: locales.into_iter().collect(), ..Outcome::default() };
    match spec {
        Spec::Files(files) => (outcome, files),
        Spec::Models | Spec::None => (outcome, Vec::new()),
    }
}
