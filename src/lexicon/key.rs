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
    /// The key of `text`; `None` if it is empty or longer than any lexicon text. Stops reading there.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut key = Self { bytes: [0; MAX_KEY], len: 0 };
        if text.is_ascii() && text.len() <= MAX_KEY {
            // What `fold_chars` does to ASCII, without decoding.
            for letter in text.bytes().filter(u8::is_ascii_alphanumeric) {
                key.bytes[key.len] = letter.to_ascii_lowercase();
                key.len += 1;
            }
            if key.len > 0 {
                return Some(key);
            }
        }
        let flow = fold_chars(text, |c| {
            let Some(room) = key.bytes.get_mut(key.len..key.len + c.len_utf8()) else {
                return ControlFlow::Break(());
            };
            c.encode_utf8(room);
            key.len += c.len_utf8();
            ControlFlow::Continue(())
        });
        (flow.is_continue() && key.len > 0).then_some(key)
    }

    /// Its bytes.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn keys_are_folded_texts(text in "[a-zA-Z0-9 ()/<>-]{0,8}|.{0,60}") {
            let folded = crate::fold::fold(&text);
            let key = Key::of(&text).map(|key| String::from_utf8_lossy(key.as_bytes()).into_owned());
            proptest::prop_assert_eq!(key, (!folded.is_empty() && folded.len() <= MAX_KEY).then(|| folded.into_owned()));
        }
    }
}
