//! One line a finding, for editors and `grep`.

use std::borrow::Cow;
use std::fmt::Write;

use super::View;
use super::escape::visible;
use super::places::Walk;

/// `path:line:column: severity[rule] message`; columns count characters from 1.
pub fn render(view: &View) -> String {
    let mut walk = Walk::new(view.pages);
    let mut shown = ("", Cow::Borrowed(""));
    let findings = &view.outcome.findings;
    let length = findings.iter().map(|finding| finding.message.len() + finding.rule.len()).sum::<usize>();
    let mut out = String::with_capacity(length + findings.len() * 80);
    for finding in findings {
        let Some((path, start)) = walk.start(finding.place) else { continue };
        // The findings of one page follow each other.
        if shown.0 != path {
            shown = (path, visible(path));
        }
        out.push_str(&shown.1);
        write!(out, ":{}:{}: ", start.line, start.column).expect("a String takes all text");
        let message = visible(&finding.message);
        out.extend([finding.severity.name(), "[", finding.rule, "] ", &message, "\n"]);
    }
    out
}
