//! Rows, properties, members and parameters as items of the alignment engine.

use std::borrow::Cow;

use crate::compare::align::{Class, Item};
use crate::compare::names::is_identifier;
use crate::document::{Style, View};
use crate::facts::Page;
use crate::lexicon::Vocabulary;
use crate::normalize::rows::Row;
use crate::normalize::values;
use crate::schema::{Enum, Format, Operation, Property, Resolved, Schema, Shape, Type};

/// Values in quotes that are looked at in a description.
const QUOTED: usize = 32;

/// What an item says besides its name.
#[derive(Debug, Clone, Default)]
pub struct Content<'a> {
    /// What kind of value it holds, if known.
    pub class: Option<Class>,
    /// Things it names that survive translation: link targets, code spans, numbers, values.
    pub marks: Vec<Cow<'a, str>>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, Default)]
pub enum Kind<'a> {
    /// Nothing but a name.
    #[default]
    Name,
    /// A row in one of the page's languages.
    Row(&'a Page, &'a Row<'a>, View, &'a Vocabulary<'a>),
    /// A property of a type.
    Property(&'a Schema, &'a Property),
    /// A value of that type.
    Value(&'a Schema, &'a Type),
}

impl<'a> Kind<'a> {
    /// What it says besides its name.
    pub fn content(self) -> Content<'a> {
        match self {
            Self::Name => Content::default(),
            Self::Row(page, row, view, vocabulary) => {
                let ty = row.type_reading(page, vocabulary).and_then(|reading| reading.ty.as_ref());
                Content { class: ty.and_then(|ty| class(ty, None)), marks: marks(page, row, view) }
            }
            Self::Property(schema, property) => Content {
                class: class(&property.ty, Some(schema)),
                marks: property.ty.name().into_iter().map(Cow::Borrowed).collect(),
            },
            Self::Value(schema, ty) => Content { class: class(ty, Some(schema)), marks: Vec::new() },
        }
    }
}

/// A table's rows.
pub fn of_rows<'a>(
    page: &'a Page,
    rows: &'a [Row<'a>],
    view: View,
    vocabulary: &'a Vocabulary<'a>,
) -> Vec<Item<'a>> {
    rows.iter().map(|row| Item::new(row.name.view(view), Kind::Row(page, row, view, vocabulary))).collect()
}

/// What a row names that survives translation: fragments of links, code spans, strong words, values in quotes.
fn marks<'a>(page: &'a Page, row: &'a Row<'a>, view: View) -> Vec<Cow<'a, str>> {
    let (document, text) = (&page.document, page.source.text.as_str());
    let cells = row.ty.as_ref().map(|ty| ty.cell).into_iter().chain(row.description);
    let mut marks = Vec::new();
    for cell in cells.take(2) {
        for run in document.inline_runs(cell).iter().filter(|run| view.shows(run.half)).take(64) {
            if run.link > 0
                && let Some(fragment) =
                    document.link(run.link).and_then(|link| link.target.of(text).split_once('#'))
            {
                marks.push(Cow::Borrowed(fragment.1));
            }
            if run.link > 0 || run.style.has(Style::CODE) || run.style.has(Style::STRONG) {
                marks.push(Cow::Borrowed(document.run_text(text, run).trim()));
            }
        }
    }
    if let Some(cell) = row.description {
        let shown = document.text(text, cell, view);
        let quoted = values::quoted(&shown).into_iter().take(QUOTED).filter_map(|range| shown.get(range));
        let words = quoted.map(str::trim).filter(|word| is_identifier(word));
        marks.extend(words.map(|word| Cow::Owned(word.to_owned())));
    }
    marks.retain(|mark| !mark.is_empty());
    marks
}

/// An object's properties.
pub fn of_properties<'a>(schema: &'a Schema, properties: &'a [Property]) -> Vec<Item<'a>> {
    properties.iter().map(|property| Item::new(&property.name, Kind::Property(schema, property))).collect()
}

/// An enum's members, under the names that documentation uses: as declared if `declared`, else as on the wire.
pub fn of_members(set: &Enum, declared: bool) -> Vec<Item<'_>> {
    let name = |at: usize| if declared { &set.members[at].declared } else { &set.members[at].value };
    (0..set.members.len()).map(|at| Item::new(name(at), Kind::Name)).collect()
}

/// An operation's parameters.
pub fn of_parameters<'a>(schema: &'a Schema, operation: &'a Operation) -> Vec<Item<'a>> {
    let parameters = operation.parameters.iter();
    parameters.map(|parameter| Item::new(&parameter.name, Kind::Value(schema, &parameter.ty))).collect()
}

/// The coarse kind of a type; `None` where it could be anything.
fn class(ty: &Type, schema: Option<&Schema>) -> Option<Class> {
    let resolved = schema.map_or(Resolved::Type(ty), |schema| schema.resolve(ty));
    let ty = match resolved {
        Resolved::Def(def) => {
            return match def.shape {
                Shape::Object(_) => Some(Class::Object),
                Shape::Enum(_) => Some(Class::Text),
                Shape::Alias(_) => None,
            };
        }
        Resolved::Type(ty) => ty,
    };
    match ty {
        Type::Boolean => Some(Class::Boolean),
        Type::Integer | Type::Number => Some(Class::Number),
        Type::String(Format::DateTime | Format::Date | Format::Time) => Some(Class::Time),
        Type::String(_) | Type::Constant(_) => Some(Class::Text),
        Type::Array(_) | Type::Tuple(_) => Some(Class::List),
        Type::Map(_) => Some(Class::Map),
        Type::Object(_) => Some(Class::Object),
        Type::Named(_) | Type::Any | Type::Null | Type::OneOf(_) => None,
    }
}
