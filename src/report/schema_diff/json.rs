//! The documented JSON object, one change a line. The structs below are the contract.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;

use super::{Sites, Spot, View};
use crate::report::json_text;
use crate::schema_diff::{Aspect, Breaks, Change};

/// What `schema diff --format json` prints.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "written piece by piece")]
struct SchemaDiff<'a> {
    /// The version of this format, 1.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// The first schema, as it was named.
    before: &'a str,
    /// The second schema, as it was named.
    after: &'a str,
    /// Counts.
    summary: Summary,
    /// Types by name, then operations.
    changes: Vec<Entry<'a>>,
}

/// Counts.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SchemaDiffSummary")]
struct Summary {
    /// Changes in all.
    changes: usize,
    /// Those that break anybody.
    breaking: usize,
    /// Those that break programs that read answers.
    breaks_readers: usize,
    /// Those that break programs that send requests.
    breaks_writers: usize,
    /// Documented types that the code is not about; they are left out.
    uncovered_types: usize,
    /// Documented operations that the code is not about; they are left out.
    uncovered_operations: usize,
}

/// Something that differs.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Change")]
struct Entry<'a> {
    /// `type`, `property`, `value`, `operation`, `parameter`, `request` or `response`.
    subject: &'a str,
    /// `CartLineItem.quantity`, `POST /v1/carts 201`.
    path: String,
    /// The first schema's side; null if it has none.
    before: Option<Declared<'a>>,
    /// The second schema's side; null if it has none.
    after: Option<Declared<'a>>,
    /// In which respects they differ.
    aspects: Vec<Respect<'a>>,
    /// Whom it breaks: `readers`, `writers`.
    breaks: Vec<&'a str>,
}

/// What one schema declares.
#[derive(Serialize, JsonSchema)]
struct Declared<'a> {
    /// In short notation.
    text: &'a str,
    /// The file.
    path: Option<&'a str>,
    /// Line, from 1.
    line: Option<u32>,
    /// Column in Unicode scalar values, from 1.
    column: Option<u32>,
}

/// One respect in which two sides differ.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Aspect")]
struct Respect<'a> {
    /// `added`, `removed`, `renamed`, `retyped`, `required-in-requests`, ...
    kind: &'a str,
    /// What the first schema says, where that is a name or type.
    before: Option<&'a str>,
    /// What the second schema says.
    after: Option<&'a str>,
    /// Whom it breaks.
    breaks: Vec<&'a str>,
}

/// The JSON Schema of the report.
pub fn document_schema() -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    generator.into_root_schema_for::<SchemaDiff>().to_value()
}

/// The whole report.
pub fn render(view: &View<'_>) -> String {
    let sites = Sites::new(view);
    let count =
        |breaks: fn(Breaks) -> bool| view.found.changes.iter().filter(|one| breaks(one.breaks())).count();
    let summary = Summary {
        changes: view.found.changes.len(),
        breaking: count(Breaks::any),
        breaks_readers: count(|breaks| breaks.readers),
        breaks_writers: count(|breaks| breaks.writers),
        uncovered_types: view.found.uncovered_types,
        uncovered_operations: view.found.uncovered_operations,
    };
    let entries: Vec<String> = view.found.changes.iter().map(|change| json(&entry(change, &sites))).collect();
    let separator = if entries.is_empty() { "" } else { "\n" };
    format!(
        "{{\n\"version\": 1,\n\"before\": {},\n\"after\": {},\n\"summary\": {},\n\"changes\": [{separator}{}\n]\n}}\n",
        json(&view.before.label),
        json(&view.after.label),
        json(&summary),
        entries.join(",\n"),
    )
}

fn entry<'a>(change: &'a Change, sites: &Sites<'a>) -> Entry<'a> {
    let declared = |text: &'a str, spot: Option<Spot<'a>>| Declared {
        text,
        path: spot.as_ref().map(|spot| spot.path),
        line: spot.as_ref().map(|spot| spot.line),
        column: spot.as_ref().map(|spot| spot.column),
    };
    Entry {
        subject: change.subject.name(),
        path: change.path(),
        before: change.before.as_ref().map(|side| declared(&side.text, sites.before(side))),
        after: change.after.as_ref().map(|side| declared(&side.text, sites.after(side))),
        aspects: change.aspects.iter().map(respect).collect(),
        breaks: broken(change.breaks()),
    }
}

fn respect(aspect: &Aspect) -> Respect<'_> {
    Respect {
        kind: aspect.kind.name(),
        before: aspect.before.as_deref(),
        after: aspect.after.as_deref(),
        breaks: broken(aspect.breaks),
    }
}

fn broken(breaks: Breaks) -> Vec<&'static str> {
    let all = [(breaks.readers, "readers"), (breaks.writers, "writers")];
    all.into_iter().filter(|(is_broken, _)| *is_broken).map(|(_, name)| name).collect()
}

fn json(value: &impl Serialize) -> String {
    json_text::line(value)
}
