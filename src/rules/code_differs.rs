//! # code-differs
//!
//! A code block that is no example differs from the reference page's.
//!
//! ## Why it matters
//! Code does not change with the language; usually the page is older than its source.
//!
//! ## Example
//! A C# block of a translation calls `Create()`, that of `en-us/cart.md` calls `CreateAsync()`.
//!
//! ## Fix
//! None: comments in code are rightly translated.
//!
//! ## Limits
//! White space at line ends is no difference.

use crate::facts::Page;
use crate::rules::age::Age;
use crate::text::{Place, Span};
use crate::finding::{Basis, Severity, Site, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};

pub(super) const RULE: Rule = Rule {
    name: "code-differs",
    severity: Severity::Note,
    bases: &[Basis::Reference],
    fix: None,
    source: include_str!("code_differs.rs"),
    check,
};

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let Some(pairing) = &context.comparison.pairing else { return };
    let source = pairing.with.page;
    let examples = |page: &Page, code: u32| page.facts.examples.iter().any(|example| example.code == code);
    for pair in &pairing.codes.pairs {
        if examples(context.page, pair.left) || examples(source, pair.right) {
            continue;
        }
        let code = &context.page.document.codes[pair.left as usize];
        let their_code = &source.document.codes[pair.right as usize];
        let text = context.page.document.code_text(context.text(), code);
        let right = source.document.code_text(&source.source.text, their_code);
        let lines = || text.trim_end().lines().map(str::trim_end);
        let their_lines = || right.trim_end().lines().map(str::trim_end);
        if lines().eq(their_lines()) {
            continue;
        }
        let same = lines().zip(their_lines()).take_while(|(own, theirs)| own == theirs).count();
        let at: usize = text.split_inclusive('\n').take(same).map(str::len).sum();
        let line = lines().nth(same).unwrap_or("");
        let span = code.to_source(Span::new(at as u32, (at + line.len()) as u32));
        let found: String = line.trim().chars().take(60).collect();
        let site = Site::Page(Place { file: source.file, span: their_code.span });
        let subject = (SubjectKind::Text, format!("code {}", pair.right));
        let age = Age::of(context);
        report.add(
            Draft::new(span, Basis::Reference, age.cause(), subject, &found)
                .message(format!("this code differs from the source's from here on{}", age.why()))
                .related(Some(site), "the code of the source"),
        );
    }
}
