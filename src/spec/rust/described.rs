//! Attributes that say what a handler does: `#[utoipa::path(..)]`, `#[get("/carts")]` of actix and rocket,
//! `#[oai(path = "/carts", method = "get")]` of poem.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::schema::{Location, Parameter, Response, Type};
use crate::text::Place;

use super::declarations::Function;
use super::handlers::Handler;
use super::reader::Reader;
use super::routes::{METHODS, join};
use super::tokens::{self, group, list, value, word};

/// What `utoipa::path` says of messages.
pub struct Described {
    pub parameters: Vec<Parameter>,
    pub request: Option<Type>,
    pub responses: Vec<Response>,
}

impl Reader<'_> {
    /// Method, path and the path's place, as attributes give them.
    pub fn attribute_route(&self, function: &Function) -> Option<(String, String, Place)> {
        let (mut method, mut path, mut base) = (None, None, String::new());
        let source = self.text(function.origin);
        let text = |tokens: &[TokenTree]| tokens::text(tokens.first(), function.origin, source);
        for attribute in &function.attributes {
            let Some((name, parts)) = taken_apart(attribute) else { continue };
            if METHODS.contains(&name.as_str()) {
                let Some(found) = parts.first().and_then(|part| text(part)) else { continue };
                path = path.or(Some(found));
                method = method.or(Some(name));
                continue;
            }
            if !matches!(name.as_str(), "path" | "route" | "oai") {
                continue;
            }
            for part in &parts {
                let of = |key: &str| value(part, key).and_then(text);
                let word = word(part.first()).filter(|_| part.len() == 1);
                let named = word.filter(|word| METHODS.contains(&word.as_str()));
                method = method.or(named).or_else(|| Some(of("method")?.0.to_ascii_lowercase()));
                let alone = || text(part).filter(|_| name == "route");
                path = path.or_else(|| of("path")).or_else(alone);
                if let Some((context, _)) = of("context_path") {
                    base = context;
                }
            }
        }
        let (path, place) = path?;
        Some((method?.to_ascii_uppercase(), join(&base, &path), place))
    }

    /// What `utoipa::path` says of messages.
    pub fn described(&mut self, handler: &Handler<'_>) -> Option<Described> {
        let attributes = handler.function.attributes.iter().filter_map(taken_apart);
        let of_utoipa = |(name, parts): &(String, Vec<Vec<TokenTree>>)| {
            let says = |part: &Vec<TokenTree>| word(part.first()).is_some_and(|word| word == "responses");
            name == "path" && parts.iter().any(says)
        };
        let (_, parts) = attributes.into_iter().find(of_utoipa)?;
        let mut out = Described { parameters: Vec::new(), request: None, responses: Vec::new() };
        for part in &parts {
            let inside = group(part.get(1), Delimiter::Parenthesis).map(|group| list(group.stream()));
            match (word(part.first()).as_deref(), inside) {
                (Some("params"), Some(list)) => {
                    for part in &list {
                        self.add_parameters(part, handler, &mut out.parameters);
                    }
                }
                (Some("responses"), Some(list)) => {
                    out.responses
                        .extend(list.iter().filter_map(|part| self.described_response(part, handler)));
                }
                (Some("request_body"), Some(list)) => {
                    let content = list.iter().find_map(|part| value(part, "content"));
                    out.request = content.and_then(|ty| self.body_type(ty, handler));
                }
                (Some("request_body"), None) => {
                    let ty = value(part, "request_body");
                    out.request = ty.and_then(|ty| self.body_type(ty, handler));
                }
                _ => {}
            }
        }
        Some(out)
    }

    /// `("id" = u64, Path, description = "..")`, or a type whose fields are parameters.
    fn add_parameters(&mut self, part: &[TokenTree], handler: &Handler<'_>, out: &mut Vec<Parameter>) {
        let Some(inside) = group(part.first(), Delimiter::Parenthesis) else {
            if let Some(ty) = tokens::ty(part) {
                out.extend(self.parameters_of(&ty, Location::Query, handler));
            }
            return;
        };
        let parts = list(inside.stream());
        let origin = handler.function.origin;
        let source = self.text(origin);
        let Some((name, place)) = parts.first().and_then(|part| tokens::text(part.first(), origin, source))
        else {
            return;
        };
        let says =
            |word: &str| parts.iter().any(|part| tokens::word(part.first()).is_some_and(|own| own == word));
        let location = match () {
            () if says("Query") => Location::Query,
            () if says("Header") => Location::Header,
            () if says("Cookie") => Location::Cookie,
            () => Location::Path,
        };
        let ty = parts.first().and_then(|part| tokens::ty(part.get(2..)?));
        let used = ty.map(|ty| self.used(&ty, &handler.scope()));
        let optional = used.as_ref().is_some_and(|used| used.optional);
        let doc =
            parts.iter().find_map(|part| tokens::text(value(part, "description")?.first(), origin, source));
        out.push(Parameter {
            name,
            location,
            ty: used.map_or(Type::Any, |used| used.ty),
            required: location == Location::Path || !optional,
            default: None,
            doc: doc.map_or_else(String::new, |(doc, _)| doc),
            place: Some(place),
            origin: None,
        });
    }

    /// `(status = 200, description = "..", body = Cart)`
    fn described_response(&mut self, part: &[TokenTree], handler: &Handler<'_>) -> Option<Response> {
        let parts = list(group(part.first(), Delimiter::Parenthesis)?.stream());
        let status = parts.iter().find_map(|part| status(value(part, "status")?))?;
        let body = parts.iter().find_map(|part| value(part, "body"));
        let body = body.and_then(|ty| self.body_type(ty, handler));
        Some(Response { status, body, examples: Vec::new() })
    }

    /// A body: `Cart`, `[Cart]`, `inline(Cart)`, `Option<Cart>`.
    fn body_type(&mut self, tokens: &[TokenTree], handler: &Handler<'_>) -> Option<Type> {
        let inline = word(tokens.first()).filter(|word| word == "inline");
        let inside = inline.and_then(|_| group(tokens.get(1), Delimiter::Parenthesis));
        let ty = match inside {
            Some(inside) => syn::parse2(inside.stream()).ok()?,
            None => tokens::ty(tokens)?,
        };
        Some(self.used(&ty, &handler.scope()).ty)
    }
}

/// The last name of an attribute and what stands in its brackets.
fn taken_apart(attribute: &TokenStream) -> Option<(String, Vec<Vec<TokenTree>>)> {
    let all: Vec<TokenTree> = attribute.clone().into_iter().collect();
    let (names, length) = tokens::path(&all);
    let inside = group(all.get(length), Delimiter::Parenthesis)?;
    // Of all attributes that are called `path` only utoipa's has brackets, and `serde` has none of these names.
    Some((names.last()?.clone(), list(inside.stream())))
}

/// `200`, `"4XX"`, `StatusCode::CREATED`
fn status(tokens: &[TokenTree]) -> Option<u16> {
    if let Some(TokenTree::Literal(literal)) = tokens.first() {
        let text = literal.to_string();
        let text = text.trim_matches('"');
        return match text.strip_suffix("XX") {
            Some(class) => class.parse().ok().filter(|class| (1..=5).contains(class)),
            None if text == "default" => Some(0),
            None => text.parse().ok().filter(|status| (100..600).contains(status)),
        };
    }
    let (names, _) = tokens::path(tokens);
    Some(match names.last()?.as_str() {
        "OK" => 200,
        "CREATED" => 201,
        "ACCEPTED" => 202,
        "NO_CONTENT" => 204,
        "BAD_REQUEST" => 400,
        "UNAUTHORIZED" => 401,
        "FORBIDDEN" => 403,
        "NOT_FOUND" => 404,
        "CONFLICT" => 409,
        "GONE" => 410,
        "PRECONDITION_FAILED" => 412,
        "PAYLOAD_TOO_LARGE" => 413,
        "UNSUPPORTED_MEDIA_TYPE" => 415,
        "UNPROCESSABLE_ENTITY" => 422,
        "TOO_MANY_REQUESTS" => 429,
        "INTERNAL_SERVER_ERROR" => 500,
        "NOT_IMPLEMENTED" => 501,
        "BAD_GATEWAY" => 502,
        "SERVICE_UNAVAILABLE" => 503,
        _ => return None,
    })
}
