//! Operations of the spec that no page documents, although the pages document the others of their resource.
//!
//! Absent here: which operation a page documents.

use std::collections::BTreeMap;

use crate::compare::operations::is_base;
use crate::compare::spec_index::SpecIndex;
use crate::comparison::Uncovered;
use crate::hash::{HashMap, HashSet};
use crate::schema::Operation;
use crate::text::FileId;

/// Words of a path that count.
const DEEPEST: usize = 12;

/// The operations below some words of their paths.
#[derive(Default)]
struct Resource {
    all: usize,
    /// How many of them some page documents.
    documented: usize,
    /// By page: how many of them it documents, and the first of its operations that is one.
    pages: BTreeMap<FileId, (usize, u32)>,
}

impl Resource {
    /// Whether most of it is documented: of one collection half.
    const fn is_covered(&self) -> bool {
        self.documented > 0 && self.documented * 2 >= self.all
    }

    /// Whether most of what lies below some words is documented: two thirds.
    const fn is_nearly_whole(&self) -> bool {
        self.documented >= 2 && self.documented * 3 >= self.all * 2
    }

    /// One operation more, and where it is documented.
    fn add(&mut self, places: &[(FileId, u32)]) {
        self.all += 1;
        self.documented += usize::from(!places.is_empty());
        for (file, at) in places {
            self.pages.entry(*file).or_insert((0, *at)).0 += 1;
        }
    }

    /// The page that documents the most of it.
    fn home(&self) -> Option<(FileId, u32)> {
        let most = self.pages.iter().max_by_key(|(file, (count, _))| (*count, std::cmp::Reverse(**file)));
        most.map(|(file, (_, at))| (*file, *at))
    }
}

/// What each page should document as well, by page. `pages` gives each page's operations of the spec, `meant` those that
/// come nearest to requests which the spec does not have: where one is documented wrongly, none of its path is left out.
pub fn undocumented<'a, 'p>(
    pages: impl Iterator<Item = (FileId, &'p [Option<&'a Operation>])>,
    meant: impl Iterator<Item = &'a Operation>,
    spec: &SpecIndex<'a>,
) -> HashMap<FileId, Vec<Uncovered<'a>>>
where
    'a: 'p,
{
    let numbers: HashMap<*const Operation, usize> = spec
        .operations()
        .enumerate()
        .map(|(at, (operation, _))| (std::ptr::from_ref(operation), at))
        .collect();
    let mut places: Vec<Vec<(FileId, u32)>> = vec![Vec::new(); numbers.len()];
    for (file, operations) in pages {
        for (at, operation) in (0..).zip(operations) {
            let number = operation.and_then(|operation| numbers.get(&std::ptr::from_ref(operation)));
            let Some(known) = number.and_then(|number| places.get_mut(*number)) else { continue };
            if known.last().is_none_or(|(last, _)| *last != file) {
                known.push((file, at));
            }
        }
    }
    let mut found: HashMap<FileId, Vec<Uncovered<'a>>> = HashMap::default();
    if places.iter().all(Vec::is_empty) {
        return found;
    }
    let words: Vec<Vec<String>> = spec
        .operations()
        .map(|(_, template)| {
            let words = (0..template.segments()).filter_map(|at| template.literal(at));
            let words = words.filter(|word| !word.is_empty() && !is_base(word));
            words.map(str::to_ascii_lowercase).take(DEEPEST).collect()
        })
        .collect();
    let mut resources: HashMap<String, Resource> = HashMap::default();
    let mut collections: HashMap<String, Resource> = HashMap::default();
    for (words, places) in words.iter().zip(&places) {
        for count in 0..=words.len() {
            resources.entry(words[..count].join("/")).or_default().add(places);
        }
        collections.entry(words.join("/")).or_default().add(places);
    }
    let meant: HashSet<&str> = meant.map(|operation| operation.path.as_str()).collect();
    let absent = spec.operations().zip(&words).zip(&places);
    let absent = absent.filter(|(((operation, _), _), places)| {
        places.is_empty() && !meant.contains(operation.path.as_str())
    });
    for (((operation, _), words), _) in absent {
        // What is at the root of an API is no resource.
        let Some(collection) = collections.get(&words.join("/")).filter(|_| !words.is_empty()) else {
            continue;
        };
        let own = || Some((words.join("/"), collection.home()?));
        let below = || {
            // Of a collection of several, all of which are left out, the pages may say elsewhere why.
            (0..=words.len()).rev().filter(|_| collection.all == 1).find_map(|count| {
                let resource = words[..count].join("/");
                let known = resources.get(&resource).filter(|known| known.is_nearly_whole())?;
                Some((resource, known.home()?))
            })
        };
        let covered = if collection.is_covered() { own() } else { below() };
        let Some((resource, (file, beside))) = covered else { continue };
        let of_page = found.entry(file).or_default();
        match of_page.iter_mut().find(|other| other.resource == resource) {
            Some(other) => other.operations.push(operation),
            None => of_page.push(Uncovered { resource, operations: vec![operation], beside }),
        }
    }
    found
}
