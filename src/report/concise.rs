//! One line a finding, for editors and `grep`.

use std::borrow::Cow;
use std::convert::Infallible;

use super::View;
use super::escape::visible;
use super::places::Walk;

/// So many bytes are collected before they are handed on: memory that is used again costs less than new one.
const PART: usize = 32 * 1024;

/// `path:line:column: severity[rule] message`; columns count characters from 1.
pub fn render(view: &View) -> String {
    let findings = &view.outcome.findings;
    let length = findings.iter().map(|finding| finding.message.len() + finding.rule.len()).sum::<usize>();
    let mut out = String::with_capacity(length + findings.len() * 80);
    let Ok(()) = in_parts::<Infallible>(view, |part| {
        out.push_str(part);
        Ok(())
    });
    out
}

/// [`render`], some whole lines at a time.
///
/// # Errors
/// The first of `take`.
pub fn in_parts<E>(view: &View, mut take: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let mut walk = Walk::new(view.pages);
    let mut shown = ("", Cow::Borrowed(""));
    let mut out = String::with_capacity(2 * PART);
    for finding in &view.outcome.findings {
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
        if out.len() >= PART {
            take(&out)?;
            out.clear();
        }
    }
    take(&out)
}

/// Appends a number without the detours of formatting: there are two on every line.
fn push_number(out: &mut String, number: u32) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}
