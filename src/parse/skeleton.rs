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
use crate::document::{Code, FrontMatterEntry, Half, Inline, Problem, ProblemKind, Run, Style, View};
use crate::text::Span;

/// Elements that shape a page; all others are inline. Sorted.
const STRUCTURAL: [&str; 46] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Structural elements whose end tags are often left out; they nest only by way of others.
const SELF_ENDING: [&str; 12] =
    ["caption", "dd", "dt", "hr", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// Elements whose content is no text of the page.
const SILENT: [&str; 6] = ["script", "style", "svg", "template", "textarea", "title"];

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

/// Name and attribute of the marker for a text, a code block.
pub(super) const TEXT: &str = "x-t";
pub(super) const CODE: &str = "x-c";

/// Takes the HTML at `span` apart.
pub(super) fn build(text: &mut Inlines, span: Span, host: Host) -> Skeleton {
    let skeleton = Skeleton { html: String::new(), starts: Vec::new(), texts: Vec::new() };
    let tokens = Tokens::new(text.source, span);
    let mut builder = Builder { text, host, tokens, skeleton, open: Vec::new(), too_deep: false };
    builder.run();
    builder.end_text();
    for (_, number) in std::mem::take(&mut builder.open) {
        builder.report_unclosed(number);
    }
    builder.skeleton
}

struct Builder<'b, 'a> {
    text: &'b mut Inlines<'a>,
    host: Host,
    tokens: Tokens<'a>,
    skeleton: Skeleton,
    /// Elements that nest: name, and number of the start tag.
    open: Vec<(&'static str, usize)>,
    too_deep: bool,
}

impl Builder<'_, '_> {
    fn run(&mut self) {
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Text(span) => html_text::add(self.text, span, self.host),
                Token::Comment(_) => {}
                Token::Tag(tag) => self.tag(tag),
            }
        }
    }

    fn tag(&mut self, tag: Tag) {
        let name = tag.name.of(self.text.source);
        let lower = name.to_ascii_lowercase();
        if let Ok(at) = STRUCTURAL.binary_search(&lower.as_str()) {
            self.end_text();
            match (STRUCTURAL[at], tag.end) {
                ("pre", false) => self.code(tag),
                (name, false) => self.start(name, tag),
                (name, true) => self.end(name, tag),
            }
        } else if !tag.end && SILENT.contains(&lower.as_str()) {
            self.silent(&lower, tag);
        } else if lower == "meta" {
            self.meta(tag);
        } else {
            self.text.touch(tag.span);
            self.text.element(&tag);
        }
    }

    /// Ends the text before a structural tag and leaves its marker.
    fn end_text(&mut self) {
        let Some(mut inline) = self.text.finish() else { return };
        let source = self.text.source;
        let doc = &mut self.text.doc;
        if doc.text(source, inline, View::Page).is_empty()
            && doc.text(source, inline, View::Source).is_empty()
        {
            doc.runs.truncate(inline.first as usize);
            return;
        }
        // A break at the end stays behind the text, where one is due anyway.
        let ends_in_break = doc.inline_runs(inline).last().is_some_and(|run| run.style.has(Style::BREAK));
        inline.end -= u32::from(ends_in_break);
        let runs = doc.inline_runs(inline);
        let whole = runs.iter().fold(runs[0].outer, |whole, run| whole.to(run.outer));
        self.marker(TEXT, self.skeleton.texts.len());
        self.skeleton.texts.push(Inline { span: whole.trimmed(source), ..inline });
        if ends_in_break {
            return;
        }
        // Between two texts of one cell: several paragraphs read as one line.
        let gap = Span::empty(whole.end);
        let run = Run { span: gap, outer: gap, literal: 0, link: 0, style: Style::BREAK, half: Half::Both };
        self.text.doc.runs.push(run);
    }

    fn write(&mut self, markup: std::fmt::Arguments) {
        // Writing to a string cannot fail.
        let _ = self.skeleton.html.write_fmt(markup);
    }

    fn marker(&mut self, name: &str, number: usize) {
        self.write(format_args!("<{name} o={number}></{name}>"));
    }

    fn start(&mut self, name: &'static str, tag: Tag) {
        self.text.anchors(&tag);
        let source = self.text.source;
        if name == "html"
            && let Some((key, value)) = tag.attributes(source).find(|(key, _)| key.of(source) == "lang")
        {
            self.text.doc.front_matter.push(FrontMatterEntry { key, value });
        }
        let number = self.skeleton.starts.len();
        if !SELF_ENDING.contains(&name) {
            if self.open.len() >= MAX_DEPTH {
                if !self.too_deep {
                    self.too_deep = true;
                    self.text.doc.problems.push(Problem { span: tag.span, kind: ProblemKind::TooDeep });
                }
                return;
            }
            self.open.push((name, number));
        }
        self.skeleton.starts.push(Start { tag, end: None });
        self.write(format_args!("<{name} o={number}>"));
    }

    fn end(&mut self, name: &'static str, tag: Tag) {
        if let Some(at) = self.open.iter().rposition(|(open, _)| *open == name) {
            self.skeleton.starts[self.open[at].1].end = Some(tag.span.end);
            for (_, unclosed) in self.open.split_off(at).into_iter().skip(1) {
                self.report_unclosed(unclosed);
            }
        }
        self.write(format_args!("</{name}>"));
    }

    fn report_unclosed(&mut self, number: usize) {
        let tag = self.skeleton.starts[number].tag;
        if tag.is(self.text.source, "table") {
            self.text.doc.problems.push(Problem { span: tag.span, kind: ProblemKind::UnclosedTable });
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
        self.text.anchors(&tag);
        let mut code = Code { span: tag.span, info: language(source, &tag), ..Code::default() };
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
                        code.info = language(source, &tag);
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
        self.marker(CODE, self.text.doc.codes.len());
        self.text.doc.codes.push(code);
    }
}

fn without_first_newline(source: &str, span: Span) -> Span {
    let text = span.of(source);
    let rest = text.strip_prefix("\r\n").or_else(|| text.strip_prefix('\n')).unwrap_or(text);
    Span::new(span.end - rest.len() as u32, span.end)
}

/// The bytes of the language name in `class="lang-http"`; empty if there is none.
fn language(source: &str, tag: &Tag) -> Span {
    let nothing = Span::empty(tag.span.end);
    let Some(class) = tag.attribute(source, "class") else { return nothing };
    let mut words = class.of(source).split_ascii_whitespace();
    let name = words.find_map(|word| word.strip_prefix("lang-").or_else(|| word.strip_prefix("language-")));
    name.and_then(|name| locate(source, name)).unwrap_or(nothing)
}
