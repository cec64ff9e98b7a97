//! Literal values that descriptions set apart, and the values a property may take.

use crate::compare::{formats, literals};
use crate::document::{Inline, View};
use crate::fold::identifier_key;
use crate::lexicon::Vocabulary;
use crate::rules::{Context, rows};
use crate::schema::{Enum, Format, Resolved, Schema, Shape, Type, TypeDef};
use crate::text::Span;

/// A value that a cell sets apart by code, quotes or bold type.
pub(super) struct Literal {
    pub text: String,
    pub span: Span,
}

/// Longest value in characters; longer texts are prose.
const LONGEST: usize = 48;

/// The literals of a cell, in order. Only single words: a quoted sentence is prose.
pub(super) fn in_cell(context: &Context<'_>, cell: Inline) -> Vec<Literal> {
    let shown = context.page.document.text(context.text(), cell, View::Page);
    let found = literals::in_cell(context.page, cell, View::Page, &shown).into_iter();
    let single = found.filter(|literal| {
        !literal.linked
            && literal.text.chars().count() <= LONGEST
            && !literal.text.contains(char::is_whitespace)
    });
    single
        .filter_map(|literal| Some(Literal { span: literal.span?, text: literal.text.into_owned() }))
        .collect()
}

/// How many literals of a page's descriptions are values of the model, or should be.
pub(crate) fn values_of_model(context: &Context<'_>) -> usize {
    let Some(schema) = context.schema else { return 0 };
    let described = rows::documented(context).filter_map(|documented| {
        Some((Values::of(&documented.property.ty, schema)?, documented.row.description?))
    });
    let count = |(allowed, cell): (Values<'_>, Inline)| {
        let is_value = |literal: &Literal| {
            allowed.has(&literal.text) || allowed.right(&literal.text, &context.vocabulary).is_some()
        };
        in_cell(context, cell).iter().filter(|literal| is_value(literal)).count()
    };
    described.map(count).sum()
}

/// The values a property may take.
pub(super) enum Values<'a> {
    /// One of a closed set.
    Set(&'a Enum),
    /// ISO 8601 durations.
    Durations,
}

impl<'a> Values<'a> {
    /// The values of a type, if they are telling.
    pub fn of(ty: &'a Type, schema: &'a Schema) -> Option<Self> {
        match schema.resolve(ty) {
            Resolved::Def(TypeDef { shape: Shape::Enum(set), .. }) => Some(Self::Set(set)),
            Resolved::Type(Type::String(Format::Duration)) => Some(Self::Durations),
            _ => None,
        }
    }

    /// Whether `written` is one of them.
    fn has(&self, written: &str) -> bool {
        let is = |name: &str| name == written;
        match self {
            Self::Set(set) => set
                .members
                .iter()
                .any(|m| is(&m.value) || is(&m.declared) || m.aliases.iter().any(|alias| is(alias))),
            Self::Durations => formats::is_duration(written),
        }
    }

    /// The value that `written` should be; `None` if it is right, or no value at all.
    pub fn right(&self, written: &str, vocabulary: &Vocabulary<'_>) -> Option<String> {
        if self.has(written) {
            return None;
        }
        match self {
            Self::Set(set) => {
                let key = identifier_key(written);
                let same = |name: &str| identifier_key(name) == key;
                let meant = |name: &str| {
                    vocabulary.value(written).any(|english| identifier_key(english) == identifier_key(name))
                };
                let recased = set.members.iter().find(|m| same(&m.value) || same(&m.declared));
                let right =
                    recased.or_else(|| set.members.iter().find(|m| meant(&m.value) || meant(&m.declared)))?;
                Some(right.value.clone())
            }
            Self::Durations => {
                let right = written.to_ascii_uppercase();
                (right != written && formats::is_duration(&right)).then_some(right)
            }
        }
    }
}
