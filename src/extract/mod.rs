//! What a page says, as written: sections, tables with the roles of their columns, examples.
//!
//! Evidence is weighed together: header words, the source half of bilingual cells, the section's
//! anchor, and above all the shape of the cells. Absent here: canonical types, other pages.

pub mod http;
pub mod path;
pub mod target;

mod columns;
mod examples;
mod looks;
mod messages;
mod sections;
mod shape;
mod tables;

use self::looks::Looks;
use self::messages::Messages;
use crate::document::{Block, BlockKind, Document};
use crate::facts::{Facts, Page};
use crate::lexicon::{Lexicon, Vocabulary};
use crate::parse;
use crate::source::Source;
use crate::text::FileId;

/// Extracts the pages of one run.
pub struct Extractor<'l> {
    lexicon: &'l Lexicon,
    messages: Messages,
    looks: Looks,
}

impl<'l> Extractor<'l> {
    /// One that knows the words of `lexicon`.
    pub fn new(lexicon: &'l Lexicon) -> Self {
        Self { lexicon, messages: Messages::default(), looks: Looks::default() }
    }

    /// Parses some sources and extracts their facts: all are parsed first, so that the code of either stays at hand.
    /// Their numbers follow when all pages are known.
    pub fn pages(&self, sources: Vec<Source>) -> Vec<Page> {
        let documents: Vec<Document> = sources.iter().map(|source| parse::document(&source.text)).collect();
        let parsed = sources.into_iter().zip(documents);
        parsed.map(|(source, document)| self.page(FileId(0), source, document)).collect()
    }

    fn page(&self, file: FileId, source: Source, document: Document) -> Page {
        let vocabulary = self.lexicon.vocabulary(source.locale.as_ref());
        let Self { messages, looks, .. } = self;
        let reader = Reader { text: &source.text, document: &document, vocabulary, messages, looks };
        let facts = facts(&reader);
        Page { file, source, document, facts }
    }
}

/// Parses one source and extracts its facts.
pub fn page(file: FileId, source: Source, lexicon: &Lexicon) -> Page {
    let document = parse::document(&source.text);
    Extractor::new(lexicon).page(file, source, document)
}

fn facts(reader: &Reader<'_>) -> Facts {
    let document = reader.document;
    let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading { .. });
    let mut facts = Facts {
        sections: Vec::with_capacity(document.blocks.iter().filter(is_heading).count()),
        tables: Vec::with_capacity(document.tables.len()),
        examples: Vec::new(),
    };
    let mut lead_in = None;
    for (at, block) in document.blocks.iter().enumerate() {
        let section = facts.sections.len().checked_sub(1).map(|last| last as u32);
        match &block.kind {
            BlockKind::Heading { level, text } => {
                let found = sections::section(reader, &facts.sections, at as u32, *level, *text);
                facts.sections.push(found);
                lead_in = None;
            }
            BlockKind::Paragraph { .. } => lead_in = Some(at as u32),
            BlockKind::Table(table) => {
                let place = tables::Surroundings { table: *table, section, lead_in: lead_in.take() };
                facts.tables.push(tables::table(reader, &facts.sections, &place));
            }
            BlockKind::Code(code) => {
                let place = examples::Surroundings { code: *code, section, lead_in };
                facts.examples.extend(examples::example(reader, &facts.sections, &place));
            }
            BlockKind::Html | BlockKind::Directive => {}
        }
    }
    facts.examples.shrink_to_fit();
    facts
}

/// What every extractor of one page needs.
struct Reader<'a> {
    text: &'a str,
    document: &'a Document,
    vocabulary: Vocabulary<'a>,
    messages: &'a Messages,
    looks: &'a Looks,
}
