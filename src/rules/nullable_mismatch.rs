//! # nullable-mismatch
//!
//! The documented type says that a value may be null, and the spec does not allow null there.
//!
//! ## Why it matters
//! Clients are written for a null that never comes, or send one that is refused.
//!
//! ## Example
//! ```yaml
//! components:
//!   schemas:
//!     Picture:
//!       type: object
//!       properties:
//!         title: {type: string}
//!         width: {type: [integer, 'null']}
//! openapi: 3.1.0
//! ```
//!
//! ```md
//! ## Picture
//!
//! | Property | Type            | Description |
//! |----------|-----------------|-------------|
//! | title    | string or null  | What it is  |
//! | width    | integer or null | In pixels   |
//! ```
//!
//! ## Fix
//! None: which side is right is for people to say.
//!
//! ## Limits
//! Many pages never mention null, so its absence is no finding. A question mark says as often that a value may be left
//! out; it counts where the spec requires the value, or another mark of the list says what may be left out. In a
//! description, only a sentence that says nothing else counts: `Can be null.`

use crate::document::View;
use crate::lexicon::HeaderRole;
use crate::normalize::rows::Row;
use crate::rules::rows;
use crate::text::{Span, is_blank};
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::normalize::types::Quality;
use crate::rules::{Context, Draft, Report, Rule};

/// Longer sentences, in bytes, say more.
const LONGEST: usize = 96;

pub(super) const RULE: Rule = Rule {
    name: "nullable-mismatch",
    severity: Severity::Warning,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("nullable_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(schema) = context.schema else { return };
    for documented in rows::declared(context, schema).filter(|documented| !documented.nullable) {
        let Some((span, found)) = by_type(context, &documented).or_else(|| by_description(context, documented.row))
        else {
            continue;
        };
        let path = documented.path();
        let subject = (SubjectKind::Type, path.clone());
        report.add(
            Draft::new(span, Basis::Model, Cause::Drift, subject, &found)
                .message(format!("`{path}` is documented as nullable, but the spec does not allow null"))
                .related(documented.site(), "the spec declares it without null"),
        );
    }
}

/// A type that allows null: `string or null`, `?string`.
fn by_type(context: &Context<'_>, documented: &rows::Declared<'_, '_>) -> Option<(Span, String)> {
    let words = documented.row.ty.as_ref()?;
    let reading = rows::type_reading(context, documented.row)?;
    let sound = matches!(reading.quality, Quality::Exact | Quality::Translated | Quality::Vague);
    // Where another mark says what may be left out, this one says something else.
    let may_be_left_out = documented.row.requirement.is_none()
        && documented.property.is_none_or(|property| !property.required_in_request || !property.required_in_response);
    let is_ambiguous = words.text.contains(['?', '？']) && may_be_left_out;
    (reading.nullable && sound && !is_ambiguous).then(|| (words.span, words.text.clone().into_owned()))
}

/// A sentence of the description that says nothing else: `Can be null.`
fn by_description(context: &Context<'_>, row: &Row<'_>) -> Option<(Span, String)> {
    let cell = row.description?;
    let document = &context.page.document;
    let shown = document.text(context.text(), cell, View::Page);
    let mut start = 0;
    for sentence in shown.split_inclusive(is_stop) {
        let range = start..start + sentence.len();
        start = range.end;
        let words = sentence.trim_matches(|c| is_blank(c) || is_stop(c) || c == '`');
        // `Can be null` where the word is set apart as code.
        let plain = || words.replace('`', "");
        if words.len() <= LONGEST && context.vocabulary.header(&plain()).any(|role| role == HeaderRole::Nullable) {
            let span = document.source_span(context.text(), cell, View::Page, &shown, range.into())?;
            return Some((span, words.to_owned()));
        }
    }
    None
}

const fn is_stop(c: char) -> bool {
    matches!(c, '.' | '。' | '।' | ';' | '；' | '\n')
}
