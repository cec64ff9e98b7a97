//! A page of the cart reference in some language.

use docdrift::extract;
use docdrift::facts::Page;
use docdrift::lexicon::Lexicon;
use docdrift::source::{Encoding, Locale, Source};
use docdrift::text::FileId;

/// What the text of `LOCALE/cart.md` says.
pub fn page(file: u32, locale: &str, text: &str) -> Page {
    let source = Source {
        path: format!("{locale}/cart.md"),
        page: "cart.md".to_owned(),
        locale: Locale::parse(locale),
        text: text.to_owned(),
        encoding: Encoding::Utf8,
    };
    extract::page(FileId(file), source, &Lexicon::default())
}
