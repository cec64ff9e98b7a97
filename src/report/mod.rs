//! Speaks: findings as text for people, one line each, or JSON; what was understood of pages; the
//! words of locales; the catalogue and manual of rules.
//!
//! Every format is one file with its own small structs. Formats borrow from the outcome and build one
//! string. Lines and columns are made here and nowhere before. Absent here: judging, printing.

mod catalogue;
mod concise;
mod diff;
mod escape;
mod excerpt;
pub mod extract;
mod fingerprint;
pub mod html;
mod json;
pub mod lexicon;
pub mod places;
pub mod protect;
mod summary;
mod text;

use crate::facts::Page;
use crate::outcome::Outcome;
use crate::schema::SpecFile;

pub use catalogue::{manual, rules};
pub use diff::diff;
pub use escape::visible;
pub use json::document_schema;
pub use summary::{damage, notes, schema_notes, statistics, summary};

/// All that a report is made from.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// Findings and coverage.
    pub outcome: &'a Outcome,
    /// The pages that the findings' places point into.
    pub pages: &'a [Page],
    /// The files that places in the spec point into.
    pub spec: &'a [SpecFile],
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Blocks with source lines, in these colours.
    Text(Style),
    /// `path:line:column: severity[rule] message`, one line each.
    Concise,
    /// The documented JSON object.
    Json,
}

/// Whether text carries terminal colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Letters only.
    Plain,
    /// With ANSI escape sequences.
    Coloured,
}

/// The findings in that format, with a line end after the last line.
pub fn render(view: &View, format: Format) -> String {
    match format {
        Format::Text(style) => text::render(view, style),
        Format::Concise => concise::render(view),
        Format::Json => json::render(view),
    }
}
