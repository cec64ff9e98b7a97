//! A schema where it is used: which type it stands for, and whether null may stand there.

use serde_json::{Map, Number, Value};

use crate::schema::{Additional, Format, Object, Type};
use crate::spec::alternatives::{one_of, union};
use crate::spec::document::TYPES;
use crate::spec::tree::{Kind, Node};

use super::keywords::{Keyword, Keywords, Rest};
use super::{DEEPEST, Lower, UnheldKind};

/// A type where it is used.
#[derive(Debug, Clone)]
pub struct Used {
    pub ty: Type,
    pub nullable: bool,
    /// Only in answers.
    pub read_only: bool,
    /// Only in requests.
    pub write_only: bool,
}

impl Used {
    /// Nothing but a type.
    pub const fn plain(ty: Type) -> Self {
        Self { ty, nullable: false, read_only: false, write_only: false }
    }

    /// As a type of its own. Anything is null as well, unless what was said is taken by the word.
    pub fn into_element(self, is_own: bool) -> Type {
        match self.ty {
            ty if !self.nullable || (ty == Type::Any && !is_own) => ty,
            Type::OneOf(mut list) => {
                list.push(Type::Null);
                Type::OneOf(list)
            }
            ty => Type::OneOf(vec![ty, Type::Null]),
        }
    }
}

/// What limits values and is not merged with what a reference beside it leads to. A `type` there is the same.
const BESIDE_REFERENCE: [Keyword; 8] = [
    Keyword::OneOf,
    Keyword::AnyOf,
    Keyword::Enum,
    Keyword::Const,
    Keyword::Format,
    Keyword::Items,
    Keyword::PrefixItems,
    Keyword::Never,
];

impl<'a> Lower<'a> {
    /// The type of an element, value or body.
    pub fn element(&mut self, node: Node<'a>, depth: u32) -> Type {
        let is_own = self.entry(node).is_own;
        self.used(node, depth).into_element(is_own)
    }

    /// The type of a parameter that is a schema itself: not all of its keys are keywords.
    pub fn parameter_schema(&mut self, node: Node<'a>) -> Type {
        let keywords = Keywords::of(node, self.entry(node).dialect);
        self.of_keywords(&keywords, 0).into_element(false)
    }

    pub fn used(&mut self, node: Node<'a>, depth: u32) -> Used {
        match node.kind() {
            Kind::Object if self.may_enter(node, depth) => {
                let keywords = self.keywords(node);
                self.of_keywords(&keywords, depth)
            }
            Kind::Object | Kind::Bool(true) => Used::plain(Type::Any),
            Kind::Bool(false) => Used::plain(Type::OneOf(Vec::new())),
            _ => {
                self.unheld.count(UnheldKind::NoSchema, "", node);
                Used::plain(Type::Any)
            }
        }
    }

    /// Whether there is depth and fuel left for a schema.
    pub fn may_enter(&mut self, node: Node<'a>, depth: u32) -> bool {
        if depth > DEEPEST {
            let message = "schemas are nested too deep to read; the rest is taken for anything";
            self.note(node.place(), message.to_owned());
            return false;
        }
        if self.fuel == 0 {
            let message = "schemas refer to each other too often to follow; the rest is taken for anything";
            self.note(node.place(), message.to_owned());
            return false;
        }
        self.fuel -= 1;
        true
    }

    pub fn of_keywords(&mut self, keywords: &Keywords<'a>, depth: u32) -> Used {
        let mut used = self.unmarked(keywords, depth);
        let lists_null = || {
            keywords.get(Keyword::Type).is_some_and(|ty| ty.elements().any(|name| name.scalar() == "null"))
        };
        // An object that is put together has the types of none of its parts.
        used.nullable |=
            keywords.is_set(Keyword::Nullable) || matches!(used.ty, Type::Object(_)) && lists_null();
        used.read_only |= keywords.is_set(Keyword::ReadOnly);
        used.write_only |= keywords.is_set(Keyword::WriteOnly);
        used
    }

    fn unmarked(&mut self, keywords: &Keywords<'a>, depth: u32) -> Used {
        let get = |keyword: Keyword| keywords.get(keyword);
        let adds_properties = [
            Keyword::Properties,
            Keyword::Required,
            Keyword::PatternProperties,
            Keyword::UnevaluatedProperties,
        ]
        .iter()
        .any(|keyword| keywords.has(*keyword));
        if let Some(reference) = keywords.reference() {
            // With properties beside it, it is included in the object they make.
            if adds_properties || (keywords.has(Keyword::AllOf) && self.is_object(keywords.node, 0)) {
                return Used::plain(Type::Object(Box::new(self.object(keywords, depth))));
            }
            for node in BESIDE_REFERENCE.into_iter().filter_map(get) {
                self.unheld.count(UnheldKind::Key(Rest::Unheld), &node.key(), node);
            }
            return self.reference(reference, depth);
        }
        if let Some(name) = get(Keyword::Dangling).and_then(Node::text) {
            return Used::plain(Type::Named(name.into_owned()));
        }
        if keywords.has(Keyword::Never) {
            return Used::plain(Type::OneOf(Vec::new()));
        }
        if let Some(value) = get(Keyword::Const) {
            self.count_values(value, &[value]);
            self.count_beside_values(keywords);
            return Used::plain(constant(value));
        }
        if let Some(values) = get(Keyword::Enum) {
            self.count_values(values, &values.elements().collect::<Vec<_>>());
            self.count_beside_values(keywords);
            return constants(values);
        }
        let mut choices = [Keyword::OneOf, Keyword::AnyOf].into_iter().filter_map(get);
        let choice = choices.find(|forms| self.is_choice(*forms));
        if let Some(parts) = get(Keyword::AllOf) {
            let has_forms = choice.is_some_and(|forms| forms.elements().all(|form| self.is_object(form, 0)));
            return self.all_of(keywords, parts, adds_properties || has_forms, depth);
        }
        if let Some(forms) = choice.filter(|_| !adds_properties) {
            for other in choices {
                self.unheld.count(UnheldKind::Key(Rest::Unheld), &other.key(), other);
            }
            return self.alternatives(forms, depth);
        }
        self.typed(keywords, depth)
    }

    /// One part that says something, or an object of all parts.
    fn all_of(
        &mut self,
        keywords: &Keywords<'a>,
        parts: Node<'a>,
        adds_properties: bool,
        depth: u32,
    ) -> Used {
        let speaking = self.speaking(parts);
        let mut used = match speaking.as_slice() {
            [] if !adds_properties => self.typed(keywords, depth),
            [only] if !adds_properties => self.used(*only, depth + 1),
            list if adds_properties || list.iter().all(|part| self.is_object(*part, 0)) => {
                Used::plain(Type::Object(Box::new(self.object(keywords, depth))))
            }
            [first, ..] => {
                self.unheld.count(UnheldKind::MixedParts, "", parts);
                self.used(*first, depth + 1)
            }
            [] => Used::plain(Type::Any),
        };
        for part in parts.elements() {
            used.nullable |= part.get("nullable").is_some_and(Node::is_true);
            used.read_only |= part.get("readOnly").is_some_and(Node::is_true);
            used.write_only |= part.get("writeOnly").is_some_and(Node::is_true);
        }
        used
    }

    /// Those parts of `allOf` that say something. The others are nothing but limits, which are counted.
    fn speaking(&mut self, parts: Node<'a>) -> Vec<Node<'a>> {
        let dialect = self.entry(parts).dialect;
        let speaks = |part: &Node<'a>| {
            let keywords = Keywords::of(*part, dialect);
            keywords.says_something() || keywords.reference().is_some()
        };
        let (speaking, silent): (Vec<Node<'a>>, Vec<Node<'a>>) = parts.elements().partition(speaks);
        for part in silent {
            self.keywords(part);
        }
        speaking
    }

    /// `type` says what it is, or the keywords that only one type has.
    fn typed(&mut self, keywords: &Keywords<'a>, depth: u32) -> Used {
        let has = |list: &[Keyword]| list.iter().any(|keyword| keywords.has(*keyword));
        let node = keywords.get(Keyword::Type);
        let listed = node.into_iter().flat_map(Node::elements);
        let nodes = node.filter(|node| node.kind() != Kind::Array).into_iter().chain(listed);
        let mut names: Vec<&'static str> = Vec::new();
        for node in nodes {
            let name = node.scalar();
            match TYPES.iter().find(|known| **known == name) {
                Some(known) if names.contains(known) => {}
                Some(known) => names.push(known),
                None => {
                    self.note(node.place(), format!("unknown type `{name}`"));
                    return Used::plain(Type::Any);
                }
            }
        }
        if names.is_empty() {
            names.push(match () {
                () if has(&[
                    Keyword::Properties,
                    Keyword::Required,
                    Keyword::AdditionalProperties,
                    Keyword::PatternProperties,
                    Keyword::UnevaluatedProperties,
                ]) =>
                {
                    "object"
                }
                () if has(&[Keyword::Items, Keyword::PrefixItems]) => "array",
                () if self.format(keywords).is_some() => "string",
                () => {
                    self.count_forms(keywords);
                    return Used::plain(Type::Any);
                }
            });
        }
        if !names.contains(&"object") {
            self.count_forms(keywords);
        }
        let is_null_alone = names == ["null"];
        let nullable = !is_null_alone && names.contains(&"null");
        let kept = names.iter().filter(|name| is_null_alone || **name != "null");
        let list = kept.map(|name| self.of_type(name, keywords, depth)).collect();
        Used { nullable, ..Used::plain(one_of(list)) }
    }

    /// Counts a list of values of which only the type is kept.
    fn count_values(&mut self, keyword: Node<'a>, values: &[Node<'a>]) {
        let has = |wanted: Kind| values.iter().any(|value| value.kind() == wanted);
        let has_all_booleans = has(Kind::Bool(true)) && has(Kind::Bool(false));
        let is_kept = |value: &Node<'a>| match value.kind() {
            Kind::Text | Kind::Null => true,
            Kind::Bool(_) => has_all_booleans,
            _ => false,
        };
        if !values.iter().all(is_kept) {
            self.unheld.count(UnheldKind::Values, &keyword.key(), keyword);
        }
    }

    /// Counts what stands beside a list of values, which says it all.
    fn count_beside_values(&mut self, keywords: &Keywords<'a>) {
        self.count_forms(keywords);
        if let Some(parts) = keywords.get(Keyword::AllOf)
            && !self.speaking(parts).is_empty()
        {
            self.unheld.count(UnheldKind::Key(Rest::Unheld), &parts.key(), parts);
        }
    }

    /// Counts alternatives that say nothing but limits.
    fn count_forms(&mut self, keywords: &Keywords<'a>) {
        for node in [Keyword::OneOf, Keyword::AnyOf].into_iter().filter_map(|keyword| keywords.get(keyword)) {
            self.unheld.count(UnheldKind::Key(Rest::Unheld), &node.key(), node);
        }
    }

    fn of_type(&mut self, name: &str, keywords: &Keywords<'a>, depth: u32) -> Type {
        match name {
            "null" => Type::Null,
            "boolean" => Type::Boolean,
            "integer" => Type::Integer,
            "number" => Type::Number,
            "string" => Type::String(self.format(keywords).unwrap_or_default()),
            "array" => self.array(keywords, depth),
            _ => {
                let object = self.object(keywords, depth);
                let is_free = object == Object::default()
                    && !keywords.has(Keyword::Properties)
                    && !keywords.has(Keyword::KnownNames)
                    && !self.entry(keywords.node).is_own;
                match object.additional {
                    _ if is_free => Type::Map(Box::new(Type::Any)),
                    Additional::Of(value) if object.properties.is_empty() => Type::Map(value),
                    _ => Type::Object(Box::new(object)),
                }
            }
        }
    }

    fn array(&mut self, keywords: &Keywords<'a>, depth: u32) -> Type {
        if keywords.has(Keyword::NoItems) {
            return Type::Tuple(Vec::new());
        }
        let items = keywords.get(Keyword::Items);
        // Up to 2019-09 a list under `items` was what `prefixItems` is now.
        let is_list = |node: &Node<'a>| node.kind() == Kind::Array;
        let tuple = keywords.get(Keyword::PrefixItems).or(items).filter(is_list);
        let Some(tuple) = tuple else {
            return Type::Array(Box::new(items.map_or(Type::Any, |item| self.element(item, depth + 1))));
        };
        let mut elements: Vec<Type> = tuple.elements().map(|item| self.element(item, depth + 1)).collect();
        if keywords.has_fixed_length(elements.len()) {
            return Type::Tuple(elements);
        }
        // Which element comes where is more than a list of any length says.
        self.unheld.count(UnheldKind::Key(Rest::Unheld), &tuple.key(), tuple);
        let rest = items.filter(|items| items.identity() != tuple.identity());
        let rest = rest.or(keywords.node.get("additionalItems"));
        elements.push(rest.map_or(Type::Any, |rest| self.element(rest, depth + 1)));
        let is_free = elements.contains(&Type::Any);
        Type::Array(Box::new(if is_free { Type::Any } else { union(elements) }))
    }

    /// The format of a text; `None` if none is said or it is not known.
    fn format(&mut self, keywords: &Keywords<'a>) -> Option<Format> {
        if let Some(node) = keywords.get(Keyword::Format)
            && let Some(name) = node.text()
        {
            let format = Format::from_name(&name);
            let is_plain = matches!(&*name, "" | "string" | "text") || is_numeric(&name);
            if format.is_none() && !is_plain {
                self.unheld.count(UnheldKind::Format, &name, node);
            }
            return format;
        }
        let encoding = keywords.get(Keyword::ContentEncoding)?;
        encoding.text()?.starts_with("base").then_some(Format::Binary)
    }

    /// Whether a `oneOf` or `anyOf` has forms that say more than limits and which properties go together.
    fn is_choice(&self, forms: Node<'a>) -> bool {
        let dialect = self.entry(forms).dialect;
        forms.elements().any(|form| match form.kind() {
            Kind::Object => Keywords::of(form, dialect).is_form(),
            _ => true,
        })
    }

    fn alternatives(&mut self, forms: Node<'a>, depth: u32) -> Used {
        let is_own = self.entry(forms).is_own;
        let mut nullable = false;
        let mut out: Vec<Type> = Vec::new();
        for node in forms.elements() {
            let used = self.used(node, depth + 1);
            nullable |= used.nullable;
            out.push(used.ty);
        }
        let is_null = |ty: &Type| *ty == Type::Null;
        let ty = match union(out) {
            Type::Null => return Used::plain(Type::Null),
            // Beside anything, other forms say nothing.
            Type::OneOf(list) if list.contains(&Type::Any) && !is_own => Type::Any,
            Type::OneOf(mut list) if list.iter().any(is_null) => {
                nullable = true;
                list.retain(|ty| !is_null(ty));
                one_of(list)
            }
            ty => ty,
        };
        Used { nullable, ..Used::plain(ty) }
    }
}

/// Formats of numbers that say how many bits they take.
fn is_numeric(format: &str) -> bool {
    ["int", "uint", "float", "double", "decimal", "number", "long", "short"].iter().any(|start| {
        format.strip_prefix(start).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

fn constants(values: Node<'_>) -> Used {
    let is_null = |value: &Node<'_>| value.kind() == Kind::Null;
    let nullable = values.elements().any(|value| is_null(&value));
    let ty = union(values.elements().filter(|value| !is_null(value)).map(constant));
    match ty {
        Type::OneOf(list) if list.is_empty() && nullable => Used::plain(Type::Null),
        ty => Used { nullable, ..Used::plain(ty) },
    }
}

fn constant(value: Node<'_>) -> Type {
    match value.kind() {
        Kind::Text => Type::Constant(value.scalar().into_owned()),
        Kind::Null => Type::Null,
        Kind::Bool(_) => Type::Boolean,
        Kind::Number if value.scalar().contains(['.', 'e', 'E']) => Type::Number,
        Kind::Number => Type::Integer,
        Kind::Array => Type::Array(Box::new(Type::Any)),
        Kind::Object => Type::Map(Box::new(Type::Any)),
    }
}

/// A value as data; what is nested too deep is left out.
pub fn to_value(node: Node<'_>, depth: u32) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Bool(value) => Value::Bool(value),
        Kind::Text => Value::String(node.scalar().into_owned()),
        // YAML has numbers that JSON has not.
        Kind::Number => match serde_json::from_str::<Number>(&node.scalar()) {
            Ok(number) => Value::Number(number),
            Err(_) => Value::String(node.scalar().into_owned()),
        },
        Kind::Array => node.elements().map(|element| to_value(element, depth + 1)).collect(),
        Kind::Object => {
            let members =
                node.members().map(|member| (member.key().into_owned(), to_value(member, depth + 1)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}
