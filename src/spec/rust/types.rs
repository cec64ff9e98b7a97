//! Type expressions, as they stand at a field or in an argument list.

use std::fmt;

use syn::spanned::Spanned;
use syn::{GenericArgument, PathArguments};

use crate::schema::{Format, Object, Property, Type};
use crate::text::Place;

use super::attributes::Flag;
use super::declarations::{Body, Declaration, TypeId, unraw};
use super::known::{Known, is_prelude, known};
use super::reader::{Reader, Scope, is_inline};

/// Aliases and newtypes that may lead to one another before the chain counts as endless.
const LONGEST_CHAIN: u32 = 32;

/// Arguments larger than this many nodes are not instantiated: `Page<Page<Page<..>>>` of its own making.
const LARGEST_ARGUMENTS: usize = 64;

/// A type at the place where it is used.
#[derive(Debug, Clone, PartialEq)]
pub struct Used {
    pub ty: Type,
    /// Whether `null` may stand there.
    pub nullable: bool,
    /// Whether serde reads it when it is missing.
    pub optional: bool,
}

impl Used {
    pub const ANY: Self = Self::plain(Type::Any);

    pub const fn plain(ty: Type) -> Self {
        Self { ty, nullable: false, optional: false }
    }

    /// As an element, where there is no property to carry the mark of nullability.
    pub fn into_element(self) -> Type {
        if self.nullable { Type::OneOf(vec![self.ty, Type::Null]) } else { self.ty }
    }

    pub fn with_format(self, format: Option<Format>) -> Self {
        match (&self.ty, format) {
            (Type::String(_), Some(format)) => Self { ty: Type::String(format), ..self },
            _ => self,
        }
    }
}

impl fmt::Display for Used {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.ty {
            // The value of a constant parameter.
            Type::Constant(value) => f.write_str(value)?,
            ty => ty.fmt(f)?,
        }
        if self.nullable { f.write_str("?") } else { Ok(()) }
    }
}

impl Reader<'_> {
    /// Lowers a type expression where null must show in the type itself.
    pub fn element(&mut self, ty: &syn::Type, scope: &Scope) -> Type {
        self.used(ty, scope).into_element()
    }

    /// Lowers a type expression.
    pub fn used(&mut self, ty: &syn::Type, scope: &Scope) -> Used {
        if self.fuel == 0 {
            return Used::ANY;
        }
        self.burn(1, ty, scope);
        match ty {
            syn::Type::Array(array) => Used::plain(Type::Array(Box::new(self.element(&array.elem, scope)))),
            syn::Type::Slice(slice) => Used::plain(Type::Array(Box::new(self.element(&slice.elem, scope)))),
            syn::Type::Group(group) => self.used(&group.elem, scope),
            syn::Type::Paren(paren) => self.used(&paren.elem, scope),
            syn::Type::Reference(reference) => self.used(&reference.elem, scope),
            syn::Type::Tuple(tuple) if tuple.elems.is_empty() => Used::plain(Type::Null),
            syn::Type::Tuple(tuple) => {
                Used::plain(Type::Tuple(tuple.elems.iter().map(|ty| self.element(ty, scope)).collect()))
            }
            syn::Type::Path(path) if path.qself.is_none() => self.path(&path.path, scope),
            other => {
                let place = scope.place(other);
                let message = format!("type `{}` has no form on the wire", self.quote(place));
                self.unknown(place, message)
            }
        }
    }

    fn path(&mut self, path: &syn::Path, scope: &Scope) -> Used {
        let written: Vec<String> = path.segments.iter().map(|segment| unraw(&segment.ident)).collect();
        let Some(last) = path.segments.last() else { return Used::ANY };
        if let [name] = written.as_slice() {
            if let Some(at) = scope.generics.iter().position(|generic| generic.name == *name) {
                let argument = scope.arguments.get(at).cloned().unwrap_or(Used::ANY);
                self.burn(size(&argument.ty), path, scope);
                return argument;
            }
            if name == "Self" {
                return Used::plain(Type::Named(scope.name.to_owned()));
            }
        }
        let arguments = arguments(&last.arguments);
        let full = self.declarations.expand(scope.module, &written);
        let declared = self.declarations.find(scope.module, &full);
        match (declared, known(&full, arguments.len())) {
            (_, Some(known)) if declared.is_none_or(|id| self.is_hidden(id, &full, scope)) => {
                // Other arguments are hashers, allocators and time zones.
                let inner = known.argument().and_then(|at| arguments.get(at));
                let inner = inner.map_or(Used::ANY, |argument| self.argument(argument, scope));
                of_known(known, inner)
            }
            (Some(id), _) => {
                let given = arguments.iter().map(|argument| self.argument(argument, scope)).collect();
                self.declared(id, given, scope.place(path), scope)
            }
            _ => {
                let place = scope.place(path);
                let name = full.join("::");
                let message = if self.declarations.is_ambiguous(&full) {
                    format!("type `{name}` may be any of several of that name")
                } else {
                    format!("type `{name}` is not declared in these files and not known")
                };
                self.unknown(place, message)
            }
        }
    }

    /// Whether a path that could mean a declared type means a well-known one: one of another crate, or
    /// of the prelude where the declared type is not in scope.
    fn is_hidden(&self, id: TypeId, full: &[String], scope: &Scope) -> bool {
        match full {
            [name] => is_prelude(name) && self.declarations.get(id).module != scope.module,
            _ => self.declarations.is_foreign(full),
        }
    }

    fn argument(&mut self, argument: &GenericArgument, scope: &Scope) -> Used {
        match argument {
            GenericArgument::Type(ty) => self.used(ty, scope),
            other => Used::plain(Type::Constant(self.quote(scope.place(other)).to_owned())),
        }
    }

    /// A use of a declared type: its name, or what it holds where the name would hide it.
    fn declared(&mut self, id: TypeId, given: Vec<Used>, place: Place, scope: &Scope) -> Used {
        let arguments = self.fill_arguments(id, given);
        let declaration = self.declarations.get(id);
        let inner = Scope::of(declaration, &arguments, &declaration.name, scope.depth + 1);
        let is_alias = matches!(declaration.body, Body::Alias(_));
        if is_alias || is_inline(declaration) || self.holds_option(declaration, &inner) {
            if scope.depth >= LONGEST_CHAIN {
                return self.unknown(place, format!("`{}` leads through too many aliases", declaration.name));
            }
            return self.expand(declaration, &inner);
        }
        if arguments.iter().map(|argument| size(&argument.ty)).sum::<usize>() > LARGEST_ARGUMENTS {
            let message = format!("`{}` is used with arguments that grow without end", declaration.name);
            return self.unknown(place, message);
        }
        Used::plain(Type::Named(self.instance(id, arguments)))
    }

    /// What an alias, an inline newtype or a newtype of an option holds.
    fn expand(&mut self, declaration: &Declaration, scope: &Scope) -> Used {
        if let Body::Alias(ty) = &declaration.body {
            return self.used(ty, scope);
        }
        let Some(field) = self.sole_field(declaration) else { return Used::ANY };
        let attributes = self.attributes(&field.attrs, declaration.origin);
        let used = self.field_type(field, &attributes, scope);
        let used = used.with_format(declaration.attributes.format.or(attributes.format));
        // Only a transparent newtype hands the question whether it may be missing to what it holds.
        let optional = used.optional && declaration.attributes.has(Flag::Transparent);
        Used { optional, ..used }
    }

    /// Whether a newtype may be null. Looks along the chain of wrappers only, so it stays cheap.
    fn holds_option(&mut self, declaration: &Declaration, scope: &Scope) -> bool {
        let Some(field) = self.sole_field(declaration) else { return false };
        let mut ty = &field.ty;
        for _ in 0..LONGEST_CHAIN {
            let syn::Type::Path(path) = ty else { return false };
            let Some(last) = path.path.segments.last() else { return false };
            if let Some(at) = declaration.generics.iter().position(|generic| last.ident == generic.name) {
                return scope.arguments.get(at).is_some_and(|argument| argument.nullable);
            }
            if last.ident == "Option" {
                return true;
            }
            if known(&[unraw(&last.ident)], 1) != Some(Known::Wrapper) {
                return false;
            }
            let PathArguments::AngleBracketed(given) = &last.arguments else { return false };
            let inner = given.args.iter().rev().find_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            });
            let Some(inner) = inner else { return false };
            ty = inner;
        }
        false
    }

    /// Takes `cost` from the fuel; says so when it runs out.
    fn burn(&mut self, cost: usize, at: &impl Spanned, scope: &Scope) {
        let before = self.fuel;
        self.fuel = before.saturating_sub(cost);
        if self.fuel == 0 && before > 0 {
            let place = scope.origin.place(at.span());
            self.notes
                .add(place, "types expand without end from here on; the rest is taken for anything".into());
        }
    }

    fn unknown(&mut self, place: Place, message: String) -> Used {
        self.notes.add(place, message);
        Used::ANY
    }

    fn quote(&self, place: Place) -> &str {
        self.files.get(place.file.0 as usize).map_or("", |file| place.span.of(&file.text))
    }
}

/// The type and constant arguments of a path; lifetimes say nothing about data.
fn arguments(arguments: &PathArguments) -> Vec<&GenericArgument> {
    let PathArguments::AngleBracketed(list) = arguments else { return Vec::new() };
    let is_data = |argument: &&GenericArgument| {
        matches!(argument, GenericArgument::Type(_) | GenericArgument::Const(_))
    };
    list.args.iter().filter(is_data).collect()
}

/// A type that no file declares, around `inner`.
pub fn of_known(known: Known, inner: Used) -> Used {
    Used::plain(match known {
        Known::Any => Type::Any,
        Known::Null => Type::Null,
        Known::Boolean => Type::Boolean,
        Known::Integer => Type::Integer,
        Known::Number => Type::Number,
        Known::Decimal => Type::OneOf(vec![Type::String(Format::Plain), Type::Number]),
        Known::Text(format) => Type::String(format),
        Known::Bytes => Type::Array(Box::new(Type::Integer)),
        Known::Wrapper | Known::InlineList => return inner,
        Known::Option => return Used { nullable: true, optional: true, ..inner },
        Known::List => Type::Array(Box::new(inner.into_element())),
        Known::Map => Type::Map(Box::new(inner.into_element())),
        Known::StdDuration => integers(&["secs", "nanos"]),
        Known::SystemTime => integers(&["secs_since_epoch", "nanos_since_epoch"]),
    })
}

fn integers(names: &[&str]) -> Type {
    let properties = names.iter().map(|name| Property::required(name, Type::Integer)).collect();
    Type::Object(Box::new(Object { properties, ..Object::default() }))
}

/// How many nodes a type has, the types it names not counted.
fn size(ty: &Type) -> usize {
    match ty {
        Type::Array(inner) | Type::Map(inner) => 1 + size(inner),
        Type::Tuple(list) | Type::OneOf(list) => 1 + list.iter().map(size).sum::<usize>(),
        Type::Object(object) => 1 + object.properties.iter().map(|one| size(&one.ty)).sum::<usize>(),
        // A name holds the names of its arguments.
        Type::Named(name) => 1 + name.matches(['<', ',']).count(),
        _ => 1,
    }
}
