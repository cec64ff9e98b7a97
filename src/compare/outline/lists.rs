//! Tables and code blocks of paired sections: by what they hold, their shape and their order; then by unique keys
//! wherever they stand.

use crate::alignment::Alignment;
use crate::compare::outline::gaps::{self, Outlines};
use crate::compare::outline::keys::{Holding, Key, code_keys, settle, table_keys};
use crate::compare::outline::{Matching, anchors};
use crate::document::{BlockKind, View};
use crate::facts::{Page, TableRole};
use crate::fold::key_hash;

/// A table or code block.
pub(in crate::compare) struct Listed {
    /// The section it stands in.
    section: Option<u32>,
    holding: Holding,
}

/// Whether two are of one kind, by their [`Holding::level`].
type Kin = fn(u8, u8) -> bool;

/// Whether two tables both have named rows, or both have none.
pub(in crate::compare) const TABLES: Kin = |left, right| left & 1 == right & 1;
/// Whether two code blocks are in one language.
pub(in crate::compare) const CODES: Kin = |left, right| left == right;

/// Pairs what stands in paired sections, or above all of them.
pub(in crate::compare) fn pair(
    left: Vec<Listed>,
    right: Vec<Listed>,
    sections: &Alignment,
    kin: Kin,
) -> Alignment {
    let mut matching = Matching::new(left.len(), right.len());
    let rights = Groups::new(&right);
    let lefts = Groups::new(&left);
    let (left, right): (Vec<Holding>, Vec<Holding>) = (holdings(left), holdings(right));
    let places = std::iter::once((None, None))
        .chain(sections.pairs.iter().map(|pair| (Some(pair.left), Some(pair.right))));
    for (own, theirs) in places {
        let (own, theirs) = (lefts.of(own), rights.of(theirs));
        if own.is_empty() || theirs.is_empty() {
            continue;
        }
        let (left, right) = (left.get(own.clone()), right.get(theirs.clone()));
        let (Some(left), Some(right)) = (left, right) else { continue };
        for pair in group(left, right, kin).pairs {
            matching.pair(own.start as u32 + pair.left, theirs.start as u32 + pair.right, pair.confidence);
        }
    }
    let outlines = Outlines { left: &left, right: &right, scale: 1.0 };
    let alike = |l: u32, r: u32, matching: &Matching| outlines.is_moved(l, r, matching);
    anchors::pair_moved(&left, &right, &mut matching, &alike);
    matching.finish()
}

fn holdings(listed: Vec<Listed>) -> Vec<Holding> {
    listed.into_iter().map(|listed| listed.holding).collect()
}

/// Pairs what stands in one section.
fn group(left: &[Holding], right: &[Holding], kin: Kin) -> Alignment {
    let mut matching = Matching::new(left.len(), right.len());
    if let ([own], [theirs]) = (left, right)
        && kin(own.level, theirs.level)
    {
        // What is the only one of its kind on both sides has no other counterpart.
        matching.pair(0, 0, 0.85);
    } else {
        anchors::pair(left, right, &mut matching);
        let outlines = Outlines { left, right, scale: 1.0 };
        let stretches = matching.stretches();
        gaps::pair(&outlines, stretches, &mut matching);
    }
    let mut alignment = matching.finish();
    alignment.pairs.retain(|pair| {
        let (own, theirs) = (left.get(pair.left as usize), right.get(pair.right as usize));
        !own.zip(theirs).is_some_and(|(own, theirs)| are_unrelated(own, theirs))
    });
    alignment
}

/// Whether two lists share nothing though all names of both are identifiers, which no translator writes.
fn are_unrelated(own: &Holding, theirs: &Holding) -> bool {
    let is_shared = |key: &Key| theirs.own.binary_search_by_key(&key.hash, |key| key.hash).is_ok();
    own.coded && theirs.coded && !own.own.iter().any(is_shared)
}

/// Where in a list those of each section stand, which come in page order.
struct Groups(Vec<(Option<u32>, usize)>);

impl Groups {
    fn new(listed: &[Listed]) -> Self {
        let mut starts: Vec<(Option<u32>, usize)> =
            listed.iter().enumerate().map(|(at, listed)| (listed.section, at)).collect();
        starts.sort_unstable();
        Self(starts)
    }

    fn of(&self, section: Option<u32>) -> std::ops::Range<usize> {
        let start = self.0.partition_point(|(other, _)| *other < section);
        let count = self.0[start..].partition_point(|(other, _)| *other == section);
        let first = self.0.get(start).map_or(0, |(_, at)| *at);
        if count == 0 { 0..0 } else { first..first + count }
    }
}

/// The tables of a page.
pub(in crate::compare) fn tables(page: &Page, view: View) -> Vec<Listed> {
    let listed = page.facts.tables.iter().enumerate().map(|(at, fact)| {
        let (mut own, coded) = table_keys(page, fact, view);
        settle(&mut own);
        let table = page.document.tables.get(fact.table as usize);
        let rows = table.map_or(0, |table| page.document.body(table).len()) as u16;
        let named = fact.names || !matches!(fact.role, TableRole::Other | TableRole::Unknown);
        let holding = Holding {
            level: (fact.columns.len().min(127) as u8) << 1 | u8::from(named),
            own,
            coded,
            shape: [fact.columns.len() as u16, 0, 0, rows, 0],
            end: at as u32 + 1,
            ..Holding::default()
        };
        Listed { section: fact.section, holding }
    });
    listed.collect()
}

/// The code blocks of a page.
pub(in crate::compare) fn codes(page: &Page) -> Vec<Listed> {
    let mut section = 0_u32;
    let mut codes = Vec::with_capacity(page.document.codes.len());
    for block in &page.document.blocks {
        match block.kind {
            BlockKind::Heading { .. } => section += 1,
            BlockKind::Code(code) => {
                let holding = code_holding(page, code, codes.len());
                codes.push(Listed { section: section.checked_sub(1), holding });
            }
            _ => {}
        }
    }
    codes
}

fn code_holding(page: &Page, code: u32, at: usize) -> Holding {
    /// Of what a code block says, this many words are looked at.
    const LOOKED_AT: usize = 200;
    let mut own: Vec<Key> = code_keys(page, code, LOOKED_AT);
    let Some(written) = page.document.codes.get(code as usize) else { return Holding::default() };
    let text = page.source.text.as_str();
    let shown = page.document.code_text(text, written);
    settle(&mut own);
    let language = page.document.code_language(text, written);
    Holding {
        level: (key_hash(language.as_bytes()) >> 56) as u8,
        own,
        shape: [0, 0, 0, shown.lines().count().min(60_000) as u16, 1],
        length: shown.len() as u32,
        end: at as u32 + 1,
        ..Holding::default()
    }
}
