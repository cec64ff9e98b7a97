//! Speaks: findings as text for people, as JSON, and in the formats of other tools; what was understood
//! of pages; the words of locales; the catalogue and manual of rules.
//!
//! Every format is one file with its own small structs. Formats borrow from the outcome and build one
//! string. Lines and columns are made here and nowhere before. Absent here: judging, printing.

mod catalogue;
mod checkstyle;
mod concise;
mod csv;
mod diff;
mod escape;
mod excerpt;
pub mod extract;
pub mod fingerprint;
mod github;
mod gitlab;
mod groups;
pub mod html;
mod json;
mod json_lines;
mod json_text;
mod junit;
pub mod lexicon;
mod links;
mod markdown;
pub mod markup;
pub mod places;
pub mod protect;
mod rdjsonl;
mod sarif;
pub mod schema_diff;
mod summary;
mod text;
mod wording;
mod xml;

use crate::facts::Page;
use crate::outcome::Outcome;
use crate::schema::SpecFile;

pub use catalogue::{manual, rules, rules_as_json};
pub use csv::{badge, csv};
pub use diff::diff;
pub use escape::visible;
pub use groups::GroupBy;
pub use json::document_schema;
pub use sarif::MOST as SARIF_MOST;
pub use summary::{
    counted, damage, fixable, headline, left_out, notes, nothing_compared, spec_notes, statistics, summary,
};
pub use text::render_groups;

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
    /// The findings of the JSON object, one a line.
    JsonLines,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab Code Quality.
    Gitlab,
    /// `JUnit` XML.
    Junit,
    /// Checkstyle XML.
    Checkstyle,
    /// Diagnostics for reviewdog, one a line.
    Rdjsonl,
    /// Markdown: a table, then a list.
    Markdown,
}

/// Whether text carries terminal colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Letters only.
    Plain,
    /// With ANSI escape sequences.
    Coloured,
}

/// Hands on what [`render`] makes, in parts where the format has some.
///
/// # Errors
/// The first of `take`.
pub fn render_in_parts<E>(
    view: &View,
    format: Format,
    mut take: impl FnMut(&str) -> Result<(), E>,
) -> Result<(), E> {
    match format {
        Format::Concise => concise::in_parts(view, take),
        _ => take(&render(view, format)),
    }
}

/// The findings in that format, with a line end after the last line.
pub fn render(view: &View, format: Format) -> String {
    match format {
        Format::Text(style) => text::render(view, style),
        Format::Concise => concise::render(view),
        Format::Json => json::render(view),
        Format::JsonLines => json_lines::render(view),
        Format::Sarif => sarif::render(view),
        Format::Github => github::render(view),
        Format::Gitlab => gitlab::render(view),
        Format::Junit => junit::render(view),
        Format::Checkstyle => checkstyle::render(view),
        Format::Rdjsonl => rdjsonl::render(view),
        Format::Markdown => markdown::render(view),
    }
}
