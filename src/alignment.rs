//! Who pairs with whom, and on what evidence.
//!
//! Plain data that `compare` fills and `rules` read. Absent here: severity, sentences.

/// Two lists matched against each other.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Alignment {
    /// Pairs by left position.
    pub pairs: Vec<Pair>,
    /// Left items without partner.
    pub left_only: Vec<u32>,
    /// Right items without partner.
    pub right_only: Vec<u32>,
}

impl Alignment {
    /// Every item with the one at the same place, all names equal.
    pub fn identity(length: usize) -> Self {
        let pair = |at: usize| Pair {
            left: at as u32,
            right: at as u32,
            evidence: Evidence::EXACT,
            confidence: 1.0,
        };
        Self { pairs: (0..length).map(pair).collect(), ..Self::default() }
    }

    /// The pair of a left item.
    pub fn of_left(&self, left: u32) -> Option<&Pair> {
        // Most lists have a partner for every item.
        if let Some(pair) = self.pairs.get(left as usize).filter(|pair| pair.left == left) {
            return Some(pair);
        }
        let at = self.pairs.binary_search_by_key(&left, |pair| pair.left).ok()?;
        self.pairs.get(at)
    }

    /// Right items that have a partner, ascending, each with that partner.
    pub fn by_right(&self) -> Vec<(u32, u32)> {
        let mut pairs: Vec<(u32, u32)> = self.pairs.iter().map(|pair| (pair.right, pair.left)).collect();
        pairs.sort_unstable();
        pairs
    }
}

/// In [`Alignment::by_right`], the partner of the nearest item before `right`.
pub fn partner_before(by_right: &[(u32, u32)], right: u32) -> Option<u32> {
    let at = by_right.partition_point(|(other, _)| *other < right);
    Some(by_right.get(at.checked_sub(1)?)?.1)
}

/// In [`Alignment::by_right`], the partner of `right`.
pub fn partner_of(by_right: &[(u32, u32)], right: u32) -> Option<u32> {
    let at = by_right.binary_search_by_key(&right, |(other, _)| *other).ok()?;
    Some(by_right.get(at)?.1)
}

/// From this confidence on a pair is certain: what differs between the two may be reported and mended.
pub const CERTAIN: f32 = 0.8;

impl Pair {
    /// Whether there is no doubt that both are the same.
    pub const fn is_certain(&self) -> bool {
        self.confidence >= CERTAIN
    }
}

/// A left item and its right partner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Position in the left list.
    pub left: u32,
    /// Position in the right list.
    pub right: u32,
    /// What speaks for it.
    pub evidence: Evidence,
    /// 0 to 1.
    pub confidence: f32,
}

/// Bit set of what speaks for a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence(pub u16);

impl Evidence {
    /// The names are equal.
    pub const EXACT: Self = Self(1);
    /// The names are equal but for case and separators.
    pub const CASE: Self = Self(2);
    /// The left name holds the right one and a gloss.
    pub const GLOSS: Self = Self(4);
    /// The names are spelled alike.
    pub const SPELLING: Self = Self(8);
    /// Words of the left name translate to words of the right one.
    pub const WORDS: Self = Self(16);
    /// The types are the same, and not just strings.
    pub const TYPE: Self = Self(32);
    /// Links, code spans, numbers or values in the row name the same things.
    pub const MARKS: Self = Self(64);
    /// They stand at the same place between sure pairs.
    pub const ORDER: Self = Self(128);

    /// With the bits of `other` set.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any bit of `other` is set.
    pub const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// How a written name differs from the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameDifference {
    /// Not at all.
    Same,
    /// In case, spaces, hyphens or underscores only.
    Case,
    /// It carries a gloss besides the right name.
    Annotated,
    /// A few letters, and it is still an identifier: the docs moved away from the code.
    Spelling,
    /// It was translated or garbled.
    Translated,
}
