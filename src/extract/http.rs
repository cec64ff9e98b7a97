//! Splits a code block into the start line, headers and body of an HTTP message, however much of them
//! it shows and whatever a translation did to them. Absent here: reading the body.

use crate::extract::target;
use crate::facts::{Message, MessageProblem, MessageProblemKind, StartLine};
use crate::text::Span;

/// Longest header name or method that is taken for one, in characters.
const NAME_LIMIT: usize = 48;

/// Methods that tell a request line inside a body, where a line of another language may look like one.
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// Reads the first message in `text`. Any text gives a message: what is no start line and no header is body.
/// A second message is a problem whose span starts where it starts; read on from there.
pub fn read(text: &str) -> Message {
    read_from(text, 0)
}

/// Reads the first message from byte `at` on.
pub fn read_from(text: &str, at: usize) -> Message {
    let mut reader = Reader { text, at, message: Message::default() };
    reader.start_line();
    reader.headers();
    reader.body();
    reader.message
}

struct Reader<'a> {
    text: &'a str,
    /// Start of the next line.
    at: usize,
    message: Message,
}

impl<'a> Reader<'a> {
    /// The next line without its end and the white space around it, and where the line after it starts.
    fn peek(&self) -> Option<(Span, usize)> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let len = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |len| len + 1);
        Some((ascii_trimmed(self.text, Span::from(self.at..self.at + len)), self.at + len))
    }

    fn line(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    fn problem(&mut self, kind: MessageProblemKind, span: Span) {
        self.message.problems.push(MessageProblem { span, kind });
    }

    /// Takes the start line, if the first line is one or comments stand before one.
    fn start_line(&mut self) {
        self.skip_blank_lines();
        let begin = self.at;
        while let Some((span, next)) = self.peek()
            && (span.is_empty() || is_comment(self.line(span)))
        {
            self.at = next;
        }
        if let Some((span, next)) = self.peek() {
            let line = self.line(span);
            if matches!(line, "{" | "[") {
                // A bare body, as most that are shown alone begin.
                self.at = begin;
                return;
            }
            if let Some(start) = status_line(self.text, span).or_else(|| request_line(self.text, span)) {
                self.message.start = start;
                self.at = next;
                if start_line_is_short(start) {
                    self.problem(MessageProblemKind::BadStartLine, span);
                }
                return;
            }
            if !starts_body(line)
                && !is_event_line(line)
                && header(self.text, span).is_none()
                && self.header_after(next)
            {
                self.at = next;
                self.problem(MessageProblemKind::BadStartLine, span);
                return;
            }
        }
        // Comments before a body belong to it.
        self.at = begin;
    }

    fn skip_blank_lines(&mut self) {
        while let Some((span, next)) = self.peek()
            && span.is_empty()
        {
            self.at = next;
        }
    }

    /// Whether a header stands in the line at `at`.
    fn header_after(&self, at: usize) -> bool {
        let here = Reader { text: self.text, at, message: Message::default() };
        here.peek().is_some_and(|(span, _)| header(self.text, span).is_some())
    }

    fn headers(&mut self) {
        let mut blank_before = false;
        while let Some((span, next)) = self.peek() {
            let line = self.line(span);
            if line.is_empty() {
                // Only after a start line or a header does a blank line end anything.
                blank_before = true;
            } else if is_event_line(line) {
                return;
            } else if let Some(known) = header(self.text, span) {
                self.message.headers.push(known);
            } else if starts_body(line) || is_message_start(self.text, span) {
                return self.end_headers(span, blank_before);
            } else if blank_before || !self.has_head() {
                return;
            } else if is_comment(line) {
                // A remark between headers.
            } else if self.is_folded(span) {
                self.unfold(span);
            } else if is_form(line) {
                return self.end_headers(span, false);
            } else {
                self.problem(MessageProblemKind::HeaderWithoutColon, span);
            }
            self.at = next;
        }
    }

    fn has_head(&self) -> bool {
        self.message.start != StartLine::Missing
            || !self.message.headers.is_empty()
            || !self.message.problems.is_empty()
    }

    fn end_headers(&mut self, body: Span, blank_before: bool) {
        if !blank_before && self.has_head() && !is_message_start(self.text, body) {
            self.problem(MessageProblemKind::NoBlankLine, Span::empty(body.start));
        }
    }

    /// Whether the line at `span` goes on with the header before it: it is indented, and that one is not.
    fn is_folded(&self, span: Span) -> bool {
        let Some((name, _)) = self.message.headers.last() else { return false };
        let before = self.text[..name.start as usize].bytes().next_back();
        span.start as usize > self.at && !matches!(before, Some(b' ' | b'\t'))
    }

    fn unfold(&mut self, span: Span) {
        if let Some((_, value)) = self.message.headers.last_mut() {
            value.end = span.end;
        }
    }

    /// Takes the rest, up to a second message and the comments that announce it.
    fn body(&mut self) {
        let mut end = self.text.len();
        if let Some(span) = next_message(self.text, self.at) {
            self.problem(MessageProblemKind::AnotherMessage, span);
            end = span.start as usize;
            loop {
                let body = self.text[self.at..end].trim_ascii_end();
                let line = body.rfind('\n').map_or(0, |at| at + 1);
                if !body[line..].trim_ascii_start().starts_with('#') {
                    break;
                }
                end = self.at + line;
            }
        }
        self.message.body = ascii_trimmed(self.text, Span::from(self.at..end));
    }
}

/// The line after `from` in which another message starts. Bodies are most of a page's code: lines that start with a
/// sign, as JSON's do, cost a look at one byte.
fn next_message(text: &str, from: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let mut line = from;
    loop {
        let first = line + bytes[line..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let end = memchr::memchr(b'\n', &bytes[first..]).map(|len| first + len);
        if bytes.get(first).is_some_and(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii()) {
            let span = ascii_trimmed(text, Span::from(line..end.unwrap_or(bytes.len())));
            if is_message_start(text, span) {
                return Some(span);
            }
        }
        line = end? + 1;
    }
}

/// Without white space at both ends, but with the byte order mark and no-break spaces that a JSON reader reports.
fn ascii_trimmed(text: &str, span: Span) -> Span {
    let slice = span.of(text);
    let start = span.start + (slice.len() - slice.trim_ascii_start().len()) as u32;
    Span::new(start, start + slice.trim_ascii().len() as u32)
}

/// A line of server-sent events, which looks like a header.
pub(super) fn is_event_line(line: &str) -> bool {
    let (name, rest) = line.split_once(':').unwrap_or((line, ""));
    match name {
        "data" => true,
        "event" => !rest.trim().is_empty() && !rest.trim().contains(' '),
        _ => false,
    }
}

fn is_comment(line: &str) -> bool {
    line.starts_with('#') || line.starts_with("//") || line.starts_with("<!--")
}

/// Whether a body starts with this line: a bracket, a quote, XML, dots, or what became of a byte order mark.
fn starts_body(line: &str) -> bool {
    let body = line.trim_start_matches(['\u{FEFF}', '\u{200B}', '\u{A0}', '\u{3000}']);
    let body = body.strip_prefix("ï»¿").unwrap_or(body);
    let body = match body.strip_prefix(['?', '？']) {
        Some(rest) => return rest.trim_start().starts_with(['{', '[', '｛', '［']),
        None => body,
    };
    body.len() < line.len() && body.is_empty()
        || body.starts_with("...")
        || body.starts_with(['{', '[', '｛', '［', '<', '"', '“', '”', '„', '«', '…'])
}

/// `name=value&..`: a form as a body.
fn is_form(line: &str) -> bool {
    line.contains('=') && !line.contains(char::is_whitespace)
}

/// Name and value of a header line; a name may have spaces, as translations write it, but not many.
fn header(text: &str, line: Span) -> Option<(Span, Span)> {
    let slice = line.of(text);
    let plain = slice.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    let colon = if slice.as_bytes().get(plain) == Some(&b':') {
        (plain, ':')
    } else {
        slice.char_indices().take(NAME_LIMIT).find(|(_, c)| matches!(c, ':' | '：'))?
    };
    let name = slice[..colon.0].trim_end();
    let spaces = name.bytes().filter(|byte| *byte == b' ').count();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ' | '\u{A0}');
    let rest = &slice[colon.0 + colon.1.len_utf8()..];
    if !name.starts_with(char::is_alphabetic)
        || !name.chars().all(is_name)
        || spaces > 3
        || rest.starts_with("//")
    {
        return None;
    }
    let value = Span::new(line.end - rest.len() as u32, line.end).trimmed(text);
    Some((Span::new(line.start, line.start + name.len() as u32), value))
}

/// `HTTP/1.1 201 Created`, also `HTTP/1。1 201`, `HTTP 200 OK`.
fn status_line(text: &str, line: Span) -> Option<StartLine> {
    let slice = line.of(text);
    let version = target::version_len(slice).or_else(|| {
        let bare = slice.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("http"));
        (bare && slice[4..].starts_with(' ') && code(slice[4..].trim_start()).is_some()).then_some(4)
    })?;
    let rest = &slice[version..];
    let after = rest.trim_start();
    let digits = code(after)?;
    let start = line.end - after.len() as u32;
    let code = Span::new(start, start + digits);
    let phrase = Span::new(code.end, line.end).trimmed(text);
    Some(StartLine::Status { version: Span::new(line.start, line.start + version as u32), code, phrase })
}

/// Length of the three digits at the start of `text`.
fn code(text: &str) -> Option<u32> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 3).then_some(3)
}

/// A line whose first words, whatever they are, come before a path or URL; or a line that is one.
fn request_line(text: &str, line: Span) -> Option<StartLine> {
    let slice = line.of(text);
    let starts = |at: usize| target::starts_target(&slice[at..]);
    let after_blank = |at: usize| at == 0 || slice[..at].ends_with([' ', '\t', '\u{A0}']);
    let at =
        slice.char_indices().take(NAME_LIMIT).map(|(at, _)| at).find(|at| after_blank(*at) && starts(*at))?;
    let method = slice[..at].trim_end();
    let words = method.trim_end_matches([':', '：']);
    // `Location: https://..` is a header.
    let is_header = words.len() < method.len() && !words.contains(' ');
    let is_word = |c: char| c.is_alphabetic() || matches!(c, '-' | ' ' | '\u{A0}');
    if is_header || !words.chars().all(is_word) {
        return None;
    }
    let version = target::version_at_end(text, line);
    let target =
        Span::new(line.start + at as u32, version.map_or(line.end, |version| version.start)).trimmed(text);
    if words.is_empty() && target.of(text).contains(' ') && version.is_none() {
        return None;
    }
    let method = Span::new(line.start, line.start + words.len() as u32);
    Some(StartLine::Request { method, target, version: version.unwrap_or(Span::empty(line.end)) })
}

/// Whether a part of the start line is missing that makes it one.
fn start_line_is_short(start: StartLine) -> bool {
    matches!(start, StartLine::Request { method, .. } if method.is_empty())
}

/// Whether a message surely starts in this line, in the midst of others.
fn is_message_start(text: &str, line: Span) -> bool {
    let slice = line.of(text);
    if !slice.starts_with(char::is_alphabetic) {
        return false;
    }
    if status_line(text, line).is_some() {
        return true;
    }
    let known = |method: Span| METHODS.contains(&method.of(text));
    matches!(request_line(text, line), Some(StartLine::Request { method, version, .. }) if known(method) || !version.is_empty())
}
