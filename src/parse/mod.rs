//! From a page's text to a spanned [`Document`].
//!
//! [`document`] tells a Markdown page from a whole HTML page by its first characters. Both parsers are
//! total: any text gives a document and a list of what had to be tolerated. Absent here: files, locales,
//! API words.

mod broken_table;
mod comment;
mod directive;
mod element;
mod fence;
mod fields;
mod front_matter;
mod halves;
pub mod html;
mod html_table;
mod html_text;
mod inline;
pub mod json;
pub mod markdown;
mod mdx;
mod pipe;
mod pipe_table;
pub mod po;
pub mod shell;
pub mod signs;
mod skeleton;
mod table_extent;
mod tag;
mod term;

pub use mdx::Format;

use std::cell::RefCell;

use crate::document::Document;
use crate::text::is_blank;

/// Pages up to so many bytes may leave their room to the next.
const USUAL: usize = 1024 * 1024;

thread_local! {
    /// An empty document whose vectors have room: growing them anew for every page costs more than filling them.
    static ROOM: RefCell<Document> = RefCell::default();
}

/// Parses a page, Markdown or HTML by its content.
pub fn document(text: &str) -> Document {
    document_as(text, Format::Markdown)
}

/// Parses a page of a format, or HTML by its content.
pub fn document_as(text: &str, format: Format) -> Document {
    let room = ROOM.take();
    let mut full =
        if is_html(text) { html::parse_into(room, text) } else { markdown::parse_into(room, text, format) };
    let document = full.pack();
    if text.len() <= USUAL {
        ROOM.set(full);
    }
    document
}

/// Whether a text is a whole HTML page: `<!doctype html` or `<html` comes first, but for a byte order
/// mark, an XML declaration and comments.
fn is_html(text: &str) -> bool {
    let mut rest = text.trim_start_matches(is_blank);
    while let Some((start, end)) =
        [("<?", "?>"), ("<!--", "-->")].into_iter().find(|(s, _)| rest.starts_with(s))
    {
        let Some(length) = rest[start.len()..].find(end) else { return false };
        rest = rest[start.len() + length + end.len()..].trim_start_matches(is_blank);
    }
    let begins = |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    begins("<!doctype html") || begins("<html")
}
