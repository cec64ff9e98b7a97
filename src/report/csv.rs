//! The findings of one locale as a table for spreadsheets, and a badge.

use serde_json::json;

use super::View;
use super::escape::visible;
use super::places::Places;
use super::wording;
use crate::finding::{Finding, Severity, Site};
use crate::outcome::Outcome;
use crate::source::Locale;

/// The column heads.
const HEAD: &str = "path,line,column,severity,rule,found,expected,message,fix\r\n";

/// The findings on pages of a locale, or of none, as CSV (RFC 4180, UTF-8 without byte order mark).
pub fn csv(view: &View, locale: Option<&Locale>) -> String {
    let places = Places::new(view);
    let mut out = HEAD.to_owned();
    for finding in &view.outcome.findings {
        let page = view.pages.get(finding.file().0 as usize);
        if page.is_some_and(|page| page.source.locale.as_ref() == locale) {
            push_line(&mut out, finding, &places);
        }
    }
    out
}

fn push_line(out: &mut String, finding: &Finding, places: &Places<'_>) {
    let Some(at) = places.locate(Site::Page(finding.place)) else { return };
    let start = at.start();
    let cells = [
        at.path,
        &start.line.to_string(),
        &start.column.to_string(),
        finding.severity.name(),
        finding.rule,
        &finding.found,
        finding.expected.as_deref().unwrap_or(""),
        &wording::message(finding),
        finding.fix.as_ref().map_or("", |fix| fix.safety.name()),
    ];
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        push_cell(out, cell);
    }
    out.push_str("\r\n");
}

/// A cell that no spreadsheet takes for a formula.
fn push_cell(out: &mut String, text: &str) {
    let shown = visible(text);
    let is_formula = shown.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quoted = is_formula || shown.contains([',', '"', '\n', '\r']);
    if !quoted {
        out.push_str(&shown);
        return;
    }
    out.push('"');
    if is_formula {
        out.push('\'');
    }
    out.push_str(&shown.replace('"', "\"\""));
    out.push('"');
}

/// What an endpoint badge of shields.io takes.
pub fn badge(outcome: &Outcome) -> String {
    let (errors, warnings) = (outcome.count(Severity::Error), outcome.count(Severity::Warning));
    let (message, color) = match (errors, warnings) {
        (0, 0) => ("no findings".to_owned(), "brightgreen"),
        (0, warnings) => (super::counted(warnings, "warning"), "yellow"),
        (errors, _) => (super::counted(errors, "error"), "red"),
    };
    let badge = json!({ "schemaVersion": 1, "label": "API docs", "message": message, "color": color });
    format!("{badge}\n")
}
