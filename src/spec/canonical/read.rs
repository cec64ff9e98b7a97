//! From canonical JSON back to a schema.

use serde_json::Value;

use super::places::Blanks;
use super::{Document, FORMAT, VERSION};
use crate::schema::{
    Additional, Enum, Example, Format, Location, Member, Note, Object, Operation, Origin, Parameter,
    Property, Response, Schema, Shape, Type, TypeDef, Witness, WitnessKind,
};
use crate::text;

/// Bytes in which the format is said.
const HEAD: usize = 256;

/// Whether a JSON text says at its start, where it is written, that it is a canonical schema.
pub fn is_canonical(text: &str) -> bool {
    let from = text.find('{').unwrap_or(0);
    let to = (0..=HEAD.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let head = text.get(from..to).unwrap_or("");
    let after = |rest: &str, word: &str| rest.trim_start().strip_prefix(word).map(str::to_owned);
    let rest =
        after(head, "{").and_then(|rest| after(&rest, "\"format\"")).and_then(|rest| after(&rest, ":"));
    rest.is_some_and(|rest| rest.trim_start().trim_start_matches('"').starts_with(FORMAT))
}

/// The schema of a canonical document. Its files hold nothing but what the document quotes of them.
///
/// # Errors
/// What is wrong, as a sentence without final full stop: another version, a key that is missing or not
/// known, a type that stands twice or is of no kind.
pub fn read(document: Value) -> Result<Schema, String> {
    match document.get("version").and_then(Value::as_u64) {
        Some(version) if version == u64::from(VERSION) => {}
        Some(version) => return Err(format!("version {version} is not known; {VERSION} is")),
        None => return Err("there is no `version`".to_owned()),
    }
    let document: Document = serde_json::from_value(document).map_err(|error| error.to_string())?;
    let mut reader = Reader::default();
    let mut schema = Schema::default();
    for def in document.types {
        let def = reader.def(def)?;
        if let Some(twin) = schema.types.insert(def.name.clone(), def) {
            return Err(format!("type `{}` is defined twice", twin.name));
        }
    }
    for operation in document.operations {
        schema.operations.push(reader.operation(operation)?);
    }
    for note in document.notes {
        schema.notes.push(Note { place: reader.place(note.place), message: note.message });
    }
    reader.blanks.settle(&mut schema);
    Ok(schema)
}

#[derive(Default)]
struct Reader {
    blanks: Blanks,
}

impl Reader {
    fn place(&mut self, place: Option<super::Place>) -> Option<text::Place> {
        let super::Place { path, line, column, text } = place?;
        self.blanks.add(&path, line, column, &text)
    }

    fn origin(&mut self, origin: Option<super::Origin>) -> Option<Box<Origin>> {
        let super::Origin { witnesses, descriptions, notes, says_optional } = origin?;
        let witnesses = witnesses.into_iter().filter_map(|witness| {
            let place = self.place(Some(witness.place))?;
            let kind = match witness.kind {
                super::WitnessKind::Table => WitnessKind::Table,
                super::WitnessKind::Example => WitnessKind::Example,
            };
            Some(Witness { locale: witness.locale, place, kind })
        });
        Some(Box::new(Origin { witnesses: witnesses.collect(), descriptions, notes, says_optional }))
    }

    fn def(&mut self, def: super::TypeDef) -> Result<TypeDef, String> {
        let super::TypeDef { name, doc, place, origin, properties, additional, members, open, alias } = def;
        let (place, origin) = (self.place(place), self.origin(origin));
        let shape = match (properties, additional, members, open, alias) {
            (Some(properties), additional, None, false, None) => {
                Shape::Object(self.object(super::Object { properties, additional })?)
            }
            (None, None, Some(members), open, None) => {
                let members = members.into_iter().map(|member| self.member(member)).collect();
                Shape::Enum(Enum { members, open })
            }
            (None, None, None, false, Some(ty)) => Shape::Alias(self.ty(ty)?),
            _ => {
                return Err(format!("type `{name}` is not one of object, enum and alias"));
            }
        };
        Ok(TypeDef { name, doc, shape, place, origin })
    }

    fn object(&mut self, object: super::Object) -> Result<Object, String> {
        let properties = object.properties.into_iter().map(|property| self.property(property));
        let properties = properties.collect::<Result<_, _>>()?;
        let additional = match object.additional {
            None => Additional::Unspecified,
            Some(super::Additional::Denied) => Additional::Denied,
            Some(super::Additional::Of(ty)) => Additional::Of(Box::new(self.ty(*ty)?)),
        };
        Ok(Object { properties, additional })
    }

    fn property(&mut self, property: super::Property) -> Result<Property, String> {
        Ok(Property {
            ty: self.ty(property.ty)?,
            place: self.place(property.place),
            origin: self.origin(property.origin),
            name: property.name,
            request_name: property.request_name,
            aliases: property.aliases,
            nullable: property.nullable,
            required_in_request: property.required_in_request,
            required_in_response: property.required_in_response,
            read_only: property.read_only,
            write_only: property.write_only,
            default: property.default,
            doc: property.doc,
            cfg: property.cfg,
        })
    }

    fn member(&mut self, member: super::Member) -> Member {
        Member {
            place: self.place(member.place),
            origin: self.origin(member.origin),
            declared: member.declared.unwrap_or_else(|| member.value.clone()),
            value: member.value,
            number: member.number,
            aliases: member.aliases,
            doc: member.doc,
        }
    }

    fn ty(&mut self, ty: super::Type) -> Result<Type, String> {
        let mut list = |list: Vec<super::Type>| -> Result<Vec<Type>, String> {
            list.into_iter().map(|ty| self.ty(ty)).collect()
        };
        Ok(match ty {
            super::Type::Any => Type::Any,
            super::Type::Null => Type::Null,
            super::Type::Boolean => Type::Boolean,
            super::Type::Integer => Type::Integer,
            super::Type::Number => Type::Number,
            super::Type::String => Type::String(Format::Plain),
            super::Type::Format(name) => {
                Type::String(Format::from_name(&name).ok_or_else(|| format!("there is no format `{name}`"))?)
            }
            super::Type::Constant(value) => Type::Constant(value),
            super::Type::Array(inner) => Type::Array(Box::new(self.ty(*inner)?)),
            super::Type::Map(inner) => Type::Map(Box::new(self.ty(*inner)?)),
            super::Type::Tuple(items) => Type::Tuple(list(items)?),
            super::Type::Named(name) => Type::Named(name),
            super::Type::Object(object) => Type::Object(Box::new(self.object(object)?)),
            super::Type::OneOf(items) => Type::OneOf(list(items)?),
        })
    }

    fn operation(&mut self, operation: super::Operation) -> Result<Operation, String> {
        let mut parameters = Vec::with_capacity(operation.parameters.len());
        for parameter in operation.parameters {
            parameters.push(self.parameter(parameter)?);
        }
        let mut responses = Vec::with_capacity(operation.responses.len());
        for response in operation.responses {
            let body = response.body.map(|body| self.ty(body)).transpose()?;
            let examples = self.examples(response.examples);
            responses.push(Response { status: response.status, body, examples });
        }
        Ok(Operation {
            name: operation.name,
            doc: operation.doc,
            method: operation.method,
            path: operation.path,
            parameters,
            request: operation.request.map(|body| self.ty(body)).transpose()?,
            examples: self.examples(operation.examples),
            responses,
            place: self.place(operation.place),
            origin: self.origin(operation.origin),
        })
    }

    fn parameter(&mut self, parameter: super::Parameter) -> Result<Parameter, String> {
        Ok(Parameter {
            location: match parameter.location {
                super::Location::Path => Location::Path,
                super::Location::Query => Location::Query,
                super::Location::Header => Location::Header,
                super::Location::Cookie => Location::Cookie,
            },
            ty: self.ty(parameter.ty)?,
            place: self.place(parameter.place),
            origin: self.origin(parameter.origin),
            name: parameter.name,
            required: parameter.required,
            default: parameter.default,
            doc: parameter.doc,
        })
    }

    fn examples(&mut self, examples: Vec<super::Example>) -> Vec<Example> {
        let read = |example: super::Example| Example {
            value: example.value,
            locale: example.locale,
            place: self.place(example.place),
        };
        examples.into_iter().map(read).collect()
    }
}
