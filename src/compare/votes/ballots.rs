//! Which rows of the translations of one page stand for the same, and what each says.

use crate::compare::align::{Terms, align};
use crate::compare::items;
use crate::compare::names::{is_identifier, is_source_language};
use crate::compare::pairing::TRANSLATION_ORDER;
use crate::compare::tables::has_names;
use crate::compare::words::english_words;
use crate::document::View;
use crate::facts::{ColumnRole, Page, TableFact, TableRole};
use crate::finding::Site;
use crate::lexicon::{Lexicon, Vocabulary};
use crate::normalize::rows::{Row, Words, rows};
use crate::text::Place;

/// Below this a row is not sure enough to be the same to vote on it.
const BAR: f32 = 0.6;

/// A translation and the language it is in.
pub(super) struct Voter<'v> {
    pub page: &'v Page,
    pub vocabulary: Vocabulary<'v>,
    /// In the language of the API: nothing in it is translated.
    pub source: bool,
}

impl<'v> Voter<'v> {
    pub fn new(page: &'v Page, lexicon: &'v Lexicon) -> Self {
        let vocabulary = lexicon.vocabulary(page.source.locale.as_ref());
        Self { page, vocabulary, source: is_source_language(page) }
    }
}

/// A voter's table.
pub(super) struct Seat<'v> {
    /// Index into [`crate::facts::Facts::tables`].
    pub table: u32,
    pub fact: &'v TableFact,
    /// What its columns hold by the word of the others, if its own header does not tell.
    pub columns: Option<Vec<ColumnRole>>,
    pub rows: Vec<Row<'v>>,
}

/// A row of one translation that stands for the same as the rows of the others.
#[derive(Clone, Copy)]
pub(super) struct Ballot<'b, 'v> {
    /// Position among the voters.
    pub seat: usize,
    pub voter: &'b Voter<'v>,
    /// Index into [`crate::facts::Facts::tables`].
    pub table: u32,
    /// Position among the table's named rows.
    pub at: u32,
    pub row: &'b Row<'v>,
}

impl<'b> Ballot<'b, '_> {
    /// What stands in its name cell.
    pub fn name(&self) -> &'b str {
        &self.row.name.text
    }

    /// Where a cell of the row says what it says.
    pub fn site(&self, words: &Words<'_>) -> Site {
        Site::Page(Place { file: self.voter.page.file, span: words.span })
    }
}

/// The ballots on one row.
pub(super) type Race<'b, 'v> = Vec<Ballot<'b, 'v>>;

/// The translation that the others are held against: in the source language, or the one with most identifiers.
pub(super) fn pivot(voters: &[Voter<'_>]) -> usize {
    let identifiers = |voter: &Voter<'_>| -> usize {
        let tables = voter.page.facts.tables.iter().filter(|fact| has_names(fact) || fact.names);
        let names = |fact: &TableFact| {
            let rows = rows(voter.page, fact, &fact.columns, &voter.vocabulary);
            rows.iter().filter(|row| is_identifier(&row.name.text)).count()
        };
        tables.map(names).sum()
    };
    let ranked = voters.iter().enumerate().map(|(at, voter)| ((voter.source, identifiers(voter)), at));
    ranked.max_by_key(|(rank, at)| (*rank, std::cmp::Reverse(*at))).map_or(0, |(_, at)| at)
}

/// The voters' versions of one table, if most of those who have it say that its rows are named.
pub(super) fn seats<'v>(
    voters: &[Voter<'v>],
    facts: &[Option<(u32, &'v TableFact)>],
) -> Option<Vec<Option<Seat<'v>>>> {
    let named: Vec<&TableFact> =
        facts.iter().flatten().map(|(_, fact)| *fact).filter(|fact| has_names(fact) || fact.names).collect();
    if named.len() * 2 <= voters.len() {
        return None;
    }
    let seat = |(voter, fact): (&Voter<'v>, &Option<(u32, &'v TableFact)>)| {
        let (table, fact) = (*fact)?;
        let columns = if has_names(fact) { None } else { usual_columns(&named, fact.columns.len()) };
        let rows = rows(voter.page, fact, columns.as_deref().unwrap_or(&fact.columns), &voter.vocabulary);
        Some(Seat { table, fact, columns, rows })
    };
    Some(voters.iter().zip(facts).map(seat).collect())
}

/// What most tables of as many columns hold in them.
fn usual_columns(tables: &[&TableFact], count: usize) -> Option<Vec<ColumnRole>> {
    let like: Vec<&&TableFact> =
        tables.iter().filter(|fact| fact.columns.len() == count && has_names(fact)).collect();
    let votes = |fact: &TableFact| like.iter().filter(|other| other.columns == fact.columns).count();
    let best = like.iter().max_by_key(|fact| votes(fact))?;
    (votes(best) * 2 > tables.len()).then(|| best.columns.clone())
}

/// Whether most versions of a table list parameters, or members.
pub(super) fn is_mostly(seats: &[Option<Seat<'_>>], role: TableRole) -> bool {
    let taken = seats.iter().flatten();
    taken.clone().filter(|seat| seat.fact.role == role).count() * 2 > taken.count()
}

/// The rows of the pivot's table, each with those of the others that stand for the same.
pub(super) fn races<'b, 'v>(
    voters: &'b [Voter<'v>],
    seats: &'b [Option<Seat<'v>>],
    pivot: usize,
) -> Vec<Race<'b, 'v>> {
    let Some(first) = &seats[pivot] else { return Vec::new() };
    let right = items::of_rows(voters[pivot].page, &first.rows, View::Page, &voters[pivot].vocabulary);
    let mut races: Vec<Race<'b, 'v>> = first.rows.iter().map(|_| Vec::new()).collect();
    for (at, (voter, seat)) in voters.iter().zip(seats).enumerate() {
        let Some(seat) = seat else { continue };
        let words = |name: &str| english_words(name, &voter.vocabulary);
        let left = items::of_rows(voter.page, &seat.rows, View::Page, &voter.vocabulary);
        let alignment = align(&left, &right, &Terms { order: TRANSLATION_ORDER, words: &words });
        for pair in alignment.pairs.iter().filter(|pair| pair.confidence >= BAR) {
            let row = &seat.rows[pair.left as usize];
            let ballot = Ballot { seat: at, voter, table: seat.table, at: pair.left, row };
            races[pair.right as usize].push(ballot);
        }
    }
    races
}
