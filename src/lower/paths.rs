//! Requests that are one operation: the same method, and paths that differ in the names of placeholders and
//! in case at most. One path has one set of placeholder names, whatever the method.
//!
//! Absent here: parameters and bodies.

use std::collections::{BTreeSet, HashMap};

use crate::compare::names::is_identifier;
use crate::extract::path::Path;
use crate::fold::{identifier_key, singular};
use crate::lower::attach::Line;
use crate::lower::said::{Request, Said};
use crate::text::Place;

/// Segments that a base URL may have: `https://host/api/v1`.
const MOST_BASE: usize = 2;
/// Paths of more segments are none of an API.
pub(super) const MOST_SEGMENTS: usize = 64;

/// A request as one page writes it.
pub(super) struct Documented {
    /// Position of the page.
    pub page: usize,
    /// Its path.
    pub path: Path,
    /// Where it stands.
    pub place: Place,
    /// Where its table starts; `None` for the request line of an example.
    pub table: Option<u32>,
}

/// An operation to be.
pub(super) struct Operation {
    pub method: String,
    /// The path without names: `/v1/customers/{}/carts`.
    pub shape: String,
    /// How pages write it.
    pub documented: Vec<Documented>,
}

/// All operations, to be found by request lines.
#[derive(Default)]
pub(super) struct Operations {
    pub list: Vec<Operation>,
    by_shape: HashMap<(String, String), usize>,
    /// A tree of segments: node and segment to the next node.
    tree: HashMap<(usize, String), usize>,
    nodes: usize,
    /// By last node and method.
    ends: HashMap<(usize, String), usize>,
}

impl Operations {
    /// The operations of all request tables, in page order, and the position of each request's.
    pub fn of(pages: &[Said], lines: &[Vec<Line>]) -> (Self, Vec<Vec<usize>>) {
        let mut operations = Self::default();
        let mut positions = Vec::with_capacity(pages.len());
        for (page, said) in pages.iter().enumerate() {
            let add = |request: &Request| {
                let path = mended(Path::read(&request.path), &lines[page]);
                let documented = Documented { page, path, place: request.place, table: Some(request.table) };
                operations.add(&request.method, documented)
            };
            positions.push(said.requests.iter().map(add).collect());
        }
        (operations, positions)
    }

    /// Adds a request to the operation it is; the operation's position.
    pub fn add(&mut self, method: &str, documented: Documented) -> usize {
        let segments = segments(&documented.path);
        let shape = format!("/{}", segments.join("/"));
        let key = (method.to_owned(), shape.clone());
        if let Some(known) = self.by_shape.get(&key).copied() {
            self.list[known].documented.push(documented);
            return known;
        }
        let at = self.list.len();
        self.list.push(Operation { method: method.to_owned(), shape, documented: vec![documented] });
        self.by_shape.insert(key, at);
        let mut node = 0;
        for segment in segments {
            let next = self.nodes + 1;
            node = *self.tree.entry((node, segment)).or_insert(next);
            self.nodes = self.nodes.max(node);
        }
        self.ends.insert((node, method.to_owned()), at);
        at
    }

    /// Whether a table documents an operation.
    pub fn is_tabled(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|operation| operation.documented.iter().any(|one| one.table.is_some()))
    }

    /// The operation that a request is; one to an absolute URL also without the first segments, which its base may hold.
    pub fn find_below(&self, method: &str, path: &Path) -> Option<usize> {
        let segments = segments(path);
        let is_absolute = path.target.base.of(&path.text).contains("://");
        let most = if is_absolute { MOST_BASE.min(segments.len().saturating_sub(1)) } else { 0 };
        (0..=most).find_map(|from| self.walk(&segments[from..], method, 0, 0))
    }

    /// Whether a request has as many segments as the operation.
    pub fn is_of(&self, at: usize, path: &Path) -> bool {
        self.list
            .get(at)
            .is_some_and(|operation| operation.shape.split('/').count() == segments(path).len() + 1)
    }

    fn walk(&self, segments: &[String], method: &str, node: usize, depth: usize) -> Option<usize> {
        if depth > MOST_SEGMENTS {
            return None;
        }
        let Some((first, rest)) = segments.split_first() else {
            return self.ends.get(&(node, method.to_owned())).copied();
        };
        let next = |segment: &str| {
            let next = self.tree.get(&(node, segment.to_owned()))?;
            self.walk(rest, method, *next, depth + 1)
        };
        next(first).or_else(|| if first == PLACEHOLDER { None } else { next(PLACEHOLDER) })
    }

    /// What placeholders are called most often, by the path up to them.
    fn usual_names(&self) -> HashMap<String, String> {
        let mut names: HashMap<String, Vec<&str>> = HashMap::new();
        for path in self.list.iter().flat_map(|operation| &operation.documented).map(|one| &one.path) {
            let mut before = String::new();
            for (at, segment) in significant(path).into_iter().zip(segments(path)) {
                before.push('/');
                before.push_str(&segment);
                if let Some(name) = path.placeholder(at).filter(|name| is_identifier(name)) {
                    names.entry(before.clone()).or_default().push(name);
                }
            }
        }
        let usual = |names: Vec<&str>| most(names.into_iter()).unwrap_or("").to_owned();
        names.into_iter().map(|(before, names)| (before, usual(names))).collect()
    }

    /// The path template of each operation, with the same names for the same path.
    pub fn templates(&self) -> Vec<String> {
        let mut by_shape: HashMap<&str, Vec<&Path>> = HashMap::new();
        for operation in &self.list {
            let paths = operation.documented.iter().map(|documented| &documented.path);
            by_shape.entry(&operation.shape).or_default().extend(paths);
        }
        let usual = self.usual_names();
        let templates: HashMap<&str, String> =
            by_shape.iter().map(|(shape, paths)| (*shape, template(paths, &usual))).collect();
        self.list.iter().map(|operation| templates[operation.shape.as_str()].clone()).collect()
    }
}

/// `/status>` is no placeholder that lost a bracket where the page's own example sends `/status`.
fn mended(path: Path, lines: &[Line]) -> Path {
    let literal = |at: usize| {
        let name = path.placeholder(at).filter(|name| path.segment(at).len() == name.len() + 1)?;
        lines.iter().any(|line| line.path.literal(at) == Some(name)).then_some(name)
    };
    let broken: Vec<(usize, &str)> = (0..path.segments()).filter_map(|at| Some((at, literal(at)?))).collect();
    if broken.is_empty() {
        return path;
    }
    let mut text = path.text.clone();
    for (at, name) in broken.iter().rev() {
        if let Some(segment) = path.target.segments.get(*at) {
            text.replace_range(segment.span.range(), name);
        }
    }
    Path::read(&text)
}

const PLACEHOLDER: &str = "{}";

/// The segments that count, placeholders without their names, literals without case.
fn segments(path: &Path) -> Vec<String> {
    let segment = |at: usize| match path.placeholder(at) {
        Some(_) => PLACEHOLDER.to_owned(),
        None => path.segment(at).to_lowercase(),
    };
    (0..path.segments()).map(segment).filter(|segment| !segment.is_empty()).collect()
}

/// The positions of a path's segments that count.
pub(super) fn significant(path: &Path) -> Vec<usize> {
    (0..path.segments()).filter(|at| !path.segment(*at).is_empty()).collect()
}

/// What most of the paths write at each place.
fn template(paths: &[&Path], usual: &HashMap<String, String>) -> String {
    let columns: Vec<Vec<usize>> = paths.iter().map(|path| significant(path)).collect();
    let width = columns.first().map_or(0, Vec::len);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut template = String::new();
    let shape = paths.first().map_or_else(Vec::new, |path| segments(path));
    for column in 0..width {
        let written = paths.iter().zip(&columns).filter_map(|(path, columns)| {
            let at = *columns.get(column)?;
            Some((path.segment(at), path.placeholder(at)))
        });
        let written: Vec<(&str, Option<&str>)> = written.collect();
        template.push('/');
        match most(written.iter().filter_map(|(_, name)| *name)) {
            Some(name) => {
                // A name in the words of another language: what other requests call the value at this place.
                let before = || format!("/{}", shape[..=column].join("/"));
                let other = if is_identifier(name) { None } else { usual.get(&before()) };
                let name = other.map_or(name, String::as_str);
                let numbered = (2..).map(|number: u32| format!("{name}-{number}"));
                let free =
                    std::iter::once(name.to_owned()).chain(numbered).find(|name| !taken.contains(name));
                let name = free.unwrap_or_default();
                template.push('{');
                template.push_str(&name);
                template.push('}');
                taken.insert(name);
            }
            None => template.push_str(most(written.iter().map(|(text, _)| *text)).unwrap_or("")),
        }
    }
    if template.is_empty() { "/".to_owned() } else { template }
}

/// The most frequent text; if it is even, the first.
pub(super) fn most<'t>(texts: impl Iterator<Item = &'t str>) -> Option<&'t str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let texts: Vec<&str> = texts.collect();
    for text in &texts {
        *counts.entry(text).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    texts.into_iter().find(|text| counts[text] == most)
}

/// A concrete path as a template: GUIDs and numbers become placeholders, named after what stands before them.
pub(super) fn generalized(path: &Path) -> String {
    let mut template = String::new();
    let mut before = String::new();
    for at in significant(path) {
        template.push('/');
        match (path.placeholder(at), path.segment(at)) {
            (Some(name), _) => template.extend(["{", name, "}"]),
            (None, text) if is_value(text) => {
                let joint = if before.is_empty() { "" } else { "-" };
                template.extend(["{", &*singular(&before), joint, "id}"]);
            }
            (None, text) => {
                template.push_str(text);
                before = identifier_key(text).into_owned();
            }
        }
    }
    template
}

/// A segment that stands for one of many: a GUID, a number.
fn is_value(segment: &str) -> bool {
    crate::compare::formats::is_uuid(segment) || segment.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}
