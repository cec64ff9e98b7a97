//! A request target as written: path segments, placeholders and query with their text.

use crate::extract::target::{self, Target};
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
        let written = span.of(&self.text);
        if written.bytes().all(|byte| byte.is_ascii_graphic()) {
            return written.to_owned();
        }
        let mut bare = String::with_capacity(written.len());
        bare.extend(written.chars().filter(|c| !c.is_whitespace()));
        bare
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

    /// Whether both may be one path as far as they go: base paths in front and values of placeholders aside.
    pub fn ends_like(&self, other: &Self) -> bool {
        let (own, theirs) = (self.significant(), other.significant());
        let shared = own.min(theirs);
        let mut alike = 0;
        for back in 1..=shared {
            let (at, with) = (own - back, theirs - back);
            match (self.literal(at), other.literal(with)) {
                (Some(literal), Some(other)) if literal.eq_ignore_ascii_case(other) => alike += 1,
                (Some(_), Some(_)) => return false,
                _ => {}
            }
        }
        alike > 0 || own == theirs
    }

    /// Whether two paths are the same but for the notation of their placeholders: `{id}`, `:id`, `<id>`.
    pub fn is_respelled(&self, other: &Self) -> bool {
        self.segments() == other.segments()
            && (0..self.segments()).all(|at| match (self.placeholder(at), other.placeholder(at)) {
                (Some(own), Some(theirs)) => own == theirs,
                (None, None) => self.segment(at) == other.segment(at),
                _ => false,
            })
    }
}
