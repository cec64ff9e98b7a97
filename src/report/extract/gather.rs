//! From a page and its comparison to the facts that are written.

use std::borrow::Cow;
use std::cell::Cell;

use super::facts::{
    BoundFacts, ColumnFacts, OperationFacts, PageFacts, Position, RequestFacts, RequiredFacts, RowFacts,
    SectionFacts, TableFacts, TypeFacts,
};
use super::names;
use crate::comparison::{Against, Bound, PageComparison, TableComparison};
use crate::document::{BlockKind, Inline, View};
use crate::extract::path::Path;
use crate::facts::{Operation, Page, Request, Section, TableFact};
use crate::hash::HashMap;
use crate::lexicon::{Vocabulary, part_key};
use crate::normalize::rows::{Row, Words};
use crate::normalize::types;
use crate::source::Locale;
use crate::text::{LineColumn, LineIndex, Span};

/// All that is known of one page.
pub(super) fn page<'a>(
    page: &'a Page,
    comparison: &'a PageComparison<'a>,
    vocabulary: &Vocabulary<'_>,
) -> PageFacts<'a> {
    let lines = LineIndex::new(&page.source.text);
    let gather = Gather {
        page,
        text: &page.source.text,
        lines,
        last: Cell::new((0, LineColumn { line: 1, column: 1 })),
    };
    // Comparisons are in page order, but not every table and example has one.
    let mut compared = comparison.tables.iter().peekable();
    let mut bound = comparison.examples.iter().peekable();
    let tables = page.facts.tables.iter().enumerate().map(|(at, fact)| {
        let compared = compared.next_if(|table| table.table as usize == at);
        gather.table(fact, compared, vocabulary)
    });
    let examples = page.facts.examples.iter().enumerate().map(|(at, example)| {
        let bound = bound.next_if(|bound| bound.example as usize == at);
        gather.example(example, bound.map(|bound| bound.name))
    });
    PageFacts {
        path: &page.source.path,
        page: &page.source.page,
        locale: page.source.locale.as_ref().map(Locale::as_str),
        title: gather.title(),
        sections: page.facts.sections.iter().map(|section| gather.section(section)).collect(),
        tables: tables.collect(),
        requests: page.facts.requests.iter().map(|request| gather.request(request, comparison)).collect(),
        operations: page.facts.operations.iter().map(|operation| gather.operation(operation)).collect(),
        examples: examples.collect(),
    }
}

/// A page and its lines.
pub(super) struct Gather<'a> {
    pub page: &'a Page,
    pub text: &'a str,
    pub lines: LineIndex,
    /// The last place asked for: a page may be one line of many tables, to be counted through once.
    last: Cell<(u32, LineColumn)>,
}

impl<'a> Gather<'a> {
    pub fn position(&self, byte: u32) -> Position {
        let (last, known) = self.last.get();
        let at = if self.lines.line(byte) == known.line && last <= byte {
            let column = known.column + Span::new(last, byte).of(self.text).chars().count() as u32;
            LineColumn { line: known.line, column }
        } else {
            self.lines.line_column(self.text, byte)
        };
        self.last.set((byte, at));
        Position { line: at.line, column: at.column, byte }
    }

    pub fn section_text(&self, at: Option<u32>) -> Option<Cow<'a, str>> {
        let section = self.page.facts.sections.get(at? as usize)?;
        Some(self.words(section.text))
    }

    fn words(&self, inline: Inline) -> Cow<'a, str> {
        self.page.document.text(self.text, inline, View::Page)
    }

    /// The first heading of the highest level, else what the front matter says.
    fn title(&self) -> Option<Cow<'a, str>> {
        let heading = self.page.facts.sections.iter().find(|section| section.level == 1);
        let in_front = || self.page.document.front_matter(self.text, "title").map(Cow::Borrowed);
        heading.map(|section| self.words(section.text)).or_else(in_front)
    }

    fn section(&self, section: &Section) -> SectionFacts<'a> {
        let block =
            self.page.document.blocks.get(section.block as usize).map_or(Span::default(), |block| block.span);
        let anchors = self.page.document.anchors_in(block).iter();
        SectionFacts {
            line: self.lines.line(block.start),
            level: section.level,
            text: self.words(section.text),
            anchors: anchors.map(|anchor| anchor.name.of(self.text)).collect(),
            role: section.role.map(names::section),
        }
    }

    fn table(
        &self,
        fact: &TableFact,
        compared: Option<&'a TableComparison<'a>>,
        vocabulary: &Vocabulary<'_>,
    ) -> TableFacts<'a> {
        let document = &self.page.document;
        let table = &document.tables[fact.table as usize];
        let header = table.header.and_then(|row| document.rows.get(row as usize));
        let headers = header.map_or(&[][..], |row| document.row_cells(row));
        let columns = fact.columns.iter().enumerate().map(|(at, role)| ColumnFacts {
            header: headers.get(at).map_or(Cow::Borrowed(""), |cell| self.words(*cell)),
            role: names::column(*role),
        });
        let block = fact.lead_in.and_then(|at| document.blocks.get(at as usize));
        let lead_in = block.and_then(|block| match block.kind {
            BlockKind::Paragraph { text, .. } => Some(self.words(text)),
            _ => None,
        });
        TableFacts {
            start: self.position(table.span.start),
            end: self.position(table.span.end),
            syntax: names::syntax(table.syntax),
            role: names::table(fact.role),
            reason: Some(fact.reason).filter(|reason| !reason.is_empty()),
            section: self.section_text(fact.section),
            lead_in,
            operation: fact.operation,
            part: fact.part.map(part_key),
            status: fact.status,
            columns: columns.collect(),
            body_rows: table.end_row - table.first_row,
            bound: compared.and_then(|table| Some(bound(table.bound.as_ref()?, table.rows.len()))),
            rows: compared.map_or_else(Vec::new, |table| self.rows(table, vocabulary)),
        }
    }

    fn rows(&self, table: &'a TableComparison<'a>, vocabulary: &Vocabulary<'_>) -> Vec<RowFacts<'a>> {
        let verdicts: HashMap<u32, &str> =
            table.names.iter().map(|verdict| (verdict.row, &*verdict.expected)).collect();
        // The name somebody vouches for: where it differs, by the verdict; else the one written, if it has a partner.
        let right_name = |at: u32, written: &'a str| {
            let has_partner = table.bound.as_ref().is_some_and(|bound| bound.alignment.of_left(at).is_some());
            verdicts.get(&at).copied().or_else(|| has_partner.then_some(written))
        };
        let row = |(at, row): (usize, &'a Row<'a>)| RowFacts {
            line: self.lines.line(row.name.cell.span.start),
            name: &row.name.text,
            right_name: right_name(at as u32, &row.name.text),
            source_name: row.name.original.as_deref(),
            ty: row.ty.as_ref().map(|words| self.ty(words, vocabulary)),
            required: (row.required.is_some() || row.requirement.is_some()).then(|| RequiredFacts {
                written: row.required.as_ref().map_or("", |words| &words.text),
                reading: row.requirement.map(names::requirement),
            }),
            description: row.description.map(|cell| self.words(cell)).filter(|text| !text.is_empty()),
        };
        table.rows.iter().enumerate().map(row).collect()
    }

    fn ty(&self, words: &'a Words<'a>, vocabulary: &Vocabulary<'_>) -> TypeFacts<'a> {
        let link = self.page.document.link_target(self.text, words.cell);
        let reading = types::read(&words.text, link, vocabulary);
        TypeFacts {
            written: &words.text,
            canonical: reading.ty.map(|ty| ty.to_string()),
            named: reading.named,
            nullable: reading.nullable,
            quality: names::quality(reading.quality),
        }
    }

    fn request(&self, request: &'a Request, comparison: &'a PageComparison<'a>) -> RequestFacts<'a> {
        let target = request.target(self.text);
        let path = Path::read(&target);
        let compared = comparison.requests.iter().find(|compared| {
            compared.path.1.start < request.target.end && request.target.start < compared.path.1.end
        });
        RequestFacts {
            line: self.lines.line(request.target.start),
            form: names::form(request.form),
            sense: names::sense(request.sense),
            method: request.method(self.text),
            right_method: compared.and_then(|compared| Some(&*compared.method_verdict.as_ref()?.expected)),
            path: Cow::Owned(path.bare()),
            right_path: compared.and_then(|compared| Some(&*compared.path_verdict.as_ref()?.right.expected)),
            placeholders: path.placeholders().into_iter().map(str::to_owned).collect(),
            operation: compared.and_then(|compared| Some(compared.operation?.name.as_str())),
            scope: request.operation,
        }
    }

    fn operation(&self, operation: &'a Operation) -> OperationFacts<'a> {
        let last = operation.span.end.saturating_sub(1).max(operation.span.start);
        OperationFacts {
            line: self.lines.line(operation.span.start),
            end_line: self.lines.line(last),
            section: self.section_text(operation.section),
            requests: &operation.requests,
        }
    }
}

fn bound<'a>(bound: &'a Bound<'a>, rows: usize) -> BoundFacts<'a> {
    let (kind, name) = match bound.to {
        Against::Properties(name, _) => ("properties", Cow::Borrowed(name)),
        Against::Members(name, _) => ("members", Cow::Borrowed(name)),
        Against::Parameters(operation) => {
            ("parameters", Cow::Owned(format!("{} {}", operation.method, operation.path)))
        }
    };
    let sum: f32 = bound.alignment.pairs.iter().map(|pair| pair.confidence).sum();
    let confidence = (sum / rows.max(1) as f32 * 100.0).round() / 100.0;
    BoundFacts { kind, name, confidence }
}
