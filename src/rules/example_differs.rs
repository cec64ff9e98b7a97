//! # example-differs
//!
//! An example says something else than the same example of the reference page, or of most other locales.
//!
//! ## Why it matters
//! Examples are copied from page to page, not translated: a difference is damage, or age.
//!
//! ## Example
//! ~~~~md en-US en-us/cart.md
//! ---
//! ms.date: 03/02/2021
//! ---
//! # Carts
//!
//! ```json
//! { "color": "red", "quantity": 2 }
//! ```
//! ~~~~
//! ~~~~md fr-FR fr-fr/cart.md
//! ---
//! ms.date: 03/02/2021
//! ---
//! # Paniers
//!
//! ```json
//! { "color": "red", "quantité": 2 }
//! ```
//! ~~~~
//!
//! ## Fix
//! Writes the source's key or value where the example is otherwise the same: what is spelled alike, in other digits or
//! other quotes, whatever the dates of the pages are; words that only this place has, where the source's are used
//! elsewhere too. On pages of one date also what else the source has, as long as nothing is lost that only the
//! translation has. Safe. Else there is none.
//!
//! ## Limits
//! White space, comments, the order of keys and the locale in a URL are no difference, nor is what each language may
//! have in its own words: sentences, names, dates, addresses, placeholders. One finding an example lists all differences;
//! those that can be fixed and those that cannot are two. An example that shares hardly anything with its source's is a
//! note. Without a reference page, translations that differ from most in the same way are of another revision: they are
//! left alone.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::compare::code_lines::first_difference;
use crate::compare::difference::Difference;
use crate::compare::differences::differences;
use crate::comparison::{Counterpart, Outvoted};
use crate::document::View;
use crate::facts::Example;
use crate::finding::{Basis, Safety, Severity, Site, SubjectKind};
use crate::rules::age::Age;
use crate::rules::code_pairs::{self, CodePair, Kind};
use crate::rules::example_fixes::{self, Beside, Words};
use crate::rules::{Context, Draft, Report, Rule, brief, verdicts};
use crate::text::{Place, Span};

pub(super) const RULE: Rule = Rule {
    name: "example-differs",
    severity: Severity::Warning,
    bases: &[Basis::Reference, Basis::Locales],
    fix: Some(Safety::Safe),
    source: include_str!("example_differs.rs"),
    check,
};

/// Who has the other example, and how sure that is.
struct Authority {
    basis: Basis,
    age: Age,
    confidence: f32,
    words: (Words, Words),
}

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let comparison = context.comparison;
    if let Some(pairing) = &comparison.pairing {
        let source = Authority { basis: Basis::Reference, age: Age::of(context), confidence: 1.0, words: Default::default() };
        for pair in code_pairs::differing(context, pairing, Kind::Examples) {
            report_block(context, report, &pair, &source);
        }
    }
    for Outvoted { code, page, by, confidence } in &comparison.outvoted {
        let Some(page) = context.corpus.pages.get(page.0 as usize) else { continue };
        let age = Age::beside(context.page, page);
        let with = Counterpart { page, view: View::Page };
        if let Some(pair) = CodePair::of(context.page, *code, with, *by) {
            let most = Authority { basis: Basis::Locales, age, confidence: *confidence, words: Default::default() };
            report_block(context, report, &pair, &most);
        }
    }
}

/// A difference with what both sides have there.
struct Said<'t> {
    difference: Difference,
    found: &'t str,
    wanted: &'t str,
}

fn report_block(context: &Context<'_>, report: &mut Report<'_>, pair: &CodePair<'_>, authority: &Authority) {
    let (own, theirs) = (pair.own.examples, pair.theirs.examples);
    if own.len() != theirs.len() {
        let (text, right) = (&*pair.own.text, &*pair.theirs.text);
        let Some(difference) = first_difference(text, right) else { return };
        let said = [said(difference, text, right)];
        return report.add(draft(context, pair, authority, &said));
    }
    for (own, theirs) in own.iter().zip(theirs) {
        report_example(context, report, pair, authority, (own, theirs));
    }
}

fn report_example(
    context: &Context<'_>,
    report: &mut Report<'_>,
    pair: &CodePair<'_>,
    authority: &Authority,
    (own, theirs): (&Example, &Example),
) {
    let text = shown(own, &pair.own.text);
    let right = shown(theirs, &pair.theirs.text);
    let source = &*pair.source_page().source.text;
    let is_known = |word: &str| {
        authority.basis == Basis::Locales
            || source.contains(&format!("`{word}`"))
            || source.contains(&format!("| {word} |"))
    };
    let all = differences((own, &text), (theirs, &right), &is_known);
    if all.is_empty() {
        return;
    }
    let said: Vec<Said<'_>> = all.iter().map(|difference| said(*difference, &text, &right)).collect();
    if is_another(own, &all) {
        let draft = draft(context, pair, authority, &said[..1]).note();
        return report.add(draft.message("this example shows something else than the source's"));
    }
    let beside = Beside {
        page: context.page,
        source: pair.source_page(),
        code: (pair.own.code, pair.theirs.code),
        own: (own, &text),
        theirs: (theirs, &right),
        age: authority.age,
        words: (&authority.words.0, &authority.words.1),
        alone: pair.own.examples.len() == 1,
    };
    let safety = verdicts::safety(authority.confidence);
    if let Some(edit) = example_fixes::whole(&beside, &all) {
        return report.add(draft(context, pair, authority, &said).fix(safety, [edit]));
    }
    let edits: Vec<Option<(Span, String)>> =
        all.iter().map(|difference| example_fixes::narrow(&beside, *difference, &all)).collect();
    let (fixed, rest): (Vec<_>, Vec<_>) = said.into_iter().zip(edits).partition(|(_, edit)| edit.is_some());
    let (fixed, edits): (Vec<_>, Vec<_>) = fixed.into_iter().unzip();
    let rest: Vec<_> = rest.into_iter().map(|(said, _)| said).collect();
    if !fixed.is_empty() {
        report.add(draft(context, pair, authority, &fixed).fix(safety, edits.into_iter().flatten()));
    }
    if !rest.is_empty() {
        report.add(draft(context, pair, authority, &rest));
    }
}

/// The text that an example's places count in.
fn shown<'t>(example: &'t Example, code: &'t str) -> Cow<'t, str> {
    Cow::Borrowed(example.shown.as_deref().unwrap_or(code))
}

/// Whether two examples share so little that they are not versions of one.
fn is_another(own: &Example, all: &[Difference]) -> bool {
    const MANY: usize = 8;
    let nodes = own.json.as_ref().map_or(usize::MAX, |json| json.nodes.len());
    all.len() >= MANY && all.len() * 2 > nodes
}

fn said<'t>(difference: Difference, text: &'t str, right: &'t str) -> Said<'t> {
    Said { difference, found: first_line(difference.own.of(text)), wanted: first_line(difference.theirs.of(right)) }
}

/// The finding about some differences of a block.
fn draft(context: &Context<'_>, pair: &CodePair<'_>, authority: &Authority, all: &[Said<'_>]) -> Draft {
    let by_locales = authority.basis == Basis::Locales;
    let whose = if by_locales { "the example of most other locales" } else { "the source's example" };
    let Some((first, rest)) = all.split_first() else {
        return Draft::new(pair.own.code.span, authority.basis, authority.age.cause(), (SubjectKind::Example, String::new()), "");
    };
    let Said { difference, found, wanted } = first;
    let mut message = match (found.is_empty(), wanted.is_empty()) {
        (true, true) if by_locales => format!("this example differs from {whose}"),
        (true, true) => "this example differs from the source's".to_owned(),
        (true, _) => format!("{whose} has `{wanted}` here; this one does not"),
        (_, true) => format!("`{found}` is not in {whose}"),
        _ => format!("{whose} has `{wanted}` here, not `{found}`"),
    };
    if !rest.is_empty() {
        push_others(&mut message, rest);
    }
    message.push_str(if by_locales { authority.age.why_here() } else { authority.age.why() });
    let place = |own: Span| pair.own.code.to_source(own);
    let subject = (SubjectKind::Example, format!("example in {}", pair.section()));
    let mut draft = Draft::new(place(difference.own), authority.basis, authority.age.cause(), subject, found)
        .expected(*wanted)
        .message(message)
        .related(Some(pair.site(difference.theirs)), if by_locales { "one of them" } else { "the source" })
        .confidence(authority.confidence);
    for Said { difference, wanted, .. } in rest.iter().take(LISTED) {
        let here = Site::Page(Place { file: context.page.file, span: place(difference.own) });
        let note = if wanted.is_empty() { "and here".to_owned() } else { format!("and here: `{wanted}`") };
        draft = draft.related(Some(here), note);
    }
    draft
}

/// So many differences of a block are listed.
const LISTED: usize = 8;

/// Appends the other differences: `; also ... for ..., no ...`.
fn push_others(message: &mut String, rest: &[Said<'_>]) {
    for (at, Said { found, wanted, .. }) in rest.iter().take(LISTED).enumerate() {
        message.push_str(if at == 0 { "; also " } else { ", " });
        let written = match (found.is_empty(), wanted.is_empty()) {
            (_, true) => write!(message, "no `{found}`"),
            (true, _) => write!(message, "`{wanted}`"),
            _ => write!(message, "`{wanted}`, not `{found}`"),
        };
        debug_assert!(written.is_ok());
    }
    if rest.len() > LISTED {
        let written = write!(message, " and {} more", rest.len() - LISTED);
        debug_assert!(written.is_ok());
    }
}

/// A piece of an example, short enough for a message.
fn first_line(text: &str) -> &str {
    brief(text.lines().next().unwrap_or("").trim())
}
