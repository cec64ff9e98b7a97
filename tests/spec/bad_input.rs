//! Any bytes: a schema and notes, in time linear in their size, on a small stack.

use docdrift::schema::{Schema, SpecFile};
use docdrift::spec;
use proptest::prelude::*;

fn read(text: impl Into<String>) -> Schema {
    spec::rust(vec![SpecFile { path: "a.rs".into(), text: text.into() }])
}

fn each(numbers: std::ops::Range<u32>, text: impl Fn(u32) -> String) -> String {
    numbers.map(text).collect::<Vec<_>>().concat()
}

fn has_note(schema: &Schema, part: &str) -> bool {
    schema.notes.iter().any(|note| note.message.contains(part))
}

const NESTS: [(&str, &str); 10] = [
    ("Vec<", ">"),
    ("[", "; 1]"),
    ("(", ",)"),
    ("&", ""),
    ("fn() -> ", ""),
    ("*const ", ""),
    ("[u8; {", "}]"),
    ("dyn Fn(", ")"),
    ("Box<dyn Fn(", ")>"),
    ("a!{", "}"),
];

fn nested((open, close): (&str, &str), times: usize) -> Schema {
    let ty = format!("{}u8{}", open.repeat(times), close.repeat(times));
    read(format!("#[derive(Serialize)] struct A {{ a: {ty} }} #[derive(Serialize)] struct B;"))
}

#[test]
fn deep_nesting_is_noted_and_the_rest_is_read() {
    for pair in NESTS {
        let schema = nested(pair, 10_000);
        assert!(has_note(&schema, "`A` is nested too deep"), "{pair:?}: {:?}", schema.notes);
        assert!(schema.get("B").is_some(), "{pair:?}");
    }
}

#[test]
fn nesting_up_to_the_limit_fits_the_stack() {
    for pair in NESTS {
        for times in 1..60 {
            assert!(nested(pair, times).get("B").is_some(), "{times} times {pair:?}");
        }
    }
}

#[test]
fn deep_nesting_outside_of_types_is_harmless() {
    let braces = "{".repeat(10_000) + &"}".repeat(10_000);
    let modules = "mod a {".repeat(1_000) + &"}".repeat(1_000);
    let text = format!(
        "{modules} fn f() {braces} #[serde(from = \"{0}\")] struct A; use {1}a{2}; const OPERATIONS: u8 = {3} 1; \
         impl {4}A{5} for A {{}} #[derive(Serialize)] struct B;",
        "Vec<".repeat(10_000),
        "a::{".repeat(10_000),
        "}".repeat(10_000),
        "!".repeat(10_000),
        "Vec<".repeat(10_000),
        ">".repeat(10_000),
    );
    let schema = read(text);
    assert!(schema.get("B").is_some(), "{:?}", schema.notes);
}

#[test]
fn types_that_grow_without_end_are_cut() {
    let schema = read(
        "#[derive(Serialize)] struct A<T> { a: Option<Box<A<Vec<T>>>> } #[derive(Serialize)] struct B { a: A<i32> }",
    );
    assert!(has_note(&schema, "grow without end"), "{:?}", schema.notes);
    assert!(schema.types.len() < 100);

    let doubling = each(1..40, |at| format!("type A{at} = (A{0}, A{0});", at - 1));
    let schema = read("type A0 = i32;".to_owned() + &doubling + "#[derive(Serialize)] struct B { a: A39 }");
    assert!((1..=2).contains(&schema.notes.len()), "{:?}", schema.notes);

    let doubling = each(1..40, |at| format!("type A{at}<T> = A{}<(T, T)>;", at - 1));
    let schema =
        read("type A0<T> = T;".to_owned() + &doubling + "#[derive(Serialize)] struct B { a: A39<i32> }");
    assert!((1..=2).contains(&schema.notes.len()), "{:?}", schema.notes);
}

#[test]
fn types_that_stand_for_themselves_end() {
    let schema = read(
        "type A = B; type B = A; #[derive(Serialize)] struct C { a: A, d: D, e: E }
         #[derive(Serialize)] struct D(Box<D>); #[derive(Serialize)] #[schemars(inline)] struct E(Vec<E>);",
    );
    assert!(has_note(&schema, "too many aliases"), "{:?}", schema.notes);
    let _ = schema.object(&docdrift::schema::Type::Named("D".into()));
}

#[test]
fn long_chains_of_flatten_end() {
    let link = |name: char, at: u32| {
        format!("#[derive(Serialize)] struct {name}{at} {{ #[serde(flatten)] a: {name}{} }}", at - 1)
    };
    // Both orders: what is flattened is lowered before and after.
    let rising: String = (1..5_000).map(|at| link('A', at)).collect();
    let falling: String = (1..5_000).rev().map(|at| link('B', at)).collect();
    let schema = read("#[derive(Serialize)] struct A0 { x: i32 }".to_owned() + &rising + &falling);
    assert_eq!(schema.types.len(), 9_999);
}

#[test]
fn many_fields_and_many_types_are_read_in_linear_time() {
    let fields = each(0..20_000, |at| format!("f{at}: Unknown{at},"));
    let schema = read(format!("#[derive(Serialize)] struct A {{ {fields} }}"));
    assert_eq!(schema.notes.len(), 20_000);
}

#[test]
fn empty_and_odd_files() {
    for text in [
        "",
        "\u{FEFF}",
        "#!/usr/bin/env run\nstruct A;",
        "\u{FEFF}#![allow(x)]\nstruct A;",
        "'",
        "/*",
        "\0",
        "😀",
    ] {
        read(text);
    }
    let with_mark = read("\u{FEFF}#[derive(Serialize)] struct Äa;");
    let place = with_mark.get("Äa").unwrap().place.unwrap();
    assert_eq!(place.span.of(&with_mark.files[0].text), "Äa");
}

fn assert_places_fit(schema: &Schema) {
    for note in &schema.notes {
        let place = note.place.unwrap();
        let text = &schema.file(place.file).unwrap().text;
        assert!(text.get(place.span.range()).is_some(), "{note:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC*") {
        assert_places_fit(&read(text));
    }

    #[test]
    fn any_heap_of_words_is_read(words in proptest::collection::vec(word(), 0..60)) {
        assert_places_fit(&read(words.join(" ")));
    }

    #[test]
    fn any_json_is_a_schema(text in json_text()) {
        if let Ok(value) = serde_json::from_str(&text) {
            spec::json_schema(&value);
        }
    }
}

/// Words Rust source is made of, so that the heap gets far into the reader.
fn word() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "struct",
        "enum",
        "type",
        "mod",
        "use",
        "const",
        "static",
        "impl",
        "pub",
        "for",
        "A",
        "B",
        "OPERATIONS",
        "T",
        "Option",
        "Vec",
        "i32",
        "String",
        "x",
        "y",
        "<",
        ">",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ":",
        "::",
        ";",
        ",",
        "=",
        "#",
        "!",
        "&",
        "'a",
        "'é'",
        "\"ü\"",
        "1",
        "/// é\n",
        "#[derive(Serialize)]",
        "#[serde(flatten)]",
        "#[serde(rename = \"ö\")]",
        "#[serde(tag = \"t\")]",
        "#[serde(untagged)]",
        "struct A { x: B }",
        "struct B(A);",
        "enum A { X, Y(B) }",
        "type T = A;",
        "#[schemars(inline)]",
        "#[cfg(a)]",
    ])
}

fn json_text() -> impl Strategy<Value = String> {
    let token = proptest::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "\"$ref\"",
        "\"#/$defs/A\"",
        "\"$defs\"",
        "\"A\"",
        "\"allOf\"",
        "\"oneOf\"",
        "\"properties\"",
        "\"required\"",
        "\"type\"",
        "\"object\"",
        "\"enum\"",
        "\"items\"",
        "1",
    ]);
    proptest::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat())
}
