//! What the source says and the schema cannot hold: each message once.

use std::cell::OnceCell;

use crate::hash::HashSet;
use crate::schema::{Note, SpecFile};
use crate::text::{LineIndex, Place};

/// Notes in the order they came up.
#[derive(Debug, Default)]
pub struct Notes {
    list: Vec<Note>,
    said: HashSet<String>,
}

impl Notes {
    /// Adds a note unless the same was said before, here or elsewhere.
    pub fn add(&mut self, place: impl Into<Option<Place>>, message: String) {
        if self.said.insert(message.clone()) {
            self.list.push(Note { place: place.into(), message });
        }
    }

    /// All notes by place.
    pub fn into_sorted(mut self) -> Vec<Note> {
        self.list.sort_by_key(|note| note.place);
        self.list
    }
}

/// Names a second place inside a sentence; the first is the printers' business.
pub struct Positions<'a> {
    files: &'a [SpecFile],
    lines: Vec<OnceCell<LineIndex>>,
}

impl<'a> Positions<'a> {
    pub fn new(files: &'a [SpecFile]) -> Self {
        Self { files, lines: files.iter().map(|_| OnceCell::new()).collect() }
    }

    /// `path:line:column`
    pub fn of(&self, place: Place) -> String {
        let at = place.file.0 as usize;
        let Some((file, lines)) = self.files.get(at).zip(self.lines.get(at)) else { return String::new() };
        let lines = lines.get_or_init(|| LineIndex::new(&file.text));
        let start = (place.span.start as usize).min(file.text.len()) as u32;
        let at = lines.line_column(&file.text, start);
        format!("{}:{}:{}", file.path, at.line, at.column)
    }
}
