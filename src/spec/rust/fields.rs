//! Fields: names, types, who must send them, and what `flatten` brings in.

use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::{Field, Token};

use crate::hash::HashSet;
use crate::schema::{Additional, Object, Property, Type};
use crate::text::Place;

use super::attributes::{Attributes, Flag, PerDirection};
use super::case::Case;
use super::declarations::unraw;
use super::items::Origin;
use super::known::known_with;
use super::reader::{Reader, Scope};
use super::types::{Used, of_known};

/// What the container says about its fields.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is an attribute of its own")]
pub struct FieldRules<'r> {
    pub rename_all: &'r PerDirection<Case>,
    pub has_default: bool,
    pub denies_unknown: bool,
    /// Whether it is only ever read: what nobody writes promises nothing of answers.
    pub is_only_read: bool,
    /// Whether an option that is empty is left out of answers.
    pub skips_none: bool,
}

impl<'r> FieldRules<'r> {
    /// What the attributes of a container say, given how its fields are renamed.
    pub const fn of(container: &Attributes, rename_all: &'r PerDirection<Case>) -> Self {
        Self {
            rename_all,
            has_default: false,
            denies_unknown: container.has(Flag::DenyUnknownFields),
            is_only_read: container.has(Flag::DerivesDeserialize) && !container.has(Flag::DerivesSerialize),
            skips_none: container.has(Flag::SkipNone),
        }
    }
}

/// A name on the wire and where it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct WireName {
    pub text: String,
    pub place: Place,
}

impl Reader<'_> {
    /// Lowers named fields.
    pub fn object(
        &mut self,
        fields: &Punctuated<Field, Token![,]>,
        rules: &FieldRules,
        scope: &Scope,
    ) -> Object {
        let mut object = Object::default();
        if rules.denies_unknown {
            object.additional = Additional::Denied;
        }
        let origin = scope.origin;
        for field in fields {
            let attributes = self.attributes(&field.attrs, origin);
            if attributes.is_skipped() {
                continue;
            }
            if attributes.has(Flag::Flatten) {
                self.flatten(field, &attributes, &mut object, scope);
            } else {
                object.properties.push(self.property(field, attributes, rules, scope));
            }
        }
        self.drop_repeated(&mut object);
        object
    }

    /// Lowers the fields of a tuple.
    pub fn tuple(
        &mut self,
        fields: &Punctuated<Field, Token![,]>,
        origin: Origin,
        scope: &Scope,
    ) -> Vec<Type> {
        let mut items = Vec::new();
        for field in fields {
            let attributes = self.attributes(&field.attrs, origin);
            if !attributes.is_skipped() {
                items.push(self.field_type(field, &attributes, scope).into_element());
            }
        }
        items
    }

    fn property(
        &mut self,
        field: &Field,
        attributes: Attributes,
        rules: &FieldRules,
        scope: &Scope,
    ) -> Property {
        let origin = scope.origin;
        let ident = field.ident.as_ref();
        let declared = ident.map(unraw).unwrap_or_default();
        let place = origin.place(ident.map_or_else(Span::call_site, syn::Ident::span));
        let case = |direction: Direction| direction.of(rules.rename_all).map(|case| case.of_field(&declared));
        let (response, request) = self.names(&declared, place, &attributes, origin, case);

        let used = self.field_type(field, &attributes, scope).with_format(attributes.format);
        let has_default = rules.has_default || attributes.has(Flag::Default);
        let only_in_responses = attributes.has(Flag::SkipDeserializing);
        let only_in_requests = attributes.has(Flag::SkipSerializing);
        let is_asked_for = attributes.has(Flag::Required) || !used.optional;
        let name = if only_in_requests { request.clone() } else { response };
        let request_name = (!only_in_responses && request.text != name.text).then_some(request.text);
        let required_in_request = is_asked_for && !has_default && !only_in_responses;
        let nullable = used.nullable || attributes.has(Flag::Nullable);
        let skips_none = rules.skips_none && is_option(&field.ty);
        let required_in_response = if rules.is_only_read {
            required_in_request
        } else {
            !attributes.may_be_left_out_of_responses() && !skips_none
        };
        let read_only = only_in_responses || attributes.has(Flag::ReadOnly);
        let write_only = only_in_requests || attributes.has(Flag::WriteOnly);
        Property {
            name: name.text,
            request_name,
            aliases: attributes.aliases,
            ty: used.ty,
            nullable,
            required_in_request,
            required_in_response,
            read_only,
            write_only,
            default: attributes.default,
            doc: attributes.doc,
            cfg: attributes.cfg,
            place: Some(name.place),
            origin: None,
        }
    }

    /// The type of a field, whatever `with` makes of it.
    pub fn field_type(&mut self, field: &Field, attributes: &Attributes, scope: &Scope) -> Used {
        if let Some(described) = &attributes.described_as {
            return self.used(described, scope);
        }
        let PerDirection { serialize, deserialize } = &attributes.with;
        let Some(path) = serialize.as_ref().or(deserialize.as_ref()) else {
            return self.used(&field.ty, scope);
        };
        let nullable = is_option(&field.ty);
        // With a reader of its own, even an option must be there.
        let optional = nullable && deserialize.is_none();
        if let Some(known) = known_with(path) {
            return Used { nullable, optional, ..of_known(known, Used::ANY) };
        }
        let parts: Vec<String> = path.split("::").map(|part| part.trim().to_owned()).collect();
        if let Some(id) = self.declarations.find(scope.module, &parts) {
            // A remote type: `with = "DurationDef"`.
            return Used::plain(Type::Named(self.instance(id, Vec::new())));
        }
        let place = scope.place(&field.ty);
        if serialize.is_none() {
            let message = format!("`{path}` reads requests in a way of its own; the declared type is used");
            self.notes.add(place, message);
            return Used { optional, ..self.used(&field.ty, scope) };
        }
        self.notes.add(place, format!("what `{path}` writes is not known"));
        Used { nullable, optional, ..Used::ANY }
    }

    /// The names in answers and in requests.
    pub fn names(
        &mut self,
        declared: &str,
        place: Place,
        attributes: &Attributes,
        origin: Origin,
        case: impl Fn(Direction) -> Option<String>,
    ) -> (WireName, WireName) {
        let name = |direction: Direction| match direction.of(&attributes.rename) {
            Some(literal) => WireName { text: literal.value(), place: self.literal_place(&literal, origin) },
            None => WireName { text: case(direction).unwrap_or_else(|| declared.to_owned()), place },
        };
        (name(Direction::Response), name(Direction::Request))
    }

    fn flatten(&mut self, field: &Field, attributes: &Attributes, object: &mut Object, scope: &Scope) {
        let used = self.field_type(field, attributes, scope);
        let Some(inner) = self.flattened(&used.ty) else {
            let place = scope.place(&field.ty);
            let message = format!("cannot tell which properties `flatten` brings from `{}`", used.ty);
            return self.notes.add(place, message);
        };
        let denies_unknown = object.additional == Additional::Denied;
        if let (Additional::Of(_), false) = (&inner.additional, denies_unknown) {
            object.additional = inner.additional;
        }
        for mut property in inner.properties {
            if used.nullable || attributes.has(Flag::Default) {
                property.required_in_request = false;
            }
            if used.nullable || attributes.may_be_left_out_of_responses() {
                property.required_in_response = false;
            }
            object.properties.push(property);
        }
    }

    /// Of several properties with one name, which `cfg` must tell apart, the first stays.
    fn drop_repeated(&mut self, object: &mut Object) {
        let mut names = HashSet::default();
        object.properties.retain(|property| {
            let is_new = names.insert(property.name.clone());
            if let (false, Some(place)) = (is_new, property.place) {
                self.notes.add(place, format!("`{}` is declared twice; the first is used", property.name));
            }
            is_new
        });
    }
}

/// Which way a message travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Response,
    Request,
}

impl Direction {
    /// The value for this direction.
    pub fn of<T: Clone>(self, values: &PerDirection<T>) -> Option<T> {
        match self {
            Self::Response => values.serialize.clone(),
            Self::Request => values.deserialize.clone(),
        }
    }
}

fn is_option(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}
