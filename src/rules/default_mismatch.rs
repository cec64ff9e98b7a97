//! # default-mismatch
//!
//! The documented default is another than the spec's.
//!
//! ## Why it matters
//! Who leaves the value out gets another one than the page promises.
//!
//! ## Example
//! ```yaml
//! components:
//!   schemas:
//!     Search:
//!       type: object
//!       properties:
//!         limit: {type: integer, default: 20}
//!         order: {type: string, default: newest}
//! openapi: 3.1.0
//! ```
//!
//! ```md
//! ## Search
//!
//! | Property | Type    | Default  | Description    |
//! |----------|---------|----------|----------------|
//! | limit    | integer | 50       | How many       |
//! | order    | string  | `newest` | Which is first |
//! ```
//!
//! ## Fix
//! Writes the spec's default. Unsafe: the spec may be the one to change.
//!
//! ## Limits
//! Only plain values are compared: numbers, words, `true` and `false`, JSON. A spec that names no default says nothing
//! about it, and an empty cell neither.

use serde_json::Value;

use crate::compare::names;
use crate::lexicon::HeaderRole;
use crate::rules::{literals, rows};
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "default-mismatch",
    severity: Severity::Warning,
    bases: &[Basis::Model],
    fix: Some(Safety::Unsafe),
    source: include_str!("default_mismatch.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(schema) = context.schema else { return };
    for declared in rows::declared(context, schema) {
            let (row, Some(default)) = (declared.row, declared.default) else { continue };
            let cell = row.default.as_ref().map(|words| (bare(&words.text).to_owned(), words.span));
            let called = || literals::called(context, row.description?, HeaderRole::Default);
            let Some((written, span)) = cell.or_else(|| called().map(|one| (one.text, one.span))) else {
                continue;
            };
            if !differs(&written, default) {
                continue;
            }
            let expected = match default {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let path = declared.path();
            let subject = (SubjectKind::Value, format!("{path}.default"));
            let draft = Draft::new(span, Basis::Model, Cause::Drift, subject, &written)
                .expected(&*expected)
                .message(format!(
                    "the default of `{path}` is documented as `{written}`, but the spec says `{expected}`"
                ))
                .related(declared.site(), format!("the spec says `{expected}`"));
            let edits = match &row.default {
                Some(words) => {
                    let whole = words.span.of(context.text());
                    rows::rewrite(context, words, &whole.replacen(&written, &expected, 1))
                }
                None => vec![(span, expected.clone())],
            };
            report.add(draft.fix(Safety::Unsafe, edits));
    }
}

/// A value without marks and quotes around it.
fn bare(text: &str) -> &str {
    text.trim().trim_matches(['`', '"', '\'', '“', '”', '‘', '’', '«', '»']).trim()
}

/// Whether a text is a value of that kind, and another one.
fn differs(written: &str, default: &Value) -> bool {
    const NOTHING: [&str; 6] = ["null", "none", "nil", "n/a", "undefined", "unset"];

    let lower = written.to_ascii_lowercase();
    match default {
        _ if NOTHING.contains(&&*lower) || !written.contains(char::is_alphanumeric) => {
            // Of an empty list or text some say that there is none.
            !written.is_empty() && is_json(written, default)
        }
        Value::Bool(value) => matches!((&*lower, value), ("true", false) | ("false", true)),
        Value::Number(number) => {
            let written = number_of(written);
            written.zip(number.as_f64()).is_some_and(|(written, number)| written.to_bits() != number.to_bits())
        }
        Value::String(text) => {
            let (text, is_word) = (bare(text), names::is_identifier(written));
            is_word && names::is_identifier(text) && text != written
        }
        Value::Array(_) | Value::Object(_) => is_json(written, default),
        Value::Null => false,
    }
}

/// Whether a text is JSON of the same kind that says something else.
fn is_json(written: &str, default: &Value) -> bool {
    let kind = std::mem::discriminant(default);
    let found: Option<Value> = serde_json::from_str(written).ok();
    found.is_some_and(|found| std::mem::discriminant(&found) == kind && found != *default)
}

/// A number, maybe with separators of thousands: `10,000`, `10_000`.
fn number_of(written: &str) -> Option<f64> {
    let mut groups = written.split([',', '_', ' ']);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let is_group = |group: &&str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = rest.iter().all(is_group) && (rest.is_empty() || first.trim_start_matches('-').len() <= 3);
    let whole = is_grouped.then(|| format!("{first}{}", rest.concat()))?;
    // Other languages group by a full stop: `1.000` may be a thousand.
    let may_be_grouped = rest.is_empty() && whole.rsplit_once('.').is_some_and(|(_, end)| is_group(&end));
    whole.parse().ok().filter(|_| !may_be_grouped)
}
