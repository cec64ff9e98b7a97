//! Tokens that are read without being parsed: lists, paths, literals.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::items::Origin;
use crate::text::{Place, Span};

/// The parts of a list between commas; what stands in angle brackets is one.
pub fn list(tokens: impl IntoIterator<Item = TokenTree>) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    let mut angles = 0_u32;
    let mut arrow = false;
    for token in tokens {
        if let TokenTree::Punct(mark) = &token {
            match mark.as_char() {
                '<' => angles += 1,
                '>' if !arrow => angles = angles.saturating_sub(1),
                ',' if angles == 0 => {
                    parts.push(Vec::new());
                    continue;
                }
                _ => {}
            }
            arrow = matches!(mark.as_char(), '-' | '=');
        } else {
            arrow = false;
        }
        if let Some(last) = parts.last_mut() {
            last.push(token);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The names of a path at the start, and how many tokens it takes; what stands in its angle brackets is passed over.
pub fn path(tokens: &[TokenTree]) -> (Vec<String>, usize) {
    let mut names = Vec::new();
    let mut at = 0;
    loop {
        while is_mark(tokens.get(at), '&') {
            at += 1;
        }
        let Some(TokenTree::Ident(word)) = tokens.get(at) else { break };
        names.push(word.to_string());
        at += 1;
        if !(is_mark(tokens.get(at), ':') && is_mark(tokens.get(at + 1), ':')) {
            break;
        }
        at += 2;
        if is_mark(tokens.get(at), '<') {
            at += angled(&tokens[at.min(tokens.len())..]);
            break;
        }
    }
    (names, at)
}

/// How many tokens angle brackets at the start take, themselves included.
fn angled(tokens: &[TokenTree]) -> usize {
    let mut depth = 0_u32;
    for (at, token) in tokens.iter().enumerate() {
        if is_mark(Some(token), '<') {
            depth += 1;
        } else if is_mark(Some(token), '>') {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at + 1;
            }
        }
    }
    tokens.len()
}

/// Whether a token is that mark.
pub fn is_mark(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

/// The word that a token is.
pub fn word(token: Option<&TokenTree>) -> Option<String> {
    match token? {
        TokenTree::Ident(word) => Some(word.to_string()),
        _ => None,
    }
}

/// The group that a token is, if it has those brackets.
pub fn group(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<&Group> {
    match token? {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

/// A literal string, and where what it says stands.
pub fn text(token: Option<&TokenTree>, origin: Origin, source: &str) -> Option<(String, Place)> {
    let TokenTree::Literal(literal) = token? else { return None };
    let place = origin.place(literal.span());
    let text: syn::LitStr = syn::parse2(TokenStream::from(TokenTree::Literal(literal.clone()))).ok()?;
    let is_plain = place.span.of(source).starts_with('"') && place.span.len() >= 2;
    let span = if is_plain { Span::new(place.span.start + 1, place.span.end - 1) } else { place.span };
    Some((text.value(), Place { file: place.file, span }))
}

/// `key = value`: the value.
pub fn value<'t>(part: &'t [TokenTree], key: &str) -> Option<&'t [TokenTree]> {
    let is_key = word(part.first()).is_some_and(|word| word == key) && is_mark(part.get(1), '=');
    is_key.then(|| &part[2..])
}

/// A type written as tokens.
pub fn ty(tokens: &[TokenTree]) -> Option<syn::Type> {
    syn::parse2(tokens.iter().cloned().collect()).ok()
}
