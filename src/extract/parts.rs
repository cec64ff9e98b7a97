//! What of an operation each list and example is about: by headings, lone bold lines, `[Request body]`,
//! `Parameters:`, the sentence before it, and the status that they name.
//!
//! Absent here: which operations there are.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::document::{BlockKind, Inline, Style, View};
use crate::extract::Reader;
use crate::facts::{Direction, Facts, Part, Section, SectionRole, StartLine, TableRole};
use crate::lexicon::{HeaderRole, Vocabulary};
use crate::text::is_blank;

/// Longest line that may be a label, in bytes.
const LABEL: usize = 160;

/// What the lines above a list or example say.
#[derive(Debug, Clone, Copy, Default)]
struct Said {
    part: Option<Part>,
    status: Option<u16>,
    /// Whether a label said so, below the last heading.
    labelled: bool,
}

/// Notes with each table and example its operation, its part and its status.
pub(super) fn assign(reader: &Reader<'_>, facts: &mut Facts) {
    let mut tables = std::mem::take(&mut facts.tables);
    let mut examples = std::mem::take(&mut facts.examples);
    let headings: Vec<Said> = facts.sections.iter().map(|section| of_heading(reader, section)).collect();
    let (mut next_table, mut next_example) = (0, 0);
    let mut scope = Scope { facts, at: 0 };
    let mut section: Option<u32> = None;
    let mut label = Said::default();
    // Read only where a list or example follows.
    let mut lead_in: Option<Inline> = None;
    let of_lead_in = |text: Option<Inline>| text.map_or_else(Said::default, |text| of_sentence(reader, text));
    for block in &reader.document.blocks {
        match &block.kind {
            BlockKind::Heading { .. } => {
                section = Some(section.map_or(0, |last| last + 1));
                (label, lead_in) = (Said::default(), None);
            }
            BlockKind::Paragraph { text, .. } => {
                lead_in = None;
                match of_label(reader, *text) {
                    Some(said) => label = said,
                    None => lead_in = Some(*text),
                }
            }
            BlockKind::Table(number) => {
                if let Some(fact) = tables.get_mut(next_table).filter(|fact| fact.table == *number) {
                    next_table += 1;
                    let operation = scope.at(block.span.start);
                    let above = inherited(scope.facts, &headings, section, operation);
                    let said = together(of_lead_in(lead_in), label, above);
                    fact.operation = operation;
                    fact.part = said
                        .part
                        .or_else(|| of_header(reader, fact.table))
                        .or((fact.role == TableRole::Headers).then_some(Part::Header));
                    fact.status = said.status;
                }
                lead_in = None;
            }
            BlockKind::Code(number) => {
                while let Some(example) =
                    examples.get_mut(next_example).filter(|example| example.code == *number)
                {
                    next_example += 1;
                    let operation = scope.at(block.span.start);
                    let above = inherited(scope.facts, &headings, section, operation);
                    let said = together(of_lead_in(lead_in), label, above);
                    let code = &reader.document.codes[*number as usize];
                    let info = status_of_info(code.info.of(reader.text));
                    let line = match example.message.start {
                        StartLine::Status { code: digits, .. } => {
                            digits.of(&reader.document.code_text(reader.text, code)).parse().ok()
                        }
                        _ => None,
                    };
                    example.operation = operation;
                    example.status = line.or(info).or(said.status);
                    example.part = match example.message.start {
                        StartLine::Request { .. } => Some(Part::Body),
                        StartLine::Status { .. } => Some(Part::Response),
                        StartLine::Missing => said.part.or(example.status.map(|_| Part::Response)),
                    };
                    if example.direction == Direction::Unknown {
                        example.direction = match example.part {
                            Some(Part::Body | Part::Form) => Direction::Request,
                            Some(Part::Response | Part::Errors) => Direction::Response,
                            _ => Direction::Unknown,
                        };
                    }
                }
                // A sentence may be about the blocks after it as well, a status is not.
                lead_in = None;
            }
            BlockKind::Html | BlockKind::Directive => {}
        }
    }
    facts.tables = tables;
    facts.examples = examples;
}

/// The operations of a page, asked for in page order.
struct Scope<'f> {
    facts: &'f Facts,
    at: usize,
}

impl Scope<'_> {
    /// The operation in whose scope a byte lies: of several with one scope the first.
    fn at(&mut self, byte: u32) -> Option<u32> {
        let operations = &self.facts.operations;
        while let Some(next) = operations.get(self.at + 1)
            && next.span.start <= byte
        {
            self.at += 1;
        }
        let here = operations.get(self.at).filter(|here| here.span.start <= byte && byte < here.span.end)?;
        let mut first = self.at;
        while first > 0 && operations[first - 1].span == here.span {
            first -= 1;
        }
        Some(first as u32)
    }
}

fn together(lead_in: Said, label: Said, heading: Said) -> Said {
    let all = [lead_in, label, heading];
    // A label that names a status is about one answer, whatever the heading above it says.
    let part = all.iter().find_map(|said| said.part.or(said.status.map(|_| Part::Response)));
    let status = all
        .iter()
        .take_while(|said| said.status.is_some() || said.part.is_none_or(is_answer))
        .find_map(|said| said.status);
    Said { part, status, labelled: label.labelled }
}

fn is_answer(part: Part) -> bool {
    matches!(part, Part::Response | Part::Errors)
}

/// What the headings above say, up to that of the operation.
fn inherited(facts: &Facts, headings: &[Said], section: Option<u32>, operation: Option<u32>) -> Said {
    let subject = operation.and_then(|at| facts.operations.get(at as usize)).and_then(|found| found.section);
    let mut said = Said::default();
    let parent = |at: &u32| facts.sections.get(*at as usize).and_then(|section| section.parent);
    for at in std::iter::successors(section, parent).take_while(|at| Some(*at) != subject) {
        let Some(found) = headings.get(at as usize) else { break };
        if said.part.is_none_or(is_answer) {
            said.status = said.status.or(found.status);
        }
        said.part = match (said.part, found.part) {
            // An answer has no parameters: `Query` below it is the name of a type.
            (Some(Part::Path | Part::Query | Part::Cookie), Some(outer)) if is_answer(outer) => Some(outer),
            (inner, outer) => inner.or(outer),
        };
    }
    said
}

fn of_heading(reader: &Reader<'_>, section: &Section) -> Said {
    let text = reader.document.text(reader.text, section.text, View::Page);
    let mut said = of_words(&text, &reader.vocabulary);
    if said.part.is_none() {
        said.part = section.role.and_then(of_role);
    }
    said
}

fn of_role(role: SectionRole) -> Option<Part> {
    use SectionRole as S;
    match role {
        S::RequestHeaders => Some(Part::Header),
        S::RequestBody | S::RequestExample => Some(Part::Body),
        S::Response | S::ResponseBody | S::ResponseExample => Some(Part::Response),
        S::ErrorCodes => Some(Part::Errors),
        S::FilterSyntax => Some(Part::Query),
        _ => None,
    }
}

/// What a paragraph says that is a label: lone bold text, `[Request body]`, `Parameters:`.
fn of_label(reader: &Reader<'_>, inline: Inline) -> Option<Said> {
    if inline.span.len() as usize > LABEL {
        return None;
    }
    let runs = reader.document.inline_runs(inline);
    let visible = || runs.iter().filter(|run| !run.style.has(Style::BREAK));
    let text = reader.document.text(reader.text, inline, View::Page);
    let is_sign = |text: &str| text.trim_matches(|c: char| is_blank(c) || matches!(c, ':' | '：')).is_empty();
    let bold = visible().any(|run| run.style.has(Style::STRONG))
        && visible()
            .all(|run| run.style.has(Style::STRONG) || is_sign(reader.document.run_text(reader.text, run)));
    let bracketed = text.starts_with(['[', '【']) && text.ends_with([']', '】']);
    let ends = text.ends_with([':', '：']);
    if !bold && !bracketed && !ends {
        return None;
    }
    let said = of_words(&text, &reader.vocabulary);
    let speaks = said.part.is_some() || said.status.is_some();
    (speaks || bold || bracketed).then_some(Said { labelled: true, ..said })
}

/// The part and status that a heading or label names.
fn of_words(text: &str, vocabulary: &Vocabulary<'_>) -> Said {
    let status = status_of_label(text, vocabulary);
    let part = part_of_label(text, vocabulary);
    let part =
        part.or_else(|| status.map(|status| if status >= 400 { Part::Errors } else { Part::Response }));
    Said { part, status, labelled: false }
}

fn part_of_label(text: &str, vocabulary: &Vocabulary<'_>) -> Option<Part> {
    let known =
        |words: &str| vocabulary.part(words).next().or_else(|| vocabulary.section(words).find_map(of_role));
    if text.len() > LABEL {
        return None;
    }
    let whole = known(text);
    if whole.is_some() {
        return whole;
    }
    // Without what stands in brackets, the status and its phrase: `Response (200 OK)`, `Query parameters (optional)`.
    let end = text.find(['(', '（', ':', '：', '–', '—']).unwrap_or(text.len());
    let bare = &text[..end];
    let bare = if has_status(bare) { STATUS.replace(bare, "$1") } else { Cow::Borrowed(bare) };
    let bare = bare.trim();
    if bare.len() == text.len() || bare.is_empty() { None } else { known(bare) }
}

/// A status with its phrase.
static STATUS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(^|[^\p{L}\p{N}./#-])([1-5]\d\d)(?:[^\p{L}\p{N}./-]|$)(?:.{0,2}\b(?:OK|Created|Accepted|No Content|Bad Request|Unauthorized|Forbidden|Not Found|Conflict|Unprocessable Entity|Internal Server Error|[A-Z][a-z]+(?: [A-Z][a-z]+){0,3})\b)?")
        .expect("a pattern of this file")
});
/// A status in running text, which says that it is one.
static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:(?i:http)(?:/[\d.]+)?\s+`?([1-5]\d\d)\b|\b([1-5]\d\d)`?\s+(?:OK|Created|Accepted|No Content|Bad Request|Unauthorized|Forbidden|Not Found|Conflict|Gone|Unprocessable|Too Many Requests|Internal Server Error|Service Unavailable)\b|(\p{L}+)[:：]?\s*`?([1-5]\d\d)\b)")
        .expect("a pattern of this file")
});

/// Whether a text has three digits that may be a status: the patterns are for those.
fn has_status(text: &str) -> bool {
    let is_status = |digits: &[u8]| digits.len() == 3 && matches!(digits[0], b'1'..=b'5');
    text.as_bytes()
        .chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit())
        .any(|run| run[0].is_ascii_digit() && is_status(run))
}

/// The status that a heading or label names: it is the number of one, and nothing else has a number.
fn status_of_label(text: &str, vocabulary: &Vocabulary<'_>) -> Option<u16> {
    if text.len() > LABEL || !has_status(text) {
        return None;
    }
    let found = STATUS.captures(text)?;
    let number = found.get(2)?;
    let before = text[..number.start()].trim_matches(|c: char| !c.is_alphanumeric());
    let says = before.is_empty()
        || part_of_word(before, vocabulary)
        || before.split_whitespace().next_back().is_some_and(|word| part_of_word(word, vocabulary));
    let plain = text[number.end()..].trim_matches(|c: char| !c.is_alphanumeric());
    let phrase = plain.is_empty() || plain.split_whitespace().count() <= 4;
    (says && phrase).then(|| number.as_str().parse().ok()).flatten()
}

/// Whether a word before a number says that it is a status.
fn part_of_word(word: &str, vocabulary: &Vocabulary<'_>) -> bool {
    word.eq_ignore_ascii_case("http")
        || vocabulary.header(word).any(|role| matches!(role, HeaderRole::HttpStatus | HeaderRole::ErrorCode))
        || vocabulary.section(word).any(|role| of_role(role).is_some_and(is_answer))
        || vocabulary.part(word).any(is_answer)
}

/// What the sentence before a list or example says.
fn of_sentence(reader: &Reader<'_>, inline: Inline) -> Said {
    const LONGEST: u32 = 400;
    let mut said = Said::default();
    if inline.span.len() > LONGEST {
        return said;
    }
    let raw = inline.span.of(reader.text);
    if has_status(raw) {
        let text = reader.document.text(reader.text, inline, View::Page);
        said.status = status_of_sentence(&text, &reader.vocabulary);
    }
    if raw.ends_with([':', '：']) && reader.document.inline_runs(inline).len() < 16 {
        let text = reader.document.text(reader.text, inline, View::Page);
        said.part = part_of_sentence(&text, &reader.vocabulary);
    }
    said
}

fn status_of_sentence(text: &str, vocabulary: &Vocabulary<'_>) -> Option<u16> {
    let mut spoken = SPOKEN.captures_iter(text).filter_map(|found| {
        let number = found.get(1).or(found.get(2));
        let named = || {
            let (word, number) = (found.get(3)?, found.get(4)?);
            part_of_word(word.as_str(), vocabulary).then_some(number)
        };
        number.or_else(named)?.as_str().parse::<u16>().ok()
    });
    let first = spoken.next()?;
    // A sentence with two of them is about neither.
    spoken.all(|other| other == first).then_some(first)
}

/// The one part that a sentence names in two or three words that belong together.
fn part_of_sentence(text: &str, vocabulary: &Vocabulary<'_>) -> Option<Part> {
    const MOST: usize = 40;
    let words: Vec<&str> =
        text.split(|c: char| is_blank(c)).filter(|word| !word.is_empty()).take(MOST).collect();
    let (mut found, mut phrase) = (None::<Part>, String::new());
    for size in [3, 2, 1] {
        for window in words.windows(size) {
            phrase.clear();
            for word in window {
                phrase.extend([" ", word]);
            }
            // One word alone is no part: `response` may stand in any sentence.
            let named =
                vocabulary.part(&phrase).next().or_else(|| vocabulary.section(&phrase).find_map(of_role));
            let Some(part) = named.filter(|part| size > 1 || is_answer(*part)) else { continue };
            if found.is_some_and(|other| other != part) {
                return None;
            }
            found = Some(part);
        }
        if found.is_some() {
            return found;
        }
    }
    found
}

/// The part that a header cell of a table names: `Query parameter`.
fn of_header(reader: &Reader<'_>, table: u32) -> Option<Part> {
    let table = reader.document.tables.get(table as usize)?;
    let header = reader.document.rows.get(table.header? as usize)?;
    let first = reader.document.row_cells(header).first()?;
    let text = reader.document.text(reader.text, *first, View::Page);
    let found = reader.vocabulary.part(&text).next()?;
    matches!(found, Part::Path | Part::Query | Part::Header | Part::Cookie | Part::Form).then_some(found)
}

/// The status in the info string of a fence: `json 400`, `json title="400"`.
fn status_of_info(info: &str) -> Option<u16> {
    let rest = info.split_once(|c: char| is_blank(c) || matches!(c, ',' | '{'))?.1;
    let found = STATUS.captures(rest)?;
    found.get(2)?.as_str().parse().ok()
}
