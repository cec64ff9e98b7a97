//! Literal values of table cells beside those of their source: what a translation made of `"active"`, **P1M**
//! or 10000.
//!
//! Absent here: values of the spec, inline code outside tables.

use std::borrow::Cow;

use crate::alignment::Alignment;
use crate::compare::align::{Item, align_names};
use crate::compare::formats;
use crate::compare::items::Kind;
use crate::compare::literals::{SetApart, in_cell, occurrences};
use crate::compare::names::is_identifier;
use crate::compare::pieces::{Codes, SourceProse};
use crate::compare::tables::section_name;
use crate::compare::wire::Wire;
use crate::comparison::{AlteredValue, Counterpart, MergedRow, Pairing, TableComparison};
use crate::document::{Inline, Run, Style, Table, TableSyntax, View};
use crate::facts::{ColumnRole, Page, TableFact};
use crate::finding::Site;
use crate::lexicon::Vocabulary;
use crate::normalize::values;
use crate::text::{Place, Span};

mod described;

use described::is_coded;

/// From this confidence on two rows are the same.
const SURE: f32 = 0.8;
/// Longest cell in bytes that is looked into.
const LONGEST: usize = 16_384;
/// Longest cell in bytes that is one value as a whole.
const MOST: usize = 64;

/// Compares the literals in the tables of `page` with those of its reference page, or of its own source half: what
/// differs, and how many do not.
pub fn values<'a>(
    page: &'a Page,
    pairing: Option<&Pairing<'a>>,
    tables: &[TableComparison<'a>],
    vocabulary: &Vocabulary<'_>,
    merged: &[MergedRow],
    sources: &SourceProse<'a>,
) -> (Vec<AlteredValue>, usize) {
    let around = Surroundings { vocabulary, sources, own: Wire::of(page, View::Source) };
    let mut found = Vec::new();
    let mut kept = 0;
    for (at, fact) in page.facts.tables.iter().enumerate() {
        let compared = tables.binary_search_by_key(&(at as u32), |table| table.table).ok();
        kept += match compared.and_then(|at| tables.get(at)) {
            Some(table) => named(page, fact, table, &around, &mut found),
            None => unnamed(page, fact, at as u32, pairing, &around, &mut found),
        };
    }
    found.sort_by_key(|value| value.span);
    // Behind a lost pipe every cell stands one column too early.
    let mut rows = merged.iter().filter_map(|merged| page.document.rows.get(merged.row as usize)).peekable();
    found.retain(|value| {
        while rows.next_if(|row| row.span.end <= value.span.start).is_some() {}
        !rows.peek().is_some_and(|row| row.span.contains(value.span))
    });
    (found, kept)
}

/// What all tables of a page are compared with.
struct Surroundings<'s, 'a> {
    vocabulary: &'s Vocabulary<'s>,
    /// The pages that vouch for others.
    sources: &'s SourceProse<'a>,
    /// What the page's own source half shows as sent.
    own: Wire<'a>,
}

/// A table whose rows were matched by their names. Returns how many values are as the source has them.
fn named<'a>(
    page: &'a Page,
    fact: &TableFact,
    table: &TableComparison<'a>,
    around: &Surroundings<'_, 'a>,
    found: &mut Vec<AlteredValue>,
) -> usize {
    let reference = table.reference.as_ref();
    let theirs = reference.and_then(|reference| {
        let theirs = reference.with.page.facts.tables.get(reference.table as usize)?;
        (theirs.columns.len() == fact.columns.len()).then_some((reference, theirs))
    });
    let columns = theirs.map_or(&fact.columns, |(_, theirs)| &theirs.columns);
    let sides = Sides::new(page, theirs.map(|(reference, _)| reference.with), columns, around);
    let written = page.document.tables.get(fact.table as usize);
    let sides = Sides { card: written.is_some_and(|table| table.syntax == TableSyntax::Card), ..sides };
    let mut kept = 0;
    for (at, row) in table.rows.iter().enumerate() {
        let partner = theirs.and_then(|(reference, _)| {
            let pair = reference.alignment.of_left(at as u32).filter(|pair| pair.confidence >= SURE)?;
            Some(reference.rows.get(pair.right as usize)?.row)
        });
        let owner = || format!("{}.{}", table.owner, table.right_name(at as u32));
        kept += sides.row(row.row, partner, true, &owner, found);
    }
    kept
}

/// A table without names: its rows are matched by their codes and numbers, and their order. Returns how many values are
/// as the source has them.
fn unnamed<'a>(
    page: &'a Page,
    fact: &TableFact,
    at: u32,
    pairing: Option<&Pairing<'a>>,
    around: &Surroundings<'_, 'a>,
    found: &mut Vec<AlteredValue>,
) -> usize {
    let theirs = pairing.and_then(|pairing| {
        let right = pairing.tables.of_left(at)?.right;
        let theirs = pairing.with.page.facts.tables.get(right as usize)?;
        (theirs.columns.len() == fact.columns.len()).then_some((pairing.with, theirs))
    });
    if theirs.is_none() && !page.document.bilingual {
        return 0;
    }
    let columns = theirs.map_or(&fact.columns, |(_, theirs)| &theirs.columns);
    if columns.contains(&ColumnRole::Uri) {
        return 0;
    }
    let sides = Sides::new(page, theirs.map(|(with, _)| with), columns, around);
    let Some(table) = page.document.tables.get(fact.table as usize) else { return 0 };
    let partners = theirs.and_then(|(with, theirs)| {
        let right = with.page.document.tables.get(theirs.table as usize)?;
        let codes = around.sources.codes(with, theirs.table, || codes(with.page, right, with.view))?;
        Some((right.first_row, by_codes(&self::codes(page, table, View::Page), codes)))
    });
    let owner = || section_name(page, fact).into_owned();
    let before = found.len();
    let mut kept = 0;
    for (at, row) in (table.first_row..table.end_row).enumerate() {
        let partner = partners.as_ref().and_then(|(first, rows)| {
            let pair = rows.of_left(at as u32).filter(|pair| pair.confidence >= SURE)?;
            Some(first + pair.right)
        });
        kept += sides.row(row, partner, false, &owner, found);
    }
    // Where most codes differ, the rows are not the same.
    if found.len() - before > kept {
        let mut at = 0;
        found.retain(|value| {
            at += 1;
            at <= before || value.evident
        });
    }
    kept
}

/// What translations keep of each row of a table: numbers and words that only code has.
fn codes(page: &Page, table: &Table, view: View) -> Codes {
    let text = page.source.text.as_str();
    let of_row = |row| {
        let cells = page.document.row_cells(row).iter();
        let shown = cells.map(|cell| page.document.text(text, *cell, view));
        let is_code = |text: &str| is_number(text) || is_coded(text) || formats::is_uuid(text);
        shown.filter(|text| text.len() <= MOST && is_code(text)).map(Cow::into_owned).collect()
    };
    page.document.body(table).iter().map(of_row).collect()
}

/// Rows aligned by their codes. By order where half of the rows at one place share some, else only those that have all
/// in common.
fn by_codes(left: &Codes, right: &Codes) -> Alignment {
    let share = |(left, right): &(&Vec<String>, &Vec<String>)| left.iter().any(|code| right.contains(code));
    let shared = left.iter().zip(right).filter(share).count();
    if left.len() == right.len() && shared > 0 && shared * 2 >= left.len() {
        return Alignment::identity(left.len());
    }
    let [left, right] =
        [left, right].map(|rows| rows.iter().map(|codes| codes.join(" ")).collect::<Vec<_>>());
    align_names(&items(&left), &items(&right))
}

fn items(names: &[String]) -> Vec<Item<'_>> {
    names.iter().map(|name| Item::new(name, Kind::Name)).collect()
}

/// Digits, in groups of three or not: `10 000`.
fn is_number(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric()).peekable();
    letters.peek().is_some() && letters.all(|c| c.is_ascii_digit())
}

/// `0.5`, `-1.25`: what languages write with a comma.
fn is_decimal(text: &str) -> bool {
    let number = text.strip_prefix('-').unwrap_or(text);
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    number.split_once('.').is_some_and(|(whole, part)| is_digits(whole) && is_digits(part))
}

/// A file, folder, address or the like: `var/log`, `localhost:80`.
fn is_place(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/:._-~$%@{}\\".contains(&byte))
        && text.contains(['/', ':', '.'])
        && text.contains(|c: char| c.is_ascii_alphanumeric())
}

/// A table's page and the page that vouches for it.
struct Sides<'s, 'a> {
    page: &'a Page,
    with: Option<Counterpart<'a>>,
    columns: &'s [ColumnRole],
    vocabulary: &'s Vocabulary<'s>,
    around: &'s Surroundings<'s, 'a>,
    /// Whether each table describes one field: nothing tells a code from a word where no other row has its like.
    card: bool,
}

/// A cell in the words of the source.
#[derive(Clone, Copy)]
struct Source<'a> {
    page: &'a Page,
    view: View,
    cell: Inline,
    /// Its position in [`crate::document::Document::cells`].
    at: u32,
}

impl<'a> Source<'a> {
    fn text(self) -> Cow<'a, str> {
        self.page.document.text(&self.page.source.text, self.cell, self.view)
    }

    /// Whether anything in the cell may stand in code, bold type or quotes. Most cells have nothing of the kind.
    fn may_set_apart(self) -> bool {
        let (document, text) = (&self.page.document, self.page.source.text.as_str());
        let marked = |run: &Run| run.style.has(Style::CODE) || run.style.has(Style::STRONG);
        let shown = self.cell.span.of(text);
        // An entity may be a quote.
        document.inline_runs(self.cell).iter().any(marked) || values::may_quote(shown) || shown.contains('&')
    }

    /// What the cell sets apart, if anything.
    fn set_apart(self) -> Option<SetApart<'a>> {
        if !self.may_set_apart() {
            return None;
        }
        let text = self.text();
        if text.len() > LONGEST {
            return None;
        }
        let literals = in_cell(self.page, self.cell, self.view, &text);
        SetApart::new(text, literals)
    }

    fn site(self, span: Option<Span>) -> Site {
        let cell = || self.page.document.text_span(&self.page.source.text, self.cell, self.view);
        Site::Page(Place { file: self.page.file, span: span.unwrap_or_else(cell) })
    }
}

impl<'s, 'a> Sides<'s, 'a> {
    fn new(
        page: &'a Page,
        with: Option<Counterpart<'a>>,
        columns: &'s [ColumnRole],
        around: &'s Surroundings<'s, 'a>,
    ) -> Self {
        Self { page, with, columns, vocabulary: around.vocabulary, around, card: false }
    }

    /// Compares the cells of two rows, by their positions in [`crate::document::Document::rows`]. `api` says whether the
    /// row is about a name of the API. Returns how many values are as the source has them.
    fn row(
        &self,
        own: u32,
        theirs: Option<u32>,
        api: bool,
        owner: &dyn Fn() -> String,
        found: &mut Vec<AlteredValue>,
    ) -> usize {
        let cells = |page: &'a Page, row: u32| {
            let row = page.document.rows.get(row as usize);
            row.map_or((0, &[][..]), |row| (row.first, page.document.row_cells(row)))
        };
        let partner = self.with.zip(theirs).map(|(with, row)| (with, cells(with.page, row)));
        let mut kept = 0;
        let (first, cells) = cells(self.page, own);
        let written = self.page.document.rows.get(own as usize).map_or(0, |row| row.written as usize);
        let is_full = written >= self.columns.len();
        for (at, (cell, role)) in cells.iter().zip(self.columns).enumerate() {
            let half = self.page.document.bilingual && self.page.document.has_source_half(*cell);
            let source = if half {
                Some(Source { page: self.page, view: View::Source, cell: *cell, at: first + at as u32 })
            } else {
                partner.and_then(|(with, (first, cells))| {
                    let (page, view) = (with.page, with.view);
                    Some(Source { page, view, cell: *cells.get(at)?, at: first + at as u32 })
                })
            };
            let Some(source) = source else { continue };
            match role {
                ColumnRole::Type
                | ColumnRole::Required
                | ColumnRole::Optional
                | ColumnRole::Method
                | ColumnRole::Uri => {}
                ColumnRole::Name if api => {}
                ColumnRole::Other if self.card => {}
                ColumnRole::Default if self.card && !is_literal(&source.text()) => {}
                ColumnRole::Description if api && half => {
                    kept += source
                        .set_apart()
                        .map_or(0, |theirs| self.described(*cell, source, &theirs, owner, found));
                }
                ColumnRole::Description if api => {
                    let with = Counterpart { page: source.page, view: source.view };
                    let theirs = self.around.sources.set_apart(with, source.at, || source.set_apart());
                    kept += theirs.map_or(0, |theirs| self.described(*cell, source, theirs, owner, found));
                }
                // In a row that lacks a pipe nobody knows whose cell is empty.
                ColumnRole::Default if !is_full => {}
                role => kept += usize::from(self.whole(*cell, (*role, api), source, owner, found)),
            }
        }
        kept
    }

    /// Whether both are one type word in different case, `int32` for `Int32`, or differ in the full stop only.
    fn is_same_type(&self, shown: &str, expected: &str) -> bool {
        let bare = |text: &'_ str| text.trim_end_matches(['.', '。', '．']).trim_end().len();
        shown.eq_ignore_ascii_case(expected) && self.vocabulary.type_word(expected).is_some()
            || shown.get(..bare(shown)) == expected.get(..bare(expected))
    }

    /// A cell that is one value as a whole. Returns whether it is as in the source.
    fn whole(
        &self,
        cell: Inline,
        (role, api): (ColumnRole, bool),
        source: Source<'a>,
        owner: &dyn Fn() -> String,
        found: &mut Vec<AlteredValue>,
    ) -> bool {
        use ColumnRole as C;
        // Longer than a value with its marks.
        if source.cell.span.is_empty() || source.cell.span.len() as usize > 8 * MOST {
            return false;
        }
        let expected = source.text();
        if expected.is_empty() || expected.len() > MOST || expected.contains(char::is_whitespace) {
            return false;
        }
        let digits = expected.bytes().all(|byte| byte.is_ascii_digit());
        let decimal = !digits && is_decimal(&expected);
        let of_values =
            matches!(role, C::Value | C::Default | C::Example | C::Number | C::HttpStatus | C::ErrorCode);
        let is_value = is_coded(&expected)
            || formats::is_uuid(&expected)
            || of_values
                && (digits
                    || decimal
                    || role == C::Default && is_place(&expected)
                    || is_identifier(&expected) && self.vocabulary.marks(&expected).next().is_none());
        if !is_value {
            return false;
        }
        let document = &self.page.document;
        let shown = document.text(&self.page.source.text, cell, View::Page);
        if occurrences(&shown, &expected) > 0 || self.is_same_type(&shown, &expected) {
            return true;
        }
        if shown.is_empty() && api && role == C::Default {
            found.push(AlteredValue {
                owner: owner(),
                span: cell.span,
                found: String::new(),
                replacement: None,
                expected: vec![expected.into_owned()],
                clear: false,
                evident: false,
                site: source.site(None),
            });
            return false;
        }
        if shown.is_empty() || shown.len() > LONGEST {
            return false;
        }
        let grouped = digits && shown.chars().filter(|c| c.is_alphanumeric()).eq(expected.chars());
        // Without a name, a number is all that tells a row from the next.
        if digits && !grouped && !api {
            return false;
        }
        let evident = grouped || self.is_evident(&shown, &expected);
        // Nobody translates a folder: a page with another may be right.
        let place = !digits && !decimal && !is_coded(&expected) && !is_identifier(&expected);
        // A default may have changed with the product since: nothing but its spelling shows which side is older.
        let dated = role == C::Default && !grouped && !is_same_but_for_marks(&shown, &expected);
        // Replacing all of the cell would take a link along.
        let linked = document.inline_runs(cell).iter().any(|run| run.link > 0);
        found.push(AlteredValue {
            owner: owner(),
            span: document.text_span(&self.page.source.text, cell, View::Page),
            found: shown.into_owned(),
            replacement: (!linked).then(|| expected.to_string()),
            expected: vec![expected.into_owned()],
            clear: !place && !dated,
            evident,
            site: source.site(None),
        });
        false
    }
}

/// Whether a default that has no other beside it can be no word of the language: one piece with a digit or a joint.
fn is_literal(text: &str) -> bool {
    let text = text.trim();
    let has_mark =
        text.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'.' | b'/' | b':'));
    has_mark && !text.contains(char::is_whitespace)
}

/// Whether two differ in case and in what joins letters and digits only: `0,5` and `0.5`.
fn is_same_but_for_marks(a: &str, b: &str) -> bool {
    let pieces = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    a.chars().count() == b.chars().count() && pieces(a) == pieces(b)
}
