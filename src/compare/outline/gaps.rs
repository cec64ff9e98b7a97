//! Between sure pairs: the roots of both trees in the order that fits best, then what is below each pair.

use std::ops::Range;

use crate::compare::outline::Matching;
use crate::compare::outline::keys::{HEADING, Holding, Key, SHAPES};
use crate::comparison::Torn;

/// How much of both sides is compared each with each; beyond that a band around the diagonal is, which narrows.
const CELLS: usize = 1 << 16;
/// Cells of the band for each section of both sides.
const BAND: usize = 96;
/// What speaks for the only candidate, and for those at the same place of as many.
const ONLY: f32 = 1.5;
const SAME_PLACE: f32 = 0.75;
/// How sure a pair of different levels is.
const UNSURE: f32 = 0.6;
/// What cannot be a pair.
const NEVER: f32 = -50.0;

/// Two outlines that are being paired.
pub(super) struct Outlines<'h> {
    pub left: &'h [Holding],
    pub right: &'h [Holding],
    /// How long a text of the left page is beside the same of the right one.
    pub scale: f32,
}

/// A stretch of both outlines.
pub(super) type Stretch = (Range<u32>, Range<u32>);

/// Pairs what is left of some stretches, and says which are too different for that.
pub(super) fn pair(outlines: &Outlines<'_>, stretches: Vec<Stretch>, matching: &mut Matching) -> Vec<Torn> {
    let mut torn: Vec<Torn> = Vec::new();
    let mut open = stretches.clone();
    while let Some((left, right)) = open.pop() {
        let rows = roots(outlines.left, &left, &|at| matching.is_free_left(at));
        let columns = roots(outlines.right, &right, &|at| matching.is_free_right(at));
        if rows.is_empty() || columns.is_empty() {
            continue;
        }
        let pairs = outlines.best(&rows, &columns, matching);
        let sure = pairs.iter().filter(|(.., confidence)| *confidence >= crate::alignment::CERTAIN).count();
        let fewer = rows.len().min(columns.len());
        if fewer >= 4 && sure * 4 < fewer {
            torn.push(Torn { left, right });
            continue;
        }
        for (row, column, confidence) in pairs {
            let (l, r) = (rows[row], columns[column]);
            matching.pair(l, r, confidence);
            let below = |all: &[Holding], at: u32, bound: u32| {
                let end = all.get(at as usize).map_or(at + 1, |holding| holding.end);
                at + 1..end.min(bound)
            };
            open.push((below(outlines.left, l, left.end), below(outlines.right, r, right.end)));
        }
    }
    for (left, right) in stretches {
        if !torn.iter().any(|torn| torn.left.start < left.end && left.start < torn.left.end) {
            pair_flat(outlines, left, right, matching);
        }
    }
    torn
}

/// Pairs what no pair of its level was found for: the same section stands deeper on one page than on the other.
fn pair_flat(outlines: &Outlines<'_>, left: Range<u32>, right: Range<u32>, matching: &mut Matching) {
    let level = |all: &[Holding], at: u32| all.get(at as usize).map(|holding| holding.level);
    let mut gaps: Vec<(Vec<u32>, Vec<u32>)> = Vec::new();
    let (mut rows, mut next) = (Vec::new(), right.start);
    for at in left.clone() {
        match matching.of_left(at) {
            None => rows.push(at),
            Some(partner) if partner >= next && partner < right.end => {
                let columns = (next..partner).filter(|at| matching.is_free_right(*at)).collect();
                gaps.push((std::mem::take(&mut rows), columns));
                next = partner + 1;
            }
            Some(_) => {}
        }
    }
    gaps.push((rows, (next..right.end).filter(|at| matching.is_free_right(*at)).collect()));
    for (rows, columns) in gaps.iter().filter(|(rows, columns)| !rows.is_empty() && !columns.is_empty()) {
        for (row, column, _) in outlines.best(rows, columns, matching) {
            let (l, r) = (rows[row], columns[column]);
            if level(outlines.left, l) != level(outlines.right, r) {
                matching.pair(l, r, UNSURE);
            }
        }
    }
}

/// The sections of a range that stand in no other section of it.
fn roots(all: &[Holding], range: &Range<u32>, is_free: &dyn Fn(u32) -> bool) -> Vec<u32> {
    let mut roots = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let Some(holding) = all.get(at as usize) else { break };
        if is_free(at) {
            roots.push(at);
            at = holding.end.max(at + 1);
        } else {
            at += 1;
        }
    }
    roots
}

impl Outlines<'_> {
    /// The pairs of two lists of sections that fit best in order, each with how sure it is.
    fn best(&self, rows: &[u32], columns: &[u32], matching: &Matching) -> Vec<(usize, usize, f32)> {
        let band = Band::new(rows.len(), columns.len());
        let is_square = rows.len() == columns.len();
        let only = is_square && rows.len() == 1;
        let mut scores = vec![NEVER; band.cells()];
        for row in 0..rows.len() {
            for column in band.of(row) {
                let likeness = self.likeness(rows[row], columns[column], matching);
                let place = if only {
                    ONLY
                } else if is_square && row == column {
                    SAME_PLACE
                } else {
                    0.0
                };
                scores[band.at(row, column)] = likeness + place;
            }
        }
        let score = |row: usize, column: usize| {
            if band.of(row).contains(&column) { scores[band.at(row, column)] } else { NEVER }
        };
        let path = best_path(rows.len(), columns.len(), &band, &score);
        let square = is_square && path.iter().all(|(row, column)| row == column);
        let sure = |(row, column): (usize, usize)| {
            // Rivals stand near: what is far is told by other things.
            const NEAR: usize = 8;
            let near = |at: usize, count: usize| at.saturating_sub(NEAR)..count.min(at + NEAR + 1);
            let own = score(row, column);
            let beside =
                near(column, columns.len()).filter(|other| *other != column).map(|other| score(row, other));
            let across =
                near(row, rows.len()).filter(|other| *other != row).map(|other| score(other, column));
            let rival = beside.chain(across).fold(0.0_f32, f32::max);
            let confidence = match own - rival {
                _ if square && own >= 0.5 => 0.9,
                margin if margin >= 1.0 => 0.85,
                margin if margin >= 0.4 => 0.8,
                _ => 0.6,
            };
            (row, column, confidence)
        };
        path.into_iter().map(sure).collect()
    }

    /// Whether two sections are the same, wherever they stand.
    pub fn is_moved(&self, left: u32, right: u32, matching: &Matching) -> bool {
        const BAR: f32 = 2.0;
        self.likeness(left, right, matching) >= BAR
    }

    /// How much speaks for two sections being the same; below zero they are not.
    fn likeness(&self, left: u32, right: u32, matching: &Matching) -> f32 {
        let (Some(own), Some(theirs)) = (self.left.get(left as usize), self.right.get(right as usize)) else {
            return NEVER;
        };
        let mut score = 0.5;
        score += match (own.anchor, theirs.anchor) {
            (0, 0) => 0.0,
            (0, anchor) => anchor_likeness(anchor, own.slug),
            (anchor, 0) => anchor_likeness(anchor, theirs.slug),
            (own, theirs) if own == theirs => 8.0,
            _ => return NEVER,
        };
        if let (Some(own), Some(theirs)) = (own.role, theirs.role) {
            score += if own == theirs { 2.0 } else { -3.0 };
        }
        if own.level != theirs.level {
            score -= 1.5;
        } else if own.title && theirs.title {
            score += 3.0;
        }
        let parents = own.parent.map(|at| matching.of_left(at));
        score += match (parents, theirs.parent) {
            (Some(Some(paired)), Some(parent)) if paired == parent => 0.5,
            (Some(Some(_)), _) => -1.5,
            _ => 0.0,
        };
        score
            + keys_likeness(own, theirs)
            + shape_likeness(own, theirs)
            + length_likeness(own, theirs, self.scale)
    }
}

/// By an explicit anchor and the heading of the other section, which makes the same one unless it was changed since.
fn anchor_likeness(anchor: u64, slug: u64) -> f32 {
    if anchor == slug { 6.0 } else { -1.5 }
}

/// By what both hold, of all that one of them holds: 4 where all is shared, -4 where much is held and nothing shared.
fn keys_likeness(own: &Holding, theirs: &Holding) -> f32 {
    let (both, mine) = shared(own, theirs);
    let (_, yours) = shared(theirs, own);
    let all = both + (mine + yours - 2.0 * both).max(0.0) / 2.0;
    if all <= 0.0 {
        return 0.0;
    }
    let likeness = 8.0 * both / all - 4.0;
    // Against them speaks what both have; where one has nothing, the other may have lost it.
    let tells = if likeness > 0.0 {
        (all / 6.0).min(1.0)
    } else {
        (mine.min(yours) / 6.0).min(1.0).max((mine.max(yours) / 16.0).min(0.5))
    };
    tells * likeness
}

/// The weight of the keys that both hold, and of all that the first holds.
fn shared(own: &Holding, theirs: &Holding) -> (f32, f32) {
    let weight = |keys: &[Key], hash: u64| {
        keys.binary_search_by_key(&hash, |key| key.hash).ok().and_then(|at| keys.get(at)).map(|key| key.rare)
    };
    let (mut shared, mut all) = (0.0, 0.0);
    for key in own.own.iter().chain(&own.below) {
        let both = weight(&theirs.own, key.hash).or_else(|| weight(&theirs.below, key.hash));
        if let Some(both) = both {
            shared += f32::from(key.rare.min(both));
        }
        // A heading that differs was translated, and rows move.
        if both.is_some() || key.weight != HEADING {
            all += f32::from(key.rare);
        }
    }
    (shared, all)
}

/// By how many blocks of each kind they have.
fn shape_likeness(own: &Holding, theirs: &Holding) -> f32 {
    const WEIGHTS: [f32; SHAPES] = [1.0, 0.7, 2.0, 0.5, 2.0];
    let (mut both, mut either) = (0.0, 0.0);
    for ((own, theirs), weight) in own.shape.iter().zip(theirs.shape).zip(WEIGHTS) {
        both += weight * f32::from((*own).min(theirs));
        either += weight * f32::from((*own).max(theirs));
    }
    if either == 0.0 { 0.6 } else { 2.0 * both / either - 0.8 }
}

/// By how long their texts are.
fn length_likeness(own: &Holding, theirs: &Holding, scale: f32) -> f32 {
    const SLACK: f32 = 40.0;
    let (own, theirs) = (own.length as f32 + SLACK * scale, (theirs.length as f32 + SLACK) * scale);
    (1.0 - 1.5 * (own / theirs).ln().abs()).clamp(-2.0, 1.0)
}

/// The cells of a table that are looked at.
struct Band {
    rows: usize,
    columns: usize,
    width: usize,
}

impl Band {
    fn new(rows: usize, columns: usize) -> Self {
        let fits = rows.saturating_mul(columns) <= CELLS;
        let width = if fits { columns } else { (BAND * (rows + columns) / rows.max(1)).clamp(1, columns) };
        Self { rows, columns, width }
    }

    fn cells(&self) -> usize {
        self.rows * self.width
    }

    /// The first column of a row.
    fn start(&self, row: usize) -> usize {
        let middle = (row * self.columns) / self.rows.max(1);
        middle.saturating_sub(self.width / 2).min(self.columns - self.width)
    }

    fn of(&self, row: usize) -> Range<usize> {
        let start = self.start(row);
        start..start + self.width
    }

    fn at(&self, row: usize, column: usize) -> usize {
        row * self.width + column - self.start(row)
    }
}

/// The ascending path of cells with the highest total; cells below zero stay out.
#[allow(clippy::float_cmp, reason = "the way back compares cells with what they were copied from")]
fn best_path(
    rows: usize,
    columns: usize,
    band: &Band,
    score: &dyn Fn(usize, usize) -> f32,
) -> Vec<(usize, usize)> {
    let mut best = vec![0.0_f32; band.cells()];
    // The best of all that ends at or before a cell; beside the band it is that of the nearest cell in it.
    let known = |best: &[f32], row: Option<usize>, column: Option<usize>| {
        let (Some(row), Some(column)) = (row, column) else { return 0.0 };
        let cells = band.of(row);
        if column < cells.start { 0.0 } else { best[band.at(row, column.min(cells.end - 1))] }
    };
    for row in 0..rows {
        for column in band.of(row) {
            let skip = known(&best, row.checked_sub(1), Some(column)).max(known(
                &best,
                Some(row),
                column.checked_sub(1),
            ));
            let gain = score(row, column);
            let take = known(&best, row.checked_sub(1), column.checked_sub(1)) + gain;
            best[band.at(row, column)] = if gain > 0.0 { skip.max(take) } else { skip };
        }
    }
    let (mut row, mut column) = (rows.checked_sub(1), columns.checked_sub(1));
    let mut path = Vec::new();
    while let (Some(r), Some(c)) = (row, column) {
        let here = known(&best, Some(r), Some(c));
        if here <= 0.0 {
            break;
        }
        if here == known(&best, r.checked_sub(1), Some(c)) {
            row = r.checked_sub(1);
        } else if !band.of(r).contains(&c) || here == known(&best, Some(r), c.checked_sub(1)) {
            column = c.checked_sub(1);
        } else {
            path.push((r, c));
            (row, column) = (r.checked_sub(1), c.checked_sub(1));
        }
    }
    path.reverse();
    path
}
