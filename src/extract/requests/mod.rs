//! Requests in every form that pages write them in, as statements with the bytes of method and target.
//!
//! Absent here: which of them are one operation, and whether they are right.

mod blueprint;
mod code;
mod labels;
mod lines;
mod markup;
mod tables;
mod words;

use crate::document::{Block, BlockKind};
use crate::extract::Reader;
use crate::facts::{Example, Facts, Request, RequestForm, RequestSense, TableFact};
use crate::text::Span;

/// All requests of a page, in page order.
pub(super) fn requests(reader: &Reader<'_>, facts: &Facts) -> Vec<Request> {
    let mut walk = Walk {
        reader,
        facts,
        found: markup::requests(reader, &facts.sections),
        labels: labels::Labels::default(),
        resources: blueprint::Resources::default(),
    };
    let mut tables = facts.tables.iter().enumerate().peekable();
    let mut examples = facts.examples.iter().peekable();
    let mut section: Option<u32> = None;
    for (at, block) in reader.document.blocks.iter().enumerate() {
        let mut place = Place { block: at as u32, section };
        match &block.kind {
            BlockKind::Heading { .. } => {
                section = Some(section.map_or(0, |last| last + 1));
                place.section = section;
                walk.labels.forget();
                walk.lines(block, place);
                walk.heading(block, place);
            }
            BlockKind::Paragraph { .. } => walk.lines(block, place),
            BlockKind::Table(table) => {
                if let Some((number, fact)) = tables.next_if(|(_, fact)| fact.table == *table) {
                    walk.table(number as u32, fact, place);
                }
            }
            BlockKind::Code(code) => {
                let first = examples.next_if(|example| example.code == *code);
                while examples.next_if(|example| example.code == *code).is_some() {}
                walk.code(*code, first, place);
            }
            BlockKind::Html | BlockKind::Directive => {}
        }
    }
    let mut found = walk.found;
    found.sort_by_key(|request| match request.form {
        // The path may stand above.
        RequestForm::Heading => request.method.start,
        _ => request.target.start.min(request.method.start),
    });
    // A component's text may be a line of text as well.
    found.dedup_by(|later, first| later.target == first.target && later.form != RequestForm::Heading);
    found
}

/// Where a request stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    block: u32,
    section: Option<u32>,
}

impl Place {
    fn request(self, form: RequestForm, sense: RequestSense, method: Span, target: Span) -> Request {
        Request {
            form,
            sense,
            method,
            implied: "",
            target,
            shown: None,
            block: Some(self.block),
            section: self.section,
            code: None,
            row: None,
            operation: None,
        }
    }
}

/// The requests found so far.
struct Walk<'a, 'r> {
    reader: &'a Reader<'r>,
    facts: &'a Facts,
    found: Vec<Request>,
    labels: labels::Labels,
    resources: blueprint::Resources,
}

impl Walk<'_, '_> {
    fn lines(&mut self, block: &Block, place: Place) {
        let before = self.found.len();
        lines::requests(self.reader, block, place, &mut self.found);
        if self.found.len() == before {
            self.found.extend(self.labels.block(self.reader, block, place));
        }
    }

    fn heading(&mut self, block: &Block, place: Place) {
        if let Some(request) = self.resources.heading(self.reader, &block.kind, place)
            && self.found.last().is_none_or(|last| last.method != request.method)
        {
            self.found.push(request);
        }
    }

    fn table(&mut self, number: u32, fact: &TableFact, place: Place) {
        tables::requests(self.reader, (number, fact), place, &mut self.found);
    }

    fn code(&mut self, code: u32, example: Option<&Example>, place: Place) {
        code::requests(self.reader, self.facts, (code, example), place, &mut self.found);
    }
}

/// What a target's bytes are shown as, if that is something else.
fn shown(bytes: &str, shown: &str) -> Option<Box<str>> {
    (bytes != shown).then(|| shown.into())
}
