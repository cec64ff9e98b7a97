//! Some types of a schema with what they refer to, and the operations that send or answer them.

use std::collections::BTreeSet;

use crate::schema::{Operation, Schema, Type};

/// The named types, the operations with bodies of those (alone, in lists or in maps), and all types that
/// either refers to. Names that the schema does not have are no types.
pub fn pick(schema: &Schema, names: &[&str]) -> Schema {
    pick_with(schema, names, &[])
}

/// What [`pick`] picks, and `further` types with what they refer to, of which no operation is wanted.
fn pick_with(schema: &Schema, names: &[&str], further: &[&str]) -> Schema {
    let is_about = |operation: &&Operation| {
        let answers = operation.responses.iter().filter_map(|response| response.body.as_ref());
        let mut bodies = operation.request.iter().chain(answers).filter_map(Type::name);
        bodies.any(|name| names.contains(&name))
    };
    let operations: Vec<Operation> = schema.operations.iter().filter(is_about).cloned().collect();
    let mut open: Vec<&str> = [names, further].concat();
    operations.iter().flat_map(Operation::types).for_each(|ty| ty.names(&mut |name| open.push(name)));
    let mut kept = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some(def) = schema.get(name).filter(|_| !kept.contains(name)) {
            kept.insert(name.to_owned());
            def.names(&mut |name| open.push(name));
        }
    }
    let types = schema.types.iter().filter(|(name, _)| kept.contains(*name));
    Schema {
        types: types.map(|(name, def)| (name.clone(), def.clone())).collect(),
        operations,
        files: schema.files.clone(),
        notes: schema.notes.clone(),
    }
}

/// What [`pick`] picks of two schemas. A type that only one of them refers to is picked of the other as well, if it has
/// it: else it would look as if it did not.
pub fn pick_both(before: &Schema, after: &Schema, names: &[&str]) -> (Schema, Schema) {
    let (one, other) = (pick(before, names), pick(after, names));
    let all: Vec<&str> = one.types.keys().chain(other.types.keys()).map(String::as_str).collect();
    (pick_with(before, names, &all), pick_with(after, names, &all))
}
