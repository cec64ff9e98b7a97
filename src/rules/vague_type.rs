//! # vague-type
//!
//! The documented type is a bare object or list where the spec names a type.
//!
//! ## Why it matters
//! `Object` tells readers nothing; the spec knows which one.
//!
//! ## Example
//! ```md
//! ## CartError
//!
//! | Property         | Type   | Description        |
//! |------------------|--------|--------------------|
//! | errorCode        | Object | What went wrong    |
//! | errorDescription | string | The same, in words |
//! ```
//!
//! ## Fix
//! Writes the spec's type. Unsafe: the docs may want a link there.
//!
//! ## Limits
//! A link in the type or description cell that names the type is enough.

use crate::normalize::rows::Row;
use crate::normalize::types::{self, Holds, Quality};
use crate::rules::rows;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "vague-type",
    severity: Severity::Note,
    bases: &[Basis::Model],
    fix: Some(Safety::Unsafe),
    source: include_str!("vague_type.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(schema) = context.schema else { return };
    for documented in rows::documented(context) {
        let Some(words) = &documented.row.ty else { continue };
        let Some(reading) = rows::type_reading(context, documented.row) else { continue };
        let Some(name) = documented.property.ty.name() else { continue };
        let Some(written) = &reading.ty else { continue };
        if reading.quality != Quality::Vague
            || types::holds(written, &documented.property.ty, schema) == Holds::No
            || describes(context, documented.row, name)
        {
            continue;
        }
        let path = documented.path();
        let expected = types::english_in(Some(schema), &documented.property.ty);
        let draft = Draft::new(words.span, Basis::Model, Cause::Drift, (SubjectKind::Type, path.clone()), &words.text);
        report.add(
            draft
                .expected(&*expected)
                .message(format!("`{path}` is documented as `{}`; the spec says which: `{expected}`", words.text))
                .related(documented.site(), format!("the spec says `{expected}`"))
                .fix(Safety::Unsafe, rows::rewrite(context, words, &expected)),
        );
    }
}


/// Whether the description names the type, in a link or in words.
fn describes(context: &Context<'_>, row: &Row<'_>, name: &str) -> bool {
    let document = &context.page.document;
    row.description.is_some_and(|cell| {
        document.inline_runs(cell).iter().take(256).any(|run| {
            let target = document.link(run.link).map_or("", |link| link.target.of(context.text()));
            let anchor = target.split_once('#').map_or("", |(_, anchor)| anchor);
            anchor.eq_ignore_ascii_case(name) || document.run_text(context.text(), run).contains(name)
        })
    })
}
