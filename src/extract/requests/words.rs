//! A method and a target in a line of text.

use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::char::is_combining_mark;

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
    for at in starts(line) {
        let Some(method) = word_before(line, from, at) else { continue };
        let word = &line[method.clone()];
        let target = at..at + target_len(&line[at..]);
        let before = line[..method.start].trim_matches(is_frame);
        let after = &line[target.end..];
        let rest = after.trim_matches(is_frame);
        let alone = (before.is_empty() || LABEL.is_match(before))
            && (rest.is_empty() || after.trim_start().starts_with(['-', '–', '—', '(', '（', ':', '：']));
        let is_known = METHODS.contains(&word);
        // `URL: /carts` has a label in front, and no method.
        let is_label = || {
            line[method.end..target.start].contains([':', '：']) || vocabulary.header(word).next().is_some()
        };
        let may_be = is_known
            || (word.starts_with(char::is_uppercase) || !word.is_ascii())
                && (vocabulary.method(word).is_some() || alone && is_shouted(word))
                && !is_label();
        from = target.end.max(method.end);
        if may_be && target::starts_target(&line[target.clone()]) {
            found.push(Found { method, target, alone });
        }
    }
    found
}

/// Where targets may start, in page order: behind a blank or a mark of Markdown.
fn starts(line: &str) -> impl Iterator<Item = usize> {
    let behind = line.char_indices().filter(|(_, c)| is_gap(*c)).map(|(at, c)| at + c.len_utf8());
    behind.filter(|at| may_start(&line[*at..]))
}

/// Whether a text starts as targets do: `/`, `https://`, `{host}/`, `{{host}}/`, `$HOST/`, `${host}/`, `<host>/`.
fn may_start(text: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let is_named = |c: char| is_word(c) || c == '-';
    let is_dotted = |c: char| is_named(c) || c == '.';
    let behind = |open: usize, is_inner: &dyn Fn(char) -> bool| {
        let rest = text[open..].trim_start_matches(is_inner);
        (rest.len() < text.len() - open).then_some(rest)
    };
    match text.as_bytes() {
        [b'/', ..] => true,
        [b'h', ..] => text.starts_with("http://") || text.starts_with("https://"),
        [b'{', b'{', ..] => behind(2, &is_dotted).is_some_and(|rest| ends(rest, '}', 1..=2)),
        [b'{', ..] => behind(1, &is_dotted).is_some_and(|rest| ends(rest, '}', 1..=2)),
        [b'$', b'{', ..] => behind(2, &is_word).is_some_and(|rest| ends(rest, '}', 0..=1)),
        [b'$', ..] => behind(1, &is_word).is_some_and(|rest| ends(rest, '}', 0..=1)),
        [b'<', ..] => behind(1, &is_named).is_some_and(|rest| ends(rest, '>', 1..=1)),
        _ => false,
    }
}

/// Whether a text goes on with so many closing brackets, then a slash.
fn ends(text: &str, close: char, count: RangeInclusive<usize>) -> bool {
    let rest = text.trim_start_matches(close);
    count.contains(&(text.len() - rest.len())) && rest.starts_with('/')
}

/// The word before a target, in marks and with a colon or not: `GET /carts`, `**POST**: /carts`. It begins the line or
/// stands behind a blank, mark or bracket, and none of it lies before `from`.
fn word_before(line: &str, from: usize, target: usize) -> Option<Range<usize>> {
    const LONGEST_WORD: usize = 24;
    let text = line.get(from..target)?;
    let before = text.trim_end_matches(is_gap);
    if before.len() == text.len() {
        return None;
    }
    let before = before.strip_suffix([':', '：']).unwrap_or(before).trim_end_matches(['`', '*']);
    let rest = before.trim_end_matches(|c: char| c.is_alphabetic() || c == '-' || is_combining_mark(c));
    let word = &before[rest.len()..];
    let begins = rest
        .ends_with(|c: char| is_gap(c) || matches!(c, '(' | '（' | ':' | '：' | '>' | '|' | '/'))
        || rest.is_empty() && from == 0;
    let fits = (2..=LONGEST_WORD).contains(&word.chars().count()) && word.starts_with(char::is_alphabetic);
    (begins && fits).then_some(from + rest.len()..from + before.len())
}

/// What may stand between a method and its target.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '`' | '*')
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

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use regex::Regex;

    use super::{may_start, starts, word_before};

    fn found(line: &str) -> Option<(Range<usize>, usize)> {
        starts(line).find_map(|at| Some((word_before(line, 0, at)?, at)))
    }

    #[test]
    fn targets_start_with_a_path_or_a_host() {
        for text in
            ["/a", "http://a", "https://a", "{host}/a", "{{host.name}}/a", "$HOST/a", "${host}/a", "<host>/a"]
        {
            assert!(may_start(text), "{text}");
        }
        for text in
            ["", "a/b", "http:a", "{}/a", "{host}", "{{host}}}/a", "$/a", "<a b>/c", "</a>", "{é", "$"]
        {
            assert!(!may_start(text), "{text}");
        }
    }

    proptest::proptest! {
        /// One pattern says the same, but is slow to build and to run.
        #[test]
        fn words_before_targets_are_those_of_a_pattern(line in "(?:[ `*:：(|/]|GET|Löschen|得|a-b|x|/c|https://h|[{]i[}]/|[$]H/|<t>/){0,12}") {
            let pattern = Regex::new(
                r"(?:^|[\s(（:：>|*`/])(\p{L}[\p{L}\p{M}-]{1,23})[`*]*[:：]?[\s`*]+((?:https?://|/|\{{1,2}[\w.-]+\}{1,2}/|\$\{?\w+\}?/|<[\w-]+>/)\S*)",
            );
            let groups = pattern.expect("a pattern of this test").captures(&line);
            let wanted = groups.and_then(|groups| Some((groups.get(1)?.range(), groups.get(2)?.start())));
            proptest::prop_assert_eq!(found(&line), wanted);
        }
    }
}
