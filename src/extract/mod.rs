//! What a page says, as written: sections, tables with the roles of their columns, examples.
//!
//! Evidence is weighed together: header words, the source half of bilingual cells, the section's
//! anchor, and above all the shape of the cells. Absent here: canonical types, other pages.

pub mod http;
pub mod path;
pub mod target;

mod columns;
mod examples;
mod sections;
mod shape;
mod tables;

use crate::document::{Block, BlockKind, Document};
use crate::facts::{Facts, Page};
use crate::lexicon::{Lexicon, Vocabulary};
use crate::parse;
use crate::source::Source;
use crate::text::FileId;

/// Parses a source and extracts its facts.
pub fn page(file: FileId, source: Source, lexicon: &Lexicon) -> Page {
    let document = parse::document(&source.text);
    let facts = facts(&source, &document, lexicon);
    Page { file, source, document, facts }
}

/// The facts of a parsed page.
pub fn facts(source: &Source, document: &Document, lexicon: &Lexicon) -> Facts {
    let vocabulary = lexicon.vocabulary(source.locale.as_ref());
    let reader = Reader { text: &source.text, document, vocabulary };
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
                let found = sections::section(&reader, &facts.sections, at as u32, *level, *text);
                facts.sections.push(found);
                lead_in = None;
            }
            BlockKind::Paragraph { .. } => lead_in = Some(at as u32),
            BlockKind::Table(table) => {
                let place = tables::Surroundings { table: *table, section, lead_in: lead_in.take() };
                facts.tables.push(tables::table(&reader, &facts.sections, &place));
            }
            BlockKind::Code(code) => {
                let place = examples::Surroundings { code: *code, section, lead_in };
                facts.examples.extend(examples::example(&reader, &facts.sections, &place));
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
}
