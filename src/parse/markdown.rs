//! Markdown pages: one pass over the events of `pulldown-cmark`, nothing kept but spans.
//!
//! What Markdown itself does not say is added from the source text: cells it drops, tables it does not
//! see, front matter, `DocFX` lines, HTML tables across blank lines. `ENABLE_HEADING_ATTRIBUTES` stays off:
//! it would take `{id}` out of the heading `GET /carts/{id}`. `ENABLE_YAML_STYLE_METADATA_BLOCKS` stays
//! off too: it sees front matter between any two rules of a page and none behind a byte order mark.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::fields::{self, Marks};
use super::inline::{Container, Inlines};
use super::mdx::{self, Format};
use super::pipe_table::OpenTable;
use super::skeleton::Host;
use super::table_extent::TableExtents;
use super::{broken_table, directive, fence, front_matter, html, table_extent};
use crate::document::{Anchor, Block, BlockKind, Code, Document, Inline, Style};
use crate::text::{Span, is_blank};

/// Parses a Markdown page. Total: any text gives a document.
pub fn parse(text: &str) -> Document {
    parse_into(Document::default(), text, Format::Markdown)
}

/// Parses a page into an empty document.
pub(super) fn parse_into(empty: Document, text: &str, format: Format) -> Document {
    read(empty, text, Fences::Look, format).unwrap_or_else(|HiddenFence| {
        let mut doc =
            read(Document::default(), &fence::reveal(text), Fences::Trust, format).unwrap_or_default();
        fence::report_hidden(text, &mut doc);
        doc
    })
}

/// Adds Markdown that stands within HTML, at `span`, to the content being collected there.
pub(super) fn inline(text: &mut Inlines, span: Span) {
    for (event, range) in Parser::new_ext(span.of(text.source), Options::empty()).into_offset_iter() {
        let span = Span::from(range).shifted(span.start);
        match event {
            Event::Text(words) => text.text(span, &words),
            Event::Code(words) => text.code(span, &words),
            Event::SoftBreak | Event::HardBreak => text.line_break(span),
            Event::Start(tag) => start_inline(text, &tag, span),
            Event::End(TagEnd::Paragraph | TagEnd::Item) if text.is_open() => {
                text.line_break(Span::empty(span.end));
            }
            Event::End(tag) => end_inline(text, tag),
            _ => {}
        }
    }
}

/// What an entity such as `&eacute;` stands for; itself if it stands for nothing.
pub(super) fn unescaped(entity: &str) -> String {
    let mut text = String::new();
    for event in Parser::new(entity) {
        if let Event::Text(part) = event {
            text.push_str(&part);
        }
    }
    text
}

/// Emphasis and links begin.
fn start_inline(text: &mut Inlines, tag: &Tag<'_>, span: Span) {
    match tag {
        Tag::Emphasis => text.start(Container::Emphasis, span),
        Tag::Strong => text.start(Container::Strong, span),
        Tag::Link { dest_url, .. } => text.start_link(span, dest_url, false),
        Tag::Image { dest_url, .. } => text.start_link(span, dest_url, true),
        _ => {}
    }
}

/// Emphasis and links end.
fn end_inline(text: &mut Inlines, tag: TagEnd) {
    match tag {
        TagEnd::Emphasis => text.end(Container::Emphasis),
        TagEnd::Strong => text.end(Container::Strong),
        TagEnd::Link | TagEnd::Image => text.end(Container::Link),
        _ => {}
    }
}

/// A fence that Markdown does not see: the page has to be read again with the fence revealed.
struct HiddenFence;

/// Whether to look for hidden fences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fences {
    Look,
    Trust,
}

fn read(mut doc: Document, text: &str, fences: Fences, format: Format) -> Result<Document, HiddenFence> {
    let base = front_matter::read(text, &mut doc);
    let masked = mdx::mask(text, base, format);
    let written = text;
    let text = masked.as_ref().map_or(written, |masked| &masked.text);
    let mut page = Page::new(text, doc, fences);
    let options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
    let mut events = Parser::new_ext(&text[base as usize..], options).into_offset_iter();
    // Events are large: looked at where the parser put them.
    while let Some((event, range)) = &events.next() {
        page.event(event, Span::from(range.clone()).shifted(base));
        if page.hidden_fence {
            return Err(HiddenFence);
        }
    }
    page.close_content();
    for span in masked.iter().flat_map(|masked| &masked.comments) {
        page.text.jsx_comment(written, *span);
    }
    if !page.text.doc.bilingual {
        let jsx = masked.as_ref().map(|masked| (written, masked));
        fields::gather(&mut page.text, &page.marks, jsx);
    }
    Ok(page.text.finished())
}

/// What the inline content being collected will be.
#[derive(Debug, Clone, Copy)]
enum Content {
    Heading(u8, Span),
    /// With its bytes; those of a tight list item are only known at its end.
    Paragraph(Option<Span>),
    Cell,
}

/// The state between two events.
#[allow(clippy::struct_excessive_bools, reason = "each is a state of its own")]
struct Page<'a> {
    text: Inlines<'a>,
    content: Content,
    /// The pipe table that is open.
    table: Option<OpenTable>,
    code: Option<Code>,
    /// List items open.
    items: u32,
    /// Block quotes open.
    quotes: u32,
    /// The HTML tables of the page, once there is one.
    table_extents: Option<TableExtents>,
    /// What was read as HTML last.
    done: Span,
    /// Whether a line of the paragraph may be a table row, a directive.
    maybe_row: bool,
    maybe_directive: bool,
    /// Whether a line of it begins with a colon.
    maybe_definition: bool,
    fences: Fences,
    hidden_fence: bool,
    /// What may be fields of a list.
    marks: Marks,
}

impl<'a> Page<'a> {
    fn new(source: &'a str, doc: Document, fences: Fences) -> Self {
        Self {
            text: Inlines::new(source, doc),
            content: Content::Paragraph(None),
            table: None,
            code: None,
            items: 0,
            quotes: 0,
            table_extents: None,
            done: Span::default(),
            maybe_row: false,
            maybe_directive: false,
            maybe_definition: false,
            fences,
            hidden_fence: false,
            marks: Marks::default(),
        }
    }

    fn event(&mut self, event: &Event<'_>, span: Span) {
        // Already read as HTML. An element that began before reaches its end as usual.
        if self.done.start <= span.start && span.start < self.done.end {
            return;
        }
        match event {
            Event::Text(text) if self.code.is_some() => self.code_text(text, span),
            Event::Text(text) => {
                self.begin_inline(span);
                self.text.text(span, text);
            }
            Event::Code(text) => {
                self.begin_inline(span);
                self.text.code(span, text);
            }
            Event::InlineHtml(tag) => self.inline_html(tag, span),
            Event::SoftBreak | Event::HardBreak => {
                self.begin_inline(span);
                self.text.line_break(span);
                let rest = &self.text.source[span.end as usize..];
                let marks = rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
                self.begin_line(span.end + marks as u32);
            }
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag, span),
            Event::Rule => self.close_content(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. } => {
                self.begin_inline(span);
                start_inline(&mut self.text, tag, span);
            }
            Tag::TableHead | Tag::TableRow | Tag::TableCell => self.start_table_part(tag, span),
            Tag::Paragraph => {
                self.close_content();
                self.content = Content::Paragraph(Some(span));
                self.begin_line(span.start);
            }
            Tag::Heading { level, .. } => {
                self.close_content();
                self.content = Content::Heading(*level as u8, span);
            }
            Tag::CodeBlock(kind) => {
                self.close_content();
                let fenced = matches!(kind, CodeBlockKind::Fenced(_));
                self.code = Some(fence::open(self.text.source, span, fenced));
            }
            Tag::Table(columns) => {
                self.close_content();
                self.table = Some(OpenTable::new(&self.text, span, columns.len()));
            }
            Tag::List(_) => {
                self.close_content();
                self.marks.start_list();
                self.text.group(span);
            }
            Tag::BlockQuote(kind) => {
                self.close_content();
                self.text.group(span);
                self.quotes += 1;
                if kind.is_some() {
                    self.alert(span);
                }
            }
            Tag::Item => {
                self.close_content();
                self.items += 1;
                self.marks.start_item(self.text.doc.blocks.len());
            }
            Tag::HtmlBlock => {
                self.close_content();
                self.html(span);
            }
            _ => self.close_content(),
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image => {
                end_inline(&mut self.text, tag);
            }
            TagEnd::TableCell | TagEnd::TableHead | TagEnd::TableRow | TagEnd::Table => {
                self.end_table_part(tag, span);
            }
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::BlockQuote(_) => {
                self.close_content();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::Item => {
                self.close_content();
                self.items = self.items.saturating_sub(1);
                self.marks.end_item(self.text.doc.blocks.len());
            }
            TagEnd::List(_) => {
                self.close_content();
                self.marks.end_list();
            }
            _ => self.close_content(),
        }
    }

    fn start_table_part(&mut self, tag: &Tag<'_>, span: Span) {
        match (&mut self.table, tag) {
            // The table began within HTML: what is left of it is text.
            (None, _) => self.close_content(),
            (Some(_), Tag::TableCell) => self.content = Content::Cell,
            (Some(table), _) => table.start_row(&self.text, span),
        }
    }

    fn end_table_part(&mut self, tag: TagEnd, span: Span) {
        let text = &mut self.text;
        match (&mut self.table, tag) {
            (None, _) => self.close_content(),
            (Some(table), TagEnd::TableCell) => {
                table.end_cell(text, span);
                self.content = Content::Paragraph(None);
                (self.maybe_row, self.maybe_directive, self.maybe_definition) = (false, false, false);
            }
            (Some(table), TagEnd::TableHead) => table.end_head(text),
            (Some(table), TagEnd::TableRow) => table.end_row(text),
            (table, _) => {
                if let Some(table) = table.take() {
                    table.close(text);
                }
            }
        }
    }

    /// An HTML block: read as HTML as a whole, with the tables that begin in it up to their end.
    fn html(&mut self, span: Span) {
        let source = self.text.source;
        if span.of(source).starts_with("<!--") {
            self.text.comments(span);
            return self.push(span, BlockKind::Html);
        }
        let mut whole = span;
        if table_extent::mentions_table(span.of(source)) {
            let extents = self.table_extents.get_or_insert_with(|| TableExtents::new(source, span.start));
            let mut rest = span;
            while let Some(table) = extents.first_in(source, rest) {
                whole.end = whole.end.max(table.end);
                rest = Span::new(table.end.max(table.start + 1), whole.end);
            }
        }
        let blocks = self.text.doc.blocks.len();
        let host = if self.quotes > 0 { Host::Quote } else { Host::Markdown };
        html::fragment(&mut self.text, whole, host);
        if self.text.doc.blocks.len() == blocks {
            self.push(whole, BlockKind::Html);
        }
        self.done = whole;
    }

    /// A tag between text. A table does not belong to the paragraph it begins in.
    fn inline_html(&mut self, tag: &str, span: Span) {
        let is_table = tag.get(..6).is_some_and(|name| name.eq_ignore_ascii_case("<table"));
        if is_table && !matches!(self.content, Content::Cell) {
            self.text.cut(span.start);
            self.close_content();
            return self.html(span);
        }
        self.begin_inline(span);
        if tag.starts_with("<!--") {
            self.text.comment(span);
        }
        self.text.tag(span);
    }

    fn push(&mut self, span: Span, kind: BlockKind) {
        let span = span.trimmed(self.text.source);
        self.text.doc.blocks.push(Block { span, kind });
    }

    /// Inline content at `span`: the first of a tight list item begins a paragraph no event announces.
    fn begin_inline(&mut self, span: Span) {
        if !self.text.is_open() && matches!(self.content, Content::Paragraph(None)) {
            self.begin_line(span.start);
        }
    }

    /// Notes what a paragraph's line that begins at `at` may be.
    fn begin_line(&mut self, at: u32) {
        let rest = &self.text.source[at as usize..];
        match rest.as_bytes().first() {
            Some(b'|' | b'-') => self.maybe_row = true,
            Some(b':' | b'[') => {
                self.maybe_directive |= directive::may_begin(rest);
                self.maybe_definition |= rest.starts_with(": ");
                self.maybe_row |= rest.starts_with(':');
            }
            Some(0x80..) => {
                let first = rest.chars().next().unwrap_or_default();
                self.maybe_row |= broken_table::may_begin_row(first);
                if is_blank(first) && self.fences == Fences::Look {
                    self.hidden_fence |= fence::is_hidden(rest.lines().next().unwrap_or(""));
                }
            }
            _ => {}
        }
    }

    /// Ends the heading or paragraph that is open, if any.
    fn close_content(&mut self) {
        let content = std::mem::replace(&mut self.content, Content::Paragraph(None));
        let inline = self.text.finish();
        match (content, inline) {
            (Content::Heading(level, span), inline) => self.heading(level, span, inline),
            (Content::Paragraph(span), Some(inline)) => self.paragraph(span, inline),
            (Content::Cell, _) | (Content::Paragraph(_), None) => {}
        }
        (self.maybe_row, self.maybe_directive, self.maybe_definition) = (false, false, false);
    }

    fn paragraph(&mut self, span: Option<Span>, inline: Inline) {
        let mut left = Some(inline);
        let mut table = None;
        if self.maybe_row
            && let Some(rebuilt) = broken_table::rebuild(&mut self.text, inline)
        {
            left = rebuilt.lead;
            table = rebuilt.block;
        }
        let in_list = self.items > 0;
        if self.maybe_directive {
            left = left.and_then(|text| directive::take(&mut self.text, text, in_list));
        }
        if let Some(text) = left {
            let span = if text == inline { span.unwrap_or(text.span) } else { text.span };
            let has_text = text.first < text.end;
            let kind = if has_text { BlockKind::Paragraph { text, in_list } } else { BlockKind::Html };
            if self.maybe_definition && has_text {
                self.marks.colons.push(self.text.doc.blocks.len() as u32);
            }
            self.push(span, kind);
        }
        self.text.doc.blocks.extend(table);
    }

    fn heading(&mut self, level: u8, span: Span, inline: Option<Inline>) {
        let run = self.text.doc.runs.len() as u32;
        let nothing = Inline { span: Span::empty(span.trimmed(self.text.source).end), first: run, end: run };
        let mut text = inline.unwrap_or(nothing);
        if directive::is_tab(&self.text, text) {
            return self.push(span, BlockKind::Directive);
        }
        // A delimiter row that lost its pipes underlines the header row.
        if span.start == text.span.start
            && text.span.of(self.text.source).starts_with('|')
            && let Some(rebuilt) = broken_table::rebuild(&mut self.text, text)
        {
            return self.text.doc.blocks.extend(rebuilt.block);
        }
        self.heading_anchor(&mut text);
        self.push(span, BlockKind::Heading { level, text });
    }

    /// Takes `{#name}` off the end of a heading. Any other braces are text: `{customer-id}`.
    fn heading_anchor(&mut self, text: &mut Inline) {
        let source = self.text.source;
        let doc = &mut self.text.doc;
        let Some(last) = doc.runs[text.first as usize..text.end as usize].last_mut() else { return };
        let end = last.span.trimmed(source).end;
        let words = Span::new(last.span.start, end).of(source);
        let Some(open) = words.ends_with('}').then(|| words.rfind("{#")).flatten() else { return };
        if last.literal > 0 || last.style.has(Style::CODE) || words[open..].contains(char::is_whitespace) {
            return;
        }
        let start = last.span.start + open as u32;
        doc.anchors.push(Anchor { span: Span::new(start, end), name: Span::new(start + 2, end - 1) });
        let before = Span::new(text.span.start, start).trimmed(source);
        if last.outer == last.span {
            text.span = before;
            last.outer.end = start;
        }
        last.span.end = start;
        if last.span.is_empty() {
            doc.runs.pop();
            text.end -= 1;
        }
    }

    /// The marker of `> [!NOTE]`, for which there is no event.
    fn alert(&mut self, quote: Span) {
        let words = quote.of(self.text.source);
        if let (Some(open), Some(close)) = (words.find("[!"), words.find(']')) {
            let span = Span::new(quote.start + open as u32, quote.start + close as u32 + 1);
            self.push(span, BlockKind::Directive);
        }
    }

    fn code_text(&mut self, text: &str, span: Span) {
        if let Some(code) = &mut self.code {
            let look = self.fences == Fences::Look && !text.is_ascii();
            self.hidden_fence |= look && text.lines().any(fence::is_hidden);
            fence::add(self.text.source, code, span);
        }
    }

    fn end_code(&mut self) {
        let Some(mut code) = self.code.take() else { return };
        fence::close(self.text.source, &mut code, &mut self.text.doc.problems);
        let index = self.text.doc.codes.len() as u32;
        let span = code.span.trimmed(self.text.source);
        self.text.doc.codes.push(code);
        self.push(span, BlockKind::Code(index));
    }
}
