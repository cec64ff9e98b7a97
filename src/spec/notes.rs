//! What the source says and the schema cannot hold: each message once.

use std::collections::HashSet;

use crate::schema::Note;
use crate::text::Place;

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
