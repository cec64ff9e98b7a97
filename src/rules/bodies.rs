//! Example bodies: from a node of the JSON tree to the page, and back as the model would write it.

use std::borrow::Cow;

use similar::TextDiff;

use crate::comparison::Mismatch;
use crate::document::Code;
use crate::facts::Example;
use crate::finding::{Basis, Cause, SubjectKind};
use crate::json::{Json, NodeId};
use crate::rules::{Context, Draft};
use crate::text::Span;

/// An example's body with everything needed to point into it.
pub(super) struct Body<'a> {
    code: &'a Code,
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

    /// Unified diff of the body as written against the body with `edit` (a span of the tree), with one line of
    /// context; empty where the lines are too long to show.
    pub fn diff(&self, span: Span, right: &str) -> String {
        let text = self.text();
        let Some(lines) = surrounding_lines(text, span) else { return String::new() };
        let before = Span::new(lines.start, span.start).of(text);
        let after = Span::new(span.end, lines.end).of(text);
        let new = format!("{before}{right}{after}");
        TextDiff::from_lines(lines.of(text), &new)
            .unified_diff()
            .context_radius(1)
            .header("documented", "by the model")
            .missing_newline_hint(false)
            .to_string()
    }
}

/// From the line before `span` to the line after it. Looks no further than a few hundred bytes: a body may be one line
/// of megabytes with a departure in every field.
fn surrounding_lines(text: &str, span: Span) -> Option<Span> {
    const FAR: usize = 400;
    let before = text.get(..span.start as usize)?.as_bytes();
    let after = text.get(span.end as usize..)?.as_bytes();
    let mut back = before.iter().rev().take(FAR).enumerate().filter(|(_, byte)| **byte == b'\n');
    let start = match back.nth(1) {
        Some((distance, _)) => before.len() - distance,
        None if before.len() <= FAR => 0,
        None => return None,
    };
    let mut ahead = after.iter().take(FAR).enumerate().filter(|(_, byte)| **byte == b'\n');
    let end = match ahead.nth(1) {
        Some((distance, _)) => span.end as usize + distance + 1,
        None if after.len() <= FAR => text.len(),
        None => return None,
    };
    Some(Span::from(start..end))
}

/// Every departure of the page's examples from their types, a body at a time.
pub(super) fn mismatches<'c, 'a>(
    context: &'c Context<'a>,
    mut each: impl FnMut(&Body<'a>, &'c Mismatch<'a>),
) {
    for comparison in &context.comparison.examples {
        let example = context.page.facts.examples.get(comparison.example as usize);
        let Some(body) = example.and_then(|example| Body::of(context, example)) else { continue };
        comparison.mismatches.iter().for_each(|mismatch| each(&body, mismatch));
    }
}

/// A finding about a departure, at `span`.
pub(super) fn draft(mismatch: &Mismatch<'_>, span: Span, found: &str) -> Draft {
    let subject = (SubjectKind::Example, mismatch.path.clone());
    Draft::new(span, Basis::Model, Cause::Drift, subject, found).related(
        mismatch.site,
        format!("the model declares `{}`", mismatch.path.rsplit('.').next().unwrap_or("")),
    )
}
