//! A stretch of HTML taken apart: its words go to the document's runs, its structure to a *skeleton*.
//!
//! `scraper` knows the rules by which browsers complete tables (implied rows, forgotten end tags, text
//! in the wrong place), but not where anything was written. So it gets no text at all: the skeleton holds
//! only the structural start and end tags, each start tag with its number (`o="7"`), and an empty marker
//! element in place of each text. Styles, links and halves are known before, from the tags themselves.
//! This also keeps the tree small, and bounds the work hostile nesting could cause.

use std::fmt::Write as _;

use super::inline::{Inlines, locate};
use super::tag::{Tag, Token, Tokens};
use super::{fence, html_text};
use crate::document::{Code, FrontMatterEntry, Half, Inline, Problem, ProblemKind, Run, Style};
use crate::text::{Span, is_blank};

/// What an element is to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Part of a table that ends by itself where the next one begins.
    TablePart(&'static str),
    /// `<table>`.
    Table,
    /// A block whose end tag is often left out; it nests only by way of others.
    Block(&'static str),
    /// A block that nests.
    Container(&'static str),
    /// `<pre>`.
    Code,
    /// Its content is no text of the page.
    Silent(&'static str),
    /// `<meta>`.
    Meta,
    /// All others.
    Inline,
}

impl Role {
    fn of(name: &str) -> Self {
        // One byte more than the longest name that matters here, so that longer ones match nothing.
        let mut lower = [0; 11];
        let length = name.len().min(lower.len());
        lower[..length].copy_from_slice(&name.as_bytes()[..length]);
        lower.make_ascii_lowercase();
        match &lower[..length] {
            b"table" => Self::Table,
            b"caption" => Self::TablePart("caption"),
            b"tbody" => Self::TablePart("tbody"),
            b"td" => Self::TablePart("td"),
            b"tfoot" => Self::TablePart("tfoot"),
            b"th" => Self::TablePart("th"),
            b"thead" => Self::TablePart("thead"),
            b"tr" => Self::TablePart("tr"),
            b"dd" => Self::Block("dd"),
            b"dt" => Self::Block("dt"),
            b"hr" | b"p" => Self::Block("p"),
            b"li" => Self::Block("li"),
            b"h1" => Self::Container("h1"),
            b"h2" => Self::Container("h2"),
            b"h3" => Self::Container("h3"),
            b"h4" => Self::Container("h4"),
            b"h5" => Self::Container("h5"),
            b"h6" => Self::Container("h6"),
            b"ol" | b"ul" | b"menu" => Self::Container("ul"),
            b"address" | b"article" | b"aside" | b"blockquote" | b"body" | b"center" | b"details"
            | b"div" | b"dl" | b"fieldset" | b"figcaption" | b"figure" | b"footer" | b"form" | b"head"
            | b"header" | b"html" | b"main" | b"nav" | b"section" | b"summary" => Self::Container("div"),
            b"pre" => Self::Code,
            b"script" => Self::Silent("script"),
            b"style" => Self::Silent("style"),
            b"svg" => Self::Silent("svg"),
            b"template" => Self::Silent("template"),
            b"textarea" => Self::Silent("textarea"),
            b"title" => Self::Silent("title"),
            b"meta" => Self::Meta,
            _ => Self::Inline,
        }
    }
}

/// Open elements followed at a time; tags beyond are left out, their text stays.
const MAX_DEPTH: usize = 128;

/// Where the HTML stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Host {
    /// A whole HTML page.
    Page,
    /// Within Markdown: blank lines switch back to Markdown.
    Markdown,
    /// Within a Markdown quote: every line begins with `>`.
    Quote,
}

/// A structural start tag.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    pub tag: Tag,
    /// End of its end tag, if it has one of its own; known for elements that nest.
    pub end: Option<u32>,
}

/// See the module's documentation.
pub(super) struct Skeleton {
    /// The tags, for the HTML parser.
    pub html: String,
    /// The start tags by their number.
    pub starts: Vec<Start>,
    /// The texts by their number.
    pub texts: Vec<Inline>,
}

/// Name of the marker for a text.
pub(super) const TEXT: &str = "x-t";
/// Name of the marker for a code block.
pub(super) const CODE: &str = "x-c";

/// Takes the HTML at `span` apart.
pub(super) fn build(text: &mut Inlines, span: Span, host: Host) -> Skeleton {
    let skeleton = Skeleton { html: String::new(), starts: Vec::new(), texts: Vec::new() };
    let tokens = Tokens::new(text.source, span);
    let mut builder = Builder {
        text,
        host,
        tokens,
        skeleton,
        open: Vec::new(),
        tables: 0,
        after_text: false,
        too_deep: false,
    };
    builder.run();
    builder.end_text();
    builder.close(0);
    builder.skeleton
}

struct Builder<'b, 'a> {
    text: &'b mut Inlines<'a>,
    host: Host,
    tokens: Tokens<'a>,
    skeleton: Skeleton,
    /// Elements that nest: name, and number of the start tag.
    open: Vec<(&'static str, usize)>,
    /// Tables among them.
    tables: u32,
    /// Whether the last thing in the skeleton is the marker of a text.
    after_text: bool,
    too_deep: bool,
}

impl Builder<'_, '_> {
    fn run(&mut self) {
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Text(span) => html_text::add(self.text, span, self.host),
                Token::Comment(span) => self.text.comment(span),
                Token::Tag(tag) => self.tag(tag),
            }
        }
    }

    fn tag(&mut self, tag: Tag) {
        match Role::of(tag.name.of(self.text.source)) {
            Role::Table => self.structure("table", tag, true),
            Role::TablePart(name) => self.structure(name, tag, false),
            Role::Block(name) => self.block(name, tag, false),
            Role::Container(name) => self.block(name, tag, true),
            Role::Code if !tag.end => self.code(tag),
            Role::Silent(name) if !tag.end => self.silent(name, tag),
            Role::Code | Role::Silent(_) => {}
            Role::Meta => self.meta(tag),
            Role::Inline => {
                self.text.touch(tag.span);
                self.text.element(&tag);
            }
        }
    }

    /// Ends the text before a structural tag and leaves its marker.
    fn end_text(&mut self) {
        let Some(mut inline) = self.text.finish() else { return };
        let source = self.text.source;
        let doc = &mut self.text.doc;
        let says_something = |run: &Run| !doc.run_text(source, run).trim_matches(is_blank).is_empty();
        if !doc.inline_runs(inline).iter().any(says_something) {
            doc.runs.truncate(inline.first as usize);
            return;
        }
        // A break at the end stays behind the text, where one is due anyway.
        let ends_in_break = doc.inline_runs(inline).last().is_some_and(|run| run.style.has(Style::BREAK));
        inline.end -= u32::from(ends_in_break);
        let runs = doc.inline_runs(inline);
        let whole = runs.iter().fold(runs[0].outer, |whole, run| whole.to(run.outer));
        if !ends_in_break {
            // Between two texts of one cell: several paragraphs read as one line.
            let gap = Span::empty(whole.end);
            let run =
                Run { span: gap, outer: gap, literal: 0, link: 0, style: Style::BREAK, half: Half::Both };
            self.text.doc.runs.push(run);
        }
        self.add_text(Inline { span: whole.trimmed(source), ..inline });
    }

    fn add_text(&mut self, text: Inline) {
        if self.tables > 0
            && self.after_text
            && let Some(last) = self.skeleton.texts.last_mut()
        {
            *last = Inline { span: last.span.to(text.span), end: text.end, ..*last };
            return;
        }
        self.write(format_args!("<{TEXT} o={}></{TEXT}>", self.skeleton.texts.len()));
        self.skeleton.texts.push(text);
        self.after_text = true;
    }

    fn write(&mut self, markup: std::fmt::Arguments) {
        self.after_text = false;
        // Writing to a string cannot fail.
        let _ = self.skeleton.html.write_fmt(markup);
    }

    /// A block's tag. Within a table it only parts the texts of a cell.
    fn block(&mut self, name: &'static str, tag: Tag, nests: bool) {
        if self.tables == 0 {
            return self.structure(name, tag, nests);
        }
        self.end_text();
        if !tag.end {
            self.text.anchors(&tag);
        }
    }

    /// A tag that goes to the skeleton, as `name`.
    fn structure(&mut self, name: &'static str, tag: Tag, nests: bool) {
        self.end_text();
        if tag.end {
            return self.end(name, tag);
        }
        self.text.anchors(&tag);
        self.language(&tag);
        let number = self.skeleton.starts.len();
        if nests {
            if self.open.len() >= MAX_DEPTH {
                if !self.too_deep {
                    self.too_deep = true;
                    self.text.doc.problems.push(Problem { span: tag.span, kind: ProblemKind::TooDeep });
                }
                return;
            }
            self.open.push((name, number));
            self.tables += u32::from(name == "table");
        }
        self.skeleton.starts.push(Start { tag, end: None });
        self.write(format_args!("<{name} o={number}>"));
    }

    fn end(&mut self, name: &'static str, tag: Tag) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| *open == name) {
            self.skeleton.starts[self.open[at].1].end = Some(tag.span.end);
            self.close(at + 1);
            self.close_last();
        }
        self.write(format_args!("</{name}>"));
    }

    /// Closes the open elements from `from` on, whose end tags are missing.
    fn close(&mut self, from: usize) {
        while self.open.len() > from {
            if let Some((start, true)) = self.close_last() {
                let span = start.tag.span;
                self.text.doc.problems.push(Problem { span, kind: ProblemKind::UnclosedTable });
            }
        }
    }

    /// Closes the innermost open element: its start tag, and whether it is a table.
    fn close_last(&mut self) -> Option<(Start, bool)> {
        let (name, number) = self.open.pop()?;
        let is_table = name == "table";
        self.tables -= u32::from(is_table);
        Some((self.skeleton.starts[number], is_table))
    }

    /// `<html lang="..">` becomes an entry of the front matter.
    fn language(&mut self, tag: &Tag) {
        let source = self.text.source;
        if self.host == Host::Page && tag.is(source, "html") {
            let lang = tag.attributes(source).find(|(key, _)| key.of(source).eq_ignore_ascii_case("lang"));
            let entry = lang.map(|(key, value)| FrontMatterEntry { key, value });
            self.text.doc.front_matter.extend(entry);
        }
    }

    /// The page's title becomes an entry of the front matter; scripts and styles are left out.
    fn silent(&mut self, name: &str, tag: Tag) {
        if tag.span.of(self.text.source).ends_with("/>") {
            return;
        }
        let inside = self.tokens.skip_to_end_of(name);
        if name == "title" && self.host == Host::Page {
            let value = inside.trimmed(self.text.source);
            self.text.doc.front_matter.push(FrontMatterEntry { key: tag.name, value });
        }
    }

    /// `<meta name=".." content="..">`, where built pages keep their front matter.
    fn meta(&mut self, tag: Tag) {
        let source = self.text.source;
        if let (Some(key), Some(value)) = (tag.attribute(source, "name"), tag.attribute(source, "content")) {
            self.text.doc.front_matter.push(FrontMatterEntry { key, value });
        }
    }

    /// `<pre>`: a code block, whose language stands in a class `lang-..` or `language-..`.
    fn code(&mut self, tag: Tag) {
        let source = self.text.source;
        self.end_text();
        self.text.anchors(&tag);
        let mut code = Code { span: tag.span, info: code_language(source, &tag), ..Code::default() };
        for token in self.tokens.by_ref() {
            match token {
                Token::Text(span) => {
                    let span =
                        if code.pieces.is_empty() { without_first_newline(source, span) } else { span };
                    for (span, literal) in html_text::entities(source, span) {
                        match literal {
                            Some(literal) => fence::add_literal(&mut code, span, &literal),
                            None => fence::add(source, &mut code, span),
                        }
                    }
                }
                Token::Tag(tag) if tag.end && tag.is(source, "pre") => {
                    code.span.end = tag.span.end;
                    code.closed = true;
                    break;
                }
                Token::Tag(tag) => {
                    if !tag.end && code.info.is_empty() {
                        code.info = code_language(source, &tag);
                    }
                    code.span.end = tag.span.end;
                }
                Token::Comment(_) => {}
            }
        }
        if !code.closed {
            code.span.end = code.pieces.last().map_or(code.span.end, |piece| piece.end);
            self.text.doc.problems.push(Problem { span: tag.span, kind: ProblemKind::UnclosedFence });
        }
        self.write(format_args!("<{CODE} o={}></{CODE}>", self.text.doc.codes.len()));
        self.text.doc.codes.push(code);
    }
}

fn without_first_newline(source: &str, span: Span) -> Span {
    let text = span.of(source);
    let rest = text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')).unwrap_or(text);
    Span::new(span.end - rest.len() as u32, span.end)
}

/// The bytes of the language name in `class="lang-http"`; empty if there is none.
fn code_language(source: &str, tag: &Tag) -> Span {
    let nothing = Span::empty(tag.span.end);
    let Some(class) = tag.attribute(source, "class") else { return nothing };
    let mut words = class.of(source).split_ascii_whitespace();
    let name = words.find_map(|word| word.strip_prefix("lang-").or_else(|| word.strip_prefix("language-")));
    name.and_then(|name| locate(source, name)).unwrap_or(nothing)
}
