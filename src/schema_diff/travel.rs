//! Which messages carry which types.

use std::collections::BTreeMap;

use super::change::Breaks;
use crate::schema::{Schema, Type};

/// Where values of a type travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Travel {
    /// In requests.
    pub requests: bool,
    /// In answers.
    pub responses: bool,
}

impl Travel {
    /// Both ways; what is not known to travel one way.
    pub const BOTH: Self = Self { requests: true, responses: true };

    /// This way or that of `other`.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self { requests: self.requests || other.requests, responses: self.responses || other.responses }
    }

    /// Whoever does not meet the type does not break over it.
    #[must_use]
    pub const fn bound(self, breaks: Breaks) -> Breaks {
        Breaks { readers: breaks.readers && self.responses, writers: breaks.writers && self.requests }
    }
}

/// The types that operations send and answer, and all that those refer to. Others are not in it.
pub fn travel(schema: &Schema) -> BTreeMap<&str, Travel> {
    let mut out: BTreeMap<&str, Travel> = BTreeMap::new();
    let requests: Vec<&Type> = schema.operations.iter().filter_map(|one| one.request.as_ref()).collect();
    let answers = schema.operations.iter().flat_map(|one| &one.responses);
    let answers: Vec<&Type> = answers.filter_map(|response| response.body.as_ref()).collect();
    for (bodies, way) in [
        (requests, Travel { requests: true, responses: false }),
        (answers, Travel { requests: false, responses: true }),
    ] {
        let mut open: Vec<&str> = Vec::new();
        for ty in bodies {
            ty.names(&mut |name| open.push(name));
        }
        while let Some(name) = open.pop() {
            let known = out.entry(name).or_default();
            let all = known.or(way);
            if *known != all {
                *known = all;
                if let Some(def) = schema.get(name) {
                    def.names(&mut |name| open.push(name));
                }
            }
        }
    }
    out
}
