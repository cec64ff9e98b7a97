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
//! Safe for the mechanical kinds: trailing, missing and extra commas, other signs for commas, colons, brackets, quotes and
//! digits, byte order marks and what they became, no-break and zero-width spaces, literals in another case. Only where the
//! body reads as strict as before but for them.
//!
//! ## Limits
//! One finding an example and kind, with their number. Comments, elisions, placeholders, fragments and several values are
//! meant and nothing to report; so is what `jsonc`, `json5` and JavaScript allow in blocks that are labelled so. What
//! readers cannot copy (a missing comma, a typographic quote) is a warning, the rest a note.

use std::collections::BTreeMap;

use crate::facts::ExampleForm;
use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::json::{Json, RelaxationKind, digit};
use crate::parse;
use crate::rules::bodies::Body;
use crate::rules::{Context, Draft, Report, Rule, brief};
use crate::text::{Span, is_zero_width};

pub(super) const RULE: Rule = Rule {
    name: "relaxed-json",
    severity: Severity::Warning,
    bases: &[Basis::Page],
    fix: Some(Safety::Safe),
    source: include_str!("relaxed_json.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    for example in &context.page.facts.examples {
        let Some(body) = Body::of(context.page, example) else { continue };
        if example.form == ExampleForm::Plain && is_script(body.json) {
            continue;
        }
        let mut kinds: BTreeMap<RelaxationKind, Vec<Span>> = BTreeMap::new();
        for relaxation in &body.json.relaxations {
            if !is_meant(relaxation.kind, example.form) {
                kinds.entry(relaxation.kind).or_default().push(relaxation.span);
            }
        }
        let inside = unseen(&body);
        if !inside.is_empty() {
            kinds.entry(RelaxationKind::ZeroWidth).or_default().extend(&inside);
        }
        for (kind, mut spans) in kinds {
            spans.sort_unstable();
            let Some(first) = spans.first() else { continue };
            let more = match spans.len() {
                1 => String::new(),
                2 => " (and at one more place in this example)".to_owned(),
                count => format!(" (and at {} more places in this example)", count - 1),
            };
            let name = kind.name();
            let subject = (SubjectKind::Example, name.to_owned());
            let found = brief(first.of(body.text()));
            let mut draft = Draft::new(body.to_page(*first), Basis::Page, Cause::Page, subject, found)
                .message(format!("strict JSON does not allow this: {name}{more}"));
            if !keeps_from_copying(kind) {
                draft = draft.note();
            }
            let shown = example.message.body.len();
            let within = if kind == RelaxationKind::ZeroWidth { inside.len() } else { 0 };
            report.add(match repair(&body, shown, (kind, within), &spans, example.form) {
                Some(edits) => draft.fix(Safety::Safe, edits),
                None => draft,
            });
        }
    }
}

/// Liberties that authors take on purpose, or that the language of the block allows.
const fn is_meant(kind: RelaxationKind, form: ExampleForm) -> bool {
    use RelaxationKind as K;
    match kind {
        K::Comment | K::Elision | K::Placeholder | K::SeveralRoots | K::Fragment | K::Caption => true,
        K::TrailingComma => matches!(form, ExampleForm::Commented | ExampleForm::Script),
        K::UnquotedKey | K::SingleQuotes | K::OddNumber | K::BadEscape | K::RawControl => {
            matches!(form, ExampleForm::Script)
        }
        _ => false,
    }
}

/// Whether a block without a label is JavaScript or Python rather than JSON.
fn is_script(json: &Json) -> bool {
    use RelaxationKind as K;
    json.relaxations.iter().any(|relaxation| matches!(relaxation.kind, K::SingleQuotes | K::UnquotedKey))
}

/// Whether no reader takes what is shown for what is meant: a program that is given it fails.
const fn keeps_from_copying(kind: RelaxationKind) -> bool {
    use RelaxationKind as K;
    matches!(
        kind,
        K::MissingComma | K::ExtraComma | K::OddComma | K::OddColon | K::OddBracket | K::SmartQuotes | K::QuestionMark
    )
}

/// Characters without width in keys: nobody sees them, and no program finds the key.
fn unseen(body: &Body<'_>) -> Vec<Span> {
    let text = body.text();
    let mut found = Vec::new();
    // Scripts that join letters need some of them.
    let is_latin = |key: &str| !key.is_ascii() && key.chars().all(|c| c.is_ascii() || is_zero_width(c));
    for node in body.json.nodes.iter().filter(|node| is_latin(node.key.of(text))) {
        let starts = node.key.of(text).char_indices().filter(|(_, c)| is_zero_width(*c));
        found.extend(starts.map(|(at, c)| {
            let start = node.key.start + at as u32;
            Span::new(start, start + c.len_utf8() as u32)
        }));
    }
    found
}

/// The edits that take away all of one kind, `within` of them in keys, if the body reads as strict as before but for them.
fn repair(
    body: &Body<'_>,
    length: u32,
    (kind, within): (RelaxationKind, usize),
    spans: &[Span],
    form: ExampleForm,
) -> Option<Vec<(Span, String)>> {
    let text = Span::new(0, length).of(body.text());
    let mut edits = Vec::with_capacity(spans.len());
    let mut after = String::with_capacity(text.len() + spans.len());
    let mut at = 0;
    for span in spans {
        let right = replacement(kind, span.of(text))?;
        if form == ExampleForm::Command && right.contains(['"', '\'']) {
            return None;
        }
        after.push_str(text.get(at as usize..span.start as usize)?);
        after.push_str(&right);
        at = span.end;
        edits.push((body.to_page(*span), right));
    }
    after.push_str(text.get(at as usize..)?);
    let (before, after) = (body.json, parse::json::parse(&after));
    let lost = before.relaxations.len().checked_sub(after.relaxations.len())?;
    let none_left = after.relaxations.iter().all(|relaxation| relaxation.kind != kind);
    // Where text was skipped nobody knows what a comma would separate.
    let is_whole = after.errors.is_empty() && before.errors.is_empty();
    let same = after.nodes.len() == before.nodes.len() && after.roots.len() == before.roots.len();
    (none_left && is_whole && same && lost + within >= spans.len()).then_some(edits)
}

/// What to write instead, for the kinds that a machine can repair.
fn replacement(kind: RelaxationKind, written: &str) -> Option<String> {
    use RelaxationKind as K;
    let text = match kind {
        K::TrailingComma | K::ExtraComma | K::ByteOrderMark | K::QuestionMark | K::ZeroWidth => "",
        K::MissingComma | K::OddComma => ",",
        K::OddSpace => " ",
        K::OddColon => ":",
        K::SmartQuotes => "\"",
        K::OddBracket => match written {
            "｛" => "{",
            "｝" => "}",
            "［" => "[",
            "］" => "]",
            _ => return None,
        },
        K::LiteralCase => return Some(written.to_ascii_lowercase()),
        K::OddNumber => {
            let ascii = |c: char| match digit(c) {
                Some(value) => char::from_digit(value, 10),
                None => Some(c).filter(char::is_ascii),
            };
            let number: String = written.chars().map(ascii).collect::<Option<_>>()?;
            return (number != written).then_some(number);
        }
        _ => return None,
    };
    Some(text.to_owned())
}
