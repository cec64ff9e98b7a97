//! Hash maps and sets for texts and numbers: the standard ones, with a hash that costs less for short keys.
//!
//! The hash is seeded anew in every run, so pages cannot be made to collide; nothing may depend on the order
//! of such a map. Absent here: hashes that are written down (see [`crate::report::fingerprint`]).

use foldhash::fast::RandomState;

/// A hash map for short keys.
pub type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// A hash set of short keys.
pub type HashSet<K> = std::collections::HashSet<K, RandomState>;
