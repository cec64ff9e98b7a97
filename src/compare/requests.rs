//! Documented requests: method and path against the source half, the page's example and the spec.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;
use std::sync::Arc;

use crate::compare::paths::{self, Paths};
use crate::compare::spec_index::SpecIndex;
use crate::compare::spelling;
use crate::compare::votes::Votes;
use crate::compare::words::english_words;
use crate::comparison::{Counterpart, Pairing, PathVerdict, RequestComparison, RequestLine, Verdict};
use crate::document::{Inline, View};
use crate::extract::path::Path;
use crate::facts::{ColumnRole, ExampleForm, METHODS, Page, StartLine, TableRole};
use crate::finding::{Basis, Site};
use crate::fold::is_same_identifier;
use crate::hash::HashMap;
use crate::lexicon::Vocabulary;
use crate::normalize::rows::{Words, words};
use crate::schema::Operation;
use crate::text::{Place, Span};

/// The request lines of a page's examples, in page order.
pub fn request_lines(page: &Page, paths: &Paths) -> Vec<RequestLine> {
    let text = page.source.text.as_str();
    let lines = page.facts.examples.iter().enumerate().filter_map(|(at, example)| {
        let StartLine::Request { method, target, .. } = example.message.start else { return None };
        if example.form == ExampleForm::Command {
            return None;
        }
        let code = page.document.codes.get(example.code as usize)?;
        let written = page.document.code_text(text, code);
        Some(RequestLine {
            example: at as u32,
            method: method.of(&written).to_owned(),
            path: paths.read(target.of(&written)),
            place: code.to_source(method),
            target: code.to_source(target),
        })
    });
    lines.collect()
}

/// A documented request as its table writes it.
struct RequestRow<'a> {
    table: u32,
    method: Words<'a>,
    uri: Words<'a>,
}

/// The rows of a page's request-syntax tables, by their own columns or those of the reference page's table.
fn request_rows<'a>(page: &'a Page, at: u32, columns: &[ColumnRole]) -> Vec<RequestRow<'a>> {
    let column = |role: ColumnRole| columns.iter().position(|column| *column == role);
    let (Some(method), Some(uri)) = (column(ColumnRole::Method), column(ColumnRole::Uri)) else {
        return Vec::new();
    };
    let fact = &page.facts.tables[at as usize];
    let Some(table) = page.document.tables.get(fact.table as usize) else { return Vec::new() };
    let row = |row: &crate::document::Row| {
        let cells = page.document.row_cells(row);
        let (method, uri) = (words(page, *cells.get(method)?), words(page, *cells.get(uri)?));
        // One cell over both columns is neither method nor path.
        let is_request = !uri.text.is_empty() && !method.text.is_empty() && method.span != uri.span;
        is_request.then_some(RequestRow { table: at, method, uri })
    };
    page.document.body(table).iter().filter_map(row).collect()
}

/// The requests of one table.
type Rows<'a> = Vec<RequestRow<'a>>;

/// The same request as the reference page writes it.
#[derive(Clone, Copy)]
struct ReferenceRow<'r, 'a> {
    with: Counterpart<'a>,
    row: &'r RequestRow<'a>,
}

impl ReferenceRow<'_, '_> {
    /// Where the reference page says so.
    fn site(&self, words: &Words<'_>) -> Site {
        let page = self.with.page;
        let span = page.document.text_span(&page.source.text, words.cell, self.with.view);
        Site::Page(Place { file: page.file, span })
    }
}

/// Pairs requests with those of the reference page's table. Equal paths come first, since rows may have been moved.
/// The rest goes by place if there are as many, else the likest path wins.
fn paired_rows<'r, 'a>(
    own: &[RequestRow<'a>],
    with: Counterpart<'a>,
    theirs: &'r [RequestRow<'a>],
) -> Vec<Option<ReferenceRow<'r, 'a>>> {
    let mut waiting: HashMap<&str, VecDeque<usize>> = HashMap::default();
    for (at, row) in theirs.iter().enumerate() {
        waiting.entry(row.uri.view(with.view)).or_default().push_back(at);
    }
    let partners: Vec<Option<usize>> =
        own.iter().map(|row| waiting.get_mut(&*row.uri.text)?.pop_front()).collect();
    let mut free = vec![true; theirs.len()];
    partners.iter().flatten().for_each(|at| free[*at] = false);
    let mut rest = (0..theirs.len()).filter(|at| free[*at]);
    let mut other = |row: &RequestRow<'a>| {
        if own.len() == theirs.len() { rest.next() } else { likest(row, with.view, theirs, &free) }
    };
    let pairs = own.iter().zip(partners).map(|(row, partner)| partner.or_else(|| other(row)));
    pairs.map(|at| at.map(|at| ReferenceRow { with, row: &theirs[at] })).collect()
}

/// The request of the reference page's table with the likest path, among those that are free.
fn likest(own: &RequestRow<'_>, view: View, theirs: &[RequestRow<'_>], free: &[bool]) -> Option<usize> {
    let path = Path::read(&own.uri.text);
    let fits = (0..theirs.len()).filter(|at| free[*at]).filter_map(|at| {
        let text = theirs[at].uri.view(view);
        // Paths of one shape are told apart by their queries.
        let query = spelling::likeness(&own.uri.text, text, 0.0).unwrap_or(0.0);
        Some((paths::likeness(&path, &Path::read(text))?, query, at))
    });
    let (fit, _, at) = fits.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)))?;
    (fit >= 0.6).then_some(at)
}

/// Compares every row of the page's request-syntax tables.
pub fn requests<'a>(
    page: &'a Page,
    pairing: Option<&Pairing<'a>>,
    votes: Option<&Votes>,
    lines: &[RequestLine],
    spec: Option<&SpecIndex<'a>>,
    (vocabulary, paths): (&Vocabulary<'_>, &Paths),
) -> Vec<RequestComparison<'a>> {
    let mut own: Vec<(Rows<'a>, Option<(Counterpart<'a>, Rows<'a>)>)> = Vec::new();
    for (at, fact) in page.facts.tables.iter().enumerate() {
        let theirs = pairing.and_then(|pairing| {
            let right = pairing.tables.of_left(at as u32)?.right;
            Some((pairing.with, right, &pairing.with.page.facts.tables[right as usize]))
        });
        let theirs = theirs.filter(|(.., theirs)| theirs.role == TableRole::RequestSyntax);
        let columns = theirs.map(|(.., theirs)| &theirs.columns).filter(|c| c.len() == fact.columns.len());
        if fact.role == TableRole::RequestSyntax || columns.is_some() {
            let rows = request_rows(page, at as u32, columns.unwrap_or(&fact.columns));
            let theirs =
                theirs.map(|(with, right, theirs)| (with, request_rows(with.page, right, &theirs.columns)));
            own.push((rows, theirs));
        }
    }
    let only = own.iter().map(|(rows, _)| rows.len()).sum::<usize>() == 1;
    let mut compared = Vec::new();
    for (rows, theirs) in &own {
        let mut references = theirs
            .as_ref()
            .map_or_else(Vec::new, |(with, theirs)| paired_rows(rows, *with, theirs))
            .into_iter();
        for row in rows {
            let reference = references.next().flatten();
            let surroundings = Surroundings { page, lines, spec, vocabulary, paths, only };
            let mut request = surroundings.request(row, reference);
            if let Some(vote) = votes.and_then(|votes| votes.request(page, compared.len())) {
                vote.settle(page, &mut request, &row.uri);
            }
            compared.push(request);
        }
    }
    compared
}

/// What every request of one page is compared with.
struct Surroundings<'s, 'a> {
    page: &'a Page,
    lines: &'s [RequestLine],
    spec: Option<&'s SpecIndex<'a>>,
    vocabulary: &'s Vocabulary<'s>,
    paths: &'s Paths,
    /// Whether the page documents only one request.
    only: bool,
}

impl<'a> Surroundings<'_, 'a> {
    fn request(
        &self,
        row: &RequestRow<'a>,
        reference: Option<ReferenceRow<'_, 'a>>,
    ) -> RequestComparison<'a> {
        let (page, method, uri) = (self.page, &row.method, &row.uri);
        let path = self.paths.read(&uri.text);
        let theirs = || reference.map(|theirs| theirs.row.uri.view(theirs.with.view));
        let source = uri.original.as_deref().or_else(theirs);
        let source = source.map(|text| self.paths.read(text));
        let right = source.as_ref().unwrap_or(&path);
        let line = self.example_of(row, right);
        let written = method.original.as_deref();
        let written = written.or_else(|| reference.map(|theirs| theirs.row.method.view(theirs.with.view)));
        let operation = self.spec.and_then(|spec| {
            operation_of(spec, right, written.unwrap_or(&method.text), line, self.vocabulary)
        });
        let covered = self
            .spec
            .is_some_and(|spec| spec.operations().any(|(_, template)| paths::covers(template, right)));
        let span = source_span(page, uri.cell, &uri.text, path_range(&path)).unwrap_or(uri.span);
        RequestComparison {
            table: Some(row.table),
            method: (method.text.clone(), method.span),
            method_verdict: method_verdict(page, method, reference, line, operation, self.vocabulary),
            readable: path.is_path(),
            path: (Cow::Owned(path.bare()), span),
            path_verdict: self.path_verdict(uri, reference, &path, source.as_deref(), operation),
            operation,
            covered,
            example: line.map(|line| line.example),
            template: OnceCell::new(),
        }
    }

    /// The example of a row: of those in its scope.
    fn example_of(&self, row: &RequestRow<'a>, path: &Path) -> Option<&RequestLine> {
        let requests = &self.page.facts.requests;
        let at = requests.partition_point(|request| request.target.end <= row.uri.span.start);
        let own = requests.get(at).filter(|request| request.target.start < row.uri.span.end);
        let Some(scope) = own.and_then(|own| own.operation) else {
            return example_of(self.lines, path, self.only);
        };
        let span = self.page.facts.operations.get(scope as usize)?.span;
        let first = self.lines.partition_point(|line| line.place.start < span.start);
        let end = self.lines.partition_point(|line| line.place.start < span.end);
        example_of(self.lines.get(first..end)?, path, self.only)
    }

    fn path_verdict(
        &self,
        uri: &Words<'a>,
        reference: Option<ReferenceRow<'_, 'a>>,
        path: &Path,
        source: Option<&Path>,
        operation: Option<&'a Operation>,
    ) -> Option<PathVerdict<'a>> {
        let page = self.page;
        let right = source.or_else(|| self.spec?.template(operation?))?;
        let whole = source.is_some();
        let edits = path_edits(page, uri, path, right, whole)?;
        let (basis, site) = if !whole {
            (Basis::Model, operation.and_then(|operation| operation.place).map(Site::Spec))
        } else if let Some(theirs) = reference.filter(|_| uri.original.is_none()) {
            (Basis::Reference, Some(theirs.site(&theirs.row.uri)))
        } else {
            let span = page.document.text_span(&page.source.text, uri.cell, View::Source);
            (Basis::Reference, Some(Site::Page(Place { file: page.file, span })))
        };
        let expected = if whole { right.bare() } else { with_query(right, path) };
        let found = path.bare();
        let case_only =
            found != expected && found.len() == expected.len() && is_same_identifier(&found, &expected);
        let confidence = if whole { 1.0 } else { 0.97 };
        let witnesses = site.into_iter().collect();
        let right = Verdict { expected: Cow::Owned(expected), basis, confidence, witnesses };
        Some(PathVerdict { right, case_only, edits })
    }
}

/// The example that shows this request: same shape of path, or the page's only one.
fn example_of<'l>(lines: &'l [RequestLine], path: &Path, only: bool) -> Option<&'l RequestLine> {
    let best = lines
        .iter()
        .filter_map(|line| Some((paths::likeness(&line.path, path)?, line)))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.example.cmp(&a.1.example)));
    match (best, lines) {
        (Some((_, line)), _) => Some(line),
        (None, [line]) if only => Some(line),
        _ => None,
    }
}

/// The operation of the spec that a row documents.
fn operation_of<'a>(
    spec: &SpecIndex<'a>,
    path: &Path,
    method: &str,
    line: Option<&RequestLine>,
    vocabulary: &Vocabulary<'_>,
) -> Option<&'a Operation> {
    let mut fits: Vec<(f32, &Operation)> = Vec::new();
    let words = SegmentWords { vocabulary, known: RefCell::default() };
    let translates = |found: &str, wanted: &str| words.translate(found, wanted);
    for (operation, template) in spec.operations() {
        let by_table = paths::documents(path, template, &translates);
        // The example's concrete path is rarely damaged; it carries a path that translation took apart.
        let shown = line.and_then(|line| paths::likeness(&line.path, template));
        let by_example = shown.is_some_and(|likeness| likeness >= 0.99)
            && paths::likeness(path, template).is_some_and(|likeness| likeness >= 0.3);
        match by_table {
            Some(fit) => fits.push((if by_example { fit.max(0.95) } else { fit }, operation)),
            None if by_example => fits.push((0.95, operation)),
            None => {}
        }
    }
    let best = fits.iter().map(|(fit, _)| *fit).fold(0.0, f32::max);
    fits.retain(|(fit, _)| *fit >= best - 0.01);
    let by_method = |wanted: &str| fits.iter().map(|(_, op)| *op).find(|op| op.method == wanted);
    let guessed = vocabulary.method(method);
    by_method(method)
        .or_else(|| line.and_then(|line| by_method(&line.method)))
        .or_else(|| guessed.and_then(by_method))
        .or_else(|| (fits.len() == 1 && !is_method(method)).then(|| fits[0].1))
}

/// The English words of the segments of a path, each looked up once for all operations.
struct SegmentWords<'v> {
    vocabulary: &'v Vocabulary<'v>,
    known: RefCell<HashMap<String, Arc<[String]>>>,
}

impl SegmentWords<'_> {
    /// Whether a path segment is a translation of another: the lexicon says so, or it is in another script.
    fn translate(&self, found: &str, wanted: &str) -> bool {
        if !found.is_ascii() {
            return true;
        }
        let singular = wanted.strip_suffix('s').unwrap_or(wanted);
        let says = |words: &[String]| words.iter().any(|word| word == wanted || word == singular);
        if let Some(words) = self.known.borrow().get(found) {
            return says(words);
        }
        let words = english_words(found, self.vocabulary);
        let said = says(&words);
        self.known.borrow_mut().insert(found.to_owned(), words);
        said
    }
}

/// `GET`, `POST`, ... as the wire has them.
pub fn is_method(text: &str) -> bool {
    METHODS.contains(&text)
}

/// A method in any case: what the source writes is right for its translation.
pub(super) fn is_method_word(text: &str) -> bool {
    METHODS.iter().any(|method| method.eq_ignore_ascii_case(text))
}

fn method_verdict<'a>(
    page: &Page,
    method: &Words<'a>,
    reference: Option<ReferenceRow<'_, 'a>>,
    line: Option<&RequestLine>,
    operation: Option<&'a Operation>,
    vocabulary: &Vocabulary<'_>,
) -> Option<Verdict<'a>> {
    let in_page = |span: Span| Site::Page(Place { file: page.file, span });
    if let Some(original) = method.original.as_ref().filter(|original| is_method_word(original)) {
        let witnesses = vec![in_page(page.document.text_span(&page.source.text, method.cell, View::Source))];
        return Some(Verdict {
            expected: original.clone(),
            basis: Basis::Reference,
            confidence: 1.0,
            witnesses,
        });
    }
    if let Some(theirs) = reference {
        let right = theirs.row.method.view(theirs.with.view);
        if is_method_word(right) {
            return Some(Verdict {
                expected: Cow::Owned(right.to_owned()),
                basis: Basis::Reference,
                confidence: 1.0,
                witnesses: vec![theirs.site(&theirs.row.method)],
            });
        }
    }
    if is_method(&method.text) {
        return None;
    }
    let shown = line.filter(|line| is_method(&line.method));
    // A word for another method: table and example may have parted in the source.
    let meant = vocabulary.method(&method.text);
    let doubtful = shown.is_some_and(|line| meant.is_some_and(|meant| meant != line.method));
    match (operation, shown) {
        (Some(operation), Some(line)) if operation.method == line.method => Some(Verdict {
            expected: Cow::Borrowed(&operation.method),
            basis: Basis::Model,
            confidence: 1.0,
            witnesses: operation.place.map(Site::Spec).into_iter().collect(),
        }),
        (_, Some(line)) => Some(Verdict {
            expected: Cow::Owned(line.method.clone()),
            basis: Basis::Page,
            confidence: if doubtful { 0.4 } else { 0.96 },
            witnesses: vec![in_page(line.place)],
        }),
        (Some(operation), None) => Some(Verdict {
            expected: Cow::Borrowed(&operation.method),
            basis: Basis::Model,
            confidence: 0.9,
            witnesses: operation.place.map(Site::Spec).into_iter().collect(),
        }),
        (None, None) => None,
    }
}

/// The spec's template with the query that the page documents.
fn with_query(right: &Path, path: &Path) -> String {
    let query =
        path.target.query.map_or("", |query| Span::new(path.target.path.end, query.end).of(&path.text));
    format!("{}{}", right.bare(), query.split_whitespace().collect::<String>())
}

/// What to replace in the cell so that it says `right`; `None` if it does already.
/// `whole` compares the query too.
pub(super) fn path_edits(
    page: &Page,
    uri: &Words<'_>,
    path: &Path,
    right: &Path,
    whole: bool,
) -> Option<Vec<(Span, String)>> {
    let found = if whole { path.bare() } else { squeezed(path.target.path.of(&path.text)) };
    let wanted = if whole { right.bare() } else { squeezed(right.target.path.of(&right.text)) };
    let mut edits = Vec::new();
    let query = |path: &Path| path.target.query.map_or("", |query| query.of(&path.text)).to_owned();
    let respelled = path.is_respelled(right) && (!whole || query(path) == query(right));
    if found != wanted && !respelled {
        let range = if whole { path_range(path) } else { path.target.path };
        let in_page = |span: Span| source_span(page, uri.cell, &uri.text, span);
        let pieces = piecewise(range.of(&path.text), &wanted).and_then(|pieces| {
            let edit =
                |(piece, right): (Span, &str)| Some((in_page(piece.shifted(range.start))?, right.to_owned()));
            pieces.into_iter().map(edit).collect::<Option<Vec<_>>>()
        });
        edits = pieces.unwrap_or_else(|| vec![(in_page(range).unwrap_or(uri.span), wanted)]);
    }
    if let Some(version) = path.target.version
        && !is_sound_version(version.of(&path.text))
    {
        let wanted = right.target.version.map_or("HTTP/1.1", |version| version.of(&right.text));
        let span = source_span(page, uri.cell, &uri.text, version)?;
        edits.push((span, wanted.to_owned()));
    }
    (!edits.is_empty()).then_some(edits)
}

/// What differs between the joints of two paths, if they have the same ones: escapes and marks of the rest stay
/// as they are. Spans count bytes of `found`.
fn piecewise<'w>(found: &str, wanted: &'w str) -> Option<Vec<(Span, &'w str)>> {
    const JOINTS: [char; 6] = ['/', '{', '}', '?', '&', '='];
    let joints = |path: &str| path.matches(JOINTS).collect::<String>();
    if found.contains(char::is_whitespace) || joints(found) != joints(wanted) {
        return None;
    }
    let mut start = 0;
    let pieces = found.split(JOINTS).zip(wanted.split(JOINTS)).filter_map(|(found, wanted)| {
        let span = Span::new(start, start + found.len() as u32);
        start = span.end + 1;
        (found != wanted).then_some((span, wanted))
    });
    Some(pieces.collect())
}

/// `HTTP/1.1` in any case: lower case is no damage, another full stop is.
fn is_sound_version(text: &str) -> bool {
    let rest = text.get(..5).filter(|start| start.eq_ignore_ascii_case("http/")).map(|_| &text[5..]);
    rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Path and query as a span of the target's text.
fn path_range(path: &Path) -> Span {
    let end = path.target.query.map_or(path.target.path.end, |query| query.end);
    Span::new(path.target.path.start, end.max(path.target.path.end))
}

/// The page's bytes behind a span of a cell's text.
pub fn source_span(page: &Page, cell: Inline, shown: &str, range: Span) -> Option<Span> {
    page.document.source_span(&page.source.text, cell, View::Page, shown, range)
}
