//! Where the hash of a key stands in the built-in table. The build script, which lays it out, compiles this
//! file too.

/// The first of so many slots that a key with that hash may have.
pub fn slot(hash: u64, slots: usize) -> usize {
    hash as usize % slots
}

/// Where a filter of so many words, a power of two, says whether any key has that hash: a word of it, and the bit.
pub fn filter_bit(hash: u64, words: usize) -> (usize, u64) {
    // Other bits than those that tell the slot.
    let place = (hash >> 32) as usize % (words * 64);
    (place / 64, 1 << (place % 64))
}
