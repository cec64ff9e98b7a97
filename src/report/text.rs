//! Blocks for people, as a compiler prints them: the line, the narrow span, the other side, the cure.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::escape::visible;
use super::excerpt::excerpt;
use super::places::{Located, Places};
use super::{Style, View};
use crate::finding::{Edit, Finding, Fix, Severity, Site};

/// Longest quotation inside a sentence, in characters.
const QUOTE: usize = 80;
/// So many other sides and edits are shown; the rest is counted.
const SHOWN: usize = 4;

/// All findings, a blank line after each.
pub fn render(view: &View, style: Style) -> String {
    let places = Places::new(view);
    // Lines are cut to the span before they get here.
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    }
    .term_width(1000);
    let mut out = String::with_capacity(view.outcome.findings.len() * 640);
    for finding in &view.outcome.findings {
        let Some(at) = places.locate(Site::Page(finding.place)) else { continue };
        let others: Vec<_> = finding
            .related
            .iter()
            .filter_map(|other| Some((places.locate(other.place)?, visible(&other.message).into_owned())))
            .collect();
        out.push_str(&renderer.render(&[group(finding, &at, &others)]));
        out.push('\n');
        if !finding.diff.is_empty() {
            let last = others.iter().take(SHOWN).map(|(other, _)| other.start().line).max().unwrap_or(0);
            push_diff(&mut out, &finding.diff, last.max(at.start().line), style);
        }
        out.push('\n');
    }
    out
}

fn group<'a>(finding: &'a Finding, at: &Located, others: &[(Located, String)]) -> Group<'a> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let label = finding.expected.as_deref().map(|expected| format!("expected {}", quoted(expected)));
    let mut group = Group::with_title(level.primary_title(visible(&finding.message)).id(finding.rule));
    for element in quotation(at, AnnotationKind::Primary, label.as_deref().unwrap_or("")) {
        group = group.element(element);
    }
    for (other, message) in others.iter().take(SHOWN) {
        for element in quotation(other, AnnotationKind::Context, message) {
            group = group.element(element);
        }
    }
    if others.len() > SHOWN {
        group = group.element(Level::NOTE.message(format!("and {} more places", others.len() - SHOWN)));
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
fn quotation(at: &Located, kind: AnnotationKind, label: &str) -> [Element<'static>; 2] {
    let start = at.start();
    let quoted = excerpt(at.text, at.lines.line_span(at.text, start.line), at.span);
    // The snippet counts columns of what it shows, which may be cut and escaped; ours are the file's.
    let origin = Origin::path(visible(at.path).into_owned())
        .line(start.line as usize)
        .char_column(start.column as usize);
    let mark = kind.span(quoted.span).label(label.to_owned());
    let snippet = Snippet::source(quoted.text).line_start(start.line as usize).annotation(mark);
    [origin.into(), snippet.into()]
}

/// The fix as a sentence.
fn cure(fix: &Fix, text: &str) -> String {
    let edit = |Edit { span, text: new }: &Edit| match (span.of(text), new.as_str()) {
        (old, "") => format!("delete {}", quoted(old)),
        ("", new) => format!("insert {}", quoted(new)),
        (old, new) => format!("replace {} with {}", quoted(old), quoted(new)),
    };
    let mut edits: Vec<String> = fix.edits.iter().take(SHOWN).map(edit).collect();
    if fix.edits.len() > SHOWN {
        edits.push(format!("{} more edits", fix.edits.len() - SHOWN));
    }
    edits.join(", ")
}

/// In backticks, on one line, and not too long.
fn quoted(text: &str) -> String {
    match text.char_indices().nth(QUOTE) {
        Some((end, _)) => format!("`{}…`", visible(&text[..end])),
        None => format!("`{}`", visible(text)),
    }
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
