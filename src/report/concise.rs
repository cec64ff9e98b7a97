//! One line a finding, for editors and `grep`.

use std::borrow::Cow;

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
        for number in [start.line, start.column] {
            out.push(':');
            push_number(&mut out, number);
        }
        let message = visible(&finding.message);
        for part in [": ", finding.severity.name(), "[", finding.rule, "] ", &message, "\n"] {
            out.push_str(part);
        }
    }
    out
}

/// Appends a number without the detours of formatting: there are two on every line.
fn push_number(out: &mut String, number: u32) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}
