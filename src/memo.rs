//! What is worked out once a run and asked for again by any thread.

use std::borrow::Borrow;
use std::fmt;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use crate::hash::HashMap;

/// Threads that ask in different shards do not wait for each other.
const SHARDS: usize = 16;

/// Values by key, cheap to clone. They are never dropped before the memo is.
pub(crate) struct Memo<K, V>([Mutex<HashMap<K, V>>; SHARDS]);

impl<K: Hash + Eq, V: Clone> Memo<K, V> {
    /// The value of `key`. Keys that are equal have equal `shard`s, any number that varies much with the key.
    pub fn get_or<Q>(&self, shard: usize, key: &Q, own: impl FnOnce() -> K, work_out: impl FnOnce() -> V) -> V
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let shard = || self.0[shard % SHARDS].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = shard().get(key) {
            return known.clone();
        }
        // Not locked meanwhile: at worst, two threads work out the same.
        let value = work_out();
        shard().entry(own()).or_insert(value).clone()
    }
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Mutex::default()))
    }
}

/// Knows nothing yet.
impl<K, V> Clone for Memo<K, V> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<K, V> fmt::Debug for Memo<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Memo")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn works_out_once_and_forgets_when_cloned() {
        let memo: Memo<Box<str>, usize> = Memo::default();
        let ask = |memo: &Memo<Box<str>, usize>, value| memo.get_or(1, "a", || "a".into(), || value);
        assert_eq!((ask(&memo, 1), ask(&memo, 2)), (1, 1));
        assert_eq!(memo.get_or(1, "b", || "b".into(), || 3), 3);
        assert_eq!(ask(&memo.clone(), 4), 4);
    }
}
