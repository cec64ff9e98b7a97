//! What the cells of a column look like, whatever their language.

use std::borrow::Cow;

use crate::document::{Row, View};
use crate::extract::Reader;
use crate::extract::looks::Kind;
use crate::facts::METHODS;

/// How many of a column's cells look like what. Counts of non-empty cells among those sampled.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    pub filled: u32,
    pub identifier: u32,
    pub code: u32,
    pub type_word: u32,
    pub mark: u32,
    pub method: u32,
    pub uri: u32,
    pub number: u32,
    pub status: u32,
    pub prose: u32,
}

/// Rows looked at to tell a column's role; more would not change the verdict.
const SAMPLE: usize = 16;

impl Shape {
    /// Counts in what another counted.
    fn count(&mut self, other: &Self) {
        self.filled += other.filled;
        self.identifier += other.identifier;
        self.code += other.code;
        self.type_word += other.type_word;
        self.mark += other.mark;
        self.method += other.method;
        self.uri += other.uri;
        self.number += other.number;
        self.status += other.status;
        self.prose += other.prose;
    }

    /// The share of filled cells counted by `count`, 0 if there is none.
    pub fn share(&self, count: u32) -> f32 {
        if self.filled == 0 { 0.0 } else { count as f32 / self.filled as f32 }
    }
}

/// The shape of each of the first `width` columns of `rows`.
pub(super) fn shapes(reader: &Reader<'_>, rows: &[Row], width: usize) -> Vec<Shape> {
    let mut shapes = vec![Shape::default(); width];
    // The last text of each column: types and marks repeat.
    let mut above: Vec<(Cow<'_, str>, Shape)> = vec![Default::default(); width];
    for row in rows.iter().take(SAMPLE) {
        for ((shape, above), cell) in shapes.iter_mut().zip(&mut above).zip(reader.document.row_cells(row)) {
            let text = reader.document.text(reader.text, *cell, View::Page);
            if text.is_empty() {
                continue;
            }
            if text != above.0 {
                above.1 = Shape::default();
                add(&mut above.1, reader, &text);
            }
            shape.count(&above.1);
            if reader.document.bilingual {
                let original = reader.document.text(reader.text, *cell, View::Source);
                if original != text {
                    add(shape, reader, &original);
                }
            }
            above.0 = text;
        }
    }
    shapes
}

fn add(shape: &mut Shape, reader: &Reader<'_>, text: &str) {
    shape.filled += 1;
    let look = reader.looks.of(text, reader.vocabulary);
    if look.method && (METHODS.contains(&text) || reader.vocabulary.method(text).is_some()) {
        shape.method += 1;
    }
    match look.kind {
        Kind::Uri => shape.uri += 1,
        Kind::Prose => shape.prose += 1,
        Kind::Number => shape.number += 1,
        Kind::Status => {
            shape.number += 1;
            shape.status += 1;
        }
        Kind::Mark => shape.mark += 1,
        Kind::Type => shape.type_word += 1,
        Kind::Identifier => shape.identifier += 1,
        Kind::Code => {
            shape.identifier += 1;
            shape.code += 1;
        }
        Kind::Other => {}
    }
}
