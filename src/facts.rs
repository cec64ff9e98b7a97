//! What a page says, as written: sections, tables with the roles of their columns, examples.
//!
//! Facts point into the page's [`Document`]; they hold no text of their own but the first letters
//! of paragraphs. Absent here: canonical types, other pages, judgement.

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

/// The methods of HTTP requests, as the wire has them.
pub const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// The statements of one page.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Headings in page order.
    pub sections: Vec<Section>,
    /// Tables in page order, also those not understood.
    pub tables: Vec<TableFact>,
    /// Code blocks that show HTTP messages or JSON, in page order.
    pub examples: Vec<Example>,
    /// How each paragraph that [`is_long`] begins, in page order.
    pub heads: Vec<Head>,
}

/// Whether a paragraph may be a sentence. Shorter ones are names and labels, which translations often keep.
pub fn is_long(paragraph: Inline) -> bool {
    const PROSE: u32 = 40;
    paragraph.span.len() >= PROSE
}

impl Facts {
    /// The example that a code block shows; `code` indexes [`Document::codes`].
    pub fn example_in(&self, code: u32) -> Option<&Example> {
        let at = self.examples.binary_search_by_key(&code, |example| example.code).ok()?;
        self.examples.get(at)
    }
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
    /// A second message follows; the span is its start line, the rest was not read.
    AnotherMessage,
}
