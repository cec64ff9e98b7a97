//! A text that was read, with the two identities that let it meet its siblings: locale and page.
//!
//! Absent here: reading (that is `read`), Markdown.

use std::fmt;

/// A text and who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path relative to the working folder, forward slashes; `<stdin>` or `--stdin-filename` for standard input.
    pub path: String,
    /// Path below the locale's root: equal for all translations of one page (`develop/cart-resources.md`).
    pub page: String,
    /// The page's locale, if anything says it.
    pub locale: Option<Locale>,
    /// The whole text. For UTF-8 these are the file's bytes, a byte order mark included; UTF-16 is converted.
    pub text: String,
    /// How the file's bytes were encoded.
    pub encoding: Encoding,
}

impl Source {
    /// Whether it is an API description rather than a page of text: JSON or YAML.
    pub fn is_description(&self) -> bool {
        is_description(&self.path)
    }
}

/// Whether a file is an API description, if it is a page at all: JSON or YAML.
pub fn is_description(path: &str) -> bool {
    let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, end)| end);
    ["json", "yaml", "yml"].iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// The encodings that are read (and written back by fixes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    #[default]
    Utf8,
    /// UTF-16, little endian, with byte order mark.
    Utf16Le,
    /// UTF-16, big endian, with byte order mark.
    Utf16Be,
    /// The file is there but gives no text: [`Source::text`] is empty, and this says why.
    Unreadable(Unreadable),
}

/// Why a file gives no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// Not UTF-8, and no byte order mark announces UTF-16.
    NotUtf8 {
        /// The first byte that does not belong, counted from 0.
        byte: u32,
        /// Its 1-based line.
        line: u32,
    },
    /// A byte order mark announces UTF-16, but this code unit has no partner or only one byte.
    NotUtf16 {
        /// The unit's first byte, counted from 0.
        byte: u32,
    },
    /// So many bytes or more are refused.
    TooLarge {
        /// The limit in bytes.
        limit: u32,
    },
    /// Its name is no text, so nothing could be said of it, nor written to it.
    Nameless,
    /// The system says no.
    Denied,
    /// It was listed, but reading it failed.
    Failed,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 { byte, line } => {
                write!(f, "not UTF-8: the first bad byte is at offset {byte}, on line {line}")
            }
            Self::NotUtf16 { byte } => write!(f, "broken UTF-16: half a character at offset {byte}"),
            Self::TooLarge { limit } => write!(f, "too large: {} MB or more", limit / 1_000_000),
            Self::Nameless => f.write_str("its name is not UTF-8"),
            Self::Denied => f.write_str("permission denied"),
            Self::Failed => f.write_str("reading it failed"),
        }
    }
}

/// A locale tag in canonical case: `nl-NL`, `zh-TW`, `sr-Latn-RS`, `fr`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale(Box<str>);

impl Locale {
    /// Reads a BCP 47 tag of language, optional script and optional region, in any case, with `-` or `_`.
    /// `None` if it is not one.
    pub fn parse(tag: &str) -> Option<Self> {
        let mut parts = tag.split(['-', '_']);
        let language = parts.next().filter(|p| (2..=3).contains(&p.len()) && is_alphabetic(p))?;
        let mut canonical = String::with_capacity(tag.len());
        canonical.extend(language.chars().map(|c| c.to_ascii_lowercase()));
        let mut next = parts.next();
        if let Some(script) = next.filter(|p| p.len() == 4 && is_alphabetic(p)) {
            canonical.push('-');
            canonical.extend(script[..1].chars().map(|c| c.to_ascii_uppercase()));
            canonical.extend(script[1..].chars().map(|c| c.to_ascii_lowercase()));
            next = parts.next();
        }
        if let Some(region) = next {
            let digits = region.len() == 3 && region.bytes().all(|b| b.is_ascii_digit());
            if !(digits || region.len() == 2 && is_alphabetic(region)) {
                return None;
            }
            canonical.push('-');
            canonical.extend(region.chars().map(|c| c.to_ascii_uppercase()));
        }
        parts.next().is_none().then(|| Self(canonical.into()))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language subtag: `zh` of `zh-TW`.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or("")
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_alphabetic(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_alphabetic())
}
