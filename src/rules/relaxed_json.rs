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
//! Safe for the mechanical kinds: trailing, missing and extra commas, byte order marks and what they became,
//! no-break and zero-width spaces. Comments, elisions and placeholders are for people to keep or drop.
//!
//! ## Limits
//! Elisions, comments and placeholders are one finding an example and kind: they are meant, and one mention is enough.

use std::collections::BTreeSet;

use crate::json::RelaxationKind;
use crate::rules::bodies::Body;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

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
        let Some(body) = Body::of(context, example) else { continue };
        let mut mentioned = BTreeSet::new();
        for relaxation in &body.json.relaxations {
            if is_meant(relaxation.kind) && !mentioned.insert(relaxation.kind) {
                continue;
            }
            let span = body.to_page(relaxation.span);
            let found: String = relaxation.span.of(body.text()).chars().take(40).collect();
            let name = relaxation.kind.name();
            let others = body.json.relaxations.iter().filter(|other| other.kind == relaxation.kind).count() - 1;
            let more = match others {
                0 => String::new(),
                _ if !is_meant(relaxation.kind) => String::new(),
                1 => " (once more in this example)".to_owned(),
                _ => format!(" ({others} more in this example)"),
            };
            let draft = Draft::new(span, Basis::Page, Cause::Page, (SubjectKind::Example, name.to_owned()), &found)
                .message(format!("strict JSON does not allow this: {name}{more}"));
            report.add(match cure(relaxation.kind) {
                Some(text) => draft.fix(Safety::Safe, [(span, text.to_owned())]),
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

/// What to write instead, for the kinds that a machine can mend.
fn cure(kind: RelaxationKind) -> Option<&'static str> {
    match kind {
        RelaxationKind::TrailingComma
        | RelaxationKind::ExtraComma
        | RelaxationKind::ByteOrderMark
        | RelaxationKind::QuestionMark
        | RelaxationKind::ZeroWidth => Some(""),
        RelaxationKind::MissingComma => Some(","),
        RelaxationKind::OddSpace => Some(" "),
        RelaxationKind::OddColon => Some(":"),
        _ => None,
    }
}
