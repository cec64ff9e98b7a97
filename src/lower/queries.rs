//! The queries in the paths of an operation: names, placeholders and fixed values.
//!
//! Absent here: the rows that describe them.

use std::collections::{BTreeSet, HashMap};

use crate::compare::names::is_identifier;
use crate::fold::identifier_key;
use crate::json::NodeKind;
use crate::lower::attach::Attached;
use crate::lower::paths::Operation;
use crate::lower::shown::Shown;
use crate::text::Place;

/// A parameter of the query, as the paths of an operation have it.
pub(super) struct Query {
    pub key: String,
    pub spellings: Vec<String>,
    /// Keys of its name and of its placeholders.
    pub names: BTreeSet<String>,
    /// Fixed values.
    pub constants: BTreeSet<String>,
    /// Whether anything else may be given.
    pub is_open: bool,
    /// How many paths have it.
    pub requests: usize,
    pub shown: Shown,
    pub place: Place,
}

/// The parameters of all queries of an operation, in the order of their first, with the values that examples give.
pub(super) fn queries(operation: &Operation, attached: &Attached) -> Vec<Query> {
    let mut queries: Vec<Query> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for one in &operation.documented {
        let text = one.path.text.as_str();
        let mut counted: BTreeSet<usize> = BTreeSet::new();
        for (name, value) in one.path.target.query_pairs(text) {
            let (name, value): (&str, &str) = (name.of(text), value.of(text));
            let key = identifier_key(name).into_owned();
            if key.is_empty() || !is_identifier(name) {
                continue;
            }
            let at = *places.entry(key.clone()).or_insert(queries.len());
            if at == queries.len() {
                queries.push(Query {
                    names: BTreeSet::from([key.clone()]),
                    key,
                    spellings: Vec::new(),
                    constants: BTreeSet::new(),
                    is_open: false,
                    requests: 0,
                    shown: Shown::default(),
                    place: one.place,
                });
            }
            let query = &mut queries[at];
            query.spellings.push(name.to_owned());
            query.requests += usize::from(counted.insert(at));
            match stand_in(value) {
                Some(name) => {
                    query.names.insert(identifier_key(name).into_owned());
                    query.is_open = true;
                }
                None if is_identifier(value) => {
                    query.constants.insert(value.to_owned());
                }
                None => query.is_open = true,
            }
        }
    }
    for (_, line) in &attached.lines {
        for (name, value) in line.target.query_pairs(&line.text) {
            let known = places.get(identifier_key(name.of(&line.text)).as_ref());
            if let Some(query) = known.and_then(|at| queries.get_mut(*at)) {
                query.shown.record(NodeKind::String, value.of(&line.text));
            }
        }
    }
    queries
}

/// The name in `{name}`.
fn stand_in(value: &str) -> Option<&str> {
    let name = value.strip_prefix(['{', '<'])?.strip_suffix(['}', '>'])?;
    (!name.contains(['{', '}', '"'])).then_some(name)
}
