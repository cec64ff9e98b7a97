//! Tables with named rows against the spec.

use std::borrow::Cow;

use crate::alignment::{Alignment, Evidence};
use crate::compare::align::{Item, Terms, align};
use crate::compare::bind::bind_table;
use crate::compare::bodies;
use crate::compare::items::Kind;
use crate::compare::names::{Placeholders, Witnesses};
use crate::compare::pairing::{TRANSLATION_ORDER, section_key};
use crate::compare::source_rows::SourceTables;
use crate::compare::spec_index::SpecIndex;
use crate::compare::spelling::{has_hump, likeness};
use crate::compare::votes::Votes;
use crate::compare::words::english_words;
use crate::compare::{items, names};
use crate::comparison::Pairing;
use crate::comparison::{
    Against, Bound, Counterpart, MergedRow, Nested, ReferenceTable, RequestComparison, TableComparison,
};
use crate::document::{TableSyntax, View};
use crate::facts::{ColumnRole, Page, Part, TableFact, TableRole};
use crate::fold::{identifier_key, is_same_identifier};
use crate::hash::{HashMap, HashSet};
use crate::lexicon::Vocabulary;
use crate::normalize::rows::Row;
use crate::schema::{Operation, Property};
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
    /// The operation of the spec for each operation of the page.
    pub operations: &'s [Option<&'a Operation>],
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
        // What lists of one operation are bound to: a list below may be of one of their properties.
        let mut above: Vec<(u32, &'a [Property])> = Vec::new();
        for table in tables {
            table.bind(around, &above);
            if let (Some(operation), Some(Against::Properties(_, properties))) =
                (table.fact.operation, table.bound.as_ref().map(|bound| bound.to))
            {
                above.push((operation, properties));
            }
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

/// Whether a table of the source lists what is spelled as code, and its translation has most of it letter by letter: it
/// need not say that these are names.
fn has_kept_names(page: &Page, fact: &TableFact, with: Counterpart<'_>, theirs: &TableFact) -> bool {
    const MOST: usize = 256;
    let first = |page: &'_ Page, fact: &TableFact, view: View| -> Vec<String> {
        let table = page.document.tables.get(fact.table as usize);
        let rows = table.map_or(&[][..], |table| page.document.body(table)).iter().take(MOST);
        let cells = rows.filter_map(|row| page.document.row_cells(row).first());
        cells.map(|cell| page.document.text(&page.source.text, *cell, view).into_owned()).collect()
    };
    let names = first(with.page, theirs, with.view);
    // Words with a capital alone are labels, which translators keep or translate.
    let is_code = |name: &String| {
        names::is_identifier(name) && (!name.starts_with(|c: char| c.is_ascii_uppercase()) || has_hump(name))
    };
    // `--force`, `KILN_TOKEN`: nobody writes a label so.
    let is_plain_code = |name: &String| {
        name.starts_with("--") && names::is_path(name) || name.contains('_') && names::is_identifier(name)
    };
    let is_plain = names.iter().all(is_plain_code);
    if names.len() < 2 || !is_plain && !names.iter().all(is_code) {
        return false;
    }
    let own: HashSet<String> = first(page, fact, View::Page).into_iter().collect();
    let kept = names.iter().filter(|name| own.contains(*name)).count();
    kept >= if is_plain { 1 } else { 2 } && kept * 2 >= names.len()
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
            || theirs.is_some_and(|(with, _, theirs)| {
                has_names(theirs) || theirs.names || has_kept_names(page, fact, with, theirs)
            })
            || votes.rows(page, at).is_some();
        if !named {
            return None;
        }
        // The reference page's header is the better witness of what the columns are.
        let columns = theirs
            .map(|(.., theirs)| &*theirs.columns)
            .filter(|columns| columns.len() == fact.columns.len())
            .or_else(|| votes.columns(page, at));
        let mut rows =
            around.sources.readings().rows(page, fact, columns.unwrap_or(&fact.columns), around.vocabulary);
        // Behind a lost pipe every cell stands one column too early.
        for row in rows.iter_mut().filter(|row| around.is_merged(row)) {
            (row.ty, row.required, row.requirement, row.description) = (None, None, None, None);
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
        if is_card(around.page, self.fact) && !self.is_same_card() {
            self.reference = None;
        }
    }

    /// Whether a card is about the field that the source's is about: its name is the same, or was translated.
    fn is_same_card(&self) -> bool {
        let (Some(reference), [own]) = (&self.reference, self.rows.as_slice()) else { return true };
        let [theirs] = reference.rows else { return true };
        let (own, theirs) = (&*own.name.text, theirs.name.view(reference.with.view));
        let of_source = reference.with.page.facts.tables.get(reference.table as usize);
        let other = |(own, theirs): (&ColumnRole, &ColumnRole)| {
            own != theirs && *own != ColumnRole::Other && *theirs != ColumnRole::Other
        };
        let same = of_source.is_some_and(|theirs| !self.fact.columns.iter().zip(&theirs.columns).any(other));
        same && (identifier_key(own) == identifier_key(theirs) || !names::is_identifier(own))
    }

    fn bind(&mut self, around: &Surroundings<'_, 'a>, above: &[(u32, &'a [Property])]) {
        const MOST: usize = 32;
        let Surroundings { page, votes, operations, spec, vocabulary, .. } = *around;
        let own = above.iter().rev().take_while(|(operation, _)| Some(*operation) == self.fact.operation);
        let above: Vec<&'a [Property]> = own.map(|(_, properties)| *properties).take(MOST).collect();
        let votes = votes.rows(page, self.at);
        let right_name = |row: u32| {
            let source = self.reference.as_ref().and_then(|theirs| names::of_reference(theirs, row));
            source.or_else(|| names::of_votes(votes?, row))
        };
        self.bound = spec.and_then(|spec| {
            bind(
                page,
                self.fact,
                &self.rows,
                &right_name,
                (of_scope(self.fact.operation, operations), &above),
                spec,
                vocabulary,
            )
        });
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

fn is_card(page: &Page, fact: &TableFact) -> bool {
    let table = page.document.tables.get(fact.table as usize);
    table.is_some_and(|table| table.syntax == TableSyntax::Card)
}

/// The operation of the spec in whose scope something stands; what stands in none may be about the only one of a page.
pub(super) fn of_scope<'a>(
    scope: Option<u32>,
    operations: &[Option<&'a Operation>],
) -> Option<&'a Operation> {
    match (scope, operations) {
        (Some(at), _) => operations.get(at as usize).copied().flatten(),
        (None, [only]) => *only,
        _ => None,
    }
}

/// Binds a table to the spec; `right_name` is what others surely call a row.
fn bind<'a, 'n>(
    page: &'n Page,
    fact: &TableFact,
    rows: &'n [Row<'n>],
    right_name: &dyn Fn(u32) -> Option<&'n str>,
    (operation, above): (Option<&'a Operation>, &[&'a [Property]]),
    spec: &SpecIndex<'a>,
    vocabulary: &Vocabulary<'_>,
) -> Option<Bound<'a>> {
    let mut all = items::of_rows(page, rows, View::Source, vocabulary);
    for (at, item) in all.iter_mut().enumerate() {
        item.name = right_name(at as u32).unwrap_or(item.name);
    }
    // Rows below others are of the types of those: `items.id` has a name of its own only where the spec has it.
    let is_outer = |(at, row): &(u32, &Row<'_>)| {
        let name = all.get(*at as usize).map_or("", |item| item.name);
        row.parent.is_none()
            && (!name.contains('.') || !spec.owners(name).is_empty() || fact.part.is_some_and(is_parameter))
    };
    let outer: Vec<u32> = (0..).zip(rows).filter(is_outer).map(|(at, _)| at).collect();
    let mut at = 0..;
    all.retain(|_| at.next().is_some_and(|at: u32| outer.binary_search(&at).is_ok()));
    let words = |name: &str| english_words(name, vocabulary);
    let terms = Terms { order: MODEL_ORDER, words: &words };
    let by_name = || bind_table(page, fact, &all, spec, (operation, above), &terms);
    let bound = match (fact.part, operation) {
        (Some(Part::Path | Part::Query | Part::Header | Part::Cookie), Some(operation)) => {
            let told = fact.role == TableRole::Parameters;
            // `Query response` is a type as well; where no type has its rows, they are parameters that nothing knows.
            let own = by_parameters(spec, operation, &all, &words, told);
            own.or_else(|| by_name().filter(|bound| sure(bound) > 0))
                .or_else(|| by_parameters(spec, operation, &all, &words, true))
        }
        (None, Some(operation)) if fact.role == TableRole::Parameters => {
            let body = by_name().filter(|bound| !matches!(bound.to, Against::Parameters(_)));
            let own = by_parameters(spec, operation, &all, &words, true);
            match (own, body) {
                (Some(own), Some(body)) if sure(&body) > sure(&own) => Some(body),
                (own, body) => own.or(body),
            }
        }
        _ => by_name(),
    }?;
    let mut bound = Bound { alignment: renumbered(bound.alignment, &outer), ..bound };
    bound.nested = nested(&bound, rows, &outer, spec);
    Some(bound)
}

const fn is_parameter(part: Part) -> bool {
    matches!(part, Part::Path | Part::Query | Part::Header | Part::Cookie)
}

/// The property that a path of names leads to: `items[].id`.
fn below<'a>(properties: &'a [Property], path: &str, spec: &SpecIndex<'a>) -> Option<&'a Property> {
    const DEEPEST: usize = 32;
    let named = |properties: &'a [Property], name: &str| {
        let name = name.split('[').next().unwrap_or(name).trim();
        properties.iter().find(|property| property.answers_to(name))
    };
    let mut steps = path.split('.').take(DEEPEST);
    let first = named(properties, steps.next()?)?;
    steps.try_fold(first, |above, name| {
        let objects = bodies::objects(spec.schema, &above.ty, &above.name);
        objects.into_iter().find_map(|(_, object)| named(&object.properties, name))
    })
}

/// Aligns rows with the parameters of an operation; unless the table surely lists those, one at least must be known.
fn by_parameters<'a>(
    spec: &SpecIndex<'a>,
    operation: &'a Operation,
    left: &[Item<'_>],
    words: &dyn Fn(&str) -> std::sync::Arc<[String]>,
    told: bool,
) -> Option<Bound<'a>> {
    let right = items::of_parameters(spec.schema, operation);
    let alignment = align(left, &right, &Terms { order: PATH_ORDER, words });
    let bound = Bound { to: Against::Parameters(operation), home: true, alignment, nested: Vec::new() };
    (told || sure(&bound) > 0).then_some(bound)
}

/// How many rows have the very name of their partner.
fn sure(bound: &Bound<'_>) -> usize {
    let exact = Evidence::EXACT.with(Evidence::CASE);
    bound.alignment.pairs.iter().filter(|pair| pair.evidence.any(exact)).count()
}

/// The alignment of some rows as one of all rows.
fn renumbered(mut alignment: Alignment, rows: &[u32]) -> Alignment {
    let at = |left: &mut u32| *left = rows.get(*left as usize).copied().unwrap_or(*left);
    alignment.pairs.iter_mut().for_each(|pair| at(&mut pair.left));
    alignment.left_only.iter_mut().for_each(at);
    alignment
}

/// What the rows below others document, as far as the types of those are known.
fn nested<'a>(bound: &Bound<'a>, rows: &[Row<'_>], outer: &[u32], spec: &SpecIndex<'a>) -> Vec<Nested<'a>> {
    /// So many pairs of names are held against each other.
    const PAIRS: usize = 100_000;
    let Against::Properties(_, properties) = bound.to else { return Vec::new() };
    if outer.len() == rows.len() {
        return Vec::new();
    }
    let mut known: Vec<Option<&'a Property>> = vec![None; rows.len()];
    for pair in bound.alignment.pairs.iter().filter(|pair| pair.confidence >= 0.8) {
        if let Some(place) = known.get_mut(pair.left as usize) {
            *place = properties.get(pair.right as usize);
        }
    }
    let family = Family::of(rows);
    let mut budget = PAIRS;
    let mut found = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let name = row.name.view(View::Source);
        let (above, name) = name.rsplit_once('.').map_or((None, name), |(above, name)| (Some(above), name));
        let known_above = |row: u32| known.get(row as usize).copied().flatten();
        let parent = match above {
            _ if outer.binary_search(&(at as u32)).is_ok() => continue,
            Some(path) => below(properties, path, spec).or_else(|| known_above(family.row_of(path)?)),
            None => row.parent.and_then(known_above),
        };
        let Some(parent) = parent else { continue };
        let objects = bodies::objects(spec.schema, &parent.ty, &parent.name);
        let exact = objects.iter().find_map(|(owner, object)| {
            let property = object.properties.iter().find(|property| property.answers_to(name))?;
            Some((*owner, *object, property, Evidence::EXACT))
        });
        let is_free = |other: &str| !family.has(above, row.parent, other);
        let own = exact.or_else(|| match objects.as_slice() {
            [(owner, object)] => {
                budget = budget.checked_sub(object.properties.len())?;
                let (property, evidence) = nearly_named(&object.properties, name, &is_free)?;
                Some((*owner, *object, property, evidence))
            }
            _ => None,
        });
        if let Some((owner, object, property, evidence)) = own {
            known[at] = Some(property);
            let (row, among) = (at as u32, &*object.properties);
            found.push(Nested { row, owner, among, property: Some(property), evidence });
        } else if let [(owner, object)] = objects.as_slice()
            && !object.properties.is_empty()
        {
            let (row, among) = (at as u32, &*object.properties);
            found.push(Nested { row, owner, among, property: None, evidence: Evidence::default() });
        }
    }
    found
}

/// Rows by the names and the rows that they stand below.
struct Family<'r> {
    by_name: HashMap<&'r str, u32>,
    names: HashSet<(Option<&'r str>, Option<u32>, &'r str)>,
}

impl<'r> Family<'r> {
    fn of(rows: &'r [Row<'_>]) -> Self {
        let (mut by_name, mut names) = (HashMap::default(), HashSet::default());
        for (at, row) in (0..).zip(rows) {
            let whole = row.name.view(View::Source);
            by_name.entry(whole.trim_end_matches("[]")).or_insert(at);
            let (above, name) =
                whole.rsplit_once('.').map_or((None, whole), |(above, name)| (Some(above), name));
            names.insert((above, row.parent.filter(|_| above.is_none()), name.trim_end_matches("[]")));
        }
        Self { by_name, names }
    }

    /// The first row that a path leads to.
    fn row_of(&self, path: &str) -> Option<u32> {
        self.by_name.get(path.trim_end_matches("[]")).copied()
    }

    /// Whether a row of that name stands below a path, or else below a row.
    fn has(&self, above: Option<&str>, parent: Option<u32>, name: &str) -> bool {
        self.names.contains(&(above, parent.filter(|_| above.is_none()), name))
    }
}

/// The one property that has no row of its own and is spelled nearly like `name`.
fn nearly_named<'a>(
    properties: &'a [Property],
    name: &str,
    is_free: &dyn Fn(&str) -> bool,
) -> Option<(&'a Property, Evidence)> {
    /// So many properties are held against a name.
    const MOST: usize = 512;
    /// So alike are names of which one is misspelled.
    const ALIKE: f64 = 0.75;
    if properties.len() > MOST || !names::is_identifier(name) {
        return None;
    }
    let free = || properties.iter().filter(|property| is_free(&property.name));
    let mut same = free().filter(|property| is_same_identifier(&property.name, name));
    if let Some(found) = same.next() {
        return same.next().is_none().then_some((found, Evidence::CASE));
    }
    let mut near = free().filter(|property| likeness(&property.name, name, ALIKE).is_some());
    let found = near.next().filter(|_| near.next().is_none())?;
    Some((found, Evidence::SPELLING))
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
