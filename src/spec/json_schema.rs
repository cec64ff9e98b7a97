//! JSON Schema (2020-12 and the drafts before it) to [`Schema`].
//!
//! Named definitions become types; `allOf` is merged, `oneOf` and `anyOf` stay alternatives unless they
//! only add `null` or list words. What the canonical schema has no place for (lengths, patterns,
//! conditions) is left out: nothing is compared by it. Absent here: fetching other documents.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::schema::{Additional, Enum, Format, Member, Object, Property, Schema, Shape, Type, TypeDef};

use super::alternatives::{merge, one_of};
use super::canonical::Blanks;
use super::extensions;
use super::notes::Notes;

/// Schemas within schemas beyond which anything is allowed.
const DEEPEST: u32 = 64;

/// Schemas visited in all: definitions that include each other twice grow without bound.
const FUEL: u32 = 1 << 20;

/// Where definitions are kept, by draft.
const DEFINITIONS: [&str; 3] = ["/$defs", "/definitions", "/components/schemas"];

/// Lowers a document: its definitions, and the root under its `title` if it describes something.
///
/// A property is required in requests unless it is `readOnly`, in answers unless it is `writeOnly`.
pub fn json_schema(document: &Value) -> Schema {
    let mut reader = Reader { document, notes: Notes::default(), blanks: Blanks::default(), fuel: FUEL };
    let mut schema = Schema::default();
    for definitions in DEFINITIONS {
        let Some(Value::Object(list)) = document.pointer(definitions) else { continue };
        for (key, value) in list {
            let name = extensions::own_name(value).unwrap_or(key);
            schema.types.insert(name.to_owned(), reader.named(name, value));
        }
    }
    if ["type", "properties", "$ref", "oneOf", "anyOf", "allOf", "enum"]
        .iter()
        .any(|key| document.get(key).is_some())
    {
        let name = reader.root_name();
        // A root that only points at a definition is that definition.
        if !schema.types.contains_key(&name) {
            schema.types.insert(name.clone(), reader.named(&name, document));
        }
    }
    schema.notes = reader.notes.into_sorted();
    reader.blanks.settle(&mut schema);
    schema
}

struct Reader<'a> {
    document: &'a Value,
    notes: Notes,
    blanks: Blanks,
    fuel: u32,
}

/// A type where it is used, and whether null may stand there.
struct Used {
    ty: Type,
    nullable: bool,
}

impl Used {
    const fn plain(ty: Type) -> Self {
        Self { ty, nullable: false }
    }

    fn into_element(self) -> Type {
        if self.nullable { Type::OneOf(vec![self.ty, Type::Null]) } else { self.ty }
    }
}

impl<'a> Reader<'a> {
    fn root_name(&self) -> String {
        self.document.get("title").and_then(Value::as_str).unwrap_or("root").to_owned()
    }

    fn named(&mut self, name: &str, value: &Value) -> TypeDef {
        let shape = if let Some(set) = enumeration(value) {
            Shape::Enum(set)
        } else {
            let used = self.used(value, 0);
            match used.ty {
                Type::Object(object) if !used.nullable => Shape::Object(*object),
                // A named map is an object without known properties.
                Type::Map(value) if !used.nullable => {
                    Shape::Object(Object { additional: Additional::Of(value), ..Object::default() })
                }
                ty => Shape::Alias(Used { ty, nullable: used.nullable }.into_element()),
            }
        };
        let (place, origin) = extensions::provenance(value, &mut self.blanks);
        TypeDef { name: name.to_owned(), doc: text(value, "description"), shape, place, origin }
    }

    fn element(&mut self, value: &Value, depth: u32) -> Type {
        self.used(value, depth).into_element()
    }

    fn used(&mut self, value: &Value, depth: u32) -> Used {
        let Value::Object(schema) = value else {
            return Used::plain(if value == &Value::Bool(false) {
                Type::OneOf(Vec::new())
            } else {
                Type::Any
            });
        };
        if depth > DEEPEST || self.fuel == 0 {
            self.note("schemas are nested too deep to read; the rest is taken for anything");
            return Used::plain(Type::Any);
        }
        self.fuel -= 1;
        let mut used = self.unmarked(schema, depth);
        // OpenAPI 3.0 marks null apart.
        used.nullable |= schema.get("nullable") == Some(&Value::Bool(true));
        used
    }

    fn unmarked(&mut self, schema: &Map<String, Value>, depth: u32) -> Used {
        let has_properties = schema.contains_key("properties");
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            // With properties beside it, it is included in the object they make.
            return Used::plain(if has_properties {
                Type::Object(Box::new(self.object(schema, depth)))
            } else {
                self.reference(target)
            });
        }
        if let Some(name) = extensions::dangling(schema) {
            return Used::plain(Type::Named(name.to_owned()));
        }
        if schema.get("not").and_then(Value::as_object).is_some_and(Map::is_empty) {
            return Used::plain(Type::OneOf(Vec::new()));
        }
        if let Some(value) = schema.get("const") {
            return Used::plain(constant(value));
        }
        if let Some(Value::Array(values)) = schema.get("enum") {
            let nullable = values.iter().any(Value::is_null);
            let mut list: Vec<Type> = Vec::new();
            for ty in values.iter().filter(|value| !value.is_null()).map(constant) {
                if !list.contains(&ty) {
                    list.push(ty);
                }
            }
            return Used { ty: one_of(list), nullable };
        }
        for key in ["oneOf", "anyOf"] {
            match schema.get(key) {
                Some(Value::Array(list)) if !has_properties => return self.alternatives(list, depth),
                _ => {}
            }
        }
        if let Some(Value::Array(parts)) = schema.get("allOf") {
            return match parts.as_slice() {
                [only] if !has_properties => self.used(only, depth + 1),
                _ => Used::plain(Type::Object(Box::new(self.object(schema, depth)))),
            };
        }
        self.typed(schema, depth)
    }

    /// `type` says what it is, or the keywords that only one type has.
    fn typed(&mut self, schema: &Map<String, Value>, depth: u32) -> Used {
        let names: Vec<&str> = match schema.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ if schema.contains_key("properties") || schema.contains_key("additionalProperties") => {
                vec!["object"]
            }
            _ if schema.contains_key("items") || schema.contains_key("prefixItems") => vec!["array"],
            _ => return Used::plain(Type::Any),
        };
        let is_null_alone = names == ["null"];
        let nullable = !is_null_alone && names.contains(&"null");
        let kept = names.iter().filter(|name| is_null_alone || **name != "null");
        let list = kept.map(|name| self.of_type(name, schema, depth)).collect();
        Used { ty: one_of(list), nullable }
    }

    fn of_type(&mut self, name: &str, schema: &Map<String, Value>, depth: u32) -> Type {
        match name {
            "null" => Type::Null,
            "boolean" => Type::Boolean,
            "integer" => Type::Integer,
            "number" => Type::Number,
            "string" => {
                let format = schema.get("format").and_then(Value::as_str).and_then(Format::from_name);
                Type::String(format.unwrap_or_default())
            }
            "array" => match (schema.get("prefixItems"), schema.get("items")) {
                (Some(Value::Array(items)), _) | (None, Some(Value::Array(items))) => {
                    Type::Tuple(items.iter().map(|item| self.element(item, depth + 1)).collect())
                }
                _ if schema.get("maxItems").and_then(Value::as_u64) == Some(0) => Type::Tuple(Vec::new()),
                (_, Some(item)) => Type::Array(Box::new(self.element(item, depth + 1))),
                _ => Type::Array(Box::new(Type::Any)),
            },
            "object" => {
                let object = self.object(schema, depth);
                match object.additional {
                    Additional::Of(value) if object.properties.is_empty() => Type::Map(value),
                    _ => Type::Object(Box::new(object)),
                }
            }
            other => {
                self.note(&format!("unknown type `{other}`"));
                Type::Any
            }
        }
    }

    fn alternatives(&mut self, list: &[Value], depth: u32) -> Used {
        let mut nullable = false;
        let mut out: Vec<Type> = Vec::new();
        for value in list {
            let used = self.used(value, depth + 1);
            nullable |= used.nullable || used.ty == Type::Null;
            let further = if let Type::OneOf(inner) = used.ty { inner } else { vec![used.ty] };
            for ty in further {
                if ty != Type::Null && !out.contains(&ty) {
                    out.push(ty);
                }
            }
        }
        if out.is_empty() && nullable {
            return Used::plain(Type::Null);
        }
        Used { ty: one_of(out), nullable }
    }

    /// Properties of a schema and of everything it includes.
    fn object(&mut self, schema: &Map<String, Value>, depth: u32) -> Object {
        let mut out = Object::default();
        // A part of `allOf` may require what another part describes.
        let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        let lists = parts.filter_map(|part| part.get("required")).chain(schema.get("required"));
        let required: HashSet<&str> =
            lists.filter_map(Value::as_array).flatten().filter_map(Value::as_str).collect();
        if let Some(Value::Object(properties)) = schema.get("properties") {
            for (name, value) in properties {
                let is_required = required.contains(name.as_str());
                out.properties.push(self.property(name, value, is_required, depth));
            }
        }
        out.additional = self.additional(schema, depth);
        if let Some(form) = self.referenced(schema, depth) {
            include(&mut out, form);
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            let Some(Value::Array(parts)) = schema.get(key) else { continue };
            let forms: Vec<Object> = parts.iter().filter_map(|part| self.included(part, depth + 1)).collect();
            if key == "allOf" {
                for form in forms {
                    include(&mut out, form);
                }
            } else {
                include(&mut out, merge(forms));
            }
        }
        for property in out.properties.iter_mut().filter(|one| required.contains(one.name.as_str())) {
            property.required_in_request |= !property.read_only;
            property.required_in_response |= !property.write_only;
        }
        out
    }

    fn additional(&mut self, schema: &Map<String, Value>, depth: u32) -> Additional {
        let further =
            ["additionalProperties", "unevaluatedProperties"].iter().find_map(|key| schema.get(*key));
        // Keys by pattern are how schemars writes maps whose keys are numbers.
        let by_pattern = match schema.get("patternProperties") {
            Some(Value::Object(patterns)) => patterns.values().next(),
            _ => None,
        };
        let is_closed = || schema.get("propertyNames").is_some_and(|names| names.get("enum").is_some());
        match by_pattern.or(further).or(extensions::additional(schema)) {
            None if is_closed() => Additional::Denied,
            None => Additional::Unspecified,
            Some(Value::Bool(false)) => Additional::Denied,
            Some(value) => Additional::Of(Box::new(self.element(value, depth + 1))),
        }
    }

    fn property(&mut self, name: &str, value: &Value, is_required: bool, depth: u32) -> Property {
        let used = self.used(value, depth + 1);
        let is_set = |key: &str| value.get(key) == Some(&Value::Bool(true));
        let (read_only, write_only) = (is_set("readOnly"), is_set("writeOnly"));
        let (place, origin) = extensions::provenance(value, &mut self.blanks);
        let mut property = Property {
            nullable: used.nullable,
            required_in_request: is_required && !read_only,
            required_in_response: is_required && !write_only,
            read_only,
            write_only,
            doc: text(value, "description"),
            place,
            origin,
            ..Property::new(name, used.ty)
        };
        extensions::property(&mut property, value);
        property
    }

    /// The object that a part of `allOf` or a form of `oneOf` stands for.
    fn included(&mut self, value: &Value, depth: u32) -> Option<Object> {
        if depth > DEEPEST || self.fuel == 0 {
            self.note("schemas include each other without end");
            return None;
        }
        self.fuel -= 1;
        Some(self.object(value.as_object()?, depth))
    }

    /// The object that `$ref` leads to.
    fn referenced(&mut self, schema: &Map<String, Value>, depth: u32) -> Option<Object> {
        let target = schema.get("$ref")?.as_str()?;
        let document: &'a Value = self.document;
        self.included(document.pointer(&pointer(target)?)?, depth + 1)
    }

    fn reference(&mut self, target: &str) -> Type {
        if target == "#" {
            return Type::Named(self.root_name());
        }
        let pointer = pointer(target);
        let found = pointer.as_deref().filter(|pointer| self.document.pointer(pointer).is_some());
        let definition = found.and_then(|pointer| self.document.pointer(pointer));
        if let Some(name) = definition.and_then(extensions::own_name) {
            return Type::Named(name.to_owned());
        }
        let name = found.and_then(|pointer| {
            let name = DEFINITIONS.iter().find_map(|prefix| pointer.strip_prefix(prefix))?;
            name.strip_prefix('/').filter(|name| !name.contains('/'))
        });
        let Some(name) = name else {
            self.note(&format!("reference `{target}` names no definition of this document"));
            return Type::Any;
        };
        Type::Named(name.replace("~1", "/").replace("~0", "~"))
    }

    fn note(&mut self, message: &str) {
        self.notes.add(None, message.to_owned());
    }
}

/// The words (or numbers) of a schema that lists nothing else.
fn enumeration(value: &Value) -> Option<Enum> {
    // schemars parts the words with a description from those without.
    let forms = match value.get("oneOf").or_else(|| value.get("anyOf")) {
        Some(Value::Array(forms)) => forms.as_slice(),
        _ => std::slice::from_ref(value),
    };
    let mut set = Enum::default();
    for (at, form) in forms.iter().enumerate() {
        let before = set.members.len();
        match (form.get("enum"), form.get("const")) {
            (Some(_), _) if extensions::is_alias(form) => {}
            (Some(Value::Array(words)), _) => {
                for (at, word) in words.iter().enumerate() {
                    set.members.push(member(word, declared(form, at), String::new())?);
                }
                extensions::members(&mut set.members[before..], form);
            }
            (_, Some(word)) => set.members.push(member(word, None, text(form, "description"))?),
            _ if at > 0 && at + 1 == forms.len() && extensions::is_open(form, &set) => set.open = true,
            _ => return None,
        }
    }
    (!set.members.is_empty()).then_some(set)
}

fn member(word: &Value, declared: Option<&str>, doc: String) -> Option<Member> {
    let (value, number) = match word {
        Value::String(word) => (word.clone(), None),
        Value::Number(number) => (number.to_string(), number.as_i64()),
        _ => return None,
    };
    let declared = declared.unwrap_or(&value).to_owned();
    Some(Member { value, declared, number, aliases: Vec::new(), doc, place: None, origin: None })
}

/// The name generators give the word at `at` in code.
fn declared(form: &Value, at: usize) -> Option<&str> {
    ["x-enum-varnames", "x-enumNames"].iter().find_map(|key| form.get(key)?.get(at)?.as_str())
}

/// Adds what `allOf` or a merged `oneOf` brings; what is there already stays.
fn include(object: &mut Object, other: Object) {
    if let (Additional::Unspecified, Additional::Of(_)) = (&object.additional, &other.additional) {
        object.additional = other.additional;
    }
    let known: HashSet<String> = object.properties.iter().map(|property| property.name.clone()).collect();
    object.properties.extend(other.properties.into_iter().filter(|property| !known.contains(&property.name)));
}

fn constant(value: &Value) -> Type {
    match value {
        Value::String(word) => Type::Constant(word.clone()),
        Value::Null => Type::Null,
        Value::Bool(_) => Type::Boolean,
        Value::Number(number) if number.is_f64() => Type::Number,
        Value::Number(_) => Type::Integer,
        Value::Array(_) => Type::Array(Box::new(Type::Any)),
        Value::Object(_) => Type::Map(Box::new(Type::Any)),
    }
}

/// The JSON pointer of a reference within the document, percent signs decoded.
fn pointer(target: &str) -> Option<String> {
    let fragment = target.strip_prefix('#')?;
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let decoded = code.filter(|_| *first == b'%').and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).ok()
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().trim().to_owned()
}
