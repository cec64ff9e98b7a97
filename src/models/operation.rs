//! What the table of [`operations`](super::operations) is written in.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};

/// A request and the answers to expect.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// What it does, in two or three words.
    pub name: &'static str,
    /// The HTTP method, upper case.
    pub method: &'static str,
    /// The path below the base URL, with placeholders in braces.
    pub path: &'static str,
    /// What the placeholders stand for.
    pub parameters: &'static [Parameter],
    /// The body to send, if any.
    pub request: Option<Body>,
    /// The answers, by status.
    pub responses: &'static [Response],
}

/// A placeholder of a path.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// As written between the braces.
    pub name: &'static str,
    /// The type of its values.
    pub ty: Body,
    /// Whether it must be given.
    pub required: bool,
}

/// An answer.
#[derive(Debug, Clone, Copy)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// What it carries, if anything.
    pub body: Option<Body>,
}

/// A type in a constant: whoever names one that does not exist gets an error from the compiler.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    /// The name of the type.
    pub name: fn() -> Cow<'static, str>,
    /// Its JSON Schema as schemars derives it.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
}

impl Body {
    /// The type `T`.
    pub const fn of<T: JsonSchema>() -> Self {
        Self { name: T::schema_name, schema: T::json_schema }
    }
}
