//! A heading a field: its name, then lines below that say what it is: `Type: string. Default: 30.`

use super::labels::{self, Labelled};
use super::{COLUMNS, Field, List, item};
use crate::document::{Block, BlockKind, Document, Inline, TableSyntax};
use crate::hash::HashSet;
use crate::parse::inline::Inlines;
use crate::text::Span;

/// Columns for what fields call by its name: between the name and the description.
const LABELLED: usize = COLUMNS - 2;
/// Values of more words are prose.
const VALUE_WORDS: usize = 6;

/// A heading that may name a field, and what was read below it.
struct Candidate {
    level: u8,
    heading: Span,
    name: Span,
    /// What stands beside the name.
    beside: Option<Span>,
    coded: bool,
    labelled: Vec<Labelled>,
    description: Option<Span>,
    block: Option<u32>,
    taken: std::ops::Range<u32>,
    end: u32,
}

/// The lists that headings make: a run of headings that name fields, deeper ones below others, is one.
pub(super) fn find(text: &Inlines) -> Vec<List> {
    let mut groups: Vec<Vec<Candidate>> = Vec::new();
    let mut goes_on = false;
    for (at, block) in text.doc.blocks.iter().enumerate() {
        let BlockKind::Heading { level, text: heading } = block.kind else { continue };
        let outer = groups.last().and_then(|group| group.first()).map_or(0, |first| first.level);
        match candidate(text, at, block, level, heading) {
            Some(candidate) => match groups.last_mut().filter(|_| goes_on && level >= outer) {
                Some(group) => group.push(candidate),
                None => groups.push(vec![candidate]),
            },
            // What stands below a field may have headings of its own.
            None if level > outer => continue,
            None => {
                goes_on = false;
                continue;
            }
        }
        goes_on = true;
    }
    let source = text.source;
    let label =
        |group: &[Candidate]| Some(group.iter().find_map(|field| field.labelled.first())?.label.of(source));
    let surely: HashSet<&str> =
        groups.iter().filter(|group| is_coded(group)).filter_map(|group| label(group)).collect();
    groups.retain(|group| {
        is_coded(group) || label(group).is_some_and(|label| surely.contains(label)) || is_alike(source, group)
    });
    groups.iter().map(|group| list(source, group)).collect()
}

fn is_coded(group: &[Candidate]) -> bool {
    group.iter().any(|field| field.coded)
}

/// Whether several fields, of an ASCII word each, say the same of themselves first.
fn is_alike(source: &str, group: &[Candidate]) -> bool {
    let label = |field: &Candidate| Some(field.labelled.first()?.label.of(source));
    let Some(first) = group.first().and_then(label) else { return false };
    let is_word = |field: &Candidate| {
        field.name.of(source).bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    };
    group.len() > 1 && group.iter().all(|field| is_word(field) && label(field) == Some(first))
}

fn candidate(text: &Inlines, at: usize, block: &Block, level: u8, heading: Inline) -> Option<Candidate> {
    let doc = &text.doc;
    let next = doc.blocks.get(at + 1);
    let follows = next.is_some_and(|next| {
        matches!(next.kind, BlockKind::Paragraph { .. })
            && next.span.of(text.source).bytes().take(64).any(|byte| byte == b':' || byte == 0xEF)
    });
    let bracketed = block.span.of(text.source).contains(['(', '`', '*', '_', '（']);
    if !follows && !bracketed {
        return None;
    }
    let named = item::heading(doc, text.source, heading)?;
    let first = at + 1;
    let (labelled, left, end) = below(doc, text.source, first);
    if labelled.is_empty() && (named.beside.is_none() || !named.in_code) {
        return None;
    }
    let short = |value: Span| value.of(text.source).split_whitespace().count() <= VALUE_WORDS;
    if labelled.first().is_some_and(|first| !short(first.value)) {
        return None;
    }
    let described = doc.blocks.get(end).filter(|_| left.is_none()).and_then(|block| match block.kind {
        BlockKind::Paragraph { text, in_list: false } => Some((text.span, end as u32)),
        _ => None,
    });
    let description = left.or(described.map(|(span, _)| span));
    let last = described.map_or(end, |(_, at)| at as usize + 1).max(first) - 1;
    Some(Candidate {
        level,
        heading: block.span,
        name: named.name,
        beside: named.beside,
        coded: named.coded,
        labelled,
        description,
        block: described.map(|(_, at)| at),
        taken: first as u32..end as u32,
        end: doc.blocks.get(last).map_or(block.span.end, |block| block.span.end).max(block.span.end),
    })
}

/// The labelled values of the blocks from `first` on: of a paragraph, or of the items of a list; with what is left of the
/// last, and the block behind it.
fn below(doc: &Document, source: &str, first: usize) -> (Vec<Labelled>, Option<Span>, usize) {
    let mut labelled = Vec::new();
    let mut at = first;
    while let Some(BlockKind::Paragraph { text, in_list }) = doc.blocks.get(at).map(|block| &block.kind) {
        if at > first && !in_list {
            break;
        }
        let Some((found, left)) = labels::read(doc, source, *text) else { break };
        labelled.extend(found);
        at += 1;
        if left.is_some() || !in_list {
            return (labelled, left, at);
        }
    }
    (labelled, None, at)
}

/// A list of the fields of some headings. The first that has labels names the columns.
fn list(source: &str, group: &[Candidate]) -> List {
    let outer = group.first().map_or(0, |first| first.level);
    let beside = usize::from(group.iter().any(|field| field.beside.is_some()));
    let labels: Vec<Span> = group
        .iter()
        .map(|field| &field.labelled)
        .find(|labelled| !labelled.is_empty())
        .map_or_else(Vec::new, |labelled| {
            labelled.iter().map(|labelled| labelled.label).take(LABELLED - beside).collect()
        });
    let start = group.first().map_or(0, |first| first.heading.start);
    let mut header = [Span::empty(start); COLUMNS];
    for (cell, label) in header[1 + beside..].iter_mut().zip(&labels) {
        *cell = *label;
    }
    let mut list = List { syntax: TableSyntax::Headings, header: Some(header), fields: Vec::new() };
    for field in group {
        let nothing = Span::empty(field.name.end);
        let mut cells = [nothing; COLUMNS];
        cells[0] = field.name;
        if let Some(beside) = field.beside {
            cells[1] = beside;
        }
        for labelled in &field.labelled {
            let is_same = |label: &&Span| label.of(source) == labelled.label.of(source);
            if let Some(at) = labels.iter().position(|label| is_same(&label))
                && cells[1 + beside + at].is_empty()
            {
                cells[1 + beside + at] = labelled.value;
            }
        }
        cells[COLUMNS - 1] = field.description.unwrap_or(nothing);
        list.fields.push(Field {
            span: Span::new(field.heading.start, field.end),
            cells,
            depth: u32::from(field.level.saturating_sub(outer)),
            block: field.block,
            taken: field.taken.clone(),
        });
    }
    list
}
