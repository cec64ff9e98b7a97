//! TypeScript declarations: an interface or type for each type, and one interface of all operations.
//!
//! A property may be left out unless both contracts require it; what is only in answers is `readonly`.
//! Comments say the rest. Types that only lead back to themselves are `unknown`.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::names::Names;
use crate::schema::{
    Additional, Enum, Format, Location, Member, Object, Operation, Property, Schema, Shape, Type, TypeDef,
};

/// The interface of all operations.
const OPERATIONS: &str = "Operations";

/// Words that no type can be called.
const RESERVED: [&str; 54] = [
    "any",
    "as",
    "asserts",
    "async",
    "await",
    "bigint",
    "boolean",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "declare",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "infer",
    "instanceof",
    "interface",
    "is",
    "keyof",
    "let",
    "never",
    "new",
    "null",
    "number",
    "object",
    "package",
    "private",
    "string",
    "symbol",
    "this",
    "true",
    "try",
    "type",
    "typeof",
    "undefined",
    "unknown",
    "var",
    "void",
];

/// The declarations of the whole schema.
pub fn render(schema: &Schema) -> String {
    let own = schema.types.keys().map(String::as_str);
    let mut writer = Writer { schema, names: Names::new(own, is_type_name), out: String::new() };
    for def in schema.types.values() {
        writer.def(def);
    }
    if !schema.operations.is_empty() {
        writer.operations();
    }
    if writer.out.is_empty() {
        // A file without exports is no module.
        writer.out.push_str("export {};\n");
    }
    writer.out
}

fn is_type_name(name: &str) -> bool {
    is_identifier(name) && !RESERVED.contains(&name) && name != OPERATIONS
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$'))
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'$'))
}

struct Writer<'a> {
    schema: &'a Schema,
    names: Names<'a>,
    out: String,
}

impl Writer<'_> {
    fn def(&mut self, def: &TypeDef) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        let name = self.names.get(&def.name).unwrap_or("unknown").to_owned();
        let mut doc = vec![def.doc.clone()];
        if name != def.name {
            doc.push(format!("`{}`", def.name));
        }
        self.comment("", &doc);
        match &def.shape {
            Shape::Object(object) => {
                let _ = writeln!(self.out, "export interface {name} {{");
                self.members(object);
                self.out.push_str("}\n");
            }
            Shape::Enum(set) => self.enumeration(&name, set),
            Shape::Alias(_) if self.is_circular(&def.name) => {
                let _ = writeln!(self.out, "export type {name} = unknown;");
            }
            Shape::Alias(ty) => {
                let ty = self.ty(ty, false);
                let _ = writeln!(self.out, "export type {name} = {ty};");
            }
        }
    }

    fn enumeration(&mut self, name: &str, set: &Enum) {
        let _ = write!(self.out, "export type {name} =");
        for member in &set.members {
            self.out.push('\n');
            self.comment("  ", std::slice::from_ref(&member.doc));
            let value = if member.is_number() { member.value.clone() } else { quoted(&member.value) };
            let _ = write!(self.out, "  | {value}");
        }
        match (set.open, set.members.is_empty()) {
            (true, _) if !set.members.is_empty() && set.members.iter().all(Member::is_number) => {
                self.out.push_str("\n  | (number & {})");
            }
            (true, _) => self.out.push_str("\n  | (string & {})"),
            (false, true) => self.out.push_str(" never"),
            (false, false) => {}
        }
        self.out.push_str(";\n");
    }

    fn members(&mut self, object: &Object) {
        let mut seen = HashSet::new();
        for property in object.properties.iter().filter(|property| seen.insert(property.name.as_str())) {
            self.comment("  ", &remarks(property));
            let _ = writeln!(self.out, "  {};", self.property(property));
        }
        for property in &object.properties {
            // Nothing but a request uses this name.
            let Some(name) = property.request_name.as_deref().filter(|name| seen.insert(name)) else {
                continue;
            };
            self.comment("  ", &[format!("`{}` in requests.", property.name)]);
            let ty = self.ty(&property.ty, property.nullable);
            let _ = writeln!(self.out, "  {}?: {ty};", key(name));
        }
        if let Some(index) = self.index(object) {
            let _ = writeln!(self.out, "  {index};");
        }
    }

    fn property(&self, property: &Property) -> String {
        let readonly = if property.read_only { "readonly " } else { "" };
        let optional = if is_everywhere(property) { "" } else { "?" };
        format!("{readonly}{}{optional}: {}", key(&property.name), self.ty(&property.ty, property.nullable))
    }

    /// What further keys hold. An index signature has to hold for the listed keys too.
    fn index(&self, object: &Object) -> Option<String> {
        let Additional::Of(further) = &object.additional else { return None };
        let mut all = vec![self.ty(further, false)];
        if **further != Type::Any {
            for property in &object.properties {
                let ty = self.ty(&property.ty, property.nullable);
                if !all.contains(&ty) {
                    all.push(ty);
                }
            }
            if !object.properties.iter().all(is_everywhere) {
                all.push("undefined".to_owned());
            }
        }
        Some(format!("[key: string]: {}", all.join(" | ")))
    }

    /// A type expression.
    fn ty(&self, ty: &Type, nullable: bool) -> String {
        let mut forms = Vec::new();
        let or_null = ty.alternatives(&mut forms) || nullable;
        let mut all: Vec<String> = forms.into_iter().map(|ty| self.one(ty)).collect();
        all.extend(or_null.then(|| "null".to_owned()));
        if all.is_empty() { "never".to_owned() } else { all.join(" | ") }
    }

    fn one(&self, ty: &Type) -> String {
        match ty {
            Type::Any => "unknown".to_owned(),
            Type::Null | Type::OneOf(_) => "null".to_owned(),
            Type::Boolean => "boolean".to_owned(),
            Type::Integer | Type::Number => "number".to_owned(),
            Type::String(_) => "string".to_owned(),
            Type::Constant(value) => quoted(value),
            Type::Array(item) => {
                let mut forms = Vec::new();
                let or_null = item.alternatives(&mut forms);
                let item = self.ty(item, false);
                if forms.len() + usize::from(or_null) > 1 {
                    format!("({item})[]")
                } else {
                    format!("{item}[]")
                }
            }
            Type::Map(value) => format!("{{ [key: string]: {} }}", self.ty(value, false)),
            Type::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.ty(item, false)).collect();
                format!("[{}]", items.join(", "))
            }
            Type::Named(name) => match self.names.get(name) {
                Some(name) => name.to_owned(),
                None => format!("unknown /* {} */", uncommented(name)),
            },
            Type::Object(object) => {
                let mut seen = HashSet::new();
                let own = object.properties.iter().filter(|property| seen.insert(property.name.as_str()));
                let mut members: Vec<String> = own.map(|property| self.property(property)).collect();
                members.extend(self.index(object));
                if members.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", members.join("; ")) }
            }
        }
    }

    /// Whether an alias leads back to itself with nothing but aliases and alternatives on the way.
    fn is_circular(&self, name: &str) -> bool {
        let mut open = vec![name];
        let mut seen = HashSet::new();
        while let Some(at) = open.pop() {
            let Some(TypeDef { shape: Shape::Alias(ty), .. }) = self.schema.get(at) else { continue };
            let mut forms = Vec::new();
            ty.alternatives(&mut forms);
            for form in forms {
                match form {
                    Type::Named(next) if next == name => return true,
                    Type::Named(next) if seen.insert(next.as_str()) => open.push(next),
                    _ => {}
                }
            }
        }
        false
    }

    fn operations(&mut self) {
        let schema = self.schema;
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.comment("", &["What is sent and answered, by method and path.".to_owned()]);
        let _ = writeln!(self.out, "export interface {OPERATIONS} {{");
        let mut seen = HashSet::new();
        for operation in &schema.operations {
            let name = format!("{} {}", operation.method, operation.path);
            if seen.insert(name.clone()) {
                self.operation(&name, operation);
            }
        }
        self.out.push_str("}\n");
    }

    fn operation(&mut self, name: &str, operation: &Operation) {
        self.comment("  ", &[operation.name.clone(), operation.doc.clone()]);
        let _ = writeln!(self.out, "  {}: {{", quoted(name));
        let places = [
            ("path", Location::Path),
            ("query", Location::Query),
            ("header", Location::Header),
            ("cookie", Location::Cookie),
        ];
        for (place, location) in places {
            let mut seen = HashSet::new();
            let here = operation.parameters.iter().filter(|parameter| parameter.location == location);
            let here: Vec<String> = here
                .filter(|parameter| seen.insert(parameter.name.as_str()))
                .map(|parameter| {
                    let optional = if parameter.required { "" } else { "?" };
                    format!("{}{optional}: {}", key(&parameter.name), self.ty(&parameter.ty, false))
                })
                .collect();
            if !here.is_empty() {
                let _ = writeln!(self.out, "    {place}: {{ {} }};", here.join("; "));
            }
        }
        if let Some(body) = &operation.request {
            let _ = writeln!(self.out, "    request: {};", self.ty(body, false));
        }
        let mut seen = HashSet::new();
        let responses = operation.responses.iter().filter(|response| seen.insert(response.status));
        let responses: Vec<String> = responses
            .map(|response| {
                let body = response.body.as_ref().map_or("undefined".to_owned(), |body| self.ty(body, false));
                match response.status {
                    0 => format!("default: {body}"),
                    status => format!("{status}: {body}"),
                }
            })
            .collect();
        if !responses.is_empty() {
            let _ = writeln!(self.out, "    responses: {{ {} }};", responses.join("; "));
        }
        self.out.push_str("  };\n");
    }

    /// A comment of the paragraphs that say something.
    fn comment(&mut self, indent: &str, paragraphs: &[String]) {
        let lines: Vec<String> = paragraphs
            .iter()
            .flat_map(|paragraph| paragraph.trim().lines())
            .map(|line| uncommented(line.trim_end()))
            .filter(|line| !line.is_empty())
            .collect();
        match lines.as_slice() {
            [] => {}
            [line] => {
                let _ = writeln!(self.out, "{indent}/** {line} */");
            }
            lines => {
                let _ = writeln!(self.out, "{indent}/**");
                for line in lines {
                    let _ = writeln!(self.out, "{indent} * {line}");
                }
                let _ = writeln!(self.out, "{indent} */");
            }
        }
    }
}

/// Whether every message carries the property, by this name.
fn is_everywhere(property: &Property) -> bool {
    property.required_in_request
        && property.required_in_response
        && property.aliases.is_empty()
        && property.request_name.is_none()
}

/// What the declaration cannot say.
fn remarks(property: &Property) -> Vec<String> {
    let mut out = vec![property.doc.clone()];
    match (property.required_in_request, property.required_in_response) {
        (true, false) => out.push("Required in requests.".to_owned()),
        (false, true) => out.push("Always in responses.".to_owned()),
        _ => {}
    }
    if property.write_only {
        out.push("Only in requests.".to_owned());
    }
    if !property.aliases.is_empty() {
        let names: Vec<String> = property.aliases.iter().map(|name| format!("`{name}`")).collect();
        out.push(format!("Requests may also call it {}.", names.join(", ")));
    }
    if let Type::String(format) = property.ty
        && format != Format::Plain
    {
        out.push(format!("@format {}", format.name()));
    }
    out
}

/// A property's name where it is declared.
fn key(name: &str) -> String {
    if is_identifier(name) { name.to_owned() } else { quoted(name) }
}

/// A string literal. JSON's are TypeScript's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Text that does not end the comment it stands in.
fn uncommented(text: &str) -> String {
    text.replace("*/", "*\\/")
}
