//! What a page says, as written: sections, tables with the roles of their columns, examples.
//!
//! Facts point into the page's [`Document`]; they hold no text of their own but the first letters
//! of paragraphs. Absent here: canonical types, other pages, judgement.

use std::borrow::Cow;
use std::sync::Arc;

use crate::document::{Document, Head, Inline};
use crate::json::Json;
use crate::source::Source;
use crate::text::{FileId, Span};

/// A page: its source, its structure, and what it says.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its position in the sorted list of pages.
    pub file: FileId,
    /// Text, path, locale, page identity.
    pub source: Source,
    /// Structure.
    pub document: Document,
    /// Statements about the API.
    pub facts: Facts,
}

impl Page {
    /// The text that the places of an example count in: that of its code block, as a shell hands it on.
    pub fn example_text<'a>(&'a self, example: &'a Example) -> Cow<'a, str> {
        match (&example.shown, self.document.codes.get(example.code as usize)) {
            (Some(shown), _) => Cow::Borrowed(shown),
            (None, Some(code)) => self.document.code_text(&self.source.text, code),
            (None, None) => Cow::Borrowed(""),
        }
    }
}

/// The methods of HTTP requests, as the wire has them.
pub const METHODS: [&str; 9] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "QUERY"];

/// The statements of one page.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Headings in page order.
    pub sections: Vec<Section>,
    /// Tables in page order, also those not understood.
    pub tables: Vec<TableFact>,
    /// Code blocks that show HTTP messages or JSON, in page order.
    pub examples: Vec<Example>,
    /// Requests in page order, whatever they are written as.
    pub requests: Vec<Request>,
    /// What the requests are about, in page order.
    pub operations: Vec<Operation>,
    /// How each paragraph that [`is_long`] begins, in page order.
    pub heads: Vec<Head>,
}

/// Whether a paragraph may be a sentence. Shorter ones are names and labels, which translations often keep.
pub fn is_long(paragraph: Inline) -> bool {
    const PROSE: u32 = 40;
    paragraph.span.len() >= PROSE
}

impl Facts {
    /// The first example that a code block shows; `code` indexes [`Document::codes`].
    pub fn example_in(&self, code: u32) -> Option<&Example> {
        self.examples_in(code).first()
    }

    /// The examples that a code block shows, in order: several messages, several commands.
    pub fn examples_in(&self, code: u32) -> &[Example] {
        let start = self.examples.partition_point(|example| example.code < code);
        let end = self.examples.partition_point(|example| example.code <= code);
        self.examples.get(start..end).unwrap_or_default()
    }
}

/// A request as a page writes it: a method and a target, with their bytes in the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// How it is written.
    pub form: RequestForm,
    /// What the page does with it.
    pub sense: RequestSense,
    /// The method word as written; empty where it goes without saying.
    pub method: Span,
    /// The method that goes without saying: curl's `GET`, or `POST` beside data. Empty where one is written.
    pub implied: &'static str,
    /// The target as written: path, absolute URL, with placeholders and query.
    pub target: Span,
    /// The target as shown, where entities and escapes make its bytes differ from it.
    pub shown: Option<Box<str>>,
    /// The block it stands in: index into [`Document::blocks`]; none for the front matter.
    pub block: Option<u32>,
    /// The section it stands in, or whose heading it is: index into [`Facts::sections`].
    pub section: Option<u32>,
    /// Its code block: index into [`Document::codes`].
    pub code: Option<u32>,
    /// Its table and row: indices into [`Facts::tables`] and [`Document::rows`].
    pub row: Option<(u32, u32)>,
    /// The operation it belongs to: index into [`Facts::operations`]. None for one that is only mentioned.
    pub operation: Option<u32>,
}

impl Request {
    /// The method as written, or the one that goes without saying.
    pub fn method<'a>(&self, text: &'a str) -> &'a str {
        if self.method.is_empty() { self.implied } else { self.method.of(text) }
    }

    /// The target as shown.
    pub fn target<'a>(&'a self, text: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(self.shown.as_deref().unwrap_or_else(|| self.target.of(text)))
    }
}

/// The ways of writing a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RequestForm {
    /// A row of a table, in two cells or one.
    Table,
    /// A line of a code block that is no HTTP message.
    Fence,
    /// The start line of an HTTP message.
    Http,
    /// Inline code in a paragraph or list item.
    Inline,
    /// A heading.
    Heading,
    /// A line of text: `**POST** /carts`.
    Line,
    /// Two labelled lines or rows: `Method: POST`, `URL: /carts`.
    Labels,
    /// A `curl` command.
    Curl,
    /// HTML elements: `<span class="method">POST</span>`.
    Html,
    /// Attributes of a component: `<Route method="POST">`.
    Component,
    /// An entry of the front matter: `api: "POST /carts"`.
    FrontMatter,
}

/// What a page does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RequestSense {
    /// It says which request the text around it is about.
    Declared,
    /// It shows one being sent.
    Example,
    /// It speaks of one in passing.
    Mentioned,
}

/// A request that a page documents, with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its requests: indices into [`Facts::requests`], in page order. Several are alternatives, or examples of one.
    pub requests: Vec<u32>,
    /// Its scope in bytes of the page: up to the next operation, or a heading of another subject.
    pub span: Span,
    /// The section whose subject it is: index into [`Facts::sections`].
    pub section: Option<u32>,
}

/// What of a request or answer a list or example is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Part {
    Path,
    Query,
    Header,
    Cookie,
    Form,
    Body,
    Response,
    Errors,
}

/// A heading and what stands below it up to the next.
#[derive(Debug, Clone)]
pub struct Section {
    /// Index into [`Document::blocks`].
    pub block: u32,
    /// 1 to 6.
    pub level: u8,
    /// Its text.
    pub text: Inline,
    /// The nearest earlier section of a lower level.
    pub parent: Option<u32>,
    /// What kind of section it is, by anchor and heading words.
    pub role: Option<SectionRole>,
    /// A hash of its anchor, which translations keep, or of the slug that its heading makes.
    pub key: u64,
}

/// The sections of reference pages that decide what a table or example is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum SectionRole {
    Prerequisites,
    RestRequest,
    RequestSyntax,
    UriParameters,
    RequestHeaders,
    RequestBody,
    RequestExample,
    Response,
    ResponseCodes,
    ResponseBody,
    ResponseExample,
    ErrorCodes,
    Examples,
    Properties,
    Enumeration,
    FilterSyntax,
    SeeAlso,
}

/// A table with the roles of its columns.
#[derive(Debug, Clone)]
pub struct TableFact {
    /// Index into [`Document::tables`].
    pub table: u32,
    /// The section it stands in: index into [`Facts::sections`].
    pub section: Option<u32>,
    /// The paragraph right before it: index into [`Document::blocks`].
    pub lead_in: Option<u32>,
    /// What the table lists.
    pub role: TableRole,
    /// Why the role could not be told; empty if it could.
    pub reason: &'static str,
    /// One role a column.
    pub columns: Vec<ColumnRole>,
    /// Whether the header says that the name column holds names, whatever the table lists.
    pub names: bool,
    /// The operation in whose scope it stands: index into [`Facts::operations`].
    pub operation: Option<u32>,
    /// What of the operation it lists, by what stands above it.
    pub part: Option<Part>,
    /// The status of the answer that it is about.
    pub status: Option<u16>,
}

/// What a table lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableRole {
    /// Properties of a resource.
    Properties,
    /// Path or query parameters.
    Parameters,
    /// Request or response headers.
    Headers,
    /// Members of an enumeration.
    Members,
    /// Error codes.
    ErrorCodes,
    /// Method and URI of a request.
    RequestSyntax,
    /// Understood, and nothing of the API: a list of countries, links, permissions.
    Other,
    /// Not understood.
    Unknown,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum ColumnRole {
    Name,
    Type,
    Required,
    /// Inverted sense: yes means may be left out.
    Optional,
    Description,
    Method,
    Uri,
    Value,
    Number,
    HttpStatus,
    ErrorCode,
    Default,
    Example,
    Position,
    Other,
}

/// A code block that shows an HTTP message or JSON.
#[derive(Debug, Clone)]
pub struct Example {
    /// Index into [`Document::codes`].
    pub code: u32,
    /// The section it stands in.
    pub section: Option<u32>,
    /// The paragraph right before it.
    pub lead_in: Option<u32>,
    /// Request, response or a bare body.
    pub direction: Direction,
    /// Start line, headers and where the body lies; spans count bytes of the code's text. Code blocks that share it
    /// have equal texts.
    pub message: Arc<Message>,
    /// The body's tree if it is JSON; its spans count bytes of the code's text from `body_start`.
    pub json: Option<Arc<Json>>,
    /// Why the body was not read; empty if it was, or if there is none.
    pub reason: &'static str,
    /// The operation in whose scope it stands: index into [`Facts::operations`].
    pub operation: Option<u32>,
    /// What of the operation it shows, by what stands above it.
    pub part: Option<Part>,
    /// The status of the answer: by its status line, the fence, a heading or the sentence before it.
    pub status: Option<u16>,
    /// What writes the example down, which decides what is a fault in it.
    pub form: ExampleForm,
    /// The code's text as a shell hands it on, as long as it is written; none where both are the same.
    pub shown: Option<Arc<str>>,
}

/// What writes an example down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ExampleForm {
    /// JSON, or an HTTP message.
    #[default]
    Strict,
    /// JSON with comments and commas at the end: `jsonc`.
    Commented,
    /// What JavaScript reads: `json5`, `js`.
    Script,
    /// A block that is labelled as something else, or not at all.
    Plain,
    /// A shell command.
    Command,
}

/// Which way an example travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Client to server.
    Request,
    /// Server to client.
    Response,
    /// A body alone, and nothing tells.
    Unknown,
}

/// An HTTP message as written in a code block. Spans count bytes of the code's text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Message {
    /// The first line.
    pub start: StartLine,
    /// Name and value of each header line.
    pub headers: Vec<(Span, Span)>,
    /// The method that goes without saying where the start line has none: that of a command.
    pub implied: &'static str,
    /// The body, without blank lines around it; empty if there is none.
    pub body: Span,
    /// What the reader tolerated.
    pub problems: Vec<MessageProblem>,
}

/// The first line of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StartLine {
    /// None: a bare body.
    #[default]
    Missing,
    /// `POST /v1/customers HTTP/1.1`
    Request {
        /// The method word as written.
        method: Span,
        /// The target as written: path, absolute URL, or with placeholders.
        target: Span,
        /// `HTTP/1.1`; empty if absent.
        version: Span,
    },
    /// `HTTP/1.1 201 Created`
    Status {
        /// `HTTP/1.1`
        version: Span,
        /// Three digits.
        code: Span,
        /// The phrase; may be empty.
        phrase: Span,
    },
}

/// A liberty an HTTP message took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageProblem {
    /// Where, in bytes of the code's text; empty where something is missing.
    pub span: Span,
    /// What.
    pub kind: MessageProblemKind,
}

/// The liberties an HTTP message may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageProblemKind {
    /// No blank line between headers and body.
    NoBlankLine,
    /// The first line is neither a request nor a status line although headers follow.
    BadStartLine,
    /// A line among the headers without a colon.
    HeaderWithoutColon,
    /// A second message follows; the span is its start line, and it is another example.
    AnotherMessage,
    /// A quote inside an argument of a command ends the argument for the shell.
    QuoteEndsEarly,
}
