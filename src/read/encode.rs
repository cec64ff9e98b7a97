//! Text to bytes, as they were read.

use std::borrow::Cow;

use crate::source::Encoding;

/// The bytes of a file with that text: what `decode` made the text from.
pub fn encode(text: &str, encoding: Encoding) -> Cow<'_, [u8]> {
    match encoding {
        Encoding::Utf8 => Cow::Borrowed(text.as_bytes()),
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        Encoding::Unreadable(_) => Cow::Borrowed(&[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::decode::decode;

    #[test]
    fn bytes_come_back_as_they_were() {
        let utf16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "\u{feff}größe 🛒\r\n".encode_utf16().flat_map(unit).collect()
        };
        let utf8 = [b"".to_vec(), b"a\r\nb\rc".to_vec(), "\u{feff}車".as_bytes().to_vec()];
        for bytes in utf8.into_iter().chain([utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)]) {
            let (text, encoding) = decode(&bytes);
            assert_eq!(*encode(&text, encoding), bytes);
        }
    }
}
