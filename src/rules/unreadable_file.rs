//! # unreadable-file
//!
//! A file is not text in a known encoding, or cannot be read at all.
//!
//! ## Why it matters
//! What cannot be read is not checked.
//!
//! ## Example
//! A page saved as ISO 8859-1: `The cart\xe9`. The message names the first byte that is no UTF-8.
//!
//! ## Fix
//! None: save the file as UTF-8.
//!
//! ## Limits
//! UTF-8 and, with a byte order mark, UTF-16 are known.

use crate::finding::Severity;
use crate::rules::{Context, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "unreadable-file",
    severity: Severity::Error,
    bases: &[],
    fix: None,
    source: include_str!("unreadable_file.rs"),
    check,
};

/// Reported where files are read: such a file has no page that could be judged here.
fn check(_: &Context<'_>, _: &mut Report<'_>) {}
