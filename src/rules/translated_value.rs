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
//! spec: rows whose property is certain and has a closed set of values or holds durations. Free prose is not judged. A word of
//! the language that the source neither quotes nor sets in code may be meant to be read: a note.

use crate::compare::spelling::has_hump;
use crate::comparison::DriftKind;
use crate::document::Style;
use crate::rules::descriptions;
use crate::comparison::AlteredValue;
use crate::compare::names;
use crate::facts::Page;
use crate::text::Span;
use crate::fold::identifier_key;
use crate::rules::age::Age;
use crate::rules::literals::{self, Values};
use crate::rules::draft::member;
use crate::rules::{authority, listed, rows};
use crate::finding::{Basis, Cause, Safety, Severity, Site, SubjectKind};
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
            _ if !matches!(age, Age::Older | Age::Behind) => report.add(absent(context, value)),
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
    let is_word = is_plain_word(context, value, expected);
    let safety = if value.clear && cause == Cause::Translation && !is_word { Safety::Safe } else { Safety::Unsafe };
    let edit = value.replacement.iter().filter(|text| **text != value.span.of(context.text()));
    let subject = (SubjectKind::Value, member(&value.owner, expected));
    let draft = Draft::new(value.span, Basis::Reference, cause, subject, found)
        .expected(expected)
        .message(message)
        .related(Some(value.site), format!("the source says `{expected}`"))
        .fix(safety, edit.map(|text| (value.span, text.clone())));
    if is_word { draft.note() } else { draft }
}

/// Whether a value is a word of the language that nothing marks as a value: `unbounded` below Default, a bold `failed`.
fn is_plain_word(context: &Context<'_>, value: &AlteredValue, expected: &str) -> bool {
    const LITERALS: [&str; 5] = ["true", "false", "null", "none", "nan"];
    let Some(with) = context.comparison.pairing.as_ref().map(|pairing| pairing.with.page) else { return false };
    let Site::Page(place) = value.site else { return false };
    let is_word = expected.chars().all(char::is_alphabetic)
        && !has_hump(expected)
        && expected.chars().any(char::is_lowercase)
        && !LITERALS.iter().any(|literal| literal.eq_ignore_ascii_case(expected));
    let is_translated =
        value.found.is_empty() || value.found.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let is_quoted = || {
        let (text, span) = (with.source.text.as_str(), place.span);
        let before = text.get(..span.start as usize).unwrap_or("");
        let around = [before.chars().next_back(), span.of(text).chars().next()];
        before.ends_with("&quot;") || around.into_iter().flatten().any(|c| QUOTES.contains(&c))
    };
    is_word
        && is_translated
        && place.file == with.file
        && !authority::has_style(with, place.span, &[Style::CODE])
        && !is_quoted()
        && !has_like(with, place.span)
}

/// Whether the source sets more words apart on the line: values stand in lists.
fn has_like(page: &Page, span: Span) -> bool {
    /// Bytes on each side that are looked at: rows can be long.
    const NEAR: usize = 2048;
    let bytes = page.source.text.as_bytes();
    let (from, to) = (span.start as usize, span.end as usize);
    let before = bytes.get(from.saturating_sub(NEAR)..from).unwrap_or_default();
    let after = bytes.get(to..bytes.len().min(to + NEAR)).unwrap_or_default();
    let start = from - memchr::memrchr(b'\n', before).map_or(before.len(), |at| before.len() - at - 1);
    let end = to + memchr::memchr(b'\n', after).unwrap_or(after.len());
    let line = Span::new(start as u32, end as u32);
    let runs = &page.document.runs;
    let first = runs.partition_point(|run| run.span.start < line.start);
    let apart = runs[first..].iter().take_while(|run| run.span.end <= line.end);
    apart.filter(|run| run.style.has(Style::STRONG)).count() >= 2
}

/// What opens a quotation.
const QUOTES: [char; 7] = ['"', '\'', '“', '‘', '«', '„', '「'];

/// Nothing in the cell can be told to stand for some values.
fn absent(context: &Context<'_>, value: &AlteredValue) -> Draft {
    let names = listed(value.expected.iter().map(String::as_str));
    let (noun, verb) = if value.expected.len() == 1 { ("value", "is") } else { ("values", "are") };
    let first = value.expected.first().map_or("", String::as_str);
    let subject = (SubjectKind::Value, member(&value.owner, first));
    let draft = Draft::new(value.span, Basis::Reference, Cause::Translation, subject, "")
        .message(format!("the {noun} {names} of the source {verb} not in this cell"))
        .help("write the values as the source does: what is sent must not be translated")
        .related(Some(value.site), format!("the source says `{first}`"));
    let is_words = value.expected.iter().all(|expected| is_plain_word(context, value, expected));
    let draft = if is_words { draft.note() } else { draft };
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
