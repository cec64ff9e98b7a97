//! Findings in groups, worst group first; equal findings on several pages are one entry.

use std::cmp::Reverse;

use super::View;
use super::summary::counted;
use crate::finding::{Finding, Safety, Severity};
use crate::hash::HashMap;

/// What the findings of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupBy {
    /// The page.
    Page,
    /// The rule.
    Rule,
    /// The locale of the page.
    Locale,
}

/// Fewer equal findings are shown one by one.
const EQUAL: usize = 3;

/// Findings that have something in common.
pub(super) struct Group<'a> {
    name: String,
    /// Errors, warnings, notes.
    counts: [usize; 3],
    fixable: usize,
    /// In their order.
    pub entries: Vec<Entry<'a>>,
}

/// A finding, and those that say the same of other pages.
pub(super) struct Entry<'a> {
    pub finding: &'a Finding,
    pub same: Vec<&'a Finding>,
}

impl Group<'_> {
    /// `docs/fr/cart.md: 12 findings, 9 with a safe fix`.
    pub fn title(&self) -> String {
        let all = counted(self.counts.iter().sum(), "finding");
        match self.fixable {
            0 => format!("{}: {all}", self.name),
            count => format!("{}: {all}, {count} with a safe fix", self.name),
        }
    }
}

/// Whether `docdrift fix` applies the fix of a finding.
pub(super) fn is_fixable(finding: &Finding) -> bool {
    finding.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe)
}

/// The findings that are shown, in groups: those with the most errors first, then the most warnings.
pub(super) fn groups<'a>(view: &View<'a>, by: GroupBy) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::default();
    for entry in folded(&view.outcome.findings) {
        let name = name(view, entry.finding, by);
        let at = *known.entry(name).or_insert_with_key(|name| {
            groups.push(Group { name: name.clone(), counts: [0; 3], fixable: 0, entries: Vec::new() });
            groups.len() - 1
        });
        groups[at].entries.push(entry);
    }
    // Those that are not shown count, too.
    for finding in view.outcome.all() {
        let Some(group) = known.get(&name(view, finding, by)).and_then(|at| groups.get_mut(*at)) else {
            continue;
        };
        group.counts[Severity::Error as usize - finding.severity as usize] += 1;
        group.fixable += usize::from(is_fixable(finding));
    }
    groups.sort_by_key(|group| Reverse(group.counts));
    groups
}

/// What the group of a finding is called.
fn name(view: &View<'_>, finding: &Finding, by: GroupBy) -> String {
    let page = view.pages.get(finding.file().0 as usize);
    match by {
        GroupBy::Rule => finding.rule.to_owned(),
        GroupBy::Page => page.map_or_else(String::new, |page| page.source.path.clone()),
        GroupBy::Locale => {
            let locale = page.and_then(|page| page.source.locale.as_ref());
            locale.map_or_else(|| "no locale".to_owned(), |locale| locale.as_str().to_owned())
        }
    }
}

/// The findings, those that say the same of several pages as one.
fn folded(findings: &[Finding]) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut first: HashMap<(&str, &str, &str), usize> = HashMap::default();
    for finding in findings {
        let key = (finding.rule, finding.message.as_str(), finding.found.as_str());
        let at = *first.entry(key).or_insert(entries.len());
        match entries.get_mut(at) {
            Some(entry) if entry.finding.file() != finding.file() => entry.same.push(finding),
            _ => entries.push(Entry { finding, same: Vec::new() }),
        }
    }
    entries.into_iter().flat_map(unfolded).collect()
}

/// An entry as it is, or its findings one by one if they are few.
fn unfolded(entry: Entry<'_>) -> Vec<Entry<'_>> {
    if entry.same.len() + 1 >= EQUAL {
        return vec![entry];
    }
    let all = std::iter::once(entry.finding).chain(entry.same);
    all.map(|finding| Entry { finding, same: Vec::new() }).collect()
}
