//! Type cells of any language as canonical types: `Dictionary<string, string>`, `tableau de chaînes`,
//! `CartLineItem物件的清單`, `boolean?`.
//!
//! A cell is read from the outside in: what follows the type is cut off, brackets are matched, and the
//! words between them are looked up as whole phrases, as inflected words and as compounds. Brackets that
//! do not match were destroyed by a translator; what the cell was is guessed from the words left over.
//! Absent here: pages, judgement; of schemas only what [`holds`] needs.

use std::borrow::Cow;

use crate::lexicon::{Outer, TypeMatch, TypeWord, Vocabulary, english_type};
use crate::schema::{Format, Type};

mod brackets;
mod compatible;
mod english;
mod pieces;
mod words;

pub use compatible::{Holds, holds};
pub use english::{english, english_in, english_with};

/// Longest type in bytes; longer cells are prose. It bounds the work on every cell.
const MAX_TYPE: usize = 256;

/// What a type cell says.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeReading {
    /// The type; for [`Quality::Garbled`] and [`Quality::Unknown`] a best guess. `None` if not understood.
    pub ty: Option<Type>,
    /// Whether it says that `null` is allowed.
    pub nullable: bool,
    /// A name that a schema may know, to be tried whatever its case where `ty` does not settle it:
    /// `cartlineitem` of a link to `#cartlineitem`, else a name in the text, else the English word for a
    /// translated one (`address` for `Adresse`).
    pub named: Option<String>,
    /// How well the cell says it.
    pub quality: Quality,
    /// How English pages write it, if the cell does not and that is certain: the fix. Names in it are as
    /// the cell writes them; whether they are right is for the schema to say.
    pub canonical: Option<Cow<'static, str>>,
}

/// How well a cell says its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quality {
    /// In the words of the English docs, or by a name.
    Exact,
    /// Type keywords were translated and still mean the same.
    Translated,
    /// Too little, in whatever language: `Object`, `Array of objects`, `Link` without a target.
    Vague,
    /// Brackets and commas were moved or lost: `Ciąg<, ciąg>`.
    Garbled,
    /// Not, or only in part, understood.
    Unknown,
}

/// Reads the visible text of a type cell and the target of the link in it, if there is one.
pub fn read(text: &str, link_target: Option<&str>, vocabulary: &Vocabulary<'_>) -> TypeReading {
    let fragment = link_target.and_then(|target| target.split_once('#')).map(|(_, fragment)| fragment);
    let fragment = fragment.filter(|fragment| !fragment.is_empty() && fragment.len() <= MAX_TYPE);
    let cell = Cell { fragment, vocabulary };
    let head = without_enum(without_remarks(text));
    let head = &*head;
    if head.is_empty() || head.len() > MAX_TYPE {
        cell.not_understood(None)
    } else if head.contains(['|', '｜']) {
        cell.union(head)
    } else {
        cell.noted(head)
    }
}

/// `string` of `enum<string>`: one of some values is a value of their type.
fn without_enum(text: &str) -> Cow<'_, str> {
    const OUTER: &str = "enum<";
    let Some(at) = text.find(OUTER) else { return Cow::Borrowed(text) };
    let inner = &text[at + OUTER.len()..];
    let Some((inner, rest)) = inner.split_once('>') else { return Cow::Borrowed(text) };
    Cow::Owned([&text[..at], inner, rest].concat())
}

/// What surrounds the words of a cell.
#[derive(Clone, Copy)]
struct Cell<'a> {
    /// The anchor that the cell links to.
    fragment: Option<&'a str>,
    vocabulary: &'a Vocabulary<'a>,
}

impl Cell<'_> {
    fn not_understood(self, named: Option<String>) -> TypeReading {
        let named = self.fragment.map(str::to_owned).or(named);
        TypeReading { ty: None, nullable: false, named, quality: Quality::Unknown, canonical: None }
    }

    /// `string | null`: each alternative by itself.
    fn union(self, text: &str) -> TypeReading {
        let mut whole: Option<TypeReading> = None;
        let mut nullable = false;
        for part in text.split(['|', '｜']) {
            let reading = self.noted(part.trim_matches(is_edge));
            if reading.ty == Some(Type::Null) {
                nullable = true;
                continue;
            }
            whole = Some(match whole {
                None => reading,
                Some(before) => TypeReading {
                    ty: before.ty.zip(reading.ty).map(|(a, b)| one_of(a, b)),
                    nullable: before.nullable || reading.nullable,
                    named: before.named.or(reading.named),
                    quality: before.quality.max(reading.quality),
                    canonical: None,
                },
            });
        }
        let mut whole = whole.unwrap_or_else(|| self.not_understood(None));
        whole.nullable |= nullable;
        whole
    }

    /// A type, perhaps with a note in parentheses that makes it narrower: `string (guid)`, `array
    /// (string)`; other notes (`string (50)`, a gloss) are left out.
    fn noted(self, text: &str) -> TypeReading {
        let Some((before, rest)) = text.split_once(['(', '（']) else { return self.bare(text) };
        if let Some(found) = self.vocabulary.type_word(text) {
            return self.phrase(found);
        }
        let (note, after) = rest.split_once([')', '）']).unwrap_or((rest, ""));
        let before = before.trim_matches(is_edge);
        if before.is_empty() {
            return self.bare(if after.trim_matches(is_edge).is_empty() { note } else { after });
        }
        let mut reading = self.bare(before);
        let note = self.bare(note);
        match (&reading.ty, note.ty) {
            (None, ty @ Some(_)) if note.quality <= Quality::Vague => {
                reading.ty = ty;
                reading.quality = note.quality;
            }
            (Some(Type::String(Format::Plain)), ty @ Some(Type::String(_))) => reading.ty = ty,
            (Some(Type::Array(element)), Some(ty)) if **element == Type::Any => {
                reading.ty = Some(Type::Array(Box::new(ty)));
            }
            _ => {}
        }
        reading
    }

    /// A type without notes: suffixes, brackets, words.
    fn bare(self, text: &str) -> TypeReading {
        let mut text = text.trim_matches(is_edge);
        let (mut arrays, mut nullable) = (0, false);
        if let Some(before) = self.before_null(text) {
            (text, nullable) = (before, true);
        } else if let Some(both) = self.either(text) {
            return both;
        }
        loop {
            let before = text;
            if let Some(inner) = text.strip_suffix(['?', '？']).or_else(|| text.strip_prefix(['?', '？'])) {
                (text, nullable) = (inner, true);
            } else if let Some(inner) = text.strip_suffix("[]").or_else(|| text.strip_prefix("[]")) {
                (text, arrays) = (inner, arrays + 1);
            } else if let Some(inner) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
                text = inner;
            }
            text = text.trim_matches(is_edge);
            if text == before {
                break;
            }
        }
        let mut reading = match text {
            "" => return self.not_understood(None),
            _ if text.contains(is_angle) => brackets::read(text, self),
            _ => self.words(text),
        };
        if arrays > 0
            && let Some(mut ty) = reading.ty.take()
        {
            // Deeper lists than anyone documents would only cost stack.
            for _ in 0..arrays.min(4) {
                ty = Type::Array(Box::new(ty));
            }
            reading.canonical = reading.canonical.map(|text| format!("{text}{}", "[]".repeat(arrays)).into());
            reading.ty = Some(ty);
        }
        reading.nullable |= nullable;
        reading
    }

    /// What stands before `or null` where brackets would hide that: `object[] or null`.
    fn before_null(self, text: &str) -> Option<&str> {
        const JOINER: usize = 5;
        if !text.contains(['[', '<']) {
            return None;
        }
        let (before, last) = text.rsplit_once(' ')?;
        let null = self.vocabulary.type_word(last)?;
        let (ty, joiner) = before.trim_end().rsplit_once(' ')?;
        let joins = joiner.chars().count() <= JOINER && self.vocabulary.type_word(joiner).is_none();
        (null.phrase.word == TypeWord::Null && null.phrase.outer.is_none() && joins).then(|| ty.trim_end())
    }

    /// `string or string[]`: two types, of which one is a list in brackets, around a short word.
    fn either(self, text: &str) -> Option<TypeReading> {
        const LONGEST: usize = 5;
        if !text.contains("[]") {
            return None;
        }
        let mut words = text.split_whitespace();
        let (Some(left), Some(between), Some(right), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return None;
        };
        let joins = between.chars().all(char::is_alphabetic) && between.chars().count() <= LONGEST;
        if !joins || self.vocabulary.type_word(between).is_some() {
            return None;
        }
        let (left, right) = (self.bare(left), self.bare(right));
        let nullable = left.nullable || right.nullable;
        let ty = one_of(left.ty?, right.ty?);
        let named = left.named.or(right.named);
        let quality = left.quality.max(right.quality);
        Some(TypeReading { ty: Some(ty), nullable, named, quality, canonical: None })
    }

    /// A whole text of the lexicon.
    fn phrase(self, found: TypeMatch) -> TypeReading {
        // What joins two words of a type is none.
        if found.phrase.word == TypeWord::Of {
            return self.not_understood(None);
        }
        let word = type_of(found.phrase.word);
        let (ty, nullable) = match found.phrase.outer {
            None => (word, false),
            Some(Outer::Array) => (Type::Array(Box::new(word)), false),
            Some(Outer::Map) => (Type::Map(Box::new(word)), false),
            Some(Outer::Nullable) => (word, true),
        };
        let canonical = if found.english { None } else { english_type(found.phrase).map(Cow::Borrowed) };
        let quality = match (is_vague(&ty), found.english) {
            (true, _) => Quality::Vague,
            (false, true) => Quality::Exact,
            (false, false) => Quality::Translated,
        };
        self.linked(TypeReading { ty: Some(ty), nullable, named: None, quality, canonical })
    }

    /// Lets the link name what the words leave open.
    fn linked(self, mut reading: TypeReading) -> TypeReading {
        let Some(fragment) = self.fragment else { return reading };
        let open = |ty: &Type| matches!(ty, Type::Any | Type::Object(_) | Type::String(Format::Uri));
        let name = Type::Named(fragment.to_owned());
        let named = match &mut reading.ty {
            Some(Type::Array(element)) if open(element) => {
                **element = name;
                true
            }
            Some(ty) if !open(ty) => false,
            ty => {
                *ty = Some(name);
                true
            }
        };
        if named {
            // What words the cell has are about the name, and how English pages write that is not known.
            let translated = reading.canonical.take().is_some() || reading.quality == Quality::Unknown;
            reading.quality = match reading.quality {
                Quality::Garbled => Quality::Garbled,
                _ if translated => Quality::Translated,
                _ => Quality::Exact,
            };
        }
        reading.named = Some(fragment.to_owned());
        reading
    }
}

/// Cuts off what follows a type: `Ciąg; Unikatowy`, `List of Order objects.`, `string. At most ..`.
fn without_remarks(text: &str) -> &str {
    let text = text.trim_matches(is_edge);
    let mut chars = text.char_indices().take(MAX_TYPE + 1).peekable();
    while let Some((at, c)) = chars.next() {
        let stop = match c {
            ';' | '；' | '。' | '\n' => true,
            '.' => chars.peek().is_some_and(|(_, next)| next.is_whitespace()),
            _ => false,
        };
        if stop {
            return text[..at].trim_matches(is_edge);
        }
    }
    text
}

/// What may stand around a type without being part of it.
fn is_edge(c: char) -> bool {
    crate::text::is_blank(c) || matches!(c, '*' | '`' | '_' | '.' | ':' | '：' | '"' | '\\' | '。')
}

fn is_angle(c: char) -> bool {
    matches!(c, '<' | '>' | '＜' | '＞' | '〈' | '〉' | '《' | '》')
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | '،')
}

/// Whether a type leaves open what a model would name.
fn is_vague(ty: &Type) -> bool {
    match ty {
        Type::Any | Type::Object(_) => true,
        Type::Array(inner) | Type::Map(inner) => is_vague(inner),
        _ => false,
    }
}

fn one_of(a: Type, b: Type) -> Type {
    match (a, b) {
        (a, b) if a == b => a,
        (Type::OneOf(mut all), b) => {
            all.push(b);
            Type::OneOf(all)
        }
        (a, b) => Type::OneOf(vec![a, b]),
    }
}

/// The canonical type of one word.
fn type_of(word: TypeWord) -> Type {
    match word {
        TypeWord::String | TypeWord::Enum => Type::String(Format::Plain),
        TypeWord::Integer | TypeWord::Long => Type::Integer,
        TypeWord::Number => Type::Number,
        TypeWord::Boolean => Type::Boolean,
        TypeWord::Date => Type::String(Format::Date),
        TypeWord::Datetime => Type::String(Format::DateTime),
        TypeWord::Time => Type::String(Format::Time),
        TypeWord::Duration => Type::String(Format::Duration),
        TypeWord::Guid => Type::String(Format::Uuid),
        TypeWord::Uri => Type::String(Format::Uri),
        TypeWord::Binary => Type::String(Format::Binary),
        TypeWord::Object => Type::Object(Box::default()),
        TypeWord::Array => Type::Array(Box::new(Type::Any)),
        TypeWord::Map => Type::Map(Box::new(Type::Any)),
        TypeWord::Null => Type::Null,
        TypeWord::Any | TypeWord::Nullable | TypeWord::Of => Type::Any,
    }
}

#[cfg(test)]
mod tests;
