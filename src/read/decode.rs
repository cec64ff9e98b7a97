//! Bytes to text: UTF-8, strictly, or UTF-16 behind a byte order mark.
//!
//! Nothing is guessed: a page in an older encoding is named with the byte that shows it.

use crate::source::{Encoding, Unreadable};

/// The text and how it was encoded; an empty text if it cannot be read.
///
/// A UTF-8 text is the file byte for byte, byte order mark included, so that offsets are the file's.
pub fn decode(bytes: &[u8]) -> (String, Encoding) {
    let decoded = match bytes {
        // UTF-32 starts like UTF-16.
        [0xFF, 0xFE, 0, 0, ..] => Err(Unreadable::NotUtf8 { byte: 0, line: 1 }),
        [0xFF, 0xFE, ..] => utf16(bytes, u16::from_le_bytes).map(|text| (text, Encoding::Utf16Le)),
        [0xFE, 0xFF, ..] => utf16(bytes, u16::from_be_bytes).map(|text| (text, Encoding::Utf16Be)),
        _ => utf8(bytes).map(|text| (text, Encoding::Utf8)),
    };
    decoded.unwrap_or_else(|why| (String::new(), Encoding::Unreadable(why)))
}

fn utf8(bytes: &[u8]) -> Result<String, Unreadable> {
    // As strict as the standard library's check, in a fraction of its instructions; only that one says
    // where it failed.
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let byte = error.valid_up_to();
        let line = bytes[..byte].split(|byte| *byte == b'\n').count() as u32;
        Unreadable::NotUtf8 { byte: byte as u32, line }
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Unreadable> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut byte = 0;
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let decoded = decoded.map_err(|_| Unreadable::NotUtf16 { byte })?;
        text.push(decoded);
        byte += 2 * decoded.len_utf16() as u32;
    }
    if odd.is_empty() { Ok(text) } else { Err(Unreadable::NotUtf16 { byte }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn utf8_is_kept_byte_for_byte() {
        for text in ["", "a\r\nb", "\u{feff}# 車", "\0"] {
            assert_eq!(decode(text.as_bytes()), (text.to_owned(), Encoding::Utf8));
        }
    }

    #[test]
    fn utf16_is_read_behind_its_mark() {
        let text = "\u{feff}| größe | 車 | 🛒 |\r\n";
        assert_eq!(decode(&encoded(text, u16::to_le_bytes)), (text.to_owned(), Encoding::Utf16Le));
        assert_eq!(decode(&encoded(text, u16::to_be_bytes)), (text.to_owned(), Encoding::Utf16Be));
    }

    #[test]
    fn a_bad_byte_is_named() {
        let why = Unreadable::NotUtf8 { byte: 6, line: 2 };
        assert_eq!(decode(b"# a\r\nx\xE9y"), (String::new(), Encoding::Unreadable(why)));
        let why = Unreadable::NotUtf8 { byte: 0, line: 1 };
        assert_eq!(decode(b"\xFF\xFE\0\0a\0\0\0"), (String::new(), Encoding::Unreadable(why)));
    }

    #[test]
    fn half_a_character_is_named() {
        let mut bytes = encoded("\u{feff}🛒x", u16::to_le_bytes);
        bytes.truncate(bytes.len() - 1);
        let why = Unreadable::NotUtf16 { byte: 6 };
        assert_eq!(decode(&bytes), (String::new(), Encoding::Unreadable(why)));
        bytes.truncate(4);
        let why = Unreadable::NotUtf16 { byte: 2 };
        assert_eq!(decode(&bytes), (String::new(), Encoding::Unreadable(why)));
    }
}
