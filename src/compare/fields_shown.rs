//! A table of fields beside the example of the same operation: names, kinds of value and what is required, on one page
//! without a spec or a source.
//!
//! Both must clearly be about one thing: most names are shared, and the example stands in the table's scope. Absent
//! here: which of the two is right.

use crate::compare::conform::nearest;
use crate::compare::names::is_identifier;
use crate::comparison::TableComparison;
use crate::facts::{ColumnRole, Direction, Example, Page, TableFact, TableRole};
use crate::fold::identifier_key;
use crate::hash::HashMap;
use crate::json::{Json, NodeId, NodeKind};
use crate::lexicon::Vocabulary;
use crate::normalize::bodies::Body;
use crate::normalize::marks;
use crate::normalize::types::Quality;
use crate::schema::Type;
use crate::text::Span;

/// A field on which a table and an example disagree.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldMismatch {
    /// Row of the table: index into [`TableComparison::rows`].
    pub row: u32,
    /// The page's bytes of the key, or of what lacks it.
    pub shown: Span,
    /// What they disagree on.
    pub kind: FieldMismatchKind,
}

/// What a table and an example disagree on.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldMismatchKind {
    /// The example's key in its place.
    Name {
        /// As the example has it.
        key: String,
    },
    /// The kind of the example's value.
    Type {
        /// `string`, `number` …
        kind: &'static str,
    },
    /// The row is required and the example lacks it.
    Absent,
}

/// Examples looked at for a table, on either side of it.
const NEAR: usize = 4;
/// Rows of a table that are compared.
const ROWS: usize = 256;
/// Objects of one example that are looked at.
const OBJECTS: usize = 16;

/// What the examples of the page say differently from a table.
pub fn mismatches(
    page: &Page,
    table: &TableComparison<'_>,
    vocabulary: &Vocabulary<'_>,
) -> Vec<FieldMismatch> {
    let Some(fact) = page.facts.tables.get(table.table as usize) else { return Vec::new() };
    let lists_fields = matches!(fact.role, TableRole::Properties | TableRole::Parameters);
    let rows = table.rows.get(..table.rows.len().min(ROWS)).unwrap_or_default();
    if !lists_fields || rows.len() < 3 || !fact.columns.contains(&ColumnRole::Name) {
        return Vec::new();
    }
    let names: Vec<&str> = rows.iter().map(|row| row.name.text.trim()).collect();
    let mut at_name: HashMap<&str, usize> = HashMap::default();
    for (at, name) in names.iter().enumerate() {
        at_name.entry(name).or_insert(at);
    }
    let Some((body, object, example)) = best(page, fact, &at_name) else { return Vec::new() };
    let inverted = fact.columns.contains(&ColumnRole::Optional);
    let cells: Vec<&str> =
        rows.iter().map(|row| row.required.as_ref().map_or("", |words| &*words.text)).collect();
    let marks = marks::column(&cells, vocabulary).cells;
    let is_required = |at: usize| marks::required(marks.get(at).copied().flatten(), inverted) == Some(true);

    let members: Vec<(String, NodeId)> = body
        .json
        .members(body.text(), object)
        .map(|(key, node)| (key.into_owned(), node))
        .take(ROWS)
        .collect();
    let mut found = Vec::new();
    let mut unlisted: Vec<&(String, NodeId)> = Vec::new();
    let mut sent = vec![false; rows.len()];
    for member in &members {
        let Some(at) = at_name.get(member.0.as_str()) else {
            unlisted.push(member);
            continue;
        };
        sent[*at] = true;
        let kind = body.json.node(member.1).kind;
        let documented = rows.get(*at).and_then(|row| row.type_reading(page, vocabulary));
        let documented =
            documented.filter(|reading| matches!(reading.quality, Quality::Exact | Quality::Translated));
        let ty = documented.and_then(|reading| reading.ty.as_ref());
        if let Some(kind) = ty.and_then(|ty| other_kind(ty, kind)) {
            let shown = body.value(member.1);
            found.push(FieldMismatch { row: *at as u32, shown, kind: FieldMismatchKind::Type { kind } });
        }
    }
    let is_top = |at: usize| names.get(at).is_some_and(|name| !name.contains(['.', '[', '/', ' ']));
    let mut absent: Vec<usize> = (0..rows.len()).filter(|at| !sent[*at] && is_top(*at)).collect();
    let lone = unlisted.len() == 1 && members.len() >= 4;
    unlisted.retain(|(key, node)| {
        let free = || absent.iter().filter_map(|at| names.get(*at).copied());
        let folded = identifier_key(key);
        let same = free().find(|name| identifier_key(name) == folded);
        let near = same.or_else(|| nearest(free(), key)).or_else(|| {
            // The only name that nothing is sent for, in words of another language.
            let mut foreign = free().filter(|name| !is_part_of_a_key(name, &members));
            let only = foreign.next().filter(|_| lone && is_identifier(key))?;
            foreign.next().is_none().then_some(only)
        });
        let Some(position) = near.and_then(|name| absent.iter().position(|at| names.get(*at) == Some(&name)))
        else {
            return true;
        };
        let row = absent.remove(position) as u32;
        let kind = FieldMismatchKind::Name { key: key.clone() };
        found.push(FieldMismatch { row, shown: body.key(*node), kind });
        false
    });
    // Only what a client sends, in full, is held to what is required.
    let is_whole =
        unlisted.is_empty() && !body.json.is_elided(object) && example.direction != Direction::Response;
    if is_whole && is_root(body.json, object) {
        let required = absent.into_iter().filter(|at| is_required(*at));
        found.extend(required.map(|at| FieldMismatch {
            row: at as u32,
            shown: body.value(object),
            kind: FieldMismatchKind::Absent,
        }));
    }
    found.sort_by_key(|mismatch| mismatch.row);
    found
}

/// Whether a key of the example has a name within it: `id` within `cartId` is another field.
fn is_part_of_a_key(name: &str, members: &[(String, NodeId)]) -> bool {
    let name = identifier_key(name);
    members.iter().any(|(key, _)| identifier_key(key).contains(&*name))
}

fn is_root(json: &Json, object: NodeId) -> bool {
    json.roots.as_slice() == [object]
}

/// The object of an example in the table's scope that shares most names with it.
fn best<'p>(
    page: &'p Page,
    fact: &TableFact,
    names: &HashMap<&str, usize>,
) -> Option<(Body<'p>, NodeId, &'p Example)> {
    let start = page.document.tables.get(fact.table as usize)?.span.start;
    let of =
        |example: &Example| page.document.codes.get(example.code as usize).map_or(0, |code| code.span.start);
    let examples = &page.facts.examples;
    let middle = examples.partition_point(|example| of(example) < start);
    let near = examples.get(middle.saturating_sub(NEAR)..(middle + NEAR).min(examples.len()))?;
    let several = page.facts.operations.len() > 1;
    let mut best: Option<(usize, Body<'p>, NodeId, &'p Example)> = None;
    for example in near {
        if several && (fact.operation.is_none() || fact.operation != example.operation) {
            continue;
        }
        let Some(body) = Body::of(page, example).filter(|body| body.json.errors.is_empty()) else { continue };
        let objects = body.json.nodes.iter().enumerate().filter(|(_, node)| node.kind == NodeKind::Object);
        let mut most: Option<(usize, NodeId)> = None;
        for (at, _) in objects.take(OBJECTS) {
            let id = NodeId::at(at as u32);
            let (mut keys, mut shared) = (0, 0);
            for (key, _) in body.json.members(body.text(), id).take(ROWS) {
                keys += 1;
                shared += usize::from(names.contains_key(&*key));
            }
            // Most of the keys are listed, and a good part of what is listed is sent.
            let is_like = shared >= 2 && shared * 3 >= keys * 2 && shared * 2 >= names.len();
            if is_like && most.is_none_or(|(other, _)| shared > other) {
                most = Some((shared, id));
            }
        }
        if let Some((shared, id)) = most
            && best.as_ref().is_none_or(|(other, ..)| shared > *other)
        {
            best = Some((shared, body, id, example));
        }
    }
    best.map(|(_, body, id, example)| (body, id, example))
}

/// What kind a value is, if the type cannot hold it.
fn other_kind(ty: &Type, kind: NodeKind) -> Option<&'static str> {
    let name = crate::compare::kind_name(kind)?;
    let fits = match (ty, kind) {
        (_, NodeKind::Null) => true,
        (Type::String(_) | Type::Constant(_), kind) => kind == NodeKind::String,
        (Type::Integer | Type::Number, kind) => kind == NodeKind::Number,
        (Type::Boolean, kind) => matches!(kind, NodeKind::Bool(_)),
        (Type::Array(_), kind) => kind == NodeKind::Array,
        (Type::Map(_) | Type::Object(_), kind) => kind == NodeKind::Object,
        _ => true,
    };
    (!fits).then_some(name)
}
