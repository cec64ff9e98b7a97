//! What `compare` found out about one page, for `rules` to judge.
//!
//! Plain data. Absent here: severity, sentences, how it was found out.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::alignment::{Alignment, Evidence, NameDifference};
use crate::document::{Inline, View};
use crate::extract::path::Path;
use crate::facts::Page;
use crate::finding::{Basis, Cause, Site};
use crate::json::NodeId;
use crate::normalize::rows::{Row, Words};
use crate::schema::{Property, Resolved};
use crate::text::{FileId, Place, Span};

/// Everything about one page.
#[derive(Debug, Default)]
pub struct PageComparison<'a> {
    /// The parts of the page beside those of its reference page.
    pub pairing: Option<Pairing<'a>>,
    /// Inline code, links and paragraphs beside those of the reference page or the source half.
    pub prose: Prose,
    /// Tables with named rows, in page order.
    pub tables: Vec<TableComparison<'a>>,
    /// Rows of tables that lost a pipe, in page order.
    pub merged: Vec<MergedRow>,
    /// Literals of table cells that differ from those of the reference page or the source half, in page order.
    pub values: Vec<AlteredValue>,
    /// How many literals of table cells are those of the reference page or the source half.
    pub kept_values: usize,
    /// Rows of request-syntax tables, in page order.
    pub requests: Vec<RequestComparison<'a>>,
    /// Requests written elsewhere that differ from the same of the reference page, in page order.
    pub stated: Vec<RequestComparison<'a>>,
    /// The operation of the spec for each of [`crate::facts::Facts::operations`]; empty without a spec.
    pub operations: Vec<Option<&'a crate::schema::Operation>>,
    /// Requests that the spec does not have, although it has the resource or one that is nearly named so: index into
    /// [`crate::facts::Facts::requests`], and the nearest operation.
    pub unknown: Vec<(u32, Option<&'a crate::schema::Operation>)>,
    /// Operations of the spec that no page documents, and that this page would be the one to document.
    pub undocumented: Vec<Uncovered<'a>>,
    /// The request lines of the page's examples, in page order.
    pub lines: Vec<RequestLine>,
    /// Examples bound to a type.
    pub examples: Vec<ExampleComparison<'a>>,
    /// What an API description says otherwise than that in the language of the source, in page order.
    pub descriptions: Vec<Drift>,
    /// Without a reference page: examples that most other locales show otherwise, in page order.
    pub outvoted: Vec<Outvoted>,
}

impl PageComparison<'_> {
    /// The altered literals that meet `span`.
    pub fn values_at(&self, span: Span) -> impl Iterator<Item = &AlteredValue> {
        // So many may begin before it in one cell and still meet it.
        const MOST: usize = 512;
        let end = self.values.partition_point(|value| value.span.start < span.end);
        self.values[..end].iter().rev().take(MOST).filter(move |value| span.start < value.span.end)
    }
}

/// Something in an API description that is not what the source has there.
#[derive(Debug, Clone)]
pub struct Drift {
    /// What it is.
    pub kind: DriftKind,
    /// Its bytes; those of the member around what is missing.
    pub span: Span,
    /// What stands there; empty if nothing does.
    pub found: String,
    /// What should; empty if nothing should.
    pub expected: String,
    /// The keyword that it is the value of.
    pub owner: String,
    /// What to replace `span` by, if it can be replaced.
    pub replacement: Option<String>,
    /// Whether its letters show that it was translated.
    pub sure: bool,
    /// Where the source says so.
    pub site: Option<Site>,
}

/// What differs in an API description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DriftKind {
    /// A name of a member, a parameter, a schema or an operation.
    Name,
    /// A request path.
    Path,
    /// Another value.
    Value,
    /// A member of the source that is not there.
    Missing,
    /// A member that the source does not have.
    Extra,
    /// The description is no JSON or YAML; `found` says why.
    Unreadable,
}

/// A page that vouches for another, and which of its texts to read.
#[derive(Debug, Clone, Copy)]
pub struct Counterpart<'a> {
    /// The page.
    pub page: &'a Page,
    /// [`View::Source`] for a bilingual page.
    pub view: View,
}

/// Operations of a resource that no page documents, although most of the resource is documented.
#[derive(Debug)]
pub struct Uncovered<'a> {
    /// The words of the path that all of them begin with.
    pub resource: String,
    /// The operations.
    pub operations: Vec<&'a crate::schema::Operation>,
    /// The first operation of the page that is of this resource: index into [`crate::facts::Facts::operations`].
    pub beside: u32,
}

/// The parts of a page against those of its reference page.
#[derive(Debug)]
pub struct Pairing<'a> {
    /// The reference page.
    pub with: Counterpart<'a>,
    /// Sections, by position in [`crate::facts::Facts::sections`].
    pub sections: Alignment,
    /// Tables, by position in [`crate::facts::Facts::tables`].
    pub tables: Alignment,
    /// Code blocks, by position in [`crate::document::Document::codes`].
    pub codes: Alignment,
    /// Where the sections of both have too little in common to be compared, in page order.
    pub torn: Vec<Torn>,
    /// The bytes of this page whose counterpart is a guess, sorted and disjoint.
    pub doubtful: Vec<Span>,
}

/// Two runs of sections that stand at the same place and cannot be paired.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Torn {
    /// Of the page: positions in [`crate::facts::Facts::sections`].
    pub left: Range<u32>,
    /// Of its reference page.
    pub right: Range<u32>,
}

impl Pairing<'_> {
    /// Whether what stands at `span` of this page is surely compared with its own counterpart: if not, what the
    /// counterpart says is a hint at most, and no reason to change anything.
    pub fn is_certain(&self, span: Span) -> bool {
        let at = self.doubtful.partition_point(|doubtful| doubtful.end <= span.start);
        // What begins where a doubtful stretch ends is beside it.
        self.doubtful
            .get(at)
            .is_none_or(|doubtful| doubtful.start > span.start.max(span.end.saturating_sub(1)))
    }
}

/// A table of the reference page, and the alignment of a table's rows with its rows.
#[derive(Debug)]
pub struct ReferenceTable<'a> {
    /// The reference page.
    pub with: Counterpart<'a>,
    /// Index into its [`crate::facts::Facts::tables`].
    pub table: u32,
    /// Its rows.
    pub rows: &'a [Row<'a>],
    /// Rows of the translation against `rows`.
    pub alignment: Alignment,
}

/// A table, its rows, and what they were matched with.
#[derive(Debug)]
pub struct TableComparison<'a> {
    /// Index into [`crate::facts::Facts::tables`].
    pub table: u32,
    /// Its rows.
    pub rows: Vec<Row<'a>>,
    /// The same table of the reference page.
    pub reference: Option<ReferenceTable<'a>>,
    /// What the spec has for it.
    pub bound: Option<Bound<'a>>,
    /// One verdict for each row whose name someone vouches for.
    pub names: Vec<NameVerdict<'a>>,
    /// Without a reference page: what the other locales or the page's examples say of the rows.
    pub votes: BTreeMap<u32, RowVote>,
    /// Prefix of the subject path of its rows: the type's name, the operation, or the section's.
    pub owner: Cow<'a, str>,
}

impl<'a> TableComparison<'a> {
    /// What the source has in a cell of a row: the source half of a bilingual page, or the reference page's cell
    /// where the rows surely are the same.
    pub fn source_cell<'t>(
        &'t self,
        page: &'t Page,
        row: u32,
        cell: impl Fn(&'t Row<'a>) -> Option<&'t Words<'a>>,
    ) -> Option<SourceCell<'t>> {
        const SURE: f32 = 0.8;
        let own = cell(self.rows.get(row as usize)?)?;
        if let Some(original) = &own.original {
            return Some(SourceCell { text: original, page, view: View::Source, cell: own.cell });
        }
        let reference = self.reference.as_ref()?;
        let pair = reference.alignment.of_left(row).filter(|pair| pair.confidence >= SURE)?;
        let theirs = cell(reference.rows.get(pair.right as usize)?)?;
        let (page, view) = (reference.with.page, reference.with.view);
        Some(SourceCell { text: theirs.view(view), page, view, cell: theirs.cell })
    }

    /// What the other locales, or a heading that the cell links to, say of the type of a row.
    pub fn elected_type(&self, row: u32) -> Option<&TypeVote> {
        self.votes.get(&row)?.ty.as_ref()
    }

    /// Whether a row is required by the word of the other locales.
    pub fn elected_mark(&self, row: u32) -> Option<&Vote<bool>> {
        self.votes.get(&row)?.required.as_ref()
    }

    /// What somebody vouches for as the name of a row, if the row says something else.
    pub fn verdict(&self, row: u32) -> Option<&NameVerdict<'a>> {
        let at = self.names.binary_search_by_key(&row, |verdict| verdict.row).ok()?;
        self.names.get(at)
    }

    /// What the name of a row is by the best witness: its verdict, the source half, or what is written.
    pub fn right_name(&self, row: u32) -> &str {
        match (self.verdict(row), self.rows.get(row as usize)) {
            (Some(verdict), _) => &verdict.expected,
            (None, Some(row)) => row.name.view(View::Source),
            (None, None) => "",
        }
    }
}

/// A cell in the words of the source.
#[derive(Debug, Clone, Copy)]
pub struct SourceCell<'a> {
    /// What it says.
    pub text: &'a str,
    /// The page that says so.
    pub page: &'a Page,
    /// Which of its texts.
    pub view: View,
    /// The cell.
    pub cell: Inline,
}

impl SourceCell<'_> {
    /// Where it says so.
    pub fn site(&self) -> Site {
        let span = self.page.document.text_span(&self.page.source.text, self.cell, self.view);
        Site::Page(Place { file: self.page.file, span })
    }
}

/// What is right by the word of most translations of a page, or of the page's own examples.
#[derive(Debug, Clone, PartialEq)]
pub struct Vote<T = String> {
    /// The right text, or mark.
    pub expected: T,
    /// [`Basis::Locales`] or [`Basis::Page`].
    pub basis: Basis,
    /// 0 to 1.
    pub confidence: f32,
    /// Whether some page has it in its table; else it is what their words mean.
    pub kept: bool,
    /// The places that say so.
    pub witnesses: Vec<Site>,
}

/// The votes on the cells of one row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RowVote {
    /// Its name; also where the row has the elected one.
    pub name: Option<Vote>,
    /// Its type, where the cell says something else or says it in other words.
    pub ty: Option<TypeVote>,
    /// Whether it is required.
    pub required: Option<Vote<bool>>,
}

/// An example that most translations of the page show otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outvoted {
    /// Its code block: index into [`crate::document::Document::codes`].
    pub code: u32,
    /// A page that shows what most do.
    pub page: FileId,
    /// The code block there.
    pub by: u32,
    /// 0 to 1.
    pub confidence: f32,
}

/// What a type cell should say.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeVote {
    /// The type as the source writes it.
    pub right: Vote,
    /// Whether the cell means that type, in translated words.
    pub translated: bool,
}

/// What a table was bound to, and the alignment of its rows with it.
#[derive(Debug)]
pub struct Bound<'a> {
    /// The type, or the parameters of an operation.
    pub to: Against<'a>,
    /// Whether the table stands in the type's own section, which should list all of it.
    pub home: bool,
    /// Rows (by position in [`TableComparison::rows`]) against items of `to`.
    pub alignment: Alignment,
    /// Rows below others, with the properties of the types further down that they document.
    pub nested: Vec<Nested<'a>>,
}

/// A row below another, in the type that one has.
#[derive(Debug, Clone, Copy)]
pub struct Nested<'a> {
    /// Position in [`TableComparison::rows`].
    pub row: u32,
    /// The name of the type, or of the property that has it.
    pub owner: &'a str,
    /// All properties of that type.
    pub among: &'a [Property],
    /// The property; none where the type has none that is named so or nearly so.
    pub property: Option<&'a Property>,
    /// How its name and the row's are alike.
    pub evidence: Evidence,
}

/// What the rows of a table are compared with.
#[derive(Debug, Clone, Copy)]
pub enum Against<'a> {
    /// Properties of a type.
    Properties(&'a str, &'a [Property]),
    /// Members of an enum.
    Members(&'a str, &'a crate::schema::Enum),
    /// Parameters of an operation.
    Parameters(&'a crate::schema::Operation),
}

/// What a name cell should say.
#[derive(Debug, Clone)]
pub struct NameVerdict<'a> {
    /// Position in [`TableComparison::rows`].
    pub row: u32,
    /// The right name.
    pub expected: Cow<'a, str>,
    /// How the written name differs; `Same` verdicts are kept out.
    pub difference: NameDifference,
    /// Who vouches.
    pub basis: Basis,
    /// Whose defect.
    pub cause: Cause,
    /// 0 to 1.
    pub confidence: f32,
    /// What speaks for it.
    pub evidence: Evidence,
    /// Where the authority says so.
    pub witnesses: Vec<Site>,
}

/// A request line of one of the page's examples.
#[derive(Debug)]
pub struct RequestLine {
    /// Index into [`crate::facts::Facts::examples`].
    pub example: u32,
    /// The method as written.
    pub method: String,
    /// The target.
    pub path: Arc<Path>,
    /// The method's bytes in the page.
    pub place: Span,
    /// The target's bytes in the page.
    pub target: Span,
}

/// One documented request: a row of a request-syntax table, or what is written elsewhere.
#[derive(Debug)]
pub struct RequestComparison<'a> {
    /// Index into [`crate::facts::Facts::tables`], if it is a row of one.
    pub table: Option<u32>,
    /// The method cell's text and place.
    pub method: (Cow<'a, str>, Span),
    /// The right method and who says so, where it differs or is vouched for.
    pub method_verdict: Option<Verdict<'a>>,
    /// The path as written, without base URL and version, and its place.
    pub path: (Cow<'a, str>, Span),
    /// The right path.
    pub path_verdict: Option<PathVerdict<'a>>,
    /// Whether the path could be read as path segments at all.
    pub readable: bool,
    /// The operation of the spec it was bound to.
    pub operation: Option<&'a crate::schema::Operation>,
    /// Whether the spec covers this resource (an operation with the same first segments).
    pub covered: bool,
    /// The page's example of this request: index into [`crate::facts::Facts::examples`].
    pub example: Option<u32>,
    /// What [`Self::template`] read.
    pub(crate) template: OnceCell<Path>,
}

impl RequestComparison<'_> {
    /// The right path, or the written one where nobody knows better, taken apart. Read once: several rules ask.
    pub fn template(&self) -> &Path {
        self.template.get_or_init(|| match &self.path_verdict {
            Some(verdict) => Path::read(&verdict.right.expected),
            None => Path::read(&self.path.0),
        })
    }
}

/// The right text for a cell and who says so.
#[derive(Debug, Clone)]
pub struct Verdict<'a> {
    /// The right text.
    pub expected: Cow<'a, str>,
    /// Who vouches.
    pub basis: Basis,
    /// 0 to 1.
    pub confidence: f32,
    /// Where the authority says so.
    pub witnesses: Vec<Site>,
}

/// The right path.
#[derive(Debug, Clone)]
pub struct PathVerdict<'a> {
    /// The path template, and who says so.
    pub right: Verdict<'a>,
    /// Whether only case differs.
    pub case_only: bool,
    /// The bytes to replace and what by, in order.
    pub edits: Vec<(Span, String)>,
}

/// An example bound to a type of the spec.
#[derive(Debug)]
pub struct ExampleComparison<'a> {
    /// Index into [`crate::facts::Facts::examples`].
    pub example: u32,
    /// The type it should have.
    pub ty: Resolved<'a>,
    /// Its name, for messages and subject paths.
    pub name: &'a str,
    /// Where it departs.
    pub mismatches: Vec<Mismatch<'a>>,
}

/// Where prose departs from its source.
#[derive(Debug, Default)]
pub struct Prose {
    /// Inline code that changed.
    pub code_spans: Vec<Altered>,
    /// Link targets that changed, and links whose syntax broke.
    pub links: Vec<Altered>,
    /// Paragraphs that say the same as the source.
    pub untranslated: Vec<Span>,
}

/// A piece of a paragraph or cell that differs from its source.
#[derive(Debug, Clone)]
pub struct Altered {
    /// The bytes at fault.
    pub span: Span,
    /// What stands there.
    pub found: String,
    /// What should.
    pub expected: String,
    /// What to replace `span` by: `expected` with the marks it needs; nothing where those depend on what stands around.
    pub replacement: Option<String>,
    /// How it differs.
    pub how: Alteration,
    /// Whether there is no doubt.
    pub sure: bool,
    /// Where the source says so.
    pub site: Option<Site>,
}

/// A literal of a table cell that is not what its source says.
#[derive(Debug, Clone)]
pub struct AlteredValue {
    /// Canonical path of what the row is about: `CartLineItem.termDuration`.
    pub owner: String,
    /// The literal's bytes, or all of the cell where nothing in it stands for the source's.
    pub span: Span,
    /// What stands there; empty if nothing does.
    pub found: String,
    /// What should: one literal, or all that the cell lacks.
    pub expected: Vec<String>,
    /// What to replace `span` by, if it can be replaced.
    pub replacement: Option<String>,
    /// Whether nothing but the value stands between the marks of `found`.
    pub clear: bool,
    /// Whether `found` shows by itself that it was `expected`: by its letters or its words.
    pub evident: bool,
    /// Where the source says so.
    pub site: Site,
}

/// A row of a pipe table with a cell that holds what belongs into two, or with pipes that part what belongs into one.
#[derive(Debug, Clone)]
pub struct MergedRow {
    /// Index into [`crate::document::Document::rows`].
    pub row: u32,
    /// The cell's bytes, or the row's where it cannot be told which cell it is.
    pub span: Span,
    /// How many cells it has.
    pub cells: u32,
    /// How many the header has.
    pub wanted: u32,
    /// Where the pipe belongs, if that is clear.
    pub split: Option<Split>,
    /// Pipes that are text and lost the backslash before them.
    pub escapes: Vec<u32>,
    /// Whether beside each of these stands a word that stands beside a pipe in the source.
    pub sure: bool,
    /// The reference page's row, which has them all.
    pub by: Option<Site>,
}

/// Where a pipe is missing.
#[derive(Debug, Clone)]
pub struct Split {
    /// What stands before it.
    pub left: String,
    /// What stands behind it.
    pub right: String,
    /// The bytes of the white space where it belongs.
    pub gap: Span,
    /// Whether there is no doubt.
    pub sure: bool,
}

/// The ways inline code and links are altered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alteration {
    /// Another text.
    Text,
    /// The same text without its marks.
    Marks,
    /// Markup that does not hold any more: `[text] (target)`.
    Syntax,
}

/// One departure of an example from its type.
#[derive(Debug, Clone)]
pub struct Mismatch<'a> {
    /// The value, or the object that lacks something.
    pub node: NodeId,
    /// Canonical path: `Order.lineItems.quantity`, named from the nearest named type.
    pub path: String,
    /// What is wrong.
    pub kind: MismatchKind<'a>,
    /// Where the spec says otherwise.
    pub site: Option<Site>,
}

/// The ways an example can depart from its type.
#[derive(Debug, Clone)]
pub enum MismatchKind<'a> {
    /// A key the type lacks; with the nearest property not yet used.
    UnknownField {
        /// The nearest name.
        nearest: Option<&'a str>,
    },
    /// A required key is absent and nothing was left out there.
    MissingField(&'a Property),
    /// A value of another type.
    WrongType(Resolved<'a>),
    /// Not one of the enum's values; with the nearest one.
    WrongValue {
        /// All values.
        allowed: Vec<&'a str>,
        /// The nearest one, if it is the same but for case or spelling.
        nearest: Option<&'a str>,
    },
    /// A string in another format.
    WrongFormat(crate::schema::Format),
}
