//! What the chosen pages say, page by page, with damage healed where somebody vouches for the right text.
//!
//! Plain data that owns its texts. Absent here: how it was read, and what pages say together.

use crate::facts::{SectionRole, TableRole};
use crate::normalize::marks::Requirement;
use crate::normalize::types::TypeReading;
use crate::schema::Location;
use crate::text::{FileId, Place};

/// What one page says.
pub(super) struct Said {
    /// Its number.
    pub file: FileId,
    /// Its locale (BCP 47); empty if unknown.
    pub locale: String,
    /// Its path, for messages.
    pub path: String,
    /// Its identity, which it shares with its translations.
    pub page: String,
    /// Whether it is one of the pages that vouch for others.
    pub is_reference: bool,
    /// The title in the words of the source, and what the page is about in its own.
    pub title: String,
    /// What the page is about, in its own language.
    pub summary: String,
    /// As in [`crate::facts::Facts::sections`].
    pub sections: Vec<Section>,
    /// Tables whose rows have names, in page order.
    pub tables: Vec<Table>,
    /// Rows of request-syntax tables, in page order.
    pub requests: Vec<Request>,
    /// The statuses that tables of error codes list, and where.
    pub statuses: Vec<(u16, Place)>,
    /// Whether it documents requests, not resources alone.
    pub has_requests: bool,
}

/// A heading in the words of the source, and what stands below it up to the next.
#[derive(Default)]
pub(super) struct Section {
    /// Its position among the page's sections.
    pub at: u32,
    /// What kind of section it is.
    pub role: Option<SectionRole>,
    /// The nearest earlier section of a lower level.
    pub parent: Option<u32>,
    /// The heading in the words of the source.
    pub title: String,
    /// The same without a last word that only says that it is a resource.
    pub plain: Option<String>,
    /// Whether it only says what kind of rows the tables below have: `Relationships`.
    pub is_kind: bool,
    /// Whether those are words of the language the API was written in, not of a translation.
    pub is_source: bool,
    /// Anchors in lower case: written out, and made of the heading.
    pub anchors: Vec<String>,
    /// How many of them are written out.
    pub written: usize,
    /// The first paragraph, in the page's own language.
    pub intro: String,
    /// What its paragraphs link to or set apart.
    pub mentions: Vec<Mention>,
    /// The heading's text.
    pub place: Option<Place>,
}

/// A word of prose that may name a type.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    /// The text of the link, or what is set apart.
    pub text: String,
    /// Where the link leads.
    pub link: Option<Link>,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Link {
    /// The identity of the page.
    pub page: String,
    /// The anchor in lower case; empty for the page itself.
    pub anchor: String,
}

/// Which messages a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Side {
    /// Requests.
    Request,
    /// Answers.
    Response,
    /// Both, for all that is said.
    Both,
}

/// A table whose rows have names.
pub(super) struct Table {
    /// Number of the table on the page in whose words it is read: equal for translations of one table.
    pub number: u32,
    /// What it lists.
    pub role: TableRole,
    /// The section it stands in.
    pub section: Option<u32>,
    /// What the paragraph before it links to or sets apart.
    pub lead_in: Vec<Mention>,
    /// Where it stands.
    pub place: Place,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row.
pub(super) struct Row {
    /// The right name, as far as anybody vouches for one.
    pub name: String,
    /// Whether the name is written in the language of the API, or vouched for by a page that is.
    pub is_source: bool,
    /// Where the name stands.
    pub place: Place,
    /// Who vouches for a name that is written otherwise.
    pub vouched: Option<(String, Place)>,
    /// What its type cell says; after it, what the source's says.
    pub types: Vec<TypeCell>,
    /// What its Required cell says, or the start of its description.
    pub required: Option<Requirement>,
    /// Whether only answers have it.
    pub read_only: bool,
    /// Whether null is allowed.
    pub nullable: bool,
    /// Its description, in the page's own language.
    pub doc: String,
    /// The source's locale and description, where that is another page.
    pub source_doc: Option<(String, String)>,
    /// Where the links of its name and of its description lead.
    pub links: Vec<Link>,
    /// What its description sets apart as values.
    pub values: Vec<String>,
    /// Its number, if it is a member of an enumeration.
    pub number: Option<i64>,
    /// Its value, if that is not its name.
    pub value: Option<String>,
    /// Where a parameter is passed, if a column says so.
    pub location: Option<Location>,
}

/// A type cell.
pub(super) struct TypeCell {
    /// Its words.
    pub text: String,
    /// What it says.
    pub reading: TypeReading,
    /// Where its link leads.
    pub link: Option<Link>,
}

/// A row of a request-syntax table.
pub(super) struct Request {
    /// The method, upper case.
    pub method: String,
    /// Path and query without base URL.
    pub path: String,
    /// Where the path stands.
    pub place: Place,
    /// Where its table starts.
    pub table: u32,
}
