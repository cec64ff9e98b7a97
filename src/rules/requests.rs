//! Path verdicts as findings: what `translated-path` and `path-case` share.

use std::borrow::Cow;

use crate::compare::names::is_source_language;
use crate::comparison::RequestComparison;
use crate::extract::path::Path;
use crate::finding::{Basis, Cause, Safety, SubjectKind};
use crate::fold::identifier_key;
use crate::rules::{Context, Draft, Report, verdicts};
use crate::text::Span;

/// Reports the paths that differ, in case only or in more, worded by `message`.
pub(super) fn report_paths(
    context: &Context<'_>,
    report: &mut Report<'_>,
    case_only: bool,
    message: impl Fn(&str, &str, &str) -> String,
) {
    for request in &context.comparison.requests {
        let Some(verdict) = &request.path_verdict else { continue };
        let altered_version = request.path.0 == verdict.right.expected;
        if (verdict.case_only && !altered_version) != case_only {
            continue;
        }
        if is_another(context, request) {
            continue;
        }
        let (found, expected) = (&*request.path.0, &*verdict.right.expected);
        let authority = verdicts::authority(verdict.right.basis);
        let method = request.method_verdict.as_ref().map_or(&request.method.0, |verdict| &verdict.expected);
        let path = (!altered_version).then_some(request.path.1);
        let edited = verdict.edits.iter().map(|(span, _)| *span);
        let span = path.into_iter().chain(edited).reduce(Span::to).unwrap_or(request.path.1);
        let (sentence, found) = match &*verdict.edits {
            [(version, right)] if altered_version => {
                let version = version.of(context.text());
                let sentence = format!(
                    "the protocol version of the request is `{right}` in {authority}, not `{version}`"
                );
                (sentence, Cow::Owned(format!("{found} {version}")))
            }
            _ => (message(found, expected, authority), Cow::Borrowed(found)),
        };
        report.add(
            Draft::new(
                span,
                verdict.right.basis,
                Cause::Translation,
                (SubjectKind::Uri, format!("{method} {expected}")),
                &found,
            )
            .expected(expected)
            .message(sentence)
            .witnesses(&verdict.right.witnesses, || verdicts::label(verdict.right.basis, expected))
            .confidence(verdict.right.confidence)
            .fix(Safety::Safe, verdict.edits.iter().cloned()),
        );
    }
}

/// Whether the documented path is another one than the model's that comes nearest: nothing is translated on a page in
/// the source language, so other words there are another path.
pub(super) fn is_another(context: &Context<'_>, request: &RequestComparison<'_>) -> bool {
    let Some(verdict) = request.path_verdict.as_ref() else { return false };
    if verdict.right.basis != Basis::Model || !is_source_language(context.page) {
        return false;
    }
    let (found, right) = (Path::read(&request.path.0), Path::read(&verdict.right.expected));
    found.segments() == right.segments()
        && (0..right.segments()).any(|at| match (found.literal(at), right.literal(at)) {
            (Some(found), Some(right)) => identifier_key(found) != identifier_key(right),
            _ => false,
        })
}
