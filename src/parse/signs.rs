//! Signs of damage that only a look at each byte of a page tells.
//!
//! Absent here: whether they are damage.

use std::ops::Range;

use memchr::memchr_iter;
use memchr::memmem::Finder;

use crate::document::{Document, Signs};

/// The signs of a page, whose runs are known.
pub(super) fn of(text: &str, document: &Document) -> Signs {
    Signs {
        stars: shows_stars(text, document),
        accents: wrongly_decoded(text).next().is_some(),
        brackets: memchr_iter(b']', text.as_bytes()).any(|at| is_parted(&text[at + 1..])),
    }
}

/// Whether a parenthesis follows a closing bracket, but not at once, or a wide one does.
pub fn is_parted(after: &str) -> bool {
    // How a gap or a wide parenthesis begins: hardly any bracket is followed by one.
    matches!(after.as_bytes().first(), Some(b' ' | 0xC2 | 0xEF))
        && after.trim_start_matches([' ', '\u{a0}']).starts_with(['(', '（'])
}

/// Stretches of a text in which Windows-1252 may have been taken for UTF-8, or a character was lost.
pub fn wrongly_decoded(text: &str) -> impl Iterator<Item = Range<usize>> {
    const STRETCH: usize = 512;
    let stretch = move |start: usize| start..text.len().min(start + STRETCH);
    (0..text.len())
        .step_by(STRETCH)
        .map(stretch)
        .filter(|stretch| is_suspect(text.as_bytes(), stretch.clone()))
}

/// Whether a stretch may begin such a sequence: no accented letter before ASCII does, which settles nearly all of them.
///
/// Wrongly decoded lead bytes are U+00C2..U+00F4: C3 82.. in UTF-8. U+FFFD is EF BF BD. Neither C3 nor EF occurs inside
/// another character, and both of theirs are two bytes before a byte that is not ASCII.
fn is_suspect(bytes: &[u8], Range { start, end }: Range<usize>) -> bool {
    if bytes[start..end].is_ascii() {
        return false;
    }
    let after = &bytes[bytes.len().min(start + 2)..bytes.len().min(end + 2)];
    // Without a way out in between, so that many bytes are looked at at once.
    let pairs = bytes[start..end].iter().zip(after);
    let telling = pairs.fold(0, |telling, (lead, after)| {
        let accent = if *lead == 0xC3 { *after } else { 0 };
        let lost = if *lead == 0xEF && *after == 0xBD { *after } else { 0 };
        telling | accent | lost
    });
    telling >= 0x80
}

/// Whether any text has two asterisks that are shown. One look at the page is cheaper than one at each run.
fn shows_stars(text: &str, document: &Document) -> bool {
    let bytes = text.as_bytes();
    let marks = Finder::new("**");
    let mut runs = document.runs.as_slice();
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| marks.find(rest)) {
        // Runs are in page order, and marks that mean something stand between them.
        let before = runs.iter().take_while(|run| run.span.end as usize <= from + at).count();
        runs = &runs[before..];
        let [run, later @ ..] = runs else { return false };
        let (start, end) = (run.span.start as usize, run.span.end as usize);
        if start <= from + at + 1 {
            return true;
        }
        // What is emphasized is short, and the marks behind it mean something too.
        let is_closed = bytes.get(start..end).is_some_and(|shown| !shown.contains(&b'*'))
            && bytes.get(end..end + 2) == Some(b"**")
            && later.first().is_none_or(|run| run.span.start as usize >= end + 2);
        from = if is_closed { end + 2 } else { start };
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::parse::document;

    #[test]
    fn signs_are_seen() {
        for (text, stars, accents, brackets) in [
            ("a **b** [c](d.md) é", false, false, false),
            ("a ** b ** c", true, false, false),
            ("`**` and \\*\\*", true, false, false),
            ("**a**\n\n**b**, **c **", true, false, false),
            ("the customerâ€™s cart", false, true, false),
            ("a lost \u{fffd} one", false, true, false),
            ("[a] (b.md)", false, false, true),
            ("[a]\u{a0}(b.md)", false, false, true),
            ("[a]（b.md）", false, false, true),
            ("[a] b (c)", false, false, false),
        ] {
            let signs = document(text).signs;
            assert_eq!((signs.stars, signs.accents, signs.brackets), (stars, accents, brackets), "{text}");
        }
    }

    #[test]
    fn the_runs_in_code_are_known() {
        let text = "# `a` b\n\n| c | `d` |\n|---|---|\n| `e` f | <code>g</code> |\n";
        let document = document(text);
        let in_code = document.code_runs.iter().map(|at| document.runs[*at as usize].span.of(text));
        assert_eq!(in_code.collect::<Vec<_>>(), ["a", "d", "e", "g"]);
    }
}
