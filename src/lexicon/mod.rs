//! The words of API reference pages in many languages, as data: header cells, type words, yes and no,
//! HTTP methods, headings, and the words identifiers are made of.
//!
//! One file a locale (`en-US.toml` says which roles there are); the build script merges them into a
//! static table, so a lookup costs one fold and one probe whatever the number of locales, and nothing
//! happens at start-up. Most texts mean the same in every language that has them; where they do not,
//! the page's own locale decides. Absent here: phrases, types, judgement.

use std::sync::Arc;

use self::hash::{filter_bit, slot};
use self::key::Key;
use self::roles::Role;
use self::source::Class;
use crate::facts::{Part, SectionRole};
use crate::fold::key_hash;
use crate::hash::HashMap;
use crate::memo::Memo;
use crate::source::Locale;

mod hash;
mod key;
pub mod languages;
mod roles;
mod source;

pub use roles::{HeaderRole, Lead, Mark, Method, Outer, TypePhrase, TypeWord, part_key, section_key};
pub use source::{LexiconError, MAX_KEY};

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

/// A key of the built-in table: a range of its text, and its meanings.
struct KeyEntry {
    start: u32,
    len: u16,
    first: u32,
    count: u8,
}

/// What a key stands for in a set of locales, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Meaning {
    role: Role,
    locales: u64,
}

/// [`Vocabulary::levels`] and a name.
type NameKey = ([u64; 3], Box<str>);

/// All texts known in this run: the built-in ones, and those of the user's own files.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Tags of locales that only the user's files have; their bits follow the built-in ones.
    tags: Vec<Box<str>>,
    meanings: HashMap<Box<[u8]>, Vec<Meaning>>,
    /// Words and values that only the user's files have; their numbers follow the built-in ones.
    words: Vec<Box<str>>,
    values: Vec<Box<str>>,
    /// What names may stand for.
    names: Memo<NameKey, Arc<[String]>>,
}

impl Lexicon {
    /// The built-in lexicon together with a file of the same format, in which roles may be missing and
    /// words and values may be new. `file` names it in errors.
    ///
    /// # Errors
    /// A file that is broken or has a role that no lexicon has, with file and line.
    pub fn with_extra(mut self, file: &str, toml: &str) -> Result<Self, LexiconError> {
        self.names = Memo::default();
        let read = source::parse(file, toml)?;
        let fail = |line, message| LexiconError { file: file.to_owned(), line, message };
        let tag = Locale::parse(&read.tag)
            .ok_or_else(|| fail(0, format!("the tag `{}` is not a locale", read.tag)))?;
        let locales =
            self.bit(tag.as_str()).ok_or_else(|| fail(0, "there are more than 64 locales".to_owned()))?;
        for entry in read.entries {
            let role = match entry.class {
                Class::Word => Some(Role::Word(number(&WORDS, &mut self.words, &entry.role))),
                Class::Value => Some(Role::Value(number(&VALUES, &mut self.values, &entry.role))),
                class => Role::closed(class, &entry.role),
            };
            let role =
                role.ok_or_else(|| fail(entry.line, format!("`{}` is not a role of a lexicon", entry.role)))?;
            for text in &entry.texts {
                let mut key = Key::new();
                let key = key
                    .fold(text)
                    .ok_or_else(|| fail(entry.line, format!("`{text}` is empty or too long")))?;
                let meanings = self.meanings.entry(key.into()).or_default();
                match meanings.iter_mut().find(|meaning| meaning.role == role) {
                    Some(meaning) => meaning.locales |= locales,
                    None => meanings.push(Meaning { role, locales }),
                }
            }
        }
        Ok(self)
    }

    /// The lexicon as a page of `locale` reads it. Cheap, but not free: once a page, not once a cell.
    pub fn vocabulary(&self, locale: Option<&Locale>) -> Vocabulary<'_> {
        let english = self.languages("en");
        let levels = locale.map_or([0; 3], |locale| {
            let exact = self.number(locale.as_str()).map_or(0, |at| 1 << at);
            [exact, self.languages(locale.language()), english]
        });
        Vocabulary { lexicon: self, levels, english }
    }

    /// The lexicon as pages of those locales read it, one after the other. Neighbours mostly share theirs.
    pub fn vocabularies<'l>(
        &self,
        locales: impl Iterator<Item = Option<&'l Locale>>,
    ) -> impl Iterator<Item = Vocabulary<'_>> {
        let mut last: Option<(Option<&Locale>, Vocabulary<'_>)> = None;
        locales.map(move |locale| {
            let same = last.filter(|(known, _)| *known == locale);
            let (_, vocabulary) = *last.insert(same.unwrap_or_else(|| (locale, self.vocabulary(locale))));
            vocabulary
        })
    }

    /// The tags of all locales, built-in ones first.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        LOCALES.iter().copied().chain(self.tags.iter().map(|tag| &**tag))
    }

    /// The bit of a locale, given to it if it has none yet; `None` when all are taken.
    fn bit(&mut self, tag: &str) -> Option<u64> {
        let at = self.number(tag).unwrap_or_else(|| {
            self.tags.push(tag.into());
            LOCALES.len() + self.tags.len() - 1
        });
        1_u64.checked_shl(at as u32)
    }

    /// The place of a tag among [`Self::tags`].
    fn number(&self, tag: &str) -> Option<usize> {
        let own = || self.tags.iter().position(|known| **known == *tag).map(|at| LOCALES.len() + at);
        // The build script sorts them.
        LOCALES.binary_search(&tag).ok().or_else(own)
    }

    /// The set of all locales of one language.
    fn languages(&self, language: &str) -> u64 {
        let of_language = |tag: &str| {
            tag.strip_prefix(language).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        // The build script sorts them.
        let first = LOCALES.partition_point(|tag| *tag < language);
        let count = LOCALES[first..].iter().take_while(|tag| of_language(tag)).count();
        let built_in = (first..first + count).fold(0, |set, at| set | 1 << at);
        let own = (LOCALES.len()..).zip(&self.tags).filter(|(_, tag)| of_language(tag));
        own.fold(built_in, |set, (at, _)| set | 1 << at)
    }

    /// What `text` stands for in all locales: by the user's files, and by the built-in ones.
    fn meanings(&self, text: &str) -> (&[Meaning], &'static [Meaning]) {
        let mut key = Key::new();
        let Some(key) = key.fold(text) else { return (&[], &[]) };
        let own = if self.meanings.is_empty() { None } else { self.meanings.get(key) };
        (own.map_or(&[], Vec::as_slice), built_in(key))
    }
}

/// The number of an open role in the built-in list and its extension.
fn number(built_in: &[&str], own: &mut Vec<Box<str>>, role: &str) -> u16 {
    let known =
        built_in.iter().copied().chain(own.iter().map(|role| &**role)).position(|known| known == role);
    known.unwrap_or_else(|| {
        own.push(role.into());
        built_in.len() + own.len() - 1
    }) as u16
}

/// The meanings of a folded text in the built-in table.
fn built_in(key: &[u8]) -> &'static [Meaning] {
    let hash = key_hash(key);
    let (word, bit) = filter_bit(hash, FILTER.len());
    if FILTER[word] & bit == 0 {
        return &[];
    }
    let mut slot = slot(hash, SLOTS.len());
    // At most half of the slots are taken, so an empty one ends every search.
    while let Some(number) = SLOTS[slot].checked_sub(1) {
        let entry = &KEYS[number as usize];
        let start = entry.start as usize;
        if &TEXT.as_bytes()[start..start + entry.len as usize] == key {
            let first = entry.first as usize;
            return &MEANINGS[first..first + entry.count as usize];
        }
        slot = (slot + 1) % SLOTS.len();
    }
    &[]
}

/// A lexicon as the pages of one locale read it. A text that means several things means what the page's
/// locale says, else its language, else English, else any language; the most widespread meaning first.
#[derive(Debug, Clone, Copy)]
pub struct Vocabulary<'a> {
    lexicon: &'a Lexicon,
    /// The page's locale, its language, English; all empty when the locale is not known.
    levels: [u64; 3],
    english: u64,
}

/// The kinds of word that a table's cells consist of, in any language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Senses {
    /// [`Vocabulary::marks`] has it.
    pub mark: bool,
    /// [`Vocabulary::method`] may have it.
    pub method: bool,
    /// [`Vocabulary::type_word`] has it.
    pub type_word: bool,
}

/// A text of a type cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypeMatch {
    /// What it stands for.
    pub phrase: TypePhrase,
    /// Whether English pages write it so.
    pub english: bool,
    /// Whether it is a text of the page's own language or English; true when the locale is not known.
    pub native: bool,
}

impl<'a> Vocabulary<'a> {
    /// What kinds of word a text may be, in one look-up.
    pub fn senses(&self, text: &str) -> Senses {
        let (own, built_in) = self.lexicon.meanings(text);
        let mut senses = Senses::default();
        for meaning in own.iter().chain(built_in) {
            senses.mark |= matches!(meaning.role, Role::Mark(_));
            senses.method |= matches!(meaning.role, Role::Method(_));
            senses.type_word |= matches!(meaning.role, Role::Type(_));
        }
        senses
    }

    /// What a header cell says its column holds.
    pub fn header(&self, text: &str) -> impl Iterator<Item = HeaderRole> + use<'a> {
        self.roles(text, |role| if let Role::Header(header) = role { Some(header) } else { None })
            .map(|(role, _)| role)
    }

    /// What section a heading opens.
    pub fn section(&self, text: &str) -> impl Iterator<Item = SectionRole> + use<'a> {
        self.roles(text, |role| if let Role::Section(section) = role { Some(section) } else { None })
            .map(|(role, _)| role)
    }

    /// What of a request or answer a heading or label announces.
    pub fn part(&self, text: &str) -> impl Iterator<Item = Part> + use<'a> {
        self.roles(text, |role| if let Role::Part(part) = role { Some(part) } else { None })
            .map(|(part, _)| part)
    }

    /// All that a whole cell of a Required column may say, with the set of locales where it does, a bit
    /// each; `normalize` settles what they disagree on.
    pub fn marks(&self, text: &str) -> impl Iterator<Item = (Mark, u64)> + use<'a> {
        self.roles(text, |role| if let Role::Mark(mark) = role { Some(mark) } else { None })
    }

    /// What the first words of a description say of the property.
    pub fn lead(&self, text: &str) -> Option<Lead> {
        only(self.roles(text, |role| if let Role::Lead(lead) = role { Some(lead) } else { None }).map(first))
    }

    /// The HTTP method a cell is or was, in upper case; `None` also where it may be several.
    pub fn method(&self, text: &str) -> Option<&'static str> {
        only(
            self.roles(text, |role| if let Role::Method(method) = role { Some(method) } else { None })
                .map(first),
        )
        .map(Method::key)
    }

    /// What a text of a type cell stands for. Whole texts only; phrases are read by `normalize`.
    pub fn type_word(&self, text: &str) -> Option<TypeMatch> {
        let (phrase, locales) = self
            .roles(text, |role| if let Role::Type(phrase) = role { Some(phrase) } else { None })
            .next()?;
        let own = self.levels[1] | self.levels[2];
        Some(TypeMatch {
            phrase,
            english: locales & self.english != 0,
            native: own == 0 || locales & own != 0,
        })
    }

    /// The English words of identifiers that `text` may be in prose: `Warenkorb` -> `cart`.
    pub fn word(&self, text: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let own = self.lexicon.words.as_slice();
        self.roles(text, |role| if let Role::Word(word) = role { Some(word) } else { None })
            .filter_map(move |(word, _)| open(&WORDS, own, word))
    }

    /// What `work_out` makes of a name with this vocabulary, the same each time: worked out once.
    pub(crate) fn of_name(&self, name: &str, work_out: impl FnOnce() -> Vec<String>) -> Arc<[String]> {
        let key = (self.levels, name.into());
        self.lexicon.names.get_or(name.len(), &key, || key.clone(), || work_out().into())
    }

    /// The English enum values that `text` may be: `Annulé` -> `cancelled`.
    pub fn value(&self, text: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let own = self.lexicon.values.as_slice();
        self.roles(text, |role| if let Role::Value(value) = role { Some(value) } else { None })
            .filter_map(move |(value, _)| open(&VALUES, own, value))
    }

    /// The meanings of one class that count for this locale.
    fn roles<T, F>(&self, text: &str, pick: F) -> impl Iterator<Item = (T, u64)> + use<'a, T, F>
    where
        F: Fn(Role) -> Option<T> + Copy,
    {
        let (own, built_in) = self.lexicon.meanings(text);
        let all = own.iter().chain(built_in).filter_map(move |m| Some((pick(m.role)?, m.locales)));
        let known = all.clone().fold(0, |set, (_, locales)| set | locales);
        let counting = self.levels.into_iter().find(|level| level & known != 0).unwrap_or(u64::MAX);
        all.filter(move |(_, locales)| locales & counting != 0)
    }
}

/// The English text of a type role, as the docs usually write it.
pub fn english_type(phrase: TypePhrase) -> Option<&'static str> {
    ENGLISH_TYPES.iter().find(|(known, _)| *known == phrase).map(|(_, text)| *text)
}

fn first<T>((role, _): (T, u64)) -> T {
    role
}

/// The one item of `items`, if all are equal.
fn only<T: PartialEq>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.all(|item| item == first).then_some(first)
}

fn open<'a>(built_in: &[&'a str], own: &'a [Box<str>], number: u16) -> Option<&'a str> {
    let number = number as usize;
    built_in.get(number).copied().or_else(|| own.get(number - built_in.len()).map(|role| &**role))
}

#[cfg(test)]
mod tests;
