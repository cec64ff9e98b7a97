//! Which requests of a page are one operation, and how far the page speaks of it.
//!
//! A request opens an operation. Its scope runs to the next one, or to a heading of another subject: one that is not
//! below the heading it stands under and says nothing of requests. Absent here: operations of the spec.

use std::ops::Range;

use crate::document::{Block, BlockKind, Inline, View};
use crate::extract::Reader;
use crate::extract::path::Path;
use crate::facts::{Facts, METHODS, Operation, Request, RequestForm, RequestSense, Section, SectionRole};
use crate::text::Span;

/// Groups the requests of a page, and notes with each which operation it belongs to.
pub(super) fn operations(reader: &Reader<'_>, facts: &mut Facts) {
    let mut requests = std::mem::take(&mut facts.requests);
    let mut grouping = Grouping {
        reader,
        sections: &facts.sections,
        operations: Vec::new(),
        open: 0..0,
        end: 0,
        paths: Vec::new(),
    };
    grouping.paths = requests.iter().map(|request| Path::read(&request.target(reader.text))).collect();
    for at in 0..requests.len() {
        if opens(&requests, at) {
            grouping.add(&mut requests, at);
        }
    }
    let mut operations = grouping.operations;
    close(&mut operations);
    facts.requests = requests;
    facts.operations = operations;
}

/// Whether a request is more than a word in passing: a mention opens an operation only where its section has no other
/// request.
fn opens(requests: &[Request], at: usize) -> bool {
    let request = &requests[at];
    if request.sense != RequestSense::Mentioned {
        return true;
    }
    let same = |other: Option<&Request>| other.is_some_and(|other| other.section == request.section);
    !same(at.checked_sub(1).and_then(|before| requests.get(before))) && !same(requests.get(at + 1))
}

/// Where each scope ends: at the next one that begins elsewhere.
fn close(operations: &mut [Operation]) {
    let mut next = u32::MAX;
    let mut start = u32::MAX;
    for operation in operations.iter_mut().rev() {
        if operation.span.start < start {
            next = start;
            start = operation.span.start;
        }
        operation.span.end = operation.span.end.min(next);
    }
}

struct Grouping<'a, 'r> {
    reader: &'a Reader<'r>,
    sections: &'a [Section],
    operations: Vec<Operation>,
    /// The operations that are open: several where one table or list names them all.
    open: Range<usize>,
    /// Where their scope ends at the latest.
    end: u32,
    /// The targets of the requests.
    paths: Vec<Path>,
}

impl Grouping<'_, '_> {
    fn add(&mut self, requests: &mut [Request], at: usize) {
        let request = &requests[at];
        let start = start_of(self.reader, request);
        let in_scope = start < self.end;
        let joined = if in_scope { self.joined(requests, at) } else { None };
        let operation = joined.unwrap_or_else(|| self.open(requests, at, start));
        self.operations[operation].requests.push(at as u32);
        requests[at].operation = Some(operation as u32);
    }

    /// A new operation, beside those that its table or list names already.
    fn open(&mut self, requests: &[Request], at: usize, start: u32) -> usize {
        let request = &requests[at];
        let new = self.operations.len();
        let first = self.operations.get(self.open.start).filter(|_| start < self.end);
        let listed = first.and_then(|first| first.requests.first()).is_some_and(|first| {
            let first = &requests[*first as usize];
            in_one_list(self.reader, first, request, &requests[at - 1])
        });
        let section = subject(self.sections, request.section);
        let span = if listed {
            self.open.end = new + 1;
            self.operations[self.open.start].span
        } else {
            self.open = new..new + 1;
            self.end = self.end_of(request, section);
            let start = self.start_with(requests, at, section, start);
            Span::new(start, self.end)
        };
        self.operations.push(Operation { requests: Vec::new(), span, section });
        new
    }

    /// Where the page begins to speak of an operation that it shows by an example alone: at the heading of its subject.
    fn start_with(&self, requests: &[Request], at: usize, section: Option<u32>, start: u32) -> u32 {
        let heading = section.and_then(|at| self.sections.get(at as usize));
        let block = heading.and_then(|heading| self.reader.document.blocks.get(heading.block as usize));
        let before = at.checked_sub(1).and_then(|before| requests.get(before));
        let is_first = |heading: u32| before.is_none_or(|before| start_of(self.reader, before) < heading);
        let heading = block.map(|block| block.span.start).filter(|heading| is_first(*heading));
        heading
            .filter(|_| requests[at].sense == RequestSense::Example)
            .map_or(start, |heading| heading.min(start))
    }

    /// Where another subject begins.
    fn end_of(&self, request: &Request, section: Option<u32>) -> u32 {
        let level = section.and_then(|at| self.sections.get(at as usize)).map_or(0, |section| section.level);
        let next = request.section.map_or(0, |at| at as usize + 1);
        let other = self.sections.get(next..).unwrap_or_default().iter();
        let other =
            other.take_while(|_| true).find(|section| section.level <= level && section.role.is_none());
        let block = other.and_then(|section| self.reader.document.blocks.get(section.block as usize));
        block.map_or(self.reader.text.len() as u32, |block: &Block| block.span.start)
    }

    /// The open operation that a request belongs to.
    fn joined(&self, requests: &[Request], at: usize) -> Option<usize> {
        let request = &requests[at];
        let open = || self.open.clone().rev();
        if let Some(fitting) = open().find(|operation| self.fits(requests, *operation, at)) {
            return Some(fitting);
        }
        let only = self.open.len() == 1;
        let last = self.open.clone().next_back()?;
        let first = self.operations[last].requests.first().and_then(|first| requests.get(*first as usize))?;
        let same_method = is_same_method(first.method(self.reader.text), request.method(self.reader.text));
        if first.code.is_some() && first.code == request.code
            || first.row.is_some() && in_one_table(first, request)
        {
            // Alternatives: one method, several ways to the resource.
            return (only && same_method && !are_described(self.reader, first, request)).then_some(last);
        }
        let is_shown = request.sense == RequestSense::Example || request.form == RequestForm::Curl;
        let told = self.operations[last].requests.len() == 1 && first.sense == RequestSense::Declared;
        let in_example = self.is_example(request.section);
        let near = in_example
            || same_method
            || self.paths[at].ends_like(&self.paths[self.operations[last].requests[0] as usize]);
        (only && is_shown && told && near).then_some(last)
    }

    fn is_example(&self, section: Option<u32>) -> bool {
        let role = section.and_then(|at| self.sections.get(at as usize)).and_then(|section| section.role);
        role.is_some_and(|role| role != SectionRole::RestRequest)
    }

    /// Whether a request is one of those of an operation, in other words.
    fn fits(&self, requests: &[Request], operation: usize, at: usize) -> bool {
        let method = requests[at].method(self.reader.text);
        self.operations[operation].requests.iter().any(|other| {
            let other = *other as usize;
            is_same_method(requests[other].method(self.reader.text), method)
                && self.paths[other].ends_like(&self.paths[at])
        })
    }
}

/// Where the page begins to speak of a request: at its block.
fn start_of(reader: &Reader<'_>, request: &Request) -> u32 {
    let block = request.block.and_then(|at| reader.document.blocks.get(at as usize));
    match (block, request.form) {
        (None, _) => 0,
        (Some(block), _) => block.span.start.min(request.target.start),
    }
}

/// Equal methods, or one that a translation may have taken away.
fn is_same_method(left: &str, right: &str) -> bool {
    let known = |word: &str| METHODS.iter().any(|method| method.eq_ignore_ascii_case(word));
    left.eq_ignore_ascii_case(right) || !known(left) || !known(right)
}

fn in_one_table(left: &Request, right: &Request) -> bool {
    matches!((left.row, right.row), (Some((left, _)), Some((right, _))) if left == right)
}

/// Whether the rows of two requests say different things of them: each is an operation of its own.
fn are_described(reader: &Reader<'_>, left: &Request, right: &Request) -> bool {
    let words = |request: &Request| -> Option<Vec<String>> {
        let (_, row) = request.row?;
        let cells = reader.document.row_cells(reader.document.rows.get(row as usize)?).iter();
        let is_request = |span: Span| span.start <= request.target.start && request.target.end <= span.end;
        let shown = |cell: &Inline| reader.document.text(reader.text, *cell, View::Page).trim().to_owned();
        Some(cells.filter(|cell| !is_request(cell.span)).map(shown).collect())
    };
    let (Some(left_words), Some(right_words)) = (words(left), words(right)) else { return false };
    let is_method = |word: &str| METHODS.iter().any(|method| word.to_ascii_uppercase().contains(method));
    let says = |left: &String, right: &String| {
        !left.is_empty() && !right.is_empty() && left != right && !is_method(left) && !is_method(right)
    };
    left_words.len() == right_words.len() && left_words.iter().zip(&right_words).any(|(l, r)| says(l, r))
}

/// Whether two requests stand in one table or in one list of requests.
fn in_one_list(reader: &Reader<'_>, first: &Request, request: &Request, before: &Request) -> bool {
    let is_item = |request: &Request| {
        let block = request.block.and_then(|at| reader.document.blocks.get(at as usize));
        matches!(block.map(|block| &block.kind), Some(BlockKind::Paragraph { in_list: true, .. }))
    };
    let follows = request.block.zip(before.block).is_some_and(|(at, before)| at <= before + 1);
    in_one_table(first, request) || follows && is_item(first) && is_item(request)
}

/// The section whose subject a request is: the nearest that is no section of one, such as `Request syntax`.
fn subject(sections: &[Section], at: Option<u32>) -> Option<u32> {
    let section = |at: &u32| sections.get(*at as usize);
    std::iter::successors(at, |at| section(at)?.parent)
        .find(|at| section(at).is_some_and(|found| found.role.is_none()))
}
