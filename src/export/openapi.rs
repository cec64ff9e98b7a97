//! `OpenAPI` 3.1: paths, components, examples, and where each is from.
//!
//! What the format refuses is kept beside it: operations whose path or method it has no place for in
//! `x-docdrift-operations`, parameters and answers in `x-docdrift-parameters` and `x-docdrift-responses`. A
//! placeholder that no parameter describes gets one that says so (`x-docdrift-implied`).

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use serde_json::Value;

use super::layout;
use super::lower::{Dialect, Lowering};
use super::names::stem;
use super::node::{Node, Ordered, Provenance, VERSION, Witness};
use crate::schema::{self, Additional, Format, Location, Schema, Type};

/// The methods that a path has places for.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

#[derive(Serialize)]
struct Document {
    openapi: &'static str,
    #[serde(rename = "x-docdrift-version")]
    version: u32,
    info: Info,
    paths: Ordered<Ordered<Operation>>,
    components: Components,
    #[serde(rename = "x-docdrift-operations", skip_serializing_if = "Vec::is_empty")]
    others: Vec<Other>,
}

#[derive(Serialize)]
struct Info {
    title: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Components {
    schemas: Ordered<Node>,
}

/// An operation without a place among the paths.
#[derive(Serialize)]
struct Other {
    method: String,
    path: String,
    #[serde(flatten)]
    operation: Operation,
}

#[derive(Serialize)]
struct Operation {
    #[serde(rename = "operationId", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    summary: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    /// The whole path, where that of the path item is cut.
    #[serde(rename = "x-docdrift-path", skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parameters: Vec<Parameter>,
    #[serde(rename = "x-docdrift-parameters", skip_serializing_if = "Vec::is_empty")]
    other_parameters: Vec<Parameter>,
    #[serde(rename = "requestBody", skip_serializing_if = "Option::is_none")]
    request: Option<RequestBody>,
    #[serde(skip_serializing_if = "Ordered::is_empty")]
    responses: Ordered<Response>,
    #[serde(rename = "x-docdrift-responses", skip_serializing_if = "Vec::is_empty")]
    other_responses: Vec<OtherResponse>,
    #[serde(flatten)]
    provenance: Provenance,
}

#[derive(Serialize)]
struct Parameter {
    name: String,
    #[serde(rename = "in")]
    location: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    required: bool,
    schema: Node,
    /// The path needs it and nobody describes it.
    #[serde(rename = "x-docdrift-implied", skip_serializing_if = "Option::is_none")]
    implied: Option<bool>,
    /// Whether it is required, where the format says that it has to be.
    #[serde(rename = "x-docdrift-required", skip_serializing_if = "Option::is_none")]
    really_required: Option<bool>,
    #[serde(flatten)]
    provenance: Provenance,
}

#[derive(Serialize)]
struct RequestBody {
    required: bool,
    content: Content,
}

#[derive(Serialize)]
struct Response {
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<Content>,
}

/// An answer whose status is not one, or is taken.
#[derive(Serialize)]
struct OtherResponse {
    status: u16,
    #[serde(flatten)]
    response: Response,
}

#[derive(Serialize)]
struct Content {
    #[serde(rename = "application/json")]
    json: Media,
}

#[derive(Serialize)]
struct Media {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<Node>,
    #[serde(skip_serializing_if = "Ordered::is_empty")]
    examples: Ordered<Example>,
}

#[derive(Serialize)]
struct Example {
    value: Value,
    #[serde(rename = "x-docdrift-locale", skip_serializing_if = "String::is_empty")]
    locale: String,
    #[serde(rename = "x-docdrift-provenance", skip_serializing_if = "Vec::is_empty")]
    places: Vec<Witness>,
}

/// The whole document.
pub fn render(schema: &Schema) -> String {
    let writer = Writer { lowering: Lowering::new(schema, Dialect::OpenApi) };
    let mut paths = Paths::default();
    let mut others = Vec::new();
    for operation in &schema.operations {
        let path = operation.path.split(['?', '#']).next().unwrap_or_default();
        let mut written = writer.operation(operation, path);
        if let Some((method, item)) = paths.place(&operation.method, path) {
            written.path = (path != operation.path).then(|| operation.path.clone());
            item.0.push((method, written));
        } else {
            let (method, path) = (operation.method.clone(), operation.path.clone());
            others.push(Other { method, path, operation: written });
        }
    }
    // In the order in which they are read again.
    let mut ids = HashSet::new();
    let of_paths = paths.items.0.iter_mut().flat_map(|(_, item)| item.0.iter_mut().map(|(_, one)| one));
    for operation in of_paths.chain(others.iter_mut().map(|other: &mut Other| &mut other.operation)) {
        operation.id = id(&operation.summary, &mut ids);
    }
    layout::spread(&Document {
        openapi: "3.1.0",
        version: VERSION,
        info: Info { title: "API", version: "1" },
        paths: paths.items,
        components: Components { schemas: writer.lowering.definitions(schema) },
        others,
    })
}

/// Operations by path, then by method.
#[derive(Default)]
struct Paths {
    items: Ordered<Ordered<Operation>>,
    /// Numbers of the items by their templates without names, which are all that counts to the format.
    by_template: HashMap<String, usize>,
}

impl Paths {
    /// The item of a path, new if need be, and the method as it says it; `None` if it has no place for it.
    fn place(&mut self, method: &str, path: &str) -> Option<(String, &mut Ordered<Operation>)> {
        let method = METHODS.into_iter().find(|known| known.to_ascii_uppercase() == method)?;
        if !path.starts_with('/') || placeholders(path).is_none() {
            return None;
        }
        let items = &mut self.items.0;
        let at = *self.by_template.entry(unnamed(path)).or_insert(items.len());
        if at == items.len() {
            items.push((path.to_owned(), Ordered::default()));
        }
        let (known, item) = items.get_mut(at)?;
        let is_free = known == path && !item.0.iter().any(|(known, _)| known == method);
        is_free.then(|| (method.to_owned(), item))
    }
}

/// The names in the braces of a template; `None` if braces do not pair or a name is empty or twice there.
fn placeholders(path: &str) -> Option<Vec<&str>> {
    let mut names: Vec<&str> = Vec::new();
    let mut rest = path;
    while let Some((before, opened)) = rest.split_once('{') {
        let (name, after) = opened.split_once('}')?;
        if before.contains('}') || name.is_empty() || name.contains(['{', '/']) || names.contains(&name) {
            return None;
        }
        names.push(name);
        rest = after;
    }
    (!rest.contains('}')).then_some(names)
}

/// A template without the names of its placeholders.
fn unnamed(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut is_inside = false;
    for c in path.chars() {
        is_inside &= c != '}';
        if !is_inside {
            out.push(c);
        }
        is_inside |= c == '{';
    }
    out
}

/// `create a cart` -> `createACart`, each once.
fn id(name: &str, taken: &mut HashSet<String>) -> Option<String> {
    if name.is_empty() {
        return None;
    }
    let stem = stem(name);
    let numbered = (2_usize..).map(|number| format!("{stem}{number}"));
    let id = std::iter::once(stem.clone()).chain(numbered).find(|id| !taken.contains(id))?;
    taken.insert(id.clone());
    Some(id)
}

/// The named type that a body is or is made of, however many times it is said.
fn name(ty: &Type) -> Option<&str> {
    let mut forms = Vec::new();
    let or_null = ty.alternatives(&mut forms);
    match forms.as_slice() {
        [Type::Named(name)] if !or_null => Some(name),
        [Type::Array(inner) | Type::Map(inner)] if !or_null => name(inner),
        // It is read as a map.
        [Type::Object(object)] if !or_null && object.properties.is_empty() => match &object.additional {
            Additional::Of(inner) => name(inner),
            _ => None,
        },
        _ => None,
    }
}

struct Writer<'a> {
    lowering: Lowering<'a>,
}

impl Writer<'_> {
    fn operation(&self, operation: &schema::Operation, path: &str) -> Operation {
        let (parameters, other_parameters) = self.parameters(operation, path);
        let mut responses: Ordered<Response> = Ordered::default();
        let mut other_responses = Vec::new();
        for response in &operation.responses {
            let status = response.status;
            let key = response.status_key();
            let is_valid = status <= 5 || (100..600).contains(&status);
            if is_valid && !responses.0.iter().any(|(known, _)| *known == key) {
                responses.0.push((key, self.response(response)));
            } else {
                other_responses.push(OtherResponse { status, response: self.response(response) });
            }
        }
        let content = self.content(operation.request.as_ref(), &operation.examples);
        Operation {
            id: None,
            summary: operation.name.clone(),
            description: operation.doc.trim().to_owned(),
            path: None,
            parameters,
            other_parameters,
            request: content.map(|content| RequestBody { required: operation.request.is_some(), content }),
            responses,
            other_responses,
            provenance: self.lowering.provenance(operation.place, operation.origin.as_deref()),
        }
    }

    /// Those that the format takes, then those that it does not: of the path without a placeholder, or twice.
    fn parameters(&self, operation: &schema::Operation, path: &str) -> (Vec<Parameter>, Vec<Parameter>) {
        let names = placeholders(path).unwrap_or_default();
        let mut seen: HashSet<(Location, String)> = HashSet::new();
        let key = |location: Location, name: &str| match location {
            Location::Header => (location, name.to_ascii_lowercase()),
            _ => (location, name.to_owned()),
        };
        let (mut held, mut other) = (Vec::new(), Vec::new());
        for parameter in &operation.parameters {
            let is_held = (parameter.location != Location::Path || names.contains(&parameter.name.as_str()))
                && seen.insert(key(parameter.location, &parameter.name));
            let list = if is_held { &mut held } else { &mut other };
            list.push(self.parameter(parameter));
        }
        for name in names {
            if seen.insert(key(Location::Path, name)) {
                held.push(Parameter {
                    name: name.to_owned(),
                    location: "path",
                    description: String::new(),
                    required: true,
                    schema: self.lowering.ty(&Type::String(Format::Plain), false),
                    implied: Some(true),
                    really_required: None,
                    provenance: Provenance::default(),
                });
            }
        }
        (held, other)
    }

    fn parameter(&self, parameter: &schema::Parameter) -> Parameter {
        let is_of_path = parameter.location == Location::Path;
        Parameter {
            name: parameter.name.clone(),
            location: match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
                Location::Header => "header",
                Location::Cookie => "cookie",
            },
            description: parameter.doc.trim().to_owned(),
            required: is_of_path || parameter.required,
            schema: Node { default: parameter.default.clone(), ..self.lowering.ty(&parameter.ty, false) },
            implied: None,
            really_required: (is_of_path && !parameter.required).then_some(false),
            provenance: self.lowering.provenance(parameter.place, parameter.origin.as_deref()),
        }
    }

    fn response(&self, response: &schema::Response) -> Response {
        // The format wants some description.
        let description = response.body.as_ref().and_then(name).unwrap_or_default().to_owned();
        Response { description, content: self.content(response.body.as_ref(), &response.examples) }
    }

    fn content(&self, body: Option<&Type>, examples: &[schema::Example]) -> Option<Content> {
        if body.is_none() && examples.is_empty() {
            return None;
        }
        let schema = body.map(|body| self.lowering.ty(body, false));
        Some(Content { json: Media { schema, examples: self.examples(examples) } })
    }

    /// Examples under the names of their locales.
    fn examples(&self, examples: &[schema::Example]) -> Ordered<Example> {
        let mut out: Ordered<Example> = Ordered::default();
        for (at, example) in examples.iter().enumerate() {
            let locale = example.locale.as_str();
            let twins = examples[..at].iter().filter(|other| other.locale == locale).count();
            let stem = if locale.is_empty() { "example" } else { locale };
            let name = if twins == 0 { stem.to_owned() } else { format!("{stem}-{}", twins + 1) };
            let places = self.lowering.example_place(example);
            out.0.push((name, Example { value: example.value.clone(), locale: locale.to_owned(), places }));
        }
        out
    }
}
