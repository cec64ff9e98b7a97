//! Which types the tables and the prose around an example name.
//!
//! Absent here: whether the example has one of them.

use std::collections::HashMap;

use crate::facts::SectionRole;
use crate::lower::attach::ExampleId;
use crate::lower::place::TableId;
use crate::lower::said::{Said, Side};
use crate::lower::world::World;

/// No example is tried against more types than this.
const MOST: usize = 32;

/// Types by page, side and, for examples of no operation, section; found once.
#[derive(Default)]
pub(super) struct Hints {
    known: HashMap<(usize, Side, Option<u32>), Vec<usize>>,
}

impl Hints {
    /// The types of messages of one side, or those of the tables above an example; likeliest first.
    pub fn of(&mut self, world: &World<'_>, id: ExampleId, section: Option<u32>, side: Side) -> Vec<usize> {
        let section = section.filter(|_| side == Side::Both);
        let find = || match side {
            Side::Both => above(world, id.page, section),
            side => around(world, id.page, side),
        };
        self.known.entry((id.page, side, section)).or_insert_with(find).clone()
    }
}

/// The types of the tables about one side, then those that the prose about it mentions.
fn around(world: &World<'_>, page: usize, side: Side) -> Vec<usize> {
    use SectionRole as S;
    let said = &world.pages[page];
    let roles: &[S] = match side {
        Side::Request => &[S::RequestBody, S::RestRequest, S::RequestExample],
        Side::Response => &[S::Response, S::ResponseBody, S::ResponseExample],
        Side::Both => &[],
    };
    let tables = (0..said.tables.len()).map(|table| TableId { page, table });
    let listed = tables.filter(|table| world.places.side_of(*table) == Some(side));
    let listed = listed.filter_map(|table| world.places.of_table.get(&table).copied());
    let is_about = |role: Option<S>| role.is_some_and(|role| roles.contains(&role));
    let sections = said.sections.iter().filter(|section| is_about(section.role));
    let mentions = sections.flat_map(|section| &section.mentions);
    let mentioned = mentions.filter_map(|mention| world.places.mentioned(mention, &said.page));
    distinct(listed.chain(mentioned))
}

/// The types of the tables in an example's section, the one above it, or one beside it.
fn above(world: &World<'_>, page: usize, example: Option<u32>) -> Vec<usize> {
    let said = &world.pages[page];
    let tables = said.tables.iter().enumerate().filter(|(_, table)| is_near(said, table.section, example));
    let ids = tables.map(|(table, _)| TableId { page, table });
    distinct(ids.filter_map(|table| world.places.of_table.get(&table).copied()))
}

fn is_near(said: &Said, table: Option<u32>, example: Option<u32>) -> bool {
    let parent = |section: Option<u32>| section.and_then(|at| said.sections.get(at as usize)?.parent);
    table.is_some()
        && (table == example
            || table == parent(example)
            || parent(table).is_some() && parent(table) == parent(example))
}

fn distinct(types: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut found = Vec::new();
    for at in types {
        if found.len() < MOST && !found.contains(&at) {
            found.push(at);
        }
    }
    found
}
