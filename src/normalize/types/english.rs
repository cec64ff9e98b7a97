//! Prints canonical types in the usual words of English pages; the words come from the lexicon.

use std::borrow::Cow;

use super::brackets::capitalized;
use crate::lexicon::{Outer, TypePhrase, TypeWord, english_type};
use crate::schema::{Format, Resolved, Schema, Type};

/// Names within names that are spelled out.
const DEEPEST: u8 = 4;

/// A canonical type as English pages write it: `string`, `array of strings`, `array of CartLineItem`,
/// `Dictionary<string, string>`.
pub fn english(ty: &Type) -> Cow<'static, str> {
    english_with(ty, &str::to_owned)
}

/// [`english`], with named types as `named` writes them: `array of [CartLineItem](#cartlineitem)`.
pub fn english_with(ty: &Type, named: &dyn Fn(&str) -> String) -> Cow<'static, str> {
    let english = |ty: &Type| english_with(ty, named);
    if let Some(text) = word_of(ty).and_then(|word| english_type(TypePhrase { outer: None, word })) {
        return Cow::Borrowed(text);
    }
    let plain = |word| english_type(TypePhrase { outer: None, word }).unwrap_or_default();
    match ty {
        Type::Named(name) => Cow::Owned(named(name)),
        Type::Array(element) if **element == Type::Any => Cow::Borrowed(plain(TypeWord::Array)),
        Type::Array(element) => {
            let phrase = word_of(element).map(|word| TypePhrase { outer: Some(Outer::Array), word });
            phrase.and_then(english_type).map_or_else(
                || format!("{} {} {}", plain(TypeWord::Array), plain(TypeWord::Of), english(element)).into(),
                Cow::Borrowed,
            )
        }
        Type::Map(value) if **value == Type::Any => Cow::Borrowed(plain(TypeWord::Map)),
        Type::Map(value) => {
            let (map, key) = (capitalized(plain(TypeWord::Map)), plain(TypeWord::String));
            format!("{map}<{key}, {}>", english(value)).into()
        }
        Type::OneOf(all) => all.iter().map(english).collect::<Vec<_>>().join(" | ").into(),
        _ => Cow::Borrowed(plain(TypeWord::Array)),
    }
}

/// [`english`] for pages: a name that a schema gives to a plain type or a list means nothing to readers, so
/// what it stands for is printed.
pub fn english_in(schema: Option<&Schema>, ty: &Type) -> Cow<'static, str> {
    match schema {
        Some(schema) if ty.name().is_some() => english(&spelled(schema, ty, 0)),
        _ => english(ty),
    }
}

/// The type without names of plain types and lists.
fn spelled(schema: &Schema, ty: &Type, depth: u8) -> Type {
    let inner = |inner: &Type| Box::new(spelled(schema, inner, depth + 1));
    match ty {
        _ if depth > DEEPEST => ty.clone(),
        Type::Array(element) => Type::Array(inner(element)),
        Type::Map(value) => Type::Map(inner(value)),
        Type::Named(_) => match schema.resolve(ty) {
            Resolved::Type(Type::OneOf(_) | Type::Object(_) | Type::Named(_)) | Resolved::Def(_) => {
                ty.clone()
            }
            Resolved::Type(plain) => spelled(schema, plain, depth + 1),
        },
        _ => ty.clone(),
    }
}

/// The word for a type that one word says; `None` for names, containers and unions.
fn word_of(ty: &Type) -> Option<TypeWord> {
    Some(match ty {
        Type::Any => TypeWord::Any,
        Type::Null => TypeWord::Null,
        Type::Boolean => TypeWord::Boolean,
        Type::Integer => TypeWord::Integer,
        Type::Number => TypeWord::Number,
        Type::String(format) => match format {
            Format::Plain | Format::Currency | Format::Email => TypeWord::String,
            Format::DateTime => TypeWord::Datetime,
            Format::Date => TypeWord::Date,
            Format::Time => TypeWord::Time,
            Format::Duration => TypeWord::Duration,
            Format::Uuid => TypeWord::Guid,
            Format::Uri => TypeWord::Uri,
            Format::Binary => TypeWord::Binary,
        },
        Type::Constant(_) => TypeWord::String,
        Type::Object(_) => TypeWord::Object,
        Type::Array(_) | Type::Map(_) | Type::Tuple(_) | Type::Named(_) | Type::OneOf(_) => return None,
    })
}
