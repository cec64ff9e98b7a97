//! The words that a page shows as sent: keys and strings of its code blocks, segments and parameters of its request
//! paths, names of its tables. What is among them is no ordinary word.

use std::collections::HashSet;

use crate::compare::tables::has_names;
use crate::document::View;
use crate::facts::{ColumnRole, Page, TableFact};

/// Longer words are prose or tokens.
const LONGEST: usize = 64;

/// The words of `page` that stand where code has a name or value.
pub fn words(page: &Page, view: View) -> HashSet<String> {
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
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '@');
    let bytes = code.as_bytes();
    let mut at = 0;
    for word in code.split(|c| !is_part(c)) {
        let start = at;
        at += word.len();
        let before = start.checked_sub(1).and_then(|at| bytes.get(at));
        let opened = before.is_some_and(|byte| matches!(byte, b'"' | b'\'' | b'/' | b'=' | b'{'));
        let closed = bytes.get(at).is_none_or(|byte| {
            matches!(byte, b'"' | b'\'' | b'/' | b'&' | b'?' | b'=' | b'}' | b' ' | b'\n' | b'\r')
        });
        if opened && closed && !word.is_empty() && word.len() <= LONGEST {
            words.insert(word.to_owned());
        }
        // The character that ended the word.
        at += code[at..].chars().next().map_or(0, char::len_utf8);
    }
}
