//! Paragraphs that a translation has in the source's language.

use crate::comparison::Counterpart;
use crate::document::{BlockKind, Inline, Style, View};
use crate::facts::Page;
use crate::hash::HashSet;
use crate::text::Span;

/// Shorter paragraphs, in bytes, are names and labels, which often stay.
const PROSE: u32 = 40;
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
    let alike: Vec<Inline> =
        paragraphs(page).filter(|inline| heads.contains(&head(page, *inline, View::Page))).collect();
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

/// The first bytes of a paragraph's visible text up to a letter that is not ASCII, zeros behind its end.
pub(super) type Head = [u8; 8];

/// How the paragraphs of a page begin.
pub(super) fn heads(with: Counterpart<'_>) -> HashSet<Head> {
    paragraphs(with.page).map(|inline| head(with.page, inline, with.view)).collect()
}

/// Equal for equal texts, however they are marked up.
fn head(page: &Page, inline: Inline, view: View) -> Head {
    let mut head = Head::default();
    let mut length = 0;
    for run in page.document.inline_runs(inline).iter().filter(|run| view.shows(run.half)) {
        for byte in page.document.run_text(&page.source.text, run).bytes() {
            // Blanks are left out, for a text begins with none.
            let is_letter = matches!(byte, 0xC3..=0xDF | 0xE4..=0xE9);
            if byte.is_ascii_graphic() || is_letter {
                head[length] = byte;
                length += 1;
                if is_letter || length == head.len() {
                    return head;
                }
            }
        }
    }
    head
}

fn paragraphs(page: &Page) -> impl Iterator<Item = Inline> + '_ {
    page.document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Paragraph { text, .. } if text.span.len() >= PROSE => Some(*text),
        _ => None,
    })
}

/// More than names and labels: a sentence of words, most of which are neither code nor capitalized nor spelled as no
/// word is.
fn is_prose(page: &Page, inline: Inline, view: View) -> bool {
    let (mut words, mut plain) = (0, 0);
    let runs = page.document.inline_runs(inline).iter();
    for run in runs.filter(|run| view.shows(run.half) && !run.style.has(Style::CODE)) {
        for word in page.document.run_text(&page.source.text, run).split_whitespace() {
            let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
            words += usize::from(!letters.is_empty());
            plain += usize::from(
                !letters.is_empty() && letters.chars().all(|c| c.is_alphabetic() && !c.is_uppercase()),
            );
        }
    }
    words >= WORDS && plain * 2 >= words
}
