//! What JSON Schema can say and the canonical schema can express, and values that are valid by it.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};

use crate::chance::Chance;

/// A schema.
#[derive(Debug, Clone)]
pub enum Form {
    Any,
    Never,
    Null,
    Boolean,
    Integer,
    Number,
    /// A string in a format.
    Text(&'static Format),
    /// `const`
    Constant(&'static str),
    /// `enum` of strings.
    Words(Vec<&'static str>),
    Array(Box<Form>),
    Tuple(Vec<Form>),
    Map(Box<Form>),
    Object(Members),
    /// `allOf` of the definition `Base` and an object.
    Extended(Members),
    /// `anyOf`
    AnyOf(Vec<Form>),
    /// `oneOf` of objects, told apart by the constant in `kind`.
    Kinds(Vec<Members>),
    /// Null as well.
    Nullable(Box<Form>, Spelling),
    /// A definition.
    Named(&'static str),
}

/// The properties of an object.
#[derive(Debug, Clone)]
pub struct Members {
    listed: Vec<(&'static str, Form, bool)>,
    further: Further,
}

/// `additionalProperties`
#[derive(Debug, Clone)]
enum Further {
    Unsaid,
    Denied,
    Of(Box<Form>),
}

/// The ways to say that a value may be null.
#[derive(Debug, Clone, Copy)]
pub enum Spelling {
    /// `type: [.., "null"]`, or `nullable: true`.
    Beside,
    AnyOf,
    OneOf,
}

/// A format with strings about which there is no doubt.
#[derive(Debug)]
pub struct Format {
    pub name: &'static str,
    pub right: &'static [&'static str],
    pub wrong: &'static [&'static str],
}

pub const FORMATS: [Format; 7] = [
    Format { name: "", right: &["", "text", "2024-02-30"], wrong: &[] },
    Format {
        name: "date-time",
        right: &["2024-02-29T00:00:00Z", "2019-01-16T23:59:48.7612345+05:30"],
        wrong: &[
            "2024-02-29",
            "2024-02-30T00:00:00Z",
            "2024-01-01T25:00:00Z",
            "2024-01-01T00:00:00+25:00",
            "now",
        ],
    },
    Format {
        name: "date",
        right: &["2024-02-29", "1999-12-31"],
        wrong: &["2023-02-29", "2024-04-31", "2024-1-1", "2024-02-29T00:00:00Z", "29/02/2024"],
    },
    Format {
        name: "time",
        right: &["00:00:00Z", "23:59:59.5+02:00"],
        wrong: &["24:00:01Z", "9:00:00Z", "noon"],
    },
    Format {
        name: "duration",
        right: &["P1M", "P1Y6M", "PT5M", "P2W", "P1DT12H"],
        wrong: &["p1m", "P", "PT", "P1", "P1X", "1M", "P1M1Y"],
    },
    Format {
        name: "uuid",
        right: &["d6bf25b7-e0a8-4f2d-a31b-97b55cfc774d", "D6BF25B7-E0A8-4F2D-A31B-97B55CFC774D"],
        wrong: &["d6bf25b7e0a84f2da31b97b55cfc774d", "d6bf25b7-e0a8-4f2d-a31b-97b55cfc774", "g"],
    },
    Format { name: "currency", right: &["EUR", "USD"], wrong: &["eur", "EURO", "€"] },
];

const WORDS: [&str; 5] = ["monthly", "one_time", "größe", "7", "null"];
const NAMES: [&str; 4] = ["id", "lineItems", "größe", "a b"];
const NAMES_OF_BASE: [&str; 2] = ["base", "status"];

const DEFINITIONS: [&str; 5] = ["Other", "Base", "Node", "Words", "Numbers"];

/// A language that schemas are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Draft 2020-12.
    JsonSchema,
    OpenApi30,
    OpenApi31,
}

/// A document: `Root` has to be valid.
#[derive(Debug, Clone)]
pub struct Document {
    root: Members,
    base: Members,
    node: Members,
    words: Vec<&'static str>,
    numbers: Vec<i64>,
    other: Form,
}

/// How many levels of values are written where a type contains itself.
const DEEPEST: u32 = 5;

impl Document {
    /// As written in a language.
    pub fn written(&self, language: Language) -> Value {
        let node = self.node.and("next", Form::Named("Node"));
        let definitions = json!({
            "Root": self.root.schema(language),
            "Base": self.base.schema(language),
            "Node": node.schema(language),
            "Words": { "type": "string", "enum": self.words },
            "Numbers": { "type": "integer", "enum": self.numbers },
            "Other": self.other.schema(language),
        });
        match language {
            Language::JsonSchema => json!({ "$defs": definitions }),
            Language::OpenApi30 | Language::OpenApi31 => json!({
                "openapi": if language == Language::OpenApi30 { "3.0.3" } else { "3.1.0" },
                "info": { "title": "Generated", "version": "1" },
                "paths": {},
                "components": { "schemas": definitions },
            }),
        }
    }

    /// What a validator holds values against.
    pub fn standard(&self) -> Value {
        let mut document = self.written(Language::JsonSchema);
        document["$ref"] = json!("#/$defs/Root");
        document
    }

    /// A valid value; `None` if there is none of bounded size.
    pub fn value(&self, chance: &mut Chance) -> Option<Value> {
        self.object(&self.root, chance, 0)
    }

    fn of(&self, form: &Form, chance: &mut Chance, depth: u32) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        Some(match form {
            Form::Any => pick(chance, &[json!(null), json!({ "a": [1, null] }), json!("text")]),
            Form::Never => return None,
            Form::Null => Value::Null,
            Form::Boolean => pick(chance, &[json!(true), json!(false)]),
            Form::Integer => {
                pick(chance, &[json!(-3), json!(0), json!(2.0), json!(9_007_199_254_740_993_u64)])
            }
            Form::Number => pick(chance, &[json!(-3), json!(0.5), json!(1e30)]),
            Form::Text(format) => json!(pick(chance, format.right)),
            Form::Constant(word) => json!(word),
            Form::Words(words) => json!(pick(chance, words)),
            Form::Array(item) => {
                let count = chance.below(3)?;
                (0..count).filter_map(|_| self.of(item, chance, depth + 1)).collect()
            }
            Form::Tuple(items) => {
                items.iter().map(|item| self.of(item, chance, depth + 1)).collect::<Option<Value>>()?
            }
            Form::Map(value) => {
                let value = self.of(value, chance, depth + 1);
                value.map_or(json!({}), |value| json!({ "key": value }))
            }
            Form::Object(members) => self.object(members, chance, depth)?,
            Form::Extended(members) => {
                let mut value = self.object(&self.base, chance, depth)?;
                let own = self.object(members, chance, depth)?;
                value.as_object_mut()?.extend(own.as_object()?.clone());
                value
            }
            Form::AnyOf(forms) => self.of(&forms[chance.below(forms.len())?], chance, depth + 1)?,
            Form::Kinds(kinds) => {
                let at = chance.below(kinds.len())?;
                self.object(&tagged(&kinds[at], at), chance, depth)?
            }
            Form::Nullable(..) if chance.below(2) == Some(0) => Value::Null,
            Form::Nullable(form, _) => self.of(form, chance, depth + 1)?,
            Form::Named("Base") => self.object(&self.base, chance, depth)?,
            Form::Named("Node") => {
                self.object(&self.node.and("next", Form::Named("Node")), chance, depth + 1)?
            }
            Form::Named("Words") => json!(pick(chance, &self.words)),
            Form::Named("Numbers") => json!(pick(chance, &self.numbers)),
            Form::Named(_) => self.of(&self.other, chance, depth + 1)?,
        })
    }

    fn object(&self, members: &Members, chance: &mut Chance, depth: u32) -> Option<Value> {
        let mut out = Map::new();
        for (name, form, is_required) in &members.listed {
            if !is_required && chance.below(3) == Some(0) {
                continue;
            }
            match self.of(form, chance, depth + 1) {
                Some(value) => out.extend([((*name).to_owned(), value)]),
                None if *is_required => return None,
                None => {}
            }
        }
        if let Further::Of(form) = &members.further {
            let value = self.of(form, chance, depth + 1);
            out.extend(value.map(|value| ("further".to_owned(), value)));
        }
        Some(Value::Object(out))
    }
}

fn pick<T: Clone>(chance: &mut Chance, list: &[T]) -> T {
    list[chance.below(list.len()).expect("something to choose from")].clone()
}

/// A kind with the constant that tells it apart.
fn tagged(members: &Members, at: usize) -> Members {
    let mut members = members.and("kind", Form::Constant(WORDS[at]));
    members.listed.iter_mut().for_each(|(name, _, is_required)| *is_required |= *name == "kind");
    members
}

impl Members {
    /// With a further property that may be left out.
    fn and(&self, name: &'static str, form: Form) -> Self {
        let mut members = self.clone();
        members.listed.push((name, form, false));
        members
    }

    fn schema(&self, language: Language) -> Value {
        let mut out = json!({ "type": "object" });
        if !self.listed.is_empty() {
            out["properties"] = self
                .listed
                .iter()
                .map(|(name, form, _)| ((*name).to_owned(), form.schema(language)))
                .collect();
        }
        let required: Vec<_> =
            self.listed.iter().filter(|(.., is_required)| *is_required).map(|one| one.0).collect();
        if !required.is_empty() {
            out["required"] = json!(required);
        }
        match &self.further {
            Further::Unsaid => {}
            Further::Denied => out["additionalProperties"] = json!(false),
            Further::Of(form) => out["additionalProperties"] = form.schema(language),
        }
        out
    }
}

impl Form {
    fn schema(&self, language: Language) -> Value {
        let list = |forms: &[Form]| -> Value { forms.iter().map(|form| form.schema(language)).collect() };
        match self {
            Self::Any => json!({}),
            Self::Never => json!({ "not": {} }),
            Self::Null if language == Language::OpenApi30 => json!({ "nullable": true, "enum": [null] }),
            Self::Null => json!({ "type": "null" }),
            Self::Boolean => json!({ "type": "boolean" }),
            Self::Integer => json!({ "type": "integer" }),
            Self::Number => json!({ "type": "number" }),
            Self::Text(Format { name: "", .. }) => json!({ "type": "string" }),
            Self::Text(format) => json!({ "type": "string", "format": format.name }),
            Self::Constant(word) if language == Language::OpenApi30 => json!({ "enum": [word] }),
            Self::Constant(word) => json!({ "const": word }),
            Self::Words(words) => json!({ "type": "string", "enum": words }),
            Self::Array(item) => json!({ "type": "array", "items": item.schema(language) }),
            Self::Tuple(items) if items.is_empty() => json!({ "type": "array", "maxItems": 0 }),
            Self::Tuple(items) => json!({
                "type": "array", "prefixItems": list(items), "items": false, "minItems": items.len(),
            }),
            Self::Map(value) => json!({ "type": "object", "additionalProperties": value.schema(language) }),
            Self::Object(members) => members.schema(language),
            Self::Extended(members) => {
                json!({ "allOf": [Self::Named("Base").schema(language), members.schema(language)] })
            }
            Self::AnyOf(forms) => json!({ "anyOf": list(forms) }),
            Self::Kinds(kinds) => {
                let kinds: Value =
                    kinds.iter().enumerate().map(|(at, kind)| tagged(kind, at).schema(language)).collect();
                json!({ "oneOf": kinds })
            }
            Self::Nullable(form, spelling) => nullable(form, *spelling, language),
            Self::Named(name) if language == Language::JsonSchema => {
                json!({ "$ref": format!("#/$defs/{name}") })
            }
            Self::Named(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
        }
    }
}

fn nullable(form: &Form, spelling: Spelling, language: Language) -> Value {
    let mut schema = form.schema(language);
    let is_one_type = schema["type"].as_str().is_some_and(|word| word != "null");
    if language == Language::OpenApi30 {
        if !is_one_type {
            schema = json!({ "allOf": [schema] });
        } else if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            words.push(Value::Null);
        }
        schema["nullable"] = json!(true);
        return schema;
    }
    let or_null = json!({ "type": "null" });
    match spelling {
        Spelling::Beside if is_one_type => {
            if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
                words.push(Value::Null);
            }
            schema["type"] = json!([schema["type"], "null"]);
            schema
        }
        // Of what may be null itself, exactly one would be too few.
        Spelling::OneOf if is_one_type => json!({ "oneOf": [or_null, schema] }),
        _ => json!({ "anyOf": [schema, or_null] }),
    }
}

fn words() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(&WORDS[..], 1..=3)
}

/// A schema of one level.
fn leaf(definitions: &'static [&'static str]) -> impl Strategy<Value = Form> + Clone {
    prop_oneof![
        1 => Just(Form::Any),
        1 => Just(Form::Never),
        1 => Just(Form::Null),
        2 => Just(Form::Boolean),
        3 => Just(Form::Integer),
        2 => Just(Form::Number),
        6 => select(FORMATS.iter().collect::<Vec<_>>()).prop_map(Form::Text),
        1 => select(&WORDS[..]).prop_map(Form::Constant),
        3 => words().prop_map(Form::Words),
        4 => select(definitions).prop_map(Form::Named),
    ]
}

/// A schema, at most some levels deep.
fn form(definitions: &'static [&'static str]) -> impl Strategy<Value = Form> + Clone {
    leaf(definitions).prop_recursive(3, 16, 4, |inner| {
        let spelling = select(&[Spelling::Beside, Spelling::AnyOf, Spelling::OneOf][..]);
        let open = members(&NAMES, inner.clone())
            .prop_map(|members| Members { further: Further::Unsaid, ..members });
        prop_oneof![
            2 => inner.clone().prop_map(|form| Form::Array(form.into())),
            1 => vec(inner.clone(), 0..3).prop_map(Form::Tuple),
            1 => inner.clone().prop_map(|form| Form::Map(form.into())),
            3 => members(&NAMES, inner.clone()).prop_map(Form::Object),
            1 => open.prop_map(Form::Extended),
            2 => vec(inner.clone(), 1..4).prop_map(Form::AnyOf),
            1 => vec(members(&NAMES, inner.clone()), 2..4).prop_map(Form::Kinds),
            2 => (inner, spelling).prop_map(|(form, spelling)| Form::Nullable(form.into(), spelling)),
        ]
    })
}

fn members(
    names: &'static [&'static str],
    form: impl Strategy<Value = Form> + Clone,
) -> impl Strategy<Value = Members> {
    let further = prop_oneof![
        2 => Just(Further::Unsaid),
        2 => Just(Further::Denied),
        1 => form.clone().prop_map(|form| Further::Of(form.into())),
    ];
    let listed = vec(option::weighted(0.7, (form, any::<bool>())), names.len());
    (listed, further).prop_map(|(listed, further)| {
        let all = names.iter().zip(listed);
        let listed =
            all.filter_map(|(name, listed)| listed.map(|(form, is_required)| (*name, form, is_required)));
        Members { listed: listed.collect(), further }
    })
}

prop_compose! {
    /// A document with definitions that refer to each other.
    pub fn document()(
        root in members(&NAMES, form(&DEFINITIONS)),
        // An object without a name that contains itself would have no end.
        base in members(&NAMES_OF_BASE, leaf(&DEFINITIONS)),
        node in members(&NAMES, form(&DEFINITIONS)),
        words in words(),
        numbers in subsequence(&[-1, 0, 7, 10_000][..], 1..=3),
        // An alternative of itself would be nothing.
        other in form(&DEFINITIONS[1..]),
    ) -> Document {
        // Whoever extends it adds keys.
        let base = Members { further: Further::Unsaid, ..base };
        Document { root, base, node, words, numbers, other }
    }
}
