//! What changed between two schemas: as text for people, JSON for tools, Markdown for reviews.

mod json;
mod markdown;
mod text;

use super::Style;
use super::places::Places;
use crate::finding::Site;
use crate::schema::Schema;
use crate::schema_diff::{Breaks, Differences, Side};
use crate::text::Place;

pub use json::document_schema;

/// All that a report is made from.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// What was found.
    pub found: &'a Differences,
    /// The first schema.
    pub before: Labelled<'a>,
    /// The second schema.
    pub after: Labelled<'a>,
}

/// A schema under the name that the user gave it.
#[derive(Debug, Clone, Copy)]
pub struct Labelled<'a> {
    /// `models`, `docs:nl-NL`, a path.
    pub label: &'a str,
    /// What the places of its side point into.
    pub schema: &'a Schema,
}

/// How changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Both sides of each change, in these colours.
    Text(Style),
    /// The documented JSON object, one change a line.
    Json,
    /// A table for each type and operation.
    Markdown,
}

/// The changes in that format, with a line end after the last line.
pub fn render(view: &View<'_>, format: Format) -> String {
    match format {
        Format::Text(style) => text::render(view, style),
        Format::Json => json::render(view),
        Format::Markdown => markdown::render(view),
    }
}

/// `12 changes from models to api.json, 3 of them breaking (2 for readers, 3 for writers)`, without line end.
pub fn summary(view: &View<'_>) -> String {
    let (before, after) = (super::visible(view.before.label), super::visible(view.after.label));
    let changes = &view.found.changes;
    let left_out = left_out(view.found);
    if changes.is_empty() {
        return format!("no difference between {before} and {after}{left_out}");
    }
    let count = |breaks: fn(Breaks) -> bool| changes.iter().filter(|one| breaks(one.breaks())).count();
    let noun = if changes.len() == 1 { "change" } else { "changes" };
    let (any, readers, writers) = (count(Breaks::any), count(|one| one.readers), count(|one| one.writers));
    let breaking = match any {
        0 => "none of them breaking".to_owned(),
        _ => format!("{any} of them breaking ({readers} for readers, {writers} for writers)"),
    };
    format!("{} {noun} from {before} to {after}, {breaking}{left_out}", changes.len())
}

/// `; left out: 3 types and 1 operation that only documentation has`
fn left_out(found: &Differences) -> String {
    let counted = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{count} {noun}s")),
    };
    let counts = [counted(found.uncovered_types, "type"), counted(found.uncovered_operations, "operation")];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    match counts.as_slice() {
        [] => String::new(),
        _ => format!("; left out: {} that only documentation has", counts.join(" and ")),
    }
}

/// `readers and writers`, `readers`, `writers`; empty for nobody.
fn whom(breaks: Breaks) -> &'static str {
    match (breaks.readers, breaks.writers) {
        (true, true) => "readers and writers",
        (true, false) => "readers",
        (false, true) => "writers",
        (false, false) => "",
    }
}

/// Places of both schemas.
struct Sites<'a> {
    before: Places<'a>,
    after: Places<'a>,
}

/// A place by line and column.
struct Spot<'a> {
    path: &'a str,
    line: u32,
    column: u32,
}

impl<'a> Sites<'a> {
    fn new(view: &View<'a>) -> Self {
        Self {
            before: Places::of_files(&view.before.schema.files),
            after: Places::of_files(&view.after.schema.files),
        }
    }

    fn before(&self, side: &Side) -> Option<Spot<'a>> {
        spot(&self.before, side.place)
    }

    fn after(&self, side: &Side) -> Option<Spot<'a>> {
        spot(&self.after, side.place)
    }
}

fn spot<'a>(places: &Places<'a>, place: Option<Place>) -> Option<Spot<'a>> {
    let at = places.locate(Site::Spec(place?))?;
    let start = at.start();
    Some(Spot { path: at.path, line: start.line, column: start.column })
}
