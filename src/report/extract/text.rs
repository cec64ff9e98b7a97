//! A digest for people: one line a table, request and example, then what was not understood.

use std::fmt::Write;

use super::facts::{ExampleFacts, Gap, PageFacts, RowFacts, StartLineFacts, TableFacts};
use crate::report::escape::visible;

const ALL_TEXT: &str = "a String takes all text";

/// What is known of one page; empty if it has neither tables nor examples.
pub(super) fn page(facts: &PageFacts<'_>) -> String {
    let mut out = String::new();
    if facts.tables.is_empty() && facts.requests.is_empty() && facts.examples.is_empty() {
        return out;
    }
    push(&mut out, &[facts.path, facts.locale.map_or("", |_| "  "), facts.locale.unwrap_or("")]);
    out.push('\n');
    for table in &facts.tables {
        push_table(&mut out, table);
    }
    for request in &facts.requests {
        write!(out, "{:>6}  request ", request.line).expect(ALL_TEXT);
        push(&mut out, &[request.form, " ", request.method, " ", &request.path]);
        if request.right_method.is_some() || request.right_path.is_some() {
            let method = request.right_method.unwrap_or(request.method);
            push(&mut out, &[" -> ", method, " ", request.right_path.unwrap_or(&request.path)]);
        }
        if let Some(operation) = request.operation {
            push(&mut out, &["; ", operation]);
        }
        out.push('\n');
    }
    for example in &facts.examples {
        push_example(&mut out, example);
    }
    out.push('\n');
    out
}

/// One line each.
pub(super) fn gaps(gaps: &[Gap<'_>]) -> String {
    let mut out = String::new();
    for gap in gaps {
        push(&mut out, &[gap.path]);
        write!(out, ":{}: {}: ", gap.line, gap.kind).expect(ALL_TEXT);
        push(&mut out, &[&gap.reason]);
        out.push('\n');
    }
    out
}

/// The end of the digest: what was not understood, or that all was.
pub(super) fn push_not_understood<'a>(out: &mut String, parts: impl Iterator<Item = &'a str>) {
    let mut parts = parts.peekable();
    out.push_str(if parts.peek().is_some() {
        "not understood:\n"
    } else {
        "all tables and examples were understood\n"
    });
    parts.for_each(|part| out.push_str(part));
}

fn push_table(out: &mut String, table: &TableFacts<'_>) {
    let rows = table.body_rows;
    let plural = if rows == 1 { "" } else { "s" };
    write!(out, "{:>6}  table {}, {rows} row{plural}", table.start.line, table.role).expect(ALL_TEXT);
    if let Some(bound) = &table.bound {
        push(out, &[": ", &bound.name]);
        write!(out, " ({:.0}%)", bound.confidence * 100.0).expect(ALL_TEXT);
    } else if let Some(section) = &table.section {
        push(out, &[" in \"", section, "\""]);
    }
    out.push('\n');
    for row in &table.rows {
        push_row(out, row);
    }
}

fn push_row(out: &mut String, row: &RowFacts<'_>) {
    write!(out, "{:>6}    ", row.line).expect(ALL_TEXT);
    push(out, &[row.name]);
    if let Some(right) = row.right_name.filter(|right| *right != row.name) {
        push(out, &[" -> ", right]);
    }
    if let Some(ty) = &row.ty {
        let canonical = ty.canonical.as_deref().or(ty.named.as_deref()).unwrap_or("?");
        push(out, &[": ", canonical, if ty.nullable { "?" } else { "" }]);
    }
    if let Some(reading) = row.required.as_ref().and_then(|required| required.reading) {
        push(out, &[", ", reading]);
    }
    out.push('\n');
}

fn push_example(out: &mut String, example: &ExampleFacts<'_>) {
    write!(out, "{:>6}  example", example.start.line).expect(ALL_TEXT);
    match &example.start_line {
        Some(StartLineFacts::Request { method, target }) => push(out, &[" ", method, " ", target]),
        Some(StartLineFacts::Status { code, phrase }) => push(out, &[" ", code, " ", phrase]),
        None => push(out, &[" ", example.direction.unwrap_or("body")]),
    }
    if let Some(ty) = example.ty {
        push(out, &[": ", ty]);
    }
    let body = match example.body.status {
        "none" => "no body",
        "read" => "body read",
        "tolerant" => "body read tolerantly",
        "errors" => "body with errors",
        _ => "body not read",
    };
    push(out, &["; ", body]);
    out.push('\n');
}

/// Appends texts of pages; nothing in them ends the line or acts on a terminal.
fn push(out: &mut String, texts: &[&str]) {
    for text in texts {
        out.push_str(&visible(text));
    }
}
