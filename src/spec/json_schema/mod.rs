//! JSON Schema (2020-12, 2019-09, draft-07 and what `OpenAPI` makes of it) to [`Schema`](crate::schema).
//!
//! Named schemas become types, one after the other from a work list; `allOf` is merged, `oneOf` and `anyOf`
//! stay alternatives unless they only add `null` or list words. What the canonical schema cannot express
//! (lengths, patterns, conditions) is counted and told once. Absent here: finding files, operations.

mod discriminators;
mod enumerations;
mod keywords;
mod names;
mod nulls;
mod objects;
mod references;
mod types;
mod unheld;

use std::collections::{BTreeMap, VecDeque};

use crate::hash::{HashMap, HashSet};
use crate::schema::{Additional, Note, Object, Origin, Shape, SpecFile, Type, TypeDef};
use crate::text::Place;

use super::canonical::Blanks;
use super::extensions;
use super::library::{Entry, Library};
use super::notes::{Notes, Positions};
use super::tree::{Identity, Kind, Node};
use discriminators::{Mapping, Tag};
use keywords::{Keyword, Keywords};
use names::Names;
use nulls::Nulls;
use objects::Inclusion;
use references::Facts;
use types::Used;
use unheld::Unheld;

pub use types::to_value;
pub use unheld::Kind as UnheldKind;

/// Schemas within schemas beyond which anything is allowed.
const DEEPEST: u32 = 64;

/// Schemas visited on top of twice all there are: definitions that include each other twice grow without
/// bound.
const FUEL: usize = 1 << 16;

/// Lowers the schemas of a library.
pub struct Lower<'a> {
    pub library: &'a Library<'a>,
    /// All files that places point into.
    pub positions: Positions<'a>,
    pub notes: Notes,
    pub unheld: Unheld,
    /// What makes the whole unusable.
    pub failures: Vec<Note>,
    /// Types by name, for each spec.
    pub types: Vec<BTreeMap<String, TypeDef>>,
    names: Names<'a>,
    queue: VecDeque<Node<'a>>,
    facts: HashMap<Identity, Facts>,
    /// Whether a schema describes an object, as far as that was asked.
    objects: HashMap<Identity, bool>,
    /// Whether a schema allows `null`, as far as that was asked.
    nulls: HashMap<Identity, Nulls>,
    tags: HashMap<Identity, Tag>,
    /// What the words of a `mapping` stand for, by discriminator.
    mappings: HashMap<Identity, Mapping>,
    /// Schemas without a name that are being lowered where they are referred to.
    inlining: HashSet<Identity>,
    /// Schemas whose properties are being included, outermost first.
    including: Vec<Inclusion>,
    /// Where chains of references end, by each schema on the way.
    ends: HashMap<Identity, Node<'a>>,
    /// Schemas that refer to each other in a circle.
    circular: HashSet<Identity>,
    /// Places that docdrift's own exports name, if those count.
    pub blanks: Option<Blanks>,
    fuel: usize,
}

impl<'a> Lower<'a> {
    /// Names all types of a library; `specs` is how many specs its documents belong to.
    pub fn new(library: &'a Library<'a>, files: &'a [SpecFile], specs: usize) -> Self {
        let values: usize = library.entries.iter().map(|entry| entry.root.source().tree.len()).sum();
        let mut lower = Self {
            library,
            positions: Positions::new(files),
            notes: Notes::default(),
            unheld: Unheld::default(),
            failures: Vec::new(),
            types: vec![BTreeMap::new(); specs],
            names: Names::default(),
            queue: VecDeque::new(),
            facts: HashMap::default(),
            objects: HashMap::default(),
            nulls: HashMap::default(),
            tags: HashMap::default(),
            mappings: HashMap::default(),
            inlining: HashSet::default(),
            including: Vec::new(),
            ends: HashMap::default(),
            circular: HashSet::default(),
            blanks: None,
            fuel: FUEL + 2 * values,
        };
        lower.name_all();
        lower.find_tags();
        lower
    }

    /// Lowers all types on the work list, and those they lead to.
    pub fn run(&mut self) {
        while let Some(node) = self.queue.pop_front() {
            let Some(name) = self.names.of(node).map(str::to_owned) else { continue };
            let def = self.named(&name, node);
            let spec = self.entry(node).spec;
            self.types[spec].entry(name).or_insert(def);
        }
    }

    pub fn entry(&self, node: Node<'a>) -> &'a Entry<'a> {
        self.library.entry(node)
    }

    /// The keywords of a schema; what is not read among them is counted.
    fn keywords(&mut self, node: Node<'a>) -> Keywords<'a> {
        let mut keywords = Keywords::of(node, self.entry(node).dialect);
        for (rest, member) in std::mem::take(&mut keywords.rest) {
            self.unheld.count(UnheldKind::Key(rest), &member.key(), member);
        }
        keywords
    }

    fn named(&mut self, name: &str, node: Node<'a>) -> TypeDef {
        let keywords = self.keywords(node);
        let shape = match self.enumeration(&keywords) {
            Some(set) => {
                // What else it says are limits at most, which are counted.
                for part in keywords.get(Keyword::AllOf).into_iter().flat_map(Node::elements) {
                    self.keywords(part);
                }
                Shape::Enum(set)
            }
            None if node.kind() == Kind::Object => self.shape(&keywords),
            None => Shape::Alias(self.element(node, 0)),
        };
        let (place, origin) = self.provenance(node, self.names.place(node));
        let mut def =
            TypeDef { name: name.to_owned(), doc: keywords.text(Keyword::Description), shape, place, origin };
        if let Shape::Object(object) = &mut def.shape {
            self.tag(object, node);
            let has_kinds = keywords.has(Keyword::Discriminator) && !keywords.has(Keyword::OneOf);
            if has_kinds && object.additional == Additional::Unspecified {
                // Its kinds have properties of their own.
                object.additional = Additional::Of(Box::new(Type::Any));
            }
        }
        def
    }

    fn shape(&mut self, keywords: &Keywords<'a>) -> Shape {
        let is_own = self.entry(keywords.node).is_own;
        let used = self.of_keywords(keywords, 0);
        match used.ty {
            // Whoever refers to it says that it may be null.
            Type::Object(object) if !used.nullable || !is_own => Shape::Object(*object),
            // A named map is an object without known properties.
            Type::Map(value) if !used.nullable => {
                Shape::Object(Object { additional: Additional::Of(value), ..Object::default() })
            }
            ty => Shape::Alias(Used { ty, ..used }.into_element(is_own)),
        }
    }

    /// Where something is declared, by what it says itself if that counts, else where it stands; and what
    /// documentation says of it.
    pub fn provenance(&mut self, node: Node<'a>, place: Place) -> (Option<Place>, Option<Box<Origin>>) {
        let (declared, origin) = extensions::provenance(node, self.blanks.as_mut());
        (declared.or(Some(place)), origin)
    }

    /// Says something about a place, once.
    pub fn note(&mut self, place: Place, message: String) {
        self.notes.add(place, message);
    }
}
