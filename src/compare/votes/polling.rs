//! Who bears witness to the names of one page: its examples and paths beside those of all pages.

use crate::compare::align::plain_words;
use crate::compare::votes::ballots::{Ballot, Voter};
use crate::compare::votes::requests::Documented;
use crate::compare::votes::witnesses::{Beside, Known, NameId, Witnesses};
use crate::compare::votes::{QUORUM, RequestVote, requests};
use crate::compare::words::explained_words;
use crate::comparison::{TypeVote, Vote};
use crate::finding::Basis;
use crate::fold::identifier_key;
use crate::hash::{HashMap, HashSet};
use crate::text::FileId;

/// See the module.
pub(super) struct Polling<'p> {
    pub witnesses: &'p Witnesses,
    /// Names in the page's own examples.
    pub near: HashSet<NameId>,
    /// Names in the paths of its own requests.
    pub paths: Vec<Known>,
    /// Whether there are enough translations to vote.
    pub quorum: bool,
}

impl<'p> Polling<'p> {
    pub fn new(
        voters: &[Voter<'_>],
        witnesses: &'p Witnesses,
        documented: &Documented<'_>,
        elected: &HashMap<FileId, Vec<RequestVote>>,
    ) -> Self {
        let pages: Vec<_> = voters.iter().map(|voter| voter.page).collect();
        Self {
            witnesses,
            near: witnesses.of_pages(&pages),
            paths: requests::names(voters, documented, elected),
            quorum: voters.len() >= QUORUM,
        }
    }

    /// Whether the page's own examples or paths have a name with that key.
    pub fn knows(&self, key: &str) -> bool {
        self.in_path(key).is_some() || self.witnesses.with_key(key).iter().any(|id| self.near.contains(id))
    }

    /// The best witness of a key: the page's own paths, an object beside the table, the page's examples, any.
    pub fn known(&self, key: &str, beside: &Beside<'_>) -> Option<&Known> {
        let rank = |id: &&NameId| {
            let known = self.witnesses.name(**id);
            (beside.keys.contains(*id), self.near.contains(*id), known.shared, known.pages)
        };
        let ids = self.witnesses.with_key(key);
        self.in_path(key).or_else(|| ids.iter().max_by_key(rank).map(|id| self.witnesses.name(*id)))
    }

    /// Whether all examples write the name with that key in one way, or at least those of the page itself do.
    pub fn spells_one_way(&self, key: &str) -> bool {
        let ids = self.witnesses.with_key(key);
        let near = ids.iter().filter(|id| self.near.contains(id)).count();
        ids.len() <= 1 || near == 1
    }

    fn in_path(&self, key: &str) -> Option<&Known> {
        self.paths.iter().find(|known| known.key == key)
    }

    /// The name of a type as its heading writes it, where a type cell links there and translates it.
    pub fn linked_type(&self, ballot: &Ballot<'_, '_>) -> Option<TypeVote> {
        let words = ballot.row.ty.as_ref().filter(|_| !ballot.voter.source)?;
        let page = ballot.voter.page;
        let (_, anchor) = page.document.link_target(&page.source.text, words.cell)?.split_once('#')?;
        let (heading, site) = self.witnesses.heading(anchor)?;
        let plain = words.text.chars().all(|c| c.is_alphanumeric() || c == ' ');
        let means = explained_words(&words.text, &ballot.voter.vocabulary);
        let translated = plain_words(heading).iter().all(|word| means.contains(word));
        let other = identifier_key(&words.text) != identifier_key(heading);
        (plain && translated && other).then(|| TypeVote {
            right: Vote {
                expected: heading.to_owned(),
                basis: Basis::Page,
                confidence: 0.9,
                kept: true,
                witnesses: vec![site],
            },
            translated: true,
        })
    }
}
