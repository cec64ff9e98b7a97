//! Who says whether a value is valid.
//!
//! docdrift's verdict is *valid* if holding an example against its type gives no mismatch. All kinds of mismatch
//! are about validity: a required field that is missing, a value of another type, not of the enum or not in the
//! format, and a key where the object is closed. The one exception is a key that an open object does not list.
//! It is reported, since whoever reads the page cannot know what it means, yet the message is valid: here, what
//! an open object does not list may be anything.

use docdrift::compare::conform::{Contract, conform};
use docdrift::comparison::{Mismatch, MismatchKind};
use docdrift::parse::json;
use docdrift::schema::{Additional, Object, Schema, Shape, SpecFile, Type};
use docdrift::spec::{self, Document, Input, Specs};
use serde_json::Value;

/// Reads a document as users give it to the program, and all that is said about what it cannot be held to.
pub fn read(path: &str, text: String) -> (Schema, Vec<String>) {
    let file = SpecFile { path: path.to_owned(), text };
    let documents = vec![Document::new(file)];
    let input = Input { name: path.to_owned(), folder: String::new(), is_file: true, documents };
    let Specs { schema, problems } = spec::read(vec![input]);
    let said = problems.iter().chain(&schema.notes).map(|note| note.message.clone()).collect();
    (schema, said)
}

/// Holds values against types as the checker holds examples.
pub struct Checker {
    schema: Schema,
}

impl Checker {
    pub fn new(mut schema: Schema) -> Self {
        for def in schema.types.values_mut() {
            match &mut def.shape {
                Shape::Object(object) => open(object),
                Shape::Alias(ty) => open_within(ty),
                Shape::Enum(_) => {}
            }
        }
        Self { schema }
    }

    /// Whether the text of one JSON value conforms to a named type.
    pub fn accepts(&self, name: &str, contract: Contract, text: &str) -> bool {
        self.complaints(name, contract, text).is_empty()
    }

    /// What the checker has against the text of one JSON value.
    pub fn complaints(&self, name: &str, contract: Contract, text: &str) -> Vec<Complaint> {
        let json = json::parse(text);
        let [root] = json.roots.as_slice() else { panic!("one value: {text}") };
        let ty = Type::Named(name.to_owned());
        let mismatches = conform(&self.schema, contract, text, &json, *root, self.schema.resolve(&ty));
        mismatches.iter().map(Complaint::of).collect()
    }
}

/// What a mismatch is about, as far as others may see it otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complaint {
    /// A key that is not listed.
    Key,
    /// A string in another format.
    Format,
    Other,
}

impl Complaint {
    pub fn of(mismatch: &Mismatch<'_>) -> Self {
        match mismatch.kind {
            MismatchKind::UnknownField { .. } => Self::Key,
            MismatchKind::WrongFormat(_) => Self::Format,
            _ => Self::Other,
        }
    }
}

fn open(object: &mut Object) {
    if object.additional == Additional::Unspecified {
        object.additional = Additional::Of(Box::new(Type::Any));
    }
    object.properties.iter_mut().for_each(|property| open_within(&mut property.ty));
    if let Additional::Of(ty) = &mut object.additional {
        open_within(ty);
    }
}

fn open_within(ty: &mut Type) {
    match ty {
        Type::Object(object) => open(object),
        Type::Array(inner) | Type::Map(inner) => open_within(inner),
        Type::Tuple(list) | Type::OneOf(list) => list.iter_mut().for_each(open_within),
        _ => {}
    }
}

/// A validator by the JSON Schema standard, formats included.
pub fn validator(document: &Value) -> jsonschema::Validator {
    let is_currency = |code: &str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    jsonschema::options()
        .with_format("currency", is_currency)
        .should_validate_formats(true)
        .build(document)
        .unwrap_or_else(|error| panic!("{error}: {document}"))
}
