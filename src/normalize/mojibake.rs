//! UTF-8 that was decoded as Windows-1252: `â€™` for `’`, `Ã©` for `é`.

use std::ops::Range;

use memchr::memchr2_iter;

use crate::parse::signs;
use crate::text::Span;

/// Sequences that were decoded wrongly, with what they were; `None` where a replacement character is left.
/// Linear in the text; sound text costs one look at each byte, many at once.
pub fn find(text: &str) -> Vec<(Span, Option<String>)> {
    let mut found = Vec::new();
    let mut at = 0;
    for stretch in signs::wrongly_decoded(text) {
        find_from(text, stretch, &mut at, &mut found);
    }
    found
}

/// Finds what begins in a stretch, but not before `at`.
fn find_from(text: &str, stretch: Range<usize>, at: &mut usize, found: &mut Vec<(Span, Option<String>)>) {
    let bytes = text.as_bytes();
    for lead in memchr2_iter(0xC3, 0xEF, &bytes[stretch.clone()]).map(|lead| stretch.start + lead) {
        if bytes[lead] == 0xEF {
            if text[lead..].starts_with(char::REPLACEMENT_CHARACTER) {
                found.push((Span::new(lead as u32, lead as u32 + 3), None));
            }
            continue;
        }
        if lead < *at || bytes.get(lead + 2).is_none_or(u8::is_ascii) {
            continue;
        }
        if let Some((length, right)) = sequence(&text[lead..]).filter(|found| is_telling(text, lead, found)) {
            *at = lead + length;
            found.push((Span::new(lead as u32, *at as u32), Some(right)));
        }
    }
}

/// Whether a sequence cannot be sound text. Letters such as `é` before punctuation (`é\u{a0}»`) can: they count
/// only in runs, as wrongly decoded Chinese or Japanese comes. `â€` and `Ã©` need no company.
fn is_telling(text: &str, at: usize, (length, _): &(usize, String)) -> bool {
    let lead = text[at..].chars().next();
    if matches!(lead, Some('Â' | 'Ã' | 'Ä' | 'Å' | 'â' | 'ð')) {
        return true;
    }
    let next = text.get(at + length..).and_then(sequence);
    let before = text[..at]
        .char_indices()
        .rev()
        .take(3)
        .any(|(start, _)| sequence(&text[start..]).is_some_and(|(length, _)| start + length == at));
    next.is_some() || before
}

/// The wrongly decoded character at the start of `text`: its length in bytes here, and what it was.
fn sequence(text: &str) -> Option<(usize, String)> {
    let mut chars = text.chars();
    let lead = byte(chars.next()?)?;
    let length = match lead {
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let mut raw = vec![lead];
    let mut taken = text.chars().next()?.len_utf8();
    for c in chars.take(length - 1) {
        raw.push(byte(c).filter(|byte| (0x80..0xC0).contains(byte))?);
        taken += c.len_utf8();
    }
    let right = String::from_utf8(raw).ok()?;
    // `Â ` and `Â»` also occur when French or Portuguese capitals meet punctuation; a control character is no text.
    let sound = right.chars().all(|c| !c.is_control());
    sound.then_some((taken, right))
}

/// What Windows-1252 decodes the bytes from 0x80 to 0x9F to; five of them are the control characters of that number.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', //
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The byte that Windows-1252 decodes to `c`.
fn byte(c: char) -> Option<u8> {
    match c {
        '\u{a0}'..='ÿ' => u8::try_from(c).ok(),
        _ => HIGH.iter().position(|high| *high == c).map(|at| 0x80 + at as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn healed(text: &str) -> Vec<(String, Option<String>)> {
        find(text).into_iter().map(|(span, right)| (span.of(text).to_owned(), right)).collect()
    }

    #[test]
    fn finds_what_was_decoded_twice() {
        assert_eq!(healed("customerâ€™s"), [("â€™".to_owned(), Some("’".to_owned()))]);
        assert_eq!(healed("quantitÃ©"), [("Ã©".to_owned(), Some("é".to_owned()))]);
        assert_eq!(healed("a\u{fffd}b"), [("\u{fffd}".to_owned(), None)]);
    }

    #[test]
    fn leaves_sound_text_alone() {
        for text in [
            "quantité",
            "Ça va",
            "São Paulo",
            "ÄÖÜ",
            "naïve Ã",
            "être",
            "Â",
            "précédé\u{a0}»",
            "à\u{a0}«\u{a0}",
        ] {
            assert_eq!(healed(text), [], "{text}");
        }
    }
}
