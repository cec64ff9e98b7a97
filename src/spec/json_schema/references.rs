//! Following `$ref`: to a type with a name, or to a schema that is read where it is referred to.

use crate::hash::HashSet;
use crate::schema::{Note, Type};
use crate::spec::library::Astray;
use crate::spec::paths;
use crate::spec::tree::{Identity, Kind, Node};

use super::keywords::{Keyword, Keywords};
use super::nulls::Nulls;
use super::types::Used;
use super::{DEEPEST, Lower};

/// What whoever refers to a schema has to know of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Facts {
    nullable: bool,
    read_only: bool,
    write_only: bool,
}

impl<'a> Lower<'a> {
    /// What a reference leads to; says so if it is nothing.
    pub fn target(&mut self, reference: Node<'a>) -> Option<Node<'a>> {
        let text = reference.text()?;
        let astray = match self.library.resolve(reference, &text) {
            Ok(node) => return Some(node),
            Err(astray) => astray,
        };
        let why = match astray {
            Astray::Remote => "leads to another site, which is not read".to_owned(),
            Astray::NoTarget => "leads to nothing".to_owned(),
            Astray::NoFile => self.missing_file(reference, &text),
        };
        self.note(reference.place(), format!("reference `{text}` {why}"));
        None
    }

    /// Only files below the folder that was given are read for a reference.
    fn missing_file(&self, reference: Node<'a>, text: &str) -> String {
        let entry = self.entry(reference);
        let path = paths::file_of(entry.path, text).unwrap_or_default();
        if paths::is_below(&path, entry.folder) {
            format!("leads to no file that can be read: {path}")
        } else {
            format!("leads out of the folder of this spec; give {path} as a spec as well")
        }
    }

    /// The type a reference stands for.
    pub fn reference(&mut self, reference: Node<'a>, depth: u32) -> Used {
        let Some(target) = self.target(reference) else { return Used::plain(Type::Any) };
        let facts = self.facts(target);
        let ty = match self.name_of(target, reference) {
            Some(name) => Type::Named(name),
            None if self.inlining.insert(target.identity()) => {
                let used = self.used(target, depth + 1);
                self.inlining.remove(&target.identity());
                return used;
            }
            // It is a part of itself.
            None => Type::Named(self.define_for(target, reference)),
        };
        Used { ty, nullable: facts.nullable, read_only: facts.read_only, write_only: facts.write_only }
    }

    /// The name of the type that a reference leads to; `None` if it is better read on the spot.
    fn name_of(&mut self, target: Node<'a>, reference: Node<'a>) -> Option<String> {
        if let Some(name) = self.names.of(target) {
            return Some(name.to_owned());
        }
        let end = self.chain_end(target);
        if let Some(name) = self.names.of(end) {
            return Some(name.to_owned());
        }
        let keywords = Keywords::of(end, self.entry(end).dialect);
        let is_type = self.enumeration(&keywords).is_some() || self.is_object(end, 0);
        is_type.then(|| self.define_for(end, reference))
    }

    /// Gives a type the name that a reference calls it by.
    fn define_for(&mut self, node: Node<'a>, reference: Node<'a>) -> String {
        let text = reference.text().unwrap_or_default();
        let (uri, fragment) = text.split_once('#').unwrap_or((&text, ""));
        let steps: Vec<String> =
            fragment.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
        let is_name = |step: &&String| {
            !step.is_empty() && !step.bytes().all(|byte| byte.is_ascii_digit()) && !is_structural(step)
        };
        let entry = self.entry(node);
        let fallback = || if uri.is_empty() { entry.path } else { uri };
        let name = steps.iter().rev().find(is_name).cloned();
        let name = name.unwrap_or_else(|| paths::stem(fallback()).to_owned());
        self.define(node, &name)
    }

    /// Where a chain of schemas ends that do nothing but refer to the next.
    pub fn chain_end(&mut self, start: Node<'a>) -> Node<'a> {
        let mut node = start;
        let mut seen = HashSet::default();
        while node.kind() == Kind::Object {
            if let Some(end) = self.ends.get(&node.identity()) {
                node = *end;
                break;
            }
            let keywords = Keywords::of(node, self.entry(node).dialect);
            let Some(part) = keywords.sole_part() else { break };
            if !seen.insert(node.identity()) || self.circular.contains(&node.identity()) {
                self.circle(node, seen);
                return start;
            }
            node = match keywords.reference().filter(|_| part.identity() == node.identity()) {
                None => part,
                Some(reference) => match self.target(reference) {
                    Some(target) => target,
                    None => break,
                },
            };
        }
        self.ends.extend(seen.into_iter().map(|member| (member, node)));
        node
    }

    /// Says once that schemas refer to each other in a circle.
    fn circle(&mut self, node: Node<'a>, members: HashSet<Identity>) {
        let is_new = !self.circular.contains(&node.identity());
        self.circular.extend(members);
        if is_new {
            let message = "this reference leads back to itself and never to a schema".to_owned();
            self.failures.push(Note { place: Some(node.key_place()), message });
        }
    }

    /// Whether a schema describes an object.
    pub fn is_object(&mut self, node: Node<'a>, depth: u32) -> bool {
        let node = self.chain_end(node);
        if let Some(known) = self.objects.get(&node.identity()) {
            return *known;
        }
        if node.kind() != Kind::Object || depth > DEEPEST {
            return false;
        }
        // What is made of itself is told when it is lowered; until then nothing speaks against an object.
        self.objects.insert(node.identity(), true);
        let is_object = self.describes_object(node, depth);
        self.objects.insert(node.identity(), is_object);
        is_object
    }

    fn describes_object(&mut self, node: Node<'a>, depth: u32) -> bool {
        let keywords = Keywords::of(node, self.entry(node).dialect);
        let has = |keyword: Keyword| keywords.has(keyword);
        let says_object = keywords
            .get(Keyword::Type)
            .is_some_and(|ty| ty.scalar() == "object" || ty.elements().any(|name| name.scalar() == "object"));
        if says_object
            || has(Keyword::Properties)
            || has(Keyword::Required)
            || has(Keyword::AdditionalProperties)
        {
            return true;
        }
        let parts = |keyword: Keyword| keywords.get(keyword).into_iter().flat_map(Node::elements);
        if has(Keyword::AllOf) {
            return parts(Keyword::AllOf).any(|part| self.is_object(part, depth + 1));
        }
        let mut forms: Vec<Node<'a>> = parts(Keyword::OneOf).chain(parts(Keyword::AnyOf)).collect();
        forms.retain(|form| !self.is_null(*form));
        !forms.is_empty() && forms.into_iter().all(|part| self.is_object(part, depth + 1))
    }

    /// What a type's users must know: a type cannot say of itself that it may be null.
    fn facts(&mut self, target: Node<'a>) -> Facts {
        if let Some(facts) = self.facts.get(&target.identity()) {
            return *facts;
        }
        let mut facts = Facts::default();
        if self.entry(target).is_own {
            // Its users say so themselves.
            return facts;
        }
        let end = self.chain_end(target);
        for node in [target, end] {
            let keywords = Keywords::of(node, self.entry(node).dialect);
            facts.nullable |= keywords.is_set(Keyword::Nullable);
            facts.read_only |= keywords.is_set(Keyword::ReadOnly);
            facts.write_only |= keywords.is_set(Keyword::WriteOnly);
        }
        facts.nullable |= self.nulls(end, 0) != Nulls::None;
        if facts.nullable {
            let keywords = Keywords::of(end, self.entry(end).dialect);
            facts.nullable = self.enumeration(&keywords).is_some() || self.is_object(end, 0);
        }
        self.facts.insert(target.identity(), facts);
        facts
    }
}

/// Steps of a pointer that name no type.
fn is_structural(step: &str) -> bool {
    matches!(
        step,
        "items"
            | "properties"
            | "additionalProperties"
            | "allOf"
            | "oneOf"
            | "anyOf"
            | "schema"
            | "schemas"
            | "content"
            | "components"
            | "$defs"
            | "definitions"
            | "prefixItems"
            | "responses"
            | "requestBody"
            | "parameters"
    )
}
