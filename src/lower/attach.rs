//! Which operation each table and example of a page belongs to: the one that the request line shows, else the
//! one whose syntax stands last before it.
//!
//! Absent here: what is made of them.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use crate::compare::paths::{Paths, likeness};
use crate::compare::requests::request_lines;
use crate::extract::path::Path;
use crate::facts::{Direction, METHODS, Page, StartLine};
use crate::lower::paths::{Documented, MOST_SEGMENTS, Operations, generalized};
use crate::lower::place::TableId;
use crate::lower::said::Said;
use crate::text::Place;

/// A syntax table with more requests is an index.
const MOST_REQUESTS: usize = 32;

/// An example by the positions of its page and of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ExampleId {
    pub page: usize,
    pub example: usize,
}

/// What belongs to one operation.
#[derive(Default)]
pub(super) struct Attached {
    pub tables: Vec<TableId>,
    pub requests: Vec<ExampleId>,
    pub responses: Vec<ExampleId>,
    /// Request lines of its examples.
    pub lines: Vec<(ExampleId, Path)>,
    /// Methods that examples use instead, with their places.
    pub others: Vec<(String, Place)>,
}

impl Attached {
    /// The pages that anything of it stands on.
    pub fn pages(&self) -> BTreeSet<usize> {
        let examples = self.requests.iter().chain(&self.responses).map(|id| id.page);
        self.tables.iter().map(|id| id.page).chain(examples).collect()
    }
}

/// All that belongs to operations, and the examples that belong to none.
#[derive(Default)]
pub(super) struct Attachments {
    pub of: Vec<Attached>,
    pub loose: Vec<ExampleId>,
}

/// A request line of an example, if it is one of the API.
pub(super) struct Line {
    pub example: usize,
    pub method: String,
    pub path: Path,
    pub place: Place,
}

/// The request lines of all pages' examples.
pub(super) fn all_lines(pages: &[Said], all: &[Page]) -> Vec<Vec<Line>> {
    pages.iter().map(|said| page(all, said).map_or_else(Vec::new, lines)).collect()
}

/// The request lines of a page's examples.
pub(super) fn lines(page: &Page) -> Vec<Line> {
    let lines = request_lines(page, &Paths::default())
        .into_iter()
        .filter(|line| METHODS.contains(&line.method.as_str()));
    let is_path = |path: &Path| path.is_path() && path.segments() <= MOST_SEGMENTS;
    let lines = lines.filter(|line| is_path(&line.path)).map(|line| Line {
        example: line.example as usize,
        method: line.method,
        path: Arc::unwrap_or_clone(line.path),
        place: Place { file: page.file, span: line.target },
    });
    lines.collect()
}

/// Adds the operations of pages that show requests in examples only, if they are sent to the host that most
/// examples name.
pub(super) fn add_shown(operations: &mut Operations, pages: &[Said], shown: &[Vec<Line>]) {
    let hosts = shown.iter().flatten().filter_map(|line| host(&line.path));
    let usual = crate::lower::paths::most(hosts).map(str::to_owned);
    // Absolute URLs may repeat with their base what others show without.
    for absolute in [false, true] {
        for (at, _) in pages.iter().enumerate().filter(|(_, said)| said.requests.is_empty()) {
            for line in shown[at].iter().filter(|line| host(&line.path).is_some() == absolute) {
                let local = line.path.text.trim_start().starts_with('/');
                let known = operations.find_below(&line.method, &line.path);
                let is_tabled = known.is_some_and(|known| {
                    operations.is_tabled(known) || absolute && !operations.is_of(known, &line.path)
                });
                if is_tabled || !(local || absolute && host(&line.path) == usual.as_deref()) {
                    continue;
                }
                let path = Path::read(&generalized(&line.path));
                if path.is_path() {
                    let documented = Documented { page: at, path, place: line.place, table: None };
                    operations.add(&line.method, documented);
                }
            }
        }
    }
}

/// The page that was listened to.
pub(super) fn page<'p>(all: &'p [Page], said: &Said) -> Option<&'p Page> {
    all.get(said.file.0 as usize)
}

/// `api.example.com` of an absolute URL.
fn host(path: &Path) -> Option<&str> {
    path.target.base.of(&path.text).split_once("://").map(|(_, host)| host.trim())
}

/// What happens on a page, in order.
enum Event {
    Syntax(u32),
    Table(usize),
    Example(usize),
}

/// Attaches what stands on the pages to the operations; `positions` are those of the pages' requests.
pub(super) fn attach(
    operations: &Operations,
    positions: &[Vec<usize>],
    pages: &[Said],
    all: &[Page],
) -> Attachments {
    let of = operations.list.iter().map(|_| Attached::default()).collect();
    let mut attachments = Attachments { of, loose: Vec::new() };
    for (at, said) in pages.iter().enumerate() {
        if let Some(page) = page(all, said) {
            attachments.page(operations, &positions[at], at, said, page);
        }
    }
    attachments
}

impl Attachments {
    fn page(&mut self, operations: &Operations, own: &[usize], at: usize, said: &Said, page: &Page) {
        // By start of the syntax table: its operations, each once.
        let mut of_table: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let mut seen: HashSet<(u32, usize)> = HashSet::new();
        for (request, operation) in said.requests.iter().zip(own) {
            if seen.insert((request.table, *operation)) {
                of_table.entry(request.table).or_default().push(*operation);
            }
        }
        let mut events: Vec<(u32, Event)> =
            of_table.keys().map(|start| (*start, Event::Syntax(*start))).collect();
        for (table, listed) in said.tables.iter().enumerate() {
            events.push((listed.place.span.start, Event::Table(table)));
        }
        for (example, fact) in page.facts.examples.iter().enumerate() {
            let code = page.document.codes.get(fact.code as usize);
            events.push((code.map_or(0, |code| code.span.start), Event::Example(example)));
        }
        events.sort_by_key(|(start, _)| *start);

        let mut current =
            said.requests.first().and_then(|first| of_table.get(&first.table)).cloned().unwrap_or_default();
        let mut lines = lines(page).into_iter().peekable();
        // The operation that the last request line shows.
        let mut shown: Option<usize> = None;
        for (_, event) in events {
            match event {
                Event::Syntax(start) => {
                    let next = of_table.get(&start).cloned().unwrap_or_default();
                    if next != current {
                        (current, shown) = (next, None);
                    }
                }
                Event::Table(table) => {
                    let id = TableId { page: at, table };
                    // A table below a list of many requests is about none of them.
                    let owners = current.iter().filter(|_| current.len() <= MOST_REQUESTS);
                    for operation in owners {
                        self.of[*operation].tables.push(id);
                    }
                }
                Event::Example(example) => {
                    let id = ExampleId { page: at, example };
                    let line = lines.next_if(|line| line.example == example);
                    let fact = &page.facts.examples[example];
                    if let StartLine::Request { .. } = fact.message.start {
                        shown = line.and_then(|line| self.line(operations, &current, id, line));
                        if said.requests.is_empty() {
                            // Such a page shows what others say in a syntax table.
                            current = shown.into_iter().collect();
                        }
                    }
                    let operation = match fact.direction {
                        Direction::Unknown => None,
                        _ => shown.or_else(|| current.first().copied()),
                    };
                    match (operation, fact.direction) {
                        (Some(operation), Direction::Request) => self.of[operation].requests.push(id),
                        (Some(operation), _) => self.of[operation].responses.push(id),
                        (None, _) => self.loose.push(id),
                    }
                }
            }
        }
    }

    /// The operation that a request line shows.
    fn line(
        &mut self,
        operations: &Operations,
        current: &[usize],
        id: ExampleId,
        line: Line,
    ) -> Option<usize> {
        let found = operations.find_below(&line.method, &line.path).or_else(|| {
            let near = current.iter().copied().take(MOST_REQUESTS).filter_map(|operation| {
                let documented = &operations.list[operation].documented;
                let fits = documented.iter().filter_map(|one| likeness(&line.path, &one.path));
                Some((operation, fits.max_by(f32::total_cmp)?))
            });
            let (operation, fit) = near.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
            (fit >= 0.5).then_some(operation)
        })?;
        let attached = self.of.get_mut(found)?;
        if operations.list[found].method != line.method {
            attached.others.push((line.method, line.place));
        }
        attached.lines.push((id, line.path));
        Some(found)
    }
}
