//! The inline content of blocks and cells, from any syntax, as runs of a [`Document`].
//!
//! Whoever walks the markup (Markdown events, HTML tokens) reports what it meets in page order; this
//! keeps styles, links, halves and outermost containers, merges neighbouring text, and closes
//! everything at the end of a block.

use super::element::Element;
use super::halves::Halves;
use super::signs;
use super::term::Term;
use crate::document::{Document, Inline, Link, Run, Style};
use crate::text::Span;

/// Cells added to a page to make its rows equally long, so that a wide header over many short rows, or
/// cells that span everything, stay linear. Rows beyond are left short.
const MAX_ADDED_CELLS: u32 = 200_000;

/// Collects the runs of one page.
pub(super) struct Inlines<'a> {
    /// The document the runs go to.
    pub doc: Document,
    /// The page's text.
    pub source: &'a str,
    /// First run and bytes of the content being collected.
    open: Option<(u32, Span)>,
    pub(super) styles: Styles,
    /// 1 + index of each open link, the innermost last.
    pub(super) links: Vec<u32>,
    /// Markdown containers open, and the outermost one.
    pub(super) depth: u32,
    outer: Span,
    pub(super) elements: Vec<Element>,
    pub(super) halves: Halves,
    /// Cells added so far that nobody wrote.
    added_cells: u32,
    /// Lists and quotes behind the first comment to this tool.
    pub(super) groups: Vec<Span>,
    /// Terms and definitions of HTML, in page order.
    pub(super) terms: Vec<Term>,
}

/// How often each style is open.
#[derive(Debug, Default)]
pub(super) struct Styles {
    code: u32,
    strong: u32,
    emphasis: u32,
}

impl Styles {
    fn current(&self) -> Style {
        if self.code | self.strong | self.emphasis == 0 {
            return Style::default();
        }
        let bit = |count: u32, style: Style| if count > 0 { style } else { Style::default() };
        bit(self.code, Style::CODE)
            .with(bit(self.strong, Style::STRONG))
            .with(bit(self.emphasis, Style::EMPHASIS))
    }

    pub(super) fn count(&mut self, container: Container) -> Option<&mut u32> {
        match container {
            Container::Code => Some(&mut self.code),
            Container::Strong => Some(&mut self.strong),
            Container::Emphasis => Some(&mut self.emphasis),
            Container::Link => None,
        }
    }
}

/// Markup that holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// Code written as an HTML element.
    Code,
    /// `**..**`, `<strong>`, `<b>`.
    Strong,
    /// `*..*`, `<em>`, `<i>`.
    Emphasis,
    /// A link or image.
    Link,
}

impl<'a> Inlines<'a> {
    /// For a page with `source` as its text.
    pub fn new(source: &'a str, mut doc: Document) -> Self {
        // What pages of these docs need, so that the vectors seldom move.
        doc.runs.reserve(source.len() / 80);
        doc.cells.reserve(source.len() / 250);
        doc.blocks.reserve(source.len() / 250);
        doc.links.reserve(source.len() / 600);
        doc.rows.reserve(source.len() / 600);
        Self {
            doc,
            source,
            open: None,
            styles: Styles::default(),
            links: Vec::new(),
            depth: 0,
            outer: Span::default(),
            elements: Vec::new(),
            halves: Halves::default(),
            added_cells: 0,
            groups: Vec::new(),
            terms: Vec::new(),
        }
    }

    /// How many of `wanted` cells that nobody wrote (padding, spanned columns) may be added to the page.
    pub fn grant_cells(&mut self, wanted: u32) -> u32 {
        let granted = wanted.min(MAX_ADDED_CELLS - self.added_cells);
        self.added_cells += granted;
        granted
    }

    /// Adds empty cells to the row of cells that began with `first` until it has `columns`; they stand
    /// at `at`.
    pub fn pad_row(&mut self, first: u32, columns: u32, at: u32) {
        let missing = columns.saturating_sub(self.doc.cells.len() as u32 - first);
        let added = self.grant_cells(missing);
        let run = self.doc.runs.len() as u32;
        let empty = Inline { span: Span::empty(at), first: run, end: run };
        self.doc.cells.extend(std::iter::repeat_n(empty, added as usize));
    }

    /// Whether content is being collected.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Counts `span` to the content; begins it if none is open.
    pub fn touch(&mut self, span: Span) {
        match &mut self.open {
            Some((_, whole)) => whole.end = whole.end.max(span.end),
            None => self.open = Some((self.doc.runs.len() as u32, span)),
        }
    }

    /// Leaves what lies behind `at` out of the content, although markup that is open reaches there.
    pub fn cut(&mut self, at: u32) {
        if let Some((_, whole)) = &mut self.open {
            whole.end = whole.end.min(at).max(whole.start);
        }
    }

    /// Ends the content: all markup is closed, and what was collected since the first [`touch`](Self::touch)
    /// is handed out.
    pub fn finish(&mut self) -> Option<Inline> {
        let (first, span) = self.open.take()?;
        self.styles = Styles::default();
        self.links.clear();
        self.depth = 0;
        self.elements.clear();
        self.halves.end(&mut self.doc.problems);
        Some(Inline { span: span.trimmed(self.source), first, end: self.doc.runs.len() as u32 })
    }

    /// Text: `text` is what it says, `span` how it is written.
    pub fn text(&mut self, span: Span, text: &str) {
        // `# &amp; #` ends in text of no bytes.
        if span.is_empty() {
            return;
        }
        let mut span = span;
        let verbatim = locate(self.source, text) == Some(span) || text == span.of(self.source);
        let (style, half) = (self.styles.current(), self.halves.half());
        let link = self.links.last().copied().unwrap_or(0);
        let nested = (self.depth > 0).then_some(self.outer);
        let mut neighbour = false;
        if let Some((first, _)) = self.open
            && let Some(last) = last_run(&mut self.doc, first)
        {
            neighbour = last.span.end == span.start;
            if verbatim && last.style.has(Style::BREAK) {
                let blanks = span.of(self.source).bytes().take_while(|byte| matches!(byte, b' ' | b'\t'));
                span.start += blanks.count() as u32;
                if span.is_empty() {
                    return;
                }
            } else if verbatim
                && neighbour
                && last.literal == 0
                && (last.style, last.link, last.half) == (style, link, half)
                && last.outer == nested.unwrap_or(last.span)
            {
                last.span.end = span.end;
                last.outer = nested.unwrap_or(last.span);
                return self.touch(span);
            }
        }
        // The parser leaves the backslash of an escape out of the text's bytes.
        let before = (span.start as usize).checked_sub(1).and_then(|at| self.source.as_bytes().get(at));
        let escaped = !neighbour && before == Some(&b'\\');
        let own = Span::new(span.start - u32::from(escaped), span.end);
        self.touch(own);
        let literal = if verbatim { 0 } else { self.literal(text) };
        self.doc.runs.push(Run { span, outer: nested.unwrap_or(own), literal, link, style, half });
    }

    /// A code span with its back-ticks.
    pub fn code(&mut self, span: Span, text: &str) {
        self.touch(span);
        let place = locate(self.source, text).filter(|place| span.contains(*place));
        let inner = place.unwrap_or_else(|| without_ticks(self.source, span));
        let literal = match place {
            Some(_) => 0,
            // The parser makes two spaces of `\r\n`.
            None if inner.of(self.source).contains('\r') => self.literal(&text.replace("  ", " ")),
            None => self.literal(text),
        };
        let outer = if self.depth > 0 { self.outer } else { span };
        let style = self.styles.current().with(Style::CODE);
        let link = self.links.last().copied().unwrap_or(0);
        self.doc.runs.push(Run { span: inner, outer, literal, link, style, half: self.halves.half() });
    }

    /// A line break: reads as one space, so blanks before it go.
    pub fn line_break(&mut self, span: Span) {
        self.touch(span);
        let first = self.open.map_or(0, |(first, _)| first);
        let half = self.halves.half();
        if let Some(last) = last_run(&mut self.doc, first) {
            if last.style.has(Style::BREAK) && last.half == half {
                return;
            }
            let text = last.span.of(self.source);
            let blanks = text.bytes().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            if last.literal == 0 && blanks < text.len() && !last.style.has(Style::CODE) {
                let end = last.span.end - blanks as u32;
                if last.outer == last.span {
                    last.outer.end = end;
                }
                last.span.end = end;
            }
        }
        self.doc.runs.push(Run { span, outer: span, literal: 0, link: 0, style: Style::BREAK, half });
    }

    /// Markdown markup begins; `span` is all of it.
    pub fn start(&mut self, container: Container, span: Span) {
        self.touch(span);
        if self.depth == 0 {
            self.outer = span;
        }
        self.depth += 1;
        if let Some(count) = self.styles.count(container) {
            *count += 1;
        }
    }

    /// Markdown markup ends.
    pub fn end(&mut self, container: Container) {
        self.depth = self.depth.saturating_sub(1);
        match self.styles.count(container) {
            Some(count) => *count = count.saturating_sub(1),
            None => drop(self.links.pop()),
        }
    }

    /// A Markdown link or image begins; `target` is its target as the parser understood it.
    pub fn start_link(&mut self, span: Span, target: &str, image: bool) {
        self.start(Container::Link, span);
        let place = locate(self.source, target).filter(|place| span.contains(*place));
        let target = place.unwrap_or_else(|| written_target(self.source, span));
        self.add_link(span, target, image);
    }

    pub(super) fn add_link(&mut self, span: Span, target: Span, image: bool) {
        self.doc.links.push(Link { span, target, image, half: self.halves.half() });
        self.links.push(self.doc.links.len() as u32);
    }

    /// The document, with what only a look at all of it tells: what follows each comment, which runs are code, what
    /// may be damaged.
    pub fn finished(mut self) -> Document {
        if !self.doc.comments.is_empty() {
            self.settle_comments();
        }
        let runs = (0..).zip(&self.doc.runs);
        let in_code = runs.filter(|(_, run)| run.style.has(Style::CODE)).map(|(at, _)| at);
        self.doc.code_runs.extend(in_code);
        self.doc.signs = signs::of(self.source, &self.doc);
        self.doc
    }

    fn literal(&mut self, text: &str) -> u32 {
        self.doc.literals.push(text.into());
        self.doc.literals.len() as u32
    }
}

/// The last run of the content that began with run `first`.
fn last_run(doc: &mut Document, first: u32) -> Option<&mut Run> {
    if doc.runs.len() > first as usize { doc.runs.last_mut() } else { None }
}

/// Where `part` lies in `source` if it is borrowed from it.
///
/// Parsers hand out text either borrowed from the page or rebuilt; only the former has a place, and its
/// address tells it without a search.
pub(super) fn locate(source: &str, part: &str) -> Option<Span> {
    let start = (part.as_ptr() as usize).checked_sub(source.as_ptr() as usize)?;
    let end = start + part.len();
    (end <= source.len()).then(|| Span::new(start as u32, end as u32))
}

/// The inside of a code span: without its back-ticks and the one space of padding.
fn without_ticks(source: &str, span: Span) -> Span {
    let text = span.of(source);
    let ticks = text.len() - text.trim_start_matches('`').len();
    if text.len() < 2 * ticks {
        return span;
    }
    let inner = &text[ticks..text.len() - ticks];
    let padding =
        usize::from(inner.len() > 2 && inner.starts_with([' ', '\n']) && inner.ends_with([' ', '\n']));
    Span::new(span.start + (ticks + padding) as u32, span.end - (ticks + padding) as u32)
}

/// The target of `[text](target "title")` as written, when the parser had to unescape it; empty for
/// reference links.
fn written_target(source: &str, link: Span) -> Span {
    let text = link.of(source);
    let Some(open) = text.ends_with(')').then(|| text.rfind("](")).flatten() else {
        return Span::empty(link.end);
    };
    let inside = Span::new(link.start + open as u32 + 2, link.end - 1).trimmed(source);
    let target = inside.of(source);
    if target.starts_with('<') {
        let end = target.find('>').unwrap_or(target.len());
        return Span::new(inside.start + 1, inside.start + end as u32);
    }
    let end = target.find(char::is_whitespace).unwrap_or(target.len());
    Span::new(inside.start, inside.start + end as u32)
}
