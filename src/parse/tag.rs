//! HTML as a flat sequence of tags and text, each with its bytes.
//!
//! This tells tags from text the way browsers do (quoted attributes may hold `>`, a `<` before a space
//! is text) but builds nothing; structure is the business of `skeleton` and `html`.

use crate::text::Span;

/// A start or end tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag {
    /// From `<` to `>`.
    pub span: Span,
    /// The element's name as written.
    pub name: Span,
    /// Whether it is `</name>`.
    pub end: bool,
}

impl Tag {
    /// The tag at byte `at` of `source`, which must end before `limit`.
    pub fn at(source: &str, at: u32, limit: u32) -> Option<Self> {
        let mut tag = Self::spanning(source, Span::new(at, limit))?;
        let mut attributes = tag.attributes(source);
        attributes.by_ref().for_each(drop);
        if attributes.peek() != Some(b'>') {
            return None;
        }
        tag.span.end = attributes.at as u32 + 1;
        Some(tag)
    }

    /// The tag that `span` is known to be; `None` for comments and declarations.
    pub fn spanning(source: &str, span: Span) -> Option<Self> {
        let bytes = source.as_bytes().get(span.range())?;
        let (b'<', rest) = bytes.split_first()? else { return None };
        let end = rest.first() == Some(&b'/');
        let start = 1 + usize::from(end);
        if !bytes.get(start)?.is_ascii_alphabetic() {
            return None;
        }
        let is_name = |byte: &u8| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>');
        let length = bytes[start..].iter().position(|byte| !is_name(byte))?;
        let name = Span::new(start as u32, (start + length) as u32).shifted(span.start);
        Some(Self { span, name, end })
    }

    /// Whether the element is `name` (lower case).
    pub fn is(&self, source: &str, name: &str) -> bool {
        self.name.of(source).eq_ignore_ascii_case(name)
    }

    /// Name and value of each attribute.
    pub fn attributes<'a>(&self, source: &'a str) -> Attributes<'a> {
        Attributes { source, at: self.name.end as usize, limit: self.span.end as usize }
    }

    /// The value of the attribute `name` (lower case), without quotes.
    pub fn attribute(&self, source: &str, name: &str) -> Option<Span> {
        let is_it = |(key, _): &(Span, Span)| key.of(source).eq_ignore_ascii_case(name);
        self.attributes(source).find(is_it).map(|(_, value)| value)
    }
}

/// The attributes of a tag; afterwards stands on the `>` that ends it, or at the limit.
pub(super) struct Attributes<'a> {
    source: &'a str,
    at: usize,
    limit: usize,
}

impl Attributes<'_> {
    fn skip(&mut self, wanted: impl Fn(u8) -> bool) -> Span {
        let start = self.at;
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
        Span::new(start as u32, self.at as u32)
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes()[..self.limit].get(self.at).copied()
    }
}

impl Iterator for Attributes<'_> {
    type Item = (Span, Span);

    fn next(&mut self) -> Option<(Span, Span)> {
        self.skip(|byte| byte.is_ascii_whitespace() || byte == b'/');
        if matches!(self.peek(), None | Some(b'>')) {
            return None;
        }
        let first = self.at;
        self.at += 1;
        self.skip(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='));
        let name = Span::new(first as u32, self.at as u32);
        self.skip(|byte| byte.is_ascii_whitespace());
        if self.peek() != Some(b'=') {
            return Some((name, Span::empty(name.end)));
        }
        self.at += 1;
        self.skip(|byte| byte.is_ascii_whitespace());
        let value = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let start = self.at;
                let rest = &self.source.as_bytes()[start..self.limit];
                self.at = memchr::memchr(quote, rest).map_or(self.limit, |length| start + length);
                let value = Span::from(start..self.at);
                self.at = self.limit.min(self.at + 1);
                value
            }
            _ => self.skip(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
        };
        Some((name, value))
    }
}

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// Text, entities undecoded.
    Text(Span),
    /// A start or end tag.
    Tag(Tag),
    /// A comment, declaration or processing instruction.
    Comment(Span),
}

/// The tokens of a part of a text.
pub(super) struct Tokens<'a> {
    source: &'a str,
    at: u32,
    end: u32,
}

impl<'a> Tokens<'a> {
    /// The tokens of `span`.
    pub fn new(source: &'a str, span: Span) -> Self {
        Self { source, at: span.start, end: span.end }
    }

    /// Goes on right before the end tag of `name`, or at the end; returns what was skipped.
    pub fn skip_to_end_of(&mut self, name: &str) -> Span {
        let start = self.at;
        while self.at < self.end {
            let rest = Span::new(self.at, self.end).of(self.source);
            let Some(found) = rest.find("</") else { break };
            let at = self.at + found as u32;
            let is_it = |word: &str| word.eq_ignore_ascii_case(name);
            if rest.get(found + 2..found + 2 + name.len()).is_some_and(is_it) {
                self.at = at;
                return Span::new(start, at);
            }
            self.at = at + 2;
        }
        self.at = self.end;
        Span::new(start, self.end)
    }

    fn comment(&self) -> Option<Span> {
        let rest = Span::new(self.at, self.end).of(self.source);
        let length = if let Some(inside) = rest.strip_prefix("<!--") {
            inside.find("-->").map_or(rest.len(), |end| end + "<!---->".len())
        } else if rest.starts_with("<!") || rest.starts_with("<?") || rest.starts_with("</") {
            rest.find('>').map_or(rest.len(), |end| end + 1)
        } else {
            return None;
        };
        Some(Span::new(self.at, self.at + length as u32))
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if self.at >= self.end {
            return None;
        }
        let bytes = &self.source.as_bytes()[..self.end as usize];
        let start = self.at;
        if bytes[start as usize] == b'<' {
            if let Some(tag) = Tag::at(self.source, start, self.end) {
                self.at = tag.span.end;
                return Some(Token::Tag(tag));
            }
            if let Some(comment) = self.comment() {
                self.at = comment.end;
                return Some(Token::Comment(comment));
            }
            let letter = bytes.get(start as usize + 1).is_some_and(u8::is_ascii_alphabetic);
            if letter {
                // A tag that never ends: no tag can follow, or this one would have ended there.
                self.at = self.end;
                return Some(Token::Text(Span::new(start, self.end)));
            }
        }
        let from = start as usize + 1;
        let next = bytes[from..].iter().position(|byte| *byte == b'<');
        self.at = next.map_or(self.end, |n| (from + n) as u32);
        Some(Token::Text(Span::new(start, self.at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(source: &str) -> Vec<String> {
        let all = Span::new(0, source.len() as u32);
        let show = |token| match token {
            Token::Text(span) => format!("text {}", span.of(source)),
            Token::Comment(span) => format!("comment {}", span.of(source)),
            Token::Tag(tag) => format!("tag {}", tag.span.of(source)),
        };
        Tokens::new(source, all).map(show).collect()
    }

    #[test]
    fn quotes_hold_angle_brackets_and_lone_ones_are_text() {
        let source = "a < b <td title='x > y' class=z>c</td><!-- <td> -->d<br/>";
        let expected = [
            "text a ",
            "text < b ",
            "tag <td title='x > y' class=z>",
            "text c",
            "tag </td>",
            "comment <!-- <td> -->",
            "text d",
            "tag <br/>",
        ];
        assert_eq!(tokens(source), expected);
    }

    #[test]
    fn unfinished_markup_ends_with_the_text() {
        assert_eq!(tokens("x<a href=\"y"), ["text x", "text <a href=\"y"]);
        assert_eq!(tokens("x<!-- y"), ["text x", "comment <!-- y"]);
        assert_eq!(tokens("x<"), ["text x", "text <"]);
    }

    #[test]
    fn reads_attributes_in_any_spelling() {
        let source = "<A HREF = 'x y' name=z disabled id=\"\">";
        let tag = Tag::at(source, 0, source.len() as u32).expect("a tag");
        let value = |name| tag.attribute(source, name).map(|span| span.of(source));
        assert_eq!(value("href"), Some("x y"));
        assert_eq!(value("name"), Some("z"));
        assert_eq!(value("disabled"), Some(""));
        assert_eq!(value("id"), Some(""));
        assert_eq!(value("title"), None);
    }
}
