//! Headings: their anchors, their place in the page, the part they play in a reference page.

use crate::document::{Anchor, Inline, View};
use crate::extract::Reader;
use crate::facts::{Section, SectionRole};
use crate::fold::{key_hash, lower, slug};

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
    let anchors = reader.document.anchors_in(heading);
    let words = reader.document.text(reader.text, text, View::Page);
    let key = match anchors.first() {
        Some(anchor) => key_hash(lower(anchor.name.of(reader.text)).as_bytes()),
        None => key_hash(slug(&words).as_bytes()),
    };
    Section { block, level, text, parent, role: role(reader, anchors, text, &words), key }
}

/// By the anchor, which translation leaves alone; else by the heading's words in either language.
fn role(reader: &Reader<'_>, anchors: &[Anchor], text: Inline, words: &str) -> Option<SectionRole> {
    let by_anchor = anchors.iter().find_map(|anchor| {
        let words = anchor.name.of(reader.text).trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
        reader.vocabulary.section(words).next()
    });
    let by_source = || {
        let words = || reader.document.text(reader.text, text, View::Source);
        reader.document.bilingual.then(|| reader.vocabulary.section(&words()).next()).flatten()
    };
    by_anchor.or_else(|| reader.vocabulary.section(words).next()).or_else(by_source)
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
