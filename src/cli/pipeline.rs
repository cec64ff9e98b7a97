//! The rooms in order, from a text to an outcome.

use crate::check;
use crate::extract;
use crate::facts::Page;
use crate::learn::{self, Usage};
use crate::lexicon::Lexicon;
use crate::outcome::{Coverage, Outcome};
use crate::report::{
    self,
    extract::{Format, Written},
};
use crate::schema::{Schema, SpecFile};
use crate::settings::Settings;
use crate::source::Source;
use crate::spec;
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
pub fn page(source: Source, lexicon: &Lexicon) -> Page {
    extract::page(FileId(0), source, lexicon)
}

/// Gives each page its number, which is its position.
pub fn number(mut pages: Vec<Page>) -> Vec<Page> {
    for (index, page) in pages.iter_mut().enumerate() {
        page.file = FileId(index as u32);
    }
    pages
}

/// The schema that pages are held against; `None` if there is none, or no page says anything to compare.
pub fn schema(pages: &[Page], spec: Spec) -> Option<Schema> {
    let says = |page: &Page| !page.facts.tables.is_empty() || !page.facts.examples.is_empty();
    if !pages.iter().any(says) {
        return None;
    }
    match spec {
        Spec::Models => Some(spec::models()),
        Spec::None => None,
        Spec::Files(files) => Some(spec::rust(files)),
    }
}

/// The findings.
pub fn judge(pages: &[Page], schema: Option<&Schema>, lexicon: &Lexicon, settings: &Settings) -> Outcome {
    check::check(pages, schema, lexicon, settings)
}

/// What was understood of each page that the settings choose.
pub fn extract(
    pages: &[Page],
    schema: Option<&Schema>,
    lexicon: &Lexicon,
    settings: &Settings,
    format: Format,
) -> Vec<Written> {
    check::compare(pages, schema, lexicon, settings, |context| {
        report::extract::page(context.page, context.comparison, &context.vocabulary, format)
    })
}

/// The words of the pages that the settings choose, by locale.
pub fn words(pages: &[Page], lexicon: &Lexicon, settings: &Settings) -> Vec<Usage> {
    learn::survey(pages, lexicon, settings)
}

/// How much of the pages was understood.
pub fn coverage<'a>(pages: impl Iterator<Item = &'a Page>) -> Coverage {
    check::coverage(pages)
}
