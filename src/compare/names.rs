//! What each name cell should say, and on whose word.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::alignment::{Alignment, Evidence, NameDifference, Pair};
use crate::compare::align::{identifier_words, plain_words};
use crate::comparison::{Against, Bound, NameVerdict, ReferenceTable, RowVote, Vote};
use crate::document::View;
use crate::facts::Page;
use crate::finding::{Basis, Cause, Site};
use crate::fold::{is_same_identifier, split_identifier};
use crate::lexicon::Vocabulary;
use crate::normalize::rows::Row;
use crate::text::{Place, Span, is_blank};

/// Below this a pair is a guess, and a guess is no verdict.
pub const BAR: f32 = 0.5;

/// Placeholders of the page's request paths, with the bytes of their paths, against the rows of a table.
pub struct Placeholders {
    /// In the order of the paths.
    pub names: Vec<(String, Span)>,
    /// Rows against `names`.
    pub alignment: Alignment,
}

/// Who can vouch for the names of a table.
pub struct Witnesses<'w, 'a> {
    /// The reference page's table.
    pub reference: Option<&'w ReferenceTable<'a>>,
    /// The spec.
    pub bound: Option<&'w Bound<'a>>,
    /// The page's own request paths.
    pub placeholders: Option<&'w Placeholders>,
    /// The other locales and the examples, by row, where there is no reference page.
    pub votes: Option<&'w BTreeMap<u32, RowVote>>,
}

/// Verdicts on the names of a table's rows: the source half first, then the reference page, the page's own
/// request paths unless the other locales know better, these where they are sure, the spec, what they guess.
pub fn verdicts<'a>(
    page: &'a Page,
    rows: &[Row<'a>],
    witnesses: &Witnesses<'_, 'a>,
    vocabulary: &Vocabulary<'_>,
) -> Vec<NameVerdict<'a>> {
    let english = is_source_language(page);
    let mut verdicts = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let at = at as u32;
        let by_source = by_source_half(page, row, at);
        let by_reference = || by_reference(row, at, witnesses.reference?);
        let reference = witnesses.reference.and_then(|reference| of_reference(reference, at));
        let vote = witnesses.votes.and_then(|votes| votes.get(&at)?.name.as_ref());
        let elected = vote.filter(|vote| vote.basis == Basis::Locales);
        // What the reference or most other locales say as well, the page's own path cannot overrule.
        let sound = reference.or(elected.map(|vote| &*vote.expected)) == Some(&row.name.text);
        let by_path = || {
            let placeholders = witnesses.placeholders.filter(|_| !sound && elected.is_none())?;
            by_placeholder(page, row, at, placeholders, vocabulary)
        };
        let by_spec = || {
            let bound = witnesses.bound?;
            let Some(pair) = bound.alignment.of_left(at) else { return by_nested(row, at, bound, english) };
            let mut verdict = by_spec(row, at, pair, bound.to, english, vocabulary)?;
            if sound {
                verdict.cause = Cause::Drift;
            }
            Some(verdict)
        };
        let surely = witnesses.votes.and_then(|votes| of_votes(votes, at)).is_some();
        let by_votes = |sure: bool| by_votes(row, at, vote.filter(|_| surely == sure)?);
        // What most other locales surely say tells damage of this one; the spec tells where all of them have drifted.
        let by_others = || by_path().or_else(|| by_votes(true)).or_else(by_spec).or_else(|| by_votes(false));
        verdicts.extend(by_source.or_else(by_reference).or_else(by_others));
    }
    verdicts
}

/// What the reference page calls the row, if it is sure to be the same row and the name is an identifier.
pub fn of_reference<'r>(reference: &'r ReferenceTable<'_>, row: u32) -> Option<&'r str> {
    let pair = reference.alignment.of_left(row).filter(|pair| pair.confidence >= BAR)?;
    let name = reference.rows.get(pair.right as usize)?.name.view(reference.with.view);
    is_name(name).then_some(name)
}

/// What the other locales surely call the row.
pub fn of_votes(votes: &BTreeMap<u32, RowVote>, row: u32) -> Option<&str> {
    const SURE: f32 = 0.85;
    let vote = votes.get(&row)?.name.as_ref()?;
    (vote.basis == Basis::Locales && vote.confidence >= SURE).then_some(&vote.expected)
}

fn by_votes<'a>(row: &Row<'a>, at: u32, vote: &Vote) -> Option<NameVerdict<'a>> {
    let difference = difference(&row.name.text, &vote.expected, Evidence::default());
    (difference != NameDifference::Same).then(|| NameVerdict {
        row: at,
        expected: Cow::Owned(vote.expected.clone()),
        difference,
        basis: vote.basis,
        cause: Cause::Translation,
        confidence: vote.confidence,
        evidence: if vote.kept { Evidence::default() } else { Evidence::WORDS },
        witnesses: vote.witnesses.clone(),
    })
}

fn by_reference<'a>(row: &Row<'a>, at: u32, reference: &ReferenceTable<'a>) -> Option<NameVerdict<'a>> {
    let pair = reference.alignment.of_left(at).filter(|pair| pair.confidence >= BAR)?;
    let theirs = &reference.rows.get(pair.right as usize)?.name;
    let expected = theirs.view(reference.with.view);
    if !is_name(expected) || is_same_header(&row.name.text, expected) {
        return None;
    }
    let difference = difference(&row.name.text, expected, pair.evidence);
    if difference == NameDifference::Same {
        return None;
    }
    let page = reference.with.page;
    let span = page.document.text_span(&page.source.text, theirs.cell, reference.with.view);
    Some(NameVerdict {
        row: at,
        expected: Cow::Owned(expected.to_owned()),
        difference,
        basis: Basis::Reference,
        cause: Cause::Translation,
        confidence: pair.confidence,
        evidence: pair.evidence,
        witnesses: vec![Site::Page(Place { file: page.file, span })],
    })
}

/// Whether the page is in the language the API was written in, so that nothing in it is translated.
pub fn is_source_language(page: &Page) -> bool {
    !page.document.bilingual && page.source.locale.as_ref().is_none_or(|locale| locale.language() == "en")
}

fn by_source_half<'a>(page: &Page, row: &Row<'a>, at: u32) -> Option<NameVerdict<'a>> {
    let original = row.name.original.as_ref().filter(|original| is_name(original))?;
    if is_same_header(&row.name.text, original) {
        return None;
    }
    let difference = difference(&row.name.text, original, Evidence::default());
    if difference == NameDifference::Same {
        return None;
    }
    let span = page.document.text_span(&page.source.text, row.name.cell, View::Source);
    Some(NameVerdict {
        row: at,
        expected: original.clone(),
        difference,
        basis: Basis::Reference,
        cause: Cause::Translation,
        confidence: 1.0,
        evidence: Evidence::ORDER,
        witnesses: vec![Site::Page(Place { file: page.file, span })],
    })
}

/// `{customer-id}` in the path names the row `kund-ID`. Names that only differ in case say nothing: the path
/// may be the damaged one.
fn by_placeholder<'a>(
    page: &Page,
    row: &Row<'a>,
    at: u32,
    placeholders: &Placeholders,
    vocabulary: &Vocabulary<'_>,
) -> Option<NameVerdict<'a>> {
    let pair = placeholders.alignment.of_left(at)?;
    let (expected, path) = placeholders.names.get(pair.right as usize)?;
    let difference = difference(&row.name.text, expected, pair.evidence);
    let translated = matches!(difference, NameDifference::Translated | NameDifference::Annotated);
    // `SelfServePolicy-id` beside `{id}` is another name of the docs' own, not a translation.
    let coded = is_identifier(&row.name.text) && humps(&row.name.text) > 1;
    let untouched = coded || is_untouched(&row.name.text, expected, vocabulary);
    if !translated || untouched || pair.confidence < BAR {
        return None;
    }
    Some(NameVerdict {
        row: at,
        expected: Cow::Owned(expected.clone()),
        difference,
        basis: Basis::Page,
        cause: Cause::Translation,
        confidence: pair.confidence,
        evidence: pair.evidence,
        witnesses: vec![Site::Page(Place { file: page.file, span: *path })],
    })
}

fn by_spec<'a>(
    row: &Row<'a>,
    at: u32,
    pair: &Pair,
    against: Against<'a>,
    english: bool,
    vocabulary: &Vocabulary<'_>,
) -> Option<NameVerdict<'a>> {
    let (expected, site) = right_name(against, pair.right, &row.name.text)?;
    let found = row.name.original.as_deref().unwrap_or(&row.name.text);
    let mut difference = difference(found, expected, pair.evidence);
    if difference == NameDifference::Same {
        return None;
    }
    let drifted = english || is_untouched(found, expected, vocabulary);
    if difference == NameDifference::Translated && drifted {
        if !pair.evidence.any(Evidence::SPELLING) && shared_words(found, expected) < 0.6 {
            return None;
        }
        difference = NameDifference::Spelling;
    }
    let cause = match difference {
        NameDifference::Case if english || humps(found) >= humps(expected) => Cause::Drift,
        NameDifference::Spelling => Cause::Drift,
        _ => Cause::Translation,
    };
    (pair.confidence >= BAR).then_some(NameVerdict {
        row: at,
        expected: Cow::Borrowed(expected),
        difference,
        basis: Basis::Model,
        cause,
        confidence: pair.confidence,
        evidence: pair.evidence,
        witnesses: site.into_iter().collect(),
    })
}

/// The name of a row below another, whose type nearly has it.
fn by_nested<'a>(row: &Row<'a>, at: u32, bound: &Bound<'a>, english: bool) -> Option<NameVerdict<'a>> {
    let place = bound.nested.binary_search_by_key(&at, |nested| nested.row).ok()?;
    let nested = bound.nested.get(place)?;
    let property = nested.property.filter(|_| !nested.evidence.any(Evidence::EXACT))?;
    let (path, found) =
        row.name.text.rsplit_once('.').map_or(("", &*row.name.text), |(path, name)| (path, name));
    let (difference, confidence) = match difference(found, &property.name, nested.evidence) {
        NameDifference::Same => return None,
        NameDifference::Case => (NameDifference::Case, 0.98),
        _ => (NameDifference::Spelling, 0.8),
    };
    let is_drift = difference == NameDifference::Spelling || english || humps(found) >= humps(&property.name);
    Some(NameVerdict {
        row: at,
        expected: if path.is_empty() {
            Cow::Borrowed(&property.name)
        } else {
            Cow::Owned(format!("{path}.{}", property.name))
        },
        difference,
        basis: Basis::Model,
        cause: if is_drift { Cause::Drift } else { Cause::Translation },
        confidence,
        evidence: nested.evidence,
        witnesses: property.place.map(Site::Spec).into_iter().collect(),
    })
}

/// The name of an item of the spec, under the spelling documentation uses for it.
pub fn right_name<'a>(against: Against<'a>, at: u32, found: &str) -> Option<(&'a str, Option<Site>)> {
    let at = at as usize;
    match against {
        Against::Properties(_, properties) => {
            let property = properties.get(at)?;
            Some((&property.name, property.place.map(Site::Spec)))
        }
        Against::Members(_, set) => {
            let member = set.members.get(at)?;
            // Tables list members as declared (`OneTime`) or as on the wire (`one_time`).
            // Where the wire has numbers, they list names.
            let is_declared = found == member.declared || member.is_number();
            let spelled = || found.contains('_') || found.chars().all(char::is_lowercase);
            let wire = found == member.value || !is_declared && spelled();
            let name = if wire { &member.value } else { &member.declared };
            Some((name, member.place.map(Site::Spec)))
        }
        Against::Parameters(operation) => {
            let parameter = operation.parameters.get(at)?;
            Some((&parameter.name, parameter.place.or(operation.place).map(Site::Spec)))
        }
    }
}

/// How `found` differs from `expected`.
pub fn difference(found: &str, expected: &str, evidence: Evidence) -> NameDifference {
    if found == expected || is_slash_path(found) && found.split('/').any(|part| part == expected) {
        NameDifference::Same
    } else if evidence.any(Evidence::CASE) || is_same_identifier(found, expected) {
        NameDifference::Case
    } else if evidence.any(Evidence::GLOSS) || holds(found, expected) {
        NameDifference::Annotated
    } else {
        NameDifference::Translated
    }
}

/// `captain/id`: a path that is written with slashes.
fn is_slash_path(text: &str) -> bool {
    text.contains('/') && text.split('/').all(is_identifier)
}

/// Whether `found` is `expected` and something else beside it.
fn holds(found: &str, expected: &str) -> bool {
    let words = identifier_words(found);
    words.len() > 1 && words.contains(&expected)
}

/// An ASCII identifier made of words of `expected` only: nobody translated it.
fn is_untouched(found: &str, expected: &str, vocabulary: &Vocabulary<'_>) -> bool {
    if !is_identifier(found) {
        return false;
    }
    let wanted: Vec<String> = split_identifier(expected).map(str::to_ascii_lowercase).collect();
    let mut words = split_identifier(found).map(str::to_ascii_lowercase).peekable();
    words.peek().is_some()
        && words.all(|word| wanted.contains(&word) || vocabulary.word(&word).any(|english| english == word))
        && split_identifier(found).count() > 1
}

/// How many of the words of two identifiers are the same, 0 to 1: `catalogId` and `catalogItemId` share most.
fn shared_words(left: &str, right: &str) -> f32 {
    let (left, right) = (plain_words(left), plain_words(right));
    let shared = left.iter().filter(|word| right.contains(word)).count() as f32;
    2.0 * shared / (left.len() + right.len()).max(1) as f32
}

fn humps(name: &str) -> usize {
    name.chars().filter(|c| c.is_uppercase()).count()
}

/// An identifier, or a header with its colon.
fn is_name(text: &str) -> bool {
    let text = text.strip_suffix(':').unwrap_or(text);
    is_identifier(text) || is_path(text)
}

/// Whether a header is named as the source does, however the page's language sets its colon.
fn is_same_header(found: &str, expected: &str) -> bool {
    let name = expected.strip_suffix(':');
    name.is_some_and(|name| found.trim_end_matches(|c| is_blank(c) || matches!(c, ':' | '：')) == name)
}

/// Letters, digits and the joints of identifiers, no spaces: what code could spell.
pub fn is_identifier(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$' | b'@'))
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'$' | b'@' | b'-'))
}

/// An identifier, or a path of them: `rows[].weight`, `filter[phase]`, `order:rows`, `--volume`.
pub fn is_path(text: &str) -> bool {
    let text = text.trim_start_matches('-');
    let bytes = text.as_bytes();
    let fits = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'$' | b'@' | b'-' | b'[' | b']' | b':')
    };
    bytes.first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$' | b'@'))
        && bytes.iter().all(fits)
        && bytes.last().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b']'))
        && text.matches('[').count() == text.matches(']').count()
}
