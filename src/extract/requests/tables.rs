//! Requests in tables: in a column for the method and one for the target, in one cell, or in labelled rows.

use super::{Place, labels, shown, words};
use crate::document::{Inline, Row, View};
use crate::extract::{Reader, target};
use crate::facts::{ColumnRole, METHODS, Request, RequestForm, RequestSense, TableFact, TableRole};
use crate::lexicon::HeaderRole;
use crate::text::Span;

/// Rows that are looked at for a column of requests.
const SAMPLE: usize = 3;
/// Requests that are read of one table.
const MOST: usize = 10_000;

/// Adds the requests of a table.
pub(super) fn requests(
    reader: &Reader<'_>,
    (number, fact): (u32, &TableFact),
    place: Place,
    found: &mut Vec<Request>,
) {
    let Some(table) = reader.document.tables.get(fact.table as usize) else { return };
    let here = Here { reader, number, place };
    let column = |role: ColumnRole| fact.columns.iter().position(|column| *column == role);
    let body = reader.document.body(table);
    let rows = (table.first_row..).zip(body).take(MOST);
    if fact.role == TableRole::RequestSyntax
        && let (Some(method), Some(uri)) = (column(ColumnRole::Method), column(ColumnRole::Uri))
    {
        found.extend(rows.filter_map(|(at, row)| here.two_cells(at, row, method, uri)));
        return;
    }
    if let Some(request) = here.labelled(table.header, table.first_row, body) {
        found.push(request);
        return;
    }
    let sample = || body.iter().take(SAMPLE);
    let width = table.columns.min(16) as usize;
    let holds = |column: &usize| sample().any(|row| here.one_cell(0, row, *column).is_some());
    if let Some(column) = (0..width).find(holds) {
        found.extend(rows.filter_map(|(at, row)| here.one_cell(at, row, column)));
    }
}

struct Here<'a, 'r> {
    reader: &'a Reader<'r>,
    number: u32,
    place: Place,
}

impl Here<'_, '_> {
    fn cell(&self, row: &Row, column: usize) -> Option<Inline> {
        self.reader.document.row_cells(row).get(column).copied()
    }

    fn request(&self, at: u32, method: Span, target: Span, text: &str) -> Request {
        let mut request = self.place.request(RequestForm::Table, RequestSense::Declared, method, target);
        request.shown = shown(target.of(self.reader.text), text);
        request.row = Some((self.number, at));
        request
    }

    fn two_cells(&self, at: u32, row: &Row, method: usize, uri: usize) -> Option<Request> {
        let (method, uri) = (self.cell(row, method)?, self.cell(row, uri)?);
        let (document, text) = (self.reader.document, self.reader.text);
        let [word, path] = [method, uri].map(|cell| document.text(text, cell, View::Page));
        let [method, uri] = [method, uri].map(|cell| document.text_span(text, cell, View::Page));
        let is_request = !word.is_empty() && !path.is_empty() && method != uri;
        is_request.then(|| self.request(at, method, uri, &path))
    }

    /// Method and path in one cell.
    fn one_cell(&self, at: u32, row: &Row, column: usize) -> Option<Request> {
        let cell = self.cell(row, column)?;
        let (document, text) = (self.reader.document, self.reader.text);
        if !words::may_hold(cell.span.of(text)) {
            return None;
        }
        let shown = document.text(text, cell, View::Page);
        let found = words::requests(&shown, &self.reader.vocabulary).into_iter().find(|found| found.alone)?;
        let span = |range: std::ops::Range<usize>| {
            document.source_span(text, cell, View::Page, &shown, Span::from(range))
        };
        Some(self.request(at, span(found.method)?, span(found.target.clone())?, &shown[found.target]))
    }

    /// `| HTTP method | POST |` over `| URL | /carts |`.
    fn labelled(&self, header: Option<u32>, first: u32, body: &[Row]) -> Option<Request> {
        const ROWS: usize = 8;
        let (document, text) = (self.reader.document, self.reader.text);
        let head = header.and_then(|at| document.rows.get(at as usize));
        let (mut method, mut uri) = (None, None);
        for row in head.into_iter().chain(body.iter().take(ROWS)) {
            let [label, value] = document.row_cells(row).get(..2)? else { return None };
            let words = document.text(text, *value, View::Page);
            let role = if METHODS.contains(&&*words) {
                HeaderRole::Method
            } else if target::starts_target(&words) && !words.contains(' ') {
                HeaderRole::RequestUri
            } else {
                continue;
            };
            let label = document.text(text, *label, View::Page);
            if self.reader.vocabulary.header(&label).any(|found| found == role) {
                let span = document.text_span(text, *value, View::Page);
                if role == HeaderRole::Method {
                    method.get_or_insert(span)
                } else {
                    uri.get_or_insert(span)
                };
            }
        }
        let (method, uri) = (method?, uri?);
        let mut request = labels::Labels::default().add_pair(method, uri, None, self.place);
        request.row = Some((self.number, first));
        Some(request)
    }
}
