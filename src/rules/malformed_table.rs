//! # malformed-table
//!
//! Cells were lost to a stray or missing pipe, or the delimiter row broke and the table is no table.
//!
//! ## Why it matters
//! Renderers drop the excess cells without a word, or show the whole table as a line of text.
//!
//! ## Example
//! ```md
//! ## Settings
//!
//! | Property | Type   | Description |
//! |----------|--------|-------------|
//! | color    | string | The color   |
//! | size     | int    | Width | height |
//! ```
//!
//! ## Fix
//! Safe where mechanical: a delimiter row with signs of another script is written anew.
//!
//! ## Limits
//! Rows with fewer cells than the header are legal and common; only rows that lack more than the last are reported.

use crate::document::ProblemKind;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "malformed-table",
    severity: Severity::Warning,
    bases: &[Basis::Page],
    fix: Some(Safety::Safe),
    source: include_str!("malformed_table.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let document = &context.page.document;
    for problem in &document.problems {
        let subject = (SubjectKind::Text, "table".to_owned());
        let found: String = problem.span.of(context.text()).chars().take(60).collect();
        match problem.kind {
            ProblemKind::LostCells => {
                report.add(
                    Draft::new(problem.span, Basis::Page, Cause::Page, subject, &found)
                        .message("this row has more cells than the header; readers never see what stands here")
                        .help("a pipe that is text is written `\\|`"),
                );
            }
            ProblemKind::BrokenDelimiter => {
                let draft = Draft::new(problem.span, Basis::Page, Cause::Page, subject, &found)
                    .message("the row below the header is no delimiter row, so this is shown as text, not as a table");
                report.add(match mended(&found, problem.span.of(context.text())) {
                    Some(row) => draft.expected(row.as_str()).fix(Safety::Safe, [(problem.span, row)]),
                    None => draft.help("it needs as many `---` cells as the header has"),
                });
            }
            _ => {}
        }
    }
}

/// A delimiter row with its signs in ASCII again, if that is all it takes.
fn mended(shown: &str, row: &str) -> Option<String> {
    let plain: String = row
        .chars()
        .map(|c| match c {
            '：' => ':',
            '｜' | '│' => '|',
            '—' | '–' | '−' | '－' | '‐' | '‑' => '-',
            '\u{a0}' | '\u{3000}' => ' ',
            other => other,
        })
        .collect();
    let sound = plain.contains("--") && plain.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
    (sound && plain != row && !shown.is_empty()).then_some(plain)
}
