//! House style: what the translations of one locale consistently do is no damage, whatever else it is.
//!
//! `Port` in the first column of settings is a label of the application, and a tree that writes `端口` nearly everywhere
//! has translated the application, too. One label in another language among many that were kept is damage.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use crate::alignment::NameDifference;
use crate::compare::names::is_identifier;
use crate::comparison::TableComparison;
use crate::document::{Inline, Style, View};
use crate::facts::{ColumnRole, Page, TableFact, TableRole};
use crate::finding::{Basis, Finding, Fix, Safety, Severity, Site, SubjectKind};
use crate::hash::{HashMap, HashSet};
use crate::normalize::rows::Row;
use crate::rules::{Context, authority};
use crate::source::Locale;
use crate::text::Span;

/// So many rows of a table with all their names translated: nobody translated one by mistake.
const COLUMN: usize = 3;
/// Marks that set names apart in lists.
const MARKS: [Style; 2] = [Style::CODE, Style::STRONG];
/// So many names that are words of headers: the table's first column is its header.
const SHEET: usize = 2;
/// So many labels show what a tree does with them, even if this one was never seen.
const LABELS: usize = 6;
/// So often the same text for the same value is how this tree calls it.
const REPEATED: usize = 3;
/// So many cells below one header show what a tree does with them.
const CELLS: usize = 12;

/// What the translation of one page did with words that a translation may translate.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// Labels and type words as the source has them: how often kept, how often translated.
    counts: BTreeMap<(Kind, Box<str>), [usize; 2]>,
    /// Names of tables whose names were all translated, by the bytes of the first and last such table's rows.
    columns: Vec<Span>,
    /// Labels in tables that show nothing of the API.
    labels: Vec<Span>,
    /// Labels in columns where other rows hold labels of several words.
    beside: Vec<Span>,
    /// First columns of tables that nothing shows to be of an API, by the source's header: how many of their cells were
    /// kept, how many translated, and how many hold several words.
    headers: BTreeMap<Box<str>, [usize; 3]>,
    /// Translated names, each with the header of its column.
    below: Vec<(Span, Box<str>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Label,
    Type,
}

/// Counts the words of one page.
pub(super) fn words(context: &Context<'_>) -> Words {
    let mut words = Words::default();
    if context.comparison.pairing.is_none() || context.corpus.references.is_reference(context.page) {
        return words;
    }
    // Few pages have names that are asked for.
    let sent = LazyCell::new(|| sent_by(context));
    for table in &context.comparison.tables {
        names(context, table, &|name| sent.contains(name), &mut words);
        types(context, table, &mut words);
    }
    words
}

/// The keys that the page or its source shows.
fn sent_by<'a>(context: &Context<'a>) -> HashSet<&'a str> {
    let mut sent = HashSet::default();
    let with = context.comparison.pairing.as_ref().map(|pairing| pairing.with.page);
    for page in [Some(context.page), with].into_iter().flatten() {
        authority::keys_in(&page.source.text, &mut sent);
    }
    sent
}

fn names(
    context: &Context<'_>,
    table: &TableComparison<'_>,
    is_sent: &dyn Fn(&str) -> bool,
    words: &mut Words,
) {
    let Some(theirs) = &table.reference else { return };
    let of_api = is_of_api(context, table);
    let is_phrase = |name: &str| {
        name.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count() >= 2
    };
    let beside = theirs.rows.iter().any(|row| is_phrase(row.name.view(theirs.with.view)));
    let has_joints = theirs.rows.iter().any(|row| authority::has_joints(row.name.view(theirs.with.view)));
    let has_labels = !of_api && (beside || !has_joints);
    let fact = context.page.facts.tables.get(table.table as usize);
    let written = fact.and_then(|fact| context.page.document.tables.get(fact.table as usize));
    let is_list = written.is_some_and(|written| written.syntax.is_list());
    let header = name_header(theirs.with.page, theirs.table, theirs.with.view);
    let (mut translated, mut kept) = (Vec::new(), 0);
    for pair in theirs.alignment.pairs.iter().filter(|pair| pair.is_certain()) {
        let (Some(own), Some(other)) =
            (table.rows.get(pair.left as usize), theirs.rows.get(pair.right as usize))
        else {
            continue;
        };
        let right = other.name.view(theirs.with.view);
        let is_word = !of_api && right.chars().any(char::is_lowercase) && !is_sent(right);
        if let Some(header) = header.as_ref().filter(|_| is_word) {
            let differs = !right.eq_ignore_ascii_case(&own.name.text);
            let counts = words.headers.entry(header.clone()).or_default();
            counts[usize::from(differs)] += 1;
            counts[2] += usize::from(is_phrase(right));
            if differs {
                words.below.push((own.name.span, header.clone()));
            }
        }
        let verdict = table.verdict(pair.left);
        let differs = verdict.is_some_and(|verdict| verdict.difference == NameDifference::Translated);
        if !is_identifier(right) || !differs && verdict.is_some() {
            continue;
        }
        // A list sets its names apart, and `Range: 0 to 1` below one is none.
        let is_prose = is_list && !authority::has_style(theirs.with.page, other.name.span, &MARKS);
        if (has_labels || is_prose) && is_label(right) && !is_sent(right) {
            words.labels.push(own.name.span);
            count(words, Kind::Label, right, differs);
            if differs && (beside || is_prose) {
                words.beside.push(own.name.span);
            }
        }
        // What examples show as sent was damaged, however many names were.
        if differs && !is_identifier(&own.name.text) && !is_sent(right) {
            translated.push(own.name.span);
        } else {
            kept += 1;
        }
    }
    if translated.len() >= COLUMN && kept == 0 && !of_api {
        words.columns.extend(translated);
    }
}

/// What heads the column of a table's names.
fn name_header(page: &Page, table: u32, view: View) -> Option<Box<str>> {
    let fact = page.facts.tables.get(table as usize)?;
    let column = fact.columns.iter().position(|role| *role == ColumnRole::Name).unwrap_or(0);
    let document = &page.document;
    let row = document.rows.get(document.tables.get(fact.table as usize)?.header? as usize)?;
    let cell = document.row_cells(row).get(column)?;
    let text = document.text(&page.source.text, *cell, view);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_lowercase().into())
}

/// Whether a table's types, its role or the spec show that it lists names of the API.
fn is_of_api(context: &Context<'_>, table: &TableComparison<'_>) -> bool {
    let Some(fact) = context.page.facts.tables.get(table.table as usize) else { return true };
    // `Range [0, 1]` has no type.
    let is_typed = |row: &Row<'_>| {
        let reading = row.type_reading(context.page, &context.vocabulary);
        reading.is_some_and(|reading| reading.ty.is_some())
    };
    let typed = table.rows.iter().any(is_typed);
    let by_role = matches!(fact.role, TableRole::Headers | TableRole::Members | TableRole::ErrorCodes);
    table.bound.is_some() || (typed || by_role) && !is_sheet(context, table, fact)
}

/// Whether a table is a sheet about one thing: its rows are called Description, Type and Default, as columns are elsewhere,
/// and its own columns are not.
fn is_sheet(context: &Context<'_>, table: &TableComparison<'_>, fact: &TableFact) -> bool {
    let document = &context.page.document;
    let is_header = |text: &str| context.vocabulary.header(text).next().is_some();
    let header = document.tables.get(fact.table as usize).and_then(|table| table.header);
    let cells = header.and_then(|row| document.rows.get(row as usize)).map(|row| document.row_cells(row));
    let mut own = cells.unwrap_or_default().iter().skip(1);
    let shown = |cell: &Inline| document.text(context.text(), *cell, View::Page);
    let headers = table.rows.iter().filter(|row| is_header(&row.name.text)).count();
    headers >= SHEET && 2 * headers > table.rows.len() && own.all(|cell| !is_header(&shown(cell)))
}

fn types(context: &Context<'_>, table: &TableComparison<'_>, words: &mut Words) {
    for (at, row) in table.rows.iter().enumerate() {
        let Some(own) = &row.ty else { continue };
        let Some(source) = table.source_cell(context.page, at as u32, |row| row.ty.as_ref()) else {
            continue;
        };
        // `array of objects` has two of them.
        let is_new = |word: &&str| !type_words(source.text).any(|known| known.eq_ignore_ascii_case(word));
        let others = |text: &str| type_words(text).filter(is_new).any(|word| is_english(context, word));
        for word in type_words(source.text).filter(|word| is_english(context, word)) {
            let kept = type_words(&own.text).any(|known| known.eq_ignore_ascii_case(word));
            if kept || !others(&own.text) {
                count(words, Kind::Type, word, !kept);
            }
        }
    }
}

/// The words of a type.
fn type_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1)
}

fn is_english(context: &Context<'_>, word: &str) -> bool {
    context.vocabulary.type_word(word).is_some_and(|found| found.english)
}

fn count(words: &mut Words, kind: Kind, word: &str, translated: bool) {
    words.counts.entry((kind, word.to_lowercase().into())).or_default()[usize::from(translated)] += 1;
}

/// A word with a capital as sentences begin with, and nothing that only names have.
fn is_label(name: &str) -> bool {
    let mut letters = name.chars();
    let plain = |c: char| c.is_alphanumeric() || c == '-';
    letters.next().is_some_and(char::is_uppercase) && letters.all(plain)
}

/// What all translations of one locale did.
#[derive(Default)]
struct House<'w> {
    counts: HashMap<(Kind, &'w str), [usize; 2]>,
    labels: [usize; 2],
    types: [usize; 2],
    columns: HashSet<(u32, Span)>,
    places: HashSet<(u32, Span)>,
    beside: HashSet<(u32, Span)>,
    headers: HashMap<&'w str, [usize; 3]>,
    below: HashMap<(u32, Span), &'w str>,
}

impl House<'_> {
    /// Whether nearly all cells of columns with the header of this place were translated, a fifth of which hold several
    /// words: they hold labels.
    fn is_label_column(&self, place: (u32, Span)) -> bool {
        let header = self.below.get(&place).and_then(|header| self.headers.get(header));
        header.is_some_and(|[kept, translated, phrases]| {
            *translated >= CELLS && *translated > 4 * kept && 5 * phrases >= kept + translated
        })
    }

    fn of(&self, kind: Kind, word: &str) -> [usize; 2] {
        self.counts.get(&(kind, word)).copied().unwrap_or_default()
    }

    /// Whether a type was translated as types are here.
    fn translates_type(&self, text: &str) -> bool {
        let [all_kept, all] = self.types;
        let usual = all >= LABELS && all > 2 * all_kept;
        type_words(text).any(|word| {
            let [kept, translated] = self.of(Kind::Type, &word.to_lowercase());
            translated >= REPEATED && translated > 2 * kept || usual && translated > 0 && translated >= kept
        })
    }

    /// Whether a label was translated as labels are here.
    fn translates_label(&self, word: &str, beside: bool) -> bool {
        let [kept, translated] = self.of(Kind::Label, &word.to_lowercase());
        let [all_kept, all] = self.labels;
        translated >= 2 && translated > kept
            || kept == 0 && beside
            || translated >= kept && all >= LABELS && all > 2 * all_kept
    }
}

/// Leaves out findings about what is the style of the house, and trusts no fix of what may be.
pub(super) fn settle(pages: &[Page], words: &[Words], findings: &mut Vec<Finding>) {
    let mut houses: HashMap<&Locale, House<'_>> = HashMap::default();
    for (page, words) in pages.iter().zip(words) {
        let Some(locale) = &page.source.locale else { continue };
        let house = houses.entry(locale).or_default();
        for ((kind, word), [kept, translated]) in &words.counts {
            let sums = house.counts.entry((*kind, word)).or_default();
            sums[0] += kept;
            sums[1] += translated;
            let sums = if *kind == Kind::Label { &mut house.labels } else { &mut house.types };
            sums[0] += kept;
            sums[1] += translated;
        }
        for (header, counts) in &words.headers {
            let sums = house.headers.entry(header).or_default();
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        house.below.extend(words.below.iter().map(|(span, header)| ((page.file.0, *span), &**header)));
        house.columns.extend(words.columns.iter().map(|span| (page.file.0, *span)));
        house.places.extend(words.labels.iter().map(|span| (page.file.0, *span)));
        house.beside.extend(words.beside.iter().map(|span| (page.file.0, *span)));
    }
    let locale = |finding: &Finding| pages.get(finding.file().0 as usize)?.source.locale.as_ref();
    let mut repeated: HashMap<(&Locale, &str, &str), usize> = HashMap::default();
    for finding in findings.iter().filter(|finding| is_value(finding) || finding.rule == "altered-code-span")
    {
        if let (Some(locale), Some(expected)) = (locale(finding), &finding.expected) {
            *repeated.entry((locale, expected, &finding.found)).or_default() += 1;
        }
    }
    let unmarked = leave_marks_out(pages, findings);
    let repeated: HashSet<(Locale, String, String)> = repeated
        .into_iter()
        .filter(|(_, count)| *count >= REPEATED)
        .map(|((locale, expected, found), _)| (locale.clone(), expected.to_owned(), found.to_owned()))
        .collect();
    findings.retain_mut(|finding| {
        let of_source = finding.basis == Basis::Reference;
        let Some(locale) = locale(finding).filter(|_| of_source) else { return true };
        let (Some(house), Some(expected)) = (houses.get(locale), finding.expected.as_deref()) else {
            return true;
        };
        let place = (finding.file().0, finding.place.span);
        let is_repeated = || repeated.contains(&(locale.clone(), expected.to_owned(), finding.found.clone()));
        match (finding.rule, finding.subject.kind) {
            ("translated-name", _) if house.is_label_column(place) => return is_code(pages, finding),
            ("altered-code-span", _) if expected == finding.found && unmarked.contains(locale) => {
                finding.severity = Severity::Note;
            }
            ("altered-code-span", _) if is_label(expected) && is_repeated() => {
                finding.severity = Severity::Note;
                distrust(&mut finding.fix);
            }
            ("translated-name", _) if house.places.contains(&place) => {
                return is_code(pages, finding)
                    || !house.translates_label(expected, house.beside.contains(&place));
            }
            ("translated-name", _) if house.columns.contains(&place) => {
                finding.severity = Severity::Note;
                distrust(&mut finding.fix);
            }
            ("translated-type", _) if house.translates_type(expected) => distrust(&mut finding.fix),
            (_, SubjectKind::Value) if !is_code(pages, finding) && is_repeated() => {
                finding.severity = Severity::Note;
                distrust(&mut finding.fix);
            }
            _ => {}
        }
        true
    });
}

/// The locales whose pages write much inline code of their sources as plain text: a span a page and more.
fn leave_marks_out(pages: &[Page], findings: &[Finding]) -> HashSet<Locale> {
    const LEAST: usize = 20;
    let locale = |page: &Page| page.source.locale.clone();
    let mut counts: HashMap<Locale, [usize; 2]> = HashMap::default();
    for locale in pages.iter().filter_map(locale) {
        counts.entry(locale).or_default()[0] += 1;
    }
    let is_unmarked = |finding: &&Finding| {
        finding.rule == "altered-code-span" && finding.expected.as_deref() == Some(finding.found.as_str())
    };
    for finding in findings.iter().filter(is_unmarked) {
        let locale = pages.get(finding.file().0 as usize).and_then(locale);
        if let Some(counts) = locale.and_then(|locale| counts.get_mut(&locale)) {
            counts[1] += 1;
        }
    }
    let is_habit = |counts: &[usize; 2]| counts[1] >= LEAST && counts[1] > counts[0];
    counts.into_iter().filter(|(_, counts)| is_habit(counts)).map(|(locale, _)| locale).collect()
}

fn is_value(finding: &Finding) -> bool {
    finding.subject.kind == SubjectKind::Value && finding.basis == Basis::Reference
}

/// Whether the source has the text in code marks.
fn is_code(pages: &[Page], finding: &Finding) -> bool {
    finding.related.iter().any(|related| match related.place {
        Site::Page(place) => pages
            .get(place.file.0 as usize)
            .is_some_and(|page| authority::has_style(page, place.span, &[Style::CODE])),
        Site::Spec(_) => true,
    })
}

fn distrust(fix: &mut Option<Fix>) {
    if let Some(fix) = fix {
        fix.safety = Safety::Unsafe;
    }
}
