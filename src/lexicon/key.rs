//! A lookup key on the stack.

use std::ops::ControlFlow;

use super::source::MAX_KEY;
use crate::fold::fold_chars;

/// What [`fold_chars`] makes of an ASCII byte; 0 if it leaves it out, and for other bytes.
static ASCII: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// The folded form of a text, without allocation.
pub(super) struct Key {
    bytes: [u8; MAX_KEY],
    len: usize,
}

impl Key {
    /// An empty key. It is filled in place: 320 bytes are not worth moving around.
    pub(super) fn new() -> Self {
        Self { bytes: [0; MAX_KEY], len: 0 }
    }

    /// Makes it the key of `text`; `None` if that is empty or longer than any lexicon text, which is where
    /// reading stops.
    pub(super) fn fold(&mut self, text: &str) -> Option<&[u8]> {
        self.len = if text.len() <= MAX_KEY { self.fold_ascii(text.as_bytes()) } else { 0 };
        if self.len == 0 {
            let flow = fold_chars(text, |c| self.push(c));
            if flow.is_break() {
                return None;
            }
        }
        (self.len > 0).then(|| &self.bytes[..self.len])
    }

    /// What `fold_chars` does to ASCII, without decoding; 0 for other texts. `text` is no longer than a key.
    fn fold_ascii(&mut self, text: &[u8]) -> usize {
        if !text.is_ascii() {
            return 0;
        }
        let mut len = 0;
        for byte in text {
            let letter = ASCII[*byte as usize];
            self.bytes[len] = letter;
            len += usize::from(letter != 0);
        }
        len
    }

    fn push(&mut self, c: char) -> ControlFlow<()> {
        let Some(room) = self.bytes.get_mut(self.len..self.len + c.len_utf8()) else {
            return ControlFlow::Break(());
        };
        c.encode_utf8(room);
        self.len += c.len_utf8();
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn keys_are_folded_texts(text in "[a-zA-Z0-9 ()/<>-]{0,8}|.{0,60}") {
            let folded = crate::fold::fold(&text);
            let mut key = Key::new();
            let key = key.fold(&text).map(|key| String::from_utf8_lossy(key).into_owned());
            proptest::prop_assert_eq!(key, (!folded.is_empty() && folded.len() <= MAX_KEY).then(|| folded.into_owned()));
        }
    }
}
