//! When a fix is safe: one place decides for all rules.
//!
//! A rule proposes an edit on the word of an authority. It stays safe if the page has a certain counterpart, if what
//! it writes is an identifier, a literal or markup that somebody besides the aligned cell knows, if what stands there is
//! known to nobody, and if it takes no text of the translator's along. Else it is made on request only.

use crate::compare::literals::occurrences;
use crate::compare::names::is_identifier;
use crate::compare::spelling::{has_hump, likeness};
use crate::comparison::TableComparison;
use crate::document::{Inline, Style, Table, TableSyntax, View};
use crate::facts::{Page, TableRole};
use crate::finding::{Basis, Edit, Finding, Safety, Site, SubjectKind};
use crate::fold::{identifier_key, singular, split_identifier};
use crate::hash::HashSet;
use crate::lexicon::{TypeWord, Vocabulary};
use crate::rules::Context;
use crate::schema::Shape;
use crate::text::{Place, Span, is_blank};

/// More words than a translated identifier or literal has: what holds them is a sentence. Of the 2,900 garbled names of
/// three real trees none had more than seven; the shortest description that an edit took along had four and a full stop.
const SENTENCE: usize = 8;
/// So many words with a full stop are a sentence, too.
const STOPPED: usize = 3;
/// Letters of a script without spaces that a name never has in a row.
const UNSPACED: usize = 14;
/// From this likeness on two well-formed names may be versions of one.
const ALIKE: f64 = 0.6;

/// Judges the fixes of findings about one page: what is not surely right becomes a fix on request.
pub(crate) fn review(context: &Context<'_>, findings: &mut [Finding]) {
    let mut sent = None;
    for finding in findings {
        let Some(fix) = &mut finding.fix else { continue };
        keep_line_ends(context.text(), &mut fix.edits);
        if fix.safety == Safety::Safe
            && !is_safe(context, finding, &mut sent)
            && let Some(fix) = &mut finding.fix
        {
            fix.safety = Safety::Unsafe;
        }
    }
}

/// Line ends as the page has them, wherever the text comes from.
fn keep_line_ends(text: &str, edits: &mut [Edit]) {
    for edit in edits.iter_mut().filter(|edit| edit.text.contains('\n')) {
        let unix = edit.text.replace("\r\n", "\n");
        edit.text = if ends_with_crlf(text, edit.span) { unix.replace('\n', "\r\n") } else { unix };
    }
}

/// Whether the line that a place lies in, or the one before it, ends with both characters.
fn ends_with_crlf(text: &str, place: Span) -> bool {
    let end = text.as_bytes().get(place.start as usize..).unwrap_or_default();
    let below = memchr::memchr(b'\n', end).map(|at| place.start as usize + at);
    let above = || memchr::memrchr(b'\n', text.as_bytes().get(..place.start as usize).unwrap_or_default());
    below.or_else(above).is_some_and(|at| at > 0 && text.as_bytes()[at - 1] == b'\r')
}

fn is_safe<'a>(context: &Context<'a>, finding: &Finding, sent: &mut Option<Sent<'a>>) -> bool {
    let of_others = matches!(finding.basis, Basis::Reference | Basis::Locales);
    if of_others && !has_counterpart(context) {
        return false;
    }
    let Some(expected) = finding.expected.as_deref() else { return true };
    let place = finding.place.span;
    let found = finding.found.as_str();
    let of_cell = matches!(finding.subject.kind, SubjectKind::Name | SubjectKind::Type | SubjectKind::Value);
    if of_cell && brings_words(context, finding, expected) {
        return false;
    }
    // Where a pipe is missing, every cell behind it stands one column too early.
    let is_cell = of_cell || matches!(finding.subject.kind, SubjectKind::Method | SubjectKind::Uri);
    let is_name = finding.subject.kind == SubjectKind::Name && !found.contains(char::is_whitespace);
    if is_cell && !is_name && is_in_short_row(context, place) {
        return false;
    }
    // What a card about one thing says of it may be words of the language: `Ratio`, `String`.
    let of_card =
        context.page.document.table_at(place).is_some_and(|table| table.syntax == TableSyntax::Card);
    if of_card && finding.subject.kind == SubjectKind::Type && of_others {
        return false;
    }
    match finding.subject.kind {
        SubjectKind::Name if of_others => {
            let sent = sent.get_or_insert_with(|| Sent::of(context));
            let is_moved = has_joints(found) && is_known(context, found, expected);
            !is_sentence(found)
                && (finding.basis != Basis::Reference || !is_another(found, expected, &context.vocabulary))
                && !stands_beside(context, finding, expected)
                && (!spec_has(context, found) || spec_has(context, expected))
                && sent.know(expected) >= sent.know(found)
                && !is_moved
                && (sent.know(expected) > 0 || is_evident(context, place, found, expected))
                && (sent.know(expected) > 0
                    || is_marked(context, finding)
                    // What a list begins its items with may be any word.
                    || if is_list(context, place) {
                        has_joints(expected)
                    } else {
                        is_among_names(context, finding, expected)
                    })
        }
        SubjectKind::Type => {
            !is_sentence(found)
                && !stands_beside(context, finding, expected)
                && (finding.basis == Basis::Model || is_type(expected, &context.vocabulary))
        }
        SubjectKind::Value => {
            let is_moved = of_others && is_identifier(found) && is_known(context, found, expected);
            !is_sentence(found)
                && !stands_beside(context, finding, expected)
                && !is_moved
                && !is_of_another_row(context, place)
                && (!of_others || is_literal(expected) || is_set_apart(context, finding))
        }
        SubjectKind::Text if of_others && (found == expected || is_code(context, place)) => {
            is_damaged_code(context, place, found, expected)
        }
        _ => true,
    }
}

/// Whether a row has fewer cells than its table has columns.
fn is_in_short_row(context: &Context<'_>, place: Span) -> bool {
    let document = &context.page.document;
    let Some(table) = document.table_at(place) else {
        return false;
    };
    let rows = document.body(table);
    let row = rows.get(rows.partition_point(|row| row.span.end <= place.start));
    // A damaged row of dashes has no say in it.
    let header = table.header.and_then(|at| document.rows.get(at as usize));
    let width = header.map_or(table.columns, |header| header.written.max(table.columns));
    row.is_some_and(|row| row.written < width)
}

/// Whether a text is a literal by its form: a number, a name with joints, or something no sentence has. Any other word may
/// be one of the language, which a translation translates.
fn is_literal(text: &str) -> bool {
    let is_plain = text.chars().all(|c| c.is_alphabetic() || c == '-');
    !is_plain && !text.contains(char::is_whitespace)
}

/// Whether a well-formed name is not the other in another language, case or spelling, but a name of its own: it has a word that
/// the other has in no form. One of them was added, the other removed.
fn is_another(found: &str, expected: &str, vocabulary: &Vocabulary<'_>) -> bool {
    if !found.contains(['_', '-', '.']) && !has_joints(found)
        || found.contains(char::is_whitespace)
        || identifier_key(found) == identifier_key(expected)
    {
        return false;
    }
    let plain = |word: &str| singular(&word.to_lowercase()).into_owned();
    let wanted: Vec<String> = split_identifier(expected).map(plain).collect();
    // The letter of `e-mail` is no word.
    let own: Vec<String> = split_identifier(found).filter(|word| word.len() > 1).map(plain).collect();
    let near = |a: &str, b: &str| a == b || likeness(a, b, ALIKE).is_some();
    let is_left = |word: &&String| !own.iter().any(|known| near(known, word));
    let left = wanted.iter().filter(is_left).count();
    let is_strange = |word: &&String| {
        word.is_ascii()
            && !wanted.iter().any(|known| near(word, known))
            && !vocabulary.word(word).any(|known| wanted.iter().any(|word| *word == plain(known)))
    };
    let strange = own.iter().filter(is_strange).count();
    // One strange word for each that is left may be its translation, and so may one compound for two.
    let shared = wanted.len() - left;
    own.len() > 1
        && strange > 0
        && (strange > left
            || left > 2 * strange
            || strange > 1 && (strange != left || shared > 0 && 2 * shared < wanted.len()))
}

/// Whether the row that a place lies in bears a name that is not the one of the row it is compared with.
fn is_of_another_row(context: &Context<'_>, place: Span) -> bool {
    let Some((table, _)) = table_of(context, place) else { return false };
    let rows = &context.page.document.rows;
    let at = table.rows.partition_point(|row| {
        rows.get(row.row as usize).is_some_and(|written| written.span.end <= place.start)
    });
    let Some(row) = table.rows.get(at) else { return false };
    // Of two rows with one name, nobody can tell which is which.
    if table.rows.iter().enumerate().any(|(other, named)| other != at && named.name.text == row.name.text) {
        return true;
    }
    let verdict = table.verdict(at as u32);
    verdict.is_some_and(|verdict| is_another(&row.name.text, &verdict.expected, &context.vocabulary))
}

/// Whether a type of the spec has a property of that name.
fn spec_has(context: &Context<'_>, name: &str) -> bool {
    let mut types = context.schema.iter().flat_map(|schema| schema.types.values());
    types.any(|def| matches!(&def.shape, Shape::Object(object) if object.property(name).is_some()))
}

/// Whether another page may vouch for this one at all: nobody does for a page of the source language.
fn has_counterpart(context: &Context<'_>) -> bool {
    context.page.document.bilingual || !context.corpus.references.is_reference(context.page)
}

/// Whether an edit writes words that are neither what is expected nor what stood there: prose around a name or type of the
/// source. The targets of links may be others.
fn brings_words(context: &Context<'_>, finding: &Finding, expected: &str) -> bool {
    let has = |text: &str, word: &str| text.split(|c: char| !c.is_alphanumeric()).any(|known| known == word);
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
    edits.filter(|edit| !["](", "</", "&"].iter().any(|mark| edit.text.contains(mark))).any(|edit| {
        let before = edit.span.of(context.text());
        let mut words = edit.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.any(|word| !has(expected, word) && !has(before, word))
    })
}

/// Whether a place lies in a list of fields rather than in a table.
fn is_list(context: &Context<'_>, place: Span) -> bool {
    let is_list = |table: &Table| matches!(table.syntax, TableSyntax::Bullets | TableSyntax::Definitions);
    table_of(context, place).is_some_and(|(_, written)| is_list(written))
}

/// The innermost table that a place lies in, as compared and as written.
fn table_of<'c, 'a>(context: &'c Context<'a>, place: Span) -> Option<(&'c TableComparison<'a>, &'a Table)> {
    let (page, tables) = (context.page, &context.comparison.tables);
    let written = |table: &'c TableComparison<'a>| {
        let fact = page.facts.tables.get(table.table as usize)?;
        Some((table, page.document.tables.get(fact.table as usize)?))
    };
    tables.iter().rev().filter_map(written).find(|(_, written)| written.span.contains(place))
}

/// Whether a text says something: an edit that replaces it would lose what the translator wrote, or bring what the
/// author wrote.
fn is_sentence(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    let stopped = text.trim_end().ends_with(['.', '!', '?', '。', '！', '？', '।', '؟']);
    let unspaced = text.split(|c: char| c.is_ascii() || !c.is_alphanumeric()).map(|run| run.chars().count());
    words >= SENTENCE
        || stopped && words >= STOPPED
        || stopped && text.ends_with('。')
        || unspaced.max().unwrap_or(0) >= UNSPACED && words <= 2 && is_unspaced(text)
}

/// Whether a text is written without spaces between its words.
fn is_unspaced(text: &str) -> bool {
    text.chars()
        .any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{0e00}'..='\u{0e7f}'))
}

/// Whether another cell of the row says what this one should: then cells were exchanged, and nothing was damaged.
fn stands_beside(context: &Context<'_>, finding: &Finding, expected: &str) -> bool {
    let (document, text) = (&context.page.document, context.text());
    let place = finding.place.span;
    let Some(table) = document.table_at(place) else { return false };
    let rows = document.body(table);
    let at = rows.partition_point(|row| row.span.end <= place.start);
    let Some(row) = rows.get(at) else { return false };
    let shown = |cell: &Inline| document.text(text, *cell, View::Page);
    let cells = document.row_cells(row);
    // One value among the words of a description was not exchanged with a cell.
    cells.iter().any(|cell| cell.span.contains(place) && shown(cell) == finding.found)
        && cells.iter().any(|cell| !cell.span.contains(place) && shown(cell) == expected)
}

/// Whether a place is inline code.
fn is_code(context: &Context<'_>, place: Span) -> bool {
    let runs = &context.page.document.runs;
    let run = runs.get(runs.partition_point(|run| run.span.end <= place.start));
    run.is_some_and(|run| run.style.has(Style::CODE))
}

/// Whether a text may have been another: it is no identifier, only case or joints differ, or a language of its letters has
/// a word like that. `counts` for `count` may be a rename, and so is any other name among letters of another script.
fn is_evident(context: &Context<'_>, place: Span, found: &str, expected: &str) -> bool {
    if !is_identifier(found) || identifier_key(found) == identifier_key(expected) {
        return true;
    }
    let text = context.text().as_bytes();
    let (start, end) = (place.start as usize, place.end as usize);
    let before = text.get(..start).and_then(|text| memchr::memrchr(b'\n', text)).map_or(0, |at| at + 1);
    let after =
        text.get(end..).and_then(|text| memchr::memchr(b'\n', text)).map_or(text.len(), |at| end + at);
    let line = context.text().get(before..after).unwrap_or_default();
    // Beyond the Latin letters with marks.
    let foreign = line.chars().any(|c| c >= '\u{370}' && c.is_alphabetic());
    !foreign && singular(&found.to_lowercase()) != singular(&expected.to_lowercase())
}

/// Whether the source's page has the text that was found, as a word of its own: then rows or values were moved, and nothing
/// was damaged.
fn is_known(context: &Context<'_>, found: &str, expected: &str) -> bool {
    let source = context.comparison.pairing.as_ref().map(|pairing| pairing.with.page);
    let other = source.filter(|source| !std::ptr::eq(*source, context.page));
    let same = identifier_key(found) == identifier_key(expected);
    !same && other.is_some_and(|source| occurrences(&source.source.text, found) > 0)
}

/// Whether the lexicon has a word of one name for a word of the other.
fn translates(found: &str, expected: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let plain = |word: &str| singular(&word.to_lowercase()).into_owned();
    let right: Vec<String> = split_identifier(expected).map(plain).collect();
    let is_right = |word: &str| right.iter().any(|known| known == word);
    let is_word = |token: &str| !is_right(&plain(token)) && vocabulary.word(token).any(is_right);
    split_identifier(found).any(is_word) || vocabulary.word(found).any(is_right)
}

/// Whether inline code was damaged for sure: what is right is code and no label or sentence, and what stands there is no
/// other code.
fn is_damaged_code(context: &Context<'_>, place: Span, found: &str, expected: &str) -> bool {
    let is_label = expected.starts_with(|c: char| c.is_ascii_uppercase()) && !has_joints(expected);
    // Signs alone are nothing that a translation garbles, and what stands in angle brackets is a place to fill in.
    let is_sign = |text: &str| !text.contains(char::is_alphanumeric);
    let has_place = |text: &str| text.contains(['<', '>']);
    if is_label
        || expected.contains(char::is_whitespace)
        || is_sign(expected)
        || has_place(found) != has_place(expected)
        || found.matches('/').count() != expected.matches('/').count()
    {
        return false;
    }
    let is_other = has_joints(found)
        && likeness(found, expected, ALIKE).is_none()
        && !translates(found, expected, &context.vocabulary);
    let same = identifier_key(found) == identifier_key(expected);
    // No translation writes other joints or paths in other case: one of the pages has changed.
    let is_clean = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    let bare = |text: &str| text.to_lowercase();
    if same && is_clean(found) && (bare(found) != bare(expected) || found.contains('/')) {
        return false;
    }
    let several =
        found.contains(['/', '(', '{', '=']) || found.contains(char::is_whitespace) && found.is_ascii();
    same || !several && !is_other && is_evident(context, place, found, expected)
}

/// Whether the place that vouches has the text in code marks.
fn is_marked(context: &Context<'_>, finding: &Finding) -> bool {
    is_told(context, finding, |page, span| has_style(page, span, &[Style::CODE]))
}

/// Whether the place that vouches sets the text apart from the words around it: in code, in bold or in quotes.
fn is_set_apart(context: &Context<'_>, finding: &Finding) -> bool {
    is_told(context, finding, |page, span| {
        let before = page.source.text.get(..span.start as usize).unwrap_or_default();
        has_style(page, span, &[Style::CODE, Style::STRONG])
            || before.ends_with(['"', '\'', '“', '‘', '«', '„', '「', '『'])
    })
}

/// Whether the spec vouches, or a place of a page of which `told` is true.
fn is_told(context: &Context<'_>, finding: &Finding, told: impl Fn(&Page, Span) -> bool) -> bool {
    finding.related.iter().any(|related| match related.place {
        Site::Page(Place { file, span }) => {
            context.corpus.pages.get(file.0 as usize).is_some_and(|page| told(page, span))
        }
        Site::Spec(_) => true,
    })
}

/// Whether what stands at a place has one of these styles.
pub(crate) fn has_style(page: &Page, span: Span, styles: &[Style]) -> bool {
    let runs = &page.document.runs;
    let run = runs.get(runs.partition_point(|run| run.span.end <= span.start));
    run.is_some_and(|run| styles.iter().any(|style| run.style.has(*style)))
}

/// Whether the column that a name stands in holds names only, and the name's form, its types or its role show that they
/// are names of the API: `Password` beside `Monitoring host` is a label. A column that keeps none of the source's plain
/// words has translated its labels.
fn is_among_names(context: &Context<'_>, finding: &Finding, expected: &str) -> bool {
    let Some((table, _)) = table_of(context, finding.place.span) else { return false };
    let names: Vec<&str> = match &table.reference {
        Some(theirs) => theirs.rows.iter().map(|row| row.name.view(theirs.with.view)).collect(),
        None => (0..table.rows.len() as u32).map(|row| table.right_name(row)).collect(),
    };
    let role = context.page.facts.tables.get(table.table as usize).map(|fact| fact.role);
    names.iter().all(|name| is_identifier(name.trim_end_matches([':', '?', '*'])))
        && (has_joints(expected)
            || table.rows.iter().any(|row| row.ty.is_some())
            || matches!(role, Some(TableRole::Headers | TableRole::Members | TableRole::ErrorCodes))
            || names.iter().any(|name| has_joints(name))
                && table.rows.iter().any(|row| names.contains(&&*row.name.text)))
}

/// Whether a name has joints, digits or a capital behind a small letter.
pub(crate) fn has_joints(name: &str) -> bool {
    is_identifier(name)
        && (name.contains(['_', '-', '.', '$', '@'])
            || name.bytes().any(|byte| byte.is_ascii_digit())
            || has_hump(name))
}

/// Whether a text is a type and no sentence about one: type words, names with the shape of code, or one word alone.
pub(super) fn is_type(text: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let words = || {
        text.split(|c: char| {
            is_blank(c) || matches!(c, '<' | '>' | '[' | ']' | '(' | ')' | ',' | '|' | '/' | '?')
        })
    };
    // `List of Order objects`, but `Response time`.
    let holds = |word: &str| {
        let found = vocabulary.type_word(word).or_else(|| vocabulary.type_word(&singular(word)));
        found.is_some_and(|found| {
            let word = found.phrase.word;
            found.phrase.outer.is_some() || matches!(word, TypeWord::Array | TypeWord::Map | TypeWord::Object)
        })
    };
    let holds_others = words().any(holds);
    let is_word = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.is_empty()
            || vocabulary.type_word(word).is_some()
            || vocabulary.type_word(&singular(word)).is_some()
            || has_joints(word)
            || holds_others && is_identifier(word) && word.starts_with(|c: char| c.is_ascii_uppercase())
    };
    let mut plain = words().filter(|word| !is_word(word));
    vocabulary.type_word(text).is_some() || plain.next().is_none() || !text.contains(char::is_whitespace)
}

/// The names that the examples of a page and of its source show.
struct Sent<'a> {
    own: HashSet<&'a str>,
    theirs: HashSet<&'a str>,
    alone: bool,
}

impl<'a> Sent<'a> {
    fn of(context: &Context<'a>) -> Self {
        let with = context.comparison.pairing.as_ref().map(|pairing| pairing.with.page);
        Self { own: keys(context.page), theirs: with.map(keys).unwrap_or_default(), alone: with.is_none() }
    }

    /// How many of the two pages show it.
    fn know(&self, name: &str) -> usize {
        usize::from(self.own.contains(name)) + usize::from(!self.alone && self.theirs.contains(name))
    }
}

/// The keys of all code blocks of a page: words in quotes before a colon.
fn keys(page: &Page) -> HashSet<&str> {
    let text = page.source.text.as_str();
    let mut keys = HashSet::default();
    for code in &page.document.codes {
        for piece in &code.pieces {
            keys_in(piece.of(text), &mut keys);
        }
    }
    keys
}

/// The keys that a text shows: words in quotes before a colon.
pub(crate) fn keys_in<'t>(text: &'t str, keys: &mut HashSet<&'t str>) {
    for at in memchr::memchr_iter(b':', text.as_bytes()) {
        let before = text[..at].trim_end_matches(is_blank);
        let Some(inner) = before.strip_suffix(['"', '\'']) else { continue };
        let start = memchr::memrchr3(b'"', b'\'', b'\n', inner.as_bytes()).map_or(0, |open| open + 1);
        keys.insert(&inner[start..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn line_ends_are_those_of_the_page() {
        let kept = |page: &str, at: u32, text: &str| {
            let mut edits = [Edit { span: Span::empty(at), text: text.to_owned() }];
            keep_line_ends(page, &mut edits);
            let [edit] = edits;
            edit.text
        };
        assert_eq!(kept("a\nb\n", 2, "x\r\ny\r\n"), "x\ny\n");
        assert_eq!(kept("a\r\nb\r\n", 3, "x\ny\r\n"), "x\r\ny\r\n");
        assert_eq!(kept("a\r\nb", 3, "x\n"), "x\r\n");
        assert_eq!(kept("a", 1, "x\r\n"), "x\n");
    }

    #[test]
    fn sentences_are_told_from_names() {
        for name in
            ["nome amigável", "data de criação do usuário", "顧客のテナントID", "ключ", "Aktiv", "e.g."]
        {
            assert!(!is_sentence(name), "{name}");
        }
        for text in
            ["Wie viel es war.", "写入的级别。", "Set the name of the host that the page is served from"]
        {
            assert!(is_sentence(text), "{text}");
        }
    }

    #[test]
    fn types_are_told_from_sentences() {
        let lexicon = Lexicon::default();
        let vocabulary = lexicon.vocabulary(None);
        for ty in [
            "string",
            "List of LabelSheet objects",
            "array of Owner objects",
            "Array<Cart>",
            "map[string]int",
            "widget",
            "Integer[]",
        ] {
            assert!(is_type(ty, &vocabulary), "{ty}");
        }
        for text in [
            "Number of failed requests",
            "Average Execution Time.",
            "Set the target name",
            "how long it takes",
        ] {
            assert!(!is_type(text, &vocabulary), "{text}");
        }
    }
}
