//! Two JSON Schemas of one type, one of what it is read from and one of what it is written as, made one.
//!
//! What only one of them has is `readOnly` or `writeOnly`; what only one of them requires is said as docdrift's own
//! exports say it.

use serde_json::{Map, Value, json};

/// Keywords whose values are schemas, or lists of them.
const SCHEMAS: [&str; 6] = ["additionalProperties", "allOf", "anyOf", "items", "oneOf", "prefixItems"];

/// Adds to definitions, by name, what others of the same names say of answers; the first are those of requests.
pub fn merge_definitions(requests: &mut Map<String, Value>, answers: Map<String, Value>) {
    for (name, answer) in answers {
        match requests.get_mut(&name) {
            Some(request) => merge(request, answer),
            None => drop(requests.insert(name, answer)),
        }
    }
}

fn merge(request: &mut Value, answer: Value) {
    match (request, answer) {
        (Value::Object(request), Value::Object(mut answer)) => {
            merge_properties(request, &mut answer);
            for (key, value) in answer {
                match request.get_mut(&key) {
                    Some(own) if SCHEMAS.contains(&key.as_str()) => merge(own, value),
                    Some(Value::Array(own)) if key == "enum" => add_missing(own, value),
                    _ => {}
                }
            }
        }
        (Value::Array(request), Value::Array(answer)) => {
            for (at, schema) in answer.into_iter().enumerate() {
                if request.contains(&schema) {
                    continue;
                }
                match request.get_mut(at) {
                    Some(own) if is_object(own) && is_object(&schema) => merge(own, schema),
                    _ => request.push(schema),
                }
            }
        }
        _ => {}
    }
}

fn add_missing(values: &mut Vec<Value>, others: Value) {
    let Value::Array(others) = others else { return };
    for other in others {
        if !values.contains(&other) {
            values.push(other);
        }
    }
}

/// Whether a schema is one of an object with properties.
fn is_object(schema: &Value) -> bool {
    schema.get("properties").is_some()
}

fn merge_properties(request: &mut Map<String, Value>, answer: &mut Map<String, Value>) {
    let (required, always) = (required(request), required(answer));
    let Some(Value::Object(answers)) = answer.remove("properties") else { return };
    let Value::Object(requests) = request.entry("properties").or_insert_with(|| json!({})) else { return };
    for (name, schema) in requests.iter_mut() {
        if !answers.contains_key(name) {
            say(schema, "writeOnly", json!(true));
        }
    }
    let mut only_always = Vec::new();
    for (name, answer) in answers {
        let is_always = always.contains(&name);
        let Some(own) = requests.get_mut(&name) else {
            let mut answer = answer;
            say(&mut answer, "readOnly", json!(true));
            only_always.extend(is_always.then(|| Value::from(name.clone())));
            requests.insert(name, answer);
            continue;
        };
        merge(own, answer);
        match (required.contains(&name), is_always) {
            (true, false) => say(own, "x-docdrift-required-in", json!(["request"])),
            (false, true) => say(own, "x-docdrift-required-in", json!(["response"])),
            _ => {}
        }
    }
    if let Value::Array(required) = request.entry("required").or_insert_with(|| json!([])) {
        required.extend(only_always);
    }
}

/// The names that a schema requires.
fn required(schema: &Map<String, Value>) -> Vec<String> {
    let names = schema.get("required").and_then(Value::as_array).into_iter().flatten();
    names.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Adds a keyword to a schema; to one that takes everything, too.
fn say(schema: &mut Value, keyword: &str, value: Value) {
    if *schema == Value::Bool(true) {
        *schema = json!({});
    }
    if let Value::Object(schema) = schema {
        schema.insert(keyword.to_owned(), value);
    }
}
