//! Examples bound to types, and what they show of each property.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::compare::bind::lead_in_names;
use crate::compare::code_lines::first_difference;
use crate::compare::conform::{Contract, conform};
use crate::compare::paths;
use crate::compare::prose::without_locale;
use crate::compare::spec_index::SpecIndex;
use crate::comparison::{ExampleComparison, RequestComparison, RequestLine};
use crate::facts::{Direction, Example, Page, StartLine};
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

/// Binds a page's examples to types, compares them, and records what they show in `sightings`.
pub fn examples<'a>(
    page: &Page,
    requests: &[RequestComparison<'a>],
    lines: &[RequestLine],
    spec: &SpecIndex<'a>,
    sightings: &mut Sightings,
) -> Vec<ExampleComparison<'a>> {
    let mut found = Vec::new();
    let mut operation = requests.first().and_then(|request| request.operation);
    for (at, example) in page.facts.examples.iter().enumerate() {
        if let StartLine::Request { .. } = example.message.start {
            let line = lines.iter().find(|line| line.example == at as u32);
            operation = line.and_then(|line| operation_shown(spec, line)).or_else(|| {
                requests.iter().find(|request| request.example == Some(at as u32)).and_then(|r| r.operation)
            });
        }
        let Some(json) = &example.json else { continue };
        let [root] = json.roots.as_slice() else { continue };
        let Some((ty, contract)) = bind(page, example, json, *root, operation, spec) else { continue };
        let code = &page.document.codes[example.code as usize];
        let text = page.document.code_text(&page.source.text, code);
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

/// The operation that a request line shows.
fn operation_shown<'a>(spec: &SpecIndex<'a>, line: &RequestLine) -> Option<&'a Operation> {
    let shown = spec.operations().find(|(operation, template)| {
        operation.method == line.method
            && paths::likeness(&line.path, template).is_some_and(|likeness| likeness >= 0.99)
    });
    shown.map(|(operation, _)| operation)
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
    if let Some(operation) = operation {
        let (ty, contract) = by_operation(page, example, operation)?;
        return Some((spec.schema.resolve(ty), contract));
    }
    let contract =
        if example.direction == Direction::Request { Contract::Request } else { Contract::Response };
    let code = &page.document.codes[example.code as usize];
    let text = page.document.code_text(&page.source.text, code);
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

fn by_operation<'a>(
    page: &Page,
    example: &Example,
    operation: &'a Operation,
) -> Option<(&'a Type, Contract)> {
    match example.direction {
        Direction::Request => Some((operation.request.as_ref()?, Contract::Request)),
        Direction::Response | Direction::Unknown => {
            let code = &page.document.codes[example.code as usize];
            let text = page.document.code_text(&page.source.text, code);
            let status: u16 = match example.message.start {
                StartLine::Status { code, .. } => code.of(&text).parse().unwrap_or(0),
                _ => 0,
            };
            let exact = operation.responses.iter().find(|response| response.status == status);
            let success = operation.responses.iter().find(|response| response.is_success());
            let of_status = match status {
                0 => success,
                200..300 => exact.or(success).or_else(|| operation.response(status)),
                _ => operation.response(status),
            };
            Some((of_status?.body.as_ref()?, Contract::Response))
        }
    }
}

/// The share of `keys` that are properties of `object`.
fn share(object: &Object, keys: &[Cow<'_, str>]) -> f32 {
    let known = keys.iter().filter(|key| object.property(key).is_some()).count();
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

/// Where two versions of one example first say different things. Spans count bytes of the code texts; one is
/// empty where that side has nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// In the first example.
    pub own: Span,
    /// In the second.
    pub theirs: Span,
}

/// Compares two examples with the texts of their code blocks: start lines, header names and values, then bodies.
/// White space, comments and the order of keys make no difference.
pub fn difference(own: (&Example, &str), theirs: (&Example, &str)) -> Option<Difference> {
    let ((own, text), (theirs, right)) = (own, theirs);
    let parts = |example: &Example| -> Vec<Span> {
        let start = match example.message.start {
            StartLine::Missing => Vec::new(),
            StartLine::Request { method, target, version } => vec![method, target, version],
            StartLine::Status { version, code, phrase } => vec![version, code, phrase],
        };
        let headers = example.message.headers.iter().flat_map(|(name, value)| [*name, *value]);
        start.into_iter().chain(headers).collect()
    };
    let (own_parts, their_parts) = (parts(own), parts(theirs));
    let same = |(own, theirs): &(&Span, &Span)| same_but_locale(own.of(text).trim(), theirs.of(right).trim());
    let alike = own_parts.iter().zip(&their_parts).take_while(same).count();
    if alike < own_parts.len().max(their_parts.len()) {
        let part = |parts: &[Span], body: Span| parts.get(alike).copied().unwrap_or(Span::empty(body.start));
        return Some(Difference {
            own: part(&own_parts, own.message.body),
            theirs: part(&their_parts, theirs.message.body),
        });
    }
    let (start, their_start) = (own.message.body.start, theirs.message.body.start);
    let (body, their_body) = (own.message.body.of(text), theirs.message.body.of(right));
    let found = match (&own.json, &theirs.json) {
        (Some(json), Some(their_json)) => {
            let bodies = Bodies { own: (json, body), theirs: (their_json, their_body) };
            let roots = json.roots.iter().zip(&their_json.roots);
            let mut found = roots.filter_map(|(own, theirs)| bodies.difference(*own, *theirs, 0));
            found.next().or_else(|| {
                let (count, their_count) = (json.roots.len(), their_json.roots.len());
                let root = |json: &Json, at: usize, body: &str| {
                    json.roots.get(at).map_or(Span::empty(body.len() as u32), |root| json.node(*root).span)
                };
                let at = count.min(their_count);
                (count != their_count).then(|| Difference {
                    own: root(json, at, body),
                    theirs: root(their_json, at, their_body),
                })
            })
        }
        _ => first_difference(body, their_body),
    }?;
    Some(Difference { own: found.own.shifted(start), theirs: found.theirs.shifted(their_start) })
}

/// Whether two texts are the same but for the locale in a URL.
fn same_but_locale(own: &str, theirs: &str) -> bool {
    own == theirs || (own.contains('/') && without_locale(own) == without_locale(theirs))
}

/// Two JSON bodies.
#[derive(Clone, Copy)]
struct Bodies<'b> {
    own: (&'b Json, &'b str),
    theirs: (&'b Json, &'b str),
}

impl Bodies<'_> {
    fn difference(&self, own: NodeId, theirs: NodeId, depth: usize) -> Option<Difference> {
        let ((json, text), (their_json, right)) = (self.own, self.theirs);
        let (left, other) = (json.node(own), their_json.node(theirs));
        let here = Difference { own: left.span, theirs: other.span };
        if left.kind != other.kind {
            return Some(here);
        }
        match left.kind {
            _ if depth > 130 => None,
            NodeKind::Object => {
                let their_members: Vec<NodeId> = their_json.children(theirs).collect();
                let mut by_key: BTreeMap<_, Vec<NodeId>> = BTreeMap::new();
                for member in their_members.iter().rev() {
                    by_key.entry(their_json.key(right, *member)).or_default().push(*member);
                }
                let paired: Vec<(NodeId, Option<NodeId>)> = json
                    .children(own)
                    .map(|member| (member, by_key.get_mut(&json.key(text, member)).and_then(Vec::pop)))
                    .collect();
                let absent = by_key.values().flatten().min();
                let absent = absent.map(|at| their_json.key_span(right, *at));
                let nothing = Span::empty(other.span.start);
                for (member, partner) in paired {
                    let Some(partner) = partner else {
                        let node = json.node(member);
                        let key = if node.key.is_empty() { node.span } else { json.key_span(text, member) };
                        return Some(Difference { own: key, theirs: absent.unwrap_or(nothing) });
                    };
                    if let Some(found) = self.difference(member, partner, depth + 1) {
                        return Some(found);
                    }
                }
                absent.map(|theirs| Difference { own: Span::empty(left.span.start), theirs })
            }
            NodeKind::Array => {
                let (own_items, their_items): (Vec<_>, Vec<_>) =
                    (json.children(own).collect(), their_json.children(theirs).collect());
                let found =
                    own_items.iter().zip(&their_items).find_map(|(a, b)| self.difference(*a, *b, depth + 1));
                let item = |json: &Json, items: &[NodeId], list: Span| {
                    let first = items.get(own_items.len().min(their_items.len()));
                    first.map_or(Span::empty(list.start), |item| json.node(*item).span)
                };
                found.or_else(|| {
                    (own_items.len() != their_items.len()).then(|| Difference {
                        own: item(json, &own_items, left.span),
                        theirs: item(their_json, &their_items, other.span),
                    })
                })
            }
            NodeKind::String => {
                let (own, theirs) = (json.string(text, own), their_json.string(right, theirs));
                (!same_but_locale(&own, &theirs)).then_some(here)
            }
            _ => (left.span.of(text) != other.span.of(right)).then_some(here),
        }
    }
}
