//! Documents that lie in no file: a place in one is shown as the value that stands there, under its JSON pointer.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use crate::schema::{Note, Schema, SpecFile};
use crate::text::{FileId, Place, Span};

use super::Input;
use super::document::{Content, Document};
use super::places;
use super::tree::{self, Kind, Node, Source, Tree};

/// Where definitions are kept. What is in one is named after it, wherever it lies.
const DEFINITIONS: [&str; 3] = ["/$defs/", "/definitions/", "/components/schemas/"];

/// A JSON Schema or an `OpenAPI` document as a spec of that name. A document that is a schema without `title` is a
/// type of that name. References stay inside the document.
///
/// A finding points at `Cart#/properties/quantity`, and shows what stands there.
pub fn document(name: &str, document: &Value) -> Input {
    let text = format!("{document:#}");
    let content = tree::json(&text).map_or_else(Content::Wrong, Content::Tree);
    let file = SpecFile { path: name.to_owned(), text };
    let documents = vec![Document { file, content, in_memory: true }];
    Input { name: name.to_owned(), folder: String::new(), is_file: true, documents }
}

/// Moves places in documents that lie in no file to files of their own, one a place, which are added to the schema's.
pub fn settle<'t>(
    documents: impl Iterator<Item = (FileId, &'t Tree)>,
    schema: &mut Schema,
    problems: &mut [Note],
) {
    let documents: BTreeMap<FileId, &Tree> = documents.collect();
    if documents.is_empty() {
        return;
    }
    let mut wanted: HashSet<Place> = HashSet::new();
    let mut note = |place: &mut Option<Place>| {
        wanted.extend(place.filter(|place| documents.contains_key(&place.file)));
    };
    each_place(schema, problems, &mut note);
    let mut settled: HashMap<Place, Place> = HashMap::new();
    for (file, tree) in documents {
        let SpecFile { path, text } = schema.files[file.0 as usize].clone();
        let source = Source { tree, text: &text, file };
        for (pointer, node) in nodes(source.root()) {
            for place in [node.key_place(), node.place()] {
                if wanted.remove(&place) {
                    let (text, span) = quoted(node, place);
                    let file = FileId(schema.files.len() as u32);
                    schema.files.push(SpecFile { path: named(&path, &pointer), text });
                    settled.insert(place, Place { file, span });
                }
            }
        }
    }
    let mut settle = |place: &mut Option<Place>| {
        *place = place.map(|place| settled.get(&place).copied().unwrap_or(place));
    };
    each_place(schema, problems, &mut settle);
}

fn each_place(schema: &mut Schema, problems: &mut [Note], visit: &mut dyn FnMut(&mut Option<Place>)) {
    places::visit(schema, visit);
    schema.notes.iter_mut().chain(problems).for_each(|note| visit(&mut note.place));
}

/// Every value of a document below the outermost one, with its JSON pointer.
fn nodes(root: Node<'_>) -> Vec<(String, Node<'_>)> {
    let mut found = Vec::new();
    let mut work = vec![(String::new(), root)];
    while let Some((pointer, node)) = work.pop() {
        let members =
            node.members().map(|member| (member.key().replace('~', "~0").replace('/', "~1"), member));
        let elements = node.elements().enumerate().map(|(at, element)| (at.to_string(), element));
        let children: Vec<_> =
            members.chain(elements).map(|(step, child)| (format!("{pointer}/{step}"), child)).collect();
        found.extend(children.iter().cloned());
        work.extend(children);
    }
    found
}

/// `Cart#/properties/quantity` for what is in a definition, else the document's name and the pointer.
fn named(document: &str, pointer: &str) -> String {
    let within = DEFINITIONS.iter().find_map(|definitions| pointer.strip_prefix(definitions));
    match within.map(|within| within.split_once('/').unwrap_or((within, ""))) {
        Some((definition, "")) => definition.to_owned(),
        Some((definition, rest)) => format!("{definition}#/{rest}"),
        None => format!("{document}#{pointer}"),
    }
}

/// A value on one line, with its key if that was meant, and where in the line the place is.
fn quoted(node: Node<'_>, place: Place) -> (String, Span) {
    let text = node.source().text;
    let is_key = place != node.place();
    let value = node.bytes().of(text);
    let value: String = match node.kind() {
        Kind::Object | Kind::Array => {
            serde_json::from_str(value).map_or_else(|_| value.to_owned(), |value: Value| value.to_string())
        }
        _ => value.to_owned(),
    };
    let span = place.span.of(text);
    if is_key {
        let line = format!("\"{span}\": {value}");
        return (line, Span::new(1, 1 + span.len() as u32));
    }
    let quote = u32::from(node.kind() == Kind::Text);
    let end = value.len() as u32 - quote;
    (value, Span::new(quote, end))
}
