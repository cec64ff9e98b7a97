//! What pages say of the types of a schema: the tables and examples that are bound to one.

use std::collections::BTreeMap;

use crate::check;
use crate::comparison::Against;
use crate::facts::Page;
use crate::finding::{Basis, Finding};
use crate::lexicon::Lexicon;
use crate::rules;
use crate::schema::Schema;
use crate::settings::Settings;
use crate::source::Encoding;
use crate::text::{FileId, Span};

/// What one page says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// The page.
    pub file: FileId,
    /// Tables with the type whose properties or members they list.
    pub tables: Vec<(String, Span)>,
    /// Examples with the type that they are of.
    pub examples: Vec<(String, Span)>,
    /// How many requests are of an operation of the schema.
    pub requests: usize,
}

impl Bound {
    /// The types that tables and examples are bound to, as often as they are.
    pub fn types(&self) -> impl Iterator<Item = &str> {
        self.tables.iter().chain(&self.examples).map(|(name, _)| name.as_str())
    }
}

/// What the pages that the settings choose say, in the order of the pages.
pub fn bound(pages: &[Page], schema: &Schema, lexicon: &Lexicon, settings: &Settings) -> Vec<Bound> {
    check::compare(pages, Some(schema), lexicon, settings, |context| {
        let (page, comparison) = (context.page, context.comparison);
        let tables = comparison.tables.iter().filter_map(|table| {
            let (Against::Properties(name, _) | Against::Members(name, _)) = table.bound.as_ref()?.to else {
                return None;
            };
            let fact = &page.facts.tables[table.table as usize];
            Some((name.to_owned(), page.document.tables[fact.table as usize].span))
        });
        let examples = comparison.examples.iter().map(|example| {
            let fact = &page.facts.examples[example.example as usize];
            (example.name.to_owned(), page.document.codes[fact.code as usize].span)
        });
        Bound {
            file: page.file,
            tables: tables.collect(),
            examples: examples.collect(),
            requests: comparison.requests.iter().filter(|request| request.operation.is_some()).count(),
        }
    })
}

/// Leaves of findings those that the model can vouch for and that lie in what is bound to its types, and those that
/// keep anybody from telling what is.
pub fn keep(findings: &mut Vec<Finding>, bound: &[Bound], pages: &[Page]) {
    let bound: BTreeMap<FileId, &Bound> = bound.iter().map(|page| (page.file, page)).collect();
    findings.retain(|finding| {
        let encoding = pages.get(finding.file().0 as usize).map(|page| page.source.encoding);
        if matches!(encoding, Some(Encoding::Unreadable(_))) {
            return true;
        }
        let vouched = rules::find(finding.rule).is_some_and(|rule| rule.bases.contains(&Basis::Model));
        let is_inside = |(_, span): &(String, Span)| span.contains(finding.place.span);
        let page = bound.get(&finding.file());
        vouched && page.is_some_and(|page| page.tables.iter().chain(&page.examples).any(is_inside))
    });
}
