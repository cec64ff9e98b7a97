//! Example bodies: the tree of a code block's JSON with the page's bytes behind every part of it.
//!
//! Absent here: which type a body has, and whether it is right.

use std::borrow::Cow;

use crate::document::Code;
use crate::facts::{Example, Page};
use crate::json::{Json, NodeId};
use crate::text::Span;

/// An example's body with everything needed to point into it.
pub struct Body<'a> {
    code: &'a Code,
    start: u32,
    code_text: Cow<'a, str>,
    /// The tree.
    pub json: &'a Json,
}

impl<'a> Body<'a> {
    /// The body of an example of the page, if it was read.
    pub fn of(page: &'a Page, example: &'a Example) -> Option<Self> {
        let code = page.document.codes.get(example.code as usize)?;
        let code_text = page.example_text(example);
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
}
