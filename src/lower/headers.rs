//! The headers that examples of requests send.
//!
//! Absent here: what tables say about them.

use std::collections::HashMap;

use crate::fold::identifier_key;
use crate::json::NodeKind;
use crate::lower::attach::{Attached, page};
use crate::lower::shown::Shown;
use crate::lower::world::World;
use crate::text::Place;

/// Headers that every message has or that are about its body and its sender, not about the operation.
const COMMON: [&str; 14] = [
    "accept",
    "accept-encoding",
    "authorization",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "date",
    "expect",
    "host",
    "pragma",
    "transfer-encoding",
    "user-agent",
];

/// Whether a header says nothing about the operation.
pub(super) fn is_common(name: &str) -> bool {
    COMMON.iter().any(|common| common.eq_ignore_ascii_case(name))
}

/// The headers of an operation's requests by key, in the order of their first, and after them those of `listed`.
pub(super) fn sent<'l>(
    world: &World<'_>,
    attached: &Attached,
    listed: impl Iterator<Item = &'l str>,
) -> Vec<(String, Shown)> {
    let mut headers = Headers::default();
    for (id, _) in &attached.lines {
        let said = &world.pages[id.page];
        let Some(page) = page(world.all, said) else { continue };
        let Some(example) = page.facts.examples.get(id.example) else { continue };
        let Some(code) = page.document.codes.get(example.code as usize) else { continue };
        let text = page.document.code_text(&page.source.text, code);
        for (name, value) in &example.message.headers {
            let place = Place { file: page.file, span: code.to_source(*name) };
            let name = name.of(&text).trim();
            let shown = headers.get(identifier_key(name).as_ref());
            shown.witness(name, &said.locale, place);
            shown.record(NodeKind::String, value.of(&text).trim());
        }
    }
    listed.for_each(|key| {
        headers.get(key);
    });
    headers.list
}

#[derive(Default)]
struct Headers {
    list: Vec<(String, Shown)>,
    places: HashMap<String, usize>,
}

impl Headers {
    /// The header of that key, a new one if need be.
    fn get(&mut self, key: &str) -> &mut Shown {
        let next = self.list.len();
        let at = *self.places.entry(key.to_owned()).or_insert(next);
        if at == next {
            self.list.push((key.to_owned(), Shown::default()));
        }
        &mut self.list[at].1
    }
}
