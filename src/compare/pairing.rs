//! The parts of two translations of one page, paired: sections by anchor, then by what they hold, then order; tables by
//! section and kind, then likewise; rows by the alignment engine; code blocks by section, then likewise.

use std::borrow::Cow;
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

use crate::alignment::Alignment;
use crate::compare::align::{Item, Terms, align};
use crate::compare::content::{self, Content};
use crate::compare::items::Kind;
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
    let sections = if with.view == View::Page && own.len() == theirs.len() && own.iter().zip(theirs).all(same)
    {
        Alignment::identity(own.len())
    } else {
        let keys = (section_keys(page, View::Page), section_keys(with.page, with.view));
        pair(&keys.0, &keys.1, || {
            (content::of_sections(page, View::Page), content::of_sections(with.page, with.view))
        })
    };
    let own = |section: Option<u32>| {
        section.map_or(Place::Top, |at| {
            sections.of_left(at).map_or(Place::New(at), |pair| Place::At(pair.right))
        })
    };
    let theirs = |section: Option<u32>| section.map_or(Place::Top, Place::At);
    let tables = pair(&table_keys(page, &own), &table_keys(with.page, &theirs), || {
        (content::of_tables(page, View::Page), content::of_tables(with.page, with.view))
    });
    let codes = pair(&code_keys(page, &own), &code_keys(with.page, &theirs), || {
        (content::of_codes(page), content::of_codes(with.page))
    });
    Pairing { with, sections, tables, codes }
}

/// A section as the reference page counts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    /// Above the first section.
    Top,
    /// The reference page's section of that number.
    At(u32),
    /// A section of the translation alone.
    New(u32),
}

/// Aligns two lists of keys: equal keys first, what keys cannot pair by `contents`, the rest between them in order.
fn pair<'p, K: Eq + Hash + fmt::Display>(
    left: &[K],
    right: &[K],
    contents: impl FnOnce() -> (Vec<Content<'p>>, Vec<Content<'p>>),
) -> Alignment {
    if left == right {
        return Alignment::identity(left.len());
    }
    let no_words = |_: &str| Arc::default();
    let alike = content::pairs(left, right, contents);
    let [mut left, mut right] = [left, right].map(|keys| keys.iter().map(K::to_string).collect::<Vec<_>>());
    // A key of their own, which no heading makes.
    for (at, (own, theirs)) in alike.into_iter().enumerate() {
        (left[own], right[theirs]) = (format!("={at}"), format!("={at}"));
    }
    align(&items(&left), &items(&right), &Terms { order: TRANSLATION_ORDER, words: &no_words })
}

fn items(keys: &[String]) -> Vec<Item<'_>> {
    keys.iter().map(|key| Item::new(key, Kind::Name)).collect()
}

fn section_keys(page: &Page, view: View) -> Vec<Cow<'_, str>> {
    page.facts.sections.iter().map(|section| section_key(page, section, view)).collect()
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

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => f.write_str("top"),
            Self::At(section) => write!(f, "s{section}"),
            Self::New(section) => write!(f, "new{section}"),
        }
    }
}

/// A table by its section and its number of columns.
#[derive(PartialEq, Eq, Hash)]
struct TableKey(Place, usize);

impl fmt::Display for TableKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}c{}", self.0, self.1)
    }
}

/// A code block by its section and its language, in lower case.
#[derive(PartialEq, Eq, Hash)]
struct CodeKey<'p>(Place, Cow<'p, str>);

impl fmt::Display for CodeKey<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0, self.1)
    }
}

fn table_keys(page: &Page, place: &dyn Fn(Option<u32>) -> Place) -> Vec<TableKey> {
    page.facts.tables.iter().map(|fact| TableKey(place(fact.section), fact.columns.len())).collect()
}

fn code_keys<'p>(page: &'p Page, place: &dyn Fn(Option<u32>) -> Place) -> Vec<CodeKey<'p>> {
    let mut section = 0_u32;
    let mut keys = Vec::with_capacity(page.document.codes.len());
    for block in &page.document.blocks {
        match block.kind {
            BlockKind::Heading { .. } => section += 1,
            BlockKind::Code(code) => {
                let language =
                    page.document.code_language(&page.source.text, &page.document.codes[code as usize]);
                keys.push(CodeKey(place(section.checked_sub(1)), language));
            }
            _ => {}
        }
    }
    keys
}
