//! Literal values that descriptions set apart, and the values a property may take.

use crate::compare::formats;
use crate::document::{Inline, Style, View};
use crate::fold::identifier_key;
use crate::lexicon::Vocabulary;
use crate::normalize::values;
use crate::rules::Context;
use crate::schema::{Enum, Format, Resolved, Schema, Shape, Type, TypeDef};
use crate::text::Span;

/// A value that a cell sets apart by code, quotes or bold type.
pub(super) struct Literal {
    pub text: String,
    pub span: Span,
}

/// No cell names more values than this; each is looked for among all runs of its cell.
const MOST: usize = 256;

/// The literals of a cell, in order. Only single words: a quoted sentence is prose.
pub(super) fn in_cell(context: &Context<'_>, cell: Inline) -> Vec<Literal> {
    let (document, text) = (&context.page.document, context.text());
    let mut found = Vec::new();
    for run in document.inline_runs(cell).iter().take(MOST).filter(|run| View::Page.shows(run.half)) {
        let set_apart = run.style.has(Style::CODE) || run.style.has(Style::STRONG);
        if set_apart && run.link == 0 && run.literal == 0 {
            let span = run.span.trimmed(text);
            found.push(Literal { text: span.of(text).to_owned(), span });
        }
    }
    let shown = document.text(text, cell, View::Page);
    for range in values::quoted(&shown).into_iter().take(MOST) {
        let Some(span) = document.source_span(text, cell, View::Page, &shown, Span::from(range)) else {
            continue;
        };
        let span = span.trimmed(text);
        found.push(Literal { text: span.of(text).to_owned(), span });
    }
    found.sort_by_key(|literal| literal.span);
    found.dedup_by_key(|literal| literal.span);
    found.retain(|literal| {
        !literal.text.is_empty()
            && literal.text.chars().count() <= 48
            && !literal.text.contains(char::is_whitespace)
    });
    found
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

    /// The value that `written` should be; `None` if it is right, or no value at all.
    pub fn right(&self, written: &str, vocabulary: &Vocabulary<'_>) -> Option<String> {
        match self {
            Self::Set(set) => {
                let is = |name: &str| name == written;
                if set
                    .members
                    .iter()
                    .any(|m| is(&m.value) || is(&m.declared) || m.aliases.iter().any(|a| is(a)))
                {
                    return None;
                }
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
