//! What the words of a type cell say together: `List of CartLineItem objects`, `sträng i UTC-format`.

use std::borrow::Cow;

use crate::lexicon::{Outer, TypePhrase, TypeWord, english_type};
use crate::schema::Type;

use super::pieces::{Piece, pieces};
use super::{Cell, Quality, TypeReading, english, is_comma, is_vague, one_of, type_of};

/// More words than this that mean nothing, and the cell is prose.
const MOST_FILLERS: usize = 4;

/// What a cell says about null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Null {
    /// Nothing.
    #[default]
    Unsaid,
    /// The word `null`: beside a type it makes it nullable, alone it is the type.
    Word,
    /// `nullable`.
    Allowed,
}

/// What was found among the pieces of a cell.
#[derive(Debug, Default)]
pub(super) struct Found<'t> {
    /// A list of it.
    pub array: bool,
    /// A dictionary of it.
    pub map: bool,
    /// What it says about null.
    pub null: Null,
    /// Scalar words and `object`, in order, each once.
    pub kinds: Vec<TypeWord>,
    /// The name in it.
    pub name: Option<&'t str>,
    /// Words that mean nothing.
    pub fillers: usize,
    /// Whether all known words are English.
    pub english: bool,
}

impl<'t> Found<'t> {
    pub(super) fn among(pieces: &[Piece<'t>]) -> Self {
        let mut found = Found { english: true, ..Found::default() };
        let mut title = None;
        for (at, piece) in pieces.iter().enumerate() {
            match *piece {
                Piece::Known(known) => {
                    found.english &= known.english;
                    found.array |= known.phrase.outer == Some(Outer::Array);
                    found.map |= known.phrase.outer == Some(Outer::Map);
                    if known.phrase.outer == Some(Outer::Nullable) {
                        found.null = Null::Allowed;
                    }
                    match known.phrase.word {
                        TypeWord::Array => found.array = true,
                        TypeWord::Map => found.map = true,
                        TypeWord::Nullable => found.null = Null::Allowed,
                        TypeWord::Null => found.null = found.null.max(Null::Word),
                        TypeWord::Of => {}
                        kind if found.kinds.contains(&kind) => {}
                        kind => found.kinds.push(kind),
                    }
                }
                Piece::Name(name) => found.name = found.name.or(Some(name)),
                Piece::Other(word) if at > 0 && is_title(word) => title = title.or(Some(word)),
                Piece::Other(word) => found.fillers += usize::from(!word.bytes().all(|b| b.is_ascii_digit())),
            }
        }
        // `array of Device objects`; but `string in Coordinated time`.
        if found.name.is_none() && found.kinds.iter().all(|kind| *kind == TypeWord::Object) {
            found.name = title;
        }
        found
    }

    /// What the scalar words and names say together; `None` if nothing, or if they contradict.
    pub(super) fn element(&self) -> Option<Type> {
        if let Some(name) = self.name {
            return Some(Type::Named(name.to_owned()));
        }
        self.word().map(type_of)
    }

    /// The one word that all scalar words come down to.
    fn word(&self) -> Option<TypeWord> {
        let (first, rest) = self.kinds.split_first()?;
        rest.iter().try_fold(*first, |one, other| together(one, *other))
    }
}

/// A capital and small letters: in mid-sentence a name, in the languages that do not write nouns so.
fn is_title(word: &str) -> bool {
    word.is_ascii()
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.contains(|c: char| c.is_ascii_lowercase())
}

/// Whether mostly words that mean nothing follow a type.
fn is_remark(pieces: &[Piece<'_>]) -> bool {
    let others = pieces.iter().filter(|piece| matches!(piece, Piece::Other(_))).count();
    others * 2 > pieces.len() && !pieces.iter().any(|piece| matches!(piece, Piece::Name(_)))
}

/// What two words of one type mean: `string` and `date`, `date` and `time`, `whole` and `number`.
fn together(a: TypeWord, b: TypeWord) -> Option<TypeWord> {
    use TypeWord::{Date, Datetime, Duration, Enum, Integer, Long, Number, Object, String, Time};
    let is_text = |word| matches!(type_of(word), Type::String(_));
    Some(match (a, b) {
        (String | Object, Enum) | (Enum, String | Object) => Enum,
        (String, other) | (other, String) if is_text(other) => other,
        (Date | Time | Datetime, Date | Time | Datetime) => Datetime,
        (Duration, Date | Time) | (Date | Time, Duration) => Duration,
        (Integer | Number, Long) | (Long, Integer | Number) => Long,
        (Integer, Number) | (Number, Integer) => Integer,
        _ => return None,
    })
}

impl Cell<'_> {
    /// A text without brackets.
    pub(super) fn words(self, text: &str) -> TypeReading {
        let whole = |text: &str| self.vocabulary.type_word(text).filter(|_| !text.contains('['));
        if let Some(found) = whole(text) {
            return self.settle_link(text, self.phrase(found));
        }
        // `string, at most ..`: a type, and what says nothing about it.
        if let Some((before, remark)) = text.split_once(is_comma)
            && let Some(found) = whole(before)
            && is_remark(&pieces(remark, self))
        {
            return self.phrase(found);
        }
        let pieces = pieces(text, self);
        let found = Found::among(&pieces);
        let words = pieces.iter().filter(|piece| !matches!(piece, Piece::Known(_))).count();
        let nothing_known = words == pieces.len();
        if found.fillers > MOST_FILLERS || nothing_known {
            return self.only_names(text, &pieces);
        }
        let mut element = found.element();
        if element.is_none() && found.kinds.len() > 1 && !found.array && !found.map {
            element = alternatives(text, &pieces);
        }
        let (ty, nullable) = match (found.map, found.array, element) {
            (true, _, element) => (Some(Type::Map(Box::new(element.unwrap_or(Type::Any)))), true),
            (_, true, element) => (Some(Type::Array(Box::new(element.unwrap_or(Type::Any)))), true),
            (_, _, None) if found.null == Null::Word => (Some(Type::Null), false),
            (_, _, element) => (element, true),
        };
        let nullable = nullable && found.null != Null::Unsaid;
        let Some(ty) = ty else { return self.not_understood(self.english_word(text)) };
        let named = found.name.map(str::to_owned);
        // `Numer jednostki magazynowej` is no number: a lone keyword among words that mean nothing.
        let scalar = !found.array && !found.map && found.name.is_none() && found.kinds.len() == 1;
        if scalar && found.fillers > 0 && (found.fillers > 1 || self.fragment.is_some()) {
            let ty = if self.fragment.is_some() { None } else { Some(ty) };
            return self.linked(TypeReading {
                ty,
                nullable,
                named,
                quality: Quality::Unknown,
                canonical: None,
            });
        }
        let exact = found.english && text.is_ascii();
        let quality = match (is_vague(&ty), exact) {
            (true, _) => Quality::Vague,
            (false, true) => Quality::Exact,
            (false, false) => Quality::Translated,
        };
        // A name with a single capital may be a translated noun, and unknown words of an element were one.
        let certain = found.name.is_none_or(|name| name[1..].contains(|c: char| c.is_ascii_uppercase()))
            && !(is_vague(&ty) && found.fillers > 0);
        let canonical = (!exact && certain).then(|| canonical(&ty, nullable, &found));
        self.linked(TypeReading { ty: Some(ty), nullable, named, quality, canonical })
    }

    /// No word of it is a type: a name, or nothing that is understood.
    fn only_names(self, text: &str, pieces: &[Piece<'_>]) -> TypeReading {
        let name = match *pieces {
            [Piece::Name(name)] => Some(name),
            [Piece::Other(word)] if is_title(word) => Some(word),
            _ => None,
        };
        let Some(name) = name else {
            let unknown = self.not_understood(self.english_word(text));
            return self.linked(unknown);
        };
        let named =
            self.fragment.map_or_else(|| self.english_word(text), |fragment| Some(fragment.to_owned()));
        TypeReading {
            ty: Some(Type::Named(name.to_owned())),
            nullable: false,
            named: named.or_else(|| Some(name.to_owned())),
            quality: Quality::Exact,
            canonical: None,
        }
    }

    /// Some words for a URI (`Link`, `Länk`) are also what resources are called; without a target the cell
    /// does not say which is meant.
    fn settle_link(self, text: &str, mut reading: TypeReading) -> TypeReading {
        if reading.ty == Some(type_of(TypeWord::Uri))
            && let Some(word) = self.english_word(text)
        {
            reading.named = Some(word);
            reading.quality = Quality::Vague;
            reading.canonical = None;
        }
        reading
    }

    /// The English word for a text that is a single word of identifiers.
    fn english_word(self, text: &str) -> Option<String> {
        self.vocabulary.word(text).next().map(str::to_owned)
    }
}

/// How English pages write what was found.
fn canonical(ty: &Type, nullable: bool, found: &Found<'_>) -> Cow<'static, str> {
    let phrase = |outer, word| english_type(TypePhrase { outer, word });
    let alone = !found.array && !found.map && found.name.is_none();
    let word = found.word().filter(|_| alone);
    if nullable {
        if let Some(text) = word.and_then(|word| phrase(Some(Outer::Nullable), word)) {
            return Cow::Borrowed(text);
        }
        let nullable = phrase(None, TypeWord::Nullable).unwrap_or_default();
        let rest = word.and_then(|word| phrase(None, word)).map_or_else(|| english(ty), Cow::Borrowed);
        return format!("{nullable} {rest}").into();
    }
    word.and_then(|word| phrase(None, word)).map_or_else(|| english(ty), Cow::Borrowed)
}

/// `int or string`, `int/string`: two types with one short word or a separator between them.
fn alternatives(text: &str, pieces: &[Piece<'_>]) -> Option<Type> {
    let ty = |piece: &Piece<'_>| match piece {
        Piece::Known(known) if known.phrase.outer.is_none() => Some(type_of(known.phrase.word)),
        _ => None,
    };
    match pieces {
        [a, Piece::Other(between), b] if between.chars().count() <= 5 => Some(one_of(ty(a)?, ty(b)?)),
        [a, b] if text.contains(|c| c == '/' || is_comma(c)) => Some(one_of(ty(a)?, ty(b)?)),
        _ => None,
    }
}
