//! Tables with named rows against the spec.

use std::borrow::Cow;

use crate::compare::align::{Item, Terms, align};
use crate::compare::bind::{PageOperation, bind_table, section_names};
use crate::compare::names::Placeholders;
use crate::compare::paths::Path;
use crate::compare::spec_index::SpecIndex;
use crate::compare::words::english_words;
use crate::compare::{items, names};
use crate::comparison::{Against, Bound, RequestComparison, TableComparison};
use crate::facts::{Page, TableFact, TableRole};
use crate::lexicon::Vocabulary;
use crate::normalize::rows::{Row, rows};
use crate::schema::{Operation, Type};
use crate::text::Span;

/// How far the order of a table can be trusted to be that of a type's declaration.
const MODEL_ORDER: f32 = 0.75;
/// And that of parameters to be that of the placeholders.
const PATH_ORDER: f32 = 0.95;

/// Compares every table of the page whose rows have names.
pub fn tables<'a>(
    page: &'a Page,
    requests: &[RequestComparison<'a>],
    spec: Option<&SpecIndex<'a>>,
    vocabulary: &Vocabulary<'_>,
) -> Vec<TableComparison<'a>> {
    let named = |fact: &&TableFact| {
        matches!(
            fact.role,
            TableRole::Properties | TableRole::Parameters | TableRole::Headers | TableRole::Members
        )
    };
    let facts = page.facts.tables.iter().enumerate().filter(|(_, fact)| named(fact));
    facts.map(|(at, fact)| table(page, at as u32, fact, requests, spec, vocabulary)).collect()
}

fn table<'a>(
    page: &'a Page,
    at: u32,
    fact: &TableFact,
    requests: &[RequestComparison<'a>],
    spec: Option<&SpecIndex<'a>>,
    vocabulary: &Vocabulary<'_>,
) -> TableComparison<'a> {
    let rows = rows(page, fact);
    let bound = spec.and_then(|spec| bind(page, fact, &rows, requests, spec, vocabulary));
    let placeholders = match (fact.role, &bound) {
        (TableRole::Parameters, None) => by_placeholders(page, &rows, requests, vocabulary),
        _ => None,
    };
    let names = names::verdicts(page, &rows, bound.as_ref(), placeholders.as_ref(), vocabulary);
    let owner = match bound.as_ref().map(|bound| bound.to) {
        Some(Against::Properties(name, _) | Against::Members(name, _)) => Cow::Borrowed(name),
        Some(Against::Parameters(operation)) => Cow::Borrowed(operation.path.as_str()),
        None => Cow::Owned(section_name(page, fact)),
    };
    TableComparison { table: at, rows, bound, names, owner }
}

fn bind<'a>(
    page: &Page,
    fact: &TableFact,
    rows: &[Row<'_>],
    requests: &[RequestComparison<'a>],
    spec: &SpecIndex<'a>,
    vocabulary: &Vocabulary<'_>,
) -> Option<Bound<'a>> {
    let operations: Vec<&'a Operation> = requests.iter().filter_map(|request| request.operation).collect();
    let left = items::of_rows(page, rows, vocabulary);
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
            operation.responses.iter().find_map(|response| named(response.body.as_ref()))
        }),
    };
    bind_table(page, fact, &left, spec, operation, &Terms { order: MODEL_ORDER, words: &words })
}

/// The placeholders of the page's request paths, aligned with the rows of a parameter table.
fn by_placeholders<'a>(
    page: &Page,
    rows: &[Row<'_>],
    requests: &[RequestComparison<'a>],
    vocabulary: &Vocabulary<'_>,
) -> Option<Placeholders> {
    if names::is_source_language(page) {
        return None;
    }
    let mut placeholders: Vec<(String, Span)> = Vec::new();
    for request in requests {
        let path = match &request.path_verdict {
            Some(verdict) => Path::read(&verdict.right.expected),
            None => Path::read(&request.path.0),
        };
        for name in path.placeholders() {
            if names::is_identifier(name) && !placeholders.iter().any(|(known, _)| known == name) {
                placeholders.push((name.to_owned(), request.path.1));
            }
        }
    }
    if placeholders.is_empty() {
        return None;
    }
    let left = items::of_rows(page, rows, vocabulary);
    let right: Vec<Item<'_>> =
        placeholders.iter().map(|(name, _)| Item { name, ..Item::default() }).collect();
    let words = |name: &str| english_words(name, vocabulary);
    let alignment = align(&left, &right, &Terms { order: PATH_ORDER, words: &words });
    Some(Placeholders { names: placeholders, alignment })
}

/// What an unbound table's rows are named after: its section's anchor or heading.
fn section_name(page: &Page, fact: &TableFact) -> String {
    let section = fact.section.and_then(|at| page.facts.sections.get(at as usize));
    section.and_then(|section| section_names(page, section).into_iter().next()).unwrap_or_default()
}
