//! Values of two sets.

use std::collections::{BTreeSet, HashMap};

use super::Differ;
use super::change::{Aspect, Breaks, Change, Kind, Orders, Side, Subject};
use super::notation;
use super::pair::match_up;
use super::travel::Travel;
use crate::compare::spelling::likeness;
use crate::schema::{Enum, Member};

/// From how much likeness on two values are one that is spelled otherwise.
const ALIKE: f64 = 0.75;

/// Whether other values came or went as a whole. Documentation does not say.
pub fn open(old: &Enum, new: &Enum, travel: Travel, is_told_apart: bool) -> Option<Aspect> {
    match (old.open, new.open) {
        _ if is_told_apart => None,
        (false, true) => {
            Some(Aspect::new(Kind::Opened, travel.bound(Breaks { readers: true, writers: false })))
        }
        (true, false) => {
            Some(Aspect::new(Kind::Closed, travel.bound(Breaks { readers: false, writers: true })))
        }
        _ => None,
    }
}

impl Differ<'_> {
    /// Values that came, went or changed.
    pub(super) fn values(&mut self, owner: &str, old: &Enum, new: &Enum, travel: Travel) {
        let partners = partners(old, new);
        let orders = Orders::new(&partners, new.members.len());
        let taken: BTreeSet<usize> = partners.iter().flatten().copied().collect();
        let side = |member: &Member| Side { text: notation::member(member), place: member.place };
        for (at, (member, partner)) in old.members.iter().zip(&partners).enumerate() {
            let pair = partner.and_then(|partner| Some((partner, new.members.get(partner)?)));
            let Some((partner, other)) = pair else {
                let breaks = travel.bound(Breaks { readers: false, writers: !new.open });
                let aspect = Aspect::new(Kind::Removed, breaks);
                let change = Change::alone(Subject::Value, owner, &member.value, side(member), aspect);
                self.found.changes.push(Change { order: orders.removed(at), ..change });
                continue;
            };
            if is_same(member, other) {
                continue;
            }
            let is_read = other.aliases.contains(&member.value);
            let breaks = Breaks { readers: !old.open, writers: !new.open && !is_read };
            self.found.changes.push(Change {
                subject: Subject::Value,
                owner: owner.to_owned(),
                item: other.value.clone(),
                before: Some(side(member)),
                after: Some(side(other)),
                aspects: vec![Aspect::between(
                    Kind::Renamed,
                    &member.value,
                    &other.value,
                    travel.bound(breaks),
                )],
                order: Orders::pair(at, partner),
            });
        }
        for (at, member) in new.members.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
            let breaks = travel.bound(Breaks { readers: !old.open, writers: false });
            let aspect = Aspect::new(Kind::Added, breaks);
            let change = Change::alone(Subject::Value, owner, &member.value, side(member), aspect);
            self.found.changes.push(Change { order: orders.added(at), ..change });
        }
    }
}

/// Documentation lists values as on the wire or as in code.
fn is_same(old: &Member, new: &Member) -> bool {
    old.value == new.value
        || (new.origin.is_some() && old.origin.is_none() && old.declared == new.value)
        || (old.origin.is_some() && new.origin.is_none() && new.declared == old.value)
}

/// The new member that each old one became.
fn partners(old: &Enum, new: &Enum) -> Vec<Option<usize>> {
    let mut by_value: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, member) in new.members.iter().enumerate().rev() {
        by_value.entry(&member.value).or_default().push(at);
    }
    // A value that is listed twice has two partners, if there are so many.
    let equal = |member: &Member| by_value.get_mut(member.value.as_str())?.pop();
    let mut partners: Vec<Option<usize>> = old.members.iter().map(equal).collect();
    match_up(
        &old.members,
        &new.members,
        &mut partners,
        &[
            &is_same,
            &|old, new| new.aliases.contains(&old.value) || old.aliases.contains(&new.value),
            &|old, new| old.declared != old.value && old.declared == new.declared,
            &|old, new| likeness(&old.value, &new.value, ALIKE).is_some(),
        ],
    );
    partners
}
