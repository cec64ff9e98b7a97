//! The words that a page shows as sent: keys and strings of its code blocks, segments and parameters of its request
//! paths, names of its tables. What is among them is no ordinary word.

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::compare::tables::has_names;
use crate::document::View;
use crate::facts::{ColumnRole, Page, TableFact};

/// Longer words are prose or tokens.
const LONGEST: usize = 64;

/// The words that one text of one page shows as sent, gathered when they are asked for.
#[derive(Default)]
pub(super) struct Wire(OnceCell<HashSet<String>>);

impl Wire {
    /// Whether the page, always the same, shows `word` as sent.
    pub fn has(&self, page: &Page, view: View, word: &str) -> bool {
        self.0.get_or_init(|| words(page, view)).contains(word)
    }
}

/// The words of `page` that stand where code has a name or value.
fn words(page: &Page, view: View) -> HashSet<String> {
    let (document, text) = (&page.document, page.source.text.as_str());
    let mut words = HashSet::new();
    for code in &document.codes {
        add(&document.code_text(text, code), &mut words);
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
fn cells(page: &Page, fact: &TableFact, role: ColumnRole, view: View, words: &mut HashSet<String>) {
    let (document, text) = (&page.document, page.source.text.as_str());
    let Some(column) = fact.columns.iter().position(|column| *column == role) else { return };
    let Some(table) = document.tables.get(fact.table as usize) else { return };
    for row in document.body(table) {
        let Some(cell) = document.row_cells(row).get(column) else { continue };
        let shown = document.text(text, *cell, view);
        if role == ColumnRole::Name && shown.len() <= LONGEST {
            words.insert(shown.into_owned());
        } else {
            add(&shown, words);
        }
    }
}

/// Adds the words of `code` that quotes, slashes or braces set off.
fn add(code: &str, words: &mut HashSet<String>) {
    let is_part =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'$' | b'@');
    let closes =
        |byte: &u8| matches!(byte, b'"' | b'\'' | b'/' | b'&' | b'?' | b'=' | b'}' | b' ' | b'\n' | b'\r');
    let bytes = code.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        if !matches!(byte, b'"' | b'\'' | b'/' | b'=' | b'{') {
            continue;
        }
        let rest = &bytes[at + 1..];
        let length = rest.iter().take(LONGEST + 1).take_while(|byte| is_part(byte)).count();
        if (1..=LONGEST).contains(&length)
            && rest.get(length).is_none_or(closes)
            && let Some(word) = code.get(at + 1..=at + length)
            && !words.contains(word)
        {
            words.insert(word.to_owned());
        }
    }
}
