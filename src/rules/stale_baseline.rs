//! # stale-baseline
//!
//! The baseline holds back findings that are no longer there.
//!
//! ## Why it matters
//! An entry that outlives its finding would hold back the same defect if it came again.
//!
//! ## Example
//! ```md
//! # Carts
//!
//! The customer's cart.
//! ```
//! ```baseline
//! {
//! "version": 1,
//! "findings": [
//! {"page":"page.md","rule":"mojibake","subject":"text encoding","fingerprint":"f0b6b5a4e1c3d2f0","count":1}
//! ]
//! }
//! ```
//!
//! ## Fix
//! Removes the entry, or lowers its count. Safe, and made by `docdrift check --prune-baseline`.
//!
//! ## Limits
//! Only entries that the run could have matched are judged: not those of pages that were not read, or of rules that
//! `--select` or `--ignore` left out.

use crate::finding::{Basis, Cause, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "stale-baseline",
    severity: Severity::Warning,
    bases: &[],
    fix: Some(Safety::Safe),
    source: include_str!("stale_baseline.rs"),
    check,
};

/// No page has anything to do with it: entries are told stale once all pages were judged, by [`Stale::report`].
fn check(_: &Context<'_>, _: &mut Report<'_>) {}

/// An entry that holds back more than there is.
#[derive(Debug)]
pub struct Stale<'a> {
    /// The entry in the baseline's file.
    pub span: Span,
    /// The page it speaks of.
    pub page: &'a str,
    /// The rule it speaks of.
    pub rule: &'a str,
    /// What the findings are about.
    pub subject: &'a str,
    /// How many findings it holds back.
    pub count: u32,
    /// How many there are, fewer than that.
    pub left: u32,
    /// What makes the entry true.
    pub edit: (Span, String),
}

impl Stale<'_> {
    /// Adds the finding, which lies in the baseline's file.
    pub fn report(self, report: &mut Report<'_>) {
        let Self { page, rule, subject, count, left, .. } = self;
        let message = match left {
            0 => format!("`{rule}` no longer finds anything wrong with {subject} in {page}"),
            _ => format!("`{rule}` finds {left} defects of {subject} in {page}, not {count}"),
        };
        let about = (SubjectKind::Page, page.to_owned());
        report.add(
            Draft::new(self.span, Basis::Page, Cause::Age, about, rule)
                .message(message)
                .help("`docdrift check --prune-baseline` removes what is stale")
                .fix(Safety::Safe, [self.edit]),
        );
    }
}
