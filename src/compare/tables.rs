//! Tables with named rows against the spec.

use std::borrow::Cow;

use crate::alignment::Alignment;
use crate::compare::align::{Item, Terms, align};
use crate::compare::bind::{PageOperation, bind_table};
use crate::compare::items::Kind;
use crate::compare::names::{Placeholders, Witnesses};
use crate::compare::pairing::{TRANSLATION_ORDER, section_key};
use crate::compare::source_rows::SourceTables;
use crate::compare::spec_index::SpecIndex;
use crate::compare::votes::Votes;
use crate::compare::words::english_words;
use crate::compare::{items, names};
use crate::comparison::Pairing;
use crate::comparison::{
    Against, Bound, Counterpart, MergedRow, ReferenceTable, RequestComparison, TableComparison,
};
use crate::document::View;
use crate::facts::{Page, TableFact, TableRole};
use crate::lexicon::Vocabulary;
use crate::normalize::rows::Row;
use crate::schema::{Operation, Type};
use crate::text::Span;

/// How far the order of a table can be trusted to be that of a type's declaration.
const MODEL_ORDER: f32 = 0.75;
/// And that of parameters to be that of the placeholders.
const PATH_ORDER: f32 = 0.95;

/// What every table of one page is compared with.
pub struct Surroundings<'s, 'a> {
    /// The page.
    pub page: &'a Page,
    /// The page that vouches for it, if one does.
    pub pairing: Option<&'s Pairing<'a>>,
    /// The rows of the pages that vouch for others.
    pub sources: &'a SourceTables<'a>,
    /// What the locales agree on.
    pub votes: &'s Votes,
    /// The page's documented requests.
    pub requests: &'s [RequestComparison<'a>],
    /// The spec, if there is one.
    pub spec: Option<&'s SpecIndex<'a>>,
    /// The lexicon as the page's locale reads it.
    pub vocabulary: &'s Vocabulary<'s>,
    /// The page's rows that lost a pipe.
    pub merged: &'s [MergedRow],
}

/// Compares every table of some pages whose rows have names, by its own word or the reference page's. All take each
/// step together, so that its code stays at hand.
pub fn tables<'a>(pages: &[Surroundings<'_, 'a>]) -> Vec<Vec<TableComparison<'a>>> {
    let mut all: Vec<Vec<Open<'a>>> = pages.iter().map(open).collect();
    for (tables, around) in all.iter_mut().zip(pages) {
        for table in tables {
            table.align(around);
        }
    }
    for (tables, around) in all.iter_mut().zip(pages) {
        for table in tables {
            table.bind(around);
        }
    }
    let compared = |(tables, around): (Vec<Open<'a>>, &Surroundings<'_, 'a>)| {
        tables.into_iter().map(|table| table.compared(around)).collect()
    };
    all.into_iter().zip(pages).map(compared).collect()
}

/// Whether the table is of a kind whose rows are named by identifiers.
pub(super) fn has_names(fact: &TableFact) -> bool {
    matches!(
        fact.role,
        TableRole::Properties | TableRole::Parameters | TableRole::Headers | TableRole::Members
    )
}

/// A table that is being compared.
struct Open<'a> {
    at: u32,
    fact: &'a TableFact,
    rows: Vec<Row<'a>>,
    /// The table of the reference page that it translates.
    theirs: Option<(Counterpart<'a>, u32)>,
    reference: Option<ReferenceTable<'a>>,
    bound: Option<Bound<'a>>,
}

/// The tables of a page whose rows have names, with their rows.
fn open<'a>(around: &Surroundings<'_, 'a>) -> Vec<Open<'a>> {
    let Surroundings { page, pairing, votes, .. } = *around;
    let open = |(at, fact): (u32, &'a TableFact)| {
        let theirs = pairing.and_then(|pairing| {
            let right = pairing.tables.of_left(at)?.right;
            Some((pairing.with, right, &pairing.with.page.facts.tables[right as usize]))
        });
        let named = has_names(fact)
            || theirs.is_some_and(|(_, _, theirs)| has_names(theirs) || theirs.names)
            || votes.rows(page, at).is_some();
        if !named {
            return None;
        }
        // The reference page's header is the better witness of what the columns are.
        let columns = theirs
            .map(|(.., theirs)| &*theirs.columns)
            .filter(|columns| columns.len() == fact.columns.len())
            .or_else(|| votes.columns(page, at));
        let mut rows = around.sources.readings().rows(page, fact, columns.unwrap_or(&fact.columns));
        // Behind a lost pipe every cell stands one column too early.
        for row in rows.iter_mut().filter(|row| around.is_merged(row)) {
            (row.ty, row.required, row.description) = (None, None, None);
        }
        let theirs = theirs.map(|(with, at, _)| (with, at));
        Some(Open { at, fact, rows, theirs, reference: None, bound: None })
    };
    (0..).zip(&page.facts.tables).filter_map(open).collect()
}

impl Surroundings<'_, '_> {
    /// Whether a row lost a pipe.
    fn is_merged(&self, row: &Row<'_>) -> bool {
        self.merged.binary_search_by_key(&row.row, |merged| merged.row).is_ok()
    }
}

impl<'a> Open<'a> {
    fn align(&mut self, around: &Surroundings<'_, 'a>) {
        self.reference = self.theirs.and_then(|theirs| by_reference(around, &self.rows, theirs));
    }

    fn bind(&mut self, around: &Surroundings<'_, 'a>) {
        let Surroundings { page, votes, requests, spec, vocabulary, .. } = *around;
        let votes = votes.rows(page, self.at);
        let right_name = |row: u32| {
            let source = self.reference.as_ref().and_then(|theirs| names::of_reference(theirs, row));
            source.or_else(|| names::of_votes(votes?, row))
        };
        self.bound =
            spec.and_then(|spec| bind(page, self.fact, &self.rows, &right_name, requests, spec, vocabulary));
    }

    /// The table, once aligned and bound.
    fn compared(self, around: &Surroundings<'_, 'a>) -> TableComparison<'a> {
        let Surroundings { page, votes, requests, vocabulary, .. } = *around;
        let Self { at, fact, rows, reference, bound, .. } = self;
        let placeholders = match (fact.role, &bound) {
            (TableRole::Parameters, None) => by_placeholders(page, &rows, requests, vocabulary),
            _ => None,
        };
        let votes = votes.rows(page, at);
        let witnesses = Witnesses {
            reference: reference.as_ref(),
            bound: bound.as_ref(),
            placeholders: placeholders.as_ref(),
            votes,
        };
        let mut names = names::verdicts(page, &rows, &witnesses, vocabulary);
        names.retain(|verdict| rows.get(verdict.row as usize).is_none_or(|row| !around.is_merged(row)));
        let owner = match bound.as_ref().map(|bound| bound.to) {
            Some(Against::Properties(name, _) | Against::Members(name, _)) => Cow::Borrowed(name),
            Some(Against::Parameters(operation)) => Cow::Borrowed(operation.path.as_str()),
            None => section_name(page, fact),
        };
        let votes = votes.cloned().unwrap_or_default();
        TableComparison { table: at, rows, reference, bound, names, votes, owner }
    }
}

/// Aligns the rows with those of the reference page's table.
fn by_reference<'a>(
    around: &Surroundings<'_, 'a>,
    rows: &[Row<'a>],
    (with, table): (Counterpart<'a>, u32),
) -> Option<ReferenceTable<'a>> {
    let (page, vocabulary) = (around.page, around.vocabulary);
    let right = around.sources.rows(with.page.file, table)?;
    let same = rows.len() == right.len()
        && rows.iter().zip(right).all(|(l, r)| l.name.text == r.name.view(with.view));
    let alignment = if same {
        Alignment::identity(rows.len())
    } else {
        let words = |name: &str| english_words(name, vocabulary);
        let left_items = items::of_rows(page, rows, View::Page, vocabulary);
        let right_items = around.sources.items(with, table)?;
        align(&left_items, right_items, &Terms { order: TRANSLATION_ORDER, words: &words })
    };
    Some(ReferenceTable { with, table, rows: right, alignment })
}

/// Binds a table to the spec; `right_name` is what others surely call a row.
fn bind<'a, 'n>(
    page: &'n Page,
    fact: &TableFact,
    rows: &'n [Row<'n>],
    right_name: &dyn Fn(u32) -> Option<&'n str>,
    requests: &[RequestComparison<'a>],
    spec: &SpecIndex<'a>,
    vocabulary: &Vocabulary<'_>,
) -> Option<Bound<'a>> {
    let operations: Vec<&'a Operation> = requests.iter().filter_map(|request| request.operation).collect();
    let mut left = items::of_rows(page, rows, View::Source, vocabulary);
    for (at, item) in left.iter_mut().enumerate() {
        item.name = right_name(at as u32).unwrap_or(item.name);
    }
    let words = |name: &str| english_words(name, vocabulary);
    if fact.role == TableRole::Parameters
        && let [operation, ..] = operations[..]
    {
        let right = items::of_parameters(spec.schema, operation);
        let alignment = align(&left, &right, &Terms { order: PATH_ORDER, words: &words });
        return Some(Bound { to: Against::Parameters(operation), home: true, alignment });
    }
    let named = |ty: Option<&'a Type>| ty.filter(|ty| matches!(ty, Type::Named(_)));
    let operation = PageOperation {
        request: operations.iter().find_map(|operation| named(operation.request.as_ref())),
        response: operations.iter().find_map(|operation| {
            let (good, other): (Vec<_>, Vec<_>) =
                operation.responses.iter().partition(|response| response.is_success());
            good.into_iter().chain(other).find_map(|response| named(response.body.as_ref()))
        }),
    };
    bind_table(page, fact, &left, spec, operation, &Terms { order: MODEL_ORDER, words: &words })
}

/// The placeholders of the page's request paths, aligned with the rows of a parameter table.
fn by_placeholders(
    page: &Page,
    rows: &[Row<'_>],
    requests: &[RequestComparison<'_>],
    vocabulary: &Vocabulary<'_>,
) -> Option<Placeholders> {
    if names::is_source_language(page) {
        return None;
    }
    let mut placeholders: Vec<(String, Span)> = Vec::new();
    for request in requests {
        let path = request.template();
        for name in path.placeholders().into_iter().chain(path.query_placeholders()) {
            if names::is_identifier(name) && !placeholders.iter().any(|(known, _)| known == name) {
                placeholders.push((name.to_owned(), request.path.1));
            }
        }
    }
    if placeholders.is_empty() {
        return None;
    }
    let left = items::of_rows(page, rows, View::Page, vocabulary);
    let right: Vec<Item<'_>> = placeholders.iter().map(|(name, _)| Item::new(name, Kind::Name)).collect();
    let words = |name: &str| english_words(name, vocabulary);
    let alignment = align(&left, &right, &Terms { order: PATH_ORDER, words: &words });
    Some(Placeholders { names: placeholders, alignment })
}

/// What an unbound table's rows are named after: its section's anchor or heading.
pub(super) fn section_name<'a>(page: &'a Page, fact: &TableFact) -> Cow<'a, str> {
    let section = fact.section.and_then(|at| page.facts.sections.get(at as usize));
    section.map_or(Cow::Borrowed(""), |section| section_key(page, section, View::Source))
}
