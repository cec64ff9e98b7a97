//! Places in files whose text is not known: each file becomes a text in which only the places are written,
//! at their lines and columns, and all else is blank.

use std::collections::BTreeMap;

use crate::schema::{Schema, SpecFile};
use crate::text::{FileId, Place, Span};

/// Lines that one file may have, and columns that one line may have before a place.
const FARTHEST: u32 = 1 << 20;

/// Characters that all texts together may have.
const LARGEST: usize = 1 << 25;

/// The file of a place whose bytes are not settled; its span starts at the number of a spot.
const UNSETTLED: FileId = FileId(u32::MAX);

/// Files by path, each with the lines that have places.
#[derive(Debug, Default)]
pub struct Blanks {
    files: BTreeMap<String, BTreeMap<u32, Vec<char>>>,
    spots: Vec<Spot>,
    size: usize,
}

/// A place by line and column.
#[derive(Debug)]
struct Spot {
    path: String,
    line: u32,
    column: u32,
    characters: u32,
}

impl Blanks {
    /// Writes what stands at a 1-based line and column of a file. The place counts once
    /// [`Blanks::settle`] was called; `None` if it lies too far out for a text to be made up.
    pub fn add(&mut self, path: &str, line: u32, column: u32, text: &str) -> Option<Place> {
        let is_near = (1..=FARTHEST).contains(&line) && (1..=FARTHEST).contains(&column);
        // What would move the places after it is no part of a line.
        let text: Vec<char> = text.chars().take_while(|c| !matches!(c, '\n' | '\r')).collect();
        let start = column.saturating_sub(1) as usize;
        let end = start + text.len();
        let lowest = self.files.get(path).and_then(|lines| lines.keys().next_back()).map_or(0, |last| *last);
        let size = self.size + end + line.saturating_sub(lowest) as usize;
        if !is_near || size > LARGEST {
            return None;
        }
        self.size = size;
        let written = self.files.entry(path.to_owned()).or_default().entry(line).or_default();
        if written.len() < end {
            written.resize(end, ' ');
        }
        written[start..end].copy_from_slice(&text);
        let spot = Spot { path: path.to_owned(), line, column, characters: text.len() as u32 };
        self.spots.push(spot);
        Some(Place { file: UNSETTLED, span: Span::empty(self.spots.len() as u32 - 1) })
    }

    /// Adds the files to those of the schema, in the order of their paths, and gives places their bytes.
    pub fn settle(self, schema: &mut Schema) {
        let mut texts: BTreeMap<&str, (FileId, BTreeMap<u32, usize>)> = BTreeMap::new();
        let first = schema.files.len();
        for (path, lines) in &self.files {
            let mut text = String::new();
            let mut starts = BTreeMap::new();
            let mut at = 1;
            for (line, characters) in lines {
                text.extend(std::iter::repeat_n('\n', (line - at) as usize));
                at = *line;
                starts.insert(at, text.len());
                text.extend(characters);
            }
            text.push('\n');
            texts.insert(path, (FileId(schema.files.len() as u32), starts));
            schema.files.push(SpecFile { path: path.clone(), text });
        }
        let files = &schema.files[first..];
        let places: Vec<Option<Place>> = self
            .spots
            .iter()
            .map(|spot| {
                let (file, starts) = texts.get(spot.path.as_str())?;
                let start = *starts.get(&spot.line)?;
                let text = files.get(file.0 as usize - first)?.text.get(start..)?;
                let mut bytes = text.char_indices().map(|(at, _)| (start + at) as u32);
                let from = bytes.nth(spot.column as usize - 1)?;
                let to = match spot.characters.checked_sub(1) {
                    None => from,
                    Some(further) => bytes.nth(further as usize)?,
                };
                Some(Place { file: *file, span: Span::new(from, to) })
            })
            .collect();
        schema.places_mut(&mut |place| {
            if place.file == UNSETTLED
                && let Some(Some(settled)) = places.get(place.span.start as usize)
            {
                *place = *settled;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Note;
    use crate::text::LineIndex;

    #[test]
    fn places_keep_line_column_and_text() {
        let spots = [("b.rs", 3, 5, "größe"), ("a.md", 2, 1, "車"), ("b.rs", 3, 12, ""), ("b.rs", 1, 1, "x")];
        let mut blanks = Blanks::default();
        let mut schema = Schema::default();
        for (path, line, column, text) in spots {
            let place = blanks.add(path, line, column, text);
            assert!(place.is_some());
            schema.notes.push(Note { place, message: String::new() });
        }
        blanks.settle(&mut schema);
        assert_eq!(schema.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["a.md", "b.rs"]);
        for (note, (path, line, column, text)) in schema.notes.iter().zip(spots) {
            let place = note.place.unwrap_or_else(|| panic!("{path}:{line} has no place"));
            let file = schema.file(place.file).unwrap_or_else(|| panic!("{path} is no file"));
            let at = LineIndex::new(&file.text).line_column(&file.text, place.span.start);
            assert_eq!((file.path.as_str(), at.line, at.column), (path, line, column));
            assert_eq!(place.span.of(&file.text), text);
        }
    }

    #[test]
    fn no_text_is_made_up_for_places_far_out() {
        let mut blanks = Blanks::default();
        assert_eq!(blanks.add("a", 0, 1, ""), None);
        assert_eq!(blanks.add("a", 1, 0, ""), None);
        assert_eq!(blanks.add("a", u32::MAX, 1, ""), None);
        let far = (0..1000).filter(|at| blanks.add(&at.to_string(), FARTHEST, FARTHEST, "x").is_some());
        assert!(far.count() < 20);
    }
}
