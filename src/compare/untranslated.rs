//! Paragraphs that a translation has in the source's language.

use crate::comparison::Counterpart;
use crate::document::{BlockKind, Head, Inline, Style, View};
use crate::facts::{Page, is_long};
use crate::hash::HashSet;
use crate::lexicon::languages;
use crate::text::Span;

/// Words of a sentence, at least.
const WORDS: usize = 6;

/// The paragraphs of a bilingual page whose halves say the same, letter by letter.
pub(super) fn untranslated_halves(page: &Page) -> Vec<Span> {
    let halves = paragraphs(page).filter(|inline| page.document.has_source_half(*inline));
    let text = |inline: Inline, view: View| page.document.text(&page.source.text, inline, view);
    let same = |inline: &Inline| {
        is_prose(page, *inline, View::Page) && text(*inline, View::Page) == text(*inline, View::Source)
    };
    halves.filter(same).map(|inline| inline.span).collect()
}

/// The paragraphs of `page` that say the same as one of the page with these `heads`, letter by letter.
pub(super) fn untranslated(page: &Page, with: Counterpart<'_>, heads: &HashSet<Head>) -> Vec<Span> {
    // Few paragraphs are the same, and most differ in their first letters.
    let begun = paragraphs(page).zip(&page.facts.heads);
    let alike: Vec<Inline> =
        begun.filter(|(_, head)| heads.contains(*head)).map(|(inline, _)| inline).collect();
    if alike.is_empty() {
        return Vec::new();
    }
    let source = with.page;
    let text = |inline| source.document.text(&source.source.text, inline, with.view);
    let theirs: HashSet<_> = paragraphs(source).map(text).collect();
    let same = |inline: &Inline| {
        theirs.contains(&page.document.text(&page.source.text, *inline, View::Page))
            && is_prose(page, *inline, View::Page)
    };
    alike.into_iter().filter(same).map(|inline| inline.span).collect()
}

/// The paragraphs of `page` that are those of its translation to a third language, letter by letter, if the page is in
/// that language rather than its own.
pub fn copied<'p>(page: &Page, siblings: &[&'p Page]) -> Option<(Vec<Span>, &'p Page)> {
    let locale = page.source.locale.as_ref()?;
    let first = page.facts.heads.first()?;
    let mut said = None;
    for sibling in siblings.iter().filter(|sibling| sibling.facts.heads.first() == Some(first)) {
        let other = sibling.source.locale.as_ref().filter(|other| other.language() != locale.language());
        let Some(other) = other else { continue };
        let said = *said.get_or_insert_with(|| languages::of_text(&page.source.text));
        let is_theirs = |said: &str| languages::kin(said, other.language());
        if said.is_some_and(|said| is_theirs(said) && !languages::kin(said, locale.language())) {
            let with = Counterpart { page: sibling, view: View::Page };
            let spans = untranslated(page, with, &heads(with));
            return (!spans.is_empty()).then_some((spans, sibling));
        }
    }
    None
}

/// How the paragraphs of a page begin.
pub(super) fn heads(with: Counterpart<'_>) -> HashSet<Head> {
    let Counterpart { page, view } = with;
    if page.document.bilingual && view == View::Source {
        let text = page.source.text.as_str();
        return paragraphs(page).map(|inline| page.document.head(text, inline, view)).collect();
    }
    page.facts.heads.iter().copied().collect()
}

fn paragraphs(page: &Page) -> impl Iterator<Item = Inline> + '_ {
    page.document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph { text, .. } if is_long(*text) => Some(*text),
        _ => None,
    })
}

/// More than names and labels: a sentence of words, most of which are neither code nor capitalized nor spelled as no
/// word is.
fn is_prose(page: &Page, inline: Inline, view: View) -> bool {
    let (mut words, mut plain) = (0, 0);
    let runs = page.document.inline_runs(inline).iter();
    // An escape ends a run, and no word: `hull\_length`.
    let shown = runs.filter(|run| view.shows(run.half));
    let text: String = shown
        .map(|run| {
            let is_code = run.style.has(Style::CODE);
            if is_code { " " } else { page.document.run_text(&page.source.text, run) }
        })
        .collect();
    for word in text.split_whitespace() {
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        words += usize::from(!letters.is_empty());
        plain += usize::from(
            !letters.is_empty() && letters.chars().all(|c| c.is_alphabetic() && !c.is_uppercase()),
        );
    }
    words >= WORDS && plain * 2 >= words
}
