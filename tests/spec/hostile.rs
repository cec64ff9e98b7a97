//! Documents that are large, deep or made to explode: a schema and notes, in time about linear in their size.
//! Nothing here looks at a clock: what is beyond linear would not end in any patience.

use std::fmt::Write;

use docdrift::schema::{Additional, Note, Schema, Shape, SpecFile, Type};
use docdrift::spec::{self, Document, Input, Specs};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The schema, or what is wrong.
fn try_read(path: &str, text: impl Into<String>) -> Result<Schema, Vec<Note>> {
    let documents = vec![Document::new(SpecFile { path: path.into(), text: text.into() })];
    let input = Input { name: path.into(), folder: String::new(), is_file: true, documents };
    let Specs { schema, problems } = spec::read(vec![input]);
    if problems.is_empty() { Ok(schema) } else { Err(problems) }
}

fn read(text: impl Into<String>) -> Schema {
    try_read("a.json", text).unwrap_or_else(|failure| panic!("{failure:?}"))
}

fn has_note(schema: &Schema, part: &str) -> bool {
    schema.notes.iter().any(|note| note.message.contains(part) && note.place.is_some())
}

fn each(numbers: std::ops::Range<u32>, text: impl Fn(u32) -> String) -> String {
    numbers.map(text).collect::<Vec<_>>().join(",")
}

#[test]
fn ten_thousand_levels() {
    for (open, close) in [
        ("{\"items\":", "}"),
        ("{\"properties\":{\"a\":", "}}"),
        ("{\"allOf\":[", "]}"),
        ("{\"oneOf\":[{\"type\":\"string\"},", "]}"),
        ("{\"additionalProperties\":", "}"),
        ("{\"prefixItems\":[", "]}"),
    ] {
        let deep = format!("{}{{}}{}", open.repeat(10_000), close.repeat(10_000));
        let schema = read(format!("{{\"$defs\":{{\"Deep\":{deep},\"Other\":{{\"type\":\"string\"}}}}}}"));
        assert!(has_note(&schema, "nested too deep"), "{open}: {:?}", schema.notes);
        assert!(schema.get("Other").is_some());
        let yaml = try_read("a.yaml", format!("$defs: {{Deep: {deep}, Other: {{type: string}}}}")).unwrap();
        assert!(has_note(&yaml, "nested too deep"), "{open}: {:?}", yaml.notes);
    }
    let block = (0..2_000).map(|at| " ".repeat(at) + "items:\n").collect::<Vec<_>>().concat();
    assert!(has_note(&try_read("a.yaml", block).unwrap(), "nested too deep"));
}

#[test]
fn nesting_that_is_none() {
    for open in ["[", "{\"a\":", "[[{\"a\":["] {
        for path in ["a.json", "a.yaml"] {
            let failure = try_read(path, open.repeat(10_000)).unwrap_err();
            assert_eq!(failure.len(), 1, "{path} {open}");
            assert!(failure[0].place.is_some());
        }
    }
}

#[test]
fn definitions_that_double_each_other() {
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for properties in ["", "\"properties\":{\"a\":{}},"] {
            let links = each(0..60, |at| {
                let next = at + 1;
                format!(
                    "\"A{at}\":{{{properties}\"{keyword}\":[{{\"$ref\":\"#/$defs/A{next}\"}},{{\"$ref\":\"#/$defs/A{next}\"}}]}}"
                )
            });
            let end = "\"A60\":{\"properties\":{\"b\":{}}}";
            let schema = read(format!("{{\"$defs\":{{{links},{end}}}}}"));
            assert_eq!(schema.types.len(), 61, "{keyword}");
        }
    }
}

#[test]
fn schemas_without_names_that_double_each_other() {
    let links = each(0..60, |at| {
        let next = format!("{{\"$ref\":\"#/parts/{}\"}}", at + 1);
        format!("{{\"prefixItems\":[{next},{next},{next}]}}")
    });
    let schema =
        read(format!("{{\"title\":\"A\",\"items\":{{\"$ref\":\"#/parts/0\"}},\"parts\":[{links},{{}}]}}"));
    assert!(has_note(&schema, "too often to follow"), "{:?}", schema.notes);
}

#[test]
fn long_chains_of_references_end() {
    let links = each(0..20_000, |at| format!("\"A{at}\":{{\"$ref\":\"#/$defs/A{}\"}}", at + 1));
    let schema = read(format!("{{\"$defs\":{{{links},\"A20000\":{{\"type\":\"string\"}}}}}}"));
    assert_eq!(schema.types.len(), 20_001);

    let links = each(0..20_000, |at| format!("\"A{at}\":{{\"$ref\":\"#/$defs/A{}\"}}", (at + 1) % 20_000));
    let failure = try_read("a.json", format!("{{\"$defs\":{{{links}}}}}"));
    assert!(failure.is_ok() || failure.unwrap_err().len() == 1);

    let links = each(0..5_000, |at| {
        format!(
            "\"A{at}\":{{\"allOf\":[{{\"$ref\":\"#/$defs/A{}\"}},{{\"properties\":{{\"p{at}\":{{}}}}}}]}}",
            at + 1
        )
    });
    let schema = read(format!("{{\"$defs\":{{{links},\"A5000\":{{\"properties\":{{}}}}}}}}"));
    assert!(has_note(&schema, "nested too deep"));
}

#[test]
fn kinds_of_kinds() {
    let all = each(0..30, |at| format!("{{\"$ref\":\"#/$defs/A{at}\"}}"));
    let defs = each(0..30, |at| {
        format!(
            "\"A{at}\":{{\"discriminator\":{{\"propertyName\":\"k\"}},\"properties\":{{\"k\":{{\"type\":\"string\"}}}},\"allOf\":[{all}]}}"
        )
    });
    assert_eq!(read(format!("{{\"$defs\":{{{defs}}}}}")).types.len(), 30);
}

#[test]
fn choices_among_choices_are_flat() {
    // Every level has the two of the next: trying them one by one would never end.
    let levels = each(0..40, |at| {
        let next = format!("[{{\"$ref\":\"#/$defs/A{0}\"}},{{\"$ref\":\"#/$defs/B{0}\"}}]", (at + 1) % 40);
        format!("\"A{at}\":{{\"oneOf\":{next}}},\"B{at}\":{{\"oneOf\":{next}}}")
    });
    let schema = read(format!(
        "{{\"$defs\":{{{levels},\"C\":{{\"oneOf\":[{{\"$ref\":\"#/$defs/A0\"}},{{\"type\":\"string\"}}]}}}}}}"
    ));
    for def in schema.types.values() {
        let Shape::Alias(Type::OneOf(list)) = &def.shape else { continue };
        assert!(list.iter().all(|ty| ty.name().is_none()), "{}: {list:?}", def.name);
    }
}

#[test]
fn wide_objects_enums_and_alternatives() {
    let properties = each(0..50_000, |at| format!("\"p{at}\":{{\"type\":\"string\",\"maxLength\":{at}}}"));
    let words = each(0..50_000, |at| format!("\"w{at}\""));
    let forms = each(0..20_000, |at| {
        format!("{{\"properties\":{{\"k\":{{\"const\":\"w{at}\"}}}},\"required\":[\"k\"]}}")
    });
    let schema = read(format!(
        "{{\"$defs\":{{\"Wide\":{{\"properties\":{{{properties}}},\"required\":[{words}]}},\"Words\":{{\"enum\":[{words}]}},
          \"User\":{{\"properties\":{{\"inline\":{{\"enum\":[{words}]}}}}}},\"Forms\":{{\"properties\":{{}},\"oneOf\":[{forms}]}}}}}}"
    ));
    let Shape::Object(wide) = &schema.get("Wide").unwrap().shape else { panic!("an object") };
    assert_eq!(wide.properties.len(), 100_000);
    assert_eq!(wide.additional, Additional::Unspecified);
    assert!(has_note(&schema, "`maxLength` is not compared (50000 places"));
}

#[test]
fn the_same_key_very_often() {
    let keys = each(0..20_000, |_| "\"a\":{}".to_owned());
    let schema = read(format!("{{\"properties\":{{{keys}}}}}"));
    assert_eq!(schema.notes.len(), 19_999);
}

#[test]
fn many_identifiers_and_anchors() {
    let items = each(0..20_000, |at| {
        format!("\"A{at}\":{{\"$id\":\"a{at}\",\"$anchor\":\"b\",\"items\":{{\"$ref\":\"a{}#b\"}}}}", at / 2)
    });
    let schema = read(format!("{{\"$defs\":{{{items}}}}}"));
    assert_eq!((schema.types.len(), schema.notes.len()), (20_000, 0));
}

#[test]
fn aliases_within_aliases_are_cheap_or_refused() {
    for (depth, width, is_read) in [(4, 9, true), (12, 9, false), (400, 2, false), (2, 4_000, true)] {
        let mut text = "x0: &x0 {type: string}\n".to_owned();
        for at in 1..depth {
            let list = vec![format!("*x{}", at - 1); width].join(", ");
            writeln!(text, "x{at}: &x{at} {{prefixItems: [{list}]}}").unwrap();
        }
        writeln!(text, "title: A\nitems: *x{}", depth - 1).unwrap();
        assert_eq!(try_read("a.yaml", text).is_ok(), is_read, "{depth} {width}");
    }
    let merges = (1..2_000)
        .map(|at| format!("m{at}: &m{at} {{<<: *m{}, k{at}: 1}}\n", at - 1))
        .collect::<Vec<_>>()
        .concat();
    let failure = try_read("a.yaml", format!("m0: &m0 {{}}\n{merges}")).unwrap_err();
    assert!(failure[0].message.contains("aliases expand to more"), "{failure:?}");
}

#[test]
fn references_to_every_kind_of_nothing() {
    for reference in [
        "",
        "#",
        "/",
        "#/",
        "#//",
        "//",
        "..",
        "../..",
        "\u{0}",
        "#/%zz",
        "file:///etc/passwd",
        "C:\\x",
        "?",
        "#/$defs/A/",
    ] {
        let document =
            json!({ "title": "T", "properties": { "a": { "$ref": reference } }, "$defs": { "A": {} } });
        let schema = read(document.to_string());
        assert!(schema.get("T").is_some(), "{reference}");
    }
}

/// A value in an `OpenAPI` document comes back as what it was.
fn example(path: &str, text: &str) -> Value {
    let mut schema = try_read(path, text).unwrap_or_else(|failure| panic!("{failure:?}\n{text}"));
    schema.operations.remove(0).examples.remove(0).value
}

fn document(value: &Value) -> Value {
    let content = json!({ "application/json": { "example": value } });
    json!({ "openapi": "3.1.0", "paths": { "/a": { "put": { "requestBody": { "content": content } } } } })
}

/// Block YAML with every text in double quotes.
fn yaml(value: &Value, indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, value) in members {
                write!(out, "\n{pad}{}:", Value::from(key.as_str())).unwrap();
                yaml(value, indent + 1, out);
            }
        }
        Value::Array(elements) if !elements.is_empty() => {
            for value in elements {
                write!(out, "\n{pad}-").unwrap();
                yaml(value, indent + 1, out);
            }
        }
        scalar => write!(out, " {scalar}").unwrap(),
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        // serde_json does not read every digit of longer fractions.
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 8.0)),
        "\\PC{0,12}".prop_map(Value::from),
        "[a-z\"\\\\/\n\t é数😀'#:{}-]{0,12}".prop_map(Value::from),
    ];
    scalar.prop_recursive(5, 64, 6, |inner| {
        let key = "[a-zé\"\\\\ :#/~-]{0,8}";
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::btree_map(key, inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn json_is_read_as_serde_reads_it(value in any_value()) {
        let document = document(&value);
        prop_assert_eq!(&example("a.json", &document.to_string()), &value);
        prop_assert_eq!(&example("a.json", &serde_json::to_string_pretty(&document).unwrap()), &value);
    }

    #[test]
    fn yaml_is_read_as_it_was_written(value in any_value()) {
        let mut text = String::new();
        yaml(&document(&value), 0, &mut text);
        prop_assert_eq!(&example("a.yaml", text.trim_start()), &value);
    }

    #[test]
    fn what_serde_refuses_is_refused(text in "[\\[\\]{},:\"a1.e+ \\\\-]{0,12}") {
        let is_json = serde_json::from_str::<Value>(&text).is_ok();
        let failure = try_read("a.json", text.as_str()).err().map(|failure| failure[0].message.clone());
        let is_broken = failure.is_some_and(|message| !message.contains("neither a JSON Schema"));
        // Unknown escapes and raw control characters are let pass: nothing is lost with them.
        prop_assert!(is_broken != is_json || text.contains('\\'), "{}", text);
    }

    #[test]
    fn any_text_in_any_file_is_read(text in "\\PC*", at in 0..5_usize) {
        let path = ["a.json", "a.yaml", "a.rs", "a", "a.txt"][at];
        let _ = try_read(path, text);
    }

    #[test]
    fn any_heap_of_keywords_is_read(words in proptest::collection::vec(word(), 0..80)) {
        let text = words.concat();
        for path in ["a.json", "a.yaml"] {
            if let Ok(schema) = try_read(path, text.as_str()) {
                for note in &schema.notes {
                    let place = note.place.unwrap();
                    assert!(schema.file(place.file).unwrap().text.get(place.span.range()).is_some(), "{note:?}");
                }
            }
        }
    }

    #[test]
    fn any_document_of_keywords_is_read(value in keyword_value()) {
        for path in ["a.json", "a.yaml"] {
            let _ = try_read(path, value.to_string());
        }
        spec::json_schema(&value);
    }
}

const WORDS: [&str; 36] = [
    "openapi",
    "3.0.0",
    "paths",
    "/a/{b}",
    "get",
    "parameters",
    "in",
    "path",
    "name",
    "responses",
    "200",
    "content",
    "application/json",
    "schema",
    "components",
    "schemas",
    "A",
    "B",
    "$ref",
    "#/components/schemas/A",
    "#/$defs/B",
    "$defs",
    "type",
    "object",
    "string",
    "properties",
    "required",
    "allOf",
    "oneOf",
    "enum",
    "const",
    "discriminator",
    "propertyName",
    "additionalProperties",
    "items",
    "nullable",
];

fn word() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(WORDS.to_vec()).prop_map(|word| format!("\"{word}\""));
    let signs =
        vec!["{", "}", "[", "]", ",", ":", "true", "null", "1", "\n  ", "\n", "- ", "&a ", "*a", "<<: *a"];
    prop_oneof![word, proptest::sample::select(signs).prop_map(str::to_owned)]
}

/// Well-formed documents whose keywords are all over the place.
fn keyword_value() -> impl Strategy<Value = Value> {
    let word = || proptest::sample::select(WORDS.to_vec());
    let scalar =
        prop_oneof![word().prop_map(Value::from), Just(Value::Bool(true)), Just(Value::Null), Just(json!(1))];
    scalar.prop_recursive(8, 128, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::hash_map(word(), inner, 0..6).prop_map(|members| Value::Object(
                members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            )),
        ]
    })
}
