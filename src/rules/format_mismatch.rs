//! # format-mismatch
//!
//! The documented format of a text is another than the spec's.
//!
//! ## Why it matters
//! Clients parse the value in the wrong form, or send one that is refused.
//!
//! ## Example
//! ```yaml
//! components:
//!   schemas:
//!     Voyage:
//!       type: object
//!       properties:
//!         ship: {type: string}
//!         sailed: {type: string, format: date-time}
//! openapi: 3.1.0
//! ```
//!
//! ```md
//! ## Voyage
//!
//! | Property | Type          | Description |
//! |----------|---------------|-------------|
//! | ship     | string        | Which       |
//! | sailed   | string (date) | When        |
//! ```
//!
//! ## Fix
//! None: which side is right is for people to say.
//!
//! ## Limits
//! Only formats under their names in JSON Schema are compared, in brackets after the type or where the description calls
//! one the format. A page that names no format says nothing about it.

use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::lexicon::HeaderRole;
use crate::normalize::rows::Words;
use crate::rules::{literals, rows};
use crate::rules::{Context, Draft, Report, Rule};
use crate::schema::{Format, Resolved, Type};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "format-mismatch",
    severity: Severity::Warning,
    bases: &[Basis::Model],
    fix: None,
    source: include_str!("format_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(schema) = context.schema else { return };
    for documented in rows::declared(context, schema) {
        let Resolved::Type(Type::String(model)) = schema.resolve(documented.ty) else { continue };
        if *model == Format::Plain {
            continue;
        }
        let row = documented.row;
        let in_type = row.ty.as_ref().and_then(in_brackets);
        let called = || {
            let literal = literals::called(context, row.description?, HeaderRole::Type)?;
            Some((Format::from_name(&literal.text)?, literal.span, literal.text))
        };
        let Some((written, span, found)) = in_type.or_else(called) else { continue };
        if written == *model {
            continue;
        }
        let (path, expected) = (documented.path(), model.name());
        let subject = (SubjectKind::Type, path.clone());
        report.add(
            Draft::new(span, Basis::Model, Cause::Drift, subject, &found)
                .expected(expected)
                .message(format!(
                    "the format of `{path}` is documented as `{found}`, but the spec says `{expected}`"
                ))
                .related(documented.site(), format!("the spec says `{expected}`")),
        );
    }
}

/// `string (date)`, `string<date>`: the format between brackets.
fn in_brackets(words: &Words<'_>) -> Option<(Format, Span, String)> {
    let text = words.text.trim().trim_matches('`');
    let inside = text.strip_suffix([')', '>']).and_then(|text| text.rsplit_once(['(', '<']))?.1.trim();
    Some((Format::from_name(inside)?, words.span, inside.to_owned()))
}
