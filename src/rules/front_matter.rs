//! Front matter beside that of the source: keys, numbers and yes-or-no values that a translation changed, and values
//! that no YAML reader takes.
//!
//! Absent here: titles and other words, which are translated rightly.

use std::borrow::Cow;

use crate::document::FrontMatterEntry;
use crate::facts::Page;
use crate::finding::Site;
use crate::hash::HashMap;
use crate::rules::Context;
use crate::tags;
use crate::text::{Place, Span};

/// Keys whose values are the language of the page.
const LANGUAGES: [&str; 3] = ["lang", "locale", "ms.contentlocale"];

/// One thing that is wrong with an entry.
pub(super) struct Broken<'a> {
    /// The key or value.
    pub span: Span,
    /// What the source has there.
    pub expected: Option<Cow<'a, str>>,
    /// What is wrong.
    pub message: String,
    /// Where the source says so.
    pub site: Option<Site>,
}

/// What is wrong with the front matter of a page.
pub(super) fn broken<'a>(context: &Context<'a>) -> Vec<Broken<'a>> {
    let own = Front::new(context.page);
    let mut found = other_languages(&own);
    let Some(pairing) = &context.comparison.pairing else { return found };
    let (page, source) = (context.page, pairing.with.page);
    if std::ptr::eq(page, source) {
        return found;
    }
    let theirs = Front::new(source);
    found.extend(keys(&own, &theirs));
    for entry in own.entries() {
        let key = own.key(entry);
        let Some(right) = theirs.get(key) else { continue };
        if let Some(why) = unreadable(own.raw(entry)) {
            if unreadable(theirs.raw(right)).is_none() {
                let message = format!("the value of `{key}` cannot be read as YAML: {why}");
                let span = Span::new(entry.key.start, own.line_end(entry));
                found.push(Broken { span, expected: None, message, site: None });
            }
            continue;
        }
        let (value, expected) = (own.value(entry), theirs.value(right));
        let is_changed = match Kind::of(expected) {
            Some(kind) => !value.is_empty() && Kind::of(value) != Some(kind),
            None => false,
        };
        if is_changed {
            let message = format!("the value of `{key}` is `{expected}` in the source, not `{value}`");
            let site = Some(theirs.site(right.value));
            found.push(Broken { span: entry.value, expected: Some(Cow::Borrowed(expected)), message, site });
        }
    }
    found
}

/// Keys that name another language than that of the page, which its path and its words show.
fn other_languages<'a>(own: &Front<'a>) -> Vec<Broken<'a>> {
    let Some(locale) = &own.page.source.locale else { return Vec::new() };
    let named = own.entries().iter().filter(|entry| LANGUAGES.contains(&own.key(entry)));
    let other = named.filter_map(|entry| {
        let (key, value) = (own.key(entry), own.value(entry));
        let (said, _) = tags::locale(value).filter(|(said, _)| said.language() != locale.language())?;
        let right = if said.as_str() == said.language() { locale.language() } else { locale.as_str() };
        let message = format!("`{key}` says `{value}`, but the page is in {locale}");
        let expected = Some(Cow::Owned(right.to_owned()));
        Some(Broken { span: entry.value, expected, message, site: None })
    });
    other.collect()
}

/// Keys that stand in the place of the source's. Where the two have different entries, nobody can tell.
fn keys<'a>(own: &Front<'a>, theirs: &Front<'a>) -> Vec<Broken<'a>> {
    if own.entries().len() != theirs.entries().len() {
        return Vec::new();
    }
    let pairs = own.entries().iter().zip(theirs.entries());
    let changed = pairs.filter_map(|(entry, right)| {
        let (key, expected) = (own.key(entry), theirs.key(right));
        // A key with joints is no word of a language but a tool's own.
        let is_word = !key.contains(['.', '_', '-', ':']);
        if !is_word || key == expected || theirs.get(key).is_some() || own.get(expected).is_some() {
            return None;
        }
        let message = format!("the front matter key is `{expected}` in the source, not `{key}`");
        Some(Broken {
            span: entry.key,
            expected: Some(Cow::Borrowed(expected)),
            message,
            site: Some(theirs.site(right.key)),
        })
    });
    changed.collect()
}

/// What a value is to a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Truth,
}

impl Kind {
    fn of(value: &str) -> Option<Self> {
        match value {
            "true" | "false" => Some(Self::Truth),
            _ if value.bytes().any(|byte| byte.is_ascii_digit()) && value.parse::<f64>().is_ok() => {
                Some(Self::Number)
            }
            _ => None,
        }
    }
}

/// Why a value without quotes is no YAML.
fn unreadable(raw: &str) -> Option<&'static str> {
    let value = raw.trim();
    match value.as_bytes().first() {
        None | Some(b'"' | b'\'' | b'|' | b'>' | b'#' | b'&' | b'*' | b'!') => None,
        Some(b'{') if !value.ends_with('}') => Some("it begins with a brace that does not end it"),
        Some(b'[') if value.contains(']') && !value.ends_with(']') => {
            Some("it begins with a bracket that does not end it")
        }
        Some(first) if !matches!(first, b'{' | b'[') && value.contains(": ") => {
            Some("it has a colon followed by a space and is not in quotes")
        }
        Some(_) => None,
    }
}

/// The front matter of one page.
struct Front<'a> {
    page: &'a Page,
    /// The first entry of each key.
    known: HashMap<&'a str, &'a FrontMatterEntry>,
}

impl<'a> Front<'a> {
    fn new(page: &'a Page) -> Self {
        let mut known = HashMap::default();
        for entry in &page.document.front_matter {
            known.entry(entry.key.of(&page.source.text)).or_insert(entry);
        }
        Self { page, known }
    }

    fn text(&self) -> &'a str {
        &self.page.source.text
    }

    fn entries(&self) -> &'a [FrontMatterEntry] {
        &self.page.document.front_matter
    }

    fn key(&self, entry: &FrontMatterEntry) -> &'a str {
        entry.key.of(self.text())
    }

    fn value(&self, entry: &FrontMatterEntry) -> &'a str {
        entry.value.of(self.text())
    }

    fn get(&self, key: &str) -> Option<&'a FrontMatterEntry> {
        self.known.get(key).copied()
    }

    fn line_end(&self, entry: &FrontMatterEntry) -> u32 {
        let rest = self.text().get(entry.key.end as usize..).unwrap_or_default();
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        entry.key.end + length as u32
    }

    /// All that follows the colon on the line.
    fn raw(&self, entry: &FrontMatterEntry) -> &'a str {
        let rest = Span::new(entry.key.end, self.line_end(entry)).of(self.text());
        rest.split_once(':').map_or("", |(_, value)| value)
    }

    fn site(&self, span: Span) -> Site {
        Site::Page(Place { file: self.page.file, span })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_no_yaml() {
        for raw in [" Hop: one tool", " {/* x */} CLI", " [a] b"] {
            assert!(unreadable(raw).is_some(), "{raw}");
        }
        for raw in [
            " \"Hop: one tool\"",
            " {a: b}",
            " [a, b]",
            " plain",
            " https://a.example",
            "",
            " 'a: b'",
            " [a,",
        ] {
            assert!(unreadable(raw).is_none(), "{raw}");
        }
    }
}
