//! The documented JSON object: one finding a line, so that two reports can be compared line by line.

use serde::Serialize;

use super::View;
use super::fingerprint::Fingerprints;
use super::places::{Located, Places};
use crate::finding::{Finding, Severity, Site};
use crate::outcome;
use crate::source::Locale;

#[derive(Serialize)]
struct Summary<'a> {
    pages: usize,
    locales: Vec<&'a str>,
    reference: Option<&'a str>,
    findings: Counts,
    coverage: Coverage,
}

#[derive(Serialize)]
struct Counts {
    error: usize,
    warning: usize,
    note: usize,
}

#[derive(Serialize)]
pub(super) struct Coverage {
    tables: usize,
    tables_recognized: usize,
    examples: usize,
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

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    severity: &'a str,
    basis: &'a str,
    cause: &'a str,
    locale: Option<&'a str>,
    path: &'a str,
    start: Position,
    end: Position,
    subject: Subject<'a>,
    found: &'a str,
    expected: Option<&'a str>,
    message: &'a str,
    help: &'a str,
    related: Vec<Related<'a>>,
    fix: Option<Fix<'a>>,
    fingerprint: String,
}

/// Line and column from 1, the column in Unicode scalar values; bytes from 0.
#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
    byte: u32,
}

#[derive(Serialize)]
struct Subject<'a> {
    kind: &'a str,
    path: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    start: Position,
    end: Position,
    message: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    safety: &'a str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    path: &'a str,
    start_byte: u32,
    end_byte: u32,
    text: &'a str,
}

/// The whole report.
pub fn render(view: &View) -> String {
    let outcome = view.outcome;
    let places = Places::new(view);
    let mut fingerprints = Fingerprints::default();
    let mut out = Vec::with_capacity(1024 + outcome.findings.len() * 640);
    out.extend_from_slice(b"{\n\"version\": 1,\n\"summary\": ");
    write(&mut out, &summary(view));
    out.extend_from_slice(b",\n\"findings\": [");
    let mut separator: &[u8] = b"\n";
    for finding in &outcome.findings {
        let Some(at) = places.locate(Site::Page(finding.place)) else { continue };
        let source = &view.pages[finding.file().0 as usize].source;
        out.extend_from_slice(separator);
        separator = b",\n";
        let locale = source.locale.as_ref().map(Locale::as_str);
        let fingerprint = fingerprints.of(finding, source);
        write(&mut out, &entry(finding, &at, locale, &places, fingerprint));
    }
    out.extend_from_slice(b"\n]\n}\n");
    String::from_utf8(out).expect("serde_json writes UTF-8")
}

fn write(out: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(out, value).expect("plain structs become JSON, and a Vec takes all bytes");
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
