//! Request targets against each other: segment by segment, placeholders by position.

use crate::extract::target::{self, Target};
use crate::fold::identifier_key;
use crate::schema::Operation;
use crate::text::Span;

/// A request target with its text.
#[derive(Debug, Clone)]
pub struct Path {
    /// The text that was read.
    pub text: String,
    /// Its parts, as spans into `text`.
    pub target: Target,
}

impl Path {
    /// Reads a request URI cell, an example's target or a template of the spec.
    pub fn read(text: &str) -> Self {
        Self { text: text.to_owned(), target: target::read(text, Span::new(0, text.len() as u32)) }
    }

    /// Path and query without base URL and version, without white space: what must not be translated.
    pub fn bare(&self) -> String {
        let end = self.target.query.map_or(self.target.path.end, |query| query.end);
        let span = Span::new(self.target.path.start, end.max(self.target.path.start));
        span.of(&self.text).chars().filter(|c| !c.is_whitespace()).collect()
    }

    /// Whether it has path segments.
    pub fn is_path(&self) -> bool {
        !self.target.segments.is_empty()
    }

    /// Number of segments.
    pub fn segments(&self) -> usize {
        self.target.segments.len()
    }

    /// Number of segments without the empty one behind a trailing slash.
    pub fn significant(&self) -> usize {
        let trailing = self.target.segments.last().is_some_and(|segment| segment.span.is_empty());
        self.segments() - usize::from(trailing)
    }

    /// A segment as written, brackets included.
    pub fn segment(&self, at: usize) -> &str {
        self.target.segments.get(at).map_or("", |segment| segment.span.of(&self.text))
    }

    /// A segment's literal text, `None` for a placeholder.
    pub fn literal(&self, at: usize) -> Option<&str> {
        let segment = self.target.segments.get(at)?;
        segment.placeholder.is_none().then(|| segment.span.of(&self.text))
    }

    /// A segment's placeholder name, `None` for a literal.
    pub fn placeholder(&self, at: usize) -> Option<&str> {
        self.target.segments.get(at)?.placeholder.map(|span| span.of(&self.text))
    }

    /// Names of the placeholders in the path, in order.
    pub fn placeholders(&self) -> Vec<&str> {
        (0..self.segments()).filter_map(|at| self.placeholder(at)).collect()
    }

    /// Names of the placeholders in the query, in order: `{country-code}` of `?country={country-code}`.
    pub fn query_placeholders(&self) -> Vec<&str> {
        let query = self.target.query.map_or("", |query| query.of(&self.text));
        query
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name.trim())
            .collect()
    }
}

/// How much of the literal segments of `right` stand in `left` at the same place, 0 to 1; `None` if
/// they have different numbers of segments. Segments that stand for placeholders of `right` are free.
pub fn likeness(left: &Path, right: &Path) -> Option<f32> {
    if left.segments() != right.segments() || right.segments() == 0 {
        return None;
    }
    let mut literals = 0.0_f32;
    let mut points = 0.0_f32;
    for at in 0..right.segments() {
        let Some(wanted) = right.literal(at) else { continue };
        literals += 1.0;
        match left.literal(at) {
            Some(found) if found == wanted => points += 1.0,
            Some(found) if identifier_key(found) == identifier_key(wanted) => points += 0.9,
            Some(_) => {}
            // A placeholder where the other side has a word is another path.
            None => points -= 0.5,
        }
    }
    Some(if literals == 0.0 { 0.5 } else { (points / literals).max(0.0) })
}

/// Whether `path` documents `template`: every literal segment is the same, is so but for case and
/// separators, or is a translation by the word of `translates`. The share that needs no such word, or
/// `None` if some segment is of another path.
pub fn documents(path: &Path, template: &Path, translates: &dyn Fn(&str, &str) -> bool) -> Option<f32> {
    if path.segments() != template.segments() || template.segments() == 0 {
        return None;
    }
    let (mut literals, mut points) = (0.0_f32, 0.0_f32);
    for at in 0..template.segments() {
        let Some(wanted) = template.literal(at) else { continue };
        let found = path.literal(at)?;
        literals += 1.0;
        points += if found == wanted {
            1.0
        } else if identifier_key(found) == identifier_key(wanted) {
            0.9
        } else if translates(found, wanted) {
            0.5
        } else {
            return None;
        };
    }
    Some(if literals == 0.0 { 0.5 } else { points / literals })
}

/// Whether `operation` is about the same resource as `path`: the first literal segment after the
/// version, and the one after its placeholder, are the same.
pub fn covers(operation: &Path, path: &Path) -> bool {
    let (mut wanted, mut found) = (literals(operation).take(2).peekable(), literals(path));
    wanted.peek().is_some() && wanted.all(|wanted| found.next().is_some_and(|found| is_same(found, wanted)))
}

/// The literal segments of a path without its version.
fn literals(path: &Path) -> impl Iterator<Item = &str> {
    (0..path.segments()).filter_map(|at| path.literal(at)).filter(|literal| !is_version(literal))
}

/// Whether two segments differ in case and separators at most.
fn is_same(left: &str, right: &str) -> bool {
    left == right || identifier_key(left) == identifier_key(right)
}

/// `v1`, `v2.0`, `beta`-like first segments carry no meaning of their own.
fn is_version(segment: &str) -> bool {
    segment
        .strip_prefix(['v', 'V'])
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// The template of an operation.
pub fn of_operation(operation: &Operation) -> Path {
    Path::read(&operation.path)
}
