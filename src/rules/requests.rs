//! Path verdicts as findings: what `translated-path` and `path-case` share.

use std::borrow::Cow;

use crate::compare::names::is_source_language;
use crate::comparison::RequestComparison;
use crate::extract::path::Path;
use crate::facts::{Page, Request, RequestSense, TableRole};
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
    for request in context.comparison.requests.iter().chain(&context.comparison.stated) {
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

/// Whether the documented path is another one than the spec's that comes nearest: nothing is translated on a page in
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

/// A request that a page states outside of tables of requests, and the one that its example sends.
pub(super) struct Shown<'p> {
    pub stated: &'p Request,
    pub sent: &'p Request,
}

/// Each operation of a page that states one request, in a heading, a line or code, and sends one method to one path in
/// its examples.
pub(super) fn shown(page: &Page) -> Vec<Shown<'_>> {
    let text = page.source.text.as_str();
    let of_table = |request: &Request| {
        let fact = request.row.and_then(|(table, _)| page.facts.tables.get(table as usize));
        fact.is_some_and(|fact| fact.role == TableRole::RequestSyntax)
    };
    let shown = page.facts.operations.iter().filter_map(|operation| {
        let requests = || operation.requests.iter().filter_map(|at| page.facts.requests.get(*at as usize));
        let mut stated = requests().filter(|request| request.sense == RequestSense::Declared);
        let (Some(one), None) = (stated.next(), stated.next()) else { return None };
        let mut sent =
            requests().filter(|request| request.sense == RequestSense::Example && request.code.is_some());
        let first = sent.next()?;
        let same = |other: &Request| {
            other.method(text) == first.method(text) && other.target(text) == first.target(text)
        };
        (!of_table(one) && sent.all(same)).then_some(Shown { stated: one, sent: first })
    });
    shown.collect()
}

/// Whether a concrete path is an instance of a template; a base path before the first segment is free.
pub(super) fn fits(path: &Path, template: &Path) -> bool {
    let (have, want) = (path.significant(), template.significant());
    have >= want
        && (0..want).all(|at| match (path.literal(have - want + at), template.literal(at)) {
            (Some(found), Some(wanted)) => found.eq_ignore_ascii_case(wanted),
            (None, Some(_)) => false,
            (_, None) => true,
        })
}
