//! The hash of lexicon keys. The build script compiles this file too: it lays out the table that
//! lookups probe.

/// A mixed FNV-1a: short keys, one pass, the same on every machine.
pub fn hash(key: &[u8]) -> u32 {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in key {
        state = (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (state ^ (state >> 32)) as u32
}
