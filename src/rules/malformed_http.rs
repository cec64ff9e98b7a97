//! # malformed-http
//!
//! An HTTP example breaks the form of a message: no blank line before the body, an unreadable first line, a header
//! without colon; or a command whose body holds the quotes that end it.
//!
//! ## Why it matters
//! Without the blank line everything below is a header: a client that replays the message sends no body.
//!
//! ## Example
//! ~~~~md
//! ## Response example
//!
//! ```http
//! HTTP/1.1 200 OK
//! Content-Type: application/json
//! {
//!   "id": "1"
//! }
//! ```
//! ~~~~
//!
//! ## Fix
//! Adds the blank line. Safe. The other kinds are for people.
//!
//! ## Limits
//! Folded header lines are accepted, and several messages in one block. Only what has a start line, or is labelled as
//! HTTP, is a message.

use crate::facts::MessageProblemKind;
use crate::text::Span;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, brief};

pub(super) const RULE: Rule = Rule {
    name: "malformed-http",
    severity: Severity::Warning,
    bases: &[Basis::Page],
    fix: Some(Safety::Safe),
    source: include_str!("malformed_http.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for example in &context.page.facts.examples {
        let Some(code) = context.page.document.codes.get(example.code as usize) else { continue };
        let text = context.page.document.code_text(context.text(), code);
        for problem in &example.message.problems {
            let span = code.to_source(problem.span);
            let found = brief(problem.span.of(&text));
            let (name, message) = match problem.kind {
                MessageProblemKind::NoBlankLine => {
                    ("blank line", "there is no blank line between the headers and the body".to_owned())
                }
                MessageProblemKind::BadStartLine => {
                    ("start line", format!("`{found}` is neither a request line nor a status line"))
                }
                // Each is an example of its own.
                MessageProblemKind::AnotherMessage => continue,
                MessageProblemKind::QuoteEndsEarly => (
                    "quotes",
                    "this quote ends the argument of the command: a shell does not send the body as it is shown".to_owned(),
                ),
                MessageProblemKind::HeaderWithoutColon => {
                    ("header", format!("the header line `{found}` has no colon"))
                }
            };
            let subject = (SubjectKind::Example, name.to_owned());
            let draft = Draft::new(span, Basis::Page, Cause::Page, subject, found).message(message);
            report.add(if problem.kind == MessageProblemKind::NoBlankLine {
                draft.fix(Safety::Safe, [(Span::empty(span.start), blank_line(context.text(), span.start))])
            } else {
                draft
            });
        }
    }
}

/// A line end as the page writes it, and the indent that the next line needs again.
fn blank_line(text: &str, at: u32) -> String {
    let before = text.get(..at as usize).unwrap_or("");
    let indent = before.rsplit('\n').next().unwrap_or("");
    let end = if before.trim_end_matches(|c| c != '\n').ends_with("\r\n") { "\r\n" } else { "\n" };
    format!("{end}{indent}")
}
