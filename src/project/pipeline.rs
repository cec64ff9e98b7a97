//! The rooms in order, from a text to an outcome.

use super::specs::Spec;
use crate::check;
use crate::extract::Extractor;
use crate::facts::Page;
use crate::learn::{self, Usage};
use crate::lexicon::Lexicon;
use crate::outcome::{Coverage, Outcome};
use crate::report::{
    self,
    extract::{Format, Written},
};
use crate::schema::Schema;
use crate::settings::Settings;
use crate::source::Source;
use crate::spec::{self, Specs};
use crate::text::FileId;

/// What some texts say. Their numbers follow when all are known.
pub fn pages(sources: Vec<Source>, extractor: &Extractor<'_>) -> Vec<Page> {
    extractor.pages(sources)
}

/// Gives each page its number, which is its position.
pub fn number(mut pages: Vec<Page>) -> Vec<Page> {
    for (index, page) in pages.iter_mut().enumerate() {
        page.file = FileId(index as u32);
    }
    pages
}

/// The schema that pages are held against; `None` if there is none, or only the built-in one and no page says
/// anything to compare.
///
/// # Errors
/// What is wrong with the specs, each in one line.
pub fn schema(pages: &[Page], spec: Spec) -> Result<Option<Schema>, Vec<String>> {
    let says = |page: &Page| {
        let facts = &page.facts;
        !facts.tables.is_empty() || !facts.examples.is_empty() || !facts.operations.is_empty()
    };
    match spec {
        Spec::Models => Ok(pages.iter().any(says).then(spec::models)),
        Spec::None => Ok(None),
        Spec::Given(inputs) => {
            let Specs { schema, problems } = spec::read(inputs);
            let problems = report::spec_notes(&schema.files, &problems);
            if problems.is_empty() { Ok(Some(schema)) } else { Err(problems) }
        }
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
