//! Declarations in short notation, for both sides of a change.

use crate::schema::{Additional, Location, Member, Operation, Parameter, Property, Response, Shape, TypeDef};

/// `type Cart`, `enum CartStatus`.
pub fn type_head(def: &TypeDef) -> String {
    match &def.shape {
        Shape::Object(object) => match object.additional {
            Additional::Denied => format!("type {} (closed)", def.name),
            Additional::Unspecified | Additional::Of(_) => format!("type {}", def.name),
        },
        Shape::Enum(set) if set.open => format!("enum {} (open)", def.name),
        Shape::Enum(_) => format!("enum {}", def.name),
        Shape::Alias(ty) => format!("type {} = {ty}", def.name),
    }
}

/// What kind of type it is.
pub fn shape(def: &TypeDef) -> String {
    match &def.shape {
        Shape::Object(_) => "object".to_owned(),
        Shape::Enum(_) => "enum".to_owned(),
        Shape::Alias(ty) => ty.to_string(),
    }
}

/// `quantity?: integer` with what else its contracts say, in parentheses.
pub fn property(property: &Property) -> String {
    let mut marks = Vec::new();
    if property.read_only {
        marks.push("read-only".to_owned());
    }
    if property.write_only {
        marks.push("write-only".to_owned());
    }
    match (property.required_in_request, property.required_in_response) {
        // Documentation says nothing of that.
        (true, false) if property.origin.is_some() => {}
        (true, false) if !property.write_only => marks.push("not always in responses".to_owned()),
        (false, true) => marks.push("always in responses".to_owned()),
        _ => {}
    }
    if let Some(name) = &property.request_name {
        marks.push(format!("`{name}` in requests"));
    }
    marks.extend(property.aliases.iter().map(|alias| format!("or `{alias}`")));
    with_marks(property.to_string(), &marks)
}

/// `one_time`, with its name in code.
pub fn member(member: &Member) -> String {
    let mut marks = Vec::new();
    if member.declared != member.value {
        marks.push(member.declared.clone());
    }
    marks.extend(member.aliases.iter().map(|alias| format!("or `{alias}`")));
    with_marks(member.value.clone(), &marks)
}

/// `POST /v1/carts`.
pub fn operation(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

/// `size?: integer (query)`.
pub fn parameter(parameter: &Parameter) -> String {
    let optional = if parameter.required { "" } else { "?" };
    let place = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    format!("{}{optional}: {} ({place})", parameter.name, parameter.ty)
}

/// `201: Cart`.
pub fn response(response: &Response) -> String {
    let status = response.status_key();
    match &response.body {
        Some(body) => format!("{status}: {body}"),
        None => status,
    }
}

fn with_marks(text: String, marks: &[String]) -> String {
    if marks.is_empty() { text } else { format!("{text} ({})", marks.join(", ")) }
}
