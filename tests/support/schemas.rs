//! Schemas of all kinds: names that formats refuse, contracts that differ, types in types.

use std::collections::BTreeMap;

use docdrift::schema::{
    Additional, Enum, Example, Format, Location, Member, Note, Object, Operation, Origin, Parameter,
    Property, Response, Schema, Shape, SpecFile, Type, TypeDef, Witness, WitnessKind,
};
use docdrift::text::{FileId, Place, Span};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

const TYPE_NAMES: [&str; 14] = [
    "Cart",
    "CartLineItem",
    "Order",
    "KeyValuePair<A, b>",
    "カート",
    "a/b~c",
    "50% off",
    "type",
    "Operations",
    "x.y-z_1",
    "",
    "KeyValuePairAB",
    "$ref",
    "  ",
];
const WORDS: [&str; 12] = [
    "id",
    "lineItems",
    "line-items",
    "quantité",
    "a b",
    "default",
    "",
    "0",
    "constructor",
    "x|y",
    "*/",
    "\u{202e}",
];
const TEXTS: [&str; 6] = ["", "What it is.", " padded ", "two\nlines", "pipe | star */ `code`", "größe 車"];
const FORMATS: [Format; 10] = [
    Format::Plain,
    Format::DateTime,
    Format::Date,
    Format::Time,
    Format::Duration,
    Format::Uuid,
    Format::Uri,
    Format::Currency,
    Format::Email,
    Format::Binary,
];
const FILE: &str = "pub struct Größe {\n    // 車\n    a: u8,\r\n}\n";

fn word() -> impl Strategy<Value = String> {
    select(&WORDS[..]).prop_map(str::to_owned)
}

fn text() -> impl Strategy<Value = String> {
    select(&TEXTS[..]).prop_map(str::to_owned)
}

fn place() -> impl Strategy<Value = Option<Place>> {
    let bounds: Vec<u32> = FILE.char_indices().map(|(at, _)| at as u32).collect();
    let place = (0..2_u32, select(bounds.clone()), select(bounds))
        .prop_map(|(file, a, b)| Place { file: FileId(file), span: Span::new(a.min(b), a.max(b)) });
    option::of(place)
}

fn origin() -> impl Strategy<Value = Option<Box<Origin>>> {
    let kinds = select(&[WitnessKind::Table, WitnessKind::Example][..]);
    let locale = || select(&["", "nl-NL", "zh-TW"][..]).prop_map(str::to_owned);
    let witness = (locale(), place(), kinds)
        .prop_map(|(locale, place, kind)| place.map(|place| Witness { locale, place, kind }));
    let origin = (vec(witness, 0..3), btree_map(locale(), text(), 0..2), vec(text(), 0..2), any::<bool>())
        .prop_map(|(witnesses, descriptions, notes, says_optional)| {
            let witnesses = witnesses.into_iter().flatten().collect();
            Box::new(Origin { witnesses, descriptions, notes, says_optional })
        });
    option::of(origin)
}

/// A type, at most some levels deep.
pub fn ty() -> impl Strategy<Value = Type> {
    let leaf = prop_oneof![
        Just(Type::Any),
        Just(Type::Null),
        Just(Type::Boolean),
        Just(Type::Integer),
        Just(Type::Number),
        select(&FORMATS[..]).prop_map(Type::String),
        word().prop_map(Type::Constant),
        select(&TYPE_NAMES[..]).prop_map(|name| Type::Named(name.to_owned())),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let property = (word(), inner.clone(), any::<(bool, bool, bool)>()).prop_map(
            |(name, ty, (nullable, required_in_request, required_in_response))| Property {
                nullable,
                required_in_request,
                required_in_response,
                ..Property::new(&name, ty)
            },
        );
        let additional = prop_oneof![
            Just(Additional::Unspecified),
            Just(Additional::Denied),
            inner.clone().prop_map(|ty| Additional::Of(Box::new(ty))),
        ];
        prop_oneof![
            inner.clone().prop_map(|ty| Type::Array(Box::new(ty))),
            inner.clone().prop_map(|ty| Type::Map(Box::new(ty))),
            vec(inner.clone(), 0..3).prop_map(Type::Tuple),
            vec(inner.clone(), 0..4).prop_map(Type::OneOf),
            (vec(property, 0..3), additional).prop_map(|(properties, additional)| Type::Object(Box::new(
                Object { properties, additional }
            ))),
        ]
    })
}

fn default() -> impl Strategy<Value = Option<serde_json::Value>> {
    option::weighted(0.2, prop_oneof![Just(serde_json::json!(10)), text().prop_map(serde_json::Value::from)])
}

prop_compose! {
    fn property()(
        name in word(),
        request_name in option::weighted(0.2, word()),
        aliases in vec(word(), 0..2),
        ty in ty(),
        marks in any::<[bool; 5]>(),
        doc in text(),
        cfg in option::weighted(0.1, word()),
        default in default(),
        place in place(),
        origin in origin(),
    ) -> Property {
        let [nullable, required_in_request, required_in_response, read_only, write_only] = marks;
        Property {
            name, request_name, aliases, ty, nullable, required_in_request, required_in_response, read_only,
            write_only, default, doc, cfg, place, origin,
        }
    }
}

prop_compose! {
    fn object()(
        properties in vec(property(), 0..4),
        additional in prop_oneof![
            Just(Additional::Unspecified),
            Just(Additional::Denied),
            ty().prop_map(|ty| Additional::Of(Box::new(ty))),
        ],
    ) -> Object {
        Object { properties, additional }
    }
}

prop_compose! {
    fn member()(
        value in prop_oneof![word(), Just("7".to_owned())],
        declared in option::of(word()),
        number in option::of(prop_oneof![Just(7_i64), any::<i64>()]),
        aliases in vec(word(), 0..2),
        doc in text(),
        place in place(),
        origin in origin(),
    ) -> Member {
        let declared = declared.unwrap_or_else(|| value.clone());
        Member { value, declared, number, aliases, doc, place, origin }
    }
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        3 => object().prop_map(Shape::Object),
        1 => (vec(member(), 0..4), any::<bool>()).prop_map(|(mut members, open)| {
            members.sort_by(|a, b| a.value.cmp(&b.value));
            members.dedup_by(|a, b| a.value == b.value);
            Shape::Enum(Enum { members, open })
        }),
        1 => ty().prop_map(Shape::Alias),
    ]
}

fn example() -> impl Strategy<Value = Example> {
    let value = prop_oneof![
        Just(serde_json::json!({ "a": [1, null, "é"], "b": {} })),
        any::<f64>().prop_map(serde_json::Value::from),
        any::<i64>().prop_map(serde_json::Value::from),
        text().prop_map(serde_json::Value::from),
    ];
    let locale = select(&["", "nl-NL"][..]).prop_map(str::to_owned);
    (value, locale, place()).prop_map(|(value, locale, place)| Example { value, locale, place })
}

prop_compose! {
    fn parameter()(
        name in prop_oneof![word(), Just("cart-id".to_owned())],
        location in select(&[Location::Path, Location::Query, Location::Header, Location::Cookie][..]),
        ty in ty(),
        required in any::<bool>(),
        default in default(),
        doc in text(),
        place in place(),
        origin in origin(),
    ) -> Parameter {
        Parameter { name, location, ty, required, default, doc, place, origin }
    }
}

prop_compose! {
    fn operation()(
        name in prop_oneof![text(), Just("create a cart".to_owned())],
        doc in text(),
        method in select(&["GET", "POST", "PATCH", "get", "EFTER"][..]),
        path in select(&[
            "/v1/carts/{cart-id}", "/v1/carts/{other}", "/v1/carts?size={n}", "carts", "/a/{x}/{x}", "/b/{", "",
        ][..]),
        parameters in vec(parameter(), 0..3),
        request in option::of(ty()),
        examples in vec(example(), 0..3),
        responses in vec((select(&[0_u16, 200, 201, 404, 7][..]), option::of(ty()), vec(example(), 0..2)), 0..3),
        place in place(),
        origin in origin(),
    ) -> Operation {
        let responses =
            responses.into_iter().map(|(status, body, examples)| Response { status, body, examples }).collect();
        let (method, path) = (method.to_owned(), path.to_owned());
        Operation { name, doc, method, path, parameters, request, examples, responses, place, origin }
    }
}

prop_compose! {
    /// A schema with places in two files.
    pub fn schema()(
        types in btree_map(select(&TYPE_NAMES[..]), (shape(), text(), place(), origin()), 0..6),
        operations in vec(operation(), 0..4),
        notes in vec((place(), text()), 0..2),
    ) -> Schema {
        let types: BTreeMap<String, TypeDef> = types
            .into_iter()
            .map(|(name, (shape, doc, place, origin))| {
                (name.to_owned(), TypeDef { name: name.to_owned(), doc, shape, place, origin })
            })
            .collect();
        let file = |path: &str| SpecFile { path: path.to_owned(), text: FILE.to_owned() };
        let notes = notes.into_iter().map(|(place, message)| Note { place, message }).collect();
        Schema { types, operations, files: vec![file("src/b.rs"), file("docs/a.md")], notes }
    }
}
