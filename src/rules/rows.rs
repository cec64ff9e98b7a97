//! Rows of tables beside the properties they were matched with: what several rules walk over.

use crate::comparison::Against;
use crate::finding::Site;
use crate::normalize::rows::Row;
use crate::normalize::types::{self, TypeReading};
use crate::rules::Context;
use crate::schema::Property;

/// Below this confidence a pair says nothing about the row's type or mark.
const SURE: f32 = 0.8;

/// A row of a property table and the property it documents.
pub(super) struct Documented<'c, 'a> {
    pub row: &'c Row<'a>,
    pub owner: &'a str,
    pub property: &'a Property,
}

impl Documented<'_, '_> {
    /// `CartLineItem.quantity`.
    pub fn path(&self) -> String {
        format!("{}.{}", self.owner, self.property.name)
    }

    /// Where the model declares the property.
    pub fn site(&self) -> Option<Site> {
        self.property.place.map(Site::Spec)
    }
}

/// Rows that surely document a property of the model.
pub(super) fn documented<'c, 'a>(context: &'c Context<'a>) -> impl Iterator<Item = Documented<'c, 'a>> {
    context.comparison.tables.iter().flat_map(|table| {
        let bound = table.bound.as_ref();
        let properties = bound.and_then(|bound| match bound.to {
            Against::Properties(owner, properties) => Some((bound, owner, properties)),
            _ => None,
        });
        properties.into_iter().flat_map(move |(bound, owner, properties)| {
            bound.alignment.pairs.iter().filter(|pair| pair.confidence >= SURE).filter_map(move |pair| {
                let row = table.rows.get(pair.left as usize)?;
                let property = properties.get(pair.right as usize)?;
                Some(Documented { row, owner, property })
            })
        })
    })
}

/// What the type cell of a row says, in the source language where the page has it.
pub(super) fn type_reading(context: &Context<'_>, row: &Row<'_>) -> Option<TypeReading> {
    let words = row.ty.as_ref()?;
    let text = words.original.as_deref().unwrap_or(&words.text);
    let link = context.page.document.link_target(context.text(), words.cell);
    Some(types::read(text, link, &context.vocabulary))
}
