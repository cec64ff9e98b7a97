//! Literal values that descriptions set apart, and the values a property may take.

use std::borrow::Cow;

use crate::compare::{formats, literals};
use crate::document::{Inline, View};
use crate::fold::{identifier_key, singular};
use crate::lexicon::{HeaderRole, Vocabulary};
use crate::rules::{Context, rows};
use crate::schema::{Enum, Format, Resolved, Schema, Type};
use crate::text::Span;

/// A value that a cell sets apart by code, quotes or bold type.
pub(super) struct Literal {
    pub text: String,
    pub span: Span,
    /// How it is set apart.
    pub mark: literals::Mark,
    /// Whether it stands in a list of its like.
    pub listed: bool,
}

/// Longest value in characters; longer texts are prose.
const LONGEST: usize = 48;

/// The literals of a cell, in order. Only single words: a quoted sentence is prose.
pub(super) fn in_cell(context: &Context<'_>, cell: Inline) -> Vec<Literal> {
    let shown = context.page.document.text(context.text(), cell, View::Page);
    let found = literals::in_cell(context.page, cell, View::Page, &shown);
    let Some(all) = literals::SetApart::new(shown, found) else { return Vec::new() };
    let single = all.literals.iter().zip(all.listed()).filter(|(literal, _)| {
        !literal.linked
            && literal.text.chars().count() <= LONGEST
            && !literal.text.contains(char::is_whitespace)
    });
    single
        .filter_map(|(literal, listed)| {
            let span = literal.span?;
            let listed = *listed || leads(context.text(), span);
            Some(Literal { span, text: literal.text.clone().into_owned(), mark: literal.mark, listed })
        })
        .collect()
}

/// Whether a value is the first of an item or line, as in a list.
fn leads(text: &str, span: Span) -> bool {
    const MOST: usize = 48;
    const MARKS: [char; 8] = ['`', '*', '"', '“', '„', '«', '\'', '‘'];
    const TAGS: [&str; 5] = ["<code>", "<b>", "<strong>", "<tt>", "<em>"];

    let before = text.get(..span.start as usize).unwrap_or_default();
    let from = before.char_indices().rev().take(MOST).last().map_or(0, |(at, _)| at);
    let mut before = before.get(from..).unwrap_or_default();
    loop {
        let rest = before.trim_end_matches(MARKS).trim_end_matches(' ');
        let rest = TAGS.iter().find_map(|tag| rest.strip_suffix(tag)).unwrap_or(rest);
        if rest.len() == before.len() {
            break;
        }
        before = rest;
    }
    let tag = before.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')).map_or("", |(_, tag)| tag);
    matches!(tag.trim_end_matches(['/', ' ']), "li" | "br" | "p") || before.ends_with('•')
}

/// The value of a cell that a word right before it calls the default, the format, ...: `Defaults to `10`.`
pub(super) fn called(context: &Context<'_>, cell: Inline, role: HeaderRole) -> Option<Literal> {
    let shown = context.page.document.text(context.text(), cell, View::Page);
    let found = literals::in_cell(context.page, cell, View::Page, &shown);
    let literal = found.into_iter().find(|literal| {
        let before = shown.get(..literal.at.start).unwrap_or_default();
        !literal.linked && says_role(before, role, &context.vocabulary)
    })?;
    Some(Literal { span: literal.span?, mark: literal.mark, text: literal.text.into_owned(), listed: false })
}

/// Whether a text ends with a word for a column, and at most two short words after it.
fn says_role(before: &str, role: HeaderRole, vocabulary: &Vocabulary<'_>) -> bool {
    const FARTHEST: usize = 32;
    const WORDS: usize = 3;

    let from = before.char_indices().rev().take(FARTHEST).last().map_or(0, |(at, _)| at);
    let before = before.get(from..).unwrap_or_default();
    let start = before.rfind(['.', ',', ';', '!', '?', '。', '！', '？']).map_or(0, |at| at + 1);
    let sentence = before.get(start..).unwrap_or_default().trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_role = |text: &str| vocabulary.header(text).any(|found| found == role);
    let words: Vec<&str> =
        sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let last = &words[words.len().saturating_sub(WORDS)..];
    let is_word = |word: &&str| is_role(word) || is_role(&singular(word));
    let is_pair = |pair: &[&str]| is_role(&pair.join(" "));
    if last.iter().any(is_word) || last.windows(2).any(is_pair) {
        return true;
    }
    // Where words are not parted, one may be the beginning of the last.
    let Some(word) = last.last().filter(|word| !word.is_ascii()) else { return false };
    let ends = word.char_indices().map(|(at, _)| at).skip(1);
    ends.filter_map(|end| word.get(..end)).any(is_role)
}

/// How many literals of a page's descriptions are values of the spec, or should be.
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
    Set(Cow<'a, Enum>),
    /// ISO 8601 durations.
    Durations,
}

impl<'a> Values<'a> {
    /// The values of a type, if they are telling.
    pub fn of(ty: &'a Type, schema: &'a Schema) -> Option<Self> {
        // A list is described by what it may hold.
        let mut ty = ty;
        for _ in 0..4 {
            let Resolved::Type(Type::Array(element)) = schema.resolve(ty) else { break };
            ty = element;
        }
        if let Some(set) = schema.values(ty) {
            return Some(Self::Set(set));
        }
        let is_duration = schema.resolve(ty) == Resolved::Type(&Type::String(Format::Duration));
        is_duration.then_some(Self::Durations)
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
