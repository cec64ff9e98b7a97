//! What of a section survives its translation: explicit anchors, identifiers and code in headings, code, names in
//! tables, link targets, figures; and its shape.

use std::borrow::Cow;

use crate::compare::names::is_identifier;
use crate::compare::spelling::has_hump;
use crate::document::{BlockKind, Run, Style, View};
use crate::facts::{ColumnRole, Page, SectionRole, TableFact};
use crate::fold::{identifier_key, key_hash, lower, slug};
use crate::hash::HashMap;

/// Something that a translation leaves alone, by its hash, and how much it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::compare) struct Key {
    pub hash: u64,
    /// What it tells where it is had once.
    pub weight: u8,
    /// What it tells on its page, where other sections may have it as well.
    pub rare: u8,
}

/// What a heading, or the order of a table's rows, tells where both pages have it; where they differ it tells nothing.
/// No other key has this weight.
pub(in crate::compare) const HEADING: u8 = 4;

/// What a key tells. An anchor is made to be told from all others; a figure may stand anywhere.
mod weight {
    pub const ANCHOR: u8 = 12;
    pub const SLUG: u8 = 8;
    pub const HEADING_CODE: u8 = 8;
    pub const HEADING: u8 = super::HEADING;
    pub const ROWS: u8 = super::HEADING;
    pub const HEADING_WORD: u8 = 3;
    pub const CODE: u8 = 5;
    pub const LINE: u8 = 3;
    pub const IMAGE: u8 = 3;
    pub const NAME: u8 = 2;
    pub const LINK: u8 = 2;
    pub const FIGURE: u8 = 1;
}

/// Kinds of key, so that a link is not taken for a word.
#[derive(Clone, Copy)]
enum Kind {
    Anchor = 1,
    Heading,
    Word,
    Code,
    Line,
    Link,
    Image,
    Rows,
}

/// A section, and what it holds.
#[derive(Debug, Clone, Default)]
pub(in crate::compare) struct Holding {
    /// 1 to 6.
    pub level: u8,
    /// Whether it is the page's title: no other section has its level.
    pub title: bool,
    /// What it is for, by its heading.
    pub role: Option<SectionRole>,
    /// The hash of its explicit anchor; zero is none.
    pub anchor: u64,
    /// The hash of the anchor that its heading makes, to be held against explicit ones.
    pub slug: u64,
    /// What it holds itself, up to the next heading: sorted, each once.
    pub own: Vec<Key>,
    /// What the sections below it hold: sorted, each once.
    pub below: Vec<Key>,
    /// How many paragraphs, list items, tables, rows and code blocks it and the sections below it have.
    pub shape: [u16; SHAPES],
    /// The bytes of its text and that of the sections below it, code aside.
    pub length: u32,
    /// Of a list: whether all its names are spelled as only code is.
    pub coded: bool,
    /// The section it stands in.
    pub parent: Option<u32>,
    /// One past the last section below it.
    pub end: u32,
}

/// Words of a code block that tell its section from others.
const WORDS: usize = 64;

/// How many counts make a shape.
pub(in crate::compare) const SHAPES: usize = 5;

/// A key of a kind.
fn key(kind: Kind, text: &str, weight: u8) -> Key {
    Key { hash: mixed(key_hash(text.as_bytes()), kind as u64), weight, rare: weight }
}

/// Another hash of the same.
pub(in crate::compare) fn mixed(hash: u64, with: u64) -> u64 {
    let mixed = (hash ^ with.wrapping_mul(0xff51_afd7_ed55_8ccd)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// Sorts keys and keeps the weightiest of each.
pub(in crate::compare) fn settle(keys: &mut Vec<Key>) {
    keys.sort_unstable_by(|a, b| a.hash.cmp(&b.hash).then(b.weight.cmp(&a.weight)));
    keys.dedup_by_key(|key| key.hash);
}

/// The sections of a page.
pub(in crate::compare) fn sections(page: &Page, view: View) -> Vec<Holding> {
    let facts = &page.facts.sections;
    let mut levels = [0_usize; 8];
    for section in facts {
        levels[usize::from(section.level.min(7))] += 1;
    }
    let mut all: Vec<Holding> = (0..facts.len())
        .map(|at| {
            let section = &facts[at];
            let title = section.level == 1 && levels[1] == 1;
            let (level, role, parent) = (section.level, section.role, section.parent);
            Holding { level, title, role, parent, ..Holding::default() }
        })
        .collect();
    let mut reader = Reader { page, view, all: &mut all };
    reader.headings();
    reader.blocks();
    reader.runs();
    reader.links();
    for fact in &page.facts.tables {
        if let Some(holding) = fact.section.and_then(|at| all.get_mut(at as usize)) {
            holding.own.extend(table_keys(page, fact, view).0);
            let rows = page.document.tables.get(fact.table as usize);
            let rows = rows.map_or(0, |table| page.document.body(table).len());
            holding.shape[3] = holding.shape[3].saturating_add(rows as u16);
        }
    }
    all
}

/// Completes two pages that were read: where one has explicit anchors, the headings of the other make some.
pub(in crate::compare) fn complete(left: &mut [Holding], right: &mut [Holding]) {
    let has_anchors = |all: &[Holding]| all.iter().any(|holding| holding.anchor != 0);
    let (own, theirs) = (has_anchors(left), has_anchors(right));
    for (has, all) in [(theirs, left), (own, right)] {
        for holding in all.iter_mut() {
            if has && holding.anchor == 0 && holding.slug != 0 {
                holding.own.push(Key { hash: holding.slug, weight: weight::SLUG, rare: weight::SLUG });
            }
            settle(&mut holding.own);
        }
        thin(all);
        gather(all);
    }
}

/// What many sections have tells them apart the less.
fn thin(all: &mut [Holding]) {
    let mut counts: HashMap<u64, u32> = HashMap::default();
    for key in all.iter().flat_map(|holding| &holding.own) {
        *counts.entry(key.hash).or_default() += 1;
    }
    for key in all.iter_mut().flat_map(|holding| &mut holding.own) {
        let count = counts.get(&key.hash).copied().unwrap_or(1).max(1);
        if key.weight != HEADING {
            key.rare = (u32::from(key.weight) / count).max(1) as u8;
        }
    }
}

/// Adds to each section what the sections below it hold.
fn gather(all: &mut [Holding]) {
    for at in (0..all.len()).rev() {
        let end = all[at].end.max(at as u32 + 1);
        settle(&mut all[at].below);
        all[at].end = end;
        let Some(parent) = all[at].parent.map(|parent| parent as usize).filter(|parent| *parent < at) else {
            continue;
        };
        let (before, here) = all.split_at_mut(at);
        let (Some(parent), Some(own)) = (before.get_mut(parent), here.first()) else { continue };
        parent.end = parent.end.max(end);
        parent.below.extend(own.own.iter().chain(&own.below));
        parent.length = parent.length.saturating_add(own.length);
        for (sum, count) in parent.shape.iter_mut().zip(own.shape) {
            *sum = sum.saturating_add(count);
        }
    }
}

struct Reader<'r, 'p> {
    page: &'p Page,
    view: View,
    all: &'r mut [Holding],
}

impl Reader<'_, '_> {
    /// Anchors and slugs.
    fn headings(&mut self) {
        let (page, text) = (self.page, self.page.source.text.as_str());
        for (section, holding) in page.facts.sections.iter().zip(self.all.iter_mut()) {
            let Some(block) = page.document.blocks.get(section.block as usize) else { continue };
            let anchors = page.document.anchors_in(block.span);
            let keys =
                anchors.iter().map(|anchor| key(Kind::Anchor, &lower(anchor.name.of(text)), weight::ANCHOR));
            holding.own.extend(keys);
            holding.anchor = holding.own.first().map_or(0, |key| key.hash);
            let slug = slug(&page.document.text(text, section.text, self.view));
            if !slug.is_empty() {
                holding.own.push(key(Kind::Heading, &slug, weight::HEADING));
                holding.slug = key(Kind::Anchor, &slug, weight::SLUG).hash;
            }
        }
    }

    /// Shapes and code blocks.
    fn blocks(&mut self) {
        let document = &self.page.document;
        let mut section = 0_usize;
        for block in &document.blocks {
            if matches!(block.kind, BlockKind::Heading { .. }) {
                section += 1;
                continue;
            }
            let Some(holding) = section.checked_sub(1).and_then(|at| self.all.get_mut(at)) else { continue };
            let shape = match block.kind {
                BlockKind::Paragraph { in_list, .. } => usize::from(in_list),
                BlockKind::Table(_) => 2,
                BlockKind::Code(code) => {
                    holding.own.extend(code_keys(self.page, code, WORDS));
                    4
                }
                _ => continue,
            };
            holding.shape[shape] = holding.shape[shape].saturating_add(1);
        }
    }

    /// Inline code, and words that no translator touches.
    fn runs(&mut self) {
        let (page, view) = (self.page, self.view);
        let (document, text) = (&page.document, page.source.text.as_str());
        let bounds: Vec<(u32, u32)> = page
            .facts
            .sections
            .iter()
            .filter_map(|section| document.blocks.get(section.block as usize))
            .map(|block| (block.span.start, block.span.end))
            .collect();
        let mut next = 0_usize;
        for run in document.runs.iter().filter(|run| view.shows(run.half)) {
            while bounds.get(next).is_some_and(|(start, _)| *start <= run.span.start) {
                next += 1;
            }
            let Some(at) = next.checked_sub(1) else { continue };
            let in_heading = run.span.start < bounds[at].1;
            if let Some(holding) = self.all.get_mut(at) {
                read_run(holding, run, document.run_text(text, run), in_heading);
            }
        }
    }

    /// Where links and images lead, whatever the folder and the locale, and anchors outside of headings.
    fn links(&mut self) {
        let (page, text) = (self.page, self.page.source.text.as_str());
        let document = &page.document;
        let starts: Vec<u32> = page
            .facts
            .sections
            .iter()
            .filter_map(|section| document.blocks.get(section.block as usize))
            .map(|block| block.span.start)
            .collect();
        let section = |at: u32| starts.partition_point(|start| *start <= at).checked_sub(1);
        for link in document.links.iter().filter(|link| self.view.shows(link.half)) {
            let Some(holding) = section(link.span.start).and_then(|at| self.all.get_mut(at)) else {
                continue;
            };
            if let Some(stem) = stem(link.target.of(text)) {
                let (kind, weight) =
                    if link.image { (Kind::Image, weight::IMAGE) } else { (Kind::Link, weight::LINK) };
                holding.own.push(key(kind, stem, weight));
            }
        }
        for anchor in &document.anchors {
            let Some(holding) = section(anchor.span.start).and_then(|at| self.all.get_mut(at)) else {
                continue;
            };
            holding.own.push(key(Kind::Anchor, &lower(anchor.name.of(text)), weight::ANCHOR));
        }
    }
}

fn read_run(holding: &mut Holding, run: &Run, shown: &str, in_heading: bool) {
    if run.style.has(Style::CODE) {
        let weight = if in_heading { weight::HEADING_CODE } else { weight::NAME };
        let word = shown.trim();
        if !word.is_empty() {
            holding.own.push(key(Kind::Word, word, weight));
        }
        return;
    }
    holding.length = holding.length.saturating_add(run.span.len());
    let weight = if in_heading { weight::HEADING_WORD } else { weight::FIGURE };
    // Nothing but words of ASCII letters survives, and most are plain words, which tell nothing.
    let is_sign = |byte: &u8| {
        byte.is_ascii_digit() || byte.is_ascii_uppercase() || matches!(byte, b'_' | b'/' | b'{' | b'.')
    };
    let words = shown.split(|c: char| !c.is_ascii() || c.is_ascii_whitespace());
    for word in words.filter(|word| word.as_bytes().iter().any(is_sign)) {
        let word =
            word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '{' | '}' | '/' | '_'));
        if is_telling(word) {
            holding.own.push(key(Kind::Word, word, weight));
        }
    }
}

/// Whether a word is none of a language: it has figures, joints, humps, or capitals only.
fn is_telling(word: &str) -> bool {
    let bytes = word.as_bytes();
    if bytes.len() < 2 {
        return false;
    }
    let later = &bytes[1..];
    bytes.iter().any(u8::is_ascii_digit)
        || later.iter().any(u8::is_ascii_uppercase)
        || bytes.iter().any(|byte| matches!(byte, b'_' | b'/' | b'{'))
        || later[..later.len() - 1].contains(&b'.')
}

/// The last part of a link's path without its endings.
fn stem(target: &str) -> Option<&str> {
    let path = target.trim().split(['#', '?']).next()?.trim_end_matches('/');
    let last = path.rsplit('/').next()?;
    let stem = last.split('.').next()?;
    (stem.len() >= 2).then_some(stem)
}

/// A code block by its text, its first line, and its first words.
pub(in crate::compare) fn code_keys(page: &Page, code: u32, words: usize) -> Vec<Key> {
    const TELLING: usize = 8;
    let written = page.document.codes.get(code as usize);
    let text = written.map_or(Cow::Borrowed(""), |code| page.document.code_text(&page.source.text, code));
    let mut keys = Vec::new();
    if !text.trim().is_empty() {
        keys.push(key(Kind::Code, text.trim(), weight::CODE));
    }
    let line = text.lines().map(str::trim).find(|line| line.len() >= TELLING);
    keys.extend(line.map(|line| key(Kind::Line, line, weight::LINE)));
    let all = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
    let telling = all.filter(|word| word.len() >= 3 && is_identifier(word)).take(words);
    keys.extend(telling.map(|word| key(Kind::Word, word, weight::FIGURE)));
    keys
}

/// Of what a table holds, this many names are looked at.
const LOOKED_AT: usize = 256;

/// Identifiers in the name column of a table, or in its first, and their order; and whether they are several, all spelled
/// as only code is.
pub(in crate::compare) fn table_keys(page: &Page, fact: &TableFact, view: View) -> (Vec<Key>, bool) {
    let column = fact.columns.iter().position(|column| *column == ColumnRole::Name).unwrap_or(0);
    let table = page.document.tables.get(fact.table as usize);
    let rows = table.map_or(&[][..], |table| page.document.body(table));
    let cells = rows.iter().filter_map(|row| page.document.row_cells(row).get(column));
    let words = cells.map(|cell| page.document.text(&page.source.text, *cell, view));
    let (mut keys, mut coded) = (Vec::new(), true);
    for word in words.take(LOOKED_AT) {
        let is_name = is_identifier(&word);
        coded &= is_name
            && (has_hump(&word)
                || word.bytes().any(|byte| matches!(byte, b'_' | b'.') || byte.is_ascii_digit()));
        if is_name {
            keys.push(key(Kind::Word, &identifier_key(&word), weight::NAME));
        }
    }
    coded &= keys.len() > 1;
    if keys.len() > 1 {
        let order = keys.iter().fold(Kind::Rows as u64, |order, key| mixed(order, key.hash));
        keys.push(Key { hash: order, weight: weight::ROWS, rare: weight::ROWS });
    }
    (keys, coded)
}
