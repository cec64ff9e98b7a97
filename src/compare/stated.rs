//! Requests that headings, list items, running text and single cells state, beside the same of the source: those of
//! sections that are paired. Absent here: tables of requests, see [`super::requests`], and what stands in code, which is
//! compared as code.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::VecDeque;

use crate::compare::paths;
use crate::compare::requests::{is_method, is_method_word};
use crate::comparison::{Counterpart, Pairing, PathVerdict, RequestComparison, Verdict};
use crate::document::{Style, View};
use crate::extract::path::Path;
use crate::facts::{Page, Request, RequestSense, TableRole};
use crate::finding::{Basis, Site};
use crate::fold::is_same_identifier;
use crate::hash::HashMap;
use crate::text::{Place, Span};

/// Paths of two pages that share less are other paths.
const ALIKE: f32 = 0.5;

/// What differs from the source, in page order.
pub fn stated<'a>(page: &'a Page, pairing: Option<&Pairing<'a>>) -> Vec<RequestComparison<'a>> {
    let Some(pairing) = pairing.filter(|pairing| pairing.with.view == View::Page) else { return Vec::new() };
    if page.facts.requests.is_empty() || pairing.with.page.facts.requests.is_empty() {
        return Vec::new();
    }
    let (own, mut theirs) = (by_section(page), by_section(pairing.with.page));
    let mut found = Vec::new();
    for (section, requests) in own {
        let partner = match section {
            None => Some(None),
            Some(at) => pairing.sections.of_left(at).map(|pair| Some(pair.right)),
        };
        let Some((_, theirs)) = partner.and_then(|at| theirs.remove_entry(&at)) else { continue };
        let alone = requests.len() == 1 && theirs.len() == 1;
        for (own, theirs) in paired(page, requests, pairing.with.page, theirs) {
            found.extend(compared(page, own, pairing.with, theirs, alone));
        }
    }
    found.sort_by_key(|request| request.path.1);
    found
}

/// The requests that a page states, by section.
fn by_section(page: &Page) -> HashMap<Option<u32>, Vec<&Request>> {
    let mut sections: HashMap<Option<u32>, Vec<&Request>> = HashMap::default();
    let is_of_table = |request: &Request| {
        let fact = request.row.and_then(|(table, _)| page.facts.tables.get(table as usize));
        fact.is_some_and(|fact| fact.role == TableRole::RequestSyntax)
    };
    let stated = page.facts.requests.iter().filter(|request| {
        let written = request.code.is_none() && request.block.is_some() && request.shown.is_none();
        written && request.sense == RequestSense::Declared && !is_of_table(request)
    });
    for request in stated {
        sections.entry(request.section).or_default().push(request);
    }
    sections
}

/// The requests of two sections: those with the same path, and the rest by their order if there are as many.
fn paired<'a>(
    page: &'a Page,
    own: Vec<&'a Request>,
    with: &'a Page,
    theirs: Vec<&'a Request>,
) -> Vec<(&'a Request, &'a Request)> {
    let (text, source) = (page.source.text.as_str(), with.source.text.as_str());
    let mut waiting: HashMap<Cow<'_, str>, VecDeque<usize>> = HashMap::default();
    for (at, request) in theirs.iter().enumerate() {
        waiting.entry(request.target(source)).or_default().push_back(at);
    }
    let mut free = vec![true; theirs.len()];
    let (mut pairs, mut rest) = (Vec::new(), Vec::new());
    for request in own {
        // The same method first: a path may have several.
        let same = waiting.get_mut(&request.target(text)).and_then(|places| {
            let method = request.method(text);
            let by_method = places.iter().position(|at| theirs[*at].method(source) == method);
            let unknown = || places.iter().position(|_| !is_method(method));
            places.remove(by_method.or_else(unknown).or((places.len() == 1).then_some(0))?)
        });
        match same {
            Some(at) => {
                free[at] = false;
                pairs.push((request, theirs[at]));
            }
            None => rest.push(request),
        }
    }
    let left: Vec<&Request> =
        theirs.into_iter().zip(free).filter(|(_, free)| *free).map(|(r, _)| r).collect();
    if rest.len() == left.len() {
        pairs.extend(rest.into_iter().zip(left));
    }
    pairs
}

/// What a request has otherwise than the source's. `alone` says that each is the only one of its section.
fn compared<'a>(
    page: &'a Page,
    own: &Request,
    with: Counterpart<'a>,
    theirs: &Request,
    alone: bool,
) -> Option<RequestComparison<'a>> {
    let (text, source) = (page.source.text.as_str(), with.page.source.text.as_str());
    let (method, right_method) = (own.method(text), theirs.method(source));
    let (target, right_target) = (own.target(text), theirs.target(source));
    let (path, right) = (Path::read(&target), Path::read(&right_target));
    let verdict = |expected: String, span: Span| Verdict {
        expected: Cow::Owned(expected),
        basis: Basis::Reference,
        confidence: 1.0,
        witnesses: vec![Site::Page(Place { file: with.page.file, span })],
    };
    let (found, expected) = (path.bare(), right.bare());
    let same_path = found == expected;
    let alike = same_path || paths::likeness(&path, &right).is_some_and(|share| share >= ALIKE);
    let translated = method != right_method && is_method_word(right_method) && alike;
    // Another method that the API knows is another request, unless there is no other.
    let translated = translated && (!is_method(method) || same_path && alone) && !in_code(page, own.method);
    let moved = !same_path && alike && method == right_method && !in_code(page, own.target);
    if !translated && !moved {
        return None;
    }
    let path_verdict = moved.then(|| {
        let case_only = found.len() == expected.len() && is_same_identifier(&found, &expected);
        // Only what is wholly written as read can be replaced.
        let whole = own.target.of(text).ends_with(&found);
        let start = own.target.end - found.len().min(own.target.len() as usize) as u32;
        let edits =
            if whole { vec![(Span::new(start, own.target.end), expected.clone())] } else { Vec::new() };
        PathVerdict { right: verdict(expected.clone(), theirs.target), case_only, edits }
    });
    Some(RequestComparison {
        table: None,
        method: (Cow::Borrowed(method), own.method),
        method_verdict: translated.then(|| verdict(right_method.to_owned(), theirs.method)),
        readable: path.is_path(),
        path: (Cow::Owned(found), own.target),
        path_verdict,
        operation: None,
        covered: false,
        example: None,
        template: OnceCell::new(),
    })
}

/// Whether a place lies in inline code.
fn in_code(page: &Page, place: Span) -> bool {
    let runs = &page.document.runs;
    let at = runs.partition_point(|run| run.span.end <= place.start);
    runs.get(at).is_some_and(|run| run.style.has(Style::CODE) && run.span.start < place.end)
}
