//! Members, elements, and the signs between them.

use super::{Expect, Parser, SeenKey, Shape, scan, signs};
use crate::json::{NodeKind, RelaxationKind, unquote};
use crate::text::Span;

const NO_KEY: Span = Span::empty(0);

impl Parser<'_> {
    /// Reads one item or sign of the open container; `false` at the end of the text.
    #[inline]
    pub(super) fn step(&mut self) -> bool {
        self.commented_dots = None;
        self.skip_trivia();
        if let Some(dots) = self.commented_dots.take() {
            self.attach_commented_dots(dots);
        }
        let Some(&byte) = self.bytes.get(self.pos) else { return false };
        match (byte, self.top.expect, self.top.shape) {
            (b',', ..) => self.take_comma(1),
            (b'}' | b']', ..) => self.take_closer(byte, 1),
            (b'"', Expect::First | Expect::Item, Shape::Object) => self.strict_member(),
            (_, Expect::First | Expect::Item, Shape::Array) => self.value(NO_KEY, false),
            _ => self.odd_step(),
        }
        true
    }

    /// The rarer half of [`Self::step`]: top level, look-alike signs, what stands where a comma belongs.
    fn odd_step(&mut self) {
        let Some(c) = self.peek() else { return };
        match (signs::sign(c), self.top.shape) {
            (Some(b','), _) => self.take_comma(c.len_utf8()),
            (Some(closer @ (b'}' | b']')), _) => self.take_closer(closer, c.len_utf8()),
            (_, Shape::Root) => self.root_item(c),
            _ if self.top.expect == Expect::Comma => self.after_item(c),
            (_, Shape::Object) => self.member(c),
            (_, Shape::Array) => self.value(NO_KEY, false),
        }
    }

    fn attach_commented_dots(&mut self, dots: Span) {
        if self.top.shape != Shape::Root {
            self.attach(NodeKind::Elision, dots, NO_KEY);
            self.value_end = dots.end as usize;
        }
    }

    #[inline]
    fn take_comma(&mut self, width: usize) {
        let span = Span::from(self.pos..self.pos + width);
        self.pos += width;
        if width > 1 || self.bytes[span.start as usize] != b',' {
            self.relax(RelaxationKind::OddComma, span);
        }
        if self.top.expect == Expect::Comma {
            self.top.expect = Expect::Item;
            self.comma = span;
        } else {
            self.relax(RelaxationKind::ExtraComma, span);
        }
    }

    #[inline]
    fn take_closer(&mut self, closer: u8, width: usize) {
        let shape = if closer == b'}' { Shape::Object } else { Shape::Array };
        if self.top.shape != shape && !self.match_closer(shape, width) {
            return;
        }
        if self.top.expect == Expect::Item {
            self.relax(RelaxationKind::TrailingComma, self.comma);
        }
        if width > 1 {
            self.relax(RelaxationKind::OddBracket, Span::from(self.pos..self.pos + width));
        }
        self.pos += width;
        self.close(self.pos);
    }

    /// A member that starts with `"`.
    #[inline]
    fn strict_member(&mut self) {
        let key = self.string();
        self.skip_trivia();
        if self.bytes.get(self.pos) == Some(&b':') {
            self.pos += 1;
            self.member_value(key);
        } else {
            self.after_key(key);
        }
    }

    /// A member, or what stands in its place.
    pub(super) fn member(&mut self, c: char) {
        match c {
            '"' => self.strict_member(),
            _ if signs::quote(c).is_some() => {
                let key = self.loose_string(c);
                self.after_key(key);
            }
            _ => match signs::sign(c) {
                Some(b'{' | b'[') => self.keyless_container(),
                Some(_) => self.junk("a key"),
                None => self.bare_member(),
            },
        }
    }

    /// `{ {..` or `{ "a": 1, [...] }`: a container where a key belongs.
    fn keyless_container(&mut self) {
        let bracket = self.pos;
        let before = self.json.nodes.len();
        self.value(NO_KEY, true);
        let dots = scan::skip_blank(self.bytes, self.pos);
        let opened = self.json.nodes.len() == before + 1 && self.top.last.is_none();
        if opened && !self.text[dots..].starts_with(signs::is_dot) {
            self.error(Span::from(bracket..self.pos), "a key");
        }
    }

    /// The colon and the value after `key`.
    pub(super) fn after_key(&mut self, key: Span) {
        let key = self.key_without_colon(key);
        self.skip_trivia();
        if self.take_colon() {
            return self.member_value(key);
        }
        if self.pos < self.bytes.len() {
            self.error(Span::empty(key.end), "\":\"");
        }
        let same_line = !self.text[key.end as usize..self.pos].contains('\n');
        let starts_value = |c: char| !matches!(signs::sign(c), Some(b',' | b'}' | b']' | b':'));
        if same_line && self.peek().is_some_and(starts_value) {
            self.member_value(key);
        } else {
            let node = self.leaf(NodeKind::Error, Span::empty(key.end), key);
            self.remember_key(key, node);
        }
    }

    /// Takes `:` or what stands for it.
    pub(super) fn take_colon(&mut self) -> bool {
        let rest = self.rest();
        let width = match self.peek() {
            Some(':') => 1,
            Some('=') => rest.bytes().take(2).take_while(|byte| matches!(byte, b'=' | b'>')).count(),
            Some(c) if signs::sign(c) == Some(b':') => c.len_utf8(),
            _ => return false,
        };
        if !rest.starts_with(':') {
            self.relax(RelaxationKind::OddColon, Span::from(self.pos..self.pos + width));
        }
        self.pos += width;
        true
    }

    #[inline]
    fn member_value(&mut self, key: Span) {
        let id = crate::json::NodeId::at(self.json.nodes.len() as u32);
        self.remember_key(key, id);
        self.skip_trivia();
        self.value(key, false);
    }

    #[inline]
    fn remember_key(&mut self, key: Span, node: crate::json::NodeId) {
        if self.top.shape != Shape::Object {
            return;
        }
        let raw = &self.bytes[key.range()];
        let plain = raw.len() >= 2 && raw[0] == b'"' && !raw.contains(&b'\\');
        let hash = if plain {
            scan::key_hash(&raw[1..raw.len() - 1])
        } else {
            scan::key_hash(unquote(key.of(self.text)).as_bytes())
        };
        self.keys.push(SeenKey { hash, node });
    }

    /// A value: of `key`, or an element; `stray` if no comma or no key came before it.
    #[inline]
    pub(super) fn value(&mut self, key: Span, stray: bool) {
        let start = self.pos;
        match self.bytes.get(start) {
            Some(b'"') => {
                let mark = self.json.relaxations.len();
                let span = self.string();
                if !matches!(self.bytes.get(self.pos), Some(b',' | b'\n' | b'\r' | b'}' | b']'))
                    && self.colon_follows()
                {
                    return self.string_before_colon(key, span, mark);
                }
                self.leaf(NodeKind::String, span, key);
            }
            Some(b'{') if !self.is_braced_placeholder(start) => {
                self.open(Shape::Object, 1, key, stray);
            }
            Some(b'[') => {
                self.open(Shape::Array, 1, key, stray);
            }
            Some(b'-' | b'0'..=b'9' | b't' | b'f' | b'n') => match self.strict_word(start) {
                Some((kind, end)) => {
                    self.pos = end;
                    self.leaf(kind, Span::from(start..end), key);
                }
                None => self.odd_value(key, stray),
            },
            _ => self.odd_value(key, stray),
        }
    }

    pub(super) fn colon_follows(&self) -> bool {
        let after = scan::skip_line_blank(self.bytes, self.pos);
        self.text[after..].chars().next().is_some_and(|c| signs::sign(c) == Some(b':'))
    }

    /// A string where a value belongs turns out to be a key.
    fn string_before_colon(&mut self, key: Span, span: Span, mark: usize) {
        if key.is_empty() {
            // Members without an object around them, as snippets show them.
            if !std::mem::replace(&mut self.bare_members, true) {
                let at = Span::empty(span.start);
                if self.top.shape == Shape::Root {
                    self.relax(RelaxationKind::Fragment, at);
                } else {
                    self.error(at, "\"{\"");
                }
            }
            return self.after_key(span);
        }
        let next_line = Span::new(key.end, span.start).of(self.text).contains('\n');
        if !next_line {
            self.leaf(NodeKind::String, span, key);
            return;
        }
        // Read it again, as a key: the value before it is missing.
        self.json.relaxations.truncate(mark);
        self.pos = span.start as usize;
        self.missing_value(key);
        self.top.expect = Expect::Item;
    }

    /// The number or literal at `start` and its end, if a sign, white space or the end follows.
    #[inline]
    pub(super) fn strict_word(&self, start: usize) -> Option<(NodeKind, usize)> {
        let rest = &self.bytes[start..];
        let (kind, end) = match rest[0] {
            b't' if rest.starts_with(b"true") => (NodeKind::Bool(true), start + 4),
            b'f' if rest.starts_with(b"false") => (NodeKind::Bool(false), start + 5),
            b'n' if rest.starts_with(b"null") => (NodeKind::Null, start + 4),
            _ => (NodeKind::Number, scan::number_end(self.bytes, start)?),
        };
        let follows = self.bytes.get(end);
        matches!(follows, None | Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t'))
            .then_some((kind, end))
    }

    /// A value that does not start like strict JSON.
    fn odd_value(&mut self, key: Span, stray: bool) {
        let Some(c) = self.peek() else {
            let end = self.pos as u32;
            self.leaf(NodeKind::Error, Span::empty(end), key);
            return;
        };
        match signs::sign(c) {
            Some(b'{') if c != '{' => {
                self.open(Shape::Object, c.len_utf8(), key, stray);
            }
            Some(b'[') => {
                self.open(Shape::Array, c.len_utf8(), key, stray);
            }
            Some(b'{') | None if signs::quote(c).is_none() => self.bare_value(key),
            None => {
                let span = self.loose_string(c);
                self.leaf(NodeKind::String, span, key);
            }
            Some(_) if key.is_empty() => self.junk("a value"),
            Some(_) => self.missing_value(key),
        }
    }

    /// `"a": }`, `"a": ,`; a comment with dots instead of a value leaves it out.
    fn missing_value(&mut self, key: Span) {
        if let Some(dots) = self.commented_dots.take() {
            self.leaf(NodeKind::Elision, dots, key);
            return;
        }
        let at = Span::empty(self.value_start_after(key));
        self.error(at, "a value");
        self.leaf(NodeKind::Error, at, key);
    }

    /// Where a value of `key` should have begun: after its colon.
    fn value_start_after(&self, key: Span) -> u32 {
        let between = &self.text[key.end as usize..self.pos];
        key.end + between.find(':').map_or(0, |at| at as u32 + 1)
    }
}
