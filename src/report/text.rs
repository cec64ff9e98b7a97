//! Blocks for people, as a compiler prints them: the line, the narrow span, the other side, the cure.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use rayon::prelude::*;

use super::escape::visible;
use super::excerpt::{LINE, excerpt};
use super::groups::{GroupBy, groups};
use super::places::{Located, Places};
use super::summary::counted;
use super::wording::{cure, quoted};
use super::{Style, View};
use crate::finding::{Finding, Severity, Site};

/// Ends each path. The renderer goes on with the column it counts in what it is shown, which may be
/// cut and escaped; ours are the file's. All text from outside has this character escaped.
const COUNTED: char = '\u{2060}';
/// Columns left of a quoted line, with a line number of four digits.
const GUTTER: usize = 8;
/// So many findings are worth a thread.
const CHUNK: usize = 256;
/// So many other sides are shown; the rest is counted.
const SHOWN: usize = 4;

/// All findings, a blank line after each.
pub fn render(view: &View, style: Style) -> String {
    let places = Places::new(view);
    let renderer = renderer(style);
    let blocks = |findings: &[Finding]| {
        let mut out = String::with_capacity(findings.len() * 640);
        for finding in findings {
            block(&mut out, finding, &places, &renderer, style, LINE);
        }
        out
    };
    let findings = &view.outcome.findings;
    if findings.len() <= CHUNK {
        return blocks(findings);
    }
    findings.par_chunks(CHUNK).map(blocks).collect::<Vec<String>>().concat()
}

/// All findings in groups, each below its title, the worst group first, for a terminal with so many columns if that
/// is known.
pub fn render_groups(view: &View, style: Style, by: GroupBy, columns: Option<usize>) -> String {
    let quoted = columns.map_or(LINE, |columns| columns.saturating_sub(GUTTER));
    let places = Places::new(view);
    let renderer = renderer(style);
    let mut out = String::new();
    for group in groups(view, by) {
        let title = visible(&group.title()).into_owned();
        match style {
            Style::Plain => out.push_str(&title),
            Style::Coloured => out.extend(["\u{1b}[1m", &title, "\u{1b}[0m"]),
        }
        out.push_str("\n\n");
        for entry in &group.entries {
            block(&mut out, entry.finding, &places, &renderer, style, quoted);
            if !entry.same.is_empty() {
                // It belongs to the block above.
                out.pop();
                push_same(&mut out, &entry.same, &places);
            }
        }
    }
    out
}

/// Lines are cut to the span before they get to the renderer.
fn renderer(style: Style) -> Renderer {
    match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    }
    .term_width(1000)
}

/// The places of findings that say the same of other pages.
fn push_same(out: &mut String, same: &[&Finding], places: &Places) {
    let places = same.iter().take(SHOWN).filter_map(|finding| places.locate(Site::Page(finding.place)));
    let shown: Vec<String> = places.map(|at| format!("{}:{}", visible(at.path), at.start().line)).collect();
    let more = match same.len() - shown.len() {
        0 => String::new(),
        count => format!(" and {count} more"),
    };
    let (count, shown) = (counted(same.len(), "other place"), shown.join(", "));
    out.extend(["   = the same in ", &count, ": ", &shown, &more, "\n\n"]);
}

fn block(
    out: &mut String,
    finding: &Finding,
    places: &Places,
    renderer: &Renderer,
    style: Style,
    columns: usize,
) {
    let Some(at) = places.locate(Site::Page(finding.place)) else { return };
    let others: Vec<_> = finding
        .related
        .iter()
        .filter_map(|other| Some((places.locate(other.place)?, visible(&other.message).into_owned())))
        .collect();
    push_rendered(out, &renderer.render(&[group(finding, &at, &others, columns)]));
    if !finding.diff.is_empty() {
        let last = others.iter().take(SHOWN).map(|(other, _)| other.start().line).max().unwrap_or(0);
        push_diff(out, &finding.diff, last.max(at.start().line), style);
    }
    out.push('\n');
}

fn group<'a>(finding: &'a Finding, at: &Located, others: &[(Located, String)], columns: usize) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let label = finding.expected.as_deref().map(|expected| format!("expected {}", quoted(expected)));
    let mut group = Group::with_title(level.primary_title(visible(&finding.message)).id(finding.rule));
    group = group.element(quotation(at, AnnotationKind::Primary, label.unwrap_or_default(), columns));
    for (other, message) in others.iter().take(SHOWN) {
        group = group.element(quotation(other, AnnotationKind::Context, message.clone(), columns));
    }
    if others.len() > SHOWN {
        group = group.element(Level::NOTE.message(match others.len() - SHOWN {
            1 => "and one more place".to_owned(),
            more => format!("and {more} more places"),
        }));
    }
    if !finding.help.is_empty() {
        group = group.element(Level::HELP.message(visible(&finding.help)));
    }
    if let Some(fix) = &finding.fix {
        let name = format!("fix ({})", fix.safety.name());
        group = group.element(Level::HELP.with_name(name).message(cure(fix, at.text)));
    }
    group
}

/// Where, and the line with the span marked.
fn quotation(
    at: &Located,
    kind: AnnotationKind,
    label: String,
    columns: usize,
) -> Snippet<'static, Annotation<'static>> {
    let start = at.start();
    let quoted = excerpt(at.text, at.lines.line_span(at.text, start.line), at.span, columns);
    Snippet::source(quoted.text)
        .path(format!("{}:{}:{}{COUNTED}", visible(at.path), start.line, start.column))
        .line_start(start.line as usize)
        .annotation(kind.span(quoted.span).label(label))
}

/// Appends a rendered block without the positions behind [`COUNTED`].
fn push_rendered(out: &mut String, block: &str) {
    let mut parts = block.split(COUNTED);
    out.push_str(parts.next().unwrap_or(""));
    for part in parts {
        out.push_str(part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    out.push('\n');
}

/// The diff in the gutter of the block above, whose largest line number is `line`.
fn push_diff(out: &mut String, diff: &str, line: u32, style: Style) {
    const BLUE: u8 = 94;
    const GREEN: u8 = 92;
    const RED: u8 = 91;
    const CYAN: u8 = 96;
    let gutter = " ".repeat(line.to_string().len() + 1);
    let paint = |colour: u8, text: &str| match style {
        Style::Plain => text.to_owned(),
        Style::Coloured => format!("\u{1b}[{colour}m{text}\u{1b}[0m"),
    };
    let bar = paint(BLUE, "|");
    for part in [&gutter, &bar, "\n"] {
        out.push_str(part);
    }
    for line in diff.lines() {
        let shown = visible(line);
        let shown = match line.as_bytes().first() {
            Some(b'+') => paint(GREEN, &shown),
            Some(b'-') => paint(RED, &shown),
            Some(b'@') => paint(CYAN, &shown),
            _ => shown.into_owned(),
        };
        out.push_str(format!("{gutter}{bar} {shown}").trim_end());
        out.push('\n');
    }
}
