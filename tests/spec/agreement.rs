//! serde as oracle: whether it writes and reads a value the way the schema says.

use docdrift::schema::{Object, Property, Schema, Shape};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Takes `value` apart, key by key. `value` must have every property set.
pub fn assert_agrees<T: Serialize + DeserializeOwned>(schema: &Schema, name: &str, value: &T) {
    let Shape::Object(object) = &schema.get(name).expect(name).shape else { panic!("{name} is no object") };
    let Value::Object(response) = serde_json::to_value(value).unwrap() else {
        panic!("{name} is written otherwise")
    };
    writes_what_it_says(object, &response, name);
    let request = as_request(object, &response);
    if let Err(error) = read::<T>(&request) {
        panic!("{name}: {error}\n{}", Value::Object(request));
    }
    for property in &object.properties {
        reads_what_it_says::<T>(property, &request, name);
    }
}

fn writes_what_it_says(object: &Object, response: &Map<String, Value>, name: &str) {
    for property in object.properties.iter().filter(|one| !one.write_only) {
        assert!(response.contains_key(&property.name), "{name} is not written with `{}`", property.name);
    }
    if object.additional == docdrift::schema::Additional::Unspecified {
        for key in response.keys() {
            assert!(object.property(key).is_some(), "{name} is written with `{key}`");
        }
    }
}

/// The same message as a request spells it.
fn as_request(object: &Object, response: &Map<String, Value>) -> Map<String, Value> {
    let mut request = Map::new();
    for (key, value) in response {
        let name = object.property(key).and_then(|property| property.request_name.clone());
        request.insert(name.unwrap_or_else(|| key.clone()), value.clone());
    }
    for property in object.properties.iter().filter(|one| one.write_only) {
        request.insert(property.name.clone(), Value::from(1));
    }
    request
}

fn reads_what_it_says<T: DeserializeOwned>(property: &Property, request: &Map<String, Value>, name: &str) {
    let key = property.request_name.as_ref().unwrap_or(&property.name);
    let path = format!("{name}.{key}");
    let mut without = request.clone();
    let value = without.remove(key).unwrap_or(Value::Null);
    assert_eq!(read::<T>(&without).is_err(), property.required_in_request, "{path} required in a request");

    for alias in &property.aliases {
        let mut aliased = without.clone();
        aliased.insert(alias.clone(), value.clone());
        assert!(read::<T>(&aliased).is_ok(), "{path} read as `{alias}`");
    }
    let mut null = without;
    null.insert(key.clone(), Value::Null);
    // What is skipped is skipped whatever it holds.
    let is_read = !property.read_only || property.required_in_request;
    let takes_null = matches!(property.ty, docdrift::schema::Type::Any | docdrift::schema::Type::Null);
    if is_read && !takes_null {
        assert_eq!(read::<T>(&null).is_ok(), property.nullable, "{path} nullable");
    }
}

fn read<T: DeserializeOwned>(message: &Map<String, Value>) -> Result<T, serde_json::Error> {
    serde_json::from_value(Value::Object(message.clone()))
}
