//! Examples bound to types, and what they show of each property.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::compare::bind::lead_in_names;
use crate::compare::bodies;
use crate::compare::conform::{Contract, conform};
use crate::compare::spec_index::SpecIndex;
use crate::compare::tables::of_scope;
use crate::comparison::ExampleComparison;
use crate::facts::{Direction, Example, Page, Part};
use crate::fold::is_same_identifier;
use crate::hash::HashMap;
use crate::json::{Json, NodeId, NodeKind};
use crate::schema::{Object, Operation, Resolved, Schema, Shape, Type, TypeDef};
use crate::text::{Place, Span};

/// What examples send for each property: by `Type.property`, how often each kind of value, and where first.
#[derive(Debug, Default)]
pub struct Sightings {
    seen: HashMap<String, Sighting>,
}

/// What examples send for one property.
#[derive(Debug, Clone)]
pub struct Sighting {
    /// Kinds of value and how often each was seen.
    pub kinds: BTreeMap<&'static str, u32>,
    /// The first place.
    pub place: Place,
}

impl Sightings {
    /// What was seen of `Type.property`.
    pub fn get(&self, path: &str) -> Option<&Sighting> {
        self.seen.get(path)
    }

    /// Adds what another page shows; call in page order.
    pub fn merge(&mut self, other: Self) {
        for (path, sighting) in other.seen {
            match self.seen.get_mut(&path) {
                Some(known) => {
                    for (kind, count) in sighting.kinds {
                        *known.kinds.entry(kind).or_default() += count;
                    }
                }
                None => {
                    self.seen.insert(path, sighting);
                }
            }
        }
    }
}

/// Binds a page's examples to types, compares them, and records what they show in `sightings`. `operations` are those
/// of the spec for each operation of the page.
pub fn examples<'a>(
    page: &Page,
    operations: &[Option<&'a Operation>],
    spec: &SpecIndex<'a>,
    sightings: &mut Sightings,
) -> Vec<ExampleComparison<'a>> {
    let mut found = Vec::new();
    for (at, example) in page.facts.examples.iter().enumerate() {
        let operation = of_scope(example.operation, operations);
        let Some(json) = &example.json else { continue };
        let [root] = json.roots.as_slice() else { continue };
        if !json.node(*root).key.is_empty() {
            // Members without their object: nobody knows whose they are.
            continue;
        }
        let Some((ty, contract)) = bind(page, example, json, *root, operation, spec) else { continue };
        let code = &page.document.codes[example.code as usize];
        let text = page.example_text(example);
        let body = example.message.body.of(&text);
        let name = match ty {
            Resolved::Def(def) => def.name.as_str(),
            Resolved::Type(ty) => type_name(ty),
        };
        let mismatches = conform(spec.schema, contract, body, json, *root, ty);
        let path = String::new();
        let mut look = Look { schema: spec.schema, json, body, sightings, path, depth: 0 };
        let origin = |span: Span| code.to_source(span.shifted(example.message.body.start));
        look.value(*root, ty, page, &origin);
        found.push(ExampleComparison { example: at as u32, ty, name, mismatches });
    }
    found
}

fn type_name(ty: &Type) -> &str {
    match ty {
        Type::Named(name) => name,
        Type::Array(inner) | Type::Map(inner) => type_name(inner),
        _ => "",
    }
}

/// The type an example should have: by operation, by the lead-in's link, by its keys.
fn bind<'a>(
    page: &Page,
    example: &Example,
    json: &Json,
    root: NodeId,
    operation: Option<&'a Operation>,
    spec: &SpecIndex<'a>,
) -> Option<(Resolved<'a>, Contract)> {
    if let Some(operation) = operation
        && let Some(bound) = by_operation(page, example, json, root, operation, spec.schema)
    {
        return Some(bound);
    }
    let contract =
        if example.direction == Direction::Request { Contract::Request } else { Contract::Response };
    let text = page.example_text(example);
    let body = example.message.body.of(&text);
    if json.node(root).kind != NodeKind::Object {
        return None;
    }
    let keys: Vec<Cow<'_, str>> = json.children(root).map(|child| json.key(body, child)).collect();
    let linked = example.lead_in.into_iter().flat_map(|block| lead_in_names(page, block));
    for (name, _) in linked {
        if let Some(def) = spec.type_like(name)
            && let Shape::Object(object) = &def.shape
            && share(object, &keys) >= 0.5
        {
            return Some((Resolved::Def(def), contract));
        }
    }
    by_keys(spec, &keys).map(|def| (Resolved::Def(def), contract))
}

/// The body of an operation that an example shows: the declared one for its part and status that has most of its keys;
/// none if it shares no key with any.
fn by_operation<'a>(
    page: &Page,
    example: &Example,
    json: &Json,
    root: NodeId,
    operation: &'a Operation,
    schema: &'a Schema,
) -> Option<(Resolved<'a>, Contract)> {
    let text = page.example_text(example);
    let body = example.message.body.of(&text);
    let part = match example.direction {
        Direction::Request => Some(Part::Body),
        Direction::Response | Direction::Unknown if example.part == Some(Part::Errors) => Some(Part::Errors),
        Direction::Response => Some(Part::Response),
        Direction::Unknown => None,
    };
    let status = example.status.filter(|_| part != Some(Part::Body));
    let of = |part: Part| bodies::of_part(operation, Some(part), status);
    let contract = |part: Part| if part == Part::Body { Contract::Request } else { Contract::Response };
    let parts: &[Part] = match part {
        Some(Part::Body) => &[Part::Body],
        Some(Part::Errors) => &[Part::Errors],
        Some(_) => &[Part::Response],
        None if status.is_some() => &[Part::Response],
        None => &[Part::Response, Part::Body],
    };
    let keys = keys(json, root, body);
    let mut best: Option<(f32, &Type, Contract)> = None;
    for (part, ty) in parts.iter().flat_map(|part| of(*part).into_iter().map(move |ty| (*part, ty))) {
        let fit = likeness(schema, ty, &keys, json.node(root).kind);
        if fit > 0.0 && best.is_none_or(|(other, ..)| fit > other) {
            best = Some((fit, ty, contract(part)));
        }
    }
    best.map(|(_, ty, contract)| (schema.resolve(ty), contract))
}

/// The keys of an object, or of the first object of a list.
fn keys<'b>(json: &Json, root: NodeId, body: &'b str) -> Vec<Cow<'b, str>> {
    let object = match json.node(root).kind {
        NodeKind::Array => json.children(root).find(|child| json.node(*child).kind == NodeKind::Object),
        _ => Some(root),
    };
    let members = object.map(|object| json.children(object).map(|child| json.key(body, child)).collect());
    members.unwrap_or_default()
}

/// How well a value of some keys is one of a type: the share of its keys that the type has. A value without keys is one
/// of any type that is written alike.
fn likeness(schema: &Schema, ty: &Type, keys: &[Cow<'_, str>], kind: NodeKind) -> f32 {
    let is_list = matches!(schema.resolve(ty), Resolved::Type(Type::Array(_) | Type::Tuple(_)));
    let objects = bodies::objects(schema, ty, "");
    if objects.is_empty() {
        // Open content, lists of plain values: nothing to tell apart by.
        let listed = is_list && kind == NodeKind::Array;
        let open = matches!(schema.resolve(ty), Resolved::Type(Type::Any | Type::Map(_)))
            && kind == NodeKind::Object;
        return if listed || open { 0.01 } else { 0.0 };
    }
    if keys.is_empty() {
        return if (kind == NodeKind::Array) == is_list { 0.01 } else { 0.0 };
    }
    let best = objects.iter().map(|(_, object)| share(object, keys)).fold(0.0, f32::max);
    // The other kind of value is a mistake that may be told, if nothing fits better.
    if (kind == NodeKind::Array) == is_list { best } else { best * 0.5 }
}

/// The share of `keys` that are properties of `object`.
fn share(object: &Object, keys: &[Cow<'_, str>]) -> f32 {
    let answers = |key: &str| {
        object
            .properties
            .iter()
            .any(|property| property.answers_to(key) || is_same_identifier(&property.name, key))
    };
    let known = keys.iter().filter(|key| answers(key)).count();
    known as f32 / keys.len().max(1) as f32
}

/// The type that has nearly all of the keys, some of which no other type has.
fn by_keys<'a>(spec: &SpecIndex<'a>, keys: &[Cow<'_, str>]) -> Option<&'a TypeDef> {
    if keys.len() < 4 {
        return None;
    }
    let telling = keys.iter().filter_map(|key| match spec.owners(key) {
        [only] => Some(*only),
        _ => None,
    });
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for def in telling {
        match counts.iter_mut().find(|(name, _)| *name == def.name) {
            Some((_, count)) => *count += 1,
            None => counts.push((&def.name, 1)),
        }
    }
    let (name, own) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    let def = spec.schema.get(name)?;
    let Shape::Object(object) = &def.shape else { return None };
    (own >= 2 && share(object, keys) >= 0.8).then_some(def)
}

/// Records what an example sends.
struct Look<'l> {
    schema: &'l Schema,
    json: &'l Json,
    body: &'l str,
    sightings: &'l mut Sightings,
    /// The path being recorded.
    path: String,
    depth: usize,
}

impl Look<'_> {
    fn value(&mut self, node: NodeId, of: Resolved<'_>, page: &Page, origin: &dyn Fn(Span) -> Span) {
        if self.depth > 64 {
            return;
        }
        self.depth += 1;
        let json = self.json;
        let children = json.children(node);
        match of {
            Resolved::Def(TypeDef { name: owner, shape: Shape::Object(object), .. }) => {
                for child in children {
                    let key = self.json.key(self.body, child);
                    let property = object.properties.iter().find(|property| property.answers_to(&key));
                    let Some(property) = property else { continue };
                    self.record(child, owner, &property.name, page, origin);
                    self.value(child, self.schema.resolve(&property.ty), page, origin);
                }
            }
            Resolved::Type(Type::Array(element)) => {
                let element = self.schema.resolve(element);
                for child in children {
                    self.value(child, element, page, origin);
                }
            }
            _ => {}
        }
        self.depth -= 1;
    }

    fn record(&mut self, node: NodeId, owner: &str, name: &str, page: &Page, origin: &dyn Fn(Span) -> Span) {
        let Some(kind) = kind_name(self.json.node(node).kind) else { return };
        self.path.clear();
        self.path.extend([owner, ".", name]);
        if let Some(known) = self.sightings.seen.get_mut(&self.path) {
            *known.kinds.entry(kind).or_default() += 1;
            return;
        }
        let span = origin(self.json.node(node).key.to(self.json.node(node).span));
        let place = Place { file: page.file, span };
        let sighting = Sighting { kinds: BTreeMap::from([(kind, 1)]), place };
        self.sightings.seen.insert(self.path.clone(), sighting);
    }
}

/// What a JSON value is called in messages; nothing for stand-ins.
pub fn kind_name(kind: NodeKind) -> Option<&'static str> {
    match kind {
        NodeKind::Null => Some("null"),
        NodeKind::Bool(_) => Some("boolean"),
        NodeKind::Number => Some("number"),
        NodeKind::String => Some("string"),
        NodeKind::Object => Some("object"),
        NodeKind::Array => Some("array"),
        NodeKind::Elision | NodeKind::Placeholder | NodeKind::Error => None,
    }
}
