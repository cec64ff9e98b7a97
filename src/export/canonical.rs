//! Canonical JSON: all of a schema but the texts of its files, one property, value or parameter a line.
//!
//! The format is documented in [`crate::spec::canonical`], which reads it back.

use super::layout;
use crate::finding::Site;
use crate::report::places::Places;
use crate::schema::{self, Schema, Shape};
use crate::spec::canonical::{self as format, FORMAT, LONGEST_TEXT, VERSION};
use crate::text::{self, Span};

/// Brackets around objects that are written on one line: document, types, type.
const DEPTH: usize = 3;

/// The whole schema.
pub fn render(schema: &Schema) -> String {
    layout::lines(&document(schema), DEPTH)
}

fn document(schema: &Schema) -> format::Document {
    let writer = Writer { places: Places::of_files(&schema.files) };
    let notes = schema.notes.iter();
    format::Document {
        format: FORMAT.to_owned(),
        version: VERSION,
        types: schema.types.values().map(|def| writer.def(def)).collect(),
        operations: schema.operations.iter().map(|operation| writer.operation(operation)).collect(),
        notes: notes
            .map(|note| format::Note { message: note.message.clone(), place: writer.place(note.place) })
            .collect(),
    }
}

/// A place by line and column, with what stands there.
pub fn place(places: &Places<'_>, place: Option<text::Place>) -> Option<format::Place> {
    let at = places.locate(Site::Spec(place?))?;
    let start = at.start();
    let line = at.lines.line_span(at.text, start.line);
    let shown = Span::new(at.span.start, at.span.end.min(line.end).max(at.span.start)).of(at.text);
    Some(format::Place {
        path: at.path.to_owned(),
        line: start.line,
        column: start.column,
        text: shown.chars().take(LONGEST_TEXT).collect(),
    })
}

struct Writer<'a> {
    places: Places<'a>,
}

impl Writer<'_> {
    fn place(&self, at: Option<text::Place>) -> Option<format::Place> {
        place(&self.places, at)
    }

    fn origin(&self, origin: Option<&schema::Origin>) -> Option<format::Origin> {
        let origin = origin?;
        let witnesses = origin.witnesses.iter().filter_map(|witness| {
            Some(format::Witness {
                kind: match witness.kind {
                    schema::WitnessKind::Table => format::WitnessKind::Table,
                    schema::WitnessKind::Example => format::WitnessKind::Example,
                },
                locale: witness.locale.clone(),
                place: self.place(Some(witness.place))?,
            })
        });
        Some(format::Origin {
            witnesses: witnesses.collect(),
            descriptions: origin.descriptions.clone(),
            notes: origin.notes.clone(),
            says_optional: origin.says_optional,
        })
    }

    fn def(&self, def: &schema::TypeDef) -> format::TypeDef {
        let mut out = format::TypeDef {
            name: def.name.clone(),
            doc: def.doc.clone(),
            place: self.place(def.place),
            origin: self.origin(def.origin.as_deref()),
            properties: None,
            additional: None,
            members: None,
            open: false,
            alias: None,
        };
        match &def.shape {
            Shape::Object(object) => {
                let object = self.object(object);
                (out.properties, out.additional) = (Some(object.properties), object.additional);
            }
            Shape::Enum(set) => {
                out.members = Some(set.members.iter().map(|member| self.member(member)).collect());
                out.open = set.open;
            }
            Shape::Alias(ty) => out.alias = Some(self.ty(ty)),
        }
        out
    }

    fn object(&self, object: &schema::Object) -> format::Object {
        format::Object {
            properties: object.properties.iter().map(|property| self.property(property)).collect(),
            additional: match &object.additional {
                schema::Additional::Unspecified => None,
                schema::Additional::Denied => Some(format::Additional::Denied),
                schema::Additional::Of(ty) => Some(format::Additional::Of(Box::new(self.ty(ty)))),
            },
        }
    }

    fn property(&self, property: &schema::Property) -> format::Property {
        format::Property {
            name: property.name.clone(),
            ty: self.ty(&property.ty),
            nullable: property.nullable,
            required_in_request: property.required_in_request,
            required_in_response: property.required_in_response,
            read_only: property.read_only,
            write_only: property.write_only,
            default: property.default.clone(),
            request_name: property.request_name.clone(),
            aliases: property.aliases.clone(),
            cfg: property.cfg.clone(),
            doc: property.doc.clone(),
            place: self.place(property.place),
            origin: self.origin(property.origin.as_deref()),
        }
    }

    fn member(&self, member: &schema::Member) -> format::Member {
        format::Member {
            value: member.value.clone(),
            declared: (member.declared != member.value).then(|| member.declared.clone()),
            number: member.number,
            aliases: member.aliases.clone(),
            doc: member.doc.clone(),
            place: self.place(member.place),
            origin: self.origin(member.origin.as_deref()),
        }
    }

    fn ty(&self, ty: &schema::Type) -> format::Type {
        let list = |list: &[schema::Type]| list.iter().map(|ty| self.ty(ty)).collect();
        match ty {
            schema::Type::Any => format::Type::Any,
            schema::Type::Null => format::Type::Null,
            schema::Type::Boolean => format::Type::Boolean,
            schema::Type::Integer => format::Type::Integer,
            schema::Type::Number => format::Type::Number,
            schema::Type::String(schema::Format::Plain) => format::Type::String,
            schema::Type::String(name) => format::Type::Format(name.name().to_owned()),
            schema::Type::Constant(value) => format::Type::Constant(value.clone()),
            schema::Type::Array(inner) => format::Type::Array(Box::new(self.ty(inner))),
            schema::Type::Map(inner) => format::Type::Map(Box::new(self.ty(inner))),
            schema::Type::Tuple(items) => format::Type::Tuple(list(items)),
            schema::Type::Named(name) => format::Type::Named(name.clone()),
            schema::Type::Object(object) => format::Type::Object(self.object(object)),
            schema::Type::OneOf(items) => format::Type::OneOf(list(items)),
        }
    }

    fn operation(&self, operation: &schema::Operation) -> format::Operation {
        let parameters = operation.parameters.iter().map(|parameter| format::Parameter {
            name: parameter.name.clone(),
            location: match parameter.location {
                schema::Location::Path => format::Location::Path,
                schema::Location::Query => format::Location::Query,
                schema::Location::Header => format::Location::Header,
                schema::Location::Cookie => format::Location::Cookie,
            },
            ty: self.ty(&parameter.ty),
            required: parameter.required,
            default: parameter.default.clone(),
            doc: parameter.doc.clone(),
            place: self.place(parameter.place),
            origin: self.origin(parameter.origin.as_deref()),
        });
        let responses = operation.responses.iter().map(|response| format::Response {
            status: response.status,
            body: response.body.as_ref().map(|body| self.ty(body)),
            examples: self.examples(&response.examples),
        });
        format::Operation {
            name: operation.name.clone(),
            method: operation.method.clone(),
            path: operation.path.clone(),
            doc: operation.doc.clone(),
            place: self.place(operation.place),
            origin: self.origin(operation.origin.as_deref()),
            parameters: parameters.collect(),
            request: operation.request.as_ref().map(|body| self.ty(body)),
            examples: self.examples(&operation.examples),
            responses: responses.collect(),
        }
    }

    fn examples(&self, examples: &[schema::Example]) -> Vec<format::Example> {
        let write = |example: &schema::Example| format::Example {
            value: example.value.clone(),
            locale: example.locale.clone(),
            place: self.place(example.place),
        };
        examples.iter().map(write).collect()
    }
}
