//! A method and a target in a line of text.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::extract::target;
use crate::facts::METHODS;
use crate::lexicon::Vocabulary;

/// A request in a text, in bytes of that text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub method: Range<usize>,
    pub target: Range<usize>,
    /// Whether the text is nothing but the request and its label.
    pub alone: bool,
}

/// Longest line that is looked at, in bytes: requests stand in short ones.
const LONGEST: usize = 2000;

/// A word, then a path or URL: `GET /carts`, `Supprimer /carts`, `**POST** https://host/carts`.
static REQUEST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[\s(（:：>|*`/])(\p{L}[\p{L}\p{M}-]{1,23})[`*]*[:：]?[\s`*]+((?:https?://|/|\{{1,2}[\w.-]+\}{1,2}/|\$\{?\w+\}?/|<[\w-]+>/)\S*)",
    )
});

/// A known method, then a path without a slash in front, as the consoles of search engines have it.
static CONSOLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(GET|POST|PUT|PATCH|DELETE|HEAD)\s+([A-Za-z0-9_<{*][\w<>{}*,.:-]*(?:/\S*)?)$")
});

/// A label before a request: `Endpoint: `, a mark of a list.
static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[^:：/]{0,40}[:：]\s*$"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of this file")
}

/// Whether a text may hold a path behind a blank: tells most texts by a look at their slashes.
pub(super) fn may_hold(text: &str) -> bool {
    memchr::memchr_iter(b'/', text.as_bytes()).any(|at| {
        let before = text.as_bytes().get(..at).and_then(<[u8]>::last);
        matches!(before, None | Some(b' ' | b':' | b'\t' | b'}' | b'>' | b'*' | b'`' | 0x80..))
    })
}

/// The requests in a line, in their order.
pub(super) fn requests(line: &str, vocabulary: &Vocabulary<'_>) -> Vec<Found> {
    if line.len() > LONGEST || !may_hold(line) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(groups) = REQUEST.captures_at(line, from)
        && let (Some(word), Some(start)) = (groups.get(1), groups.get(2))
    {
        let method = word.range();
        let target = start.start()..start.start() + target_len(&line[start.start()..]);
        let before = line[..method.start].trim_matches(is_frame);
        let after = &line[target.end..];
        let rest = after.trim_matches(is_frame);
        let alone = (before.is_empty() || LABEL.is_match(before))
            && (rest.is_empty() || after.trim_start().starts_with(['-', '–', '—', '(', '（', ':', '：']));
        let is_known = METHODS.contains(&word.as_str());
        // `URL: /carts` has a label in front, and no method.
        let is_label = || {
            line[method.end..target.start].contains([':', '：'])
                || vocabulary.header(word.as_str()).next().is_some()
        };
        let may_be = is_known
            || (word.as_str().starts_with(char::is_uppercase) || !word.as_str().is_ascii())
                && (vocabulary.method(word.as_str()).is_some() || alone && is_shouted(word.as_str()))
                && !is_label();
        from = target.end.max(word.end());
        if may_be && target::starts_target(&line[target.clone()]) {
            found.push(Found { method, target, alone });
        }
    }
    found
}

/// All capitals, as methods are written.
pub(super) fn is_shouted(word: &str) -> bool {
    word.chars().count() >= 3 && word.chars().all(|c| !c.is_lowercase())
}

/// Signs around a request that are neither words nor parts of it.
fn is_frame(c: char) -> bool {
    c.is_whitespace() || matches!(c, '`' | '*' | '_' | '|' | '>' | '-' | '•' | '"' | '\'' | '.' | '。')
}

/// The request in the whole of a line of code, also one without a slash in front of its path.
pub(super) fn request_line(line: &str, vocabulary: &Vocabulary<'_>) -> Option<Found> {
    let trimmed = line.trim_end();
    let line = trimmed.trim_start();
    let lead = trimmed.len() - line.len();
    if line.len() > LONGEST {
        return None;
    }
    let shifted = |range: Range<usize>| range.start + lead..range.end + lead;
    let method_len = line.bytes().take_while(u8::is_ascii_uppercase).count();
    if METHODS.contains(&&line[..method_len]) && line[method_len..].starts_with([' ', '\t']) {
        let rest = line[method_len..].trim_start();
        let start = line.len() - rest.len();
        let len = if target::starts_target(rest) { line_target_len(rest) } else { console_len(line, rest)? };
        return Some(Found {
            method: shifted(0..method_len),
            target: shifted(start..start + len),
            alone: true,
        });
    }
    let found = requests(line, vocabulary).into_iter().next()?;
    let begins = found.method.start == 0 && found.alone;
    begins.then(|| Found { method: shifted(found.method), target: shifted(found.target), alone: true })
}

/// Length of a target that fills a line of code up to the version.
fn line_target_len(rest: &str) -> usize {
    let whole = crate::text::Span::new(0, rest.len() as u32);
    let end = target::version_at_end(rest, whole).map_or(rest.len(), |version| version.start as usize);
    let rest = rest[..end].trim_end();
    // Comments after it: `# lists them`.
    rest.find(" #").or_else(|| rest.find(" //")).map_or(rest.len(), |at| rest[..at].trim_end().len())
}

fn console_len(line: &str, rest: &str) -> Option<usize> {
    CONSOLE.captures(line)?.get(2).map(|_| rest.len())
}

/// Length of a target in running text: to the first blank outside of brackets, without the sign that ends the sentence.
fn target_len(text: &str) -> usize {
    let mut open: Option<char> = None;
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        match (open, c) {
            (None, '{' | '<') if closes(&text[at..]) => open = Some(if c == '{' { '}' } else { '>' }),
            (Some(close), _) if c == close => open = None,
            (None, '`' | '"' | '\'' | '|' | '，' | '。' | '、' | '；' | '（' | '*') => {
                end = at;
                break;
            }
            (None, c) if c.is_whitespace() => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let mut target = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '：']);
    if target.ends_with(')') && !target.contains('(') {
        target = &target[..target.len() - 1];
    }
    target.len()
}

/// Whether the bracket that starts a text closes soon.
fn closes(text: &str) -> bool {
    const LONGEST_NAME: usize = 64;
    let close = if text.starts_with('{') { '}' } else { '>' };
    text.chars().skip(1).take(LONGEST_NAME).any(|c| c == close)
}
