//! Types with angle brackets: `IEnumerable<string>`, and what translators made of them.

use crate::lexicon::{TypePhrase, TypeWord, english_type};
use crate::schema::{Format, Type};

use super::pieces::{Piece, flat_pieces, pieces};
use super::words::{Found, Null};
use super::{Cell, Quality, TypeReading, english, is_angle, is_comma, is_vague, type_of};

/// Deepest nesting that is read.
const DEEPEST: usize = 8;

/// Reads a text with at least one angle bracket.
pub(super) fn read(text: &str, cell: Cell<'_>) -> TypeReading {
    if let Some(before) = before_bound(text) {
        return cell.bare(before);
    }
    // `<string>`: what stands for a value of that type.
    let whole = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    if let Some(inner) = whole.filter(|inner| !inner.contains(is_angle) && !inner.contains(is_comma)) {
        let reading = cell.bare(inner);
        if reading.ty.is_some() && reading.quality != Quality::Unknown {
            return reading;
        }
    }
    generic(text, cell, 0).unwrap_or_else(|| guess(text, cell))
}

/// What stands before a bound: `integer` of `integer >= 1`.
fn before_bound(text: &str) -> Option<&str> {
    let at = text.find(is_angle)?;
    let rest = text[at..].trim_start_matches(is_angle);
    let bound = rest.trim_start_matches(['=', ' ', '-', '$']);
    let is_bound = !rest.contains(is_angle) && bound.starts_with(|c: char| c.is_ascii_digit());
    let before = text[..at].trim_end();
    (is_bound && !before.is_empty()).then_some(before)
}

/// `string<date-time>`, `integer<int64>`, `object<Cart>`: a kind and what it is more closely.
fn narrowed(outer: TypeWord, argument: &str, one: &TypeReading) -> Option<Type> {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '+');
    if !argument.chars().all(is_word) {
        return None;
    }
    match (type_of(outer), &one.ty) {
        (Type::Object(_), Some(named @ Type::Named(_))) => Some(named.clone()),
        (Type::String(_), Some(own @ Type::String(format))) if *format != Format::Plain => Some(own.clone()),
        // The same kind twice is what a translation leaves of a map.
        (ty @ (Type::String(_) | Type::Integer | Type::Number | Type::Boolean), other) => {
            let same = other.as_ref() == Some(&ty) && matches!(ty, Type::String(_));
            let again = same && !argument.eq_ignore_ascii_case("enum");
            (!again && !matches!(other, Some(Type::Array(_) | Type::Map(_) | Type::Object(_)))).then_some(ty)
        }
        _ => None,
    }
}

/// A sound `Outer<Argument, ..>`, or `None`.
fn generic(text: &str, cell: Cell<'_>, depth: usize) -> Option<TypeReading> {
    let (outer, rest) = text.split_once(is_opening)?;
    let inner = rest.trim_end().strip_suffix(|c| is_angle(c) && !is_opening(c))?;
    let outer = outer.trim();
    if outer.is_empty() || outer.contains(is_angle) || depth > DEEPEST {
        return None;
    }
    let mut arguments = Vec::new();
    for argument in arguments_of(inner)? {
        let argument = argument.trim();
        // The link names the element, not the whole.
        arguments.push((
            argument,
            match argument {
                "" => return None,
                _ if argument.contains(is_angle) => generic(argument, cell, depth + 1)?,
                _ => cell.bare(argument),
            },
        ));
    }
    let pieces = pieces(outer, cell);
    let found = Found::among(&pieces);
    let value = arguments.last().map_or(Type::Any, |(_, last)| last.ty.clone().unwrap_or(Type::Any));
    let nullable = found.null != Null::Unsaid;
    let only = arguments.len() == 1;
    let (ty, understood) = match (found.map, found.array, nullable) {
        // `Ciąg<słownika, ciąg>`: a string has no arguments, but maybe a format.
        (false, false, false) if only && found.kinds.len() == 1 && pieces.len() == 1 => {
            let ty = narrowed(found.kinds[0], arguments[0].0, &arguments[0].1)?;
            let quality = if found.english { Quality::Exact } else { Quality::Translated };
            return Some(TypeReading { ty: Some(ty), nullable, named: None, quality, canonical: None });
        }
        _ if !found.kinds.is_empty() => return None,
        (true, _, _) if arguments.len() <= 2 => (Type::Map(Box::new(value)), true),
        (_, true, _) if only => (Type::Array(Box::new(value)), true),
        // `List of KeyValuePair<Role, string>`: the arguments are the element's.
        (_, true, _) if found.name.is_some() && found.fillers == 0 => {
            (Type::Array(Box::new(found.element()?)), true)
        }
        (_, _, true) if only => (value, true),
        (false, false, false) => match pieces[..] {
            [Piece::Name(name)] => (Type::Named(name.to_owned()), true),
            // `Artefakt<IEnumerable>`: inside out.
            _ if matches!(value, Type::Array(_)) && !inner.contains(is_angle) => return None,
            _ if only => (Type::Array(Box::new(value)), false),
            _ => (Type::Map(Box::new(value)), false),
        },
        _ => return None,
    };
    let english =
        found.english && outer.is_ascii() && arguments.iter().all(|(_, one)| one.canonical.is_none());
    let known = arguments.iter().all(|(_, one)| one.ty.is_some());
    let quality = match (understood, is_vague(&ty), english && known) {
        (false, ..) => Quality::Unknown,
        (_, true, _) => Quality::Vague,
        (.., true) => Quality::Exact,
        (.., false) => Quality::Translated,
    };
    let named = arguments.iter().find_map(|(_, one)| one.named.clone());
    let canonical = (!english && known && understood).then(|| {
        let word =
            [(found.map, TypeWord::Map), (found.array, TypeWord::Array), (nullable, TypeWord::Nullable)];
        let word = word.into_iter().find(|(is, _)| *is).map(|(_, word)| TypePhrase { outer: None, word });
        let outer = match word.and_then(english_type).filter(|_| !found.english) {
            Some(word) => capitalized(word),
            None => outer.to_owned(),
        };
        let list: Vec<&str> =
            arguments.iter().map(|(text, one)| one.canonical.as_deref().unwrap_or(text)).collect();
        format!("{outer}<{}>", list.join(", ")).into()
    });
    Some(TypeReading { ty: Some(ty), nullable, named, quality, canonical })
}

/// Splits at the commas outside inner brackets; `None` if the brackets do not match.
fn arguments_of(inner: &str) -> Option<Vec<&str>> {
    let (mut depth, mut start) = (0_usize, 0);
    let mut arguments = Vec::new();
    for (at, c) in inner.char_indices() {
        if is_opening(c) {
            depth += 1;
        } else if is_angle(c) {
            depth = depth.checked_sub(1)?;
        } else if is_comma(c) && depth == 0 {
            arguments.push(&inner[start..at]);
            start = at + c.len_utf8();
        }
    }
    arguments.push(&inner[start..]);
    (depth == 0).then_some(arguments)
}

/// The brackets are damaged; what the words and the comma inside leave no doubt about.
fn guess(text: &str, cell: Cell<'_>) -> TypeReading {
    let pieces = flat_pieces(text, cell);
    let found = Found::among(&pieces);
    let inside = text.split_once(is_opening).map_or("", |(_, inside)| inside);
    let comma_inside = inside.rfind(is_angle).is_some_and(|end| inside[..end].contains(is_comma));
    let ty = if found.map || comma_inside {
        // The keys are strings, so another kind beside `string` is the values'.
        let values: Vec<TypeWord> = match found.kinds[..] {
            [_] => found.kinds.clone(),
            _ => found.kinds.iter().copied().filter(|kind| *kind != TypeWord::String).collect(),
        };
        let value = match (values[..].first(), found.name) {
            (_, Some(name)) => Type::Named(name.to_owned()),
            (Some(word), None) if values.len() == 1 => type_of(*word),
            _ => Type::Any,
        };
        Some(Type::Map(Box::new(value)))
    } else if found.array {
        Some(Type::Array(Box::new(found.element().unwrap_or(Type::Any))))
    } else {
        found.element()
    };
    let sure = ty.as_ref().is_some_and(|ty| !contains_any(ty)) && cell.fragment.is_none();
    let canonical = ty.as_ref().filter(|_| sure).map(english);
    let named = found.name.map(str::to_owned);
    let reading = TypeReading {
        ty,
        nullable: found.null == Null::Allowed,
        named,
        quality: Quality::Garbled,
        canonical,
    };
    cell.linked(reading)
}

fn contains_any(ty: &Type) -> bool {
    match ty {
        Type::Any => true,
        Type::Array(inner) | Type::Map(inner) => contains_any(inner),
        _ => false,
    }
}

fn is_opening(c: char) -> bool {
    matches!(c, '<' | '＜' | '〈' | '《')
}

pub(super) fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
