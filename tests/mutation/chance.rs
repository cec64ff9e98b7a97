//! Numbers that look random and are the same in every run.

/// A generator (xorshift).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: usize) -> Self {
        let mut chance = Self(0x9e37_79b9_7f4a_7c15 ^ (seed as u64 + 1).wrapping_mul(0x2545_f491_4f6c_dd1d));
        for _ in 0..8 {
            chance.step();
        }
        chance
    }

    fn step(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`; `None` if there is none.
    pub fn below(&mut self, end: usize) -> Option<usize> {
        let number = self.step() >> 11;
        (end > 0).then(|| number as usize % end)
    }
}
