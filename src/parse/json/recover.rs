//! Going on after what cannot be read: closers that do not match, junk, too much depth, text around
//! the JSON.

use super::{DEPTH_LIMIT, Expect, Parser, Shape, scan, signs, words};
use crate::json::{NodeId, NodeKind, RelaxationKind};
use crate::text::Span;

/// Whether text beside the values is words for people, and nothing of JSON.
fn is_caption(text: &str) -> bool {
    let is_json =
        |c: char| signs::quote(c) == Some(signs::Quote::Double) || matches!(c, '{' | '}' | '[' | ']' | '=');
    text.contains(char::is_alphabetic) && !text.contains(is_json)
}

impl Parser<'_> {
    /// Skips what cannot start an item, up to a sign, a quote or the end of the line.
    pub(super) fn junk(&mut self, expected: &'static str) {
        let start = self.pos;
        let first = self.peek().map_or(1, char::len_utf8);
        let is_end = |c: char| {
            c == '\n' || signs::sign(c).is_some_and(|sign| sign != b':') || signs::quote(c).is_some()
        };
        let rest = &self.text[(start + first).min(self.text.len())..];
        self.pos = self.text.len() - rest.len() + rest.find(is_end).unwrap_or(rest.len());
        let skipped = self.text[start..self.pos].trim_end().len().max(first);
        self.value_end = start + skipped;
        self.error(Span::from(start..self.value_end), expected);
    }

    /// Prepares for a closer of `shape` although another container is open; `false` if it was skipped.
    pub(super) fn match_closer(&mut self, shape: Shape, width: usize) -> bool {
        let here = Span::from(self.pos..self.pos + width);
        if self.top.shape == Shape::Root {
            self.pos += width;
            self.error(here, "the end");
            return false;
        }
        let missing = if shape == Shape::Object { "\"]\"" } else { "\"}\"" };
        if !self.stack.iter().any(|frame| frame.shape == shape) || self.is_wrong_closer(shape) {
            self.error(here, missing);
            self.pos += width;
            self.close(self.pos);
            return false;
        }
        self.error(Span::empty(here.start), missing);
        while self.top.shape != shape {
            self.close(self.value_end);
        }
        true
    }

    /// Whether what follows the closer fits the container around the open one, and not the one around that:
    /// then the closer is the wrong one, else one before it is missing.
    fn is_wrong_closer(&self, shape: Shape) -> bool {
        let [.., around, parent] = self.stack[..] else { return false };
        if parent.shape != shape {
            return false;
        }
        let after = scan::skip_blank(self.bytes, self.pos + 1);
        let fits = |frame: Shape| match self.bytes.get(after) {
            Some(b'}') => frame == Shape::Object,
            Some(b']') => frame == Shape::Array,
            Some(b',') => {
                let item = scan::skip_blank(self.bytes, after + 1);
                let quoted = self.bytes.get(item) == Some(&b'"');
                let close = scan::string_stop(self.bytes, item + 1);
                let colon = scan::skip_line_blank(self.bytes, close + 1);
                let member = quoted && self.bytes.get(colon) == Some(&b':');
                frame == if member { Shape::Object } else { Shape::Array }
            }
            None => frame == Shape::Root,
            _ => false,
        };
        fits(parent.shape) && !fits(around.shape)
    }

    /// Skips the container at `node`, whose bracket was just read.
    pub(super) fn skip_too_deep(&mut self, node: NodeId) {
        debug_assert!(self.stack.len() + 1 >= DEPTH_LIMIT);
        let start = self.json.node(node).span.start;
        let mut open = 1_usize;
        while open > 0 {
            match self.bytes.get(self.pos) {
                Some(b'{' | b'[') => open += 1,
                Some(b'}' | b']') => open -= 1,
                Some(b'"') => self.pos = self.string_end_or_line(self.pos),
                Some(_) => {}
                None => break,
            }
            self.pos = (self.pos + 1).min(self.bytes.len());
        }
        let span = Span::new(start, self.pos as u32);
        self.cut_short |= open > 0;
        self.error(span, "less nesting");
        self.json.nodes[node.position()].kind = NodeKind::Error;
        self.json.nodes[node.position()].span = span;
        self.value_end = self.pos;
    }

    /// Index of the quote that ends the string at `start`, or of the line's last byte.
    fn string_end_or_line(&self, start: usize) -> usize {
        let mut at = start + 1;
        loop {
            at = scan::string_stop(self.bytes, at);
            match self.bytes.get(at) {
                Some(b'\\') => at += 2,
                Some(b'"' | b'\n') | None => return at,
                Some(_) => at += 1,
            }
        }
    }

    /// A value at top level, or text around the JSON.
    pub(super) fn root_item(&mut self, c: char) {
        let first = self.json.roots.is_empty();
        let after_comma = self.top.expect == Expect::Item;
        if first && self.is_lost_mark(c) {
            let width = c.len_utf8();
            self.relax(RelaxationKind::QuestionMark, Span::from(self.pos..self.pos + width));
            self.pos += width;
            return;
        }
        let dots = words::dots_len(self.rest()) > 0;
        let bracket = matches!(signs::sign(c), Some(b'{' | b'['));
        let structured = bracket || dots || signs::quote(c).is_some();
        if !structured && !((first || after_comma) && self.is_lone_value()) {
            return self.text_around();
        }
        let start = self.pos;
        let errors = self.json.errors.len();
        self.value(Span::default(), false);
        let member = self.json.roots.last().is_some_and(|root| !self.json.node(*root).key.is_empty());
        if !first
            && !member
            && self.json.errors.len() == errors
            && !std::mem::replace(&mut self.several_roots, true)
        {
            self.relax(RelaxationKind::SeveralRoots, Span::from(start..start + c.len_utf8()));
        }
    }

    /// Whether `c` is what a byte order mark became: a question mark, and a bracket follows.
    pub(super) fn is_lost_mark(&self, c: char) -> bool {
        let opens = |c: char| matches!(signs::sign(c), Some(b'{' | b'['));
        matches!(c, '?' | '？') && {
            let after = scan::skip_blank(self.bytes, self.pos + c.len_utf8());
            self.text[after..].starts_with(opens)
        }
    }

    /// Whether one literal, number or `<placeholder>` stands here alone.
    pub(super) fn is_lone_value(&self) -> bool {
        let len = match self.bytes.get(self.pos) {
            Some(b'<') => {
                let end = self.rest().find(['>', '\n']).filter(|end| self.rest()[*end..].starts_with('>'));
                end.map_or(0, |end| end + 1)
            }
            Some(_) => self.strict_word(self.pos).map_or(0, |(_, end)| end - self.pos),
            None => 0,
        };
        let after = scan::skip_line_blank(self.bytes, self.pos + len);
        len > 0 && matches!(self.bytes.get(after), None | Some(b'\n' | b'\r' | b',' | b'/' | b'#'))
    }

    /// Skips text that is no JSON, as one error: up to a line that starts with a bracket.
    fn text_around(&mut self) {
        let start = self.pos;
        let expected = if self.json.roots.is_empty() { "a value" } else { "the end" };
        let mut end = start;
        for line in self.rest().split_inclusive('\n') {
            let opens = line.trim_start().starts_with(|c| matches!(signs::sign(c), Some(b'{' | b'[')));
            if opens && end > start {
                break;
            }
            end += line.len();
        }
        self.pos = end;
        let skipped = self.text[start..end].trim_end().len();
        let span = Span::from(start..start + skipped);
        if self.stack.is_empty() && is_caption(span.of(self.text)) {
            self.relax(RelaxationKind::Caption, span);
        } else {
            self.error(span, expected);
        }
        self.top.expect = if self.json.roots.is_empty() { Expect::First } else { Expect::Comma };
    }
}
