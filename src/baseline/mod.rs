//! The findings a tree is known to have, so that only new ones are told.
//!
//! A finding is known again by its page, its rule and its fingerprint, wherever on the page it stands. Of several
//! equal ones, those whose neighbourhood is the same are taken for the known ones. Absent here: files, what is wrong.

mod compare;
mod file;
mod record;

use std::collections::BTreeMap;

use crate::text::Span;

pub use compare::{Verdict, apply, hold_back, stale};
pub use file::{Wrong, read, write};
pub use record::{Names, prune, record};

/// What findings have in common that no run tells apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The page, as seen from the baseline's folder, with forward slashes.
    pub page: String,
    /// The rule's name.
    pub rule: String,
    /// See [`crate::report::fingerprint::on_page`].
    pub fingerprint: u64,
}

/// Known findings of one key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// What they are about, for people.
    pub subject: String,
    /// What stood around each when it was recorded; as many as there are findings, or fewer.
    pub near: Vec<u32>,
    /// How many there are.
    pub count: u32,
}

/// All known findings, sorted.
pub type Entries = BTreeMap<Key, Known>;

/// A baseline with the bytes of each of its entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    /// In the order of the file; a key may come twice after two branches were merged.
    pub entries: Vec<Entry>,
}

/// An entry of a baseline's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which findings.
    pub key: Key,
    /// How many, and what is known of them.
    pub known: Known,
    /// The entry's bytes.
    pub span: Span,
    /// The bytes of its count.
    pub count: Span,
}
