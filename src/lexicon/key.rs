//! A lookup key on the stack.

use std::ops::ControlFlow;

use super::source::MAX_KEY;
use crate::fold::fold_chars;

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
        self.len = 0;
        if text.is_ascii() && text.len() <= MAX_KEY {
            // What `fold_chars` does to ASCII, without decoding.
            for letter in text.bytes().filter(u8::is_ascii_alphanumeric) {
                self.bytes[self.len] = letter.to_ascii_lowercase();
                self.len += 1;
            }
        }
        if self.len == 0 {
            let flow = fold_chars(text, |c| self.push(c));
            if flow.is_break() {
                return None;
            }
        }
        (self.len > 0).then(|| &self.bytes[..self.len])
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
