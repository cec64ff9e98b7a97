//! Pairs by what each page has once: the best first, in the order of both pages, then between them, until nothing more
//! is had once. Each round looks at each key once, so that pages of any size are paired alike.

use crate::compare::outline::Matching;
use crate::compare::outline::keys::{Holding, mixed};
use crate::hash::HashMap;

/// What a pair has to share, round by round; the last counts for all further rounds.
const BARS: [i32; 4] = [12, 6, 3, 2];
/// Most rounds. Each pairs at least one section, nearly always most.
const ROUNDS: usize = 24;
/// What sections have to share that stand in another order.
const MOVED: i32 = 2;

/// How often a key was met, and where.
#[derive(Default)]
struct Met {
    left: u32,
    right: u32,
    counts: (u32, u32),
    weight: i32,
}

/// Pairs sections by keys that both pages have once, between what is paired already.
pub(super) fn pair(left: &[Holding], right: &[Holding], matching: &mut Matching) {
    for round in 0..ROUNDS {
        let bar = BARS[round.min(BARS.len() - 1)];
        let (lefts, rights) = (matching.ranges_left(), matching.ranges_right());
        let candidates = candidates((left, &lefts), (right, &rights), bar);
        let chosen = heaviest_ascent(&candidates);
        for (l, r, score) in &chosen {
            matching.pair(*l, *r, if *score >= 4 { 1.0 } else { 0.9 });
        }
        if chosen.is_empty() && round + 1 >= BARS.len() {
            break;
        }
    }
}

/// Pairs what was moved: free sections that share what both pages have once, wherever they stand, if they also are
/// `alike`. Says which.
pub(super) fn pair_moved(
    left: &[Holding],
    right: &[Holding],
    matching: &mut Matching,
    alike: &dyn Fn(u32, u32, &Matching) -> bool,
) -> Vec<(u32, u32)> {
    let is_free = |ranges: &[Option<u32>], at: u32| ranges.get(at as usize).is_some_and(Option::is_some);
    let (lefts, rights) = (matching.ranges_left(), matching.ranges_right());
    if !lefts.iter().any(Option::is_some) || !rights.iter().any(Option::is_some) {
        return Vec::new();
    }
    // What a section shares with a paired one is no sign of a move.
    let all = |count: usize| vec![Some(0); count];
    let everywhere = candidates((left, &all(left.len())), (right, &all(right.len())), MOVED);
    let mut moved = Vec::new();
    for (l, r, _) in everywhere {
        if is_free(&lefts, l) && is_free(&rights, r) && alike(l, r, matching) {
            matching.pair(l, r, 0.85);
            moved.push((l, r));
        }
    }
    moved
}

/// Pairs that share the most of what both sides of their range have once, by left position.
fn candidates(
    (left, lefts): (&[Holding], &[Option<u32>]),
    (right, rights): (&[Holding], &[Option<u32>]),
    bar: i32,
) -> Vec<(u32, u32, i32)> {
    let mut met: HashMap<u64, Met> = HashMap::default();
    for (at, holding) in free(left, lefts) {
        for (hash, weight) in hashes(left, at, holding, lefts) {
            let met = met.entry(hash).or_default();
            met.counts.0 += 1;
            (met.left, met.weight) = (at, weight);
        }
    }
    for (at, holding) in free(right, rights) {
        for (hash, weight) in hashes(right, at, holding, rights) {
            if let Some(met) = met.get_mut(&hash) {
                met.counts.1 += 1;
                met.right = at;
                met.weight = met.weight.min(weight);
            }
        }
    }
    let mut scores: HashMap<(u32, u32), i32> = HashMap::default();
    for met in met.values().filter(|met| met.counts == (1, 1)) {
        *scores.entry((met.left, met.right)).or_default() += met.weight;
    }
    let mut pairs: Vec<(u32, u32, i32)> = scores
        .into_iter()
        .filter_map(|((l, r), score)| {
            let against = against(left.get(l as usize)?, right.get(r as usize)?)?;
            Some((l, r, score - against))
        })
        .filter(|(.., score)| *score >= bar)
        .collect();
    pairs.sort_unstable();
    mutual(pairs, left.len(), right.len())
}

/// The sections that are free, with their positions.
fn free<'h>(all: &'h [Holding], ranges: &'h [Option<u32>]) -> impl Iterator<Item = (u32, &'h Holding)> {
    (0..)
        .zip(all.iter().zip(ranges))
        .filter(|(_, (_, range))| range.is_some())
        .map(|(at, (own, _))| (at, own))
}

/// Its keys within its range: its own, those of the sections below it (which only count among sections of its level),
/// and what it and its neighbours look like.
fn hashes<'h>(
    all: &'h [Holding],
    at: u32,
    holding: &'h Holding,
    ranges: &'h [Option<u32>],
) -> impl Iterator<Item = (u64, i32)> {
    const OWN: u64 = 1 << 40;
    const LOOKS: u64 = 1 << 41;
    let range = u64::from(ranges.get(at as usize).copied().flatten().unwrap_or_default());
    let own = holding.own.iter().map(move |key| (mixed(key.hash, range | OWN), i32::from(key.weight)));
    let level = range | u64::from(holding.level) << 42;
    let whole = holding.own.iter().chain(&holding.below);
    let below = whole.map(move |key| (mixed(key.hash, level), i32::from(key.weight.min(2))));
    let below = below.take(if holding.below.is_empty() { 0 } else { usize::MAX });
    let looks = looks(all, at as usize);
    let looks = (0_u64..)
        .zip(looks)
        .map(move |(sort, looks)| (mixed(looks, range | LOOKS | sort << 48), 1 + i32::from(sort > 0)));
    own.chain(below).chain(looks)
}

/// What a section and its neighbours look like: alone, with the next, with both.
fn looks(all: &[Holding], at: usize) -> [u64; 3] {
    let look = |at: Option<usize>| {
        let Some(holding) = at.and_then(|at| all.get(at)) else { return 0 };
        let shape =
            holding.shape.iter().fold(u64::from(holding.level), |hash, count| mixed(hash, u64::from(*count)));
        holding.own.iter().filter(|key| key.weight <= 8).fold(shape, |hash, key| mixed(hash, key.hash))
    };
    let (before, own, next) = (look(at.checked_sub(1)), look(Some(at)), look(Some(at + 1)));
    [own, mixed(own, next), mixed(mixed(own, next), before)]
}

/// What speaks against two sections being the same; nothing where they cannot be.
fn against(left: &Holding, right: &Holding) -> Option<i32> {
    if left.anchor != 0 && right.anchor != 0 && left.anchor != right.anchor {
        return None;
    }
    let roles = matches!((left.role, right.role), (Some(own), Some(theirs)) if own != theirs);
    Some(i32::from(roles) * 3 + i32::from(left.level != right.level))
}

/// Of pairs sorted by position, those that are the best of both their sides.
fn mutual(pairs: Vec<(u32, u32, i32)>, left: usize, right: usize) -> Vec<(u32, u32, i32)> {
    let mut best_left = vec![(i32::MIN, u32::MAX); left];
    let mut best_right = vec![(i32::MIN, u32::MAX); right];
    let meet = |best: &mut (i32, u32), score: i32, at: u32| {
        if score > best.0 {
            *best = (score, at);
        } else if score == best.0 {
            best.1 = u32::MAX;
        }
    };
    for (l, r, score) in &pairs {
        meet(&mut best_left[*l as usize], *score, *r);
        meet(&mut best_right[*r as usize], *score, *l);
    }
    let is_best =
        |(l, r, _): &(u32, u32, i32)| best_left[*l as usize].1 == *r && best_right[*r as usize].1 == *l;
    pairs.into_iter().filter(is_best).collect()
}

/// Of pairs in the order of the left side, those in the order of the right side that weigh most.
fn heaviest_ascent(pairs: &[(u32, u32, i32)]) -> Vec<(u32, u32, i32)> {
    let mut rights: Vec<u32> = pairs.iter().map(|(_, r, _)| *r).collect();
    rights.sort_unstable();
    rights.dedup();
    // The heaviest chain that ends at or before a rank, as a tree of prefixes.
    let mut tree: Vec<(i64, usize)> = vec![(0, usize::MAX); rights.len() + 1];
    let mut before = vec![usize::MAX; pairs.len()];
    let mut heaviest = (0_i64, usize::MAX);
    for (at, (_, r, score)) in pairs.iter().enumerate() {
        let rank = rights.partition_point(|right| right < r) + 1;
        let (mut best, mut node) = ((0, usize::MAX), rank - 1);
        while node > 0 {
            if tree[node].0 > best.0 {
                best = tree[node];
            }
            node &= node - 1;
        }
        before[at] = best.1;
        let total = (best.0 + i64::from(*score), at);
        if total.0 > heaviest.0 {
            heaviest = total;
        }
        let mut node = rank;
        while node < tree.len() {
            if total.0 > tree[node].0 {
                tree[node] = total;
            }
            node += node & node.wrapping_neg();
        }
    }
    let mut chain = Vec::new();
    let mut at = heaviest.1;
    while let Some(pair) = pairs.get(at) {
        chain.push(*pair);
        at = before[at];
    }
    chain.reverse();
    chain
}
