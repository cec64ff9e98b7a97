//! Pages that were fixed in memory.

use std::path::PathBuf;

use super::error::Error;
use super::fix::{writable, write};
use crate::facts::Page;
use crate::finding::{Finding, Safety};
use crate::fix::{self, Permission, Repair};
use crate::lexicon::Lexicon;
use crate::outcome::Outcome;

/// What [`Checked::fix`](super::Checked::fix) made of pages. Nothing is written before [`Fixes::write`].
#[must_use = "nothing is written before `write`"]
#[derive(Debug)]
pub struct Fixes {
    pages: Vec<Page>,
    repair: Repair,
}

/// A page that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<'f> {
    /// The page, as findings name it.
    pub path: &'f str,
    /// Its text before.
    pub before: &'f str,
    /// Its text now.
    pub after: &'f str,
    /// How many findings are gone because of their fixes.
    pub fixed: usize,
}

impl Fixes {
    pub(super) fn make(
        mut pages: Vec<Page>,
        paths: &[PathBuf],
        outcome: &Outcome,
        lexicon: &Lexicon,
        safety: Safety,
        judge: impl Fn(&[Page]) -> Vec<Finding>,
    ) -> Self {
        let writable = writable(paths, None, &pages, outcome);
        let permission = Permission { safety, writable: &writable };
        let findings = judge(&pages);
        let repair = fix::fix(&mut pages, findings, &permission, lexicon, judge);
        Self { pages, repair }
    }

    /// The pages that changed, in their order.
    pub fn changes(&self) -> impl Iterator<Item = Change<'_>> {
        self.repair.changed.iter().map(|changed| {
            let source = &self.pages[changed.file.0 as usize].source;
            let (path, after) = (source.path.as_str(), source.text.as_str());
            Change { path, before: &changed.before, after, fixed: changed.fixed }
        })
    }

    /// What is still found.
    pub fn left(&self) -> &[Finding] {
        &self.repair.left
    }

    /// The changes as a unified diff.
    pub fn diff(&self) -> String {
        let diffs = self.changes().map(|change| {
            let diff = fix::unified(change.path, change.before.as_bytes(), change.after.as_bytes());
            String::from_utf8_lossy(&diff).into_owned()
        });
        diffs.collect()
    }

    /// Writes the pages that changed, each whole or not at all. One that has changed on disk since it was read is left
    /// alone.
    ///
    /// # Errors
    /// The pages that could not be written; the others are.
    pub fn write(&self) -> Result<(), Error> {
        let failures = self.repair.changed.iter().filter_map(|changed| {
            let source = &self.pages[changed.file.0 as usize].source;
            write(source, &changed.before).err().map(|why| format!("{}: {why}", source.path))
        });
        let failures: Vec<String> = failures.collect();
        if failures.is_empty() { Ok(()) } else { Err(Error::Write(failures)) }
    }
}
