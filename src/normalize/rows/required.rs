//! Whether each row of a table must be given, by its mark and by what the other rows are marked with.

use super::{Marked, Row};
use crate::lexicon::Vocabulary;
use crate::normalize::marks::{self, Requirement};

/// The marks of a table, row by row.
pub(super) struct Marks {
    /// Whether they stand in a column of their own.
    column: bool,
    says: Vec<Option<Requirement>>,
}

impl Marks {
    pub fn new(column: bool) -> Self {
        Self { column, says: Vec::new() }
    }

    /// The mark of the next row.
    pub fn add(&mut self, mark: Option<&Marked<'_>>) {
        self.says.push(mark.and_then(|(says, _)| *says));
    }

    /// Tells each row what it says.
    pub fn settle(self, rows: &mut [Row<'_>], inverted: bool, vocabulary: &Vocabulary<'_>) {
        if rows.iter().all(|row| row.required.is_none()) {
            return;
        }
        let mut says = self.says;
        if self.column {
            let texts = rows.iter().map(|row| row.required.as_ref().map_or("", |words| &*words.text));
            says = marks::column(&texts.collect::<Vec<_>>(), vocabulary).cells;
            // What stands elsewhere in the row says it as it is.
            if inverted {
                for says in &mut says {
                    *says = says.map(opposite);
                }
            }
        }
        let unmarked = if self.column { of_empty(rows, &says) } else { of_unmarked(rows, &says) };
        for (row, says) in rows.iter_mut().zip(says) {
            row.requirement = if row.required.is_some() { says } else { says.or(unmarked) };
        }
    }
}

fn opposite(says: Requirement) -> Requirement {
    match says {
        Requirement::Yes => Requirement::No,
        Requirement::No => Requirement::Yes,
        Requirement::Conditional => Requirement::Conditional,
    }
}

/// What an empty cell of a column says in which all others say the same with a sign: `✓` or nothing.
fn of_empty(rows: &[Row<'_>], says: &[Option<Requirement>]) -> Option<Requirement> {
    let mut filled = rows.iter().zip(says).filter_map(|(row, says)| Some((row.required.as_ref()?, *says)));
    let is_sign = |text: &str| text.chars().count() <= 2 && !text.chars().any(char::is_alphanumeric);
    filled
        .all(|(words, says)| {
            says == Some(Requirement::Yes) && is_sign(words.text.trim_end_matches('\u{fe0f}'))
        })
        .then_some(Requirement::No)
}

/// What a row without a mark says where others have one beside their name or type: the opposite, if they all agree.
fn of_unmarked(rows: &[Row<'_>], says: &[Option<Requirement>]) -> Option<Requirement> {
    let beside = |row: &Row<'_>| {
        let words = row.required.as_ref()?;
        let in_description = row.description.is_some_and(|cell| cell.span == words.cell.span);
        (!in_description).then_some(())
    };
    let mut marked = rows.iter().zip(says).filter(|(row, _)| beside(row).is_some()).map(|(_, says)| *says);
    let first = marked.next()??;
    let agreed = first != Requirement::Conditional && marked.all(|other| other == Some(first));
    agreed.then(|| opposite(first))
}
