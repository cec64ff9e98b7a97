//! `discriminator`: which word tells the kinds of a schema apart.
//!
//! A kind is named by the `mapping`, else by its schema. The property that tells is then that word.

use std::borrow::Cow;
use std::collections::VecDeque;

use crate::hash::{HashMap, HashSet};
use crate::schema::{Additional, Format, Object, Type};
use crate::spec::alternatives::one_of;
use crate::spec::tree::{Identity, Node};

use super::Lower;
use super::keywords::{Keyword, Keywords};

/// How a kind shows in its values.
#[derive(Debug, Clone)]
pub struct Tag {
    property: String,
    words: Vec<String>,
    /// Whether other kinds extend it.
    is_base: bool,
}

/// The words for each kind.
pub type Mapping = HashMap<Identity, Vec<String>>;

/// How many schemas that a kind includes, and that those include, are asked for a discriminator.
const ASKED: usize = 64;

impl<'a> Lower<'a> {
    /// Finds the kinds of every schema that has a `discriminator`.
    pub fn find_tags(&mut self) {
        for node in self.queue.iter().copied().collect::<Vec<_>>() {
            let keywords = Keywords::of(node, self.entry(node).dialect);
            if let Some(discriminator) = keywords.get(Keyword::Discriminator) {
                let lists = [Keyword::OneOf, Keyword::AnyOf].into_iter();
                let forms = lists.filter_map(|keyword| keywords.get(keyword)).flat_map(Node::elements);
                for form in forms {
                    let kind = self.chain_end(form);
                    self.add_tag(kind, discriminator);
                }
            }
            self.tag_as_kind(node);
        }
        self.tag_bases();
    }

    /// A kind that other kinds extend may be any of those: it has their words as well, and is open.
    fn tag_bases(&mut self) {
        let mut further: HashMap<Identity, Vec<String>> = HashMap::default();
        for node in self.queue.iter().copied().collect::<Vec<_>>() {
            let Some(words) = self.tags.get(&node.identity()).map(|tag| tag.words.clone()) else { continue };
            for base in self.bases(node) {
                if self.tags.contains_key(&base.identity()) {
                    further.entry(base.identity()).or_default().extend(words.iter().cloned());
                }
            }
        }
        for (base, words) in further {
            if let Some(tag) = self.tags.get_mut(&base) {
                let new: Vec<String> = words.into_iter().filter(|word| !tag.words.contains(word)).collect();
                tag.words.extend(new);
                tag.is_base = true;
            }
        }
    }

    /// What a schema includes by reference, and what that includes, nearest first.
    fn bases(&mut self, kind: Node<'a>) -> Vec<Node<'a>> {
        let mut seen = HashSet::from_iter([kind.identity()]);
        let mut work = VecDeque::from([kind]);
        let mut out = Vec::new();
        while let Some(node) = work.pop_front() {
            let parts = node.get("allOf").into_iter().flat_map(Node::elements);
            for part in parts.filter(|part| part.get("$ref").is_some()) {
                let base = self.chain_end(part);
                if seen.len() > ASKED || !seen.insert(base.identity()) {
                    continue;
                }
                out.push(base);
                work.push_back(base);
            }
        }
        out
    }

    /// Looks for a discriminator in what a schema includes, nearest first.
    fn tag_as_kind(&mut self, kind: Node<'a>) {
        for base in self.bases(kind) {
            if let Some(discriminator) = own_discriminator(base) {
                self.add_tag(kind, discriminator);
            }
        }
    }

    fn add_tag(&mut self, kind: Node<'a>, discriminator: Node<'a>) {
        let property = discriminator.get("propertyName").and_then(Node::text);
        let Some(property) = property.or_else(|| discriminator.text()) else { return };
        let Some(name) = self.names.of(kind).map(str::to_owned) else { return };
        if self.tags.contains_key(&kind.identity()) {
            return;
        }
        if !self.mappings.contains_key(&discriminator.identity()) {
            let mapping = self.mapping(discriminator);
            self.mappings.insert(discriminator.identity(), mapping);
        }
        let mapped =
            self.mappings.get(&discriminator.identity()).and_then(|words| words.get(&kind.identity()));
        let words = mapped.cloned().unwrap_or_else(|| {
            let own = kind.get("x-ms-discriminator-value").and_then(Node::text);
            // A name may have been lengthened to be unique; its key was not.
            let key = Some(kind.key()).filter(|key| !key.is_empty());
            vec![own.or(key).map_or(name, Cow::into_owned)]
        });
        self.tags.insert(kind.identity(), Tag { property: property.into_owned(), words, is_base: false });
    }

    /// What the words of a `mapping` stand for.
    fn mapping(&mut self, discriminator: Node<'a>) -> Mapping {
        let mut mapping = Mapping::default();
        for member in discriminator.get("mapping").into_iter().flat_map(Node::members) {
            let Some(text) = member.text() else { continue };
            let by_name = || self.library.resolve(member, &format!("#/components/schemas/{text}"));
            let by_reference = || self.library.resolve(member, &text);
            let is_reference = text.contains(['/', '#', '.']);
            let found = if is_reference { by_reference().or_else(|_| by_name()) } else { by_name() };
            if let Ok(node) = found {
                let kind = self.chain_end(node).identity();
                mapping.entry(kind).or_default().push(member.key().into_owned());
            }
        }
        mapping
    }

    /// Makes the property that tells kinds apart the word that this one has.
    pub fn tag(&self, object: &mut Object, node: Node<'a>) {
        let Some(tag) = self.tags.get(&node.identity()) else { return };
        let property = object.properties.iter_mut().find(|property| property.name == tag.property);
        if let Some(property) =
            property.filter(|one| matches!(one.ty, Type::Any | Type::String(Format::Plain)))
        {
            property.ty = one_of(tag.words.iter().cloned().map(Type::Constant).collect());
        }
        if tag.is_base && object.additional == Additional::Unspecified {
            // What extends it has properties of its own.
            object.additional = Additional::Of(Box::new(Type::Any));
        }
    }
}

/// The discriminator of a schema: its own, or that of what it adds to others.
fn own_discriminator(schema: Node<'_>) -> Option<Node<'_>> {
    let parts = || schema.get("allOf").into_iter().flat_map(Node::elements);
    let own_part =
        || parts().filter(|part| part.get("$ref").is_none()).find_map(|part| part.get("discriminator"));
    schema.get("discriminator").or_else(own_part)
}
