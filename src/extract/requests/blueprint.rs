//! Requests in the headings of API Blueprint: `## Vouchers [/vouchers/{id}]` over `### Read one [GET]`.

use std::sync::LazyLock;

use regex::Regex;

use super::{Place, shown, words};
use crate::document::{BlockKind, View};
use crate::extract::Reader;
use crate::facts::{METHODS, Request, RequestForm, RequestSense};
use crate::text::Span;

/// What stands in brackets at the end of a heading: a method, a path, or both.
static BRACKETS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\[(?:(\p{L}[\p{L}\p{M}-]{1,23}))?\s*(/[^\]\s]*)?\]\s*$").expect("a pattern of this file")
});

/// The resources that are open, the innermost last: the levels of their headings, their paths.
#[derive(Debug, Default)]
pub(super) struct Resources(Vec<(u8, Span, String)>);

impl Resources {
    /// The request of a heading. A path alone is that of the headings below.
    pub fn heading(&mut self, reader: &Reader<'_>, kind: &BlockKind, place: Place) -> Option<Request> {
        let BlockKind::Heading { level, text: inline } = kind else { return None };
        self.0.retain(|(above, ..)| above < level);
        let written = inline.span.of(reader.text);
        if !written.trim_end().ends_with(']') {
            return None;
        }
        let text = reader.document.text(reader.text, *inline, View::Page);
        let groups = BRACKETS.captures(&text)?;
        let span = |range: std::ops::Range<usize>| {
            reader.document.source_span(reader.text, *inline, View::Page, &text, Span::from(range))
        };
        let path = groups.get(2).and_then(|path| Some((span(path.range())?, path.as_str().to_owned())));
        let Some(method) = groups.get(1) else {
            let (target, path) = path?;
            self.0.push((*level, target, path));
            return None;
        };
        let is_method = METHODS.contains(&method.as_str());
        let may_be =
            || reader.vocabulary.method(method.as_str()).is_some() || words::is_shouted(method.as_str());
        if !is_method && !may_be() {
            return None;
        }
        let (target, path) = match path {
            Some(own) => own,
            None => self.0.last().map(|(_, target, path)| (*target, path.clone()))?,
        };
        let method = span(method.range())?;
        let mut request = place.request(RequestForm::Heading, RequestSense::Declared, method, target);
        request.shown = shown(target.of(reader.text), &path);
        Some(request)
    }
}
