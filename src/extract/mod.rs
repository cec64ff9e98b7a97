//! What a page says, as written: sections, tables with the roles of their columns, examples.
//!
//! Evidence is weighed together: header words, the source half of bilingual cells, the section's
//! anchor, and above all the shape of the cells. Absent here: canonical types, other pages.

pub mod curl;
pub mod http;
pub mod path;
pub mod target;

mod bodies;
mod columns;
mod examples;
mod lists;
mod looks;
mod messages;
mod operations;
mod parts;
mod requests;
mod sections;
mod shape;
mod tables;

use self::looks::Looks;
use self::messages::Messages;
use crate::document::{Block, BlockKind, Document, TableSyntax, View};
use crate::facts::{Facts, Page, Section, TableFact, is_long};
use crate::lexicon::{Lexicon, Vocabulary};
use crate::parse::{self, Format};
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

    /// Parses some sources and extracts their facts. Their numbers follow when all pages are known.
    pub fn pages(&self, sources: Vec<Source>) -> Vec<Page> {
        let read = self.read(&sources);
        let pages = sources.into_iter().zip(read);
        pages.map(|(source, (document, facts))| Page { file: FileId(0), source, document, facts }).collect()
    }

    /// What each source says: all take each step together, so that its code stays at hand.
    fn read(&self, sources: &[Source]) -> Vec<(Document, Facts)> {
        let documents: Vec<Document> = sources.iter().map(document).collect();
        let Self { lexicon, messages, looks } = self;
        let vocabularies = lexicon.vocabularies(sources.iter().map(|source| source.locale.as_ref()));
        let readers =
            sources.iter().zip(&documents).zip(vocabularies).map(|((source, document), vocabulary)| Reader {
                text: &source.text,
                document,
                vocabulary,
                messages,
                looks,
            });
        let facts = facts(&readers.collect::<Vec<_>>());
        documents.into_iter().zip(facts).collect()
    }
}

/// Whether a path is that of a gettext catalogue.
fn is_catalogue(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension == "po")
}

/// Parses one source by its format.
fn document(source: &Source) -> Document {
    if is_catalogue(&source.path) {
        parse::po::document(&source.text)
    } else if source.is_description() {
        Document::default()
    } else {
        parse::document_as(&source.text, Format::of(&source.path))
    }
}

/// Parses one source and extracts its facts.
pub fn page(file: FileId, source: Source, lexicon: &Lexicon) -> Page {
    let read = Extractor::new(lexicon).read(std::slice::from_ref(&source)).pop();
    let (document, facts) = read.unwrap_or_default();
    Page { file, source, document, facts }
}

fn facts(readers: &[Reader<'_>]) -> Vec<Facts> {
    let mut outlines: Vec<Outline> = readers.iter().map(outline).collect();
    for (reader, Outline { facts, tables, .. }) in readers.iter().zip(&mut outlines) {
        let sections = &facts.sections;
        facts.tables = tables.iter().map(|place| table(reader, sections, place)).collect();
    }
    for (reader, Outline { facts, codes, .. }) in readers.iter().zip(&mut outlines) {
        let sections = &facts.sections;
        facts.examples = codes.iter().flat_map(|place| examples::examples(reader, sections, place)).collect();
        facts.examples.shrink_to_fit();
    }
    for (reader, Outline { facts, .. }) in readers.iter().zip(&mut outlines) {
        facts.requests = requests::requests(reader, facts);
        operations::operations(reader, facts);
        parts::assign(reader, facts);
    }
    outlines.into_iter().map(|outline| outline.facts).collect()
}

/// Classifies a table or a list of fields.
fn table(reader: &Reader<'_>, sections: &[Section], place: &tables::Surroundings) -> TableFact {
    let table = &reader.document.tables[place.table as usize];
    if table.syntax.is_list() && table.syntax != TableSyntax::Headings {
        return lists::list(reader, sections, place, table);
    }
    tables::table(reader, sections, place)
}

/// The sections of a page, and where in them its tables and code blocks stand.
struct Outline {
    facts: Facts,
    tables: Vec<tables::Surroundings>,
    codes: Vec<examples::Surroundings>,
}

fn outline(reader: &Reader<'_>) -> Outline {
    let document = reader.document;
    let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading { .. });
    let mut sections = Vec::with_capacity(document.blocks.iter().filter(is_heading).count());
    let mut tables = Vec::with_capacity(document.tables.len());
    let mut codes = Vec::with_capacity(document.codes.len());
    let mut heads = Vec::new();
    let mut lead_in = None;
    for (at, block) in document.blocks.iter().enumerate() {
        let section = sections.len().checked_sub(1).map(|last| last as u32);
        match &block.kind {
            BlockKind::Heading { level, text } => {
                sections.push(sections::section(reader, &sections, at as u32, *level, *text));
                lead_in = None;
            }
            BlockKind::Paragraph { text, .. } => {
                lead_in = Some(at as u32);
                if is_long(*text) {
                    heads.push(document.head(reader.text, *text, View::Page));
                }
            }
            BlockKind::Table(table) => {
                tables.push(tables::Surroundings { table: *table, section, lead_in: lead_in.take() });
            }
            BlockKind::Code(code) => {
                codes.push(examples::Surroundings { code: *code, section, lead_in });
            }
            BlockKind::Html | BlockKind::Directive => {}
        }
    }
    heads.shrink_to_fit();
    Outline { facts: Facts { sections, heads, ..Facts::default() }, tables, codes }
}

/// What every extractor of one page needs.
struct Reader<'a> {
    text: &'a str,
    document: &'a Document,
    vocabulary: Vocabulary<'a>,
    messages: &'a Messages,
    looks: &'a Looks,
}
