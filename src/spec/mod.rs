//! Reads what an API is *meant* to be into the canonical [`Schema`]: Rust source, JSON Schema, `OpenAPI`.
//!
//! The built-in [`models()`] are read from their embedded source, a user's types from files the caller
//! has read. Nothing is compiled or run; what the source does not say plainly becomes a
//! [`Note`](crate::schema::Note), never a guess. Absent here: file access, Markdown, locales.

mod alternatives;
pub mod canonical;
mod choices;
mod contracts;
mod document;
mod extensions;
mod json_schema;
mod library;
mod merge;
mod notes;
mod openapi;
mod paths;
mod places;
mod read;
mod rust;
pub(crate) mod tree;
mod unfiled;

pub use contracts::merge_definitions;
pub use document::Document;
pub use paths::is_below;
pub use read::{Input, Specs, json_schema, read, read_back};
pub use unfiled::document;

use crate::schema::{Schema, SpecFile};
/// The built-in cart family: what [`rust`] reads from the source of [`crate::models`]. Written down beside it, for
/// reading it again takes longer than to check a page.
pub fn models() -> Schema {
    const READ: &str = include_str!("../models/schema.json");

    let files = model_files();
    match serde_json::from_str::<Schema>(READ) {
        Ok(read) => Schema { files, ..read },
        Err(_) => rust(files),
    }
}

/// The built-in models as one spec among others.
pub fn models_input() -> Input {
    let documents = model_files().into_iter().map(Document::new).collect();
    Input { name: "models".to_owned(), folder: "src/models".to_owned(), is_file: false, documents }
}

fn model_files() -> Vec<SpecFile> {
    let file = |path: &str, text: &str| SpecFile { path: path.to_owned(), text: text.to_owned() };
    vec![
        file("src/models/cart.rs", include_str!("../models/cart.rs")),
        file("src/models/error.rs", include_str!("../models/error.rs")),
        file("src/models/link.rs", include_str!("../models/link.rs")),
        file("src/models/operations.rs", include_str!("../models/operations.rs")),
        file("src/models/order.rs", include_str!("../models/order.rs")),
        file("src/models/scalar.rs", include_str!("../models/scalar.rs")),
    ]
}

/// Reads Rust source files that belong together.
///
/// Types that derive or implement `Serialize` or `Deserialize` count, and whatever they refer to; if no
/// type does, all public ones count. Operations are read from constants named `OPERATIONS` or
/// `.._OPERATIONS`, an array of struct literals with the fields of
/// [`Operation`](crate::models::operation::Operation):
///
/// ```ignore
/// pub const OPERATIONS: &[Operation] = &[Operation {
///     name: "create a cart",
///     method: "POST",
///     path: "/v1/carts/{cart-id}",
///     parameters: &[CART_ID],                         // constants or literals `{ name, ty, required }`
///     request: Some(Body::of::<Cart>()),              // any call with a type argument, a string, or `None`
///     responses: &[Response { status: 201, body: Some(Body::of::<Cart>()) }],
/// }];
/// ```
///
/// The struct's own name does not matter. Fields may be left out: `name` is then the method and path.
pub fn rust(files: Vec<SpecFile>) -> Schema {
    let which: Vec<usize> = (0..files.len()).collect();
    let (mut part, notes) = rust::read(&files, &which);
    choices::flatten(&mut part.types);
    Schema { types: part.types, operations: part.operations, files, notes }
}
