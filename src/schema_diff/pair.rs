//! Which item of one schema is which of the other; types by name, else by name and content together.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::spelling::likeness;
use crate::fold::identifier_key;
use crate::schema::{Schema, Shape, TypeDef};

/// Beyond so many possible pairs renamed items are not looked for: the work grows with their product.
pub const LARGEST: usize = 40_000;

/// From how much likeness on two types are one that was renamed.
const BAR: f64 = 0.6;

/// Whether an old item is a new one.
pub type Test<'t, T> = &'t dyn Fn(&T, &T) -> bool;

/// Finds partners for the old items that have none: by the first test for all, then by the next.
pub fn match_up<T>(old: &[T], new: &[T], partners: &mut [Option<usize>], tests: &[Test<'_, T>]) {
    let mut taken = vec![false; new.len()];
    for at in partners.iter().flatten() {
        taken[*at] = true;
    }
    let count = |list: &mut dyn Iterator<Item = bool>| list.filter(|is_free| *is_free).count();
    let free = count(&mut partners.iter().map(Option::is_none)) * count(&mut taken.iter().map(|one| !one));
    if free > LARGEST {
        return;
    }
    for test in tests {
        for (item, partner) in old.iter().zip(partners.iter_mut()).filter(|(_, one)| one.is_none()) {
            let found = new.iter().enumerate().find(|(at, other)| !taken[*at] && test(item, other));
            if let Some((at, _)) = found {
                taken[at] = true;
                *partner = Some(at);
            }
        }
    }
}

/// Partners by name.
#[derive(Debug, Default)]
pub struct Pairs<'a> {
    new: BTreeMap<&'a str, &'a str>,
    old: BTreeMap<&'a str, &'a str>,
}

impl<'a> Pairs<'a> {
    /// Pairs the types of two schemas.
    pub fn new(old: &'a Schema, new: &'a Schema) -> Self {
        let mut pairs = Self::default();
        for name in old.types.keys().filter(|name| new.types.contains_key(*name)) {
            pairs.add(name, name);
        }
        let mut by_key: BTreeMap<String, &'a str> = BTreeMap::new();
        for name in new.types.keys().filter(|name| !pairs.old.contains_key(name.as_str())) {
            by_key.entry(identifier_key(name).into_owned()).or_insert(name);
        }
        for name in old.types.keys() {
            if pairs.new_of(name).is_none()
                && let Some(partner) = by_key.remove(&*identifier_key(name))
            {
                pairs.add(name, partner);
            }
        }
        pairs.add_renamed(old, new);
        pairs
    }

    /// The partner of an old type.
    pub fn new_of(&self, old: &str) -> Option<&'a str> {
        self.new.get(old).copied()
    }

    /// The partner of a new type.
    pub fn old_of(&self, new: &str) -> Option<&'a str> {
        self.old.get(new).copied()
    }

    fn add(&mut self, old: &'a str, new: &'a str) {
        self.new.insert(old, new);
        self.old.insert(new, old);
    }

    /// The most alike first, each once.
    fn add_renamed(&mut self, old: &'a Schema, new: &'a Schema) {
        let olds: Vec<Features<'a>> =
            old.types.values().filter(|def| self.new_of(&def.name).is_none()).map(Features::of).collect();
        let news: Vec<Features<'a>> =
            new.types.values().filter(|def| self.old_of(&def.name).is_none()).map(Features::of).collect();
        if olds.len() * news.len() > LARGEST {
            return;
        }
        let all =
            olds.iter().flat_map(|left| news.iter().map(move |right| (left.likeness(right), left, right)));
        let mut all: Vec<_> = all.filter(|(likeness, ..)| *likeness >= BAR).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.name.cmp(b.1.name)).then(a.2.name.cmp(b.2.name)));
        for (_, left, right) in all {
            if self.new_of(left.name).is_none() && self.old_of(right.name).is_none() {
                self.add(left.name, right.name);
            }
        }
    }
}

/// What a type is known by.
struct Features<'a> {
    name: &'a str,
    is_enum: bool,
    /// Keys of its properties or values.
    parts: BTreeSet<String>,
}

impl<'a> Features<'a> {
    fn of(def: &'a TypeDef) -> Self {
        let key = |name: &String| identifier_key(name).into_owned();
        let (is_enum, parts) = match &def.shape {
            Shape::Object(object) => (false, object.properties.iter().map(|one| key(&one.name)).collect()),
            Shape::Enum(set) => (true, set.members.iter().map(|member| key(&member.value)).collect()),
            Shape::Alias(_) => (false, BTreeSet::new()),
        };
        Self { name: &def.name, is_enum, parts }
    }

    /// 0 to 1. Content weighs more than the name, unless there is too little of it to tell.
    fn likeness(&self, other: &Self) -> f64 {
        if self.is_enum != other.is_enum {
            return 0.0;
        }
        let name = likeness(self.name, other.name, 0.0).unwrap_or(0.0);
        let shared = self.parts.intersection(&other.parts).count();
        let all = self.parts.len() + other.parts.len() - shared;
        match shared {
            // Nothing speaks against it.
            0 if all == 0 => 0.75 * name,
            0 => 0.0,
            // Many a type has an `id`.
            1 => 0.75 * name + 0.15 / all as f64,
            _ => 0.75 * shared as f64 / all as f64 + 0.25 * name,
        }
    }
}
