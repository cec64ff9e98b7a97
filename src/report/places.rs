//! From bytes to paths, lines and columns: only for texts that something points into.

use std::sync::OnceLock;

use super::View;
use crate::facts::Page;
use crate::finding::Site;
use crate::schema::SpecFile;
use crate::text::{FileId, LineColumn, LineIndex, Place, Span, characters};

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
    #[must_use]
    pub fn with(self, span: Span) -> Self {
        Self { span: clamp(self.text, span), ..self }
    }
}

/// Looks up where places begin without an index of lines: by going on from the place before. Made for places
/// that come in page order; others only take longer.
pub struct Walk<'a> {
    pages: &'a [Page],
    page: FileId,
    /// Where it stands in that page's text.
    at: usize,
    place: LineColumn,
}

/// Where every text begins.
const TOP: LineColumn = LineColumn { line: 1, column: 1 };

impl<'a> Walk<'a> {
    /// At the start of the first page.
    pub fn new(pages: &'a [Page]) -> Self {
        Self { pages, page: FileId(0), at: 0, place: TOP }
    }

    /// The path of a place's page, and its line and column; clamped as [`Places::locate`] does.
    pub fn start(&mut self, place: Place) -> Option<(&'a str, LineColumn)> {
        let page: &'a Page = self.pages.get(place.file.0 as usize)?;
        let text = page.source.text.as_str();
        let target = clamp(text, place.span).start as usize;
        if place.file != self.page || target < self.at {
            (self.page, self.at, self.place) = (place.file, 0, TOP);
        }
        let passed = &text.as_bytes()[self.at..target];
        let rest = match memchr::memrchr(b'\n', passed) {
            None => passed,
            Some(end) => {
                self.place.line += memchr::memchr_iter(b'\n', passed).count() as u32;
                self.place.column = 1;
                &passed[end + 1..]
            }
        };
        self.place.column += characters(rest);
        self.at = target;
        Some((&page.source.path, self.place))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::facts::Facts;
    use crate::source::{Encoding, Source};

    fn page(number: u32, text: &str) -> Page {
        let source = Source {
            path: format!("{number}.md"),
            page: String::new(),
            locale: None,
            text: text.to_owned(),
            encoding: Encoding::Utf8,
        };
        Page { file: FileId(number), source, document: Document::default(), facts: Facts::default() }
    }

    proptest::proptest! {
        /// Wherever places lie, in whatever order, a walk says what an index says.
        #[test]
        fn a_walk_finds_what_an_index_finds(
            texts in proptest::collection::vec("[ab\n車🛒\r]{0,24}", 1..4),
            places in proptest::collection::vec((0_u32..5, 0_u32..80, 0_u32..9), 0..24),
        ) {
            let pages: Vec<Page> = texts.iter().zip(0..).map(|(text, number)| page(number, text)).collect();
            let index = Places::of_pages(&pages);
            let mut walk = Walk::new(&pages);
            for (file, start, length) in places {
                let place = Place { file: FileId(file), span: Span::new(start, start + length) };
                let expected = index.locate(Site::Page(place)).map(|at| (at.path, at.start()));
                proptest::prop_assert_eq!(walk.start(place), expected);
            }
        }
    }
}
