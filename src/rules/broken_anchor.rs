//! # broken-anchor
//!
//! A relative link leads to a page or an anchor that is not there.
//!
//! ## Why it matters
//! Readers land on an error page, or at the top of a long one.
//!
//! ## Example
//! ```md
//! # Carts
//!
//! The [line items](#line-itms) come first.
//!
//! ## Line items
//!
//! One for each product.
//! ```
//!
//! ## Fix
//! None.
//!
//! ## Limits
//! A page that is not among those checked is reported only where another locale has it. Absolute links are left alone, and
//! so are anchors of numbered headings (`#_2-gates`) whose number is there.

use memchr::{memchr, memchr2};

use crate::document::Half;
use crate::finding::{Basis, Cause, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "broken-anchor",
    severity: Severity::Warning,
    bases: &[Basis::Locales],
    fix: None,
    source: include_str!("broken_anchor.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let (page, text) = (context.page, context.text());
    let mut room = String::new();
    for link in page.document.links.iter().filter(|link| !link.image && link.half != Half::Source) {
        let written = link.target.of(text).trim();
        if written.is_empty() {
            continue;
        }
        let (path, fragment) = match memchr2(b'#', b':', written.as_bytes()) {
            Some(sign) => (&written[..sign], &written[sign + 1..]),
            None => (written, ""),
        };
        // A colon before or behind the fragment's sign.
        if written.as_bytes().get(path.len()) == Some(&b':') || memchr(b':', fragment.as_bytes()).is_some() {
            continue;
        }
        // Tabs of DocFX pages are switched by such targets.
        if fragment.starts_with("tab/") {
            continue;
        }
        let message = match context.corpus.linked_by(page, path, &mut room) {
            Some(target) if fragment.is_empty() || context.corpus.has_anchor(target, fragment) => continue,
            Some(_) => format!("the anchor `#{fragment}` is not there"),
            None if resolves_in_source(context, path) => format!("the page `{path}` is not in this locale"),
            None => continue,
        };
        let subject = (SubjectKind::Text, written.to_owned());
        report.add(Draft::new(link.target, Basis::Locales, Cause::Page, subject, written).message(message));
    }
}

/// Whether the reference page's link of the same text leads somewhere.
fn resolves_in_source(context: &Context<'_>, path: &str) -> bool {
    let source = context.corpus.references.of(context.page).map(|with| with.page);
    source.is_some_and(|source| context.corpus.linked(source, path).is_some())
}
