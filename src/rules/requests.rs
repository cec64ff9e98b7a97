//! Path verdicts as findings: what `translated-path` and `path-case` share.

use crate::finding::{Cause, Safety, SubjectKind};
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
        let Some(verdict) = request.path_verdict.as_ref().filter(|verdict| verdict.case_only == case_only)
        else {
            continue;
        };
        let (found, expected) = (&*request.path.0, &*verdict.right.expected);
        let authority = verdicts::authority(verdict.right.basis);
        let method = request.method_verdict.as_ref().map_or(&request.method.0, |verdict| &verdict.expected);
        let span = verdict.edits.iter().map(|(span, _)| *span).reduce(Span::to).unwrap_or(request.path.1);
        let sentence = if found == expected {
            "the protocol version of the request was altered".to_owned()
        } else {
            message(found, expected, authority)
        };
        report.add(
            Draft::new(
                span,
                verdict.right.basis,
                Cause::Translation,
                (SubjectKind::Uri, format!("{method} {expected}")),
                found,
            )
            .expected(expected)
            .message(sentence)
            .related(verdict.right.site, format!("{authority} says `{expected}`"))
            .fix(Safety::Safe, verdict.edits.iter().cloned()),
        );
    }
}
