//! # translated-value
//!
//! A literal value in code, quotes or bold was translated or re-cased.
//!
//! ## Why it matters
//! The server compares values letter by letter: `Aktiv` is not `Active`, and `p1m` is no duration.
//!
//! ## Example
//! ```md sv-SE
//! ## <a name="cartlineitem"></a>CartLineItem
//!
//! | Egenskap      | Typ    | Beskrivning                                  |
//! |---------------|--------|----------------------------------------------|
//! | catalogItemId | string | Det som köps                                 |
//! | quantity      | int    | Antalet                                      |
//! | termDuration  | string | Hur länge: **p1m** (en månad) eller **P1Y**. |
//! ```
//!
//! ## Fix
//! Writes the value of the source or the spec. Safe where it is clear which of several words stands for it and the pages
//! are of one date.
//!
//! ## Limits
//! Against the source: what rows set in code, quotes or bold, and cells that are a single number, default or code. A word in quotes or bold counts as a value if it stands in a list of its like, if the
//! description speaks of a value, if the source's examples send it, or if only code spells words like that. Against the
//! spec: rows whose property is certain and has a closed set of values or holds durations. Free prose is not judged.

use crate::comparison::DriftKind;
use crate::rules::descriptions;
use crate::comparison::AlteredValue;
use crate::compare::names;
use crate::fold::identifier_key;
use crate::rules::age::Age;
use crate::rules::literals::{self, Values};
use crate::rules::draft::member;
use crate::rules::{listed, rows};
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "translated-value",
    severity: Severity::Error,
    bases: &[Basis::Model, Basis::Reference],
    fix: Some(Safety::Safe),
    source: include_str!("translated_value.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    descriptions::report(context, report, DriftKind::Value);
    let age = Age::of(context);
    for value in &context.comparison.values {
        match value.expected.as_slice() {
            [expected] if !value.found.is_empty() => report.add(altered(context, value, expected, age)),
            // What an older page lacks may be new.
            _ if !matches!(age, Age::Older | Age::Behind) => report.add(absent(value)),
            _ => {}
        }
    }
    by_model(context, report);
}

/// Something else stands in the place of a value.
fn altered(context: &Context<'_>, value: &AlteredValue, expected: &str, age: Age) -> Draft {
    let found = value.found.as_str();
    let mut message = format!("the value `{expected}` of the source became `{found}`");
    let mut cause = Cause::Translation;
    if matches!(age, Age::Older | Age::Behind) && !value.evident {
        cause = Cause::Age;
        message.push_str(age.why());
    }
    let safety = if value.clear && cause == Cause::Translation { Safety::Safe } else { Safety::Unsafe };
    let edit = value.replacement.iter().filter(|text| **text != value.span.of(context.text()));
    let subject = (SubjectKind::Value, member(&value.owner, expected));
    Draft::new(value.span, Basis::Reference, cause, subject, found)
        .expected(expected)
        .message(message)
        .related(Some(value.site), format!("the source says `{expected}`"))
        .fix(safety, edit.map(|text| (value.span, text.clone())))
}

/// Nothing in the cell can be told to stand for some values.
fn absent(value: &AlteredValue) -> Draft {
    let names = listed(value.expected.iter().map(String::as_str));
    let (noun, verb) = if value.expected.len() == 1 { ("value", "is") } else { ("values", "are") };
    let first = value.expected.first().map_or("", String::as_str);
    let subject = (SubjectKind::Value, member(&value.owner, first));
    let draft = Draft::new(value.span, Basis::Reference, Cause::Translation, subject, "")
        .message(format!("the {noun} {names} of the source {verb} not in this cell"))
        .help("write the values as the source does: what is sent must not be translated")
        .related(Some(value.site), format!("the source says `{first}`"));
    if value.expected.len() == 1 { draft.expected(first) } else { draft }
}

fn by_model(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(schema) = context.schema else { return };
    // Re-cased beside a source that says the same, or in the language of the source, it is nobody's translation.
    let has_source = context.comparison.pairing.is_some() || context.page.document.bilingual;
    let untranslated = has_source || names::is_source_language(context.page);
    for documented in rows::documented(context) {
        let Some(allowed) = Values::of(&documented.property.ty, schema) else { continue };
        let Some(cell) = documented.row.description else { continue };
        let literals = literals::in_cell(context, cell);
        for literal in &literals {
            let Some(right) = allowed.right(&literal.text, &context.vocabulary) else { continue };
            if context.comparison.values_at(literal.span).next().is_some() {
                continue;
            }
            let recased = identifier_key(&literal.text) == identifier_key(&right);
            let cause = if recased && untranslated { Cause::Drift } else { Cause::Translation };
            let path = documented.path();
            report.add(
                Draft::new(
                    literal.span,
                    Basis::Model,
                    cause,
                    (SubjectKind::Value, format!("{path}.{right}")),
                    &literal.text,
                )
                .expected(right.as_str())
                .message(format!("`{}` is not a value of `{path}`; the spec has `{right}`", literal.text))
                .related(documented.site(), format!("the spec has the value `{right}`"))
                .fix(Safety::Safe, [(literal.span, right.clone())]),
            );
        }
    }
}
