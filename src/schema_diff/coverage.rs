//! The part of documentation that code is about. Pages document whole APIs; code may be a part of one.

use std::collections::BTreeSet;

use super::pair::Pairs;
use crate::compare::paths::{covers, of_operation};
use crate::extract::path::Path;
use crate::schema::{Location, Operation, Schema};

/// What documentation and code have in common.
pub struct Coverage<'a> {
    /// Documented types that the code has, and all that they, or requests and answers on resources of the
    /// code, refer to.
    types: BTreeSet<&'a str>,
    /// The paths of the code's operations.
    paths: Vec<Path>,
    /// Where the code's operations have parameters.
    locations: BTreeSet<Location>,
}

impl<'a> Coverage<'a> {
    /// Of documentation by code.
    pub fn new(docs: &'a Schema, code: &Schema, pairs: &Pairs<'_>) -> Self {
        let parameters = code.operations.iter().flat_map(|operation| &operation.parameters);
        let mut coverage = Self {
            types: BTreeSet::new(),
            paths: code.operations.iter().map(of_operation).collect(),
            locations: parameters.map(|parameter| parameter.location).collect(),
        };
        let paired = docs.types.keys().map(String::as_str).filter(|name| pairs.new_of(name).is_some());
        let mut open: Vec<&str> = paired.collect();
        for operation in docs.operations.iter().filter(|operation| coverage.has_operation(operation)) {
            operation.types().for_each(|ty| ty.names(&mut |name| open.push(name)));
        }
        while let Some(name) = open.pop() {
            if let Some(def) = docs.get(name).filter(|def| !coverage.types.contains(def.name.as_str())) {
                coverage.types.insert(&def.name);
                def.names(&mut |name| open.push(name));
            }
        }
        coverage
    }

    /// Whether the code could be expected to have a documented type.
    pub fn has_type(&self, name: &str) -> bool {
        self.types.contains(name)
    }

    /// Whether the code has operations on the resource of a documented one.
    pub fn has_operation(&self, operation: &Operation) -> bool {
        let path = of_operation(operation);
        self.paths.iter().any(|known| covers(known, &path))
    }

    /// Whether the code says of any operation that it has parameters there.
    pub fn has_location(&self, location: Location) -> bool {
        self.locations.contains(&location)
    }
}
