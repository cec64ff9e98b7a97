//! Example bodies that depart from the spec: what is reported, and what the spec would write.

use similar::TextDiff;

use crate::comparison::{Mismatch, MismatchKind};
use crate::finding::{Basis, Cause, SubjectKind};
pub(super) use crate::normalize::bodies::Body;
use crate::rules::{Context, Draft};
use crate::text::Span;

impl Body<'_> {
    /// Unified diff of the body as written against the body with `edit` (a span of the tree), with one line of
    /// context; empty where the lines are too long to show.
    pub(super) fn diff(&self, span: Span, right: &str) -> String {
        let text = self.text();
        let Some(lines) = surrounding_lines(text, span) else { return String::new() };
        let before = Span::new(lines.start, span.start).of(text);
        let after = Span::new(span.end, lines.end).of(text);
        let new = format!("{before}{right}{after}");
        TextDiff::from_lines(lines.of(text), &new)
            .unified_diff()
            .context_radius(1)
            .header("documented", "by the spec")
            .missing_newline_hint(false)
            .to_string()
    }
}

/// From the line before `span` to the line after it. Looks no further than a few hundred bytes: a body may be one line
/// of megabytes with a departure in every field.
fn surrounding_lines(text: &str, span: Span) -> Option<Span> {
    const FAR: usize = 400;
    let before = text.get(..span.start as usize)?.as_bytes();
    let after = text.get(span.end as usize..)?.as_bytes();
    let mut back = before.iter().rev().take(FAR).enumerate().filter(|(_, byte)| **byte == b'\n');
    let start = match back.nth(1) {
        Some((distance, _)) => before.len() - distance,
        None if before.len() <= FAR => 0,
        None => return None,
    };
    let mut ahead = after.iter().take(FAR).enumerate().filter(|(_, byte)| **byte == b'\n');
    let end = match ahead.nth(1) {
        Some((distance, _)) => span.end as usize + distance + 1,
        None if after.len() <= FAR => text.len(),
        None => return None,
    };
    Some(Span::from(start..end))
}

/// Every departure of the page's examples from their types, a body at a time.
pub(super) fn mismatches<'c, 'a>(
    context: &'c Context<'a>,
    mut each: impl FnMut(&Body<'a>, &'c Mismatch<'a>),
) {
    for comparison in &context.comparison.examples {
        let example = context.page.facts.examples.get(comparison.example as usize);
        let Some(body) = example.and_then(|example| Body::of(context.page, example)) else { continue };
        comparison.mismatches.iter().for_each(|mismatch| each(&body, mismatch));
    }
}

/// A finding about a departure, at `span`.
pub(super) fn draft(mismatch: &Mismatch<'_>, span: Span, found: &str) -> Draft {
    let subject = (SubjectKind::Example, mismatch.path.clone());
    let declared = match mismatch.kind {
        MismatchKind::UnknownField { nearest: Some(nearest) } => nearest,
        _ => mismatch.path.rsplit('.').next().unwrap_or(""),
    };
    Draft::new(span, Basis::Model, Cause::Drift, subject, found)
        .related(mismatch.site, format!("the spec declares `{declared}`"))
}
