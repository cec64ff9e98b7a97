//! Rows, properties, members and parameters as items of the alignment engine.

use crate::compare::align::{Class, Item};
use crate::document::{Style, View};
use crate::facts::Page;
use crate::lexicon::Vocabulary;
use crate::normalize::rows::Row;
use crate::schema::{Enum, Format, Operation, Property, Resolved, Schema, Shape, Type};

/// A table's rows.
pub fn of_rows<'a>(
    page: &'a Page,
    rows: &'a [Row<'a>],
    view: View,
    vocabulary: &Vocabulary<'_>,
) -> Vec<Item<'a>> {
    rows.iter()
        .map(|row| {
            let reading = row.type_reading(page, vocabulary);
            Item {
                name: row.name.view(view),
                class: reading.and_then(|reading| reading.ty.as_ref()).and_then(|ty| class(ty, None)),
                marks: marks(page, row, view),
            }
        })
        .collect()
}

/// What a row names that survives translation: fragments of links, code spans, strong words.
fn marks<'a>(page: &'a Page, row: &'a Row<'a>, view: View) -> Vec<&'a str> {
    let (document, text) = (&page.document, page.source.text.as_str());
    let cells = row.ty.as_ref().map(|ty| ty.cell).into_iter().chain(row.description);
    let mut marks = Vec::new();
    for cell in cells.take(2) {
        for run in document.inline_runs(cell).iter().filter(|run| view.shows(run.half)).take(64) {
            if run.link > 0
                && let Some(fragment) =
                    document.link(run.link).and_then(|link| link.target.of(text).split_once('#'))
            {
                marks.push(fragment.1);
            }
            if run.link > 0 || run.style.has(Style::CODE) || run.style.has(Style::STRONG) {
                marks.push(document.run_text(text, run).trim());
            }
        }
    }
    marks.retain(|mark| !mark.is_empty());
    marks
}

/// An object's properties.
pub fn of_properties<'a>(schema: &'a Schema, properties: &'a [Property]) -> Vec<Item<'a>> {
    properties
        .iter()
        .map(|property| Item {
            name: &property.name,
            class: class(&property.ty, Some(schema)),
            marks: property.ty.name().into_iter().collect(),
        })
        .collect()
}

/// An enum's members, under the names that documentation uses: as declared if `declared`, else as on the wire.
pub fn of_members(set: &Enum, declared: bool) -> Vec<Item<'_>> {
    let name = |at: usize| if declared { &set.members[at].declared } else { &set.members[at].value };
    (0..set.members.len()).map(|at| Item { name: name(at), ..Item::default() }).collect()
}

/// An operation's parameters.
pub fn of_parameters<'a>(schema: &'a Schema, operation: &'a Operation) -> Vec<Item<'a>> {
    let items = operation.parameters.iter().map(|parameter| Item {
        name: &parameter.name,
        class: class(&parameter.ty, Some(schema)),
        marks: Vec::new(),
    });
    items.collect()
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
