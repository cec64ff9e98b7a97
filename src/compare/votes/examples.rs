//! The right example: the one that most translations of a page show. Absent here: what the keys mean.

use crate::alignment::partner_of;
use crate::compare::differences::differences;
use crate::compare::votes::ballots::Voter;
use crate::compare::votes::{QUORUM, confidence};
use crate::comparison::{Outvoted, Pairing};
use crate::facts::{Example, Page};
use crate::text::FileId;

/// One translation's version of an example.
struct Shown<'v> {
    voter: &'v Voter<'v>,
    example: &'v Example,
    text: std::borrow::Cow<'v, str>,
}

impl<'v> Shown<'v> {
    fn new(voter: &'v Voter<'v>, code: u32) -> Option<Self> {
        let page: &Page = voter.page;
        let example = page.facts.example_in(code)?;
        let text = page.example_text(example);
        Some(Self { voter, example, text })
    }

    fn says_the_same(&self, other: &Self) -> bool {
        self.text == other.text
            || differences((self.example, &self.text), (other.example, &other.text), &|_| true).is_empty()
    }
}

/// The examples that differ from what most translations of the page show, by page.
pub(super) fn outvoted(
    voters: &[Voter<'_>],
    pivot: usize,
    pairings: &[Option<Pairing<'_>>],
) -> Vec<(FileId, Outvoted)> {
    let mut outvoted = Vec::new();
    if voters.len() < QUORUM {
        return outvoted;
    }
    let partners: Vec<Option<Vec<(u32, u32)>>> =
        pairings.iter().map(|pairing| Some(pairing.as_ref()?.codes.by_right())).collect();
    for example in &voters[pivot].page.facts.examples {
        let shown: Vec<Shown<'_>> = voters
            .iter()
            .zip(&partners)
            .filter_map(|(voter, partners)| {
                let own =
                    partners.as_ref().map_or(Some(example.code), |all| partner_of(all, example.code))?;
                Shown::new(voter, own)
            })
            .collect();
        outvoted.extend(poll(&shown));
    }
    outvoted
}

fn poll(shown: &[Shown<'_>]) -> Vec<(FileId, Outvoted)> {
    // Each with the first that says the same.
    let mut kinds: Vec<usize> = Vec::with_capacity(shown.len());
    for (at, one) in shown.iter().enumerate() {
        let same = (0..at).find(|other| kinds[*other] == *other && shown[*other].says_the_same(one));
        kinds.push(same.unwrap_or(at));
    }
    let count = |kind: usize| kinds.iter().filter(|other| **other == kind).count();
    let Some(best) = kinds.iter().copied().max_by_key(|kind| (count(*kind), std::cmp::Reverse(*kind))) else {
        return Vec::new();
    };
    // A page in the language of the API translates nothing: if it shows something else, it is of another age.
    let unsettled = shown.iter().zip(&kinds).any(|(one, kind)| one.voter.source && *kind != best);
    if shown.len() < QUORUM || count(best) * 2 <= shown.len() || unsettled {
        return Vec::new();
    }
    // Two that agree with each other are of another revision, not damaged.
    let others = shown.iter().zip(&kinds).filter(|(_, kind)| **kind != best && count(**kind) == 1);
    let with = &shown[best];
    let vote = |one: &Shown<'_>| Outvoted {
        code: one.example.code,
        page: with.voter.page.file,
        by: with.example.code,
        confidence: confidence(count(best), shown.len()),
    };
    others.map(|(one, _)| (one.voter.page.file, vote(one))).collect()
}
