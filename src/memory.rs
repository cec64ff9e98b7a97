//! Room in the heap for what is to come.
//!
//! Absent here: allocators of our own.

use std::hint::black_box;

/// Bytes of heap that a thread may fill at once.
const ROOM: usize = 16 << 20;

/// Lets the calling thread's part of the heap grow by about 16 MiB at once.
///
/// The C library gives every thread but the first a heap of its own, and lets it grow by a page at a time with a
/// system call each. A block taken and given back leaves its room behind: the first teaches the library not to
/// map blocks of that size by themselves, the second comes from the heap and stays there. Room that is not used
/// costs no memory, and other allocators lose nothing.
pub fn make_room() {
    for size in [ROOM, ROOM - ROOM / 8] {
        drop(black_box(Vec::<u8>::with_capacity(size)));
    }
}
