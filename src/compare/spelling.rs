//! How alike two names are spelled.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::fold::identifier_key;

/// Similarity of two names from 0 to 1, case and separators aside, if it is at least `bar`.
pub fn likeness(left: &str, right: &str, bar: f64) -> Option<f64> {
    Spelling::of(left).likeness(&Spelling::of(right), bar)
}

/// Whether a small letter meets a capital: `dateRange`.
pub(crate) fn has_hump(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

/// A name, ready to be held against many others: against every name of a type, say. Nearly all are nothing
/// alike: their letters tell, at a fraction of the cost of a distance.
#[derive(Debug, Clone)]
pub(super) struct Spelling<'n> {
    name: &'n str,
    letters: Letters,
    /// The name's key with its letters.
    key: OnceLock<(Cow<'n, str>, Letters)>,
}

impl<'n> Spelling<'n> {
    pub(super) fn of(name: &'n str) -> Self {
        Self { name, letters: Letters::of(name), key: OnceLock::new() }
    }

    /// See [`likeness`].
    pub(super) fn likeness(&self, other: &Spelling<'_>, bar: f64) -> Option<f64> {
        let ascii = self.name.is_ascii() && other.name.is_ascii();
        if ascii && self.letters.likeness_at_most(&other.letters) < bar {
            return None;
        }
        let ((left, letters), (right, others)) = (self.key(), other.key());
        if !ascii && letters.likeness_at_most(others) < bar {
            return None;
        }
        let likeness = strsim::normalized_damerau_levenshtein(left, right);
        (likeness >= bar).then_some(likeness)
    }

    fn key(&self) -> &(Cow<'n, str>, Letters) {
        self.key.get_or_init(|| {
            let key = identifier_key(self.name);
            let letters = Letters::of(&key);
            (key, letters)
        })
    }
}

/// How often the key of a name has each letter, several letters counted as one.
#[derive(Debug, Clone, Copy)]
struct Letters {
    counts: [u8; KINDS],
    length: u32,
}

/// Kinds of letters that are told apart.
const KINDS: usize = 32;

impl Letters {
    /// Of an ASCII name, or of any name's key.
    fn of(name: &str) -> Self {
        let mut letters = Self { counts: [0; KINDS], length: 0 };
        for c in name.chars().filter(|c| !c.is_ascii() || c.is_ascii_alphanumeric()) {
            let count = &mut letters.counts[c.to_ascii_lowercase() as usize % KINDS];
            *count = count.saturating_add(1);
            letters.length += 1;
        }
        letters
    }

    /// An edit gives or takes one letter, puts one in the place of another, or swaps two.
    fn likeness_at_most(&self, other: &Self) -> f64 {
        let longest = self.length.max(other.length);
        if longest == 0 {
            return 1.0;
        }
        let lacks = |from: &Self, in_it: &Self| -> u32 {
            from.counts.iter().zip(&in_it.counts).map(|(a, b)| u32::from(a.saturating_sub(*b))).sum()
        };
        let edits = lacks(self, other).max(lacks(other, self)).max(self.length.abs_diff(other.length));
        1.0 - f64::from(edits) / f64::from(longest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_short_cut_changes_nothing(left in "[a-dA-D _é-]{0,8}", right in "[a-dA-D _éあ-]{0,8}") {
            let full =
                strsim::normalized_damerau_levenshtein(&identifier_key(&left), &identifier_key(&right));
            for bar in [0.5, 0.7, 0.72, 0.9] {
                proptest::prop_assert_eq!(likeness(&left, &right, bar), (full >= bar).then_some(full));
            }
        }
    }
}
