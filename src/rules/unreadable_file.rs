//! # unreadable-file
//!
//! A file is not text in a known encoding, or an API description is neither JSON nor YAML.
//!
//! ## Why it matters
//! What cannot be read is not checked.
//!
//! ## Example
//! A page saved as ISO 8859-1: `The cart\xe9`. The message names the first byte that is no UTF-8.
//!
//! ## Fix
//! None: save the file as UTF-8, or mend its syntax.
//!
//! ## Limits
//! UTF-8 and, with a byte order mark, UTF-16 are known.

use crate::comparison::DriftKind;
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule, descriptions};
use crate::source::Encoding;
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "unreadable-file",
    severity: Severity::Error,
    bases: &[],
    fix: None,
    source: include_str!("unreadable_file.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    descriptions::report(context, report, DriftKind::Unreadable);
    let Encoding::Unreadable(why) = context.page.source.encoding else { return };
    let subject = (SubjectKind::Page, context.page.source.page.clone());
    report.add(
        Draft::new(Span::empty(0), Basis::Page, Cause::Page, subject, "").message(format!("this file is not read: {why}")),
    );
}
