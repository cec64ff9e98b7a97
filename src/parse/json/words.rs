//! What stands for a value without being one: dots, placeholders, bare words, odd numbers and literals.

use super::{Expect, KEY_WINDOW, Parser, Shape, scan, signs};
use crate::json::{NodeKind, RelaxationKind, digit};
use crate::text::Span;

/// Length of the dots at the start of `text` that leave something out; 0 if there are none.
pub fn dots_len(text: &str) -> usize {
    if text.starts_with(signs::is_ellipsis) {
        return text.find(|c| !signs::is_dot(c)).unwrap_or(text.len());
    }
    let mut dots = 0;
    let mut len = 0;
    for (at, c) in text.char_indices() {
        if signs::is_dot(c) {
            dots += 1;
            len = at + c.len_utf8();
        } else if c != ' ' || dots == 0 || at > len {
            break;
        }
    }
    if dots >= 2 { len } else { 0 }
}

/// A number that JSON does not allow but everybody reads: `007`, `+1`, `.5`, `1.`, `0x1F`, `1_000`.
fn is_odd_number(word: &str) -> bool {
    let digits = word.strip_prefix(['+', '-']).unwrap_or(word);
    if let Some(hex) = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        return !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    let mantissa = digits.split(['e', 'E']).next().unwrap_or("");
    let exponent = digits[mantissa.len()..].get(1..).unwrap_or("0");
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    mantissa.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'_'))
        && mantissa.bytes().any(|byte| byte.is_ascii_digit())
        && mantissa.bytes().filter(|byte| *byte == b'.').count() <= 1
        && !exponent.is_empty()
        && exponent.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number in the digits of another script: `１２`, `٣`.
fn is_foreign_number(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_digit() || c == '.' || digit(c).is_some())
        && word.chars().any(|c| digit(c).is_some())
}

/// Length of `#word#` at the start of `text`, which stands for a value; 0 if it begins a comment.
pub fn marked_len(text: &str) -> usize {
    let Some(inside) = text.strip_prefix('#') else { return 0 };
    let len = inside
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | ' ' | '.'))
        .unwrap_or(inside.len());
    let word = &inside[..len];
    let closed =
        inside[len..].starts_with('#') && word.starts_with(char::is_alphanumeric) && !word.ends_with(' ');
    if closed { len + 2 } else { 0 }
}

impl Parser<'_> {
    /// Whether the `{` at `start` opens `{guid}`, `{customer id}` or `{{guid}}`: words, no member.
    #[inline]
    pub(super) fn is_braced_placeholder(&self, start: usize) -> bool {
        match self.bytes.get(start + 1) {
            None | Some(b'"' | b'\n' | b'\r' | b'}' | b'[' | b'\'' | b'.' | b'/' | b'#') => false,
            Some(b' ') if self.bytes.get(start + 2) == Some(&b'"') => false,
            Some(_) => self.braced_len(start).is_some(),
        }
    }

    /// Length of the braces at `start` that hold words only.
    fn braced_len(&self, start: usize) -> Option<usize> {
        let rest = &self.text[start..];
        let braces = if rest.starts_with("{{") { 2 } else { 1 };
        let words = &rest[braces..];
        let is_end = |c: char| {
            signs::sign(c).is_some() || matches!(c, '\n' | '"' | '\'' | '=' | '#') || signs::is_dot(c)
        };
        let len = words.find(is_end)?;
        let closed = words[len..].starts_with(&"}}"[..braces]);
        let named = words[..len].contains(char::is_alphanumeric);
        (closed && named).then_some(len + 2 * braces)
    }

    /// End of the bare words at `start`: before a sign, a quote, a comment or the line's end; groups in
    /// `<..>`, `(..)` and attached `{..}` stay whole.
    fn words_end(&self, start: usize, stop_at_colon: bool) -> usize {
        let mut at = start;
        let mut blank = true;
        while let Some(c) = self.text[at..].chars().next() {
            let next = at + c.len_utf8();
            let step = match c {
                '<' => self.group_len(at, '>').unwrap_or(1),
                '(' => self.group_len(at, ')').unwrap_or(1),
                '{' if at == start || !blank => match self.braced_len(at) {
                    Some(len) => len,
                    None => break,
                },
                '\n' | '\r' | '"' => break,
                '\\' if self.text[next..].starts_with(|c| signs::sign(c).is_some()) => break,
                '=' if stop_at_colon => break,
                '#' if blank => match marked_len(&self.text[at..]) {
                    0 => break,
                    len => len,
                },
                // `Byte[]`, `Array[String]`
                '[' if !blank && at > start => match self.group_len(at, ']') {
                    Some(len) => len,
                    None => break,
                },
                '/' if blank && matches!(self.bytes.get(next), Some(b'/' | b'*')) => break,
                '/' if self.bytes.get(next) == Some(&b'*') => break,
                _ => match signs::sign(c) {
                    Some(b':') if stop_at_colon || !self.glues(next) => break,
                    Some(b':') | None => next - at,
                    Some(_) => break,
                },
            };
            blank = c == ' ' || c == '\t';
            at += step;
        }
        start + self.text[start..at].trim_end().len()
    }

    /// Whether the colon before `at` belongs to a word: a time, a URL.
    fn glues(&self, at: usize) -> bool {
        self.text[at..].starts_with(|c: char| c.is_alphanumeric() || c == '/')
    }

    /// Length of the group from `at` to `close`, within its line and without another group in it.
    fn group_len(&self, at: usize, close: char) -> Option<usize> {
        let rest = &self.text[at..];
        let is_end = |c: char| c == close || matches!(c, '\n' | '<' | '(' | '"' | '{' | '}');
        let len = 1 + rest[1..].find(is_end)?;
        rest[len..].starts_with(close).then_some(len + 1)
    }

    /// A value without quotes: of `key`, or an element.
    pub(super) fn bare_value(&mut self, key: Span) {
        let start = self.pos;
        if dots_len(self.rest()) > 0 {
            return self.elision(key);
        }
        let end = self.words_end(start, false);
        if end == start {
            return self.junk("a value");
        }
        self.pos = end;
        let span = Span::from(start..end);
        if self.take_orphan_quote() {
            self.error(Span::empty(span.start), "an opening quote");
            self.leaf(NodeKind::String, Span::from(start..self.pos), key);
            return;
        }
        let word = &self.text[start..end];
        let (kind, liberty) = match word {
            _ if word.eq_ignore_ascii_case("null") => (NodeKind::Null, RelaxationKind::LiteralCase),
            _ if word.eq_ignore_ascii_case("true") => (NodeKind::Bool(true), RelaxationKind::LiteralCase),
            _ if word.eq_ignore_ascii_case("false") => (NodeKind::Bool(false), RelaxationKind::LiteralCase),
            _ if is_odd_number(word) || is_foreign_number(word) => {
                (NodeKind::Number, RelaxationKind::OddNumber)
            }
            _ => (NodeKind::Placeholder, RelaxationKind::Placeholder),
        };
        let strict = matches!(word, "null" | "true" | "false")
            || scan::number_end(word.as_bytes(), 0) == Some(word.len());
        if kind == NodeKind::Placeholder {
            self.relax_placeholder(span);
        } else if !strict {
            self.relax(liberty, span);
        }
        self.leaf(kind, span, key);
    }

    /// The closing quote of a string that lost its opening one, if a sign follows it.
    fn take_orphan_quote(&mut self) -> bool {
        let quoted = self.bytes.get(self.pos) == Some(&b'"') && self.sign_follows(self.pos + 1);
        self.pos += usize::from(quoted);
        quoted
    }

    /// `...`, with the words that say what is left out.
    fn elision(&mut self, key: Span) {
        let dots = dots_len(self.rest());
        let end = self.words_end(self.pos + dots, false);
        let span = Span::from(self.pos..end.max(self.pos + dots));
        self.pos = span.end as usize;
        self.relax(RelaxationKind::Elision, span);
        self.leaf(NodeKind::Elision, span, key);
    }

    /// A key without quotes, or words and dots where a member belongs.
    pub(super) fn bare_member(&mut self) {
        let start = self.pos;
        if dots_len(self.rest()) > 0 {
            return self.elision(Span::default());
        }
        let end = self.words_end(start, true);
        if end == start {
            return self.junk("a key");
        }
        self.pos = end;
        if self.take_orphan_quote() {
            self.error(Span::empty(start as u32), "an opening quote");
            return self.after_key(Span::from(start..self.pos));
        }
        let mark = self.json.relaxations.len();
        self.skip_trivia();
        let key = Span::from(start..end);
        if self.colon_follows() || self.peek() == Some('=') {
            self.relax(RelaxationKind::UnquotedKey, key);
            return self.after_key(key);
        }
        self.json.relaxations.truncate(mark);
        if self.take_decimal_comma(key) {
            return;
        }
        self.pos = start;
        self.bare_value(Span::default());
        let last = self.top.last.map(|id| *self.json.node(id));
        if let Some(literal) =
            last.filter(|last| !matches!(last.kind, NodeKind::Placeholder | NodeKind::Elision))
        {
            self.error(literal.span, "a key");
        }
    }

    /// `"a": 7,26`: the digits after the comma belong to the number before it.
    fn take_decimal_comma(&mut self, digits: Span) -> bool {
        let Some(last) = self.top.last else { return false };
        let number = *self.json.node(last);
        let joined = number.span.end == self.comma.start && self.comma.end == digits.start;
        let plain = digits.of(self.text).bytes().all(|byte| byte.is_ascii_digit());
        if number.kind != NodeKind::Number || !joined || !plain {
            return false;
        }
        let span = number.span.to(digits);
        match self.json.relaxations.last_mut() {
            Some(known) if known.span == number.span => known.span = span,
            _ => self.relax(RelaxationKind::OddNumber, span),
        }
        self.json.nodes[last.position()].span = span;
        self.pos = span.end as usize;
        self.value_end = self.pos;
        self.top.expect = Expect::Comma;
        true
    }

    /// Something other than a sign after an item.
    pub(super) fn after_item(&mut self, c: char) {
        let gap = &self.text[self.value_end.min(self.pos)..self.pos];
        let same_line = !gap.contains('\n');
        let last = self.top.last.map(|id| self.json.node(id).kind);
        let scalar = !matches!(last, Some(NodeKind::Object | NodeKind::Array));
        let dots = dots_len(self.rest()) > 0;
        match c {
            '|' if same_line && scalar => self.widen_to_placeholder(),
            _ if signs::sign(c) == Some(b':') => self.junk("\",\""),
            _ if dots || last == Some(NodeKind::Elision) => self.stray_item(c),
            _ if signs::quote(c).is_some() || signs::sign(c).is_some() => self.missing_comma(c),
            _ if same_line && !self.is_member_ahead() && !c.is_numeric() => {
                if scalar && last != Some(NodeKind::String) {
                    self.widen_to_placeholder();
                } else {
                    self.junk("\",\"");
                }
            }
            _ if c.is_alphanumeric() || matches!(c, '<' | '-' | '+' | '_' | '$') => self.missing_comma(c),
            _ => self.junk("\",\""),
        }
    }

    /// Whether the words here are the key of a next member.
    fn is_member_ahead(&self) -> bool {
        let is_end =
            |c: &char| matches!(c, '\n' | '=') || signs::sign(*c).is_some() || signs::quote(*c).is_some();
        let end = || self.rest().chars().take(KEY_WINDOW).find(is_end);
        self.top.shape == Shape::Object && end().is_some_and(|c| c == '=' || signs::sign(c) == Some(b':'))
    }

    fn missing_comma(&mut self, c: char) {
        self.relax(RelaxationKind::MissingComma, Span::empty(self.value_end as u32));
        self.stray_item(c);
    }

    fn stray_item(&mut self, c: char) {
        self.top.expect = Expect::Item;
        if self.top.shape == Shape::Object {
            self.member(c);
        } else {
            self.value(Span::default(), true);
        }
    }

    /// `"a" | "b"`, `10 GB`: the last value and what follows it in the line stand for a value together.
    fn widen_to_placeholder(&mut self) {
        let Some(last) = self.top.last else { return self.junk("\",\"") };
        let mut end = self.pos;
        loop {
            end = self.words_end(end, false).max(end);
            self.pos = end;
            if self.bytes.get(scan::skip_line_blank(self.bytes, end)) != Some(&b'"') {
                break;
            }
            self.pos = scan::skip_line_blank(self.bytes, end);
            end = self.string().end as usize;
        }
        self.pos = end;
        self.value_end = end;
        let node = &mut self.json.nodes[last.position()];
        node.kind = NodeKind::Placeholder;
        node.span.end = end as u32;
        let span = node.span;
        self.relax_placeholder(span);
    }

    /// Reports the placeholder at `span`, or widens the report of its beginning.
    fn relax_placeholder(&mut self, span: Span) {
        match self.json.relaxations.get_mut(self.last_placeholder) {
            Some(known) if known.kind == RelaxationKind::Placeholder && known.span.start == span.start => {
                known.span = span;
            }
            _ => {
                self.last_placeholder = self.json.relaxations.len();
                self.relax(RelaxationKind::Placeholder, span);
            }
        }
    }
}
