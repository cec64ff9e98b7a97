//! GitLab Code Quality: an array of findings, one a line. Paths have to be those of the repository, so the
//! tool runs in its root. Columns count characters.
//!
//! GitLab takes two findings of one fingerprint for the same; ours are told apart within a run.

use serde::Serialize;

use super::View;
use super::escape::visible;
use super::fingerprint::Fingerprints;
use super::json_text::write;
use super::places::Places;
use crate::finding::{Severity, Site};
use crate::text::LineColumn;

#[derive(Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

impl From<LineColumn> for Position {
    fn from(LineColumn { line, column }: LineColumn) -> Self {
        Self { line, column }
    }
}

/// The whole array.
pub fn render(view: &View) -> String {
    let places = Places::new(view);
    let mut fingerprints = Fingerprints::default();
    let mut out = b"[".to_vec();
    let mut separator: &[u8] = b"\n";
    for finding in &view.outcome.findings {
        let Some(at) = places.locate(Site::Page(finding.place)) else { continue };
        let entry = Entry {
            // The rule is not shown beside it everywhere.
            description: format!("{}: {}", finding.rule, visible(&finding.message)),
            check_name: finding.rule,
            fingerprint: fingerprints.of(finding, &view.pages[finding.file().0 as usize].source),
            severity: severity(finding.severity),
            location: Location {
                path: at.path,
                positions: Positions { begin: at.start().into(), end: at.end().into() },
            },
        };
        out.extend_from_slice(separator);
        separator = b",\n";
        write(&mut out, &entry);
    }
    out.extend_from_slice(b"\n]\n");
    String::from_utf8(out).expect("serde_json writes UTF-8")
}

/// Of `info`, `minor`, `major`, `critical` and `blocker`.
const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}
