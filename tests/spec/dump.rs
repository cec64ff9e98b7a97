//! A schema as compact, stable text, for snapshots.

use std::fmt::Write;

use docdrift::schema::{Additional, Enum, Example, Object, Operation, Property, Schema, Shape};
use docdrift::text::{LineIndex, Place};

/// Types in name order, operations, notes.
pub fn dump(schema: &Schema) -> String {
    let mut out = String::new();
    for def in schema.types.values() {
        match &def.shape {
            Shape::Object(object) => write_object(&mut out, &def.name, object),
            Shape::Enum(set) => write_enum(&mut out, &def.name, set),
            Shape::Alias(ty) => writeln!(out, "type {} = {ty}", def.name).unwrap(),
        }
    }
    for operation in &schema.operations {
        write_operation(&mut out, operation);
    }
    for note in &schema.notes {
        let place = note.place.map_or_else(|| "-".to_owned(), |place| position(schema, place));
        writeln!(out, "note {place}: {}", note.message).unwrap();
    }
    out
}

fn write_object(out: &mut String, name: &str, object: &Object) {
    let more = match &object.additional {
        Additional::Unspecified => String::new(),
        Additional::Denied => " closed".to_owned(),
        Additional::Of(ty) => format!(" more {ty}"),
    };
    writeln!(out, "object {name}{more}").unwrap();
    for property in &object.properties {
        write_property(out, property);
    }
}

fn write_property(out: &mut String, property: &Property) {
    let null = if property.nullable { "?" } else { "" };
    write!(out, "  {}: {}{null}", property.name, property.ty).unwrap();
    match (property.required_in_request, property.required_in_response) {
        (true, true) => out.push_str(" required"),
        (true, false) => out.push_str(" required-in-request"),
        (false, true) => out.push_str(" required-in-response"),
        (false, false) => {}
    }
    if property.read_only {
        out.push_str(" read-only");
    }
    if property.write_only {
        out.push_str(" write-only");
    }
    if let Some(name) = &property.request_name {
        write!(out, " request-name={name}").unwrap();
    }
    if !property.aliases.is_empty() {
        write!(out, " aliases={}", property.aliases.join(",")).unwrap();
    }
    if let Some(condition) = &property.cfg {
        write!(out, " cfg({condition})").unwrap();
    }
    out.push('\n');
}

fn write_enum(out: &mut String, name: &str, set: &Enum) {
    writeln!(out, "enum {name}{}", if set.open { " open" } else { "" }).unwrap();
    for member in &set.members {
        write!(out, "  {} <- {}", member.value, member.declared).unwrap();
        if let Some(number) = member.number {
            write!(out, " = {number}").unwrap();
        }
        if !member.aliases.is_empty() {
            write!(out, " aliases={}", member.aliases.join(",")).unwrap();
        }
        out.push('\n');
    }
}

fn write_operation(out: &mut String, operation: &Operation) {
    writeln!(out, "operation {}: {} {}", operation.name, operation.method, operation.path).unwrap();
    for one in &operation.parameters {
        let required = if one.required { " required" } else { "" };
        writeln!(out, "  {:?} {}: {}{required}", one.location, one.name, one.ty).unwrap();
    }
    if let Some(body) = &operation.request {
        writeln!(out, "  request {body}").unwrap();
    }
    write_examples(out, &operation.examples);
    for response in &operation.responses {
        let body = response.body.as_ref().map_or_else(|| "nothing".to_owned(), ToString::to_string);
        writeln!(out, "  {} {body}", response.status_key()).unwrap();
        write_examples(out, &response.examples);
    }
}

fn write_examples(out: &mut String, examples: &[Example]) {
    for example in examples {
        writeln!(out, "    example {}", example.value).unwrap();
    }
}

/// `path:line:column`
pub fn position(schema: &Schema, place: Place) -> String {
    let file = schema.file(place.file).unwrap();
    let at = LineIndex::new(&file.text).line_column(&file.text, place.span.start);
    format!("{}:{}:{}", file.path, at.line, at.column)
}
