//! Without a reference page, three or more translations of one page vouch for each other: on every name, type,
//! required mark, method, path and example, the odd one out is damaged. A tie is no verdict.
//!
//! What hardly any translation touches bears witness too: keys of JSON examples, placeholders and queries of
//! request paths, anchors that type cells link to. On a page without enough translations those stand alone.
//! Absent here: reference pages, the spec, severity, sentences.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::alignment::partner_of;
use crate::compare::names::is_source_language;
use crate::compare::pairing::pair_pages;
use crate::compare::reference::References;
use crate::compare::votes::ballots::{Seat, Voter};
use crate::compare::votes::memory::{Memory, Open};
use crate::compare::votes::polling::Polling;
use crate::compare::votes::witnesses::Witnesses;
use crate::comparison::{Counterpart, Outvoted, Pairing, RowVote, Vote};
use crate::document::View;
use crate::facts::{ColumnRole, Page, TableFact};
use crate::finding::{Basis, Site};
use crate::hash::{HashMap, HashSet};
use crate::lexicon::Lexicon;
use crate::source::Locale;
use crate::text::FileId;

mod ballots;
mod candidates;
mod examples;
mod marks;
mod memory;
mod names;
mod polling;
mod requests;
mod spelling;
mod types;
mod witnesses;

pub use requests::RequestVote;

/// Fewer voters than this elect nobody.
const QUORUM: usize = 3;

/// What the other locales and the examples say, by page.
#[derive(Debug, Default)]
pub struct Votes {
    tables: HashMap<(FileId, u32), TableVote>,
    requests: HashMap<FileId, Vec<RequestVote>>,
    examples: HashMap<FileId, Vec<Outvoted>>,
}

/// The votes on one table.
#[derive(Debug, Default)]
struct TableVote {
    /// What the columns hold, where the table itself does not tell.
    columns: Option<Vec<ColumnRole>>,
    /// By row, in order.
    rows: BTreeMap<u32, RowVote>,
}

impl Votes {
    /// Holds the votes of all pages that no reference page and no source half vouches for.
    pub fn new(pages: &[Page], references: &References<'_>, lexicon: &Lexicon) -> Self {
        let mut groups: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
        for page in pages.iter().filter(|page| !references.is_reference(page) && !page.document.bilingual) {
            if page.source.locale.is_some() && references.of(page).is_none() {
                groups.entry(&page.source.page).or_default().push(page);
            }
        }
        let is_quorum = |voters: &[&Page]| {
            let locales: HashSet<Option<&Locale>> =
                voters.iter().map(|page| page.source.locale.as_ref()).collect();
            locales.len() >= QUORUM && locales.len() == voters.len()
        };
        // Where there is a reference, a page without one is no reason to search all examples.
        let alone = references.locale.is_none();
        let mut polls: Vec<Vec<&Page>> = Vec::new();
        for voters in groups.into_values() {
            if is_quorum(&voters) {
                polls.push(voters);
            } else if alone {
                let translated = voters.into_iter().filter(|page| !is_source_language(page));
                polls.extend(translated.map(|page| vec![page]));
            }
        }
        if polls.is_empty() {
            return Self::default();
        }
        // Examples are copied, not translated: where there is a reference tree, it speaks for all.
        let polled: HashSet<FileId> = polls.iter().flatten().map(|page| page.file).collect();
        let telling: Vec<&Page> = pages
            .iter()
            .filter(|page| alone || references.is_reference(page) || polled.contains(&page.file))
            .collect();
        let witnesses = Witnesses::of(&telling);
        let parts: Vec<Poll> = polls.par_iter().map(|pages| poll(pages, &witnesses, lexicon)).collect();
        let mut votes = Self::default();
        let (mut memory, mut open) = (Memory::default(), Vec::new());
        for (part, pages) in parts.into_iter().zip(&polls) {
            for (file, words, vote) in &part.learned {
                if let Some(page) = pages.iter().find(|page| page.file == *file) {
                    memory.add(page, words, vote);
                }
            }
            votes.tables.extend(part.votes.tables);
            votes.requests.extend(part.votes.requests);
            votes.examples.extend(part.votes.examples);
            open.extend(part.open);
        }
        for race in &open {
            if let Some(vote) = memory.recall(race) {
                for ballot in race.ballots() {
                    let table = votes.tables.entry((ballot.file, ballot.table)).or_default();
                    table.rows.entry(ballot.at).or_default().name = Some(vote.clone());
                }
            }
        }
        votes
    }

    /// The votes on the rows of a table, by position among its named rows.
    pub fn rows(&self, page: &Page, table: u32) -> Option<&BTreeMap<u32, RowVote>> {
        self.tables.get(&(page.file, table)).map(|votes| &votes.rows)
    }

    /// What the columns of a table hold by the word of the other locales, where its own header does not tell.
    pub fn columns(&self, page: &Page, table: u32) -> Option<&[ColumnRole]> {
        self.tables.get(&(page.file, table))?.columns.as_deref()
    }

    /// The examples of a page that most other locales show otherwise.
    pub fn outvoted(&self, page: &Page) -> &[Outvoted] {
        self.examples.get(&page.file).map_or(&[], Vec::as_slice)
    }

    /// The elected method and path of the page's request number `at`.
    pub fn request(&self, page: &Page, at: usize) -> Option<&RequestVote> {
        self.requests.get(&page.file)?.get(at)
    }
}

/// What came of the poll on one page.
#[derive(Default)]
struct Poll {
    votes: Votes,
    /// What the words of a page were elected to stand for.
    learned: Vec<(FileId, String, Vote)>,
    /// Rows that nobody could name.
    open: Vec<Open>,
}

/// Polls the translations of one page, or lets the examples speak on a page alone.
fn poll(pages: &[&Page], witnesses: &Witnesses, lexicon: &Lexicon) -> Poll {
    let voters: Vec<Voter<'_>> = pages.iter().map(|page| Voter::new(page, lexicon)).collect();
    let pivot = ballots::pivot(&voters);
    let with = Counterpart { page: voters[pivot].page, view: View::Page };
    let pairings: Vec<Option<Pairing<'_>>> = voters
        .iter()
        .enumerate()
        .map(|(at, voter)| (at != pivot).then(|| pair_pages(voter.page, with)))
        .collect();
    let mut poll = Poll::default();
    let documented = requests::documented(&voters);
    poll.votes.requests = requests::poll(&voters, &documented);
    for (file, outvoted) in examples::outvoted(&voters, pivot, &pairings) {
        poll.votes.examples.entry(file).or_default().push(outvoted);
    }
    let polling = Polling::new(&voters, witnesses, &documented, &poll.votes.requests);
    let partners: Vec<Option<Vec<(u32, u32)>>> =
        pairings.iter().map(|pairing| Some(pairing.as_ref()?.tables.by_right())).collect();
    for at in 0..with.page.facts.tables.len() as u32 {
        let facts: Vec<Option<(u32, &TableFact)>> = voters
            .iter()
            .zip(&partners)
            .map(|(voter, partners)| {
                let own = partners.as_ref().map_or(Some(at), |partners| partner_of(partners, at))?;
                Some((own, &voter.page.facts.tables[own as usize]))
            })
            .collect();
        poll_table(&voters, &facts, pivot, &polling, &mut poll);
    }
    poll
}

fn poll_table(
    voters: &[Voter<'_>],
    facts: &[Option<(u32, &TableFact)>],
    pivot: usize,
    polling: &Polling<'_>,
    poll: &mut Poll,
) {
    let Some(seats) = ballots::seats(voters, facts) else { return };
    let races = ballots::races(voters, &seats, pivot);
    let lone = voters.len() < QUORUM;
    let elected = names::elect(&races, &seats, polling, &mut poll.open);
    let marks = if lone { Vec::new() } else { marks::read(&seats) };
    for (race, name) in races.iter().zip(elected) {
        let ty = if lone { None } else { types::elect(race) };
        let required = if lone { None } else { marks::elect(race, &marks) };
        for ballot in race {
            if let Some(name) = &name {
                let vote = name.vote(ballot);
                poll.learned.push((ballot.voter.page.file, ballot.name().to_owned(), vote));
            }
            let vote = RowVote {
                name: name.as_ref().map(|name| name.vote(ballot)),
                ty: ty.as_ref().and_then(|ty| ty.vote(ballot)).or_else(|| polling.linked_type(ballot)),
                required: required.clone(),
            };
            if vote.name.is_some() || vote.ty.is_some() || vote.required.is_some() {
                let key = (ballot.voter.page.file, ballot.table);
                poll.votes.tables.entry(key).or_default().rows.insert(ballot.at, vote);
            }
        }
    }
    for (voter, seat) in voters.iter().zip(&seats) {
        if let Some(Seat { table, columns: Some(columns), .. }) = seat {
            poll.votes.tables.entry((voter.page.file, *table)).or_default().columns = Some(columns.clone());
        }
    }
}

/// How much a vote is worth by the share of those who agree, if they are of one mind on how it is written.
fn confidence(agreeing: usize, of: usize) -> f32 {
    0.75 + 0.2 * agreeing as f32 / of.max(1) as f32
}

/// A vote of the other locales.
fn by_locales<T>(expected: T, confidence: f32, witnesses: Vec<Site>) -> Vote<T> {
    Vote { expected, basis: Basis::Locales, confidence, kept: !witnesses.is_empty(), witnesses }
}

fn locale_of(page: &Page) -> &str {
    page.source.locale.as_ref().map_or("", Locale::as_str)
}
