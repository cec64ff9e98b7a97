//! Handlers: what their signatures say of messages, by the extractors of axum and actix.

use proc_macro2::{Delimiter, TokenTree};
use syn::{GenericArgument, PathArguments};

use crate::schema::{Location, Operation, Parameter, Response, Type};

use super::declarations::Function;
use super::described::Described;
use super::reader::{Reader, Scope};
use super::routes::Route;
use super::tokens::{group, is_mark, list, ty};

/// Types within types that are looked through for a body.
const DEEPEST: u32 = 8;

/// A function that answers requests.
#[derive(Clone, Copy)]
pub struct Handler<'f> {
    pub function: &'f Function,
    /// The path template of its route.
    path: &'f str,
}

impl<'f> Handler<'f> {
    /// Where the types of its signature are looked up.
    pub const fn scope(&self) -> Scope<'f> {
        let Function { origin, module, .. } = self.function;
        Scope { origin: *origin, module: *module, generics: &[], arguments: &[], name: "", depth: 0 }
    }
}

impl Reader<'_> {
    /// The operation of a route.
    pub fn route_operation(&mut self, route: Route) -> Operation {
        let Route { method, path, place, handler } = route;
        let mut operation = Operation {
            name: format!("{method} {path}"),
            doc: String::new(),
            method,
            path,
            parameters: Vec::new(),
            request: None,
            examples: Vec::new(),
            responses: Vec::new(),
            place: Some(place),
            origin: None,
        };
        if let Some(id) = handler {
            let path = operation.path.clone();
            let handler = Handler { function: &self.declarations.functions[id.0], path: &path };
            self.signature(&handler, &mut operation);
            if let Some(Described { parameters, request, responses }) = self.described(&handler) {
                for parameter in parameters {
                    let is_same =
                        |one: &Parameter| one.name == parameter.name && one.location == parameter.location;
                    operation.parameters.retain(|one| !is_same(one));
                    operation.parameters.push(parameter);
                }
                operation.request = request.or(operation.request);
                operation.responses = responses;
            }
            let doc = doc(handler.function);
            let (first, rest) = doc.split_once('\n').unwrap_or((&doc, ""));
            if !first.trim().is_empty() {
                first.trim().trim_end_matches('.').clone_into(&mut operation.name);
                rest.trim().clone_into(&mut operation.doc);
            }
        }
        let names: Vec<String> = placeholders(&operation.path).map(str::to_owned).collect();
        for name in names {
            let is_same = |one: &Parameter| one.name == name && one.location == Location::Path;
            if !operation.parameters.iter().any(is_same) {
                operation.parameters.push(Parameter {
                    name,
                    location: Location::Path,
                    ty: Type::Any,
                    required: true,
                    default: None,
                    doc: String::new(),
                    place: Some(place),
                    origin: None,
                });
            }
        }
        operation
    }

    /// What arguments and the type that is returned say.
    fn signature(&mut self, handler: &Handler<'_>, operation: &mut Operation) {
        let head = &handler.function.head;
        let arguments = head.iter().find_map(|token| group(Some(token), Delimiter::Parenthesis));
        for argument in arguments.into_iter().flat_map(|group| list(group.stream())) {
            let Some(at) = colon(&argument) else { continue };
            let Some(ty) = ty(&argument[at + 1..]) else { continue };
            let Some((name, inner)) = extractor(&ty, 0) else { continue };
            match name.as_str() {
                "Path" => operation.parameters.extend(self.parameters_of(inner, Location::Path, handler)),
                "Query" => operation.parameters.extend(self.parameters_of(inner, Location::Query, handler)),
                _ => operation.request = Some(self.element(inner, &handler.scope())),
            }
        }
        let arrow = head.windows(2).position(|pair| is_mark(pair.first(), '-') && is_mark(pair.get(1), '>'));
        let Some(arrow) = arrow else { return };
        let is_where = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "where");
        let end = head.iter().position(is_where).filter(|at| *at > arrow).unwrap_or(head.len());
        let Some(returned) = ty(&head[arrow + 2..end]) else { return };
        if let Some((body, status)) = returned_body(&returned, 200, 0) {
            let body = Some(self.element(body, &handler.scope()));
            operation.responses.push(Response { status, body, examples: Vec::new() });
        }
    }

    /// The parameters that an extractor reads: one, several in their order, or the fields of a type.
    pub fn parameters_of(
        &mut self,
        ty: &syn::Type,
        location: Location,
        handler: &Handler<'_>,
    ) -> Vec<Parameter> {
        let types: Vec<&syn::Type> = match ty {
            syn::Type::Tuple(tuple) => tuple.elems.iter().collect(),
            ty => vec![ty],
        };
        let used: Vec<Type> = types.iter().map(|ty| self.element(ty, &handler.scope())).collect();
        if let ([only], false) = (used.as_slice(), matches!(ty, syn::Type::Tuple(_)))
            && let Type::Named(_) | Type::Object(_) = only
            && let Some(object) = self.flattened(only)
        {
            let parameter = |property: crate::schema::Property| Parameter {
                required: location == Location::Path || property.required_in_request,
                name: property.request_name.unwrap_or(property.name),
                location,
                ty: property.ty,
                default: property.default,
                doc: property.doc,
                place: property.place,
                origin: None,
            };
            return object.properties.into_iter().map(parameter).collect();
        }
        if location != Location::Path {
            return Vec::new();
        }
        let parameter = |(name, ty): (&str, Type)| Parameter {
            name: name.to_owned(),
            location,
            ty,
            required: true,
            default: None,
            doc: String::new(),
            place: None,
            origin: None,
        };
        placeholders(handler.path).zip(used).map(parameter).collect()
    }
}

/// The names in braces.
fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}

/// The colon between a pattern and its type.
fn colon(argument: &[TokenTree]) -> Option<usize> {
    let is_colon = |at: usize| is_mark(argument.get(at), ':');
    (0..argument.len()).find(|at| is_colon(*at) && !is_colon(at + 1) && (*at == 0 || !is_colon(at - 1)))
}

/// The extractor that a type is, perhaps within another, and what it extracts.
fn extractor(ty: &syn::Type, depth: u32) -> Option<(String, &syn::Type)> {
    let (name, inner) = generic(ty)?;
    match name.as_str() {
        "Json" | "Form" | "Query" | "Path" => Some((name, inner)),
        _ if name.ends_with("Json") => Some((name, inner)),
        _ if depth < DEEPEST => extractor(inner, depth + 1),
        _ => None,
    }
}

/// The body that is returned in JSON, and its status: `Result<(StatusCode, Json<Cart>), Error>`.
fn returned_body(ty: &syn::Type, status: u16, depth: u32) -> Option<(&syn::Type, u16)> {
    if depth > DEEPEST {
        return None;
    }
    if let syn::Type::Tuple(tuple) = ty {
        // Which of those that mean success, nobody can tell.
        return tuple.elems.iter().find_map(|element| returned_body(element, 2, depth + 1));
    }
    let (name, inner) = generic(ty)?;
    if name == "Json" { Some((inner, status)) } else { returned_body(inner, status, depth + 1) }
}

/// The last name of a type and its first argument.
fn generic(ty: &syn::Type) -> Option<(String, &syn::Type)> {
    let syn::Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let inner = arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    });
    Some((segment.ident.to_string(), inner?))
}

/// The doc comment of a function.
fn doc(function: &Function) -> String {
    let line = |attribute: &proc_macro2::TokenStream| {
        let meta: syn::MetaNameValue = syn::parse2(attribute.clone()).ok()?;
        let text = super::attributes::string(&meta.value).filter(|_| meta.path.is_ident("doc"))?;
        Some(text.value().trim().to_owned())
    };
    function.attributes.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}
