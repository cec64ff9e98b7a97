//! API descriptions beside that in the language of the source: findings of one kind of difference.

use crate::comparison::{Drift, DriftKind};
use crate::finding::{Basis, Cause, Safety, SubjectKind};
use crate::rules::{Context, Draft, Report};

/// Reports the differences of that kind.
pub(super) fn report(context: &Context<'_>, report: &mut Report<'_>, kind: DriftKind) {
    for drift in context.comparison.descriptions.iter().filter(|drift| drift.kind == kind) {
        report.add(draft(context, drift));
    }
}

fn draft(context: &Context<'_>, drift: &Drift) -> Draft {
    let Drift { kind, span, owner, .. } = drift;
    // Blocks of YAML end their lines.
    let (found, expected) = (drift.found.trim_end(), drift.expected.trim_end());
    let (subject, cause, message) = match kind {
        DriftKind::Name => {
            let message = format!("the name is `{expected}` in the source, not `{found}`");
            (SubjectKind::Name, Cause::Translation, message)
        }
        DriftKind::Path => {
            let message = format!("the request path is `{expected}` in the source, not `{found}`");
            (SubjectKind::Uri, Cause::Translation, message)
        }
        DriftKind::Value => {
            let message = format!("the value of `{owner}` is `{expected}` in the source, not `{found}`");
            (SubjectKind::Value, Cause::Translation, message)
        }
        DriftKind::Missing => {
            (SubjectKind::Name, Cause::Age, format!("`{expected}` is in the source but missing here"))
        }
        DriftKind::Extra => (SubjectKind::Name, Cause::Age, format!("the source has no `{found}` here")),
        DriftKind::Unreadable => return unreadable(context, drift),
    };
    let name = if expected.is_empty() { found } else { expected };
    let safety = if drift.sure { Safety::Safe } else { Safety::Unsafe };
    let written = Draft::new(*span, Basis::Reference, cause, (subject, name.to_owned()), found)
        .message(message)
        .related(drift.site, "the source")
        .fix(safety, drift.replacement.iter().map(|text| (*span, text.clone())));
    if expected.is_empty() || found.is_empty() { written } else { written.expected(expected) }
}

fn unreadable(context: &Context<'_>, drift: &Drift) -> Draft {
    let subject = (SubjectKind::Page, context.page.source.page.clone());
    let message = format!("this API description cannot be read: {}", drift.found);
    Draft::new(drift.span, Basis::Page, Cause::Page, subject, "").message(message)
}
