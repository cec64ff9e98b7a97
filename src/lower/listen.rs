//! One page and its comparison with those that vouch for it, as what it says.
//!
//! Names, methods and paths are taken from whoever vouches for them; headings and prose that name types are
//! read on the reference page, descriptions on the page itself. Absent here: other pages of the same locale.

use crate::comparison::{RequestComparison, TableComparison};
use crate::document::{Inline, View};
use crate::extract::path::Path;
use crate::facts::{ColumnRole, METHODS, Page, TableFact, TableRole};
use crate::finding::Basis;
use crate::lexicon::Lexicon;
use crate::lower::paths::MOST_SEGMENTS;
use crate::lower::prose::{self, Reader};
use crate::lower::rows;
use crate::lower::said::{Request, Said, Table};
use crate::normalize::rows::words;
use crate::rules::Context;
use crate::schema::Note;
use crate::text::{Place, Span};

/// What the page says, and what of it is left out.
pub(super) fn said(context: &Context<'_>, lexicon: &Lexicon) -> (Said, Vec<Note>) {
    let page = context.page;
    let mut notes = Vec::new();
    let reader = Reader::of(context, lexicon);
    let tables = context.comparison.tables.iter().map(|table| self::table(context, &reader, table, lexicon));
    let requests =
        context.comparison.requests.iter().filter_map(|request| self::request(context, request, &mut notes));
    let locale = page.source.locale.as_ref().map_or_else(String::new, ToString::to_string);
    let said = Said {
        file: page.file,
        locale,
        path: page.source.path.clone(),
        page: page.source.page.clone(),
        is_reference: context.corpus.references.is_reference(page),
        title: reader.title(),
        summary: prose::summary(page),
        sections: reader.sections(),
        tables: tables.collect(),
        requests: requests.collect(),
        statuses: statuses(page),
        has_requests: !context.comparison.requests.is_empty() || !context.comparison.lines.is_empty(),
    };
    (said, notes)
}

fn table(
    context: &Context<'_>,
    reader: &Reader<'_>,
    compared: &TableComparison<'_>,
    lexicon: &Lexicon,
) -> Table {
    let page = context.page;
    let fact = &page.facts.tables[compared.table as usize];
    let theirs = compared.reference.as_ref().map(|theirs| {
        let page = theirs.with.page;
        (page, theirs.with.view, &page.facts.tables[theirs.table as usize])
    });
    // The reference page's header is the better witness of what the columns are.
    let columns = theirs.map(|(.., theirs)| &theirs.columns).filter(|c| c.len() == fact.columns.len());
    let role = theirs.map_or(fact.role, |(.., theirs)| theirs.role);
    let (lead_page, lead_view, lead_fact) = theirs.unwrap_or((page, reader.own_view(), fact));
    let span = page.document.tables.get(fact.table as usize).map_or(Span::default(), |table| table.span);
    Table {
        number: compared.reference.as_ref().map_or(compared.table, |theirs| theirs.table),
        role,
        section: fact.section,
        lead_in: lead_fact
            .lead_in
            .map_or_else(Vec::new, |block| reader.mentions(lead_page, lead_view, [block as usize])),
        place: Place { file: page.file, span },
        rows: rows::rows(context, reader, compared, columns.unwrap_or(&fact.columns), lexicon),
    }
}

/// Whether a verdict of the spec on this page is about damage, not about docs that moved away from it.
fn heals(context: &Context<'_>, basis: Basis) -> bool {
    basis != Basis::Model || !crate::compare::names::is_source_language(context.page)
}

fn request(
    context: &Context<'_>,
    compared: &RequestComparison<'_>,
    notes: &mut Vec<Note>,
) -> Option<Request> {
    let page = context.page;
    let place = |span: Span| Place { file: page.file, span };
    let mut note = |span: Span, message: String| notes.push(Note { place: Some(place(span)), message });
    let right = compared.method_verdict.as_ref().filter(|verdict| heals(context, verdict.basis));
    let written = right.map_or(&*compared.method.0, |verdict| &*verdict.expected);
    let mut method = written.trim().to_ascii_uppercase();
    if let Some(meant) = context.vocabulary.method(written).filter(|_| !METHODS.contains(&method.as_str())) {
        meant.clone_into(&mut method);
    }
    if !METHODS.contains(&method.as_str()) {
        note(
            compared.method.1,
            format!("`{written}` is not an HTTP method, and nothing shows which one was meant"),
        );
        return None;
    }
    let right = compared.path_verdict.as_ref().map(|verdict| &verdict.right);
    let right = right.filter(|verdict| heals(context, verdict.basis));
    let path = right.map_or(&*compared.path.0, |verdict| &*verdict.expected);
    let is_path = compared.readable || right.is_some();
    if !is_path || Path::read(path).segments() > MOST_SEGMENTS {
        note(compared.path.1, "the request is left out: its path cannot be read".to_owned());
        return None;
    }
    let table = compared.table.and_then(|at| page.facts.tables.get(at as usize));
    let table = table.and_then(|fact| page.document.tables.get(fact.table as usize));
    Some(Request {
        method,
        path: path.to_owned(),
        place: place(compared.path.1),
        table: table.map_or(0, |table| table.span.start),
    })
}

/// The statuses that tables of error codes list.
fn statuses(page: &Page) -> Vec<(u16, Place)> {
    let facts = page.facts.tables.iter().filter(|fact| fact.role == TableRole::ErrorCodes);
    let mut found: Vec<(u16, Place)> = facts.flat_map(|fact| statuses_of(page, fact)).collect();
    found.sort_by_key(|(status, place)| (*status, *place));
    found.dedup_by_key(|(status, _)| *status);
    found
}

fn statuses_of(page: &Page, fact: &TableFact) -> Vec<(u16, Place)> {
    let column = fact.columns.iter().position(|role| *role == ColumnRole::HttpStatus);
    let table = page.document.tables.get(fact.table as usize);
    let (Some(column), Some(table)) = (column, table) else { return Vec::new() };
    let status = |cell: &Inline| {
        let words = words(page, *cell);
        let status = words.text.trim().parse().ok().filter(|status| (100..600).contains(status))?;
        Some((status, Place { file: page.file, span: words.span }))
    };
    let rows = page.document.body(table).iter();
    rows.filter_map(|row| page.document.row_cells(row).get(column).and_then(status)).collect()
}

/// The language in which a page's headings name things: the source's half of a bilingual page.
pub(super) fn own_view(page: &Page) -> View {
    if page.document.bilingual { View::Source } else { View::Page }
}
