//! Text between HTML tags: entities, white space, and the Markdown that a blank line switches back to.

use super::inline::Inlines;
use super::markdown;
use super::skeleton::Host;
use crate::text::Span;

/// Adds the text at `span`. White space that is more than one blank reads as one.
pub(super) fn add(text: &mut Inlines, span: Span, host: Host) {
    let source = text.source;
    let blank = if host == Host::Markdown { blank_line(span.of(source)) } else { None };
    let html = Span::new(span.start, blank.map_or(span.end, |at| span.start + at as u32));
    for (span, literal) in entities(source, html) {
        match literal {
            Some(literal) => text.text(span, &literal),
            None => words(text, span, host),
        }
    }
    // Indented as HTML is, not as code.
    let rest = Span::new(after_gap(source, Span::new(html.end, span.end), host), span.end);
    if !rest.is_empty() {
        if text.is_open() {
            text.line_break(Span::empty(rest.start));
        }
        markdown::inline(text, rest);
    }
}

fn words(text: &mut Inlines, span: Span, host: Host) {
    let source = text.source;
    let mut at = span.start;
    if !text.is_open() {
        at = after_gap(source, span, host);
    }
    while at < span.end {
        let rest = Span::new(at, span.end);
        let word = Span::new(at, at + gap(rest.of(source)) as u32);
        if !word.is_empty() {
            text.text(word, word.of(source));
        }
        at = after_gap(source, Span::new(word.end, span.end), host);
        if word.end < at && text.is_open() {
            text.line_break(Span::new(word.end, at));
        }
    }
}

/// Where the first white space begins that is a line break or more than one character.
fn gap(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_gap = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    let begins = |at: &usize| is_gap(*at) && (bytes[*at] != b' ' || is_gap(at + 1));
    (0..bytes.len()).find(begins).unwrap_or(bytes.len())
}

/// Behind the white space at the start of `span`; in a quote also behind the marks of its lines.
fn after_gap(source: &str, span: Span, host: Host) -> u32 {
    let text = span.of(source);
    let is_gap = |c: char| c.is_ascii_whitespace();
    let mut rest = text.trim_start_matches(is_gap);
    if host == Host::Quote && text[..text.len() - rest.len()].contains('\n') {
        rest = rest.trim_start_matches(|c| is_gap(c) || c == '>');
    }
    span.end - rest.len() as u32
}

/// Where the first blank line of a text begins that has something behind it.
fn blank_line(text: &str) -> Option<usize> {
    let mut after_newline = None;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, after_newline) {
            (b'\n', Some(newline)) => return (!text[at..].trim().is_empty()).then_some(newline),
            (b'\n', None) => after_newline = Some(at),
            (b' ' | b'\t' | b'\r', _) => {}
            _ => after_newline = None,
        }
    }
    None
}

/// Splits text at its entities; what an entity stands for comes with it.
pub(super) fn entities(source: &str, span: Span) -> impl Iterator<Item = (Span, Option<String>)> {
    let mut at = span.start;
    std::iter::from_fn(move || {
        let rest = Span::new(at, span.end).of(source);
        let found = rest.match_indices('&').find_map(|(start, _)| Some((start, entity(&rest[start..])?)));
        let (end, literal) = match found {
            Some((0, (length, literal))) => (at + length as u32, Some(literal)),
            Some((start, _)) => (at + start as u32, None),
            None => (span.end, None),
        };
        let piece = Span::new(at, end);
        at = end;
        (!piece.is_empty()).then_some((piece, literal))
    })
}

/// The entity at the start of `text`: its length, and what it stands for.
fn entity(text: &str) -> Option<(usize, String)> {
    /// The longest name of an entity, `&CounterClockwiseContourIntegral;`, with room to spare.
    const LONGEST: usize = 40;
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let length = 1 + text.bytes().skip(1).take(LONGEST).take_while(is_name).count();
    if text.as_bytes().get(length) != Some(&b';') {
        return None;
    }
    let written = &text[..=length];
    let literal = match written {
        "&amp;" => "&".to_owned(),
        "&lt;" => "<".to_owned(),
        "&gt;" => ">".to_owned(),
        "&quot;" => "\"".to_owned(),
        "&nbsp;" => "\u{A0}".to_owned(),
        _ => markdown::unescaped(written),
    };
    (literal != written).then_some((written.len(), literal))
}
