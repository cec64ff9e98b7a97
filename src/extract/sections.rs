//! Headings: their anchors, their place in the page, the part they play in a reference page.

use crate::document::{Inline, View};
use crate::extract::Reader;
use crate::facts::{Section, SectionRole};
use crate::text::Span;

/// The section that starts at heading `block`.
pub(super) fn section(
    reader: &Reader<'_>,
    earlier: &[Section],
    block: u32,
    level: u8,
    text: Inline,
) -> Section {
    let last = earlier.len().checked_sub(1).map(|at| at as u32);
    // The last section of a lower level is an ancestor of the last section, or that section itself.
    let parent = std::iter::successors(last, |at| earlier[*at as usize].parent)
        .find(|at| earlier[*at as usize].level < level);
    let heading = reader.document.blocks[block as usize].span;
    Section { block, level, text, parent, role: role(reader, heading, text) }
}

/// By the anchor, which translation leaves alone; else by the heading's words in either language.
fn role(reader: &Reader<'_>, heading: Span, text: Inline) -> Option<SectionRole> {
    let anchors = reader.document.anchors_in(heading);
    let by_anchor = anchors.iter().find_map(|anchor| {
        let words = anchor.name.of(reader.text).trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
        reader.vocabulary.section(words).next()
    });
    by_anchor.or_else(|| {
        let by_words =
            |view| reader.vocabulary.section(&reader.document.text(reader.text, text, view)).next();
        by_words(View::Page).or_else(|| reader.document.bilingual.then(|| by_words(View::Source)).flatten())
    })
}

/// The nearest role among a section and its ancestors.
pub(super) fn inherited_role(sections: &[Section], start: Option<u32>) -> Option<SectionRole> {
    ancestry(sections, start).find_map(|section| section.role)
}

/// A section and its ancestors, innermost first.
pub(super) fn ancestry(sections: &[Section], start: Option<u32>) -> impl Iterator<Item = &Section> {
    std::iter::successors(start.and_then(|at| sections.get(at as usize)), |section| {
        section.parent.and_then(|at| sections.get(at as usize))
    })
}
