//! Example bodies: from a node of the JSON tree to the page, and back as the model would write it.

use std::borrow::Cow;

use similar::TextDiff;

use crate::comparison::{ExampleComparison, Mismatch};
use crate::facts::Example;
use crate::finding::{Basis, Cause, SubjectKind};
use crate::json::{Json, NodeId};
use crate::rules::{Context, Draft};
use crate::text::Span;

/// An example's body with everything needed to point into it.
pub(super) struct Body<'a> {
    code: &'a crate::document::Code,
    start: u32,
    code_text: Cow<'a, str>,
    /// The tree.
    pub json: &'a Json,
}

impl<'a> Body<'a> {
    /// The body of an example, if it was read.
    pub fn of(context: &Context<'a>, example: &'a Example) -> Option<Self> {
        let code = context.page.document.codes.get(example.code as usize)?;
        let code_text = context.page.document.code_text(context.text(), code);
        Some(Self { code, start: example.message.body.start, code_text, json: example.json.as_ref()? })
    }

    /// The text that the tree's spans count in.
    pub fn text(&self) -> &str {
        self.code_text.get(self.start as usize..).unwrap_or("")
    }

    /// The page's bytes behind a span of the tree.
    pub fn to_page(&self, span: Span) -> Span {
        self.code.to_source(span.shifted(self.start))
    }

    /// The page's bytes of a key without quotes, or of the value where there is no key.
    pub fn key(&self, node: NodeId) -> Span {
        let key = self.json.node(node).key;
        if key.is_empty() { self.value(node) } else { self.to_page(self.json.key_span(self.text(), node)) }
    }

    /// The page's bytes of a value; of an object or list only the bracket that opens it.
    pub fn value(&self, node: NodeId) -> Span {
        let span = self.json.node(node).span;
        let bracketed = self.json.node(node).first_child.is_some();
        self.to_page(if bracketed { Span::new(span.start, span.start + 1) } else { span })
    }

    /// Unified diff of the body as written against the body with `edits` (spans of the tree), with one line
    /// of context.
    pub fn diff(&self, edits: &[(Span, String)]) -> String {
        let old = self.text();
        let mut new = String::with_capacity(old.len());
        let mut at = 0;
        for (span, text) in edits {
            new.push_str(old.get(at..span.start as usize).unwrap_or(""));
            new.push_str(text);
            at = span.end as usize;
        }
        new.push_str(old.get(at..).unwrap_or(""));
        // The lines around the edit are enough; diffing a whole large body would only cost time.
        let (from, to) = surrounding_lines(old, edits);
        let new_to = new.len().saturating_sub(old.len() - to).max(from);
        let (old, new) = (old.get(from..to).unwrap_or(""), new.get(from..new_to).unwrap_or(""));
        TextDiff::from_lines(old, new)
            .unified_diff()
            .context_radius(1)
            .header("documented", "by the model")
            .missing_newline_hint(false)
            .to_string()
    }
}

/// From two lines before the first edit to two lines after the last.
fn surrounding_lines(text: &str, edits: &[(Span, String)]) -> (usize, usize) {
    let first = edits.first().map_or(0, |(span, _)| span.start as usize);
    let last = edits.last().map_or(0, |(span, _)| span.end as usize);
    let before = text.get(..first).unwrap_or("");
    let from = before.rmatch_indices('\n').nth(2).map_or(0, |(at, _)| at + 1);
    let after = text.get(last..).unwrap_or("");
    let to = after.match_indices('\n').nth(2).map_or(text.len(), |(at, _)| last + at + 1);
    (from, to)
}

/// Every departure of the page's examples from their types.
pub(super) fn mismatches<'c, 'a>(
    context: &'c Context<'a>,
) -> impl Iterator<Item = (Body<'a>, &'c ExampleComparison<'a>, &'c Mismatch<'a>)> {
    context.comparison.examples.iter().flat_map(move |comparison| {
        let page: &'a crate::facts::Page = context.page;
        let example = page.facts.examples.get(comparison.example as usize);
        comparison
            .mismatches
            .iter()
            .filter_map(move |mismatch| Some((Body::of(context, example?)?, comparison, mismatch)))
    })
}

/// A finding about a departure, at `span`.
pub(super) fn draft(mismatch: &Mismatch<'_>, span: Span, found: &str) -> Draft {
    let subject = (SubjectKind::Example, mismatch.path.clone());
    Draft::new(span, Basis::Model, Cause::Drift, subject, found).related(
        mismatch.site,
        format!("the model declares `{}`", mismatch.path.rsplit('.').next().unwrap_or("")),
    )
}
