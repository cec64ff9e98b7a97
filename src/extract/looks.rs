//! What the text of a cell looks like, told once a run: types, marks and names repeat, in translations too.
//!
//! Absent here: which locale a page is in, and what the other cells of a column look like.

use crate::extract::target;
use crate::facts::METHODS;
use crate::lexicon::{Senses, Vocabulary};
use crate::memo::Memo;

/// Longer texts, in bytes, are looked at anew each time: they seldom repeat, and each would be kept.
const LONGEST: usize = 64;

/// What a text looks like, whatever the page's locale.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// Whether it is an HTTP method, or may be one that was translated.
    pub method: bool,
    pub kind: Kind,
}

/// What the text of a cell is, as far as that is one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A request URI.
    Uri,
    /// A sentence.
    Prose,
    /// Digits alone.
    Number,
    /// A number that may be the status of a response.
    Status,
    /// Yes or no, maybe with a condition behind it.
    Mark,
    /// A type, or words of which one is.
    Type,
    /// A name.
    Identifier,
    /// A name that is no ordinary word.
    Code,
    /// None of these.
    Other,
}

/// The texts that were looked at.
#[derive(Debug, Default)]
pub(super) struct Looks(Memo<Box<str>, Look>);

impl Looks {
    /// What a text looks like.
    pub fn of(&self, text: &str, vocabulary: Vocabulary<'_>) -> Look {
        if text.len() > LONGEST {
            return Look::new(text, vocabulary);
        }
        self.0.get_or(text.len(), text, || text.into(), || Look::new(text, vocabulary))
    }
}

impl Look {
    fn new(text: &str, vocabulary: Vocabulary<'_>) -> Self {
        if looks_like_uri(text) {
            return Self { method: false, kind: Kind::Uri };
        }
        if is_prose(text) {
            return Self { method: false, kind: Kind::Prose };
        }
        let senses = vocabulary.senses(text);
        let method = METHODS.contains(&text) || senses.method;
        let kind = number(text).unwrap_or_else(|| word(text, senses, vocabulary));
        Self { method, kind }
    }
}

/// What a text of digits and blanks is.
fn number(text: &str) -> Option<Kind> {
    if !text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace()) {
        return None;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_number = digits > 0;
    let is_status = digits == 3 && matches!(text.as_bytes()[0], b'1'..=b'5');
    is_number.then_some(if is_status { Kind::Status } else { Kind::Number })
}

/// What a text of few words is.
fn word(text: &str, senses: Senses, vocabulary: Vocabulary<'_>) -> Kind {
    let before_condition = condition(text).map_or(text, |end| &text[..end]);
    let conditional = before_condition.len() < text.len();
    let is_mark = if conditional { vocabulary.senses(before_condition).mark } else { senses.mark };
    let behind = text[before_condition.len()..].trim_matches([',', ' ', '(', ')']);
    if is_mark && conditional && vocabulary.senses(behind).type_word {
        Kind::Type
    } else if is_mark {
        Kind::Mark
    } else if senses.type_word || holds_type(text, vocabulary) {
        Kind::Type
    } else if is_flag(text) {
        Kind::Code
    } else if !is_identifier(text) {
        Kind::Other
    } else if is_code(text) {
        Kind::Code
    } else {
        Kind::Identifier
    }
}

/// `--force`, alone or before its short form: `--volume, -v`.
fn is_flag(text: &str) -> bool {
    let first = text.split([',', '/', '|', ' ']).next().unwrap_or(text);
    first.strip_prefix("--").is_some_and(|name| name.len() > 1 && is_identifier(name))
}

/// Where a condition begins: a comma, or a parenthesis of either width.
fn condition(text: &str) -> Option<usize> {
    // The wide one is EF BC 88.
    let signs = memchr::memchr3_iter(b'(', b',', 0xEF, text.as_bytes());
    signs.into_iter().find(|at| text.as_bytes()[*at] != 0xEF || text[*at..].starts_with('（'))
}

/// More words than a name, a type or a mark has.
fn is_prose(text: &str) -> bool {
    const WORDS: usize = 6;
    text.len() > 2 * WORDS && has_more_words(text, WORDS)
}

/// Whether a text has more words than `limit`.
fn has_more_words(text: &str, limit: usize) -> bool {
    let mut words = 0;
    let mut after_blank = true;
    for byte in text.bytes() {
        let is_blank = match byte {
            b' ' | b'\t'..=b'\r' => true,
            // Blanks of several bytes begin like this, and other characters do too.
            0xC2 | 0xE1..=0xE3 => return text.split_whitespace().nth(limit).is_some(),
            _ => false,
        };
        if after_blank && !is_blank {
            words += 1;
            if words > limit {
                return true;
            }
        }
        after_blank = is_blank;
    }
    false
}

/// A request URI: has a path with a version, a placeholder or a protocol version.
fn looks_like_uri(text: &str) -> bool {
    memchr::memchr(b'/', text.as_bytes()).is_some()
        && (text.starts_with('/')
            || text.contains("/v1")
            || text.contains("}/")
            || text.contains("://")
            || text.contains("/{")
            || text.contains(" HTTP/"))
        && (!has_more_words(text, 15) || has_spaced_query(text))
}

/// A target into whose query a translation put spaces: `{baseURL}/v1/usage ? start \_ time = {start} & end ..`.
fn has_spaced_query(text: &str) -> bool {
    let query = text.split_once(['?', '？']).map_or("", |(_, query)| query);
    target::starts_target(text) && query.contains('=') && query.contains('&')
}

/// An identifier with an inner hump or joint: no ordinary word.
fn is_code(identifier: &str) -> bool {
    let humps = identifier
        .as_bytes()
        .windows(2)
        .any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    humps || identifier.contains('_')
}

/// Whether a part of the text is a type word: `Array of strings`, `List<int>`.
fn holds_type(text: &str, vocabulary: Vocabulary<'_>) -> bool {
    const PARTS: [u8; 6] = [b'<', b'>', b' ', b'[', b'(', b','];
    let is_type = |part: &str| part.len() > 2 && part.len() < text.len() && vocabulary.senses(part).type_word;
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        if PARTS.contains(&byte) {
            if is_type(&text[start..at]) {
                return true;
            }
            start = at + 1;
        }
    }
    start > 0 && is_type(&text[start..])
}

/// One word of identifier characters, not a sentence.
fn is_identifier(text: &str) -> bool {
    let joint = |byte: u8| matches!(byte, b'_' | b'.' | b'-' | b'$' | b'@' | b'[' | b']');
    let bytes = text.as_bytes();
    bytes.first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$' | b'@'))
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || joint(*byte))
        && !text.ends_with('.')
}
