//! The documented JSON object: one finding a line, so that two reports can be compared line by line. The
//! structs below are the contract, and [`document_schema`] is the JSON Schema they describe.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::{Value, json};

use super::View;
use super::fingerprint::Fingerprints;
use super::json_text::write;
use super::places::{Located, Places};
use crate::finding::{Basis, Cause, Finding, Safety, Severity, Site, SubjectKind};
use crate::outcome;
use crate::rules;
use crate::source::Locale;

/// What `--format json` prints.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "written piece by piece")]
struct Report<'a> {
    /// The version of this format, 1.
    #[schemars(extend("const" = 1))]
    version: u32,
    /// Counts.
    summary: Summary<'a>,
    /// Sorted by path, start and rule.
    findings: Vec<Entry<'a>>,
}

/// Counts.
#[derive(Serialize, JsonSchema)]
struct Summary<'a> {
    /// How many pages were read.
    pages: usize,
    /// The locales of the pages (BCP 47), sorted.
    locales: Vec<&'a str>,
    /// The locale that vouches for the others, if any.
    reference: Option<&'a str>,
    /// Findings by severity.
    findings: Counts,
    /// How much of the pages was understood.
    coverage: Coverage,
    /// Only with a baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    held_back: Option<usize>,
}

/// Findings by severity.
#[derive(Serialize, JsonSchema)]
#[allow(missing_docs)]
struct Counts {
    error: usize,
    warning: usize,
    note: usize,
}

/// How much of the pages was understood.
#[derive(Serialize, JsonSchema)]
pub(super) struct Coverage {
    /// Tables in all.
    tables: usize,
    /// Tables whose role is known.
    tables_recognized: usize,
    /// Examples in all.
    examples: usize,
    /// Examples whose body was read.
    examples_read: usize,
}

impl From<outcome::Coverage> for Coverage {
    fn from(coverage: outcome::Coverage) -> Self {
        Self {
            tables: coverage.tables,
            tables_recognized: coverage.tables_recognized,
            examples: coverage.examples,
            examples_read: coverage.examples_read,
        }
    }
}

/// One defect.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Finding")]
struct Entry<'a> {
    /// The rule that found it.
    #[schemars(schema_with = "rule_names")]
    rule: &'a str,
    /// How serious it is.
    #[schemars(schema_with = "severities")]
    severity: &'a str,
    /// Who vouches for what is right.
    #[schemars(schema_with = "bases")]
    basis: &'a str,
    /// Whose defect it is.
    #[schemars(schema_with = "causes")]
    cause: &'a str,
    /// The page's locale (BCP 47), if known.
    locale: Option<&'a str>,
    /// The page, relative to the working folder, with forward slashes.
    path: &'a str,
    /// Where it starts.
    start: Position,
    /// Where it ends; the column and byte after it.
    end: Position,
    /// What it is about: stable under edits elsewhere.
    subject: Subject<'a>,
    /// What stands there.
    found: &'a str,
    /// The whole right text of the subject, if known.
    expected: Option<&'a str>,
    /// One sentence without final full stop.
    message: &'a str,
    /// What to do about it; empty if the message says all.
    help: &'a str,
    /// The other sides.
    related: Vec<Related<'a>>,
    /// How sure that is, 0 to 1, to the hundredth.
    confidence: f64,
    /// The cure, if there is one.
    fix: Option<Fix<'a>>,
    /// 16 hexadecimal digits: equal as long as the same thing is wrong with the same subject.
    fingerprint: String,
}

/// Line and column from 1, the column in Unicode scalar values; bytes from 0.
#[derive(Serialize, JsonSchema)]
#[allow(missing_docs)]
struct Position {
    line: u32,
    column: u32,
    byte: u32,
}

/// What a finding is about.
#[derive(Serialize, JsonSchema)]
struct Subject<'a> {
    /// The kind of thing.
    #[schemars(schema_with = "subject_kinds")]
    kind: &'a str,
    /// `CartLineItem.quantity`, `POST /v1/customers/{customer-id}/carts`.
    path: &'a str,
}

/// A second place that explains a finding.
#[derive(Serialize, JsonSchema)]
struct Related<'a> {
    /// A page, or a file of the spec.
    path: &'a str,
    /// Where it starts.
    start: Position,
    /// Where it ends.
    end: Position,
    /// What that side says.
    message: &'a str,
}

/// Edits that are made all or none.
#[derive(Serialize, JsonSchema)]
struct Fix<'a> {
    /// How far it can be trusted.
    #[schemars(schema_with = "safeties")]
    safety: &'a str,
    /// Sorted and disjoint.
    edits: Vec<Edit<'a>>,
}

/// One replacement.
#[derive(Serialize, JsonSchema)]
struct Edit<'a> {
    /// The page.
    path: &'a str,
    /// First byte to replace.
    start_byte: u32,
    /// One past the last byte to replace.
    end_byte: u32,
    /// What to put there.
    text: &'a str,
}

/// The JSON Schema of the report.
pub fn document_schema() -> Value {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Report>()
        .to_value()
}

fn one_of(names: &[&str]) -> Schema {
    let schema = json!({ "type": "string", "enum": names });
    Schema::try_from(schema).expect("an object is a schema")
}

fn rule_names(_: &mut SchemaGenerator) -> Schema {
    one_of(&rules::all().iter().map(|rule| rule.name).collect::<Vec<_>>())
}

fn severities(_: &mut SchemaGenerator) -> Schema {
    one_of(&Severity::ALL.map(Severity::name))
}

fn bases(_: &mut SchemaGenerator) -> Schema {
    one_of(&Basis::ALL.map(Basis::name))
}

fn causes(_: &mut SchemaGenerator) -> Schema {
    one_of(&Cause::ALL.map(Cause::name))
}

fn subject_kinds(_: &mut SchemaGenerator) -> Schema {
    one_of(&SubjectKind::ALL.map(SubjectKind::name))
}

fn safeties(_: &mut SchemaGenerator) -> Schema {
    one_of(&Safety::ALL.map(Safety::name))
}

/// The whole report.
pub fn render(view: &View) -> String {
    let mut out = Vec::with_capacity(1024 + view.outcome.findings.len() * 640);
    out.extend_from_slice(b"{\n\"version\": 1,\n\"summary\": ");
    write(&mut out, &summary(view));
    out.extend_from_slice(b",\n\"findings\": [");
    entries(&mut out, view, b"\n", b",\n");
    out.extend_from_slice(b"\n]\n}\n");
    String::from_utf8(out).expect("serde_json writes UTF-8")
}

/// Appends every finding as one object, with `first` before the first and `next` before each other.
pub(super) fn entries(out: &mut Vec<u8>, view: &View, first: &[u8], next: &[u8]) {
    let places = Places::new(view);
    let mut fingerprints = Fingerprints::default();
    let mut before = first;
    for finding in &view.outcome.findings {
        let Some(at) = places.locate(Site::Page(finding.place)) else { continue };
        let source = &view.pages[finding.file().0 as usize].source;
        out.extend_from_slice(before);
        before = next;
        let locale = source.locale.as_ref().map(Locale::as_str);
        let fingerprint = fingerprints.of(finding, source);
        write(out, &entry(finding, &at, locale, &places, fingerprint));
    }
}

fn summary<'a>(view: &View<'a>) -> Summary<'a> {
    let outcome = view.outcome;
    Summary {
        pages: outcome.pages,
        locales: outcome.locales.iter().map(Locale::as_str).collect(),
        reference: outcome.reference.as_ref().map(Locale::as_str),
        findings: Counts {
            error: outcome.count(Severity::Error),
            warning: outcome.count(Severity::Warning),
            note: outcome.count(Severity::Note),
        },
        coverage: outcome.coverage.into(),
        held_back: outcome.held_back,
    }
}

fn entry<'a>(
    finding: &'a Finding,
    at: &Located<'_, 'a>,
    locale: Option<&'a str>,
    places: &Places<'a>,
    fingerprint: String,
) -> Entry<'a> {
    let related = finding.related.iter().filter_map(|related| {
        let at = places.locate(related.place)?;
        Some(Related { path: at.path, start: start(&at), end: end(&at), message: &related.message })
    });
    let fix = finding.fix.as_ref().map(|fix| Fix {
        safety: fix.safety.name(),
        edits: fix
            .edits
            .iter()
            .map(|edit| Edit {
                path: at.path,
                start_byte: edit.span.start,
                end_byte: edit.span.end,
                text: &edit.text,
            })
            .collect(),
    });
    Entry {
        rule: finding.rule,
        severity: finding.severity.name(),
        basis: finding.basis.name(),
        cause: finding.cause.name(),
        locale,
        path: at.path,
        start: start(at),
        end: end(at),
        subject: Subject { kind: finding.subject.kind.name(), path: &finding.subject.path },
        found: &finding.found,
        expected: finding.expected.as_deref(),
        message: &finding.message,
        help: &finding.help,
        related: related.collect(),
        confidence: (f64::from(finding.confidence) * 100.0).round() / 100.0,
        fix,
        fingerprint,
    }
}

fn start(at: &Located) -> Position {
    let place = at.start();
    Position { line: place.line, column: place.column, byte: at.span.start }
}

fn end(at: &Located) -> Position {
    let place = at.end();
    Position { line: place.line, column: place.column, byte: at.span.end }
}
