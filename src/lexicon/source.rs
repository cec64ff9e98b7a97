//! Reading one lexicon file: TOML tables of roles, each with the texts that stand for it.
//!
//! The build script compiles this file too; it checks the built-in files as strictly as those of users,
//! and holds them to completeness on top. Absent here: what roles mean.

use std::fmt;

use toml::de::{DeTable, DeValue};

/// Longest folded text in bytes. Longer ones are refused, so a longer cell is no text of the lexicon.
pub const MAX_KEY: usize = 192;

/// The tables of a lexicon file. `marks` makes two classes: whole cells, and phrases that start a
/// description, because `Required` alone says yes in a cell and `required` before a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Header cells.
    Header,
    /// Type cells.
    Type,
    /// Cells of a Required column.
    Mark,
    /// Phrases at the start of a description.
    Lead,
    /// HTTP methods.
    Method,
    /// Headings.
    Section,
    /// Headings and labels of what a request or answer consists of.
    Part,
    /// Words of identifiers.
    Word,
    /// Enum values.
    Value,
}

/// One lexicon file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconFile {
    /// The locale's tag.
    pub tag: String,
    /// Roles in file order.
    pub entries: Vec<Entry>,
}

/// A role and the texts that stand for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The role's class.
    pub class: Class,
    /// The role's key as written.
    pub role: String,
    /// Texts as written.
    pub texts: Vec<String>,
    /// 1-based line of the key.
    pub line: usize,
}

/// Why a lexicon file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconError {
    /// The file as given by the caller.
    pub file: String,
    /// 1-based line, 0 where the whole file is meant.
    pub line: usize,
    /// What is wrong, as a sentence without final full stop.
    pub message: String,
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for LexiconError {}

/// Reads the lexicon file named `file` with the text `toml`.
///
/// # Errors
/// Broken TOML, no tag, a table that no lexicon has, or a role that is not a list of strings.
pub fn parse(file: &str, toml: &str) -> Result<LexiconFile, LexiconError> {
    let line_of = |at: usize| toml.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1;
    let fail =
        |at: usize, message: String| LexiconError { file: file.to_owned(), line: line_of(at), message };
    let root = DeTable::parse(toml)
        .map_err(|error| fail(error.span().map_or(0, |span| span.start), error.message().to_owned()))?;
    let mut lexicon = LexiconFile { tag: String::new(), entries: Vec::new() };
    for (key, value) in root.get_ref() {
        let name: &str = key.get_ref();
        let table = match value.get_ref() {
            DeValue::String(text) if name == "tag" => {
                text.as_ref().clone_into(&mut lexicon.tag);
                continue;
            }
            DeValue::String(_) if name == "language" => continue,
            DeValue::Table(table) => table,
            _ => return Err(fail(key.span().start, format!("`{name}` is not a key of a lexicon"))),
        };
        for (role, texts) in table {
            let role_name: &str = role.get_ref();
            let class = class_of(name, role_name)
                .ok_or_else(|| fail(key.span().start, format!("`{name}` is not a table of a lexicon")))?;
            let texts = strings(texts.get_ref())
                .ok_or_else(|| fail(role.span().start, format!("`{role_name}` must be a list of strings")))?;
            let line = line_of(role.span().start);
            lexicon.entries.push(Entry { class, role: role_name.to_owned(), texts, line });
        }
    }
    if lexicon.tag.is_empty() {
        return Err(LexiconError { line: 0, ..fail(0, "`tag` is missing".to_owned()) });
    }
    lexicon.entries.sort_by_key(|entry| entry.line);
    Ok(lexicon)
}

fn strings(value: &DeValue<'_>) -> Option<Vec<String>> {
    let DeValue::Array(items) = value else { return None };
    items
        .iter()
        .map(|item| match item.get_ref() {
            DeValue::String(text) => Some(text.as_ref().to_owned()),
            _ => None,
        })
        .collect()
}

fn class_of(table: &str, role: &str) -> Option<Class> {
    Some(match table {
        "headers" => Class::Header,
        "types" => Class::Type,
        "marks" if matches!(role, "optional" | "required" | "read_only") => Class::Lead,
        "marks" => Class::Mark,
        "methods" => Class::Method,
        "sections" => Class::Section,
        "parts" => Class::Part,
        "words" => Class::Word,
        "values" => Class::Value,
        _ => return None,
    })
}

/// What a role of the `types` table puts around its word: `array<string>` is `(Some("array"), "string")`,
/// `boolean?` is `(Some("?"), "boolean")`.
pub fn type_key(role: &str) -> (Option<&str>, &str) {
    if let Some(word) = role.strip_suffix('?') {
        return (Some("?"), word);
    }
    match role.strip_suffix('>').and_then(|role| role.split_once('<')) {
        Some((outer, word)) => (Some(outer), word),
        None => (None, role),
    }
}
