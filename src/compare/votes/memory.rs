//! What the same words meant elsewhere: a name that was elected in one table is known in all others where the same
//! translations stand for it. Absent here: guessing from one language alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::compare::votes::ballots::Ballot;
use crate::compare::votes::spelling::Style;
use crate::compare::votes::{by_locales, locale_of};
use crate::comparison::Vote;
use crate::facts::Page;
use crate::fold::{fold, identifier_key};
use crate::hash::{HashMap, HashSet};
use crate::text::FileId;

/// A vote is remembered from this confidence on.
const SURE: f32 = 0.8;
/// What memory says is a guess, if a good one.
const CONFIDENCE: f32 = 0.8;

/// A row that nobody could name.
pub(super) struct Open {
    style: Style,
    /// Keys of the other rows' names.
    taken: Arc<HashSet<String>>,
    ballots: Vec<Undecided>,
}

/// A ballot on such a row.
pub(super) struct Undecided {
    pub file: FileId,
    pub table: u32,
    pub at: u32,
    locale: String,
    words: String,
}

impl Open {
    pub fn new<'b, 'v: 'b>(
        ballots: impl Iterator<Item = Ballot<'b, 'v>>,
        style: Style,
        taken: &Arc<HashSet<String>>,
    ) -> Self {
        let ballots = ballots.map(|ballot| Undecided {
            file: ballot.voter.page.file,
            table: ballot.table,
            at: ballot.at,
            locale: locale_of(ballot.voter.page).to_owned(),
            words: fold(ballot.name()).into_owned(),
        });
        Self { style, taken: Arc::clone(taken), ballots: ballots.collect() }
    }

    pub fn ballots(&self) -> &[Undecided] {
        &self.ballots
    }
}

/// By locale and words: the names they were elected to stand for, and how often.
#[derive(Default)]
pub(super) struct Memory {
    names: HashMap<(String, String), BTreeMap<String, usize>>,
}

impl Memory {
    /// Remembers what the words in a cell were elected to stand for.
    pub fn add(&mut self, page: &Page, words: &str, vote: &Vote) {
        if vote.confidence >= SURE && identifier_key(words) != identifier_key(&vote.expected) {
            let key = (locale_of(page).to_owned(), fold(words).into_owned());
            *self.names.entry(key).or_default().entry(vote.expected.clone()).or_default() += 1;
        }
    }

    /// The name that the words of most translations stood for elsewhere, and of none stood against.
    pub fn recall(&self, open: &Open) -> Option<Vote> {
        let meanings: Vec<&str> = open.ballots.iter().filter_map(|ballot| self.meaning(ballot)).collect();
        let (first, others) = meanings.split_first()?;
        let key = identifier_key(first);
        let agreed = others.iter().all(|other| identifier_key(other) == key);
        let enough = meanings.len() > 1 && meanings.len() * 2 > open.ballots.len();
        (agreed && enough && !open.taken.contains(&*key))
            .then(|| by_locales(open.style.begin(first), CONFIDENCE, Vec::new()))
    }

    /// What one cell's words nearly always stood for.
    fn meaning(&self, ballot: &Undecided) -> Option<&str> {
        let names = self.names.get(&(ballot.locale.clone(), ballot.words.clone()))?;
        let all: usize = names.values().sum();
        let (name, count) = names.iter().max_by_key(|(_, count)| **count)?;
        (all > 1 && count * 5 >= all * 4).then_some(name)
    }
}
