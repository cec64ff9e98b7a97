//! What schemas say and nobody compares, counted: one note for each kind of thing.

use std::collections::BTreeMap;

use crate::hash::HashSet;
use crate::schema::Note;
use crate::spec::tree::{Identity, Node};
use crate::text::Place;

use super::keywords::Rest;

/// Counts by what is said about each.
#[derive(Debug, Default)]
pub struct Unheld {
    counts: BTreeMap<(Kind, String), (usize, Place)>,
    seen: HashSet<Identity>,
}

/// What is said about a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A key of a schema.
    Key(Rest),
    /// A value of `format`.
    Format,
    /// `enum` or `const` of values that are no strings, where no type has that name.
    Values,
    /// A value where a schema belongs.
    NoSchema,
    /// A schema that is a part of itself by `allOf`.
    IncludesItself,
    /// An `allOf` of several types that are no objects.
    MixedParts,
    /// Something of an `OpenAPI` document outside of schemas.
    OpenApi,
}

impl Unheld {
    /// Counts something at its place, however often it is come by.
    pub fn count(&mut self, kind: Kind, name: &str, node: Node<'_>) {
        if !self.seen.insert(node.identity()) {
            return;
        }
        let place = node.key_place();
        let (count, first) = self.counts.entry((kind, name.to_owned())).or_insert((0, place));
        *count += 1;
        *first = place.min(*first);
    }

    /// One note for each, at its first place.
    pub fn into_notes(self) -> impl Iterator<Item = Note> {
        self.counts.into_iter().map(|((kind, name), (count, place))| {
            let what = match kind {
                Kind::Key(Rest::Unheld) | Kind::OpenApi => format!("`{name}` is not compared"),
                Kind::Key(Rest::Unknown) => {
                    format!("`{name}` is not a keyword of JSON Schema; it is ignored")
                }
                Kind::Key(Rest::Beside) => format!("`{name}` beside `$ref` does not count in this draft"),
                Kind::Format => format!("format `{name}` is not compared"),
                Kind::Key(Rest::Malformed) => format!("this is not a valid value for `{name}`"),
                Kind::Values => {
                    format!("of the values of `{name}` that are not strings only the type is compared")
                }
                Kind::IncludesItself => "this schema includes itself".to_owned(),
                Kind::MixedParts => {
                    "of an `allOf` of types that are not objects only the first is used".to_owned()
                }
                Kind::NoSchema => "a schema is an object, `true` or `false`; this is none of them".to_owned(),
            };
            let message =
                if count == 1 { what } else { format!("{what} ({count} places, this is the first)") };
            Note { place: Some(place), message }
        })
    }
}
