//! Whether a row is required: what most translations say.

use crate::compare::votes::ballots::{Ballot, Race, Seat};
use crate::compare::votes::{QUORUM, by_locales, confidence};
use crate::comparison::Vote;
use crate::finding::Site;
use crate::normalize::marks::required;

/// What each row of each voter's table says: whether it is required, `None` where it says neither.
pub(super) fn read(seats: &[Option<Seat<'_>>]) -> Vec<Vec<Option<bool>>> {
    let read = |seat: &Option<Seat<'_>>| {
        let Some(seat) = seat else { return Vec::new() };
        seat.rows.iter().map(|row| required(row.requirement, false)).collect()
    };
    seats.iter().map(read).collect()
}

/// What most say, if at least three say anything.
pub(super) fn elect(race: &Race<'_, '_>, marks: &[Vec<Option<bool>>]) -> Option<Vote<bool>> {
    let said: Vec<(&Ballot<'_, '_>, bool)> = race
        .iter()
        .filter_map(|ballot| Some((ballot, marks[ballot.seat].get(ballot.at as usize).copied()??)))
        .collect();
    let yes = said.iter().filter(|(_, required)| *required).count();
    let (right, count) = if yes * 2 > said.len() { (true, yes) } else { (false, said.len() - yes) };
    if said.len() < QUORUM || count * 2 <= said.len() {
        return None;
    }
    let agreeing = said.iter().filter(|(_, required)| *required == right);
    let witnesses: Vec<Site> = agreeing
        .filter_map(|(ballot, _)| ballot.row.required.as_ref().map(|words| ballot.site(words)))
        .collect();
    Some(by_locales(right, confidence(count, said.len()), witnesses))
}
