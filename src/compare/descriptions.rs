//! API descriptions in several languages: what translation has to leave as it is.
//!
//! Titles, summaries, descriptions, tags and the texts of examples are translated. Paths, names, references, values of
//! enumerations and everything else say the same in all languages.

use std::borrow::Cow;

use crate::comparison::{Drift, DriftKind, Pairing};
use crate::facts::Page;
use crate::finding::Site;
use crate::hash::{HashMap, HashSet};
use crate::source::Source as Text;
use crate::spec::tree::{self, Kind, Node, Source, Tree};

/// Deeper values are not compared.
const DEEPEST: usize = 48;

/// What a value is to translators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Keywords of the format.
    Keywords,
    /// Members by names that the API gives them.
    Names,
    /// Members by request paths.
    Paths,
    /// An example: its keys stay, its texts may be translated.
    Example,
}

/// Keywords whose values are translated, or are about the document.
const PROSE: [&str; 11] = [
    "description",
    "summary",
    "title",
    "info",
    "tags",
    "servers",
    "externalDocs",
    "scopes",
    "termsOfService",
    "contact",
    "license",
];

/// Keywords with members by name.
const NAMES: [&str; 18] = [
    "properties",
    "patternProperties",
    "schemas",
    "definitions",
    "$defs",
    "parameters",
    "responses",
    "examples",
    "headers",
    "requestBodies",
    "securitySchemes",
    "callbacks",
    "links",
    "mapping",
    "variables",
    "content",
    "encoding",
    "dependentSchemas",
];

/// What differs between a description and that in the language of the source.
pub fn descriptions(page: &Page, pairing: Option<&Pairing<'_>>) -> Vec<Drift> {
    let Some(source) = pairing.map(|pairing| pairing.with.page) else { return Vec::new() };
    if !page.source.is_description() || !source.source.is_description() {
        return Vec::new();
    }
    let (Some(own), Some(theirs)) = (read(&page.source), read(&source.source)) else { return Vec::new() };
    let own = Source { tree: &own, text: &page.source.text, file: page.file };
    let theirs = Source { tree: &theirs, text: &source.source.text, file: source.file };
    let mut walk = Walk { found: Vec::new(), operations: (0, 0), left: own.tree.len() + theirs.tree.len() };
    walk.values(own.root(), theirs.root(), Role::Keywords, "", 0);
    // Where most are others, they are so on purpose: generators want each of them once.
    let (different, all) = walk.operations;
    if different * 2 > all {
        walk.found.retain(|drift| drift.owner != OPERATION);
    }
    walk.found.sort_by_key(|drift| drift.span.start);
    walk.found
}

const OPERATION: &str = "operationId";

fn read(text: &Text) -> Option<Tree> {
    let is_json = text.path.to_ascii_lowercase().ends_with(".json");
    if is_json { tree::json(&text.text).ok() } else { tree::yaml(&text.text).ok() }
}

struct Walk {
    found: Vec<Drift>,
    /// How many operations have another name, of how many.
    operations: (usize, usize),
    /// How many values may still be looked at: aliases stand for the same ones again and again.
    left: usize,
}

impl Walk {
    fn values(&mut self, own: Node<'_>, theirs: Node<'_>, role: Role, key: &str, depth: usize) {
        if depth > DEEPEST || self.left == 0 {
            return;
        }
        self.left -= 1;
        match (own.kind(), theirs.kind()) {
            (Kind::Object, Kind::Object) => self.members(own, theirs, role, depth),
            (Kind::Array, Kind::Array) => self.elements(own, theirs, role, key, depth),
            (Kind::Object | Kind::Array, _) | (_, Kind::Object | Kind::Array) => {}
            _ => self.scalars(own, theirs, role, key),
        }
    }

    fn members(&mut self, own: Node<'_>, theirs: Node<'_>, role: Role, depth: usize) {
        let known: HashMap<Cow<'_, str>, Node<'_>> =
            theirs.members().map(|node| (node.key(), node)).collect();
        let mut extra = Vec::new();
        let mut met: HashSet<Cow<'_, str>> = HashSet::default();
        for member in own.members() {
            let key = member.key();
            let Some(right) = known.get(&key) else {
                extra.push(member);
                continue;
            };
            if let Some(role) = below(role, &key, right.kind()) {
                self.values(member, *right, role, &key, depth + 1);
            }
            met.insert(key);
        }
        let is_free = |node: &Node<'_>| below(role, &node.key(), node.kind()).is_none();
        let lost: Vec<_> =
            theirs.members().filter(|node| !met.contains(&node.key()) && !is_free(node)).collect();
        extra.retain(|node| !is_free(node));
        if lost.len() != extra.len() {
            // Examples differ on purpose, and keywords say what they say without each other.
            if matches!(role, Role::Names | Role::Paths) {
                for right in lost {
                    self.lost(own, right);
                }
                for member in extra {
                    self.extra(member);
                }
            }
            return;
        }
        for (member, right) in extra.into_iter().zip(lost) {
            let kind = if role == Role::Paths { DriftKind::Path } else { DriftKind::Name };
            self.differ(kind, (member.key(), true), (right.key(), true), member, right, "");
            if let Some(role) = below(role, &right.key(), right.kind()) {
                self.values(member, right, role, &right.key(), depth + 1);
            }
        }
    }

    fn elements(&mut self, own: Node<'_>, theirs: Node<'_>, role: Role, key: &str, depth: usize) {
        let (own_all, all): (Vec<_>, Vec<_>) = (own.elements().collect(), theirs.elements().collect());
        if own_all.len() == all.len() {
            for (element, right) in own_all.into_iter().zip(all) {
                self.values(element, right, role, key, depth + 1);
            }
            return;
        }
        if role == Role::Example {
            return;
        }
        let named: HashMap<_, _> = all.iter().filter_map(|node| Some((name_of(*node)?, *node))).collect();
        let mut met = HashSet::default();
        for element in own_all {
            match name_of(element).and_then(|name| Some((named.get(&name)?, name))) {
                Some((right, name)) => {
                    met.insert(name);
                    self.values(element, *right, role, key, depth + 1);
                }
                None if name_of(element).is_some() => self.extra(element),
                None => {}
            }
        }
        for right in all {
            if name_of(right).is_some_and(|name| !met.contains(&name)) {
                self.lost(own, right);
            }
        }
    }

    fn scalars(&mut self, own: Node<'_>, theirs: Node<'_>, role: Role, key: &str) {
        let (value, right) = (own.scalar(), theirs.scalar());
        let is_operation = key == OPERATION && role == Role::Keywords;
        if is_operation {
            self.operations.1 += 1;
            self.operations.0 += usize::from(value != right);
        }
        let is_text = own.kind() == Kind::Text && theirs.kind() == Kind::Text;
        let is_sentence = || right.contains(char::is_whitespace) && !matches!(key, "enum" | "name" | "const");
        let is_free = is_text && (role == Role::Example || is_sentence());
        if value == right || is_free || own.kind() == Kind::Null || theirs.kind() == Kind::Null {
            return;
        }
        let is_name = matches!(key, "name" | "$ref" | "propertyName" | "required") || is_operation;
        let kind = if is_name && is_text { DriftKind::Name } else { DriftKind::Value };
        self.differ(kind, (value, false), (right, false), own, theirs, key);
    }

    fn differ(
        &mut self,
        kind: DriftKind,
        (value, is_key): (Cow<'_, str>, bool),
        (right, _): (Cow<'_, str>, bool),
        own: Node<'_>,
        theirs: Node<'_>,
        owner: &str,
    ) {
        let place = |node: Node<'_>| if is_key { node.key_place() } else { node.place() };
        let (here, there) = (place(own), place(theirs));
        let is_plain = there.span.of(theirs.source().text) == right;
        let alike = quote(own, here.span.start) == quote(theirs, there.span.start);
        self.found.push(Drift {
            kind,
            span: here.span,
            replacement: (is_plain && alike).then(|| right.clone().into_owned()),
            sure: right.is_ascii() && !value.is_ascii(),
            found: value.into_owned(),
            expected: right.into_owned(),
            owner: owner.to_owned(),
            site: Some(Site::Page(there)),
        });
    }

    fn lost(&mut self, own: Node<'_>, right: Node<'_>) {
        let place = if own.key().is_empty() { own.place() } else { own.key_place() };
        let there = right.key_place();
        let name = called(right);
        self.found.push(Drift {
            kind: DriftKind::Missing,
            span: place.span,
            found: String::new(),
            expected: name,
            owner: String::new(),
            replacement: None,
            sure: false,
            site: Some(Site::Page(there)),
        });
    }

    fn extra(&mut self, own: Node<'_>) {
        self.found.push(Drift {
            kind: DriftKind::Extra,
            span: own.key_place().span,
            found: called(own),
            expected: String::new(),
            owner: String::new(),
            replacement: None,
            sure: false,
            site: None,
        });
    }
}

/// What an element of a list is known by.
fn name_of(node: Node<'_>) -> Option<Cow<'_, str>> {
    match node.kind() {
        Kind::Object => node.get("name").or_else(|| node.get("$ref")).map(Node::scalar),
        Kind::Array => None,
        _ => Some(node.scalar()),
    }
}

/// The quote before a text.
fn quote(node: Node<'_>, start: u32) -> Option<u8> {
    let before = start.checked_sub(1)? as usize;
    node.source().text.as_bytes().get(before).copied().filter(|byte| matches!(byte, b'"' | b'\''))
}

/// The name of a member or of an element of a list.
fn called(node: Node<'_>) -> String {
    let named = || node.get("name").or_else(|| node.get("$ref")).map(Node::scalar);
    let own = || (!matches!(node.kind(), Kind::Object | Kind::Array)).then(|| node.scalar());
    match node.key() {
        key if !key.is_empty() => key.into_owned(),
        _ => named().or_else(own).unwrap_or_default().into_owned(),
    }
}

/// What the value of a member is; nothing if it is translated.
fn below(role: Role, key: &str, kind: Kind) -> Option<Role> {
    match role {
        Role::Example => Some(Role::Example),
        Role::Keywords if key.starts_with("x-") || PROSE.contains(&key) => None,
        Role::Keywords if matches!(key, "example" | "value") => Some(Role::Example),
        Role::Keywords if key == "examples" && kind == Kind::Array => Some(Role::Example),
        Role::Keywords if matches!(key, "paths" | "webhooks") => Some(Role::Paths),
        Role::Keywords if NAMES.contains(&key) && kind == Kind::Object => Some(Role::Names),
        Role::Keywords | Role::Names | Role::Paths => Some(Role::Keywords),
    }
}
