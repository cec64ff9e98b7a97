//! Whether a schema allows `null`, in all the ways there are to say so.

use crate::spec::tree::{Kind, Node};

use super::keywords::{Keyword, Keywords};
use super::{DEEPEST, Lower};

/// Whether `null` is a value of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// It is none, or nothing is said of it.
    None,
    /// It is one of its values.
    Among,
    /// It is its only value.
    Only,
}

impl<'a> Lower<'a> {
    /// Whether a schema allows `null` and nothing else.
    pub fn is_null(&mut self, node: Node<'a>) -> bool {
        self.nulls(node, 0) == Nulls::Only
    }

    /// Whether a schema allows `null`: by its type, by a value, by one of its forms, by all of its parts.
    pub fn nulls(&mut self, node: Node<'a>, depth: u32) -> Nulls {
        let node = self.chain_end(node);
        if let Some(known) = self.nulls.get(&node.identity()) {
            return *known;
        }
        if node.kind() != Kind::Object || depth > DEEPEST {
            return Nulls::None;
        }
        // What is made of itself adds nothing.
        self.nulls.insert(node.identity(), Nulls::None);
        let nulls = self.find_nulls(node, depth);
        self.nulls.insert(node.identity(), nulls);
        nulls
    }

    fn find_nulls(&mut self, node: Node<'a>, depth: u32) -> Nulls {
        let keywords = Keywords::of(node, self.entry(node).dialect);
        let of_parts = |lower: &mut Self, keyword: Keyword| -> Option<(bool, bool)> {
            let parts: Vec<Node<'a>> = keywords.get(keyword)?.elements().collect();
            let each: Vec<Nulls> = parts.into_iter().map(|part| lower.nulls(part, depth + 1)).collect();
            let all = |is: fn(&Nulls) -> bool| !each.is_empty() && each.iter().all(is);
            Some(match keyword {
                // A value is one of all parts.
                Keyword::AllOf => (all(|one| *one != Nulls::None), each.contains(&Nulls::Only)),
                _ => (each.iter().any(|one| *one != Nulls::None), all(|one| *one == Nulls::Only)),
            })
        };
        let listed = || {
            let kinds = |keyword: Keyword| keywords.get(keyword).into_iter().flat_map(Node::elements);
            let ty = keywords.get(Keyword::Type);
            let is_null = |name: &Node<'a>| name.scalar() == "null";
            if let Some(value) = keywords.get(Keyword::Const) {
                of_values(std::iter::once(value.kind() == Kind::Null))
            } else if keywords.has(Keyword::Enum) {
                of_values(kinds(Keyword::Enum).map(|value| value.kind() == Kind::Null))
            } else {
                let sole = ty.filter(|ty| ty.kind() != Kind::Array);
                of_values(sole.into_iter().chain(kinds(Keyword::Type)).map(|name| is_null(&name)))
            }
        };
        let by_form = of_parts(self, Keyword::OneOf).or_else(|| of_parts(self, Keyword::AnyOf));
        let by_part = of_parts(self, Keyword::AllOf);
        let (among, only) = by_form.or(by_part).unwrap_or_default();
        match listed() {
            _ if keywords.is_set(Keyword::Nullable) => Nulls::Among,
            Nulls::None if only => Nulls::Only,
            Nulls::None if among => Nulls::Among,
            nulls => nulls,
        }
    }
}

/// What values say, each of which is `null` or is not.
fn of_values(values: impl Iterator<Item = bool>) -> Nulls {
    let values: Vec<bool> = values.collect();
    match values.iter().filter(|is_null| **is_null).count() {
        0 => Nulls::None,
        count if count == values.len() => Nulls::Only,
        _ => Nulls::Among,
    }
}
