//! Operations, read from constants: see [`spec::rust`](crate::spec::rust) for their shape.

use std::borrow::Cow;
use std::rc::Rc;

use syn::{Expr, ExprCall, ExprLit, ExprStruct, GenericArgument, Lit, Member, PathArguments};

use crate::schema::{Format, Location, Operation, Parameter, Response, Type};
use crate::text::Place;

use super::attributes::string;
use super::declarations::{Constant, ConstantId, ModuleId, unraw};
use super::items::Origin;
use super::reader::{Reader, Scope};

/// Constants that may name each other on the way to a value.
const LONGEST_CHAIN: u32 = 8;

/// A constant, parsed.
pub struct Value {
    expression: Expr,
    doc: String,
}

/// The constant an expression stands in, and how many constants lead there.
#[derive(Debug, Clone, Copy)]
struct At {
    origin: Origin,
    module: ModuleId,
    depth: u32,
}

impl Reader<'_> {
    /// Reads every table of operations.
    pub fn operations(&mut self) -> Vec<Operation> {
        let mut out = Vec::new();
        for (id, constant) in self.declarations.constants.iter().enumerate() {
            if constant.name == "OPERATIONS" || constant.name.ends_with("_OPERATIONS") {
                let Some(value) = self.value(ConstantId(id)) else { continue };
                let at = At { origin: constant.origin, module: constant.module, depth: 0 };
                let Some(list) = elements(&value.expression) else {
                    // A number or a single value of that name is no table.
                    if !matches!(value.expression, Expr::Lit(_) | Expr::Unary(_) | Expr::Struct(_)) {
                        self.unreadable(&value.expression, at, &constant.name);
                    }
                    continue;
                };
                for element in list {
                    match self.literal(element, at) {
                        Some((fields, at, _)) => out.push(self.operation(&fields, at)),
                        None => self.unreadable(element, at, &constant.name),
                    }
                }
            }
        }
        out
    }

    fn operation(&mut self, fields: &ExprStruct, at: At) -> Operation {
        let mut place = None;
        let mut text = |reader: &mut Self, name: &str| {
            let value = field(fields, name)?;
            let (text, at) = reader.text_value(value, at)?;
            place = Some(at);
            Some(text)
        };
        let name = text(self, "name");
        let method = text(self, "method").unwrap_or_default().to_ascii_uppercase();
        let path = text(self, "path").unwrap_or_default();
        let list = |name: &str| field(fields, name).and_then(elements).unwrap_or_default();
        let parameters =
            list("parameters").into_iter().filter_map(|value| self.parameter(value, &path, at)).collect();
        let responses = list("responses").into_iter().filter_map(|value| self.response(value, at)).collect();
        let request = field(fields, "request").and_then(|value| self.body(value, at));
        let name = name.unwrap_or_else(|| format!("{method} {path}"));
        Operation {
            name,
            doc: String::new(),
            method,
            path,
            parameters,
            request,
            examples: Vec::new(),
            responses,
            place,
            origin: None,
        }
    }

    /// A parameter; its name among the placeholders of `path` says that it belongs there.
    fn parameter(&mut self, value: &Expr, path: &str, at: At) -> Option<Parameter> {
        if let Some((name, place)) = self.text_value(value, at) {
            return Some(parameter(name, path, Type::String(Format::Plain), Some(place)));
        }
        let Some((fields, at, doc)) = self.literal(value, at) else {
            self.unreadable(value, at, "parameters");
            return None;
        };
        let (name, place) = self.text_value(field(&fields, "name")?, at)?;
        let ty = field(&fields, "ty").and_then(|ty| self.body(ty, at));
        let mut out = parameter(name, path, ty.unwrap_or(Type::String(Format::Plain)), Some(place));
        if let Some(Expr::Lit(ExprLit { lit: Lit::Bool(required), .. })) = field(&fields, "required") {
            out.required = required.value;
        }
        if let Some(location) = field(&fields, "location").and_then(last_name) {
            out.location = match location.as_str() {
                "Query" => Location::Query,
                "Header" => Location::Header,
                "Cookie" => Location::Cookie,
                _ => Location::Path,
            };
        }
        out.doc = doc;
        Some(out)
    }

    /// `Response { status: 200, body: .. }` or `(200, ..)`.
    fn response(&mut self, value: &Expr, at: At) -> Option<Response> {
        let found = match value {
            Expr::Tuple(tuple) => tuple.elems.first().cloned().zip(Some((tuple.elems.get(1).cloned(), at))),
            _ => self.literal(value, at).and_then(|(fields, at, _)| {
                let status = field(&fields, "status")?.clone();
                Some((status, (field(&fields, "body").cloned(), at)))
            }),
        };
        let status = found.as_ref().and_then(|(status, _)| match status {
            Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse::<u16>().ok(),
            _ => None,
        });
        let (Some((_, (body, at))), Some(status)) = (found, status) else {
            self.unreadable(value, at, "responses");
            return None;
        };
        let body = body.and_then(|body| self.body(&body, at));
        Some(Response { status, body, examples: Vec::new() })
    }

    /// A type: the type argument of a call, a type's name as text; `None` for `None`.
    fn body(&mut self, value: &Expr, at: At) -> Option<Type> {
        match value {
            Expr::Path(path) if path.path.is_ident("None") => None,
            Expr::Call(ExprCall { func, args, .. }) => match type_argument(func) {
                Some(ty) => Some(self.named_type(ty, at)),
                None => args.first().and_then(|argument| self.body(argument, at)),
            },
            _ => {
                let Some((name, place)) = self.text_value(value, at) else {
                    self.unreadable(value, at, "a body");
                    return None;
                };
                let path: Vec<String> = name.split("::").map(|part| part.trim().to_owned()).collect();
                let Some(id) = self.declarations.find(at.module, &path) else {
                    self.notes.add(place, format!("type `{name}` is not declared in these files"));
                    return Some(Type::Any);
                };
                let arguments = self.fill_arguments(id, Vec::new());
                Some(Type::Named(self.instance(id, arguments)))
            }
        }
    }

    fn named_type(&mut self, ty: &syn::Type, at: At) -> Type {
        let At { origin, module, .. } = at;
        let scope = Scope { origin, module, generics: &[], arguments: &[], name: "", depth: 0 };
        self.element(ty, &scope)
    }

    /// The text of a literal or of a constant that holds one.
    fn text_value(&mut self, value: &Expr, at: At) -> Option<(String, Place)> {
        if let Some(literal) = string(value) {
            return Some((literal.value(), self.literal_place(literal, at.origin)));
        }
        let (value, at) = self.named_constant(value, at)?;
        self.text_value(&value.expression, at)
    }

    /// A struct literal, also behind a constant, with the constant's doc comment.
    fn literal<'e>(&mut self, value: &'e Expr, at: At) -> Option<(Cow<'e, ExprStruct>, At, String)> {
        if let Expr::Struct(fields) = value {
            return Some((Cow::Borrowed(fields), at, String::new()));
        }
        let (value, at) = self.named_constant(value, at)?;
        let (fields, at, inner) = self.literal(&value.expression, at)?;
        let doc = if inner.is_empty() { value.doc.clone() } else { inner };
        Some((Cow::Owned(fields.into_owned()), at, doc))
    }

    fn named_constant(&mut self, value: &Expr, at: At) -> Option<(Rc<Value>, At)> {
        let name = last_name(value).filter(|_| at.depth < LONGEST_CHAIN)?;
        let id = self.declarations.constant(at.module, &name)?;
        let Constant { origin, module, .. } = self.declarations.constants[id.0];
        Some((self.value(id)?, At { origin, module, depth: at.depth + 1 }))
    }

    /// The value of a constant and its doc comment; parsed once.
    fn value(&mut self, id: ConstantId) -> Option<Rc<Value>> {
        if let Some(value) = self.values.get(&id) {
            return value.clone();
        }
        let constant = &self.declarations.constants[id.0];
        let item = match syn::parse2::<syn::Item>(constant.tokens.clone()) {
            Ok(syn::Item::Const(item)) => Some((item.attrs, *item.expr)),
            Ok(syn::Item::Static(item)) => Some((item.attrs, *item.expr)),
            _ => None,
        };
        let value = item.map(|(attributes, expression)| {
            let doc = self.attributes(&attributes, constant.origin).doc;
            Rc::new(Value { expression, doc })
        });
        self.values.insert(id, value.clone());
        value
    }

    fn unreadable(&mut self, value: &Expr, at: At, what: &str) {
        let place = at.origin.place(syn::spanned::Spanned::span(value));
        self.notes.add(place, format!("not a literal: this part of `{what}` is not read"));
    }
}

fn parameter(name: String, path: &str, ty: Type, place: Option<Place>) -> Parameter {
    let is_placeholder = path.split('{').any(|part| part.split('}').next() == Some(name.as_str()));
    let location = if is_placeholder { Location::Path } else { Location::Query };
    Parameter {
        name,
        location,
        ty,
        required: is_placeholder,
        default: None,
        doc: String::new(),
        place,
        origin: None,
    }
}

/// The elements of `[..]` or `&[..]`.
fn elements(value: &Expr) -> Option<Vec<&Expr>> {
    match value {
        Expr::Reference(reference) => elements(&reference.expr),
        Expr::Array(array) => Some(array.elems.iter().collect()),
        _ => None,
    }
}

fn field<'e>(fields: &'e ExprStruct, name: &str) -> Option<&'e Expr> {
    let named = |member: &Member| matches!(member, Member::Named(ident) if ident == name);
    fields.fields.iter().find(|field| named(&field.member)).map(|field| &field.expr)
}

/// The last name of a path.
fn last_name(value: &Expr) -> Option<String> {
    match value {
        Expr::Path(path) => path.path.segments.last().map(|last| unraw(&last.ident)),
        _ => None,
    }
}

/// `T` of `Body::of::<T>`.
fn type_argument(function: &Expr) -> Option<&syn::Type> {
    let Expr::Path(path) = function else { return None };
    path.path.segments.iter().rev().find_map(|segment| match &segment.arguments {
        PathArguments::AngleBracketed(list) => list.args.iter().find_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        }),
        _ => None,
    })
}
