//! Sections, tables and code blocks by what they hold: names and code, which translations keep. For headings that were
//! translated without an anchor, and for places where one side has more of a kind than the other.
//!
//! Absent here: order, which pairs the rest.

use std::borrow::Cow;
use std::hash::Hash;

use crate::compare::names::is_identifier;
use crate::document::{BlockKind, Inline, View};
use crate::facts::{ColumnRole, Page, SectionRole, TableFact};
use crate::hash::{HashMap, HashSet};

/// From this score on two things are the same, if nothing else fits either of them as well.
const BAR: f32 = 1.5;
/// More candidates than this on a side are not compared each with each.
const MOST: usize = 64;

/// Of what one of them holds, this many names and code blocks are looked at.
const LOOKED_AT: usize = 128;

/// What a section, a table or a code block holds.
#[derive(Debug, Default)]
pub(super) struct Content<'p> {
    /// What a section is for, by its anchor and heading.
    role: Option<SectionRole>,
    /// 1 to 6 of a section.
    level: u8,
    /// Whether it is the page's title: no other section has its level.
    title: bool,
    /// Identifiers in the name columns of its tables.
    names: HashSet<Cow<'p, str>>,
    /// Texts of its code blocks.
    codes: Vec<Cow<'p, str>>,
}

impl Content<'_> {
    /// How much speaks for two being the same; zero is nothing, below it something speaks against.
    fn likeness(&self, other: &Self) -> f32 {
        let mut score = 0.0;
        if let (Some(own), Some(theirs)) = (self.role, other.role) {
            score += if own == theirs { 2.0 } else { -3.0 };
        }
        if self.level != other.level {
            score -= 1.0;
        } else if self.title && other.title {
            score += 3.0;
        }
        let shared = self.names.iter().filter(|name| other.names.contains(*name)).count();
        let most = self.names.len().max(other.names.len()).max(1);
        score += 3.0 * shared as f32 / most as f32;
        for code in &self.codes {
            if other.codes.contains(code) {
                score += 3.0;
            } else if other.codes.iter().any(|theirs| first_line(theirs) == first_line(code)) {
                score += 1.5;
            }
        }
        score
    }
}

/// The first line of a code block, if it says anything.
fn first_line(code: &str) -> Option<&str> {
    const TELLING: usize = 8;
    let line = code.lines().map(str::trim).find(|line| !line.is_empty())?;
    (line.len() >= TELLING).then_some(line)
}

/// What each section of a page holds, up to the next heading.
pub(super) fn of_sections(page: &Page, view: View) -> Vec<Content<'_>> {
    let sections = &page.facts.sections;
    let alone = |level: u8| sections.iter().filter(|section| section.level == level).count() == 1;
    let mut contents: Vec<Content<'_>> = sections
        .iter()
        .map(|section| Content {
            role: section.role,
            level: section.level,
            title: section.level == 1 && alone(1),
            ..Content::default()
        })
        .collect();
    for fact in &page.facts.tables {
        if let Some(content) = fact.section.and_then(|at| contents.get_mut(at as usize)) {
            content.names.extend(names(page, fact, view));
        }
    }
    let mut section = 0_usize;
    for block in &page.document.blocks {
        match block.kind {
            BlockKind::Heading { .. } => section += 1,
            BlockKind::Code(code) => {
                if let Some(content) = section.checked_sub(1).and_then(|at| contents.get_mut(at)) {
                    content.codes.push(code_text(page, code));
                    content.codes.truncate(LOOKED_AT);
                }
            }
            _ => {}
        }
    }
    contents
}

/// What each table of a page holds.
pub(super) fn of_tables(page: &Page, view: View) -> Vec<Content<'_>> {
    let content =
        |fact: &TableFact| Content { names: names(page, fact, view).collect(), ..Content::default() };
    page.facts.tables.iter().map(content).collect()
}

/// What each code block of a page holds.
pub(super) fn of_codes(page: &Page) -> Vec<Content<'_>> {
    let content = |code: u32| Content { codes: vec![code_text(page, code)], ..Content::default() };
    (0..page.document.codes.len() as u32).map(content).collect()
}

fn code_text(page: &Page, code: u32) -> Cow<'_, str> {
    page.document
        .codes
        .get(code as usize)
        .map_or(Cow::Borrowed(""), |code| page.document.code_text(&page.source.text, code))
}

/// Identifiers in the name column of a table, or in its first.
fn names<'p>(page: &'p Page, fact: &TableFact, view: View) -> impl Iterator<Item = Cow<'p, str>> {
    let column = fact.columns.iter().position(|column| *column == ColumnRole::Name).unwrap_or(0);
    let table = page.document.tables.get(fact.table as usize);
    let rows = table.map_or(&[][..], |table| page.document.body(table));
    let cells = rows.iter().filter_map(move |row| page.document.row_cells(row).get(column));
    let text = move |cell: &Inline| page.document.text(&page.source.text, *cell, view);
    cells.map(text).filter(|text| is_identifier(text)).take(LOOKED_AT)
}

/// Pairs of positions whose keys cannot pair them (one side has more of a key than the other) by what they hold:
/// `contents` is asked only if there are such on both sides.
pub(super) fn pairs<'p, K: Eq + Hash>(
    left: &[K],
    right: &[K],
    contents: impl FnOnce() -> (Vec<Content<'p>>, Vec<Content<'p>>),
) -> Vec<(usize, usize)> {
    let mut tally: HashMap<&K, (usize, usize)> = HashMap::default();
    for key in left {
        tally.entry(key).or_default().0 += 1;
    }
    for key in right {
        tally.entry(key).or_default().1 += 1;
    }
    let open = |keys: &[K]| -> Vec<usize> {
        (0..keys.len())
            .filter(|at| tally.get(&keys[*at]).is_some_and(|(own, theirs)| own != theirs))
            .collect()
    };
    let (rows, columns) = (open(left), open(right));
    if rows.is_empty() || columns.is_empty() || rows.len().max(columns.len()) > MOST {
        return Vec::new();
    }
    let (own, theirs) = contents();
    let score = |row: usize, column: usize| match (own.get(row), theirs.get(column)) {
        (Some(own), Some(theirs)) => own.likeness(theirs),
        _ => 0.0,
    };
    let scores: Vec<Vec<f32>> =
        rows.iter().map(|row| columns.iter().map(|column| score(*row, *column)).collect()).collect();
    // The best of each row and column, and whether it is alone.
    let mut best_of_row = vec![Best::default(); rows.len()];
    let mut best_of_column = vec![Best::default(); columns.len()];
    for (r, scores) in scores.iter().enumerate() {
        for (c, score) in scores.iter().enumerate() {
            best_of_row[r].meet(c, *score);
            best_of_column[c].meet(r, *score);
        }
    }
    let mutual = |(r, best): (usize, &Best)| {
        let column = best_of_column.get(best.at).filter(|column| column.at == r && column.alone)?;
        (best.alone && column.score >= BAR).then(|| (rows[r], columns[best.at]))
    };
    best_of_row.iter().enumerate().filter_map(mutual).collect()
}

/// The highest score met.
#[derive(Clone, Default)]
struct Best {
    at: usize,
    score: f32,
    /// Whether no other is as high.
    alone: bool,
}

impl Best {
    fn meet(&mut self, at: usize, score: f32) {
        if score > self.score {
            *self = Self { at, score, alone: true };
        } else if score >= self.score {
            self.alone = false;
        }
    }
}
