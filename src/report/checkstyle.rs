//! Checkstyle XML: the findings of each page. Columns count characters.

use super::View;
use super::links;
use super::places::Places;
use super::xml::attribute;
use crate::finding::{Severity, Site};

/// The whole document.
pub fn render(view: &View) -> String {
    let places = Places::new(view);
    let mut out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n".to_owned();
    // Sorted by page.
    for of_page in view.outcome.findings.chunk_by(|a, b| a.file() == b.file()) {
        let mut path = None;
        for finding in of_page {
            let Some(at) = places.locate(Site::Page(finding.place)) else { continue };
            if path.replace(at.path).is_none() {
                out.push_str("  <file");
                attribute(&mut out, "name", at.path);
                out.push_str(">\n");
            }
            let start = at.start();
            out.push_str("    <error");
            attribute(&mut out, "line", &start.line.to_string());
            attribute(&mut out, "column", &start.column.to_string());
            attribute(&mut out, "severity", severity(finding.severity));
            attribute(&mut out, "message", &finding.message);
            attribute(&mut out, "source", &format!("{}.{}", links::TOOL, finding.rule));
            out.push_str("/>\n");
        }
        if path.is_some() {
            out.push_str("  </file>\n");
        }
    }
    out.push_str("</checkstyle>\n");
    out
}

/// Of `ignore`, `info`, `warning` and `error`.
const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    }
}
