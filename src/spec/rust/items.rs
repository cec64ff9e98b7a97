//! Cuts a file's tokens into items, so that only those that describe data are parsed, and so that one
//! item that cannot be parsed does not take the others with it.
//!
//! Function bodies are never parsed, for `syn` recurses on expressions: what they say of routes is read from their
//! tokens.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};

use crate::schema::SpecFile;
use crate::text::{self, FileId, Place};

use crate::spec::notes::Notes;

/// Where the bytes of a token's span are counted from.
#[derive(Debug, Clone, Copy)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// Byte of the file at which the lexed text starts.
    pub base: u32,
}

impl Origin {
    /// The bytes a token covers.
    pub fn place(self, span: Span) -> Place {
        Place { file: self.file, span: text::Span::from(span.byte_range()).shifted(self.base) }
    }
}

/// What an item is, as far as its first words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Struct,
    Enum,
    Alias,
    Constant,
    Module,
    Use,
    Impl,
    Macro,
    Function,
    /// Traits, unions and all else that lowers to nothing.
    Other,
}

/// An item, cut out and not parsed.
#[derive(Debug)]
pub struct Item {
    pub kind: Kind,
    /// The name that follows the keyword; the macro's name for [`Kind::Macro`].
    pub name: Option<Ident>,
    /// All of it, attributes included.
    pub tokens: Vec<TokenTree>,
}

impl Item {
    /// The bytes from the first token to the last.
    pub fn span(&self, origin: Origin) -> text::Span {
        let ends = self.tokens.first().zip(self.tokens.last());
        let span = |token: &TokenTree| origin.place(token.span()).span;
        ends.map_or_else(text::Span::default, |(first, last)| span(first).to(span(last)))
    }

    /// Whether `#[cfg(test)]` stands before it.
    pub fn is_test_only(&self) -> bool {
        self.tokens.iter().any(|token| matches!(token, TokenTree::Group(group) if is_test_condition(group)))
    }

    /// What stands in the last pair of braces.
    pub fn into_body(mut self) -> Option<TokenStream> {
        match self.tokens.pop() {
            // The group goes before its stream is walked, or every token in it would be copied.
            Some(TokenTree::Group(group)) => Some(group.stream()),
            _ => None,
        }
    }
}

/// Tokens of a text that was lexed as a whole.
pub type Lexed = (Origin, TokenStream);

/// Lexes a file; where that fails, lexes each stretch between closing braces at the start of a line, so
/// that one unterminated string costs one item.
pub fn lex(id: FileId, file: &SpecFile, notes: &mut Notes) -> Vec<Lexed> {
    let text = file.text.as_str();
    let mut start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    if text[start..].starts_with("#!") && !text[start..].starts_with("#![") {
        start += text[start..].find('\n').unwrap_or(text.len() - start);
    }
    let whole = lex_part(id, text, start..text.len());
    if whole.is_ok() {
        return whole.into_iter().collect();
    }
    let mut parts = Vec::new();
    let mut from = start;
    while from < text.len() {
        let end = text[from..].find("\n}").map_or(text.len(), |at| from + at + 2);
        match lex_part(id, text, from..end) {
            Ok(part) => parts.push(part),
            Err(place) => notes.add(place, "not Rust: brackets, quotes or a character do not fit".to_owned()),
        }
        from = end;
    }
    parts
}

fn lex_part(id: FileId, text: &str, part: std::ops::Range<usize>) -> Result<Lexed, Place> {
    let origin = Origin { file: id, base: part.start as u32 };
    match text[part].parse() {
        Ok(tokens) => Ok((origin, tokens)),
        Err(error) => Err(origin.place(error.span())),
    }
}

/// The items of a token stream, one after the other.
pub struct Items {
    tokens: std::iter::Peekable<proc_macro2::token_stream::IntoIter>,
}

impl Items {
    pub fn new(tokens: TokenStream) -> Self {
        Self { tokens: tokens.into_iter().peekable() }
    }
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let mut item = Item { kind: Kind::Other, name: None, tokens: Vec::new() };
        let mut keyword = None;
        let mut angles = 0u32;
        while let Some(token) = self.tokens.next() {
            if item.tokens.is_empty() && self.skip_inner_attribute(&token) {
                continue;
            }
            let mut ends = false;
            match &token {
                TokenTree::Ident(word) if keyword.is_none() => {
                    keyword = self.keyword(word, &mut item);
                }
                TokenTree::Ident(word) if item.name.is_none() => item.name = Some(word.clone()),
                TokenTree::Group(group) if keyword.is_none() => {
                    // A stray block between items is skipped as if it were one.
                    ends = group.delimiter() == Delimiter::Brace;
                }
                TokenTree::Group(group) => {
                    ends = group.delimiter() == Delimiter::Brace
                        && angles == 0
                        && !matches!(item.kind, Kind::Alias | Kind::Constant | Kind::Use);
                }
                TokenTree::Punct(mark) => match mark.as_char() {
                    ';' => ends = true,
                    '<' => angles += 1,
                    '>' => angles = angles.saturating_sub(1),
                    _ => {}
                },
                _ => {}
            }
            item.tokens.push(token);
            if ends {
                return Some(item);
            }
        }
        (!item.tokens.is_empty()).then_some(item)
    }
}

impl Items {
    /// Skips `#![..]` and `//! ..`, which belong to the file and not to the item after them.
    fn skip_inner_attribute(&mut self, token: &TokenTree) -> bool {
        let is = |token: &TokenTree, sign| matches!(token, TokenTree::Punct(mark) if mark.as_char() == sign);
        let is_inner = is(token, '#') && self.tokens.next_if(|next| is(next, '!')).is_some();
        is_inner && self.tokens.next_if(|next| matches!(next, TokenTree::Group(_))).is_some()
    }

    /// Sets the item's kind if `word` decides it; returns whether it did.
    fn keyword(&mut self, word: &Ident, item: &mut Item) -> Option<()> {
        let next_is_fn = matches!(self.tokens.peek(), Some(TokenTree::Ident(next))
            if next == "fn" || next == "unsafe" || next == "extern" || next == "async");
        let next_is_call =
            matches!(self.tokens.peek(), Some(TokenTree::Punct(mark)) if mark.as_char() == '!');
        let text = word.to_string();
        item.kind = match text.as_str() {
            "struct" => Kind::Struct,
            "enum" => Kind::Enum,
            "type" => Kind::Alias,
            "const" if !next_is_fn => Kind::Constant,
            "static" => Kind::Constant,
            "mod" => Kind::Module,
            "use" => Kind::Use,
            "impl" => Kind::Impl,
            "fn" => Kind::Function,
            "trait" | "union" | "macro" | "macro_rules" => Kind::Other,
            _ if next_is_call => {
                item.name = Some(word.clone());
                Kind::Macro
            }
            _ => return None,
        };
        Some(())
    }
}

/// Whether an attribute's brackets hold `cfg(test)`.
fn is_test_condition(group: &Group) -> bool {
    if group.delimiter() != Delimiter::Bracket {
        return false;
    }
    let mut tokens = group.stream().into_iter();
    let (Some(TokenTree::Ident(cfg)), Some(TokenTree::Group(condition))) = (tokens.next(), tokens.next())
    else {
        return false;
    };
    cfg == "cfg" && condition.stream().to_string() == "test"
}
