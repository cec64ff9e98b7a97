//! One line a finding, for editors and `grep`.

use std::fmt::Write;

use super::View;
use super::escape::visible;
use super::places::Places;
use crate::finding::Site;

/// `path:line:column: severity[rule] message`; columns count characters from 1.
pub fn render(view: &View) -> String {
    let places = Places::new(view);
    let mut out = String::with_capacity(view.outcome.findings.len() * 160);
    for finding in &view.outcome.findings {
        let Some(at) = places.locate(Site::Page(finding.place)) else { continue };
        let start = at.start();
        writeln!(
            out,
            "{}:{}:{}: {}[{}] {}",
            visible(at.path),
            start.line,
            start.column,
            finding.severity.name(),
            finding.rule,
            visible(&finding.message)
        )
        .expect("a String takes all text");
    }
    out
}
