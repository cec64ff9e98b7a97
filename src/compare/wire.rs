//! The words that a page shows as sent: keys and strings of its code blocks, segments and parameters of its request
//! paths, names of its tables. What is among them is no ordinary word.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::compare::tables::has_names;
use crate::document::View;
use crate::facts::{ColumnRole, Page, TableFact};
use crate::hash::HashSet;

/// Longer words are prose or tokens.
const LONGEST: usize = 64;

/// The words that one text of one page shows as sent, gathered when they are asked for.
pub(super) struct Wire<'p> {
    page: &'p Page,
    view: View,
    words: OnceLock<HashSet<Cow<'p, str>>>,
}

impl<'p> Wire<'p> {
    /// Nothing gathered yet.
    pub fn of(page: &'p Page, view: View) -> Self {
        Self { page, view, words: OnceLock::new() }
    }

    /// Whether the page shows `word` as sent.
    pub fn has(&self, word: &str) -> bool {
        self.words.get_or_init(|| words(self.page, self.view)).contains(word)
    }
}

/// The words of `page` that stand where code has a name or value.
fn words(page: &Page, view: View) -> HashSet<Cow<'_, str>> {
    let (document, text) = (&page.document, page.source.text.as_str());
    let mut words = HashSet::default();
    for code in &document.codes {
        add_all(document.code_text(text, code), &mut words);
    }
    for fact in &page.facts.tables {
        let names = has_names(fact).then_some(ColumnRole::Name);
        for role in names.into_iter().chain([ColumnRole::Uri]) {
            cells(page, fact, role, view, &mut words);
        }
    }
    words
}

/// Adds what the cells of one column say: a name as it is, of a path its parts.
fn cells<'p>(
    page: &'p Page,
    fact: &TableFact,
    role: ColumnRole,
    view: View,
    words: &mut HashSet<Cow<'p, str>>,
) {
    let (document, text) = (&page.document, page.source.text.as_str());
    let Some(column) = fact.columns.iter().position(|column| *column == role) else { return };
    let Some(table) = document.tables.get(fact.table as usize) else { return };
    for row in document.body(table) {
        let Some(cell) = document.row_cells(row).get(column) else { continue };
        let shown = document.text(text, *cell, view);
        if role == ColumnRole::Name && shown.len() <= LONGEST {
            words.insert(shown);
        } else {
            add_all(shown, words);
        }
    }
}

/// Adds the words of `code` that quotes, slashes or braces set off.
fn add_all<'p>(code: Cow<'p, str>, words: &mut HashSet<Cow<'p, str>>) {
    match code {
        Cow::Borrowed(code) => words.extend(set_off(code).map(Cow::Borrowed)),
        Cow::Owned(code) => words.extend(set_off(&code).map(|word| Cow::Owned(word.to_owned()))),
    }
}

/// The words of `code` that quotes, slashes or braces set off.
fn set_off(code: &str) -> impl Iterator<Item = &str> {
    let is_part =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$' | b'@');
    let closes =
        |byte: &u8| matches!(byte, b'"' | b'\'' | b'/' | b'&' | b'?' | b'=' | b'}' | b' ' | b'\n' | b'\r');
    let bytes = code.as_bytes();
    let opens = |byte: &u8| matches!(byte, b'"' | b'\'' | b'/' | b'=' | b'{');
    let starts = bytes.iter().enumerate().filter(move |(_, byte)| opens(byte)).map(|(at, _)| at + 1);
    starts.filter_map(move |start| {
        let rest = &bytes[start..];
        let length = rest.iter().take(LONGEST + 1).take_while(|byte| is_part(byte)).count();
        let is_word = (1..=LONGEST).contains(&length) && rest.get(length).is_none_or(closes);
        if is_word { code.get(start..start + length) } else { None }
    })
}
