//! The parts of two translations of one page, paired: sections as `outline` does, tables and code blocks within
//! paired sections likewise, rows by the alignment engine.

use std::borrow::Cow;

use crate::alignment::Alignment;
use crate::compare::outline::{self, lists};
use crate::comparison::{Counterpart, Pairing};
use crate::document::{BlockKind, View};
use crate::facts::{Page, Section};
use crate::fold::{lower, slug};
use crate::text::Span;

/// How far the order of two translations of one list can be trusted.
pub const TRANSLATION_ORDER: f32 = 0.98;

/// Pairs `page` with the page that vouches for it.
pub fn pair_pages<'a>(page: &Page, with: Counterpart<'a>) -> Pairing<'a> {
    let (own, theirs) = (&page.facts.sections, &with.page.facts.sections);
    let same = |(own, theirs): (&Section, &Section)| own.key == theirs.key;
    let are_same = with.view == View::Page && own.len() == theirs.len() && own.iter().zip(theirs).all(same);
    let (sections, torn) =
        if are_same { (Alignment::identity(own.len()), Vec::new()) } else { outline::pair(page, with) };
    let places = |page: &Page, place: &dyn Fn(Option<u32>) -> Place| {
        let tables = page.facts.tables.iter();
        tables.map(|fact| (place(fact.section), fact.columns.len() as u64)).collect::<Vec<_>>()
    };
    let own = |section: Option<u32>| match section {
        None => Place::Top,
        Some(at) => sections.of_left(at).map_or(Place::New, |pair| Place::At(pair.right)),
    };
    let theirs = |section: Option<u32>| section.map_or(Place::Top, Place::At);
    // Headings that say the same stand above the same tables.
    let tables = if are_same && places(page, &own) == places(with.page, &theirs) {
        Alignment::identity(page.facts.tables.len())
    } else {
        lists::pair(
            lists::tables(page, View::Page),
            lists::tables(with.page, with.view),
            &sections,
            lists::TABLES,
        )
    };
    let codes = if code_places(page, &own) == code_places(with.page, &theirs) {
        Alignment::identity(page.document.codes.len())
    } else {
        lists::pair(lists::codes(page), lists::codes(with.page), &sections, lists::CODES)
    };
    let doubtful = doubtful(page, &sections, &tables, &codes);
    Pairing { with, sections, tables, codes, torn, doubtful }
}

/// A section as the reference page counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Above the first section.
    Top,
    /// The reference page's section of that number.
    At(u32),
    /// A section of the translation alone.
    New,
}

/// The section and the language of each code block.
fn code_places<'p>(page: &'p Page, place: &dyn Fn(Option<u32>) -> Place) -> Vec<(Place, Cow<'p, str>)> {
    let mut section = 0_u32;
    let mut places = Vec::with_capacity(page.document.codes.len());
    for block in &page.document.blocks {
        match block.kind {
            BlockKind::Heading { .. } => section += 1,
            BlockKind::Code(code) => {
                let written = page.document.codes.get(code as usize);
                let language = written.map(|written| page.document.code_language(&page.source.text, written));
                places.push((place(section.checked_sub(1)), language.unwrap_or_default()));
            }
            _ => {}
        }
    }
    places
}

/// What of a page stands in sections, tables and code blocks whose counterparts are guesses.
fn doubtful(page: &Page, sections: &Alignment, tables: &Alignment, codes: &Alignment) -> Vec<Span> {
    let (facts, document) = (&page.facts, &page.document);
    let start = |at: u32| {
        let section = facts.sections.get(at as usize)?;
        document.blocks.get(section.block as usize).map(|block| block.span.start)
    };
    let section =
        |at: u32| Some(Span::new(start(at)?, start(at + 1).unwrap_or(page.source.text.len() as u32)));
    let table = |at: u32| {
        let fact = facts.tables.get(at as usize)?;
        document.tables.get(fact.table as usize).map(|table| table.span)
    };
    let code = |at: u32| document.codes.get(at as usize).map(|code| code.span);
    let guesses = |alignment: &Alignment| {
        let guesses = alignment.pairs.iter().filter(|pair| !pair.is_certain());
        guesses.map(|pair| pair.left).collect::<Vec<_>>()
    };
    let mut spans: Vec<Span> = guesses(sections).into_iter().filter_map(section).collect();
    spans.extend(guesses(tables).into_iter().filter_map(table));
    spans.extend(guesses(codes).into_iter().filter_map(code));
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let meets = next.start <= kept.end;
        if meets {
            kept.end = kept.end.max(next.end);
        }
        meets
    });
    spans
}

/// A section's anchor, which translations keep, or the slug that its heading makes.
pub fn section_key<'p>(page: &'p Page, section: &Section, view: View) -> Cow<'p, str> {
    let text = page.source.text.as_str();
    let block = &page.document.blocks[section.block as usize];
    match page.document.anchors_in(block.span).first() {
        Some(anchor) => lower(anchor.name.of(text)),
        None => Cow::Owned(slug(&page.document.text(text, section.text, view))),
    }
}

/// The [`section_key`] of the section that holds a span; empty above the first heading.
pub fn section_key_at(page: &Page, span: Span, view: View) -> Cow<'_, str> {
    let start = |section: &Section| page.document.blocks[section.block as usize].span.start;
    let behind = page.facts.sections.partition_point(|section| start(section) <= span.start);
    let section = behind.checked_sub(1).map(|at| &page.facts.sections[at]);
    section.map_or(Cow::Borrowed(""), |section| section_key(page, section, view))
}
