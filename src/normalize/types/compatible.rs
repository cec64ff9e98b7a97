//! Whether a documented type can hold what a model says.

use crate::schema::{Format, Object, Resolved, Schema, Shape, Type, TypeDef};

/// Deepest nesting that is compared; beyond it types are taken to agree.
const DEEPEST: u8 = 16;

/// How a documented type stands to the model's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holds {
    /// It can hold all the model says.
    Yes,
    /// It can, but says less than the model, which names a type or an enum: `Object`.
    Vaguely,
    /// It names a type that the schema does not know, so nothing can be said.
    Unknown,
    /// It cannot: `string` for an integer, an array for an object.
    No,
}

/// Whether `documented` can hold what `model` says; names are those of `schema`. Formats are strings: a
/// documented `string` holds dates, GUIDs and enums.
pub fn holds(documented: &Type, model: &Type, schema: &Schema) -> Holds {
    compare(documented, model, schema, 0)
}

fn compare(documented: &Type, model: &Type, schema: &Schema, depth: u8) -> Holds {
    if depth > DEEPEST {
        return Holds::Yes;
    }
    let next = |documented: &Type, model: &Type| compare(documented, model, schema, depth + 1);
    let (documented, model) = (schema.resolve(documented), schema.resolve(model));
    match (documented, model) {
        (Resolved::Def(documented), Resolved::Def(model)) => between_names(documented, model),
        (Resolved::Type(documented), Resolved::Def(model)) => with_named_model(documented, model),
        (Resolved::Def(documented), Resolved::Type(model)) => with_named_docs(documented, model, schema),
        (Resolved::Type(Type::OneOf(all)), Resolved::Type(model)) => {
            all.iter().map(|one| next(one, model)).min().unwrap_or(Holds::Yes)
        }
        // A page that documents one of several shapes says less than the model, not something else.
        (Resolved::Type(documented), Resolved::Type(Type::OneOf(all))) => {
            all.iter().map(|one| next(documented, one)).min().unwrap_or(Holds::Yes)
        }
        (Resolved::Type(documented), Resolved::Type(model)) => match (documented, model) {
            (Type::Named(_), _) | (_, Type::Named(_)) => Holds::Unknown,
            (Type::Any, _) | (_, Type::Any) | (Type::Null, Type::Null) => Holds::Yes,
            (Type::Array(documented), Type::Array(model)) | (Type::Map(documented), Type::Map(model)) => {
                next(documented, model)
            }
            // The docs call a list of {key, value} objects a dictionary, or pairs.
            (Type::Map(documented), Type::Array(model)) => {
                pair_value(model, schema).map_or(Holds::No, |value| next(documented, value))
            }
            (documented, model) => without_parts(documented, model),
        },
    }
}

fn without_parts(documented: &Type, model: &Type) -> Holds {
    let fits = match (documented, model) {
        (Type::String(documented), Type::String(model)) => formats_fit(*documented, *model),
        (Type::Object(documented), Type::Object(model)) => {
            return if documented.properties.is_empty() && !model.properties.is_empty() {
                Holds::Vaguely
            } else {
                Holds::Yes
            };
        }
        (Type::Object(_), Type::Map(_)) => return Holds::Vaguely,
        (Type::String(_), Type::Constant(_))
        | (Type::Constant(_), Type::String(_) | Type::Constant(_))
        | (Type::Map(_), Type::Object(_))
        | (Type::Array(_) | Type::Tuple(_), Type::Tuple(_))
        | (Type::Tuple(_), Type::Array(_))
        | (Type::Boolean, Type::Boolean)
        | (Type::Integer, Type::Integer)
        | (Type::Number, Type::Number | Type::Integer) => true,
        _ => false,
    };
    if fits { Holds::Yes } else { Holds::No }
}

/// A narrower format than the model's is more than the model says, but nothing it contradicts.
fn formats_fit(documented: Format, model: Format) -> bool {
    let plain = |format| matches!(format, Format::Plain);
    let point = |format| matches!(format, Format::DateTime | Format::Date);
    documented == model || plain(documented) || plain(model) || point(documented) && point(model)
}

fn between_names(documented: &TypeDef, model: &TypeDef) -> Holds {
    if documented.name == model.name { Holds::Yes } else { Holds::No }
}

fn with_named_model(documented: &Type, model: &TypeDef) -> Holds {
    match (documented, &model.shape) {
        (Type::Named(_), _) => Holds::Unknown,
        (Type::Any | Type::Object(_), _) => Holds::Vaguely,
        (Type::String(Format::Plain) | Type::Constant(_), Shape::Enum(_))
        | (Type::Map(_), Shape::Object(_)) => Holds::Yes,
        (Type::Integer | Type::Number, Shape::Enum(set))
            if set.members.iter().any(|member| member.number.is_some()) =>
        {
            Holds::Yes
        }
        (Type::OneOf(all), _) => {
            all.iter().map(|one| with_named_model(one, model)).min().unwrap_or(Holds::Yes)
        }
        _ => Holds::No,
    }
}

fn with_named_docs(documented: &TypeDef, model: &Type, schema: &Schema) -> Holds {
    match (&documented.shape, model) {
        (_, Type::Named(_)) => Holds::Unknown,
        (_, Type::Any)
        | (Shape::Enum(_), Type::String(Format::Plain) | Type::Constant(_))
        | (Shape::Object(_), Type::Object(_) | Type::Map(_)) => Holds::Yes,
        (_, Type::OneOf(all)) => {
            let named = Type::Named(documented.name.clone());
            all.iter().map(|one| compare(&named, one, schema, DEEPEST)).min().unwrap_or(Holds::Yes)
        }
        _ => Holds::No,
    }
}

/// The value's type if `ty` is an object of exactly a key and a value.
fn pair_value<'a>(ty: &'a Type, schema: &'a Schema) -> Option<&'a Type> {
    let Object { properties, .. } = schema.object(ty)?;
    let [a, b] = properties.as_slice() else { return None };
    match (a.name.as_str(), b.name.as_str()) {
        ("key", "value") => Some(&b.ty),
        ("value", "key") => Some(&a.ty),
        _ => None,
    }
}
