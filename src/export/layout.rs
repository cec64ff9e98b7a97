//! How JSON is laid out: indented, short lists and deep objects on one line, so that people can read a file
//! and two files can be compared line by line.

use serde::Serialize;

/// Bytes that a list of plain values may take on one line.
const SHORT: usize = 80;

/// The value with every object and long list spread over lines of their own, and a line end after the last.
pub fn spread(value: &impl Serialize) -> String {
    lines(value, usize::MAX)
}

/// The value with objects that lie more than `depth` brackets deep on one line each, and a line end after
/// the last.
pub fn lines(value: &impl Serialize, depth: usize) -> String {
    let text = serde_json::to_string(value).expect("plain structs become JSON");
    let mut out = String::with_capacity(text.len() * 2);
    let ends = ends(&text);
    // Where the brackets close that are written on one line.
    let mut inline_to = 0;
    let mut open = 0;
    let mut at = 0;
    while let Some((&byte, next)) = text.as_bytes().get(at).zip(text.get(at..)) {
        let end = ends.get(at).copied().unwrap_or(0) as usize;
        let is_inline = at < inline_to;
        match byte {
            b'"' => {
                // A string to its closing quote.
                out.push_str(next.get(..=end - at).unwrap_or(next));
                at = end;
            }
            b'{' | b'[' => {
                open += 1;
                out.push(char::from(byte));
                let inside = text.get(at + 1..end).unwrap_or("");
                let is_plain = byte == b'[' && inside.len() <= SHORT && !inside.contains(['{', '[']);
                let is_line = is_plain || inside.is_empty() || (byte == b'{' && open > depth);
                match (is_inline, is_line) {
                    (true, _) => {}
                    (false, true) => inline_to = end,
                    (false, false) => new_line(&mut out, open),
                }
            }
            b'}' | b']' => {
                open -= 1;
                if !is_inline && at != inline_to {
                    new_line(&mut out, open);
                }
                out.push(char::from(byte));
            }
            b',' if is_inline => out.push_str(", "),
            b',' => {
                out.push(',');
                new_line(&mut out, open);
            }
            b':' => out.push_str(": "),
            // Numbers and words.
            _ => out.push(char::from(byte)),
        }
        at += 1;
    }
    out.push('\n');
    out
}

/// For every byte that opens a bracket or a string, the byte that closes it.
fn ends(text: &str) -> Vec<u32> {
    let mut ends = vec![0; text.len()];
    let mut open: Vec<usize> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                let start = at;
                at += 1;
                while bytes.get(at).is_some_and(|byte| *byte != b'"') {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                ends[start] = at as u32;
            }
            b'{' | b'[' => open.push(at),
            b'}' | b']' => {
                if let Some(start) = open.pop() {
                    ends[start] = at as u32;
                }
            }
            _ => {}
        }
        at += 1;
    }
    ends
}

fn new_line(out: &mut String, depth: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    #[test]
    fn deep_objects_and_short_lists_stay_on_one_line() {
        let long = "x".repeat(80);
        let value = json!({ "a": [{ "b": [1, {}], "c": { "d": [] } }, ["}\\\"", null]], "e": [], "f": {}, "g": [long] });
        let expected = format!(
            r#"{{
  "a": [
    {{"b": [1, {{}}], "c": {{"d": []}}}},
    ["}}\\\"", null]
  ],
  "e": [],
  "f": {{}},
  "g": [
    "{long}"
  ]
}}
"#
        );
        assert_eq!(lines(&value, 2), expected);
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf =
            prop_oneof![Just(Value::Null), any::<i64>().prop_map(Value::from), "\\PC*".prop_map(Value::from)];
        leaf.prop_recursive(4, 24, 4, |inner| {
            let key = "[a\"\\\\{\\[,: é]{0,3}";
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(key, inner, 0..4).prop_map(|map| map.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_value_stays_the_same(value in value(), depth in 0_usize..6) {
            for text in [lines(&value, depth), spread(&value)] {
                prop_assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(value.clone()));
            }
        }
    }
}
