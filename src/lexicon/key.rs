//! A lookup key on the stack.

use std::ops::ControlFlow;

use crate::fold::fold_chars;

/// Longest key in bytes. The build script refuses longer texts, so a longer cell is no lexicon text.
pub(super) const MAX_KEY: usize = 320;

/// The folded form of a text, without allocation.
pub(super) struct Key {
    bytes: [u8; MAX_KEY],
    len: usize,
}

impl Key {
    /// The key of `text`; `None` if it is empty or longer than any lexicon text. Stops reading there.
    pub(super) fn of(text: &str) -> Option<Self> {
        let mut key = Self { bytes: [0; MAX_KEY], len: 0 };
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
