//! # altered-code-span
//!
//! Inline code of the reference page was changed, or lost its marks.
//!
//! ## Why it matters
//! What stands in code marks is meant for the machine: a name, a value, a command.
//!
//! ## Example
//! ```md en-US en-us/cart.md
//! # Carts
//!
//! Replace `customer-tenant-id` by the customer's number.
//! ```
//! ```md sv-SE sv-se/cart.md
//! # Kundvagnar
//!
//! Ersätt `kund-klient-id` med kundens nummer.
//! ```
//!
//! ## Fix
//! Writes the source's text, or puts the marks back. Safe where there is one candidate and the pages are of one date.
//!
//! ## Limits
//! Compared section by section: sentences move when they are translated. What the other page's section has as often, in whatever marks,
//! is left alone, and so are values in the rows of tables, which `translated-value` tells. Pages without dates count as being of
//! one date. A page that leaves out an eighth of the marks is written so: each is a note, and so are translated phrases and
//! placeholders.

use std::sync::LazyLock;

use regex::Regex;

use crate::compare::spelling::has_hump;
use crate::comparison::{Alteration, Altered};
use crate::document::Style;
use crate::rules::age::Age;
use crate::finding::{Basis, Safety, Severity, SubjectKind};
use crate::rules::{Context, Draft, Report, Rule};
use crate::text::Span;

pub(super) const RULE: Rule = Rule {
    name: "altered-code-span",
    severity: Severity::Warning,
    bases: &[Basis::Reference],
    fix: Some(Safety::Safe),
    source: include_str!("altered_code_span.rs"),
    check,
};

/// So many spans of a page without their marks may be how this page is written.
const HABIT: usize = 5;

fn check(context: &Context<'_>, report: &mut Report<'_>) {
    let age = Age::of(context);
    let is_habit = leaves_marks_out(context);
    for altered in context.comparison.prose.code_spans.iter().filter(|altered| !is_value(context, altered)) {
        let is_reworded = altered.how != Alteration::Marks && is_wording(&altered.expected, &altered.found);
        if is_between_spans(context.text(), altered.span) || is_reworded {
            continue;
        }
        let message = match altered.how {
            Alteration::Marks => format!("`{}` is inline code in the source, and plain text here", altered.found),
            _ => format!("the inline code `{}` of the source became `{}`", altered.expected, altered.found),
        };
        let sure = altered.sure && matches!(age, Age::Same | Age::Unknown);
        let safety = if sure { Safety::Safe } else { Safety::Unsafe };
        let subject = (SubjectKind::Text, altered.expected.clone());
        let draft = Draft::new(altered.span, Basis::Reference, age.blame(), subject, &altered.found)
            .expected(altered.expected.as_str())
            .message(message)
            .related(altered.site, "the source")
            .fix(safety, altered.replacement.iter().map(|text| (altered.span, text.clone())));
        let is_style = match altered.how {
            Alteration::Marks => is_habit,
            _ => differs_in_words(&altered.expected, &altered.found),
        };
        report.add(if is_style { draft.note() } else { draft });
    }
}

/// Whether a page writes much of its source's inline code as plain text: an eighth of it.
fn leaves_marks_out(context: &Context<'_>) -> bool {
    let unmarked = context.comparison.prose.code_spans.iter().filter(|altered| altered.how == Alteration::Marks);
    let unmarked = unmarked.count();
    unmarked >= HABIT && {
        let document = &context.page.document;
        let marked = document.runs.iter().filter(|run| run.style.has(Style::CODE)).count();
        unmarked * 8 > marked
    }
}

/// Words of the language between code marks: `local external IP`.
fn is_phrase(text: &str) -> bool {
    let mut words = text.split(' ');
    let is_word = |word: &str| {
        let word = word.trim_end_matches([',', '.', ':']);
        !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '\'') && !has_hump(word)
    };
    words.clone().count() >= 2 && words.all(is_word) && text.chars().any(char::is_lowercase)
}

/// Whether only words for readers differ: a phrase that was translated, or what stands in `{...}` or `<...>` to be replaced.
fn differs_in_words(expected: &str, found: &str) -> bool {
    let is_translated = found.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let frames = |text: &str| HOLE.replace_all(text, "{}").into_owned();
    is_translated && (is_phrase(expected) || expected != found && HOLE.is_match(expected) && frames(expected) == frames(found))
}

/// A placeholder.
static HOLE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{[^{}<>]*\}|<[^{}<>]*>|\[[^\[\]]*\]").expect("a pattern of this file"));

/// Whether code marks are around words of the language: a title such as `Monitoring Tool`, or a plural.
fn is_wording(expected: &str, found: &str) -> bool {
    let is_title = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.any(char::is_lowercase)
    };
    let is_text = expected.chars().all(|c| c.is_alphabetic() || c == ' ');
    let is_heading = is_text && expected.contains(' ') && expected.split(' ').any(is_title);
    is_heading || expected.strip_suffix('s') == Some(found) || found.strip_suffix('s') == Some(expected)
}

/// Prose between two spans of code, which one mark too many turned inside out.
fn is_between_spans(text: &str, span: Span) -> bool {
    let inside = span.of(text);
    let before = text.get(..span.start as usize).unwrap_or("");
    let after = text.get(span.end as usize..).unwrap_or("");
    let opens = inside.starts_with("` ") || before.ends_with("` ");
    let closes = inside.ends_with(" `") || after.starts_with(" `");
    opens && closes && inside.trim_matches(['`', ' ']).contains(' ')
}

/// Whether it is a value of a table's row, which `translated-value` tells.
fn is_value(context: &Context<'_>, altered: &Altered) -> bool {
    let mut values = context.comparison.values_at(altered.span);
    values.any(|value| !value.found.is_empty() || value.expected.contains(&altered.expected))
}
