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
//! Writes the value of the model. Safe: a value that could be several is not reported.
//!
//! ## Limits
//! Looks at code spans, quotes and bold words of rows whose property is sure and has a closed set of values or holds
//! durations; free prose is left alone.

use crate::rules::literals::{self, Values};
use crate::rules::rows;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "translated-value",
    severity: Severity::Error,
    bases: &[Basis::Model],
    fix: Some(Safety::Safe),
    source: include_str!("translated_value.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(schema) = context.schema else { return };
    for documented in rows::documented(context) {
        let Some(allowed) = Values::of(&documented.property.ty, schema) else { continue };
        let Some(cell) = documented.row.description else { continue };
        let literals = literals::in_cell(context, cell);
        for literal in &literals {
            let Some(right) = allowed.right(&literal.text, &context.vocabulary) else { continue };
            let path = documented.path();
            report.add(
                Draft::new(
                    literal.span,
                    Basis::Model,
                    Cause::Translation,
                    (SubjectKind::Value, format!("{path}.{right}")),
                    &literal.text,
                )
                .expected(right.as_str())
                .message(format!("`{}` is no value of `{path}`; the model has `{right}`", literal.text))
                .related(documented.site(), format!("the model has the value `{right}`"))
                .fix(Safety::Safe, [(literal.span, right.clone())]),
            );
        }
    }
}
