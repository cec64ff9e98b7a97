//! Requests in two labelled lines: `Method: POST`, `URL: /carts`.

use super::{Place, shown};
use crate::document::{Block, Inline, View};
use crate::extract::{Reader, target};
use crate::facts::{METHODS, Request, RequestForm, RequestSense};
use crate::lexicon::HeaderRole;
use crate::text::Span;

/// How many blocks may stand between the two.
const APART: u32 = 3;
/// Longest line that is looked at, in bytes.
const LONGEST: usize = 600;

/// The half of a request that waits for the other.
#[derive(Debug, Default)]
pub(super) struct Labels {
    method: Option<(u32, Span)>,
    target: Option<(u32, Span, Option<Box<str>>)>,
}

/// What a labelled line holds.
enum Value {
    Method(Span),
    Target(Span, Option<Box<str>>),
}

impl Labels {
    /// What stands below another heading belongs to something else.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// The requests that the lines of a block complete.
    pub fn block(&mut self, reader: &Reader<'_>, block: &Block, place: Place) -> Vec<Request> {
        let Some(inline) = block.kind.text() else { return Vec::new() };
        let raw = inline.span.of(reader.text);
        if raw.len() > LONGEST || !may_have_label(raw) {
            return Vec::new();
        }
        lines(reader, inline)
            .into_iter()
            .filter_map(|line| value(reader, line))
            .filter_map(|value| self.add(value, place))
            .collect()
    }

    /// Takes a half; gives the request if it is whole now.
    pub fn add_pair(&mut self, method: Span, target: Span, shown: Option<Box<str>>, place: Place) -> Request {
        self.forget();
        let mut request = place.request(RequestForm::Labels, RequestSense::Declared, method, target);
        request.shown = shown;
        request
    }

    fn add(&mut self, value: Value, place: Place) -> Option<Request> {
        match value {
            Value::Method(span) => self.method = Some((place.block, span)),
            Value::Target(span, shown) => self.target = Some((place.block, span, shown)),
        }
        let near = |block: u32| place.block.saturating_sub(block) <= APART;
        self.method = self.method.take().filter(|(block, _)| near(*block));
        self.target = self.target.take().filter(|(block, ..)| near(*block));
        if self.method.is_none() || self.target.is_none() {
            return None;
        }
        let (_, method) = self.method.take()?;
        let (_, target, shown) = self.target.take()?;
        Some(self.add_pair(method, target, shown, place))
    }
}

/// Whether a text may have a colon, of ASCII or of full width: by their first bytes.
fn may_have_label(text: &str) -> bool {
    memchr::memchr2(b':', 0xEF, text.as_bytes()).is_some()
}

/// The lines of a text: what stands between its breaks.
fn lines(reader: &Reader<'_>, inline: Inline) -> Vec<Inline> {
    let runs = reader.document.inline_runs(inline);
    let mut lines = Vec::new();
    let mut first = inline.first;
    for (at, run) in runs.iter().enumerate() {
        if run.style.has(crate::document::Style::BREAK) {
            let end = inline.first + at as u32;
            lines.push(Inline { span: inline.span, first, end });
            first = end + 1;
        }
    }
    lines.push(Inline { span: inline.span, first, end: inline.end });
    lines
}

/// The method or target of a labelled line.
fn value(reader: &Reader<'_>, line: Inline) -> Option<Value> {
    let text = reader.document.text(reader.text, line, View::Page);
    let (label, rest) = text.split_once([':', '：'])?;
    let value = rest.trim();
    let is_method = METHODS.contains(&value);
    if !is_method && (!target::starts_target(value) || value.contains(' ')) {
        return None;
    }
    let start = text.len() - rest.len() + (rest.len() - rest.trim_start().len());
    let range = Span::new(start as u32, (start + value.len()) as u32);
    let span = reader.document.source_span(reader.text, line, View::Page, &text, range)?;
    let label = label.trim_matches(|c: char| !c.is_alphanumeric());
    let mut roles = reader.vocabulary.header(label);
    if is_method {
        roles.any(|role| role == HeaderRole::Method).then_some(Value::Method(span))
    } else {
        let found = roles.any(|role| role == HeaderRole::RequestUri);
        found.then(|| Value::Target(span, shown(span.of(reader.text), value)))
    }
}
