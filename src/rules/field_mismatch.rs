//! # field-mismatch
//!
//! A table of fields and the example of the same operation disagree on a name, a type, or what is required.
//!
//! ## Why it matters
//! One of the two is wrong, and readers copy the example and believe the table.
//!
//! ## Example
//! ~~~~md
//! # Fly a kite
//!
//! ```http
//! POST /v1/kites
//! Content-Type: application/json
//!
//! { "spar": "ash", "cord": 30, "bell": true }
//! ```
//!
//! | Name | Type | Description |
//! |---|---|---|
//! | spar | string | Which wood. |
//! | crod | integer | How long. |
//! | bell | boolean | Whether. |
//! ~~~~
//!
//! ## Fix
//! None: the page alone does not say which of them is right.
//!
//! ## Limits
//! Only where a table and an example in its scope share most of their names, on pages that neither a spec nor a source
//! page decides. Optional fields may be left out, and placeholders stand for any value.

use crate::compare::fields_shown::{self, FieldMismatchKind};
use crate::finding::{Basis, Cause, Severity, Site, SubjectKind};
use crate::rules::draft::with_article;
use crate::rules::{Context, Draft, Report, Rule};
use crate::text::Place;

pub(super) const RULE: Rule = Rule {
    name: "field-mismatch",
    severity: Severity::Warning,
    bases: &[Basis::Page],
    fix: None,
    source: include_str!("field_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    if context.page.facts.examples.is_empty() {
        return;
    }
    for table in &context.comparison.tables {
        if table.bound.is_some() || table.reference.is_some() {
            continue;
        }
        for mismatch in fields_shown::mismatches(context.page, table, &context.vocabulary) {
            let Some(row) = table.rows.get(mismatch.row as usize) else { continue };
            if table.verdict(mismatch.row).is_some() {
                // The rules about names have reported it.
                continue;
            }
            let name = row.name.text.trim();
            let path = format!("{}.{name}", table.owner);
            let (kind, span, found, message, says) = match &mismatch.kind {
                FieldMismatchKind::Name { key } => (
                    SubjectKind::Name,
                    row.name.span,
                    name,
                    format!("the table lists `{name}`, the example has `{key}`"),
                    format!("`{key}` in the example"),
                ),
                FieldMismatchKind::Type { kind } => {
                    let Some(words) = &row.ty else { continue };
                    let (ty, kind) = (words.text.trim(), with_article(kind));
                    (
                        SubjectKind::Type,
                        words.span,
                        ty,
                        format!("`{name}` is documented as `{ty}`, the example has {kind}"),
                        format!("{kind} in the example"),
                    )
                }
                FieldMismatchKind::Absent => (
                    SubjectKind::Required,
                    row.name.span,
                    name,
                    format!("`{name}` is documented as required, the example does not send it"),
                    "the example".to_owned(),
                ),
            };
            let mut draft = Draft::new(span, Basis::Page, Cause::Page, (kind, path), found)
                .message(message)
                .related(Some(Site::Page(Place { file: context.page.file, span: mismatch.shown })), says);
            if let FieldMismatchKind::Name { key } = mismatch.kind {
                draft = draft.expected(key);
            }
            report.add(draft);
        }
    }
}
