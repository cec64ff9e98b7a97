//! Code blocks beside those of the reference page: what the rules about code and examples walk over.

use std::borrow::Cow;
use std::sync::Arc;

use crate::alignment::Pair;
use crate::compare::pairing::section_key_at;
use crate::comparison::{Counterpart, Pairing};
use crate::document::Code;
use crate::facts::{Example, Page};
use crate::finding::Site;
use crate::rules::Context;
use crate::text::{Place, Span};

/// A code block of one page.
pub(super) struct Side<'a> {
    pub code: &'a Code,
    /// The examples it shows.
    pub examples: &'a [Example],
    pub text: Cow<'a, str>,
}

impl<'a> Side<'a> {
    fn of(page: &'a Page, at: u32) -> Option<Self> {
        let code = page.document.codes.get(at as usize)?;
        let text = page.document.code_text(&page.source.text, code);
        Some(Self { code, examples: page.facts.examples_in(at), text })
    }
}

/// A code block, and the same of the reference page.
pub(super) struct CodePair<'a> {
    pub own: Side<'a>,
    pub theirs: Side<'a>,
    source: Counterpart<'a>,
}

impl<'a> CodePair<'a> {
    /// A code block of `page` and one of `source`.
    pub fn of(page: &'a Page, own: u32, source: Counterpart<'a>, theirs: u32) -> Option<Self> {
        Some(Self { own: Side::of(page, own)?, theirs: Side::of(source.page, theirs)?, source })
    }

    /// The section of the reference page that the code stands in, as [`section_key_at`].
    pub fn section(&self) -> Cow<'a, str> {
        section_key_at(self.source.page, self.theirs.code.span, self.source.view)
    }

    /// The reference page.
    pub const fn source_page(&self) -> &'a Page {
        self.source.page
    }

    /// The place of a span of the reference page's code.
    pub fn site(&self, span: Span) -> Site {
        Site::Page(Place { file: self.source.page.file, span: self.theirs.code.to_source(span) })
    }
}

/// What code blocks show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Examples,
    /// Commands, say.
    Other,
}

/// The page's code blocks that have a counterpart, both of that kind, and say something else.
pub(super) fn differing<'a>(
    context: &Context<'a>,
    pairing: &Pairing<'a>,
    kind: Kind,
) -> impl Iterator<Item = CodePair<'a>> {
    let (page, source) = (context.page, pairing.with);
    let is_wanted = move |pair: &&Pair| {
        match (page.facts.examples_in(pair.left), source.page.facts.examples_in(pair.right)) {
            ([], []) => kind == Kind::Other,
            ([], _) | (_, []) => false,
            // Most are copies, and what equal texts show is shared.
            (own, theirs) => {
                let is_copy =
                    |(own, theirs): (&Example, &Example)| Arc::ptr_eq(&own.message, &theirs.message);
                kind == Kind::Examples && !(own.len() == theirs.len() && own.iter().zip(theirs).all(is_copy))
            }
        }
    };
    let codes = pairing.codes.pairs.iter().filter(is_wanted);
    let pairs = codes.filter_map(move |pair| CodePair::of(page, pair.left, source, pair.right));
    pairs.filter(|pair| pair.own.text != pair.theirs.text)
}
