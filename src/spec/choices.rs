//! Types that are one of several, some of which are one of several again: made one flat list, so that whoever
//! tries each of them tries it once, and none leads back to itself.

use std::collections::BTreeMap;

use crate::hash::HashSet;
use crate::schema::{Shape, Type, TypeDef};

use super::alternatives::union;

/// Alternatives looked at in all; what comes later stays as it is.
const FUEL: usize = 1 << 20;

/// Flattens every named type that is one of several.
pub fn flatten(types: &mut BTreeMap<String, TypeDef>) {
    let mut fuel = FUEL;
    let mut flat: Vec<(String, Type)> = Vec::new();
    for (name, def) in types.iter() {
        if let Shape::Alias(Type::OneOf(list)) = &def.shape
            && list.iter().any(|ty| alternatives(types, ty).is_some())
            && let Some(list) = leaves(types, name, list, &mut fuel)
        {
            flat.push((name.clone(), union(list)));
        }
    }
    for (name, ty) in flat {
        if let Some(def) = types.get_mut(&name) {
            def.shape = Shape::Alias(ty);
        }
    }
}

/// The alternatives of a named type that is nothing else.
fn alternatives<'t>(types: &'t BTreeMap<String, TypeDef>, ty: &'t Type) -> Option<(&'t str, &'t [Type])> {
    let Type::Named(name) = ty else { return None };
    match &types.get(name)?.shape {
        Shape::Alias(Type::OneOf(list)) => Some((name, list)),
        Shape::Alias(link @ Type::Named(_)) => Some((name, std::slice::from_ref(link))),
        _ => None,
    }
}

/// Everything that alternatives come down to, in their order; `None` if that is too much.
fn leaves(
    types: &BTreeMap<String, TypeDef>,
    name: &str,
    list: &[Type],
    fuel: &mut usize,
) -> Option<Vec<Type>> {
    let mut entered: HashSet<&str> = HashSet::from_iter([name]);
    let mut work: Vec<&Type> = list.iter().rev().collect();
    let mut out = Vec::new();
    while let Some(ty) = work.pop() {
        *fuel = fuel.checked_sub(1)?;
        match alternatives(types, ty) {
            Some((name, inner)) if entered.insert(name) => work.extend(inner.iter().rev()),
            Some(_) => {}
            None => out.push(ty.clone()),
        }
    }
    Some(out)
}
