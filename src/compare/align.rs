//! The alignment engine: two lists of named items, matched as sequences.
//!
//! Sure pairs (equal names, names equal but for case, names with a gloss) come first and become
//! anchors; what is left between two anchors is paired by content and order, so that inserted,
//! deleted and moved rows do not shift the rest. The same engine serves table against type, table
//! against reference table, and parameters against placeholders.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

use crate::alignment::{Alignment, Evidence, Pair};
use crate::compare::items::{Content, Kind};
use crate::compare::spelling::Spelling;
use crate::fold::{identifier_key, into_singular, is_same_identifier, split_identifier};
use crate::hash::HashMap;

/// One item of a list.
#[derive(Debug, Clone, Default)]
pub struct Item<'a> {
    /// Its name as written.
    pub name: &'a str,
    /// What it is.
    pub kind: Kind<'a>,
    content: OnceLock<Content<'a>>,
    spelling: OnceLock<Option<Spelling<'a>>>,
    words: OnceLock<Vec<String>>,
}

impl<'a> Item<'a> {
    /// An item of that kind.
    pub fn new(name: &'a str, kind: Kind<'a>) -> Self {
        Self { name, kind, content: OnceLock::new(), spelling: OnceLock::new(), words: OnceLock::new() }
    }

    /// What it says besides its name. Read on demand: most names are paired without.
    fn content(&self) -> &Content<'a> {
        self.content.get_or_init(|| self.kind.content())
    }

    /// Its name to be held against others; nothing for what is too long for a name.
    fn spelling(&self) -> Option<&Spelling<'a>> {
        self.spelling.get_or_init(|| (self.name.len() <= 128).then(|| Spelling::of(self.name))).as_ref()
    }

    /// See [`plain_words`].
    fn words(&self) -> &[String] {
        self.words.get_or_init(|| plain_words(self.name))
    }
}

/// Coarse kinds of value, enough to tell whether two rows can be the same property.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Class {
    Text,
    Number,
    Boolean,
    Time,
    List,
    Map,
    Object,
}

/// What the engine may assume about its two lists.
pub struct Terms<'a> {
    /// How far the order of unpaired items can be trusted, 0 to 1: near 1 for two languages of one
    /// table, lower for a table against a type.
    pub order: f32,
    /// The English words, lower case, that a left name in another language may stand for.
    pub words: &'a dyn Fn(&str) -> Arc<[String]>,
}

/// Up to so many candidate pairs, names are held against each other one by one.
const FEW_PAIRS: usize = 256;
/// Gaps with more candidate pairs than this are paired by order alone, to stay linear.
const LARGEST_GAP: usize = 40_000;

/// Aligns two lists.
pub fn align(left: &[Item<'_>], right: &[Item<'_>], terms: &Terms<'_>) -> Alignment {
    let twins = twins(left, right);
    let mut matching = by_name(left, right, &twins);
    if !twins.is_empty() {
        pair_twins(&mut matching, left, right, &twins);
    }
    if matching.is_done() {
        return matching.finish();
    }
    pair_glossed(&mut matching, left, right);
    let lists = Lists { left, right, words: vec![OnceCell::new(); left.len()], terms };
    pair_translated(&mut matching, &lists);
    let anchors = matching.anchors();
    let order = terms.order * anchors.trust;
    for gap in &anchors.gaps {
        let order = order * gap.firmness(left.len(), right.len(), anchors.sure);
        pair_gap(&mut matching, &lists, gap, order);
    }
    pair_leftovers(&mut matching, &lists);
    matching.finish()
}

/// Aligns two lists by their names alone: equal ones, and those equal but for case.
pub fn align_names(left: &[Item<'_>], right: &[Item<'_>]) -> Alignment {
    by_name(left, right, &HashMap::default()).finish()
}

/// The names that a list has several times and the other not as often, each with its counts: the first need not be the
/// first of the other list.
fn twins<'n>(left: &'n [Item<'_>], right: &'n [Item<'_>]) -> HashMap<&'n str, [usize; 2]> {
    let mut counts: HashMap<&str, [usize; 2]> = HashMap::default();
    let is_same = left.len() == right.len() && left.iter().zip(right).all(|(l, r)| l.name == r.name);
    if is_same {
        return counts;
    }
    let names = left.iter().map(|item| (0, item.name)).chain(right.iter().map(|item| (1, item.name)));
    for (side, name) in names {
        counts.entry(name).or_default()[side] += 1;
    }
    counts.retain(|name, [left, right]| {
        !name.is_empty() && *left > 0 && *right > 0 && left != right && (*left > 1 || *right > 1)
    });
    counts
}

/// Pairs twins where as many stand between two anchors in one list as in the other; the rest in their order, unless
/// their names are spelled otherwise there.
fn pair_twins(
    matching: &mut Matching,
    left: &[Item<'_>],
    right: &[Item<'_>],
    twins: &HashMap<&str, [usize; 2]>,
) {
    for gap in matching.anchors().gaps {
        let mut places: HashMap<&str, [Vec<usize>; 2]> = HashMap::default();
        let lefts = gap.left.iter().map(|at| (0, *at, left[*at].name));
        let rights = gap.right.iter().map(|at| (1, *at, right[*at].name));
        for (side, at, name) in lefts.chain(rights).filter(|(.., name)| twins.contains_key(name)) {
            places.entry(name).or_default()[side].push(at);
        }
        for [lefts, rights] in places.into_values().filter(|[lefts, rights]| lefts.len() == rights.len()) {
            for (l, r) in lefts.into_iter().zip(rights) {
                matching.pair(l, r, Evidence::EXACT, 1.0);
            }
        }
        // What is not paired yet stands at its place in a gap of one length.
        if gap.left.len() == gap.right.len() {
            let twin = |at: usize, other: usize| {
                left[at].name == right[other].name && twins.contains_key(left[at].name)
            };
            for (l, r) in gap.left.iter().zip(&gap.right).filter(|(l, r)| twin(**l, **r)) {
                if matching.of_left[*l].is_none() && matching.of_right[*r].is_none() {
                    matching.pair(*l, *r, Evidence::EXACT, 1.0);
                }
            }
        }
    }
    // The rest in their order, as many as there are of both.
    let mut rights: HashMap<&str, Vec<usize>> = HashMap::default();
    for at in matching.free_right().filter(|at| twins.contains_key(right[*at].name)) {
        rights.entry(right[at].name).or_default().push(at);
    }
    let lefts: Vec<usize> = matching.free_left().collect();
    let mut rights: HashMap<&str, _> = rights.into_iter().map(|(name, at)| (name, at.into_iter())).collect();
    for at in lefts {
        if let Some(partner) = rights.get_mut(left[at].name).and_then(Iterator::next) {
            matching.pair(at, partner, Evidence::EXACT, 1.0);
        }
    }
}

/// Pairs equal names, and names equal but for case.
fn by_name(left: &[Item<'_>], right: &[Item<'_>], twins: &HashMap<&str, [usize; 2]>) -> Matching {
    let mut matching = Matching::new(left.len(), right.len());
    if left.len() == right.len() && left.iter().zip(right).all(|(l, r)| l.name == r.name) {
        (0..left.len()).for_each(|at| matching.pair(at, at, Evidence::EXACT, 1.0));
        return matching;
    }
    let few = left.len() * right.len() <= FEW_PAIRS;
    if few {
        let equal = |name: &str, other: &str| name == other && !name.is_empty() && !twins.contains_key(name);
        pair_each(&mut matching, left, right, Evidence::EXACT, 1.0, equal);
    } else {
        let key = |name| if twins.contains_key(name) { Cow::Borrowed("") } else { Cow::Borrowed(name) };
        pair_equal(&mut matching, left, right, Evidence::EXACT, 1.0, key);
    }
    if matching.is_done() {
        return matching;
    }
    if few {
        let equal = |name: &str, other: &str| {
            is_same_identifier(name, other)
                && !identifier_key(name).is_empty()
                && ![name, other].iter().any(|name| twins.contains_key(name))
        };
        pair_each(&mut matching, left, right, Evidence::CASE, 0.98, equal);
    } else {
        let key = |name| if twins.contains_key(name) { Cow::Borrowed("") } else { identifier_key(name) };
        pair_equal(&mut matching, left, right, Evidence::CASE, 0.98, key);
    }
    matching
}

/// Both lists, with the words of left names where those were asked for.
struct Lists<'l, 'a, 'b> {
    left: &'l [Item<'a>],
    right: &'l [Item<'b>],
    words: Vec<OnceCell<Arc<[String]>>>,
    terms: &'l Terms<'l>,
}

impl Lists<'_, '_, '_> {
    /// What a left name may stand for.
    fn left_words(&self, at: usize) -> &[String] {
        self.words[at].get_or_init(|| (self.terms.words)(self.left[at].name))
    }
}

/// Pairs under construction.
struct Matching {
    of_left: Vec<Option<(u32, Evidence, f32)>>,
    of_right: Vec<Option<u32>>,
}

/// The stretches between sure pairs, and how far order can be trusted.
struct Anchors {
    gaps: Vec<Gap>,
    trust: f32,
    sure: usize,
}

/// Unpaired items between two anchors.
struct Gap {
    left: Vec<usize>,
    right: Vec<usize>,
    /// Whether there is an anchor on both sides.
    inner: bool,
}

impl Gap {
    /// How much the place of this gap says about order: all in lists of equal length; less where few items are
    /// sure, and at the ends of lists of different lengths, where anything may be missing.
    fn firmness(&self, left: usize, right: usize, sure: usize) -> f32 {
        if left == right {
            return 1.0;
        }
        let known = (sure as f32 / left as f32).sqrt();
        if self.inner { known } else { 0.5 * known }
    }
}

impl Matching {
    fn new(left: usize, right: usize) -> Self {
        Self { of_left: vec![None; left], of_right: vec![None; right] }
    }

    fn pair(&mut self, left: usize, right: usize, evidence: Evidence, confidence: f32) {
        self.of_left[left] = Some((right as u32, evidence, confidence));
        self.of_right[right] = Some(left as u32);
    }

    /// Whether one side has nothing left to pair.
    fn is_done(&self) -> bool {
        self.free_left().next().is_none() || self.free_right().next().is_none()
    }

    fn free_left(&self) -> impl Iterator<Item = usize> + '_ {
        self.of_left.iter().enumerate().filter(|(_, pair)| pair.is_none()).map(|(at, _)| at)
    }

    fn free_right(&self) -> impl Iterator<Item = usize> + '_ {
        self.of_right.iter().enumerate().filter(|(_, pair)| pair.is_none()).map(|(at, _)| at)
    }

    /// The longest run of pairs that ascends on both sides; pairs off it were moved.
    fn anchors(&self) -> Anchors {
        let pairs: Vec<(usize, usize)> =
            self.of_left.iter().enumerate().filter_map(|(l, p)| p.map(|(r, ..)| (l, r as usize))).collect();
        let kept = longest_ascent(&pairs);
        let trust = if pairs.len() < 3 { 1.0 } else { kept.len() as f32 / pairs.len() as f32 };
        let bounds = std::iter::once(None).chain(kept.iter().copied().map(Some));
        let ends = kept.iter().copied().map(Some).chain(std::iter::once(None));
        let gaps = bounds
            .zip(ends)
            .map(|(start, end)| {
                let (l0, r0) = start.map_or((0, 0), |(l, r)| (l + 1, r + 1));
                let (l1, r1) = end.unwrap_or((self.of_left.len(), self.of_right.len()));
                Gap {
                    inner: start.is_some() && end.is_some(),
                    left: (l0..l1).filter(|at| self.of_left[*at].is_none()).collect(),
                    right: (r0..r1).filter(|at| self.of_right[*at].is_none()).collect(),
                }
            })
            .filter(|gap| !gap.left.is_empty() && !gap.right.is_empty())
            .collect();
        Anchors { gaps, trust, sure: pairs.len() }
    }

    fn finish(self) -> Alignment {
        let mut alignment =
            Alignment { pairs: Vec::with_capacity(self.of_left.len()), ..Alignment::default() };
        for (left, pair) in self.of_left.iter().enumerate() {
            match *pair {
                Some((right, evidence, confidence)) => {
                    alignment.pairs.push(Pair { left: left as u32, right, evidence, confidence });
                }
                None => alignment.left_only.push(left as u32),
            }
        }
        alignment.right_only = self.free_right().map(|at| at as u32).collect();
        alignment
    }
}

/// Longest subsequence of `pairs` (ascending on the left) that ascends on the right too.
fn longest_ascent(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut previous = vec![usize::MAX; pairs.len()];
    for (at, (_, right)) in pairs.iter().enumerate() {
        let length = tails.partition_point(|tail| pairs[*tail].1 < *right);
        if length > 0 {
            previous[at] = tails[length - 1];
        }
        if length == tails.len() {
            tails.push(at);
        } else {
            tails[length] = at;
        }
    }
    let mut kept = Vec::with_capacity(tails.len());
    let mut at = tails.last().copied().unwrap_or(usize::MAX);
    while at != usize::MAX {
        kept.push(pairs[at]);
        at = previous[at];
    }
    kept.reverse();
    kept
}

/// Pairs free items whose names are `equal`, the first with the first.
fn pair_each(
    matching: &mut Matching,
    left: &[Item<'_>],
    right: &[Item<'_>],
    evidence: Evidence,
    confidence: f32,
    equal: impl Fn(&str, &str) -> bool,
) {
    for (at, item) in left.iter().enumerate() {
        if matching.of_left[at].is_some() {
            continue;
        }
        let partner = matching.free_right().find(|partner| equal(item.name, right[*partner].name));
        if let Some(partner) = partner {
            matching.pair(at, partner, evidence, confidence);
        }
    }
}

/// [`pair_each`] by keys that are equal where names are, for many items.
fn pair_equal<'n>(
    matching: &mut Matching,
    left: &'n [Item<'_>],
    right: &'n [Item<'_>],
    evidence: Evidence,
    confidence: f32,
    key: impl Fn(&'n str) -> Cow<'n, str>,
) {
    let keyed = |items: &'n [Item<'_>], free: &mut dyn Iterator<Item = usize>| {
        let mut keyed: Vec<(Cow<'n, str>, usize)> = Vec::with_capacity(items.len());
        keyed.extend(free.map(|at| (key(items[at].name), at)).filter(|(key, _)| !key.is_empty()));
        keyed.sort_unstable();
        keyed
    };
    let rights = keyed(right, &mut matching.free_right());
    let lefts = keyed(left, &mut matching.free_left());
    let mut rights = rights.iter().peekable();
    let mut lefts = lefts.iter().peekable();
    while let (Some((l, at)), Some((r, partner))) = (lefts.peek(), rights.peek()) {
        let order = l.cmp(r);
        if order == Ordering::Equal {
            matching.pair(*at, *partner, evidence, confidence);
        }
        if order != Ordering::Greater {
            lefts.next();
        }
        if order != Ordering::Less {
            rights.next();
        }
    }
}

/// Pairs a left name such as `termDuration (kifejezés)` with the one free right name it holds as a word.
fn pair_glossed(matching: &mut Matching, left: &[Item<'_>], right: &[Item<'_>]) {
    let mut free: HashMap<&str, usize> = HashMap::default();
    for at in matching.free_right() {
        free.entry(right[at].name).or_insert(at);
    }
    if free.is_empty() {
        return;
    }
    let candidates: Vec<usize> = matching.free_left().collect();
    for at in candidates {
        let words = identifier_words(left[at].name);
        if words.len() < 2 {
            continue;
        }
        let mut held: Vec<usize> = words.iter().filter_map(|word| free.get(word).copied()).collect();
        held.dedup();
        if let [partner] = held.as_slice() {
            free.remove(right[*partner].name);
            matching.pair(at, *partner, Evidence::GLOSS, 0.95);
        }
    }
}

/// Pairs a left name with the one free right name that its words translate to completely, if no other
/// left name does: such a pair is sure enough to order the rest by.
fn pair_translated(matching: &mut Matching, lists: &Lists<'_, '_, '_>) {
    let Lists { left, right, .. } = *lists;
    let rows: Vec<usize> = matching.free_left().collect();
    let columns: Vec<usize> = matching.free_right().collect();
    if rows.is_empty() || columns.is_empty() || rows.len() * columns.len() > LARGEST_GAP {
        return;
    }
    let rows: Vec<usize> = rows.into_iter().filter(|row| !lists.left_words(*row).is_empty()).collect();
    if rows.is_empty() {
        return;
    }
    let wanted: Vec<&[String]> = columns.iter().map(|at| right[*at].words()).collect();
    let mut suitors: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    for row in rows {
        let words = lists.left_words(row);
        let tokens = split_identifier(left[row].name).count();
        // `id` is not what most of `catalogueItemId` says.
        let whole =
            |wanted: &[String]| wanted.len() * 2 > tokens && wanted.iter().all(|word| words.contains(word));
        let longest = wanted.iter().filter(|wanted| whole(wanted)).map(|words| words.len()).max();
        for (suitors, _) in
            suitors.iter_mut().zip(&wanted).filter(|(_, words)| whole(words) && Some(words.len()) == longest)
        {
            suitors.push(row);
        }
    }
    for (column, suitors) in columns.iter().zip(&suitors) {
        let [row] = suitors.as_slice() else { continue };
        let (points, evidence) = content(&left[*row], &[], &right[*column], &[]);
        // A wrong type costs 2.5: it does not outweigh a whole name.
        if points > -3.0 && matching.of_left[*row].is_none() {
            matching.pair(*row, *column, evidence.with(Evidence::WORDS), 0.93);
        }
    }
}

/// The stretches of `name` that could be identifiers of their own.
pub fn identifier_words(name: &str) -> Vec<&str> {
    let part_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '@');
    name.split(|c| !part_of_name(c)).filter(|word| !word.is_empty()).collect()
}

/// How well two items fit, order aside, and what speaks for it. Zero is no opinion.
fn content(
    left: &Item<'_>,
    left_words: &[String],
    right: &Item<'_>,
    right_words: &[String],
) -> (f32, Evidence) {
    let mut evidence = Evidence::default();
    let mut points = 0.0;
    let words = word_likeness(left_words, right_words);
    if words > 0.3 {
        evidence = evidence.with(Evidence::WORDS);
    }
    points += if words >= 0.0 { 5.0 * words } else { 1.5 * words };
    if let Some(spelling) = spelling(left, right) {
        evidence = evidence.with(Evidence::SPELLING);
        points += 8.0 * (spelling - 0.55);
    }
    let (left, right) = (left.content(), right.content());
    match (left.class, right.class) {
        (Some(l), Some(r)) if l == r => {
            if l == Class::Text {
                points += 0.3;
            } else {
                evidence = evidence.with(Evidence::TYPE);
                points += 1.5;
            }
        }
        (Some(l), Some(r)) => points -= if kin(l, r) { 0.0 } else { 2.5 },
        _ => {}
    }
    if left.marks.iter().any(|mark| right.marks.contains(mark)) {
        evidence = evidence.with(Evidence::MARKS);
        points += 2.5;
    }
    (points, evidence)
}

/// How well the words of two names agree, 0 to 1; negative if the left ones are known and say something
/// else, 0 if nothing is known of them.
pub(super) fn word_likeness(left: &[String], right: &[String]) -> f32 {
    if left.is_empty() || right.is_empty() {
        return 0.0;
    }
    let shared = right.iter().filter(|word| left.contains(word)).count() as f32;
    if shared == 0.0 {
        return -0.4;
    }
    let held = left.iter().filter(|word| right.contains(word)).count() as f32;
    0.6 * shared / right.len() as f32 + 0.4 * held / left.len() as f32
}

/// The words of an identifier, lower case, singular.
pub fn plain_words(name: &str) -> Vec<String> {
    let lower = |word: &str| if word.is_ascii() { word.to_ascii_lowercase() } else { word.to_lowercase() };
    split_identifier(name).take(16).map(|word| into_singular(lower(word))).collect()
}

/// Classes that documentation mixes up without meaning another property.
fn kin(left: Class, right: Class) -> bool {
    let pair = (left.min(right), left.max(right));
    matches!(
        pair,
        (Class::Text, Class::Time | Class::Number | Class::Object)
            | (Class::List, Class::Map | Class::Object)
            | (Class::Map, Class::Object)
    )
}

/// Similarity of two names, case and separators aside, if they are spelled alike at all.
fn spelling(left: &Item<'_>, right: &Item<'_>) -> Option<f32> {
    left.spelling()?.likeness(right.spelling()?, 0.7).map(|likeness| likeness as f32)
}

/// Pairs the items of one gap: best total of content and order, partners ascending on both sides.
fn pair_gap(matching: &mut Matching, lists: &Lists<'_, '_, '_>, gap: &Gap, order: f32) {
    let (rows, columns) = (gap.left.len(), gap.right.len());
    let same_size = rows == columns;
    if rows * columns > LARGEST_GAP {
        if same_size && order > 0.9 {
            for (l, r) in gap.left.iter().zip(&gap.right) {
                matching.pair(*l, *r, Evidence::ORDER, 0.6);
            }
        }
        return;
    }
    let table = contents(lists, &gap.left, &gap.right);
    let ordinal = |row: usize, column: usize| {
        if same_size {
            if row == column { 2.5 * order } else { 0.0 }
        } else {
            let place = |at: usize, of: usize| (at as f32 + 0.5) / of as f32;
            (1.0 - 2.0 * (place(row, rows) - place(column, columns)).abs()) * order
        }
    };
    let score = |row: usize, column: usize| table[row * columns + column].0 + ordinal(row, column);
    for (row, column) in best_path(rows, columns, score) {
        let (points, evidence) = table[row * columns + column];
        let rival = (0..columns)
            .filter(|other| *other != column)
            .map(|other| table[row * columns + other].0)
            .chain((0..rows).filter(|other| *other != row).map(|other| table[other * columns + column].0))
            .fold(f32::NEG_INFINITY, f32::max);
        let margin = (points - rival).min(4.0);
        let in_order = same_size && row == column && points > -1.0;
        let by_order = if in_order { order * if rows == 1 { 0.9 } else { 0.88 } } else { 0.0 };
        let by_content = confidence(points + 0.5 * margin - 1.5);
        let both = 1.0 - (1.0 - by_order) * (1.0 - by_content);
        let evidence = if in_order { evidence.with(Evidence::ORDER) } else { evidence };
        matching.pair(gap.left[row], gap.right[column], evidence, both);
    }
}

/// [`content`] of every pair of the given items, row by row.
fn contents(lists: &Lists<'_, '_, '_>, rows: &[usize], columns: &[usize]) -> Vec<(f32, Evidence)> {
    let mut table = Vec::with_capacity(rows.len() * columns.len());
    for row in rows {
        let (left, words) = (&lists.left[*row], lists.left_words(*row));
        for column in columns {
            // Words are only held against words.
            let their_words = if words.is_empty() { &[] } else { lists.right[*column].words() };
            table.push(content(left, words, &lists.right[*column], their_words));
        }
    }
    table
}

/// Log-odds to probability.
fn confidence(points: f32) -> f32 {
    1.0 / (1.0 + (-points).exp())
}

/// The ascending path of cells with the highest total; cells below the bar stay out.
#[allow(clippy::float_cmp, reason = "the way back compares cells with what they were copied from")]
fn best_path(rows: usize, columns: usize, score: impl Fn(usize, usize) -> f32) -> Vec<(usize, usize)> {
    const BAR: f32 = 0.6;
    let width = columns + 1;
    let mut best = vec![0.0_f32; (rows + 1) * width];
    for row in 1..=rows {
        for column in 1..=columns {
            let skip = best[(row - 1) * width + column].max(best[row * width + column - 1]);
            let gain = score(row - 1, column - 1) - BAR;
            let take =
                if gain > 0.0 { best[(row - 1) * width + column - 1] + gain } else { f32::NEG_INFINITY };
            best[row * width + column] = skip.max(take);
        }
    }
    let (mut row, mut column) = (rows, columns);
    let mut path = Vec::new();
    while row > 0 && column > 0 {
        let here = best[row * width + column];
        if here == best[(row - 1) * width + column] {
            row -= 1;
        } else if here == best[row * width + column - 1] {
            column -= 1;
        } else {
            path.push((row - 1, column - 1));
            row -= 1;
            column -= 1;
        }
    }
    path.reverse();
    path
}

/// Pairs what order kept apart (moved rows) where the content alone is strong.
fn pair_leftovers(matching: &mut Matching, lists: &Lists<'_, '_, '_>) {
    const STRONG: f32 = 2.6;
    let rows: Vec<usize> = matching.free_left().collect();
    let columns: Vec<usize> = matching.free_right().collect();
    if rows.is_empty() || columns.is_empty() || rows.len() * columns.len() > LARGEST_GAP {
        return;
    }
    let table = contents(lists, &rows, &columns);
    let mut candidates: Vec<(f32, Evidence, usize, usize)> = rows
        .iter()
        .flat_map(|l| columns.iter().map(move |r| (*l, *r)))
        .zip(table)
        .filter_map(|((l, r), (points, evidence))| {
            let named = evidence.any(Evidence::WORDS.with(Evidence::SPELLING).with(Evidence::MARKS));
            (points >= STRONG && named).then_some((points, evidence, l, r))
        })
        .collect();
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)).then(a.3.cmp(&b.3)));
    for (points, evidence, l, r) in candidates {
        if matching.of_left[l].is_none() && matching.of_right[r].is_none() {
            matching.pair(l, r, evidence, confidence(points - 2.0));
        }
    }
}
