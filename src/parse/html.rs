//! HTML: whole pages, and the HTML blocks and tables of Markdown pages.
//!
//! Built pages are read for the same things as Markdown ones: headings, texts, tables, code. Navigation,
//! scripts and looks are not told apart here.

use scraper::node::Element;
use scraper::{Html, Node};

use super::fields::{self, Marks};
use super::html_table::OpenTable;
use super::inline::Inlines;
use super::skeleton::{self, Host, Skeleton, Start};
use super::term::Term;
use crate::document::{Block, BlockKind, Document, Inline};
use crate::text::Span;

/// Definitions open at a time; what is nested deeper is no list.
const DEEPEST: usize = 8;

/// Parses a whole HTML page. Total: any text gives a document.
pub fn parse(text: &str) -> Document {
    parse_into(Document::default(), text)
}

/// Parses a page into an empty document.
pub(super) fn parse_into(empty: Document, text: &str) -> Document {
    let mut inlines = Inlines::new(text, empty);
    fragment(&mut inlines, Span::new(0, text.len() as u32), Host::Page);
    if !inlines.doc.bilingual {
        fields::gather(&mut inlines, &Marks::default(), None);
    }
    inlines.finished()
}

/// Adds the blocks of the HTML at `span` to the document.
pub(super) fn fragment(text: &mut Inlines, span: Span, host: Host) {
    let skeleton = skeleton::build(text, span, host);
    if skeleton.html.is_empty() {
        return;
    }
    let before = text.doc.blocks.len();
    lay_out(text, &skeleton, span.end);
    // A table is known at its end, after the code blocks and tables inside.
    text.doc.blocks[before..].sort_by_key(|block| block.span.start);
}

fn lay_out(text: &mut Inlines, skeleton: &Skeleton, limit: u32) {
    let tree = Html::parse_fragment(&skeleton.html);
    let mut layout = Layout { text, skeleton, limit, tables: Vec::new(), heading: None, items: 0 };
    // Walked without recursion: the tree may be deep.
    let mut node = tree.tree.root();
    loop {
        if let Node::Element(element) = node.value() {
            layout.enter(element);
        }
        if let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        loop {
            if let Node::Element(element) = node.value() {
                layout.leave(element);
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return };
            node = parent;
        }
    }
}

/// Turns the tree of a skeleton into blocks.
struct Layout<'b, 'a> {
    text: &'b mut Inlines<'a>,
    skeleton: &'b Skeleton,
    /// End of the HTML, in bytes.
    limit: u32,
    /// Tables open, the innermost last.
    tables: Vec<OpenTable>,
    heading: Option<(u8, Option<Start>)>,
    /// List items open.
    items: u32,
}

impl Layout<'_, '_> {
    fn enter(&mut self, element: &Element) {
        let number = element.attr("o").and_then(|number| number.parse::<usize>().ok());
        let start = number.and_then(|number| self.skeleton.starts.get(number)).copied();
        let table = self.tables.last_mut();
        match (element.name(), table) {
            (skeleton::TEXT, _) => {
                if let Some(text) = number.and_then(|number| self.skeleton.texts.get(number)) {
                    self.add(*text);
                }
            }
            (skeleton::CODE, _) => {
                if let Some(number) = number
                    && let Some(code) = self.text.doc.codes.get(number)
                {
                    let block = Block { span: code.span, kind: BlockKind::Code(number as u32) };
                    self.text.doc.blocks.push(block);
                }
            }
            ("table", _) => self.tables.extend(start.map(OpenTable::new)),
            ("thead", Some(table)) => table.set_head(true),
            ("tr", Some(table)) => table.start_row(start),
            (name @ ("td" | "th"), Some(table)) => table.start_cell(start, name == "th"),
            ("dt" | "dd", None) => {
                let first = self.text.doc.blocks.len() as u32;
                self.text.terms.push(Term { definition: element.name() == "dd", first, end: first });
            }
            ("li", _) => self.items += 1,
            ("ul", _) => {
                if let Some(Start { tag, end: Some(end) }) = start {
                    self.text.group(Span::new(tag.span.start, end));
                }
            }
            (name, _) => {
                if let Some(level) = heading_level(name) {
                    self.heading = Some((level, start));
                }
            }
        }
    }

    fn leave(&mut self, element: &Element) {
        match (element.name(), self.tables.last_mut()) {
            ("table", Some(_)) if element.attr("o").is_some() => {
                let closed = self.tables.pop();
                let block = closed.and_then(|table| table.close(self.text, self.limit));
                self.text.doc.blocks.extend(block);
            }
            ("thead", Some(table)) => table.set_head(false),
            ("td" | "th", Some(table)) => table.end_cell(),
            ("dt" | "dd", None) => {
                let end = self.text.doc.blocks.len() as u32;
                let open = self.text.terms.iter_mut().rev().take(DEEPEST).find(|term| term.end == term.first);
                if let Some(term) = open {
                    term.end = end;
                }
            }
            ("li", _) => self.items = self.items.saturating_sub(1),
            (name, _) if heading_level(name).is_some() => self.heading = None,
            _ => {}
        }
    }

    /// A text: of all cells it stands in, or a block of its own.
    fn add(&mut self, text: Inline) {
        if self.tables.iter().any(OpenTable::in_cell) {
            return self.tables.iter_mut().for_each(|table| table.add(text));
        }
        let (span, kind) = if let Some((level, start)) = self.heading {
            let begin = start.map_or(text.span.start, |start| start.tag.span.start);
            let end = start.and_then(|start| start.end).unwrap_or(text.span.end);
            (Span::new(begin, end.max(text.span.end)), BlockKind::Heading { level, text })
        } else {
            (text.span, BlockKind::Paragraph { text, in_list: self.items > 0 })
        };
        self.text.doc.blocks.push(Block { span, kind });
    }
}

/// 1 to 6 for `h1` to `h6`.
fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}
