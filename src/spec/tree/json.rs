//! Strict JSON, in one pass without recursion.

use memchr::memchr2;

use super::build::{Builder, Key};
use super::{Form, NONE, Raw, Tree, Wrong};
use crate::text::Span;

/// Reads a text that is one JSON value. A byte order mark before it is no part of it.
pub fn read(text: &str) -> Result<Tree, Wrong> {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut reader = Reader { bytes: text.as_bytes(), at: start, builder: Builder::new(text) };
    reader.document()?;
    Ok(reader.builder.tree)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    builder: Builder<'a>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<(), Wrong> {
        self.blanks();
        self.value()?;
        while self.builder.depth() > 0 {
            self.after_value()?;
        }
        self.blanks();
        if self.at < self.bytes.len() { Err(self.wrong("the document ends before this")) } else { Ok(()) }
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    /// A scalar, or the start of a container and, if there is one, its first value.
    fn value(&mut self) -> Result<(), Wrong> {
        loop {
            let start = self.at;
            let first = self.bytes.get(start);
            match first {
                Some(b'"') => {
                    let form = self.string()?;
                    self.builder.add(Raw::Text(form), self.since(start), NONE);
                    return Ok(());
                }
                Some(b'{' | b'[') => {
                    let is_object = first == Some(&b'{');
                    self.builder.open(if is_object { Raw::Object } else { Raw::Array }, start as u32);
                    self.at += 1;
                    self.blanks();
                    if self.bytes.get(self.at) == Some(if is_object { &b'}' } else { &b']' }) {
                        self.at += 1;
                        self.builder.close(self.at as u32);
                        return Ok(());
                    }
                    if is_object {
                        self.key()?;
                    }
                }
                Some(b'-' | b'0'..=b'9') => {
                    self.number()?;
                    self.builder.add(Raw::Number, self.since(start), NONE);
                    return Ok(());
                }
                _ => {
                    let words = [("null", Raw::Null), ("true", Raw::Bool(true)), ("false", Raw::Bool(false))];
                    let rest = &self.bytes[start..];
                    let Some((word, kind)) = words.iter().find(|(word, _)| rest.starts_with(word.as_bytes()))
                    else {
                        return Err(self.wrong("expected a value"));
                    };
                    self.at += word.len();
                    self.builder.add(*kind, self.since(start), NONE);
                    return Ok(());
                }
            }
        }
    }

    /// A comma and the next value, or the end of the container.
    fn after_value(&mut self) -> Result<(), Wrong> {
        self.blanks();
        let in_object = self.builder.in_object();
        match self.bytes.get(self.at) {
            Some(b',') => {
                self.at += 1;
                self.blanks();
                if in_object {
                    self.key()?;
                }
                self.value()
            }
            Some(b'}') if in_object => {
                self.close();
                Ok(())
            }
            Some(b']') if !in_object => {
                self.close();
                Ok(())
            }
            _ if in_object => Err(self.wrong("expected `,` or `}`")),
            _ => Err(self.wrong("expected `,` or `]`")),
        }
    }

    fn close(&mut self) {
        self.at += 1;
        self.builder.close(self.at as u32);
    }

    /// A key with its colon, up to its value.
    fn key(&mut self) -> Result<(), Wrong> {
        let start = self.at;
        if self.bytes.get(start) != Some(&b'"') {
            return Err(self.wrong("expected a key in double quotes"));
        }
        let form = self.string()?;
        let span = self.since(start);
        self.blanks();
        if self.bytes.get(self.at) != Some(&b':') {
            return Err(self.wrong("expected `:`"));
        }
        self.at += 1;
        self.blanks();
        self.builder.key(Key { span, form, decoded: None });
        Ok(())
    }

    /// Passes a string; whether it has escapes.
    fn string(&mut self) -> Result<Form, Wrong> {
        let start = self.at;
        let mut form = Form::Verbatim;
        let mut at = start + 1;
        loop {
            let Some(found) = self.bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) else {
                return Err(self.wrong("this string has no end"));
            };
            at += found + 1;
            if self.bytes[at - 1] == b'"' {
                self.at = at;
                return Ok(form);
            }
            form = Form::Escaped;
            at += 1;
        }
    }

    fn number(&mut self) -> Result<(), Wrong> {
        let start = self.at;
        let is_part = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = self.bytes[start..].iter().take_while(is_part).count();
        let digits = &self.bytes[start..start + length];
        let number = std::str::from_utf8(digits).ok().map(serde_json::from_str::<serde_json::Number>);
        if !matches!(number, Some(Ok(_))) {
            return Err(self.wrong("this is not a number"));
        }
        self.at = start + length;
        Ok(())
    }

    fn since(&self, start: usize) -> Span {
        Span::from(start..self.at)
    }

    /// What is wrong here; at the end of the text that is what is wrong.
    fn wrong(&self, message: &str) -> Wrong {
        let rest = self.builder.text.get(self.at..).unwrap_or("");
        let length = rest.chars().next().map_or(0, char::len_utf8);
        let message =
            if rest.is_empty() { format!("{message}, but the text ends here") } else { message.to_owned() };
        Wrong { span: Span::from(self.at..self.at + length), message }
    }
}
