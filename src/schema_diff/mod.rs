//! What changed between two schemas, and whom that breaks.
//!
//! Types and properties pair by name, else by the measures that pair rows with properties, so that a
//! renamed one is told from one that came and one that went. *Readers* are programs that read answers,
//! *writers* those that send requests: readers break on what they cannot expect, writers where what they
//! send may be refused or no longer means the same.
//!
//! Documentation says less than code: nothing of null, of answers that always carry a property, of other
//! keys. Where one side is documentation, what it cannot say is no difference, and what breaks is a
//! program written by the documentation. Code may cover a part of an API only: what documentation says of
//! the rest is counted. Absent here: where schemas come from, sentences, layout.

mod change;
mod coverage;
mod enums;
mod notation;
mod objects;
mod operations;
mod pair;
mod relate;
mod travel;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use change::{Aspect, Breaks, Change, Kind, Side, Subject};

use crate::compare::words::english_words;
use crate::lexicon::Vocabulary;
use crate::schema::{Operation, Schema, Shape, Type, TypeDef};
use change::Order;
use coverage::Coverage;
use pair::Pairs;
use relate::Relation;
use travel::{Travel, travel};

/// The words of the language that a schema's names are in, if they are not English.
#[derive(Debug, Clone, Copy, Default)]
pub struct Languages<'a> {
    /// Of the first schema.
    pub before: Option<Vocabulary<'a>>,
    /// Of the second.
    pub after: Option<Vocabulary<'a>>,
}

/// What changed, and what was left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Differences {
    /// Types in name order, then operations.
    pub changes: Vec<Change>,
    /// Documented types that the code has nothing to do with.
    pub uncovered_types: usize,
    /// Documented operations on resources that no operation of the code is about.
    pub uncovered_operations: usize,
}

/// All that changed from `before` to `after`.
pub fn diff(before: &Schema, after: &Schema, languages: Languages<'_>) -> Differences {
    let is_turned = !is_documented(before) && is_documented(after);
    if !is_turned {
        let is_told_apart = is_documented(before) && !is_documented(after);
        return Differ::new(before, after, languages, is_told_apart).run();
    }
    let languages = Languages { before: languages.after, after: languages.before };
    let mut found = Differ::new(after, before, languages, true).run();
    found.changes.iter_mut().for_each(Change::flip);
    found.changes.sort_by(|a, b| a.order().cmp(&b.order()));
    found
}

/// Whether any part of a schema was read from documentation.
fn is_documented(schema: &Schema) -> bool {
    schema.types.values().any(|def| def.origin.is_some())
        || schema.operations.iter().any(|operation| operation.origin.is_some())
}

/// Both schemas with what is known of them together.
struct Differ<'a> {
    old: &'a Schema,
    new: &'a Schema,
    languages: Languages<'a>,
    pairs: Pairs<'a>,
    old_travel: BTreeMap<&'a str, Travel>,
    new_travel: BTreeMap<&'a str, Travel>,
    /// The types that the old schema refers to.
    old_names: BTreeSet<&'a str>,
    /// Those that the new one refers to.
    new_names: BTreeSet<&'a str>,
    /// What documentation has in common with code; without code, all.
    coverage: Option<Coverage<'a>>,
    /// Types without a partner that the other side spells out where they are used.
    spelled_out: BTreeSet<&'a str>,
    found: Differences,
}

impl<'a> Differ<'a> {
    /// `is_told_apart`: the old schema is documentation, the new one is not.
    fn new(old: &'a Schema, new: &'a Schema, languages: Languages<'a>, is_told_apart: bool) -> Self {
        let pairs = Pairs::new(old, new);
        Self {
            old,
            new,
            languages,
            coverage: is_told_apart.then(|| Coverage::new(old, new, &pairs)),
            pairs,
            old_travel: travel(old),
            new_travel: travel(new),
            old_names: names(old),
            new_names: names(new),
            spelled_out: BTreeSet::new(),
            found: Differences::default(),
        }
    }

    fn run(mut self) -> Differences {
        for def in self.old.types.values() {
            match self.pairs.new_of(&def.name).and_then(|name| self.new.get(name)) {
                Some(partner) => self.types(def, partner),
                None if self.coverage.as_ref().is_some_and(|covered| !covered.has_type(&def.name)) => {
                    self.found.uncovered_types += 1;
                }
                None => self.push_alone(def, Kind::Removed),
            }
        }
        for def in self.new.types.values() {
            if self.pairs.old_of(&def.name).is_none() {
                self.push_alone(def, Kind::Added);
            }
        }
        self.operations();
        let is_spelled_out = |change: &Change| {
            change.subject == Subject::Type && self.spelled_out.contains(change.owner.as_str())
        };
        self.found.changes.retain(|change| !is_spelled_out(change));
        // What is equal in order, as the parts of one operation, stays as it is.
        self.found.changes.sort_by(|a, b| a.order().cmp(&b.order()));
        self.found
    }

    /// Remembers a type without a partner that one of two types names, where the other says without a name what it
    /// is: a list of values, of which any difference is told where they are used, or an object that agrees.
    fn spell_out(&mut self, old: &'a Type, new: &'a Type, relation: Relation) {
        let lists_values = self.list_values(old, new);
        let alone = match (old.name(), new.name()) {
            (Some(name), None) => self.old.get(name).filter(|_| self.pairs.new_of(name).is_none()),
            (None, Some(name)) => self.new.get(name).filter(|_| self.pairs.old_of(name).is_none()),
            _ => None,
        };
        // Any object says nothing of one that has properties.
        let is_free = |ty: &Type| matches!(ty, Type::Object(object) if object.properties.is_empty());
        let agrees = relation == Relation::Same && !is_free(old) && !is_free(new);
        let is_told = |def: &&TypeDef| match &def.shape {
            Shape::Enum(_) => lists_values,
            Shape::Object(_) | Shape::Alias(_) => agrees,
        };
        self.spelled_out.extend(alone.filter(is_told).map(|def| def.name.as_str()));
    }

    /// A type that one side has.
    fn push_alone(&mut self, def: &TypeDef, kind: Kind) {
        let travel = self.travel(&def.name);
        let side = Side { text: notation::type_head(def), place: def.place };
        // Names are not sent: whatever refers to the type tells what became of it.
        let name = def.name.as_str();
        let is_told = self.old_names.contains(name) && !self.new_names.contains(name);
        let is_missed = kind == Kind::Removed && !is_told;
        let breaks = Breaks { readers: is_missed, writers: is_missed };
        let aspect = Aspect::new(kind, travel.bound(breaks));
        self.found.changes.push(Change::alone(Subject::Type, &def.name, "", side, aspect));
    }

    fn types(&mut self, old: &'a TypeDef, new: &'a TypeDef) {
        let travel = self.travel(&old.name).or(self.travel_of_new(&new.name));
        let mut aspects = Vec::new();
        if old.name != new.name {
            aspects.push(Aspect::between(Kind::Renamed, &old.name, &new.name, Breaks::default()));
        }
        match (&old.shape, &new.shape) {
            (Shape::Object(before), Shape::Object(after)) => {
                aspects.extend(self.additional(before, after, travel, is_told_apart(old, new)));
            }
            (Shape::Enum(before), Shape::Enum(after)) => {
                aspects.extend(enums::open(before, after, travel, is_told_apart(old, new)));
            }
            _ => {
                let (before, after) = (type_of(old), type_of(new));
                let relation = self.relate(&before, old.origin.is_some(), &after, new.origin.is_some());
                let texts = (notation::shape(old), notation::shape(new));
                aspects.extend(relation.aspect(&texts.0, &texts.1, travel));
            }
        }
        if !aspects.is_empty() {
            self.found.changes.push(Change {
                subject: Subject::Type,
                owner: new.name.clone(),
                item: String::new(),
                before: Some(Side { text: notation::type_head(old), place: old.place }),
                after: Some(Side { text: notation::type_head(new), place: new.place }),
                aspects,
                order: Order::default(),
            });
        }
        match (&old.shape, &new.shape) {
            (Shape::Object(before), Shape::Object(after)) => {
                let docs = (old.origin.is_some(), new.origin.is_some());
                let owner = objects::Owner { name: &new.name, path: "", travel, docs };
                self.objects(&owner, before, after);
            }
            (Shape::Enum(before), Shape::Enum(after)) => self.values(&new.name, before, after, travel),
            _ => {}
        }
    }

    /// Which messages carry a type of the old schema, or its partner.
    fn travel(&self, name: &str) -> Travel {
        let partner = self.pairs.new_of(name).unwrap_or(name);
        let known = [self.old_travel.get(name), self.new_travel.get(partner)];
        known.into_iter().flatten().copied().reduce(Travel::or).unwrap_or(Travel::BOTH)
    }

    fn travel_of_new(&self, name: &str) -> Travel {
        self.new_travel.get(name).copied().unwrap_or_default()
    }

    /// The English words that a name of the old, or of the new schema may be made of.
    fn words(&self, is_old: bool, name: &str) -> Arc<[String]> {
        let vocabulary = if is_old { &self.languages.before } else { &self.languages.after };
        match vocabulary {
            Some(vocabulary) => english_words(name, vocabulary),
            None => crate::compare::align::plain_words(name).into(),
        }
    }
}

/// The types that types and operations refer to.
fn names(schema: &Schema) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    schema.types.values().for_each(|def| {
        def.names(&mut |name| {
            names.insert(name);
        });
    });
    schema.operations.iter().flat_map(Operation::types).for_each(|ty| {
        ty.names(&mut |name| {
            names.insert(name);
        });
    });
    names
}

/// Whether one of two declarations is documentation and the other is not.
fn is_told_apart(old: &TypeDef, new: &TypeDef) -> bool {
    old.origin.is_some() != new.origin.is_some()
}

/// What a type stands for, where its shape alone does not compare.
fn type_of(def: &TypeDef) -> Type {
    match &def.shape {
        Shape::Alias(ty) => ty.clone(),
        Shape::Object(_) | Shape::Enum(_) => Type::Named(def.name.clone()),
    }
}
