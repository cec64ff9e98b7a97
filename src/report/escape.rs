//! Makes characters visible that would act on a terminal or hide in it.
//!
//! A page may hold escape sequences that recolour or retitle a terminal, bidirectional overrides that
//! make a line read differently from its bytes, and invisible characters that make two equal-looking
//! names differ. All output for people goes through here.

use std::borrow::Cow;
use std::fmt::Write;

/// The text on one line, with every acting or invisible character as `\n`, `\t` or `\u{..}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if has_command(text) {
        return Cow::Owned(text.split('#').map(shown).collect::<Vec<_>>().join(HASH));
    }
    shown(text)
}

/// How `#` is shown where it would act.
pub const HASH: &str = "\\u{23}";

/// Whether a build service would act on a line with this text: `##vso[task.complete]`, `##[error]`.
pub fn has_command(text: &str) -> bool {
    let is_command = |rest: &str| rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('[');
    text.contains("##") && text.match_indices('#').any(|(at, _)| is_command(&text[at + 1..]))
}

fn shown(text: &str) -> Cow<'_, str> {
    // Without a way out in between, so that many bytes are looked at at once.
    let plain = text.bytes().fold(true, |plain, byte| plain & (b' '..0x7f).contains(&byte));
    // How the hidden characters begin: so do some others, but few letters.
    let begins = |byte| matches!(byte, ..b' ' | 0x7f | 0xC2 | 0xD8 | 0xE1..=0xE3 | 0xEF | 0xF3);
    let suspect = || text.bytes().fold(false, |suspect, byte| suspect | begins(byte));
    if plain || !suspect() || !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        push_visible(&mut out, c);
    }
    Cow::Owned(out)
}

/// Appends one character in its visible form.
pub fn push_visible(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        _ if is_hidden(c) => write!(out, "\\u{{{:x}}}", u32::from(c)).expect("a String takes all text"),
        _ => out.push(c),
    }
}

/// Whether a terminal would act on the character or show nothing for it.
pub fn is_hidden(c: char) -> bool {
    if c < '\u{7f}' {
        return c < ' ';
    }
    matches!(
        c,
        // DEL and the C1 controls; soft hyphen.
        '\u{7f}'..='\u{9f}' | '\u{ad}'
        // Marks, embeddings, overrides and isolates of the bidirectional algorithm.
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        // Zero width; byte order mark.
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{180e}' | '\u{feff}'
        // Line and paragraph separators, fillers, annotations, tags.
        | '\u{2028}' | '\u{2029}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        // No characters at all.
        | '\u{fffe}' | '\u{ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_or_hides_is_shown() {
        assert_eq!(
            visible("a\u{1b}[31mb\u{202e}c\u{200b}d\r\n\te\u{9b}"),
            "a\\u{1b}[31mb\\u{202e}c\\u{200b}d\\r\\n\\te\\u{9b}"
        );
        assert!(matches!(visible("größe 車 e\u{301}"), Cow::Borrowed(_)));
        assert_eq!(visible("a ##vso[task.complete]\tb"), "a \\u{23}\\u{23}vso[task.complete]\\tb");
        assert_eq!(visible("## a [b] ##"), "## a [b] ##");
    }
}
