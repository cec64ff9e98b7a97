//! How alike two names are spelled.

use crate::fold::identifier_key;

/// Similarity of two names from 0 to 1, case and separators aside, if it is at least `bar`.
///
/// Names are held against every name of a type, and nearly all are nothing alike: their letters tell, at a
/// fraction of the cost of a distance.
pub fn likeness(left: &str, right: &str, bar: f64) -> Option<f64> {
    if left.is_ascii() && right.is_ascii() && Letters::of(left).likeness_at_most(&Letters::of(right)) < bar {
        return None;
    }
    let (left, right) = (identifier_key(left), identifier_key(right));
    if Letters::of(&left).likeness_at_most(&Letters::of(&right)) < bar {
        return None;
    }
    let likeness = strsim::normalized_damerau_levenshtein(&left, &right);
    (likeness >= bar).then_some(likeness)
}

/// Whether a small letter meets a capital: `dateRange`.
pub(super) fn has_hump(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
}

/// Which letters the key of a name has, several to a bit, and how many.
struct Letters {
    set: u64,
    count: u32,
}

impl Letters {
    /// Of an ASCII name, or of any name's key.
    fn of(name: &str) -> Self {
        let letters = name.chars().filter(|c| !c.is_ascii() || c.is_ascii_alphanumeric());
        letters.fold(Self { set: 0, count: 0 }, |letters, c| Self {
            set: letters.set | 1 << (u32::from(c.to_ascii_lowercase()) % 64),
            count: letters.count + 1,
        })
    }

    /// An edit gives or takes one letter, or puts one in the place of another.
    fn likeness_at_most(&self, other: &Self) -> f64 {
        let longest = self.count.max(other.count);
        if longest == 0 {
            return 1.0;
        }
        let missing = (self.set & !other.set).count_ones().max((other.set & !self.set).count_ones());
        let edits = missing.max(self.count.abs_diff(other.count));
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
