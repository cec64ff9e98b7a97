//! What the attributes of a type, a variant or a field say about the wire.
//!
//! `serde(..)` above all; of `schemars(..)`, `validate(..)` and `garde(..)` what names a format or a
//! direction; doc comments; `cfg(..)`. `cfg_attr(.., serde(..))` counts as if its condition held.

use proc_macro2::{Span, TokenStream};
use serde_json::Value;
use syn::meta::ParseNestedMeta;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, Token};

use crate::schema::Format;
use crate::text::Place;

use super::case::Case;
use super::items::Origin;
use super::nesting::is_too_deep;
use crate::spec::notes::Notes;

/// Switches an attribute can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Flag {
    DerivesSerialize = 1,
    DerivesDeserialize = 1 << 1,
    /// `Serialize_repr`, `Deserialize_repr`: variants go as numbers.
    AsNumber = 1 << 2,
    Default = 1 << 3,
    SkipSerializing = 1 << 4,
    SkipDeserializing = 1 << 5,
    SkipSerializingIf = 1 << 6,
    Flatten = 1 << 7,
    Other = 1 << 8,
    Untagged = 1 << 9,
    Transparent = 1 << 10,
    DenyUnknownFields = 1 << 11,
    ReadOnly = 1 << 12,
    WriteOnly = 1 << 13,
    Inline = 1 << 14,
    /// `schemars(skip)`: on the wire, but not to be described.
    Undescribed = 1 << 15,
    /// `schemars(required)`, `validate(required)`.
    Required = 1 << 16,
    /// `skip_serializing_none`: an option that is empty is left out of answers.
    SkipNone = 1 << 17,
    /// `schema(nullable)`: null may stand for it.
    Nullable = 1 << 18,
}

/// One value a direction: answers are serialized, requests are deserialized.
#[derive(Debug, Clone)]
pub struct PerDirection<T> {
    pub serialize: Option<T>,
    pub deserialize: Option<T>,
}

impl<T> Default for PerDirection<T> {
    fn default() -> Self {
        Self { serialize: None, deserialize: None }
    }
}

/// The attributes of one declaration, read.
#[derive(Default)]
pub struct Attributes {
    flags: u32,
    pub doc: String,
    /// Conditions of `#[cfg(..)]` as written.
    pub cfg: Option<String>,
    pub rename: PerDirection<LitStr>,
    pub aliases: Vec<String>,
    pub rename_all: PerDirection<Case>,
    pub rename_all_fields: PerDirection<Case>,
    pub tag: Option<String>,
    pub content: Option<String>,
    /// Paths of `with`, `serialize_with`, `deserialize_with`.
    pub with: PerDirection<String>,
    /// `into` and `from` or `try_from`: the types that go over the wire instead.
    pub converted: PerDirection<syn::Type>,
    /// `schemars(with = ..)`: the type that describes what `with` does.
    pub described_as: Option<syn::Type>,
    pub format: Option<Format>,
    /// `schema(default = 10)`: what it is if it is not given.
    pub default: Option<Value>,
}

impl Attributes {
    /// Whether a switch is set.
    pub const fn has(&self, flag: Flag) -> bool {
        self.flags & flag as u32 != 0
    }

    /// Whether it is on the wire in neither direction.
    pub const fn is_skipped(&self) -> bool {
        self.has(Flag::Undescribed) || (self.has(Flag::SkipSerializing) && self.has(Flag::SkipDeserializing))
    }

    /// Whether an answer may come without it.
    pub const fn may_be_left_out_of_responses(&self) -> bool {
        self.has(Flag::SkipSerializing) || self.has(Flag::SkipSerializingIf)
    }

    fn set(&mut self, flag: Flag) {
        self.flags |= flag as u32;
    }

    /// Reads `list`; `text` is the file they stand in.
    pub fn read(list: &[Attribute], origin: Origin, text: &str, notes: &mut Notes) -> Self {
        let mut reader = Reader { out: Self::default(), origin, text, notes };
        for attribute in list {
            reader.meta(&attribute.meta, 0);
        }
        reader.out.doc = trim_doc(&reader.out.doc).to_owned();
        reader.out
    }
}

/// A doc comment without its heading, as schemars describes a type.
fn trim_doc(doc: &str) -> &str {
    let doc = doc.trim_ascii();
    if doc.starts_with('#') { doc.split_once('\n').map_or("", |(_, rest)| rest.trim_ascii()) } else { doc }
}

struct Reader<'a> {
    out: Attributes,
    origin: Origin,
    text: &'a str,
    notes: &'a mut Notes,
}

impl Reader<'_> {
    fn meta(&mut self, meta: &Meta, depth: u32) {
        let Some(name) = meta.path().segments.last().map(|last| last.ident.to_string()) else { return };
        match (name.as_str(), meta) {
            ("skip_serializing_none", _) => self.out.set(Flag::SkipNone),
            ("doc", Meta::NameValue(pair)) => {
                if let Some(line) = string(&pair.value) {
                    let line = line.value();
                    if !self.out.doc.is_empty() {
                        self.out.doc.push('\n');
                    }
                    self.out.doc.push_str(line.strip_prefix(' ').unwrap_or(&line));
                }
            }
            ("derive", Meta::List(list)) => self.derive(&list.tokens),
            ("cfg", Meta::List(list)) => {
                let span = list.delimiter.span();
                let inside = self.origin.place(span.open()).span.to(self.origin.place(span.close()).span);
                let inside = inside.of(self.text);
                let condition = inside.get(1..inside.len().saturating_sub(1)).unwrap_or("").trim().to_owned();
                self.out.cfg = Some(match self.out.cfg.take() {
                    Some(before) => format!("all({before}, {condition})"),
                    None => condition,
                });
            }
            ("cfg_attr", Meta::List(list)) if depth < 8 => {
                let parser = Punctuated::<Meta, Token![,]>::parse_terminated;
                for meta in parser.parse2(list.tokens.clone()).into_iter().flatten().skip(1) {
                    self.meta(&meta, depth + 1);
                }
            }
            ("serde", Meta::List(list)) => self.list(list, Self::serde),
            ("schemars", Meta::List(list)) => self.list(list, Self::schemars),
            ("schema", Meta::List(list)) => self.list(list, Self::schema),
            ("validate" | "garde", Meta::List(list)) => self.list(list, Self::validation),
            ("serde_as", Meta::List(_)) => {
                self.note(meta.path(), "`serde_as` changes the wire form; not followed");
            }
            _ => {}
        }
    }

    fn derive(&mut self, tokens: &TokenStream) {
        for token in tokens.clone() {
            let proc_macro2::TokenTree::Ident(name) = token else { continue };
            match name.to_string().as_str() {
                "Serialize" => self.out.set(Flag::DerivesSerialize),
                "Deserialize" => self.out.set(Flag::DerivesDeserialize),
                "Serialize_repr" => {
                    self.out.set(Flag::DerivesSerialize);
                    self.out.set(Flag::AsNumber);
                }
                "Deserialize_repr" => {
                    self.out.set(Flag::DerivesDeserialize);
                    self.out.set(Flag::AsNumber);
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, list: &syn::MetaList, each: fn(&mut Self, &ParseNestedMeta) -> syn::Result<()>) {
        if let Err(error) = list.parse_nested_meta(|meta| each(self, &meta)) {
            self.notes.add(self.origin.place(error.span()), format!("attribute not read: {error}"));
        }
    }

    fn serde(&mut self, meta: &ParseNestedMeta) -> syn::Result<()> {
        let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
        match name.as_str() {
            "rename" => directions(meta, &mut self.out.rename)?,
            "rename_all" => self.cases(meta, |out| &mut out.rename_all)?,
            "rename_all_fields" => self.cases(meta, |out| &mut out.rename_all_fields)?,
            "alias" => {
                let alias: LitStr = meta.value()?.parse()?;
                self.out.aliases.push(alias.value());
            }
            "tag" => self.out.tag = Some(meta.value()?.parse::<LitStr>()?.value()),
            "content" => self.out.content = Some(meta.value()?.parse::<LitStr>()?.value()),
            "default" => {
                self.out.set(Flag::Default);
                skip_value(meta)?;
            }
            "skip" => {
                self.out.set(Flag::SkipSerializing);
                self.out.set(Flag::SkipDeserializing);
            }
            "skip_serializing" => self.out.set(Flag::SkipSerializing),
            "skip_deserializing" => self.out.set(Flag::SkipDeserializing),
            "skip_serializing_if" => {
                self.out.set(Flag::SkipSerializingIf);
                skip_value(meta)?;
            }
            "flatten" => self.out.set(Flag::Flatten),
            "other" => self.out.set(Flag::Other),
            "untagged" => self.out.set(Flag::Untagged),
            "transparent" => self.out.set(Flag::Transparent),
            "deny_unknown_fields" => self.out.set(Flag::DenyUnknownFields),
            "with" => {
                let path = meta.value()?.parse::<LitStr>()?.value();
                self.out.with = PerDirection { serialize: Some(path.clone()), deserialize: Some(path) };
            }
            "serialize_with" => self.out.with.serialize = Some(meta.value()?.parse::<LitStr>()?.value()),
            "deserialize_with" => self.out.with.deserialize = Some(meta.value()?.parse::<LitStr>()?.value()),
            "into" => self.out.converted.serialize = Some(type_value(meta)?),
            "from" | "try_from" => self.out.converted.deserialize = Some(type_value(meta)?),
            // Nothing of these shows on the wire.
            "borrow" | "bound" | "crate" | "expecting" | "getter" | "remote" | "variant_identifier"
            | "field_identifier" => skip_value(meta)?,
            _ => {
                self.note(&meta.path, &format!("unknown serde attribute `{name}`"));
                skip_value(meta)?;
            }
        }
        Ok(())
    }

    fn cases(
        &mut self,
        meta: &ParseNestedMeta,
        slot: fn(&mut Attributes) -> &mut PerDirection<Case>,
    ) -> syn::Result<()> {
        let mut names = PerDirection::default();
        directions(meta, &mut names)?;
        for name in [&names.serialize, &names.deserialize].into_iter().flatten() {
            if Case::from_name(&name.value()).is_none() {
                let message = format!("unknown case `{}` in `rename_all`", name.value());
                self.notes.add(self.origin.place(name.span()), message);
            }
        }
        let case = |name: Option<LitStr>| name.and_then(|name| Case::from_name(&name.value()));
        let cases = PerDirection { serialize: case(names.serialize), deserialize: case(names.deserialize) };
        *slot(&mut self.out) = cases;
        Ok(())
    }

    fn schemars(&mut self, meta: &ParseNestedMeta) -> syn::Result<()> {
        let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
        match name.as_str() {
            "inline" => self.out.set(Flag::Inline),
            "skip" => self.out.set(Flag::Undescribed),
            "with" => self.out.described_as = Some(type_value(meta)?),
            "description" => {
                if let Some(text) = string(&meta.value()?.parse()?) {
                    self.out.doc = text.value();
                }
            }
            "extend" => self.extend(meta)?,
            _ => self.validation(meta)?,
        }
        Ok(())
    }

    /// `extend("format" = "date-time", "readOnly" = true)`
    fn extend(&mut self, meta: &ParseNestedMeta) -> syn::Result<()> {
        let inside;
        syn::parenthesized!(inside in meta.input);
        while !inside.is_empty() {
            let key: LitStr = inside.parse()?;
            inside.parse::<Token![=]>()?;
            let value: Expr = inside.parse()?;
            match key.value().as_str() {
                "format" => {
                    self.out.format = string(&value).and_then(|name| Format::from_name(&name.value()));
                }
                "readOnly" if is_true(&value) => self.out.set(Flag::ReadOnly),
                "writeOnly" if is_true(&value) => self.out.set(Flag::WriteOnly),
                _ => {}
            }
            if !inside.is_empty() {
                inside.parse::<Token![,]>()?;
            }
        }
        Ok(())
    }

    /// `schema(value_type = String, format = DateTime, read_only)` of utoipa. Its names are for descriptions only.
    fn schema(&mut self, meta: &ParseNestedMeta) -> syn::Result<()> {
        let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
        match name.as_str() {
            "inline" => {
                self.out.set(Flag::Inline);
                return skip_value(meta);
            }
            "value_type" => self.out.described_as = Some(type_value(meta)?),
            "format" => {
                let value: Expr = meta.value()?.parse()?;
                let name = string(&value).map(LitStr::value).or_else(|| kebab_name(&value));
                self.out.format = name.and_then(|name| Format::from_name(&name));
            }
            "read_only" | "write_only" | "nullable" | "required" => {
                let is_set = !meta.input.peek(Token![=]) || is_true(&meta.value()?.parse()?);
                if is_set {
                    self.out.set(match name.as_str() {
                        "read_only" => Flag::ReadOnly,
                        "write_only" => Flag::WriteOnly,
                        "nullable" => Flag::Nullable,
                        _ => Flag::Required,
                    });
                }
            }
            "default" if meta.input.peek(Token![=]) => {
                self.out.default = literal(&meta.value()?.parse()?);
            }
            _ => skip_value(meta)?,
        }
        Ok(())
    }

    fn validation(&mut self, meta: &ParseNestedMeta) -> syn::Result<()> {
        if meta.path.is_ident("email") {
            self.out.format = Some(Format::Email);
        } else if meta.path.is_ident("url") {
            self.out.format = Some(Format::Uri);
        } else if meta.path.is_ident("required") {
            self.out.set(Flag::Required);
        }
        skip_value(meta)
    }

    fn note(&mut self, path: &syn::Path, message: &str) {
        let span = path.segments.first().map_or_else(Span::call_site, |first| first.ident.span());
        let place: Place = self.origin.place(span);
        self.notes.add(place, message.to_owned());
    }
}

/// `name = "x"` or `name(serialize = "x", deserialize = "y")`.
fn directions(meta: &ParseNestedMeta, slot: &mut PerDirection<LitStr>) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        let value: LitStr = meta.value()?.parse()?;
        slot.serialize = Some(value.clone());
        slot.deserialize = Some(value);
        return Ok(());
    }
    meta.parse_nested_meta(|direction| {
        let value = direction.value()?.parse()?;
        if direction.path.is_ident("serialize") {
            slot.serialize = Some(value);
        } else {
            slot.deserialize = Some(value);
        }
        Ok(())
    })
}

/// A type given as a string (serde) or as itself (schemars).
fn type_value(meta: &ParseNestedMeta) -> syn::Result<syn::Type> {
    let input = meta.value()?;
    if !input.peek(LitStr) {
        return input.parse();
    }
    let text: LitStr = input.parse()?;
    if is_too_deep(&text.value()) {
        return Err(syn::Error::new(text.span(), "nested too deep"));
    }
    text.parse()
}

/// Consumes `= ..` or `(..)`, whatever it says.
fn skip_value(meta: &ParseNestedMeta) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        let value = meta.value()?;
        // Nearly always a path in quotes; anything else is an expression.
        if value.peek(LitStr) {
            value.parse::<LitStr>()?;
        } else {
            value.parse::<Expr>()?;
        }
    } else if meta.input.peek(syn::token::Paren) {
        let inside;
        syn::parenthesized!(inside in meta.input);
        inside.parse::<TokenStream>()?;
    }
    Ok(())
}

/// The literal, if an expression is a string.
pub fn string(value: &Expr) -> Option<&LitStr> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
        _ => None,
    }
}

fn is_true(value: &Expr) -> bool {
    matches!(value, Expr::Lit(ExprLit { lit: Lit::Bool(value), .. }) if value.value)
}

/// The value of a literal.
fn literal(value: &Expr) -> Option<Value> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(Value::from(text.value())),
        Expr::Lit(ExprLit { lit: Lit::Bool(value), .. }) => Some(Value::from(value.value)),
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => {
            number.base10_parse::<i64>().ok().map(Value::from)
        }
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => {
            number.base10_parse::<f64>().ok().map(Value::from)
        }
        _ => None,
    }
}

/// `DateTime` as `date-time`: how utoipa and JSON Schema write a format.
fn kebab_name(value: &Expr) -> Option<String> {
    let Expr::Path(path) = value else { return None };
    let last = path.path.segments.last()?.ident.to_string();
    Some(super::case::Case::Kebab.of_variant(&last))
}
