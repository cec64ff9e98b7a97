//! The shape of the output: what a page says, borrowed from the page and its comparison.

use std::borrow::Cow;

use serde::Serialize;

/// A page.
#[derive(Serialize)]
pub(super) struct PageFacts<'a> {
    pub path: &'a str,
    pub page: &'a str,
    pub locale: Option<&'a str>,
    pub title: Option<Cow<'a, str>>,
    pub sections: Vec<SectionFacts<'a>>,
    pub tables: Vec<TableFacts<'a>>,
    pub requests: Vec<RequestFacts<'a>>,
    pub operations: Vec<OperationFacts<'a>>,
    pub examples: Vec<ExampleFacts<'a>>,
}

/// Line and column from 1, the column in Unicode scalar values; bytes from 0.
#[derive(Serialize)]
pub(super) struct Position {
    pub line: u32,
    pub column: u32,
    pub byte: u32,
}

#[derive(Serialize)]
pub(super) struct SectionFacts<'a> {
    pub line: u32,
    pub level: u8,
    pub text: Cow<'a, str>,
    pub anchors: Vec<&'a str>,
    pub role: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct TableFacts<'a> {
    pub start: Position,
    pub end: Position,
    pub syntax: &'static str,
    pub role: &'static str,
    pub reason: Option<&'static str>,
    pub section: Option<Cow<'a, str>>,
    pub lead_in: Option<Cow<'a, str>>,
    /// The operation of the page that it belongs to, by its number.
    pub operation: Option<u32>,
    /// What of the operation it lists.
    pub part: Option<&'static str>,
    pub status: Option<u16>,
    pub columns: Vec<ColumnFacts<'a>>,
    pub body_rows: u32,
    pub bound: Option<BoundFacts<'a>>,
    /// The rows that have a name.
    pub rows: Vec<RowFacts<'a>>,
}

#[derive(Serialize)]
pub(super) struct ColumnFacts<'a> {
    pub header: Cow<'a, str>,
    pub role: &'static str,
}

/// What the spec has for a table.
#[derive(Serialize)]
pub(super) struct BoundFacts<'a> {
    pub kind: &'static str,
    pub name: Cow<'a, str>,
    /// The mean confidence of the rows' partners, 0 for a row without one.
    pub confidence: f32,
}

#[derive(Serialize)]
pub(super) struct RowFacts<'a> {
    pub line: u32,
    pub name: &'a str,
    /// The right name, if anybody vouches for one.
    pub right_name: Option<&'a str>,
    /// The source language's name on a bilingual page.
    pub source_name: Option<&'a str>,
    #[serde(rename = "type")]
    pub ty: Option<TypeFacts<'a>>,
    pub required: Option<RequiredFacts<'a>>,
    pub description: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
pub(super) struct TypeFacts<'a> {
    pub written: &'a str,
    pub canonical: Option<String>,
    pub named: Option<String>,
    pub nullable: bool,
    pub quality: &'static str,
}

#[derive(Serialize)]
pub(super) struct RequiredFacts<'a> {
    pub written: &'a str,
    /// `required`, `optional`, `conditional`, or nothing if not understood.
    pub reading: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct RequestFacts<'a> {
    pub line: u32,
    /// How it is written: `table`, `fence`, `http`, ...
    pub form: &'static str,
    /// `declared`, `example` or `mentioned`.
    pub sense: &'static str,
    /// As written; nothing where curl chooses it.
    pub method: &'a str,
    pub right_method: Option<&'a str>,
    /// Without base URL, version and white space.
    pub path: Cow<'a, str>,
    pub right_path: Option<&'a str>,
    pub placeholders: Vec<String>,
    /// The operation of the spec.
    pub operation: Option<&'a str>,
    /// The operation of the page that it belongs to, by its number.
    pub scope: Option<u32>,
}

/// An operation of the page: its requests and the lines that speak of it.
#[derive(Serialize)]
pub(super) struct OperationFacts<'a> {
    pub line: u32,
    pub end_line: u32,
    /// The heading whose subject it is.
    pub section: Option<Cow<'a, str>>,
    /// Its requests, by their numbers.
    pub requests: &'a [u32],
}

#[derive(Serialize)]
pub(super) struct ExampleFacts<'a> {
    pub start: Position,
    pub end: Position,
    pub language: String,
    pub section: Option<Cow<'a, str>>,
    pub direction: Option<&'static str>,
    /// The operation of the page that it belongs to, by its number.
    pub operation: Option<u32>,
    /// What of the operation it shows.
    pub part: Option<&'static str>,
    pub status: Option<u16>,
    pub start_line: Option<StartLineFacts>,
    pub headers: Vec<[String; 2]>,
    #[serde(rename = "type")]
    pub ty: Option<&'a str>,
    pub body: BodyFacts,
    /// Liberties of the message around the body.
    pub problems: Vec<Liberty>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StartLineFacts {
    Request { method: String, target: String },
    Status { code: String, phrase: String },
}

#[derive(Serialize)]
pub(super) struct BodyFacts {
    /// `none`, `read`, `tolerant`, `errors`, `not_read`.
    pub status: &'static str,
    /// Why it was not read.
    pub reason: Option<&'static str>,
    pub relaxations: Vec<Liberty>,
    pub errors: Vec<ErrorFacts>,
    /// The keys of the first value; of its first element if that is a list.
    pub keys: Vec<String>,
}

/// A liberty, and the line of the page it was taken at.
#[derive(Serialize)]
pub(super) struct Liberty {
    pub line: u32,
    pub kind: &'static str,
}

/// Where the reader gave up for a moment: the line of the page, and what it wanted there.
#[derive(Serialize)]
pub(super) struct ErrorFacts {
    pub line: u32,
    pub expected: &'static str,
}

/// A page, table or example that was not understood, or not wholly.
#[derive(Serialize)]
pub(super) struct Gap<'a> {
    pub path: &'a str,
    pub line: u32,
    /// `page`, `table` or `example`.
    pub kind: &'static str,
    pub reason: Cow<'a, str>,
}
