//! Which schemas are types, and what they are called.
//!
//! Definitions have the name of their key, documents that are a schema that of their title or file. Two
//! definitions of one spec with one name are one type if they say the same; else the later one takes its
//! file's name before its own.

use crate::hash::{HashMap, HashSet};
use crate::schema::{Shape, Type, TypeDef};
use crate::spec::document::Role;
use crate::spec::extensions;
use crate::spec::paths;
use crate::spec::tree::{Identity, Kind, Node};
use crate::text::Place;

use super::Lower;
use super::keywords::Keywords;

/// Values compared before two definitions are taken for different.
const COMPARED: usize = 1 << 14;

/// Names that were given.
#[derive(Default)]
pub struct Names<'a> {
    of: HashMap<Identity, (String, Place)>,
    taken: HashMap<(usize, String), Node<'a>>,
}

impl<'a> Names<'a> {
    /// The name of a schema that is a type.
    pub fn of(&self, node: Node<'a>) -> Option<&str> {
        self.of.get(&node.identity()).map(|(name, _)| name.as_str())
    }

    /// Where a type's name is declared.
    pub fn place(&self, node: Node<'a>) -> Place {
        self.of.get(&node.identity()).map_or_else(|| declared(node), |(_, place)| *place)
    }
}

/// Where the bytes are that name a schema: its key, its title, else its first key.
fn declared(node: Node<'_>) -> Place {
    let first = || node.members().next().map(Node::key_place);
    let title = || node.get("title").or_else(|| node.get("$id")).map(Node::place);
    if node.identity() == node.source().root().identity() {
        title().or_else(first).unwrap_or_else(|| node.place())
    } else {
        node.key_place()
    }
}

impl<'a> Lower<'a> {
    /// Names every definition, then every document that is a schema, and puts them on the work list.
    pub fn name_all(&mut self) {
        let library = self.library;
        let mut links = Vec::new();
        for entry in library.entries.iter().filter(|entry| entry.role != Role::Other) {
            for member in definitions(entry.root) {
                let keywords = Keywords::of(member, entry.dialect);
                if keywords.reference().is_some() && keywords.sole_part().is_some() {
                    links.push(member);
                } else {
                    self.define_member(member);
                }
            }
        }
        for link in links {
            self.define_link(link);
        }
        for entry in library.entries.iter().filter(|entry| entry.role == Role::Schema) {
            let keywords = Keywords::of(entry.root, entry.dialect);
            let only_points = keywords.reference().is_some() && keywords.sole_part().is_some();
            if only_points {
                // Its circle, if it is one, wants to be told.
                self.chain_end(entry.root);
            } else if keywords.says_something() || keywords.reference().is_some() {
                let title = entry.root.get("title").and_then(Node::text);
                let title = title.filter(|title| !title.is_empty() && !title.contains(char::is_whitespace));
                let name =
                    title.map_or_else(|| paths::stem(entry.path).to_owned(), std::borrow::Cow::into_owned);
                self.define(entry.root, &name);
            }
        }
    }

    /// A definition under its key. One that YAML makes by an alias is the other under a second name.
    fn define_member(&mut self, member: Node<'a>) {
        let key = member.key();
        match self.names.of(member).map(str::to_owned) {
            Some(name) if name != key => {
                let place = Some(member.key_place());
                let shape = Shape::Alias(Type::Named(name));
                let def = TypeDef { name: key.to_string(), doc: String::new(), shape, place, origin: None };
                let spec = self.entry(member).spec;
                self.types[spec].entry(key.into_owned()).or_insert(def);
            }
            _ => {
                self.define(member, extensions::own_name(member).as_deref().unwrap_or(&key));
            }
        }
    }

    /// A definition that only refers to another schema: that one's name, if it has none yet.
    fn define_link(&mut self, link: Node<'a>) {
        let key = extensions::own_name(link).unwrap_or_else(|| link.key());
        let end = self.chain_end(link);
        if end.identity() == link.identity() || self.names.of(end).is_some_and(|name| name != key) {
            self.define(link, &key);
            return;
        }
        if self.names.of(end).is_none() {
            self.define(end, &key);
        }
        if let Some(name) = self.names.of(end).map(str::to_owned) {
            self.names.of.insert(link.identity(), (name, declared(link)));
        }
    }

    /// Makes a schema a type, under a name as near to the wanted one as can be.
    pub fn define(&mut self, node: Node<'a>, wanted: &str) -> String {
        if let Some(name) = self.names.of(node) {
            return name.to_owned();
        }
        let entry = self.entry(node);
        let mut name = wanted.to_owned();
        let mut further = 1;
        while let Some(other) = self.names.taken.get(&(entry.spec, name.clone())).copied() {
            if self.is_same(node, other) {
                self.names.of.insert(node.identity(), (name.clone(), declared(node)));
                return name;
            }
            let stem = paths::stem(entry.path);
            name =
                if further == 1 { format!("{stem}.{wanted}") } else { format!("{stem}.{wanted}{further}") };
            further += 1;
            if further > 2 {
                continue;
            }
            let other = self.position(self.names.place(other));
            self.note(
                declared(node),
                format!("`{wanted}` is also defined at {other}; this one is called `{name}`"),
            );
        }
        self.names.taken.insert((entry.spec, name.clone()), node);
        self.names.of.insert(node.identity(), (name.clone(), declared(node)));
        self.queue.push_back(node);
        name
    }

    /// Whether two schemas say the same about values, whatever they say to people.
    fn is_same(&mut self, left: Node<'a>, right: Node<'a>) -> bool {
        let mut seen: HashSet<(Identity, Identity)> = HashSet::default();
        let mut work = vec![(left, right)];
        while let Some((left, right)) = work.pop() {
            let (left, right) = (self.chain_end(left), self.chain_end(right));
            if left.identity() == right.identity() || !seen.insert((left.identity(), right.identity())) {
                continue;
            }
            if seen.len() > COMPARED || left.kind() != right.kind() {
                return false;
            }
            match left.kind() {
                Kind::Object => {
                    let (left, right) = (sorted_members(left), sorted_members(right));
                    if left.len() != right.len() {
                        return false;
                    }
                    for (left, right) in left.into_iter().zip(right) {
                        if left.key() != right.key() {
                            return false;
                        }
                        work.push((left, right));
                    }
                }
                Kind::Array => {
                    let (left, right): (Vec<_>, Vec<_>) =
                        (left.elements().collect(), right.elements().collect());
                    if left.len() != right.len() {
                        return false;
                    }
                    work.extend(left.into_iter().zip(right));
                }
                _ if left.scalar() != right.scalar() => return false,
                _ => {}
            }
        }
        true
    }

    /// A place for people: `path:line:column`.
    pub fn position(&self, place: Place) -> String {
        self.positions.of(place)
    }
}

/// Members in the order of their keys, without those for people.
fn sorted_members(node: Node<'_>) -> Vec<Node<'_>> {
    let is_text = |node: &Node<'_>| {
        ["description", "title", "example", "examples", "$comment", "summary"]
            .iter()
            .any(|key| node.has_key(key))
            && node.kind() != Kind::Object
    };
    let mut members: Vec<Node<'_>> = node.members().filter(|member| !is_text(member)).collect();
    members.sort_by_key(|member| member.key());
    members
}

/// The definitions of a document, by draft.
fn definitions(root: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let components = || root.get("components").and_then(|components| components.get("schemas"));
    let lists = [root.get("$defs"), root.get("definitions"), components()];
    lists.into_iter().flatten().flat_map(Node::members)
}
