//! The parts of two translations of one page, paired: sections by anchor, then order; tables by section and
//! kind, then order; rows by the alignment engine; code blocks by section, then order.

use crate::alignment::Alignment;
use crate::compare::align::{Item, Terms, align};
use crate::comparison::{Counterpart, Pairing};
use crate::document::{BlockKind, View};
use crate::facts::{Page, Section};

/// How far the order of two translations of one list can be trusted.
pub const TRANSLATION_ORDER: f32 = 0.98;

/// Pairs `page` with the page that vouches for it.
pub fn pair_pages<'a>(page: &Page, with: Counterpart<'a>) -> Pairing<'a> {
    let sections = pair(&section_keys(page, View::Page), &section_keys(with.page, with.view));
    let own = |section: Option<u32>| {
        section.map(|at| sections.of_left(at).map_or(Place::New(at), |pair| Place::At(pair.right)))
    };
    let theirs = |section: Option<u32>| section.map(Place::At);
    let tables = pair(&table_keys(page, &own), &table_keys(with.page, &theirs));
    let codes = pair(&code_keys(page, &own), &code_keys(with.page, &theirs));
    Pairing { with, sections, tables, codes }
}

/// A section as the reference page counts them.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// The reference page's section of that number.
    At(u32),
    /// A section of the translation alone.
    New(u32),
}

/// Aligns two lists of keys: equal keys first, the rest between them in order.
fn pair(left: &[String], right: &[String]) -> Alignment {
    let no_words = |_: &str| Vec::new();
    align(&items(left), &items(right), &Terms { order: TRANSLATION_ORDER, words: &no_words })
}

fn items(keys: &[String]) -> Vec<Item<'_>> {
    keys.iter().map(|key| Item { name: key, ..Item::default() }).collect()
}

fn section_keys(page: &Page, view: View) -> Vec<String> {
    page.facts.sections.iter().map(|section| section_key(page, section, view)).collect()
}

/// A section's anchor, which translations keep, or the slug that its heading makes.
pub fn section_key(page: &Page, section: &Section, view: View) -> String {
    let text = page.source.text.as_str();
    let block = &page.document.blocks[section.block as usize];
    match page.document.anchors_in(block.span).first() {
        Some(anchor) => anchor.name.of(text).to_lowercase(),
        None => slug(&page.document.text(text, section.text, view)),
    }
}

/// The anchor that renderers make of a heading: lower case, punctuation dropped, spaces to hyphens.
pub fn slug(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn place_key(place: Option<Place>) -> String {
    match place {
        None => "top".to_owned(),
        Some(Place::At(section)) => format!("s{section}"),
        Some(Place::New(section)) => format!("new{section}"),
    }
}

fn table_keys(page: &Page, place: &dyn Fn(Option<u32>) -> Option<Place>) -> Vec<String> {
    let tables = page
        .facts
        .tables
        .iter()
        .map(|fact| format!("{}c{}", place_key(place(fact.section)), fact.columns.len()));
    tables.collect()
}

fn code_keys(page: &Page, place: &dyn Fn(Option<u32>) -> Option<Place>) -> Vec<String> {
    let mut section = 0_u32;
    let mut keys = Vec::with_capacity(page.document.codes.len());
    for block in &page.document.blocks {
        match block.kind {
            BlockKind::Heading { .. } => section += 1,
            BlockKind::Code(code) => {
                let language =
                    page.document.code_language(&page.source.text, &page.document.codes[code as usize]);
                keys.push(format!("{}{language}", place_key(place(section.checked_sub(1)))));
            }
            _ => {}
        }
    }
    keys
}
