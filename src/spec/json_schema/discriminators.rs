//! `discriminator`: which word tells the kinds of a schema apart.
//!
//! A kind is named by the `mapping`, else by its schema. The property that tells is then that word.

use crate::schema::{Format, Object, Type};
use crate::spec::alternatives::one_of;
use crate::spec::tree::{Identity, Kind, Node};

use super::Lower;
use super::keywords::{Keyword, Keywords};

/// How a kind shows in its values.
#[derive(Debug, Clone)]
pub struct Tag {
    property: String,
    words: Vec<String>,
}

/// How many schemas may include each other between a kind and what it is a kind of.
const GENERATIONS: u32 = 8;

impl<'a> Lower<'a> {
    /// Finds the kinds of every schema that has a `discriminator`.
    pub fn find_tags(&mut self) {
        for node in self.queue.iter().copied().collect::<Vec<_>>() {
            let keywords = Keywords::of(node, self.entry(node).dialect);
            if let Some(discriminator) = keywords.get(Keyword::Discriminator) {
                let forms =
                    [Keyword::OneOf, Keyword::AnyOf].into_iter().filter_map(|keyword| keywords.get(keyword));
                for form in forms.flat_map(Node::elements) {
                    let kind = self.chain_end(form);
                    self.add_tag(kind, discriminator);
                }
            }
            self.tag_as_kind(node, node, 0);
        }
    }

    /// Looks for a discriminator in what a schema includes.
    fn tag_as_kind(&mut self, kind: Node<'a>, node: Node<'a>, generation: u32) {
        let parts =
            node.get("allOf").into_iter().flat_map(Node::elements).filter(|part| part.get("$ref").is_some());
        for part in parts.take(32) {
            let base = self.chain_end(part);
            if base.identity() == part.identity() || generation > GENERATIONS {
                continue;
            }
            if let Some(discriminator) = base.get("discriminator") {
                self.add_tag(kind, discriminator);
            }
            self.tag_as_kind(kind, base, generation + 1);
        }
    }

    fn add_tag(&mut self, kind: Node<'a>, discriminator: Node<'a>) {
        let Some(property) = discriminator.get("propertyName").and_then(Node::text) else { return };
        let Some(name) = self.names.of(kind).map(str::to_owned) else { return };
        if self.tags.contains_key(&kind.identity()) {
            return;
        }
        let mapping = discriminator.get("mapping").into_iter().flat_map(Node::members);
        let mut words: Vec<String> = mapping
            .filter(|member| self.mapped(*member) == Some(kind.identity()))
            .map(|member| member.key().into_owned())
            .collect();
        if words.is_empty() {
            let own = kind.get("x-ms-discriminator-value").and_then(Node::text);
            // A name may have been lengthened to be unique; its key was not.
            let key = Some(kind.key()).filter(|key| !key.is_empty());
            words.push(own.or(key).map_or(name, std::borrow::Cow::into_owned));
        }
        self.tags.insert(kind.identity(), Tag { property: property.into_owned(), words });
    }

    /// The schema that a word of a `mapping` stands for: by reference or by name.
    fn mapped(&self, member: Node<'a>) -> Option<Identity> {
        let text = member.text().filter(|_| member.kind() == Kind::Text)?;
        let by_name = || self.library.resolve(member, &format!("#/components/schemas/{text}"));
        let node =
            if text.contains(['/', '#', '.']) { self.library.resolve(member, &text) } else { by_name() };
        node.or_else(|_| by_name()).ok().map(Node::identity)
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
    }
}
