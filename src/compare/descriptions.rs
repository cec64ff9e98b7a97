//! API descriptions in several languages: what translation has to leave as it is.
//!
//! Titles, summaries, descriptions, tags and the texts of examples are translated. Paths, names, references, values of
//! enumerations and everything else say the same in all languages.

use std::borrow::Cow;
use std::collections::VecDeque;

use crate::comparison::{Drift, DriftKind, Pairing};
use crate::facts::Page;
use crate::finding::Site;
use crate::hash::{HashMap, HashSet};
use crate::source::Source as Text;
use crate::spec::tree::{self, Kind, Node, Source, Tree, Wrong};
use crate::text::Place;

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

/// What differs between a description and that in the language of the source; and whether it can be read at all.
pub fn descriptions(page: &Page, pairing: Option<&Pairing<'_>>) -> Vec<Drift> {
    if !page.source.is_description() {
        return Vec::new();
    }
    let own = match read(&page.source) {
        Ok(own) => own,
        Err(wrong) => return vec![unreadable(wrong)],
    };
    let source = pairing.map(|pairing| pairing.with.page).filter(|source| source.source.is_description());
    let Some((source, theirs)) = source.and_then(|source| Some((source, read(&source.source).ok()?))) else {
        return Vec::new();
    };
    let own = Source { tree: &own, text: &page.source.text, file: page.file };
    let theirs = Source { tree: &theirs, text: &source.source.text, file: source.file };
    let left = own.tree.len() + theirs.tree.len();
    let mut walk = Walk { found: Vec::new(), operations: (0, 0), left, doubts: 0 };
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

fn read(text: &Text) -> Result<Tree, Wrong> {
    let is_json = text.path.to_ascii_lowercase().ends_with(".json");
    if is_json { tree::json(&text.text) } else { tree::yaml(&text.text) }
}

fn unreadable(wrong: Wrong) -> Drift {
    Drift {
        kind: DriftKind::Unreadable,
        span: wrong.span,
        found: wrong.message,
        expected: String::new(),
        owner: String::new(),
        replacement: None,
        sure: false,
        site: None,
    }
}

struct Walk {
    found: Vec<Drift>,
    /// How many operations have another name, of how many.
    operations: (usize, usize),
    /// How many values may still be looked at: aliases stand for the same ones again and again.
    left: usize,
    /// How many of the values around are paired by their place alone, where others could be meant.
    doubts: usize,
}

/// A value, and that of the source.
type Pair<'n> = (Node<'n>, Node<'n>);

impl Walk {
    fn values(&mut self, own: Node<'_>, theirs: Node<'_>, role: Role, key: &str, depth: usize) {
        // What two aliases stand for is compared where it is written.
        if depth > DEEPEST || self.left == 0 || own.is_alias() && theirs.is_alias() {
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
        self.left = self.left.saturating_sub(known.len());
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
        let doubt = usize::from(lost.len() > 1);
        self.doubts += doubt;
        for (member, right) in extra.into_iter().zip(lost) {
            let kind = if role == Role::Paths { DriftKind::Path } else { DriftKind::Name };
            self.differ(kind, (member, right), Side::Key, "");
            if let Some(role) = below(role, &right.key(), right.kind()) {
                self.values(member, right, role, &right.key(), depth + 1);
            }
        }
        self.doubts -= doubt;
    }

    /// Pairs elements by what names them, wherever they stand, and the others by their place.
    fn elements(&mut self, own: Node<'_>, theirs: Node<'_>, role: Role, key: &str, depth: usize) {
        let (own_all, all): (Vec<_>, Vec<_>) = (own.elements().collect(), theirs.elements().collect());
        self.left = self.left.saturating_sub(own_all.len() + all.len());
        let same_length = own_all.len() == all.len();
        if role == Role::Example {
            if same_length {
                for (element, right) in own_all.into_iter().zip(all) {
                    self.values(element, right, role, key, depth + 1);
                }
            }
            return;
        }
        let (named, own_rest, rest) = by_name(&own_all, &all);
        for (element, right) in named {
            self.values(element, right, role, key, depth + 1);
        }
        if own_rest.len() == rest.len() {
            let in_place = own_rest == rest;
            let doubt = usize::from(!in_place || rest.len() > 1);
            self.doubts += doubt;
            for (at, right) in own_rest.into_iter().zip(rest) {
                self.values(own_all[at], all[right], role, key, depth + 1);
            }
            self.doubts -= doubt;
            return;
        }
        for at in own_rest.into_iter().filter(|at| name_of(own_all[*at]).is_some()) {
            self.extra(own_all[at]);
        }
        for at in rest.into_iter().filter(|at| name_of(all[*at]).is_some()) {
            self.lost(own, all[at]);
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
        let is_sentence =
            || right.trim_end().contains(char::is_whitespace) && !matches!(key, "enum" | "name" | "const");
        let is_free = is_text && (role == Role::Example || is_sentence());
        if value == right || is_free || own.kind() == Kind::Null || theirs.kind() == Kind::Null {
            return;
        }
        let is_name = matches!(key, "name" | "$ref" | "propertyName" | "required") || is_operation;
        let kind = if is_name && is_text { DriftKind::Name } else { DriftKind::Value };
        self.differ(kind, (own, theirs), Side::Value, key);
    }

    fn differ(&mut self, kind: DriftKind, (own, theirs): Pair<'_>, side: Side, owner: &str) {
        let (here, there) = (side.place(own), side.place(theirs));
        let (value, right) = (side.text(own), side.text(theirs));
        // What is written in a block, with escapes or elsewhere is no text to replace.
        let is_plain = here.span.of(own.source().text) == value
            && there.span.of(theirs.source().text) == right
            && (side == Side::Key || !own.is_alias());
        let quoted = quote(own, here.span.start);
        let fits =
            quoted == quote(theirs, there.span.start) && (quoted.is_some() || stays_plain(&right, &value));
        self.found.push(Drift {
            kind,
            span: here.span,
            replacement: (is_plain && fits).then(|| right.clone().into_owned()),
            sure: self.doubts == 0 && right.is_ascii() && !value.is_ascii(),
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

/// Which side of a member is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Key,
    Value,
}

impl Side {
    fn place(self, node: Node<'_>) -> Place {
        if self == Self::Key { node.key_place() } else { node.place() }
    }

    fn text(self, node: Node<'_>) -> Cow<'_, str> {
        if self == Self::Key { node.key() } else { node.scalar() }
    }
}

/// The elements of two lists that have one name, the first of a name with the first; and the places of all others.
fn by_name<'n>(own: &[Node<'n>], theirs: &[Node<'n>]) -> (Vec<Pair<'n>>, Vec<usize>, Vec<usize>) {
    let mut known: HashMap<Name<'n>, VecDeque<usize>> = HashMap::default();
    for (at, node) in theirs.iter().enumerate() {
        if let Some(name) = name_of(*node) {
            known.entry(name).or_default().push_back(at);
        }
    }
    let (mut pairs, mut rest) = (Vec::new(), Vec::new());
    let mut is_met = vec![false; theirs.len()];
    for (at, node) in own.iter().enumerate() {
        let right = name_of(*node).and_then(|name| known.get_mut(&name)?.pop_front());
        match right {
            Some(right) => {
                is_met[right] = true;
                pairs.push((*node, theirs[right]));
            }
            None => rest.push(at),
        }
    }
    let left = (0..theirs.len()).filter(|at| !is_met[*at]).collect();
    (pairs, rest, left)
}

/// What an element of a list is known by: its name, and where a parameter is sent.
type Name<'n> = (Cow<'n, str>, Option<Cow<'n, str>>);

fn name_of(node: Node<'_>) -> Option<Name<'_>> {
    match node.kind() {
        Kind::Object => {
            let name = ["name", OPERATION, "$ref"].into_iter().find_map(|key| node.get(key))?;
            Some((name.scalar(), node.get("in").map(Node::scalar)))
        }
        Kind::Array => None,
        _ => Some((node.scalar(), None)),
    }
}

/// Whether a text needs no quotes where another stood without them: it has no sign of YAML that the other has not.
fn stays_plain(text: &str, other: &str) -> bool {
    let is_harmless = |c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '.') || other.contains(c);
    text.chars().all(|c| is_harmless(c) || c == '-') && !text.starts_with('-') && !text.is_empty()
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
