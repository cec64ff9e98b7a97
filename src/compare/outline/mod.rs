//! The sections of two translations of one page, paired: by what both pages have once, then between such pairs by what
//! they hold, their shape and their order, then by unique keys wherever they stand. The same at any size.

mod anchors;
mod gaps;
mod keys;
pub(super) mod lists;

use std::ops::Range;

use crate::alignment::{Alignment, Evidence, Pair};
use crate::comparison::{Counterpart, Torn};
use crate::document::View;
use crate::facts::Page;

use self::gaps::Outlines;
use self::keys::Holding;

/// Pairs the sections of two pages.
pub(super) fn pair(page: &Page, with: Counterpart<'_>) -> (Alignment, Vec<Torn>) {
    let (mut left, mut right) = (keys::sections(page, View::Page), keys::sections(with.page, with.view));
    forget_local_anchors(&mut left, &mut right);
    keys::complete(&mut left, &mut right);
    let mut matching = Matching::new(left.len(), right.len());
    anchors::pair(&left, &right, &mut matching);
    let scale = scale(&left, &right, &matching);
    let outlines = Outlines { left: &left, right: &right, scale };
    let stretches = matching.stretches();
    let alike = |l: u32, r: u32, matching: &Matching| outlines.is_moved(l, r, matching);
    let moved = anchors::pair_moved(&left, &right, &mut matching, &alike);
    let mut torn = gaps::pair(&outlines, stretches, &mut matching);
    let below = |(l, r): (u32, u32)| {
        let end = |all: &[Holding], at: u32| all.get(at as usize).map_or(at + 1, |holding| holding.end);
        (l + 1..end(&left, l), r + 1..end(&right, r))
    };
    let moved = moved.into_iter().map(below).collect();
    gaps::pair(&outlines, moved, &mut matching);
    torn.retain(|torn| torn.left.clone().all(|at| matching.is_free_left(at)));
    torn.sort_by_key(|torn| torn.left.start);
    (matching.finish(), torn)
}

/// Where no page has any explicit anchor of the other, anchors are translated like headings.
fn forget_local_anchors(left: &mut [Holding], right: &mut [Holding]) {
    const SEVERAL: usize = 4;
    let anchors = |all: &[Holding]| {
        let mut anchors: Vec<u64> = all.iter().map(|own| own.anchor).filter(|anchor| *anchor != 0).collect();
        anchors.sort_unstable();
        anchors
    };
    let (own, theirs) = (anchors(left), anchors(right));
    let is_shared = |anchor: &u64| theirs.binary_search(anchor).is_ok();
    if own.len() >= SEVERAL && theirs.len() >= SEVERAL && !own.iter().any(is_shared) {
        left.iter_mut().chain(right).for_each(|holding| holding.anchor = 0);
    }
}

/// How long a text of the left page is beside the same of the right one: in what is paired, and in all.
fn scale(left: &[Holding], right: &[Holding], matching: &Matching) -> f32 {
    // What few pairs say is weighed against the whole pages.
    const PAGE: f32 = 0.25;
    let roots = |all: &[Holding]| {
        all.iter().filter(|own| own.parent.is_none()).map(|own| own.length as f32).sum::<f32>()
    };
    let (mut own, mut theirs) = (0.0, 0.0);
    for (l, holding) in left.iter().enumerate() {
        let partner = matching.of_left(l as u32).and_then(|r| right.get(r as usize));
        if let Some(partner) = partner.filter(|_| holding.end as usize == l + 1) {
            own += holding.length as f32;
            theirs += partner.length as f32;
        }
    }
    own += PAGE * roots(left);
    theirs += PAGE * roots(right);
    if own < 1.0 || theirs < 1.0 { 1.0 } else { (own / theirs).clamp(0.2, 5.0) }
}

/// Pairs under construction.
pub(super) struct Matching {
    left: Vec<Option<(u32, f32)>>,
    right: Vec<Option<u32>>,
}

impl Matching {
    fn new(left: usize, right: usize) -> Self {
        Self { left: vec![None; left], right: vec![None; right] }
    }

    fn pair(&mut self, left: u32, right: u32, confidence: f32) {
        if let (Some(own @ None), Some(theirs @ None)) =
            (self.left.get_mut(left as usize), self.right.get_mut(right as usize))
        {
            (*own, *theirs) = (Some((right, confidence)), Some(left));
        }
    }

    fn of_left(&self, at: u32) -> Option<u32> {
        self.left.get(at as usize).copied().flatten().map(|(right, _)| right)
    }

    fn is_free_left(&self, at: u32) -> bool {
        self.left.get(at as usize).is_some_and(Option::is_none)
    }

    fn is_free_right(&self, at: u32) -> bool {
        self.right.get(at as usize).is_some_and(Option::is_none)
    }

    /// Of each free left section, the number of pairs before it.
    fn ranges_left(&self) -> Vec<Option<u32>> {
        ranges(self.left.iter().map(Option::is_some))
    }

    /// Of each free right section, the number of pairs before it.
    fn ranges_right(&self) -> Vec<Option<u32>> {
        ranges(self.right.iter().map(Option::is_some))
    }

    /// What lies between pairs, which all are in order.
    fn stretches(&self) -> Vec<(Range<u32>, Range<u32>)> {
        let mut stretches = Vec::new();
        let (mut left, mut right) = (0, 0);
        let end = (self.left.len() as u32, self.right.len() as u32);
        let pairs = (0..).zip(&self.left).filter_map(|(l, pair)| pair.map(|(r, _)| (l, r)));
        for (l, r) in pairs.chain(std::iter::once(end)) {
            if l > left && r > right {
                stretches.push((left..l, right..r));
            }
            (left, right) = (l + 1, r + 1);
        }
        stretches
    }

    fn finish(self) -> Alignment {
        let mut alignment = Alignment::default();
        for (left, pair) in (0..).zip(self.left) {
            match pair {
                Some((right, confidence)) => {
                    let evidence = if confidence >= 1.0 { Evidence::MARKS } else { Evidence::ORDER };
                    alignment.pairs.push(Pair { left, right, evidence, confidence });
                }
                None => alignment.left_only.push(left),
            }
        }
        let free = (0..).zip(self.right).filter(|(_, pair)| pair.is_none());
        alignment.right_only = free.map(|(at, _)| at).collect();
        alignment
    }
}

/// The number of pairs before each that has none.
fn ranges(paired: impl Iterator<Item = bool>) -> Vec<Option<u32>> {
    let mut before = 0;
    paired
        .map(|paired| {
            before += u32::from(paired);
            (!paired).then_some(before)
        })
        .collect()
}
