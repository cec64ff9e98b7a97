//! Workflow commands of GitHub Actions, which become annotations: the worst of each level, then one that
//! says how many more there are.
//!
//! Columns count characters. They are given only where a finding starts and ends on one line, as GitHub
//! has it. Absent here: the job summary, which is `markdown`.

use std::fmt::Write;

use super::View;
use super::escape::visible;
use super::links;
use super::places::{Located, Places};
use super::summary::counted;
use super::wording::labelled_cure;
use crate::finding::{Finding, Severity, Site};

/// So many annotations of one level GitHub takes from a step.
const PER_LEVEL: usize = 10;

/// Errors, warnings, notices.
pub fn render(view: &View) -> String {
    let places = Places::new(view);
    let mut out = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let level = match severity {
            Severity::Note => "notice",
            severity => severity.name(),
        };
        let all = view.outcome.count(severity);
        let shown = if all > PER_LEVEL { PER_LEVEL - 1 } else { all };
        let findings = view.outcome.findings.iter().filter(|finding| finding.severity == severity);
        let mut written = 0;
        for finding in findings.take(shown) {
            let Some(at) = places.locate(Site::Page(finding.place)) else { continue };
            command(&mut out, level, finding, &at);
            written += 1;
        }
        if all > written {
            let more = counted(all - written, &format!("more {}", severity.name()));
            writeln!(out, "::{level} title={}::{more} not shown here", links::TOOL)
                .expect("a String takes all text");
        }
    }
    out
}

fn command(out: &mut String, level: &str, finding: &Finding, at: &Located) {
    let (start, end) = (at.start(), at.end());
    out.extend(["::", level, " title="]);
    push(out, finding.rule, true);
    out.push_str(",file=");
    push(out, &visible(at.path), true);
    write!(out, ",line={}", start.line).expect("a String takes all text");
    if start.line == end.line {
        write!(out, ",col={},endColumn={}", start.column, end.column).expect("a String takes all text");
    }
    write!(out, ",endLine={}::", end.line).expect("a String takes all text");
    push(out, &visible(&finding.message), false);
    let fix = finding.fix.as_ref().map(|fix| labelled_cure(fix, at.text));
    for more in [Some(&finding.help), fix.as_ref()].into_iter().flatten().filter(|more| !more.is_empty()) {
        // A line of its own.
        push(out, &format!("\n{}", visible(more)), false);
    }
    out.push('\n');
}

/// Appends text so that the runner reads it back as it was. What ends a property counts only in one.
fn push(out: &mut String, text: &str, in_property: bool) {
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' if in_property => out.push_str("%3A"),
            ',' if in_property => out.push_str("%2C"),
            c => out.push(c),
        }
    }
}
