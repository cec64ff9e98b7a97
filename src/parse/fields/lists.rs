//! Which lists of a page are field lists.

use super::item::{self, Kind, Parsed};
use super::{Field, Item, List};
use crate::document::{BlockKind, TableSyntax};
use crate::hash::HashMap;
use crate::parse::inline::Inlines;

/// The share of a list's items that have the form of fields, from which on it is a list of fields.
const MOST: f32 = 0.6;
/// Deeper lists are read as lists of their own.
const DEEPEST: u32 = 64;

/// What is known of one list while its items are looked at.
#[derive(Debug, Default, Clone)]
struct Tally {
    items: u32,
    typed: u32,
    coded: u32,
    /// Names in strong text that are spelled as code is.
    strong: u32,
}

impl Tally {
    fn add(&mut self, parsed: Option<&Parsed>) {
        self.items += 1;
        let Some(parsed) = parsed.filter(|parsed| parsed.followed) else { return };
        self.typed += u32::from(parsed.typed);
        self.coded += u32::from(parsed.kind == Kind::Code);
        self.strong += u32::from(parsed.kind == Kind::Strong && parsed.identifier);
    }

    /// Whether enough of the items look like fields.
    fn is_fields(&self) -> bool {
        let most = (self.items as f32 * MOST).ceil().max(1.0);
        self.typed as f32 >= most || (self.coded + self.strong) as f32 >= most
    }
}

/// The field lists among the lists of a page.
pub(super) fn find(text: &Inlines, items: &[Item]) -> Vec<List> {
    let parsed: Vec<Option<Parsed>> = items.iter().map(|item| read(text, item)).collect();
    let lists = items.iter().map(|item| item.list).max().map_or(0, |last| last as usize + 1);
    let mut tallies = vec![Tally::default(); lists];
    for (item, parsed) in items.iter().zip(&parsed) {
        tallies[item.list as usize].add(parsed.as_ref());
    }
    let fields: Vec<bool> = tallies.iter().map(Tally::is_fields).collect();
    let typed: Vec<bool> = tallies.iter().map(|tally| tally.typed * 2 > tally.items).collect();
    // The table that each item's row went to, and how deep it stands there.
    let mut rows: Vec<Option<(usize, u32)>> = vec![None; items.len()];
    let mut of_list: HashMap<u32, usize> = HashMap::default();
    let mut found: Vec<List> = Vec::new();
    for (at, (item, parsed)) in items.iter().zip(&parsed).enumerate() {
        if !fields[item.list as usize] {
            continue;
        }
        let Some(BlockKind::Paragraph { text: whole, .. }) = text
            .doc
            .blocks
            .get(item.first as usize)
            .filter(|_| item.first < item.end)
            .map(|block| &block.kind)
        else {
            continue;
        };
        // What is not typed below what is lists the values of a field.
        let continues =
            |parent: &u32| typed[item.list as usize] || !typed[items[*parent as usize].list as usize];
        let parent = item.parent.filter(continues).and_then(|parent| rows[parent as usize]);
        let above = parent.filter(|(_, depth)| *depth < DEEPEST);
        let (table, depth) = match above {
            Some((table, depth)) => (table, depth + 1),
            None => (*of_list.entry(item.list).or_insert(found.len()), 0),
        };
        // An item that begins with a list has the block of that list's first item.
        if found
            .get(table)
            .and_then(|list| list.fields.last())
            .is_some_and(|last| last.block == Some(item.first))
        {
            continue;
        }
        if table == found.len() {
            found.push(List::new(TableSyntax::Bullets));
        }
        let cells = parsed.as_ref().map_or_else(|| item::described(whole.span), |parsed| parsed.cells);
        found[table].fields.push(Field {
            span: whole.span,
            cells,
            depth,
            block: Some(item.first),
            taken: 0..0,
        });
        rows[at] = Some((table, depth));
    }
    found
}

fn read(text: &Inlines, item: &Item) -> Option<Parsed> {
    let block = text.doc.blocks.get(item.first as usize).filter(|_| item.first < item.end)?;
    let BlockKind::Paragraph { text: whole, .. } = block.kind else { return None };
    item::read(&text.doc, text.source, whole)
}
