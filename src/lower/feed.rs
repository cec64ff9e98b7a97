//! Examples, walked along the types they have: what is seen of each property is kept with its type.
//!
//! An object without a documented type is told by its keys, or becomes a nameless one. Absent here: which
//! example belongs to which operation, and what becomes of what is seen.

use std::cmp::Reverse;
use std::collections::{HashMap, VecDeque};

use crate::fold::identifier_key;
use crate::json::{NodeId, NodeKind};
use crate::lower::resolve::Types;
use crate::lower::shown::{Shown, ShownObject};
use crate::lower::types::Draft;
use crate::normalize::bodies::Body;
use crate::schema::Type;
use crate::text::{FileId, Place};

/// Nameless objects nested deeper than this are not looked into.
const DEEPEST: usize = 48;
/// Keys of an object from which on they alone may tell its type.
const TELLING_KEYS: usize = 3;
/// More candidates for one object are not tried.
const MOST_CANDIDATES: usize = 16;

/// A body, the page it stands on, and the types that the prose around it names.
pub(super) struct Sample<'s> {
    pub body: Body<'s>,
    pub file: FileId,
    pub locale: &'s str,
    /// Whether another page gives the same example: where it differs it is damaged.
    pub is_echo: bool,
    /// Positions of types, likeliest first.
    pub hints: Vec<usize>,
    /// Types that the body as a whole has only if they have all of its keys.
    pub guesses: Vec<usize>,
}

/// What has been seen of each type so far.
pub(super) struct Feeder<'f> {
    types: &'f Types<'f>,
    drafts: &'f [Draft],
    /// By type.
    pub seen: Vec<ShownObject>,
    /// By key of a property: the types it has elsewhere, the most frequent first.
    elsewhere: HashMap<String, Vec<usize>>,
    /// Objects of a known type that are still to be looked into.
    pending: VecDeque<(NodeId, usize)>,
}

impl<'f> Feeder<'f> {
    pub fn new(types: &'f Types<'f>, drafts: &'f [Draft]) -> Self {
        let seen = drafts.iter().map(|_| ShownObject::default()).collect();
        let mut counts: HashMap<String, HashMap<usize, usize>> = HashMap::new();
        for listed in drafts.iter().flat_map(|draft| &draft.properties) {
            if let Type::Named(name) = &listed.property.ty
                && let Some(named) = types.position(name).filter(|at| !drafts[*at].is_enum)
            {
                *counts.entry(listed.key.clone()).or_default().entry(named).or_default() += 1;
            }
        }
        let ranked = |counts: HashMap<usize, usize>| {
            let mut ranked: Vec<(usize, usize)> = counts.into_iter().collect();
            ranked.sort_by_key(|(at, count)| (Reverse(*count), *at));
            ranked.into_iter().map(|(at, _)| at).take(MOST_CANDIDATES).collect()
        };
        let elsewhere = counts.into_iter().map(|(key, counts)| (key, ranked(counts))).collect();
        Self { types, drafts, seen, elsewhere, pending: VecDeque::new() }
    }

    /// Walks a body; what its root shows goes to `root`.
    pub fn feed(&mut self, sample: &Sample<'_>, root: &mut Shown) {
        for node in &sample.body.json.roots {
            self.value(sample, *node, None, root, 0);
        }
        while let Some((node, at)) = self.pending.pop_front() {
            let drafts = self.drafts;
            for (key, child) in members(sample, node) {
                let known = drafts[at].property(&key).map(|listed| &listed.property.ty);
                let Some(mut member) = self.seen[at].member(&key).map(std::mem::take) else { continue };
                self.value(sample, child, known, &mut member, 0);
                if let Some(slot) = self.seen[at].member(&key) {
                    *slot = member;
                }
            }
        }
    }

    fn value(
        &mut self,
        sample: &Sample<'_>,
        node: NodeId,
        ty: Option<&Type>,
        shown: &mut Shown,
        depth: usize,
    ) {
        let body = &sample.body;
        let kind = body.json.node(node).kind;
        let place = Place { file: sample.file, span: body.key(node) };
        let key = body.json.key(body.text(), node);
        // Behind an error nobody knows what belongs where.
        let error = body.json.errors.first().map_or(u32::MAX, |error| error.span.start);
        let is_lost = body.json.node(node).span.start >= error;
        if matches!(kind, NodeKind::Elision | NodeKind::Error) || is_lost || depth > DEEPEST {
            return;
        }
        shown.witness(&key, sample.locale, place);
        if !sample.is_echo {
            shown.record(kind, &body.json.string(body.text(), node));
        }
        match (kind, ty) {
            (NodeKind::Object, Some(Type::Map(inner))) => {
                self.entries(sample, node, Some(inner), shown, depth);
            }
            (NodeKind::Object, ty) => self.object(sample, node, ty, shown, depth),
            (NodeKind::Array, ty) => {
                let inner = match ty {
                    Some(Type::Array(inner)) => Some(&**inner),
                    _ => None,
                };
                let children: Vec<NodeId> = body.json.children(node).collect();
                let mut items = shown.items.take().unwrap_or_default();
                for child in children {
                    self.value(sample, child, inner, &mut items, depth + 1);
                }
                shown.items = Some(items);
            }
            _ => {}
        }
    }

    /// An object whose keys are no names.
    fn entries(
        &mut self,
        sample: &Sample<'_>,
        node: NodeId,
        ty: Option<&Type>,
        shown: &mut Shown,
        depth: usize,
    ) {
        let children: Vec<NodeId> = sample.body.json.children(node).collect();
        let mut entries = shown.entries.take().unwrap_or_default();
        for child in children {
            self.value(sample, child, ty, &mut entries, depth + 1);
        }
        // The keys are not names of the values.
        entries.spellings.clear();
        shown.entries = Some(entries);
    }

    fn object(
        &mut self,
        sample: &Sample<'_>,
        node: NodeId,
        ty: Option<&Type>,
        shown: &mut Shown,
        depth: usize,
    ) {
        let members = members(sample, node);
        let own = identifier_key(&sample.body.json.key(sample.body.text(), node)).into_owned();
        let is_root = ty.is_none() && own.is_empty() && depth == 0;
        if let Some(at) = self.told(ty, &own, &members, sample, is_root) {
            if !sample.is_echo {
                *shown.named.entry(at).or_default() += 1;
            }
            self.pending.push_back((node, at));
            return;
        }
        if !members.is_empty() && members.iter().all(|(key, _)| is_value(key)) {
            return self.entries(sample, node, None, shown, depth);
        }
        let mut object = shown.object.take().unwrap_or_default();
        for (key, child) in members {
            if let Some(member) = object.member(&key) {
                self.value(sample, child, None, member, depth + 1);
            }
        }
        shown.object = Some(object);
    }

    /// The type of an object: as documented, if its keys bear that out, else as the prose around the example
    /// says, as a property of that name is elsewhere, as its keys tell.
    fn told(
        &self,
        ty: Option<&Type>,
        own: &str,
        members: &[(String, NodeId)],
        sample: &Sample<'_>,
        is_root: bool,
    ) -> Option<usize> {
        let share = |at: usize| {
            let known = members.iter().filter(|(key, _)| self.drafts[at].property(key).is_some()).count();
            if members.is_empty() { 1.0 } else { known as f32 / members.len() as f32 }
        };
        if let Some(Type::Named(name)) = ty {
            return self.types.position(name).filter(|at| !self.drafts[*at].is_enum && share(*at) >= 0.5);
        }
        if members.is_empty() {
            return None;
        }
        let objects = |at: &usize| !self.drafts[*at].is_enum;
        // One key alone says little, but for the body as a whole.
        let enough = members.len() > 1 || is_root;
        let hinted = sample.hints.iter().copied().filter(objects).find(|at| enough && share(*at) >= 0.6);
        let elsewhere = self.elsewhere.get(own).into_iter().flatten().copied();
        let guesses =
            || sample.guesses.iter().copied().filter(objects).find(|at| is_root && share(*at) >= 1.0);
        let whole = || elsewhere.into_iter().find(|at| share(*at) >= 1.0);
        hinted.or_else(whole).or_else(|| self.by_keys(members)).or_else(guesses)
    }

    /// The one type that has nearly all keys: some that no other type has, or more than any other type by far.
    fn by_keys(&self, members: &[(String, NodeId)]) -> Option<usize> {
        if members.len() < TELLING_KEYS {
            return None;
        }
        // Names that many types have tell nothing; they are counted for the few types that the others tell.
        let mut counts: HashMap<usize, (usize, usize)> = HashMap::new();
        for (key, _) in members {
            let owners = self.types.places.owners(key);
            for owner in owners.iter().filter(|owner| !self.drafts[**owner].is_enum) {
                let count = counts.entry(*owner).or_default();
                count.0 += 1;
                count.1 += usize::from(owners.len() == 1);
            }
        }
        let mut ranked: Vec<(usize, usize, usize)> =
            counts.into_iter().map(|(at, (shared, own))| (shared, own, at)).collect();
        ranked.sort_by_key(|(shared, own, at)| (Reverse(*shared), Reverse(*own), *at));
        ranked.truncate(MOST_CANDIDATES);
        for (shared, _, at) in &mut ranked {
            *shared = members.iter().filter(|(key, _)| self.drafts[*at].property(key).is_some()).count();
        }
        ranked.sort_by_key(|(shared, own, at)| (Reverse(*shared), Reverse(*own), *at));
        let (shared, own, at) = *ranked.first()?;
        let next = ranked.get(1).map_or(0, |(shared, ..)| *shared);
        let whole = shared == members.len() && shared > TELLING_KEYS && (own > 0 || next + 2 <= shared);
        let most = shared * 5 >= members.len() * 4 && (own >= 2 || next + 3 <= shared);
        (next < shared && (whole || most)).then_some(at)
    }
}

/// The members of an object by the keys of their names.
fn members(sample: &Sample<'_>, node: NodeId) -> Vec<(String, NodeId)> {
    let body = &sample.body;
    let members = body.json.members(body.text(), node);
    members.map(|(key, child)| (identifier_key(&key).into_owned(), child)).collect()
}

/// A key that is a value: a number or a GUID.
fn is_value(key: &str) -> bool {
    key.bytes().any(|b| b.is_ascii_digit()) && key.bytes().all(|b| b.is_ascii_hexdigit())
}
