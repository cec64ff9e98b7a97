//! A schema that was read from documentation, as text with everything that its parts know of themselves.

use std::fmt::Write;

use docdrift::schema::{Location, Origin, Property, Schema, Shape, Type, WitnessKind};
use docdrift::text::{LineIndex, Place};

/// Types in name order, operations, notes; who says so in brackets, what is to be noted after a dash.
pub fn told(schema: &Schema) -> String {
    let mut out = String::new();
    for def in schema.types.values() {
        match &def.shape {
            Shape::Object(object) => {
                writeln!(out, "type {}{}", def.name, origin(schema, def.origin.as_deref())).unwrap();
                doc(&mut out, 1, &def.doc);
                properties(&mut out, schema, &object.properties, 1);
            }
            Shape::Enum(set) => {
                writeln!(out, "enum {}{}", def.name, origin(schema, def.origin.as_deref())).unwrap();
                doc(&mut out, 1, &def.doc);
                for member in &set.members {
                    let number = member.number.map_or_else(String::new, |number| format!(" = {number}"));
                    let told = origin(schema, member.origin.as_deref());
                    writeln!(out, "  {} <- {}{number}{told}", member.value, member.declared).unwrap();
                }
            }
            Shape::Alias(ty) => writeln!(out, "alias {} = {ty}", def.name).unwrap(),
        }
    }
    operations(&mut out, schema);
    for note in &schema.notes {
        let place = note.place.map_or_else(|| "-".to_owned(), |place| position(schema, place));
        writeln!(out, "note {place}: {}", note.message).unwrap();
    }
    out
}

fn operations(out: &mut String, schema: &Schema) {
    for operation in &schema.operations {
        let told = origin(schema, operation.origin.as_deref());
        writeln!(out, "{} {} ({}){told}", operation.method, operation.path, operation.name).unwrap();
        doc(out, 1, &operation.doc);
        for parameter in &operation.parameters {
            let location = match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
                Location::Cookie => "cookie",
            };
            let required = if parameter.required { " required" } else { "" };
            let told = origin(schema, parameter.origin.as_deref());
            writeln!(out, "  {location} {}: {}{required}{told}", parameter.name, parameter.ty).unwrap();
            doc(out, 2, &parameter.doc);
        }
        if let Some(body) = &operation.request {
            writeln!(out, "  request {body}").unwrap();
            inline(out, schema, body, 2);
        }
        for example in &operation.examples {
            writeln!(out, "    e.g. {}", example.value).unwrap();
        }
        for response in &operation.responses {
            let body = response.body.as_ref().map_or_else(|| "nothing".to_owned(), ToString::to_string);
            writeln!(out, "  {} {body}", response.status).unwrap();
            if let Some(body) = &response.body {
                inline(out, schema, body, 2);
            }
            for example in &response.examples {
                writeln!(out, "    e.g. {}", example.value).unwrap();
            }
        }
    }
}

fn properties(out: &mut String, schema: &Schema, list: &[Property], depth: usize) {
    let indent = "  ".repeat(depth);
    for property in list {
        let null = if property.nullable { "?" } else { "" };
        write!(out, "{indent}{}: {}{null}", property.name, property.ty).unwrap();
        match (property.required_in_request, property.required_in_response) {
            (true, true) => out.push_str(" required"),
            (true, false) => out.push_str(" required-in-request"),
            (false, true) => out.push_str(" required-in-response"),
            (false, false) => {}
        }
        out.push_str(if property.read_only { " read-only" } else { "" });
        writeln!(out, "{}", origin(schema, property.origin.as_deref())).unwrap();
        doc(out, depth + 1, &property.doc);
        inline(out, schema, &property.ty, depth + 1);
    }
}

/// The properties of an object without a name.
fn inline(out: &mut String, schema: &Schema, ty: &Type, depth: usize) {
    match ty {
        Type::Array(inner) | Type::Map(inner) => inline(out, schema, inner, depth),
        Type::Object(object) => properties(out, schema, &object.properties, depth),
        _ => {}
    }
}

fn doc(out: &mut String, depth: usize, doc: &str) {
    if !doc.is_empty() {
        writeln!(out, "{}\"{doc}\"", "  ".repeat(depth)).unwrap();
    }
}

fn origin(schema: &Schema, origin: Option<&Origin>) -> String {
    let Some(origin) = origin else { return " [?]".to_owned() };
    let witnesses = origin.witnesses.iter().map(|witness| {
        let kind = match witness.kind {
            WitnessKind::Table => "",
            WitnessKind::Example => " e.g.",
        };
        format!("{}{kind}", position(schema, witness.place))
    });
    let witnesses: Vec<String> = witnesses.collect();
    let mut text = format!(" [{}]", witnesses.join(", "));
    for note in &origin.notes {
        write!(text, " - {note}").unwrap();
    }
    text
}

/// `path:line`
pub fn position(schema: &Schema, place: Place) -> String {
    let file = schema.file(place.file).unwrap();
    let at = LineIndex::new(&file.text).line_column(&file.text, place.span.start);
    format!("{}:{}", file.path, at.line)
}
