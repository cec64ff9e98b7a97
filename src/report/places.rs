//! From bytes to paths, lines and columns: only for texts that something points into.

use std::sync::OnceLock;

use super::View;
use crate::facts::Page;
use crate::finding::Site;
use crate::schema::SpecFile;
use crate::text::{LineColumn, LineIndex, Span};

/// Looks up places; indexes the lines of a text when it is first asked about it.
pub struct Places<'a> {
    pages: Texts<'a>,
    spec: Texts<'a>,
}

struct Texts<'a> {
    texts: Vec<(&'a str, &'a str)>,
    lines: Vec<OnceLock<LineIndex>>,
}

/// A place in its text.
#[derive(Clone, Copy)]
pub struct Located<'p, 'a> {
    /// Where the text is from, for display.
    pub path: &'a str,
    /// The whole text.
    pub text: &'a str,
    /// Inside the text, on character boundaries.
    pub span: Span,
    /// Its lines.
    pub lines: &'p LineIndex,
}

impl<'a> Texts<'a> {
    fn new(texts: Vec<(&'a str, &'a str)>) -> Self {
        let lines = texts.iter().map(|_| OnceLock::new()).collect();
        Self { texts, lines }
    }
}

impl<'a> Places<'a> {
    /// Places in pages and in the files of a spec.
    pub fn new(view: &View<'a>) -> Self {
        Self { pages: Self::of_pages(view.pages).pages, ..Self::of_files(view.spec) }
    }

    /// Places in pages alone.
    pub fn of_pages(pages: &'a [Page]) -> Self {
        let pages = pages.iter().map(|page| (page.source.path.as_str(), page.source.text.as_str()));
        Self { pages: Texts::new(pages.collect()), spec: Texts::new(Vec::new()) }
    }

    /// Places in the files of a schema alone.
    pub fn of_files(files: &'a [SpecFile]) -> Self {
        let files = files.iter().map(|file| (file.path.as_str(), file.text.as_str()));
        Self { pages: Texts::new(Vec::new()), spec: Texts::new(files.collect()) }
    }

    /// The place with its text. A span that does not fit is clamped: a printer never panics over one.
    pub fn locate(&self, site: Site) -> Option<Located<'_, 'a>> {
        let (texts, place) = match site {
            Site::Page(place) => (&self.pages, place),
            Site::Spec(place) => (&self.spec, place),
        };
        let index = place.file.0 as usize;
        let (path, text) = *texts.texts.get(index)?;
        let lines = texts.lines[index].get_or_init(|| LineIndex::new(text));
        Some(Located { path, text, span: clamp(text, place.span), lines })
    }
}

impl Located<'_, '_> {
    /// Line and column of the first byte.
    pub fn start(&self) -> LineColumn {
        self.lines.line_column(self.text, self.span.start)
    }

    /// Line and column behind the last byte.
    pub fn end(&self) -> LineColumn {
        self.lines.line_column(self.text, self.span.end)
    }

    /// Another place in the same text.
    pub fn with(self, span: Span) -> Self {
        Self { span: clamp(self.text, span), ..self }
    }
}

/// The span moved into `text`: its end first to the text's end, both ends down to a character boundary.
fn clamp(text: &str, span: Span) -> Span {
    let floor = |at: u32| {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at as u32
    };
    let start = floor(span.start);
    Span::new(start, floor(span.end).max(start))
}
