//! Diagnostics for reviewdog, one a line. Columns count bytes of UTF-8 from 1, and ends are exclusive.
//!
//! The message is Markdown: reviewdog puts it into comments.

use serde::Serialize;

use super::View;
use super::json_text::write;
use super::links;
use super::markup;
use super::places::{Located, Places};
use super::wording;
use crate::finding::{Edit, Fix, Safety, Severity, Site};
use crate::fix::{Fate, apply, plan};
use crate::text::Span;

/// A suggestion covers so many lines at most.
const LINES: u32 = 10;

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'a str,
    source: Source<'a>,
    code: Code<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestions: Option<[Suggestion; 1]>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Source<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Suggestion {
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

/// A diagnostic a line; nothing if there is no finding.
pub fn render(view: &View) -> String {
    let places = Places::new(view);
    let mut out = Vec::with_capacity(view.outcome.findings.len() * 640);
    for finding in &view.outcome.findings {
        let Some(at) = places.locate(Site::Page(finding.place)) else { continue };
        let mut message = markup::sentence(&wording::message(finding));
        if finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Unsafe) {
            message.push_str(" (look twice before you take the suggestion)");
        }
        let diagnostic = Diagnostic {
            message,
            location: Location { path: at.path, range: range(&at) },
            severity: severity(finding.severity),
            source: Source { name: links::TOOL, url: links::tool() },
            code: Code { value: finding.rule, url: links::rule(finding.rule) },
            suggestions: finding.fix.as_ref().and_then(|fix| Some([suggestion(fix, at)?])),
        };
        write(&mut out, &diagnostic);
        out.push(b'\n');
    }
    String::from_utf8(out).expect("serde_json writes UTF-8")
}

/// One replacement of all that lies between the first and the last edit, which are made all or none; `None` if
/// they lie far apart.
fn suggestion(fix: &Fix, at: Located) -> Option<Suggestion> {
    let plan = plan(at.text, [fix]);
    if plan.fates != [Fate::Taken] {
        return None;
    }
    let whole = at.with(plan.edits.first()?.span.to(plan.edits.last()?.span));
    if whole.end().line - whole.start().line >= LINES {
        return None;
    }
    let start = whole.span.start;
    let from_start =
        |Edit { span, text }| Edit { span: Span::new(span.start - start, span.end - start), text };
    let edits: Vec<Edit> = plan.edits.into_iter().map(from_start).collect();
    Some(Suggestion { range: range(&whole), text: apply(whole.span.of(at.text), &edits) })
}

fn range(at: &Located) -> Range {
    let position = |byte: u32| {
        let line = at.lines.line(byte);
        Position { line, column: byte - at.lines.line_span(at.text, line).start + 1 }
    };
    Range { start: position(at.span.start), end: position(at.span.end) }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    }
}
