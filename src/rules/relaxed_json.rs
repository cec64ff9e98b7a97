//! # relaxed-json
//!
//! An example is readable, but strict JSON would refuse it.
//!
//! ## Why it matters
//! Readers who paste it into a tool get an error; each occurrence names what is in the way.
//!
//! ## Example
//! ~~~~md
//! ## Response example
//!
//! ```json
//! {
//!   "id": "1",
//!   "total": 12,
//! }
//! ```
//! ~~~~
//!
//! ## Fix
//! Safe for the mechanical kinds: trailing, missing and extra commas, other signs for commas and colons, byte order marks
//! and what they became, no-break and zero-width spaces, literals in another case. Comments, elisions and placeholders are for people to keep or drop,
//! and so are commas of a body that cannot be read to its end.
//!
//! ## Limits
//! Elisions, comments and placeholders are one finding an example and kind: they are meant, and one mention is enough.

use std::collections::BTreeMap;

use crate::json::RelaxationKind;
use crate::rules::bodies::Body;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, brief};

pub(super) const RULE: Rule = Rule {
    name: "relaxed-json",
    severity: Severity::Note,
    bases: &[Basis::Page],
    fix: Some(Safety::Safe),
    source: include_str!("relaxed_json.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for example in &context.page.facts.examples {
        let Some(body) = Body::of(context.page, example) else { continue };
        let mut counts: BTreeMap<RelaxationKind, usize> = BTreeMap::new();
        for relaxation in &body.json.relaxations {
            *counts.entry(relaxation.kind).or_default() += 1;
        }
        for relaxation in &body.json.relaxations {
            let kind = relaxation.kind;
            // The first one takes the count and speaks for all.
            let more = match is_meant(kind).then(|| counts.remove(&kind)) {
                None | Some(Some(1)) => String::new(),
                Some(None) => continue,
                Some(Some(2)) => " (once more in this example)".to_owned(),
                Some(Some(count)) => format!(" ({} more in this example)", count - 1),
            };
            let span = body.to_page(relaxation.span);
            let written = relaxation.span.of(body.text());
            let found = brief(written);
            let name = kind.name();
            let subject = (SubjectKind::Example, name.to_owned());
            let draft = Draft::new(span, Basis::Page, Cause::Page, subject, found)
                .message(format!("strict JSON does not allow this: {name}{more}"));
            // Where text was skipped nobody knows what a comma would part.
            let cure = cure(kind, written).filter(|_| !is_comma(kind) || body.json.errors.is_empty());
            report.add(match cure {
                Some(text) => draft.fix(Safety::Safe, [(span, text)]),
                None => draft,
            });
        }
    }
}

/// Liberties that authors take on purpose.
fn is_meant(kind: RelaxationKind) -> bool {
    matches!(
        kind,
        RelaxationKind::Comment | RelaxationKind::Elision | RelaxationKind::Placeholder | RelaxationKind::SeveralRoots
    )
}

/// Commas too many or too few, and characters that stand for one.
fn is_comma(kind: RelaxationKind) -> bool {
    matches!(
        kind,
        RelaxationKind::TrailingComma
            | RelaxationKind::ExtraComma
            | RelaxationKind::MissingComma
            | RelaxationKind::OddComma
    )
}

/// What to write instead, for the kinds that a machine can mend.
fn cure(kind: RelaxationKind, written: &str) -> Option<String> {
    let text = match kind {
        RelaxationKind::TrailingComma
        | RelaxationKind::ExtraComma
        | RelaxationKind::ByteOrderMark
        | RelaxationKind::QuestionMark
        | RelaxationKind::ZeroWidth => "",
        RelaxationKind::MissingComma | RelaxationKind::OddComma => ",",
        RelaxationKind::OddSpace => " ",
        RelaxationKind::OddColon => ":",
        RelaxationKind::LiteralCase => return Some(written.to_ascii_lowercase()),
        _ => return None,
    };
    Some(text.to_owned())
}
