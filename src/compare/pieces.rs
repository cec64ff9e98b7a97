//! The inline code and links of a page, section by section.

use std::borrow::Cow;
use std::sync::OnceLock;

use memchr::memmem::Finder;

use crate::compare::literals::SetApart;
use crate::compare::untranslated::heads;
use crate::compare::wire::Wire;
use crate::comparison::Counterpart;
use crate::document::{Head, Run, Style, View};
use crate::facts::Page;
use crate::hash::HashSet;
use crate::text::Span;

/// What is compared of the pages that vouch for others, read once for all their translations.
pub struct SourceProse<'p>(Vec<OnceLock<Source<'p>>>);

/// What is compared of one page.
pub(super) struct Source<'p> {
    pub pieces: Pieces<'p>,
    /// How its paragraphs begin.
    pub heads: HashSet<Head>,
    /// What it shows as sent.
    pub wire: Wire<'p>,
    /// What its cells set apart.
    cells: Vec<OnceLock<Option<Box<SetApart<'p>>>>>,
    /// Codes of its tables.
    codes: Vec<OnceLock<Codes>>,
}

/// The codes of each row of a table.
pub(super) type Codes = Vec<Vec<String>>;

impl<'p> SourceProse<'p> {
    /// Nothing read yet. `pages` are numbered by position.
    pub fn new(pages: &[Page]) -> Self {
        Self(pages.iter().map(|_| OnceLock::new()).collect())
    }

    /// Of a page that vouches for others; it does so in one of its texts only.
    pub(super) fn of(&self, with: Counterpart<'p>) -> Option<&Source<'p>> {
        let read = || Source {
            pieces: Pieces::of(with.page, with.view),
            heads: heads(with),
            wire: Wire::of(with.page, with.view),
            cells: with.page.document.cells.iter().map(|_| OnceLock::new()).collect(),
            codes: with.page.document.tables.iter().map(|_| OnceLock::new()).collect(),
        };
        Some(self.0.get(with.page.file.0 as usize)?.get_or_init(read))
    }

    /// The codes of a table of such a page, by its position in [`crate::document::Document::tables`]: what `read` says.
    pub(super) fn codes(
        &self,
        with: Counterpart<'p>,
        table: u32,
        read: impl FnOnce() -> Codes,
    ) -> Option<&Codes> {
        Some(self.of(with)?.codes.get(table as usize)?.get_or_init(read))
    }

    /// What a cell of such a page sets apart, by its position in [`crate::document::Document::cells`]: what `read` says.
    pub(super) fn set_apart(
        &self,
        with: Counterpart<'p>,
        cell: u32,
        read: impl FnOnce() -> Option<SetApart<'p>>,
    ) -> Option<&SetApart<'p>> {
        self.of(with)?.cells.get(cell as usize)?.get_or_init(|| read().map(Box::new)).as_deref()
    }
}

/// A text and where it stands.
pub(super) struct Piece<'p> {
    pub text: Cow<'p, str>,
    pub span: Span,
}

/// The inline code and links of one page, by section; section 0 is what stands before the first heading.
pub(super) struct Pieces<'p> {
    pub page: &'p Page,
    view: View,
    /// Where each section begins.
    starts: Vec<u32>,
    pub codes: BySection<'p>,
    pub links: BySection<'p>,
}

/// Pieces in page order.
pub(super) struct BySection<'p> {
    pieces: Vec<Piece<'p>>,
    /// By section, up to the last that has any: how many pieces stand before it.
    bounds: Vec<u32>,
}

impl<'p> BySection<'p> {
    /// None yet, of a page with so many sections.
    fn new(sections: usize) -> Self {
        // Nearly every page has some, and few have more.
        const USUAL: usize = 32;
        Self { pieces: Vec::with_capacity(USUAL), bounds: Vec::with_capacity(sections) }
    }

    fn push(&mut self, section: usize, piece: Piece<'p>) {
        if self.bounds.len() <= section {
            self.bounds.resize(section + 1, self.pieces.len() as u32);
        }
        self.pieces.push(piece);
    }

    /// The pieces of a section.
    pub fn of(&self, section: usize) -> &[Piece<'p>] {
        let bound = |section: usize| self.bounds.get(section).map_or(self.pieces.len(), |at| *at as usize);
        &self.pieces[bound(section)..bound(section + 1)]
    }
}

impl<'p> Pieces<'p> {
    pub fn of(page: &'p Page, view: View) -> Self {
        if !page.document.messages.is_empty() {
            return Self::of_messages(page, view);
        }
        let (document, text) = (&page.document, page.source.text.as_str());
        let sections = page.facts.sections.iter();
        let starts: Vec<u32> =
            sections.map(|section| document.blocks[section.block as usize].span.start).collect();
        let count = starts.len() + 1;
        let (mut codes, mut links) = (BySection::new(count), BySection::new(count));
        let section = |at: u32| starts.partition_point(|start| *start <= at);
        let in_code = document.code_runs.iter().filter_map(|at| document.runs.get(*at as usize));
        for run in in_code.filter(|run| view.shows(run.half)) {
            let here = section(run.span.start);
            let shown = document.run_text(text, run);
            let begun = codes.bounds.len() == here + 1;
            match codes.pieces.last_mut().filter(|_| begun) {
                // An entity or a line break parts the runs of one code span.
                Some(last) if last.span.end == run.span.start => {
                    last.text.to_mut().push_str(shown);
                    last.span.end = run.span.end;
                }
                _ => codes.push(here, Piece { text: Cow::Borrowed(shown), span: run.span }),
            }
        }
        for link in document.links.iter().filter(|link| view.shows(link.half) && !link.target.is_empty()) {
            let target = Cow::Borrowed(link.target.of(text).trim());
            links.push(section(link.span.start), Piece { text: target, span: link.target });
        }
        Self { page, view, starts, codes, links }
    }

    /// The inline code and links of a catalogue: each of its messages is a section.
    fn of_messages(page: &'p Page, view: View) -> Self {
        let (document, text) = (&page.document, page.source.text.as_str());
        let count = document.messages.len();
        let (mut codes, mut links) = (BySection::new(count), BySection::new(count));
        for (at, message) in document.messages.iter().enumerate() {
            let mut last = 0;
            for run in document.inline_runs(message.of(view)) {
                if run.style.has(Style::CODE) {
                    let shown = Cow::Borrowed(document.run_text(text, run));
                    codes.push(at, Piece { text: shown, span: run.span });
                }
                if run.link > last
                    && let Some(link) = document.links.get(run.link as usize - 1)
                {
                    last = run.link;
                    let target = Cow::Borrowed(link.target.of(text).trim());
                    links.push(at, Piece { text: target, span: link.target });
                }
            }
        }
        Self { page, view, starts: Vec::new(), codes, links }
    }

    /// Where `word` stands as a word of its own in a section, outside code and links.
    pub fn plain_places(&self, section: usize, word: &str) -> Vec<Span> {
        let plain = |run: &&Run| {
            !run.style.has(Style::CODE) && run.literal == 0 && run.link == 0 && self.view.shows(run.half)
        };
        self.places(section, word, plain)
    }

    /// Whether the page has `word` as a word of its own anywhere. Of a source half nobody can tell without its sibling.
    pub fn has(&self, word: &str) -> bool {
        let text = self.page.source.text.as_str();
        let whole = Span::new(0, text.len() as u32);
        !word.is_empty()
            && self.view == View::Page
            && words_in(whole, text, &Finder::new(word)).next().is_some()
    }

    /// Whether the text around a place is written in another script than code is.
    pub fn is_foreign(&self, place: Span) -> bool {
        let runs = &self.page.document.runs;
        let run = runs.get(runs.partition_point(|run| run.span.end <= place.start));
        let shown = run.map_or("", |run| run.span.of(&self.page.source.text));
        // Beyond the Latin letters with marks.
        shown.chars().any(|c| c >= '\u{370}' && c.is_alphabetic())
    }

    /// How often `word` stands in a section, in whatever marks.
    pub fn count(&self, section: usize, word: &str) -> usize {
        self.places(section, word, |run| self.view.shows(run.half)).len()
    }

    /// Where `word` stands as a word of its own in those runs of a section. Hardly any has it, so the section is
    /// searched as a whole.
    fn places(&self, section: usize, word: &str, wanted: impl Fn(&&Run) -> bool) -> Vec<Span> {
        let runs = self.runs(section);
        let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return Vec::new() };
        let text = self.page.source.text.as_str();
        let whole = first.span.to(last.span);
        let (mut places, word) = (Vec::new(), Finder::new(word));
        let mut from = whole.start;
        while let Some(at) = word.find(Span::new(from, whole.end).of(text).as_bytes()) {
            let at = from + at as u32;
            let run = runs.partition_point(|run| run.span.end <= at);
            let Some(run) = runs.get(run) else { break };
            if wanted(&run) {
                places.extend(words_in(run.span, text, &word));
            }
            from = run.span.end;
        }
        places
    }

    /// All runs of a section.
    fn runs(&self, section: usize) -> &'p [Run] {
        if !self.page.document.messages.is_empty() {
            let message = self.page.document.messages.get(section);
            return message.map_or(&[], |message| self.page.document.inline_runs(message.of(self.view)));
        }
        let start = section.checked_sub(1).and_then(|at| self.starts.get(at)).copied().unwrap_or(0);
        let end = self.starts.get(section).copied().unwrap_or(self.page.source.text.len() as u32);
        let runs = &self.page.document.runs;
        let first = runs.partition_point(|run| run.span.start < start);
        let count = runs[first..].partition_point(|run| run.span.start < end);
        &runs[first..first + count]
    }
}

/// Where `word` stands as a word of its own within `bounds`.
fn words_in<'t>(bounds: Span, text: &'t str, word: &'t Finder<'_>) -> impl Iterator<Item = Span> + 't {
    let shown = bounds.of(text).as_bytes();
    let joint =
        |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let length = word.needle().len();
    word.find_iter(shown).filter_map(move |at| {
        let before = at.checked_sub(1).and_then(|at| shown.get(at));
        let whole = !joint(before) && !joint(shown.get(at + length));
        let start = bounds.start + at as u32;
        whole.then(|| Span::new(start, start + length as u32))
    })
}
