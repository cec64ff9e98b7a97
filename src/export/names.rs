//! Names that a format takes, for types whose own names it does not: `KeyValuePair<A, B>` -> `KeyValuePairAB`.

use std::collections::{BTreeMap, BTreeSet};

/// Names by own name; a name that needs no change keeps it.
#[derive(Debug, Default)]
pub struct Names<'a> {
    given: BTreeMap<&'a str, String>,
}

impl<'a> Names<'a> {
    /// Names for `own`, none of which is in use already. `is_valid` says what the format takes; ASCII
    /// letters and digits with a letter first have to be valid, unless they are words of the format.
    pub fn new(own: impl Iterator<Item = &'a str> + Clone, is_valid: impl Fn(&str) -> bool) -> Self {
        let mut taken: BTreeSet<String> =
            own.clone().filter(|name| is_valid(name)).map(str::to_owned).collect();
        let mut given = BTreeMap::new();
        for name in own {
            if is_valid(name) {
                given.insert(name, name.to_owned());
                continue;
            }
            let stem = stem(name);
            let numbered = (2_u32..).map(|number| format!("{stem}{number}"));
            let mut candidates = std::iter::once(stem.clone()).chain(numbered);
            let free = candidates.find(|candidate| is_valid(candidate) && !taken.contains(candidate));
            // Numbers do not run out before memory does.
            let free = free.unwrap_or(stem);
            taken.insert(free.clone());
            given.insert(name, free);
        }
        Self { given }
    }

    /// The name that the format takes; `None` if there is no such type.
    pub fn get(&self, own: &str) -> Option<&str> {
        self.given.get(own).map(String::as_str)
    }
}

/// The words of a name, joined with capitals: `create a cart` -> `createACart`.
pub fn stem(name: &str) -> String {
    let mut out = String::new();
    for word in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        let first = letters.next().map(|c| if out.is_empty() { c } else { c.to_ascii_uppercase() });
        out.extend(first.into_iter().chain(letters));
    }
    if out.starts_with(|c: char| c.is_ascii_alphabetic()) { out } else { format!("Type{out}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_given_once() {
        let own = ["A<b, c>", "A b c", "ABC", "3d", "カート", "", "type"];
        let is_valid = |name: &str| {
            name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name.bytes().all(|b| b.is_ascii_alphanumeric())
                && !matches!(name, "type" | "Type")
        };
        let names = Names::new(own.into_iter(), is_valid);
        let given: Vec<_> = own.iter().map(|name| names.get(name).unwrap_or("-")).collect();
        assert_eq!(given, ["ABC2", "ABC3", "ABC", "Type3d", "Type2", "Type3", "type2"]);
        assert_eq!(names.get("else"), None);
    }
}
