//! Example bodies as JSON values, where they are whole.
//!
//! Absent here: what the values mean.

use serde_json::{Map, Number, Value};

use crate::json::{NodeId, NodeKind};
use crate::normalize::bodies::Body;

/// Bodies longer than this, in bytes, are left out.
const LONGEST: usize = 256 * 1024;
/// The tree is no deeper than its reader goes.
const DEEPEST: usize = 160;

/// The value of a body, or why it has none.
///
/// # Errors
/// Part of a sentence: `it leaves parts out`.
pub fn value(body: &Body<'_>) -> Result<Value, &'static str> {
    if body.text().len() > LONGEST {
        return Err("it is too long");
    }
    if !body.json.errors.is_empty() {
        return Err("it cannot be read in full");
    }
    if !body.json.unclosed.is_empty() {
        return Err("it ends in the middle");
    }
    match body.json.roots.as_slice() {
        [root] => convert(body, *root, 0),
        [] => Err("it is empty"),
        _ => Err("it holds several values"),
    }
}

fn convert(body: &Body<'_>, node: NodeId, depth: usize) -> Result<Value, &'static str> {
    let (json, text) = (body.json, body.text());
    Ok(match json.node(node).kind {
        _ if depth > DEEPEST => return Err("it is nested too deep"),
        NodeKind::Null => Value::Null,
        NodeKind::Bool(value) => Value::Bool(value),
        NodeKind::Number => Value::Number(number(json.node(node).span.of(text)).ok_or("a number is none")?),
        NodeKind::String => Value::String(json.string(text, node).into_owned()),
        NodeKind::Array => {
            let items = json.children(node).map(|child| convert(body, child, depth + 1));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        NodeKind::Object => {
            let mut members = Map::new();
            for child in json.children(node) {
                members.insert(json.key(text, child).into_owned(), convert(body, child, depth + 1)?);
            }
            Value::Object(members)
        }
        NodeKind::Elision => return Err("it leaves parts out"),
        NodeKind::Placeholder => return Err("a placeholder is in place of a value"),
        NodeKind::Error => return Err("it cannot be read in full"),
    })
}

/// A number as JSON has it, also written in another way: `007`, `+1`, `.5`.
fn number(text: &str) -> Option<Number> {
    serde_json::from_str(text).ok().or_else(|| Number::from_f64(text.parse().ok()?))
}
