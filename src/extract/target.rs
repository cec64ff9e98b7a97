//! Request targets as documentation writes them: base, path template, query, HTTP version, each with its
//! bytes, also where a translation put spaces and full-width signs into them. Absent here: whether the
//! target is right.

use crate::text::Span;

/// A request target or URI cell taken apart. Spans count bytes of the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Target {
    /// `{baseURL}`, `https://host`; empty if the target starts with its path.
    pub base: Span,
    /// From the first slash to the query, without the white space around it.
    pub path: Span,
    /// The parts of the path between its slashes.
    pub segments: Vec<Segment>,
    /// What follows the question mark.
    pub query: Option<Span>,
    /// `HTTP/1.1`
    pub version: Option<Span>,
}

/// A part of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The part without slashes and the white space around it; empty between two slashes.
    pub span: Span,
    /// The name inside the brackets, if the whole part stands for a value: `{id}`, `<id>`, `:id`.
    pub placeholder: Option<Span>,
}

impl Target {
    /// Name and value of each query parameter; the value is empty where there is none.
    pub fn query_pairs<'a>(&self, text: &'a str) -> impl Iterator<Item = (Span, Span)> + 'a {
        let query = self.query.unwrap_or_default();
        split(text, query, is_ampersand).map(move |pair| {
            let mut halves = split(text, pair, |c| matches!(c, '=' | '＝'));
            let name = halves.next().unwrap_or(pair).trimmed(text);
            let value = halves.next().map_or(pair.end, |value| value.start);
            (name, Span::new(value, pair.end).trimmed(text))
        })
    }
}

/// Takes apart the target at `span` in `text`; any text gives a target.
pub fn read(text: &str, span: Span) -> Target {
    let mut rest = span.trimmed(text);
    let version = version_at_end(text, rest);
    if let Some(version) = version {
        rest = Span::new(rest.start, version.start).trimmed(text);
    }
    let base = Span::new(rest.start, rest.start + base_len(rest.of(text)) as u32);
    let after_base = Span::new(base.end, rest.end);
    let query_sign = top_level(text, after_base, |c| is_question_mark(c) || is_ampersand(c));
    let (path, query) = match query_sign {
        Some(sign) => (Span::new(base.end, sign.start), Some(Span::new(sign.end, rest.end).trimmed(text))),
        None => (after_base, None),
    };
    let path = path.trimmed(text);
    Target { base, path, segments: segments(text, path), query, version }
}

fn segments(text: &str, path: Span) -> Vec<Segment> {
    let leading = u32::from(path.of(text).starts_with('/'));
    let parts = Span::new(path.start + leading, path.end);
    if parts.is_empty() {
        return Vec::new();
    }
    split(text, parts, |c| matches!(c, '/' | '／'))
        .map(|part| {
            let span = part.trimmed(text);
            Segment { span, placeholder: placeholder_name(text, span) }
        })
        .collect()
}

/// The name in a part that stands for a value, whatever its brackets, also if one of them is lost.
fn placeholder_name(text: &str, part: Span) -> Option<Span> {
    let slice = part.of(text);
    if slice.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let (opening, closing) = (["%7B", "%7b", "${", "$("], ["%7D", "%7d"]);
    let open = opening.iter().find(|open| slice.starts_with(**open)).map_or_else(
        || slice.len() - slice.trim_start_matches(|c| closing_bracket(c).is_some()).len(),
        |open| open.len(),
    );
    let inside = &slice[open..];
    let close = closing.iter().find(|close| inside.ends_with(**close)).map_or_else(
        || inside.len() - inside.trim_end_matches(is_closing_bracket).len(),
        |close| close.len(),
    );
    if open == 0 && close == 0 {
        let name = slice.strip_prefix([':', '：'])?;
        return Some(Span::new(part.end - name.len() as u32, part.end).trimmed(text));
    }
    let name = Span::new(part.start + open as u32, part.end - close as u32);
    // `items(id)` and `{id}.json` are more than a placeholder.
    let lone = !name.of(text).contains(|c| closing_bracket(c).is_some() || is_closing_bracket(c));
    lone.then(|| name.trimmed(text)).filter(|name| !name.is_empty())
}

/// The bracket that closes what `c` opens.
fn closing_bracket(c: char) -> Option<char> {
    Some(match c {
        '{' => '}',
        '<' => '>',
        '[' => ']',
        '(' => ')',
        '｛' => '｝',
        '＜' => '＞',
        '［' => '］',
        '（' => '）',
        '【' => '】',
        '〈' => '〉',
        '《' => '》',
        '「' => '」',
        _ => return None,
    })
}

fn is_closing_bracket(c: char) -> bool {
    matches!(c, '}' | '>' | ']' | ')' | '｝' | '＞' | '］' | '）' | '】' | '〉' | '》' | '」')
}

fn is_question_mark(c: char) -> bool {
    matches!(c, '?' | '？')
}

fn is_ampersand(c: char) -> bool {
    matches!(c, '&' | '＆')
}

/// Length of the group in brackets that starts `text`: `{id}`, `{{id}}`. `None` if the bracket is never closed or
/// its like opens again first: then it was lost.
fn group_len(text: &str) -> Option<usize> {
    let open = text.chars().next()?;
    let close = closing_bracket(open)?;
    let opened = text.chars().take(3).take_while(|c| *c == open).count();
    let inside = &text[opened * open.len_utf8()..];
    let end = (opened <= 2).then(|| inside.find([open, close]))??;
    let closed = inside[end..].chars().take_while(|c| *c == close).take(opened).count() == opened;
    let len = opened * open.len_utf8() + end + opened * close.len_utf8();
    closed.then_some(len)
}

/// The first character in `span`, outside of brackets, that `wanted` accepts.
fn top_level(text: &str, span: Span, wanted: impl Fn(char) -> bool) -> Option<Span> {
    let slice = span.of(text);
    // Neither a sign nor a bracket, as nearly all are.
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    let mut at = 0;
    loop {
        at += slice.as_bytes()[at..].iter().take_while(|byte| is_plain(byte)).count();
        let rest = &slice[at..];
        let c = rest.chars().next()?;
        if wanted(c) {
            let start = span.start + at as u32;
            return Some(Span::new(start, start + c.len_utf8() as u32));
        }
        at += group_len(rest).unwrap_or(c.len_utf8());
    }
}

/// The parts of `span` between the signs, outside of brackets, that `is_sign` accepts.
fn split<'a>(
    text: &'a str,
    span: Span,
    is_sign: impl Fn(char) -> bool + Copy + 'a,
) -> impl Iterator<Item = Span> + 'a {
    let mut rest = (!span.is_empty()).then_some(span);
    std::iter::from_fn(move || {
        let here = rest?;
        let sign = top_level(text, here, is_sign);
        rest = sign.map(|sign| Span::new(sign.end, here.end));
        Some(Span::new(here.start, sign.map_or(here.end, |sign| sign.start)))
    })
}

/// Length of the scheme that starts `text`, with its slashes: `https://`, also as `Https：//` or `http:// `.
fn scheme_len(text: &str) -> usize {
    let name = ["https", "http"].into_iter().find(|name| starts_with_ignore_case(text, name));
    let Some(name) = name else { return 0 };
    let after = text[name.len()..].trim_start_matches(' ');
    let Some(after) = after.strip_prefix([':', '：']) else { return 0 };
    let slashes = after.trim_start_matches(' ').trim_start_matches(['/', '\\', '／']);
    if slashes.len() == after.trim_start_matches(' ').len() { 0 } else { text.len() - slashes.len() }
}

/// Length of `{baseURL}` or `https://host` at the start of `text`.
fn base_len(text: &str) -> usize {
    let scheme = scheme_len(text);
    if scheme > 0 {
        let host = text[scheme..].trim_start();
        let start = text.len() - host.len();
        let group = group_len(host).unwrap_or(0);
        let is_end = |c: char| matches!(c, '/' | '／') || is_question_mark(c) || c.is_whitespace();
        return start + group + host[group..].find(is_end).unwrap_or(host.len() - group);
    }
    // Emphasis that a translation broke leaves its stars: `* { baseURL } *`.
    let is_frame = |c: char| matches!(c, '*' | '_' | '[' | ']' | ' ' | '\u{A0}');
    let inside = text.trim_start_matches(is_frame);
    let Some(group) = group_len(inside).or_else(|| group_len(text)) else { return 0 };
    let start = if group_len(inside).is_some() { text.len() - inside.len() } else { 0 };
    let after = &text[start + group..];
    let frame = if start > 0 { after.len() - after.trim_start_matches(is_frame).len() } else { 0 };
    let end = start + group + frame;
    end - (text[..end].len() - text[..end].trim_end().len())
}

fn starts_with_ignore_case(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// Whether `text` starts like a target: a scheme, a slash before a word or placeholder, a base in brackets.
pub fn starts_target(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || closing_bracket(c).is_some() || c == ':';
    if let Some(rest) = text.strip_prefix('/') {
        return rest.starts_with(is_part);
    }
    let based = text.starts_with(|c| closing_bracket(c).is_some())
        && group_len(text).is_some_and(|len| text[len..].starts_with('/') && !text[..len].contains('"'));
    scheme_len(text) > 0 || based
}

/// The HTTP version at the start of `text`, e.g. `HTTP/1.1`, also as `http/1。1` or `HTTP 1.1`: its length.
pub fn version_len(text: &str) -> Option<usize> {
    if !starts_with_ignore_case(text, "http") {
        return None;
    }
    let after = text[4..].trim_start_matches([' ', '\u{A0}']);
    let number = after.strip_prefix(['/', '／', '\\']).unwrap_or(after).trim_start_matches([' ', '\u{A0}']);
    let major = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let minor = &number[major..];
    let dot = minor
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | '。' | '．' | ',' | '，' | '·'))
        .map_or(0, char::len_utf8);
    let digits = minor[dot..].bytes().take_while(u8::is_ascii_digit).count();
    let len = text.len() - number.len() + major + if digits > 0 { dot + digits } else { 0 };
    let slashed = number.len() < after.len();
    // `HTTP 200` has a status code, not a version.
    (major > 0 && major <= 2 && (slashed || digits > 0)).then_some(len)
}

/// The HTTP version that ends `span`.
pub fn version_at_end(text: &str, span: Span) -> Option<Span> {
    // The longest spelling: `HTTP / 1.1` with wide signs.
    const WINDOW: usize = 24;
    let slice = span.of(text);
    let from = (slice.len().saturating_sub(WINDOW)..slice.len()).find(|at| slice.is_char_boundary(*at))?;
    let tail = &slice[from..];
    let (at, _) = tail.char_indices().rev().filter(|(_, c)| matches!(c, 'h' | 'H')).find(|(at, _)| {
        version_len(&tail[*at..]).is_some_and(|len| tail[at + len..].chars().all(|c| c == '.' || c == '。'))
    })?;
    let start = span.start + (from + at) as u32;
    let len = version_len(&tail[at..])?;
    Some(Span::new(start, start + len as u32))
}
