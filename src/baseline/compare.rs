//! Which findings a baseline holds back, and which of its entries hold back nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::baseline::record::{keys, near};
use crate::baseline::{Baseline, Entry, Key, Names};
use crate::facts::Page;
use crate::finding::{Finding, Severity};
use crate::hash::HashMap;
use crate::outcome::Outcome;
use crate::rules::{self, Report, Stale};
use crate::text::{FileId, Span};

/// What became of findings and entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// By finding: whether it is known.
    pub held: Vec<bool>,
    /// Entries, by their position, that hold back more than there is, and how much there is.
    pub stale: Vec<(usize, u32)>,
}

/// Compares findings with a baseline. A finding that lists several things is held back if all of them are known.
pub fn hold_back(findings: &[Finding], pages: &[Page], names: &Names, baseline: &Baseline) -> Verdict {
    let mut known: BTreeMap<&Key, (u32, Vec<u32>)> = BTreeMap::new();
    for Entry { key, known: entry, .. } in &baseline.entries {
        let (count, near) = known.entry(key).or_default();
        *count = count.saturating_add(entry.count);
        near.extend(&entry.near);
    }
    let mut found: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        for (key, _) in keys(finding, names) {
            found.entry(key).or_default().push(at);
        }
    }
    let mut held = vec![true; findings.len()];
    for (key, same) in &found {
        let (count, places) = known.get(key).map_or((0, &[][..]), |(count, near)| (*count, near.as_slice()));
        for at in new_ones(same, count as usize, places, |at| near(&findings[at], pages)) {
            held[at] = false;
        }
    }
    let mut left: BTreeMap<&Key, u32> = found.iter().map(|(key, same)| (key, same.len() as u32)).collect();
    let mut stale = Vec::new();
    for (at, Entry { key, known, .. }) in baseline.entries.iter().enumerate() {
        let there = left.entry(key).or_default();
        let taken = known.count.min(*there);
        *there -= taken;
        if taken < known.count {
            stale.push((at, taken));
        }
    }
    Verdict { held, stale }
}

/// Those of equal findings that are not among so many known ones: first the known ones are told by what stands around
/// them, then by their order.
fn new_ones(same: &[usize], count: usize, known: &[u32], near: impl Fn(usize) -> u32) -> Vec<usize> {
    if same.len() <= count {
        return Vec::new();
    }
    let mut places: HashMap<u32, usize> = HashMap::default();
    for place in known.iter().take(count) {
        *places.entry(*place).or_default() += 1;
    }
    let mut room = count;
    let mut strange = Vec::new();
    for at in same {
        match places.get_mut(&near(*at)).filter(|left| **left > 0) {
            Some(left) => {
                *left -= 1;
                room -= 1;
            }
            None => strange.push(*at),
        }
    }
    strange.split_off(room)
}

/// Takes out of an outcome what a baseline holds back. Returns the entries that hold back more than there is, as
/// [`Verdict::stale`].
pub fn apply(outcome: &mut Outcome, pages: &[Page], names: &Names, baseline: &Baseline) -> Vec<(usize, u32)> {
    let Verdict { held, stale } = hold_back(&outcome.findings, pages, names, baseline);
    let mut held = held.into_iter();
    let before = outcome.findings.len();
    outcome.findings.retain(|_| held.next() == Some(false));
    outcome.held_back = Some(before - outcome.findings.len());
    stale
}

/// The findings about stale entries, in the baseline's file `file`.
pub fn stale(baseline: &Baseline, stale: &[(usize, u32)], file: FileId, severity: Severity) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(rule) = rules::find("stale-baseline") else { return findings };
    let edits = edits(baseline, stale);
    for ((at, left), edit) in stale.iter().zip(edits) {
        let Entry { key, known, span, .. } = &baseline.entries[*at];
        let stale = Stale {
            span: *span,
            page: &key.page,
            rule: &key.rule,
            subject: &known.subject,
            count: known.count,
            left: *left,
            edit,
        };
        stale.report(&mut Report::new(rule, severity, file, &mut findings));
    }
    findings
}

/// What makes each stale entry true. An entry goes with the comma on the side of the first entry that stays, so that
/// the edits never meet.
fn edits(baseline: &Baseline, stale: &[(usize, u32)]) -> Vec<(Span, String)> {
    let entries = &baseline.entries;
    let gone: BTreeSet<usize> = stale.iter().filter(|(_, left)| *left == 0).map(|(at, _)| *at).collect();
    let stays = (0..entries.len()).find(|at| !gone.contains(at)).unwrap_or(0);
    let edit = |(at, left): &(usize, u32)| {
        let span = entries[*at].span;
        if *left > 0 {
            return (entries[*at].count, left.to_string());
        }
        let whole = match (at.checked_sub(1), entries.get(at + 1)) {
            (_, Some(next)) if *at < stays => Span::new(span.start, next.span.start),
            (Some(before), _) if *at > stays => Span::new(entries[before].span.end, span.end),
            _ => span,
        };
        (whole, String::new())
    };
    stale.iter().map(edit).collect()
}
