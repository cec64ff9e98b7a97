//! From a page's text to a spanned [`Document`].
//!
//! [`document`] tells a Markdown page from a whole HTML page by its first characters. Both parsers are
//! total: any text gives a document and a list of what had to be tolerated. Absent here: files, locales,
//! API words.

mod directive;
mod fence;
mod front_matter;
mod halves;
mod inline;
pub mod json;
pub mod markdown;
mod pipe;
mod tag;

use crate::document::Document;

/// Parses a page, Markdown or HTML by its content.
pub fn document(text: &str) -> Document {
    markdown::parse(text)
}
