//! What the cells of a column look like, whatever their language.

use std::borrow::Cow;

use crate::document::{Row, View};
use crate::extract::{Reader, target};
use crate::facts::METHODS;

/// How many of a column's cells look like what. Counts of non-empty cells among those sampled.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    pub filled: u32,
    pub identifier: u32,
    pub code: u32,
    pub type_word: u32,
    pub mark: u32,
    pub method: u32,
    pub uri: u32,
    pub number: u32,
    pub status: u32,
    pub prose: u32,
}

/// Rows looked at to tell a column's role; more would not change the verdict.
const SAMPLE: usize = 16;

impl Shape {
    /// Counts in what another counted.
    fn count(&mut self, other: &Self) {
        self.filled += other.filled;
        self.identifier += other.identifier;
        self.code += other.code;
        self.type_word += other.type_word;
        self.mark += other.mark;
        self.method += other.method;
        self.uri += other.uri;
        self.number += other.number;
        self.status += other.status;
        self.prose += other.prose;
    }

    /// The share of filled cells counted by `count`, 0 if there is none.
    pub fn share(&self, count: u32) -> f32 {
        if self.filled == 0 { 0.0 } else { count as f32 / self.filled as f32 }
    }
}

/// The shape of each of the first `width` columns of `rows`.
pub(super) fn shapes(reader: &Reader<'_>, rows: &[Row], width: usize) -> Vec<Shape> {
    let mut shapes = vec![Shape::default(); width];
    // The last text of each column: types and marks repeat.
    let mut above: Vec<(Cow<'_, str>, Shape)> = vec![Default::default(); width];
    for row in rows.iter().take(SAMPLE) {
        for ((shape, above), cell) in shapes.iter_mut().zip(&mut above).zip(reader.document.row_cells(row)) {
            let text = reader.document.text(reader.text, *cell, View::Page);
            if text.is_empty() {
                continue;
            }
            if text != above.0 {
                above.1 = Shape::default();
                add(&mut above.1, reader, &text);
            }
            shape.count(&above.1);
            if reader.document.bilingual {
                let original = reader.document.text(reader.text, *cell, View::Source);
                if original != text {
                    add(shape, reader, &original);
                }
            }
            above.0 = text;
        }
    }
    shapes
}

fn add(shape: &mut Shape, reader: &Reader<'_>, text: &str) {
    shape.filled += 1;
    if looks_like_uri(text) {
        shape.uri += 1;
        return;
    }
    if is_prose(text) {
        shape.prose += 1;
        return;
    }
    let senses = reader.vocabulary.senses(text);
    if METHODS.contains(&text) || senses.method && reader.vocabulary.method(text).is_some() {
        shape.method += 1;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits > 0 && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace()) {
        shape.number += 1;
        if digits == 3 && matches!(text.as_bytes()[0], b'1'..=b'5') {
            shape.status += 1;
        }
        return;
    }
    // Where the wide bracket begins, other characters do too.
    let may_break = memchr::memchr3(b'(', b',', 0xEF, text.as_bytes()).is_some();
    let end = if may_break { text.find(['(', '（', ',']) } else { None };
    let before_condition = end.map_or(text, |end| &text[..end]);
    let conditional = before_condition.len() < text.len();
    let mark = if conditional { reader.vocabulary.senses(before_condition) } else { senses };
    if mark.mark {
        shape.mark += 1;
    } else if senses.type_word || holds_type(reader, text) {
        shape.type_word += 1;
    } else if is_identifier(text) {
        shape.identifier += 1;
        shape.code += u32::from(is_code(text));
    }
}

/// More words than a name, a type or a mark has.
fn is_prose(text: &str) -> bool {
    const WORDS: usize = 6;
    text.len() > 2 * WORDS && text.split_whitespace().nth(WORDS).is_some()
}

/// A request URI: has a path with a version, a placeholder or a protocol version.
pub(super) fn looks_like_uri(text: &str) -> bool {
    memchr::memchr(b'/', text.as_bytes()).is_some()
        && (text.starts_with('/')
            || text.contains("/v1")
            || text.contains("}/")
            || text.contains("://")
            || text.contains("/{")
            || text.contains(" HTTP/"))
        && (text.split_whitespace().nth(15).is_none() || has_spaced_query(text))
}

/// A target into whose query a translation put spaces: `{baseURL}/v1/usage ? start \_ time = {start} & end ..`.
fn has_spaced_query(text: &str) -> bool {
    let query = text.split_once(['?', '？']).map_or("", |(_, query)| query);
    target::starts_target(text) && query.contains('=') && query.contains('&')
}

/// Whether a part of the text is a type word: `Array of strings`, `List<int>`.
fn holds_type(reader: &Reader<'_>, text: &str) -> bool {
    let mut parts = text.split(['<', '>', ' ', '[', '(', ',']);
    parts.any(|part| part.len() > 2 && part.len() < text.len() && reader.vocabulary.senses(part).type_word)
}

/// An identifier with an inner hump or joint: no ordinary word.
fn is_code(identifier: &str) -> bool {
    let humps = identifier
        .as_bytes()
        .windows(2)
        .any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    humps || identifier.contains('_')
}

/// One word of identifier characters, not a sentence.
pub(super) fn is_identifier(text: &str) -> bool {
    let joint = |byte: u8| matches!(byte, b'_' | b'.' | b'-' | b'$' | b'@' | b'[' | b']');
    let bytes = text.as_bytes();
    bytes.first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$' | b'@'))
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || joint(*byte))
        && !text.ends_with('.')
}
