//! Some types of a schema with what they refer to, and the operations that send or answer them.

use std::collections::BTreeSet;

use crate::schema::{Operation, Schema, Type};

/// The named types, the operations with bodies of those (alone, in lists or in maps), and all types that
/// either refers to. Names that the schema does not have are no types.
pub fn pick(schema: &Schema, names: &[&str]) -> Schema {
    let is_about = |operation: &&Operation| {
        let answers = operation.responses.iter().filter_map(|response| response.body.as_ref());
        let mut bodies = operation.request.iter().chain(answers).filter_map(Type::name);
        bodies.any(|name| names.contains(&name))
    };
    let operations: Vec<Operation> = schema.operations.iter().filter(is_about).cloned().collect();
    let mut open: Vec<&str> = names.to_vec();
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
