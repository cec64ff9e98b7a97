//! The tolerant JSON reader: strict JSON like `serde_json`, every liberty with its bytes, any text at all.

// Test code: a failed `unwrap` is a failed test.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use docdrift::json::{Json, NodeId, NodeKind, RelaxationKind};
use docdrift::parse::json::{self, DEPTH_LIMIT, ERROR_LIMIT, parse};
use docdrift::text::Span;
use proptest::prelude::*;
use serde_json::Value;

/// The tree as strict JSON would hold it; later duplicates win.
fn to_value(json: &Json, text: &str, id: NodeId) -> Value {
    let node = json.node(id);
    match node.kind {
        NodeKind::Null => Value::Null,
        NodeKind::Bool(truth) => Value::Bool(truth),
        NodeKind::Number => serde_json::from_str(node.span.of(text)).unwrap(),
        NodeKind::String => Value::String(json.string(text, id).into_owned()),
        NodeKind::Array => json.children(id).map(|child| to_value(json, text, child)).collect(),
        NodeKind::Object => {
            let member = |child| (json.key(text, child).into_owned(), to_value(json, text, child));
            Value::Object(json.children(id).map(member).collect())
        }
        kind => panic!("{kind:?} in strict JSON"),
    }
}

/// The tree in one line: `{a:1,...}`; placeholders in `<>`, elisions `...`, errors `!`.
fn sketch(json: &Json, text: &str) -> String {
    let mut out = String::new();
    for (at, root) in json.roots.iter().enumerate() {
        out.push_str(if at > 0 { " ; " } else { "" });
        sketch_node(json, text, *root, &mut out);
    }
    out
}

fn sketch_node(json: &Json, text: &str, id: NodeId, out: &mut String) {
    let node = json.node(id);
    if !node.key.is_empty() {
        write!(out, "{}:", json.key(text, id)).unwrap();
    }
    let (open, close) = match node.kind {
        NodeKind::Object => ('{', '}'),
        NodeKind::Array => ('[', ']'),
        NodeKind::String => return write!(out, "\"{}\"", json.string(text, id)).unwrap(),
        NodeKind::Elision => return out.push_str("..."),
        NodeKind::Placeholder => return write!(out, "<{}>", node.span.of(text)).unwrap(),
        NodeKind::Error => return out.push('!'),
        NodeKind::Null | NodeKind::Bool(_) | NodeKind::Number => {
            return out.push_str(node.span.of(text));
        }
    };
    out.push(open);
    for (at, child) in json.children(id).enumerate() {
        out.push_str(if at > 0 { "," } else { "" });
        sketch_node(json, text, child, out);
    }
    out.push(close);
}

/// Spans lie in the text, on character boundaries, nested and in order.
fn check_shape(json: &Json, text: &str) {
    let whole = Span::new(0, text.len() as u32);
    let inside = |outer: Span, span: Span| {
        assert!(span.start <= span.end && outer.contains(span), "{span:?} outside {outer:?} of {text:?}");
        assert!(text.get(span.range()).is_some(), "{span:?} cuts a character of {text:?}");
    };
    let mut open: Vec<(Span, Vec<NodeId>)> = vec![(whole, json.roots.clone())];
    let mut seen = 0;
    while let Some((outer, ids)) = open.pop() {
        let mut end = outer.start;
        for id in ids {
            let node = json.node(id);
            seen += 1;
            let all = if node.key.is_empty() { node.span } else { node.key.to(node.span) };
            inside(outer, all);
            inside(outer, node.span);
            assert!(node.key.is_empty() || node.key.end <= node.span.start, "key after value in {text:?}");
            assert!(end <= all.start, "siblings overlap at {all:?} in {text:?}");
            end = all.end;
            let children: Vec<NodeId> = json.children(id).collect();
            assert!(children.iter().all(|child| *child > id));
            open.push((node.span, children));
        }
    }
    assert_eq!(seen, json.nodes.len(), "a node is lost in {text:?}");
    for relaxation in &json.relaxations {
        inside(whole, relaxation.span);
    }
    assert!(json.relaxations.is_sorted_by_key(|relaxation| relaxation.span.start));
    for error in &json.errors {
        inside(whole, error.span);
    }
    assert!(json.errors.len() <= ERROR_LIMIT);
    assert!(!json.roots.is_empty() || !json.errors.is_empty(), "{text:?} gave neither value nor error");
}

struct Case {
    text: &'static str,
    /// See [`sketch`].
    tree: &'static str,
    /// `kind @ text` of every relaxation, in order.
    relaxed: &'static [(RelaxationKind, &'static str)],
    /// `expected @ text` of every error, in order.
    errors: &'static [(&'static str, &'static str)],
}

const fn ok(
    text: &'static str,
    tree: &'static str,
    relaxed: &'static [(RelaxationKind, &'static str)],
) -> Case {
    Case { text, tree, relaxed, errors: &[] }
}

const fn bad(
    text: &'static str,
    tree: &'static str,
    relaxed: &'static [(RelaxationKind, &'static str)],
    errors: &'static [(&'static str, &'static str)],
) -> Case {
    Case { text, tree, relaxed, errors }
}

#[rustfmt::skip]
fn cases() -> Vec<Case> {
    use RelaxationKind::*;
    vec![
        // Elisions
        ok("{...}", "{...}", &[(Elision, "...")]),
        ok("{ … }", "{...}", &[(Elision, "…")]),
        ok("[...]", "[...]", &[(Elision, "...")]),
        ok(r#"{"links": {...}}"#, "{links:{...}}", &[(Elision, "...")]),
        ok(r#"{"a": ...}"#, "{a:...}", &[(Elision, "...")]),
        ok(r#"{"a": 1, ...}"#, "{a:1,...}", &[(Elision, "...")]),
        ok("{\"a\": 1\n ...\n}", "{a:1,...}", &[(Elision, "...")]),
        ok("{\"a\": 1, ...\n \"b\": 2}", "{a:1,...,b:2}", &[(Elision, "...")]),
        ok(r#"[{"a": 1}, ...]"#, "[{a:1},...]", &[(Elision, "...")]),
        ok("[{\"a\": 1}\n [...]\n]", "[{a:1},...]", &[(Elision, "...")]),
        ok(r#"{"a": 1, {...}}"#, "{a:1,...}", &[(Elision, "...")]),
        ok(r#"{"a": 1, [...]}"#, "{a:1,...}", &[(Elision, "...")]),
        ok("[1, . . .]", "[1,...]", &[(Elision, ". . .")]),
        ok("{ ... more members ... }", "{...}", &[(Elision, "... more members ...")]),
        ok(r#"{"a": "..."}"#, "{a:\"...\"}", &[]),
        ok("{\"a\": 1 // ...\n}", "{a:1,...}", &[(Comment, "// ...")]),
        ok("{\"a\": [ /* ... */ ]}", "{a:[...]}", &[(Comment, "/* ... */")]),
        ok("{\"a\": /* ... */ }", "{a:...}", &[(Comment, "/* ... */")]),
        ok("...", "...", &[(Elision, "...")]),
        // Comments
        ok("{\"a\": 1 // seats\n}", "{a:1}", &[(Comment, "// seats")]),
        ok("{\"a\": 1, // seats\r\n \"b\": 2}", "{a:1,b:2}", &[(Comment, "// seats")]),
        ok("{\"a\": /* seats */ 1}", "{a:1}", &[(Comment, "/* seats */")]),
        ok("# cart\n{\"a\": 1}", "{a:1}", &[(Comment, "# cart")]),
        ok("{\"a\": \"http://x\"} // end", "{a:\"http://x\"}", &[(Comment, "// end")]),
        ok("{\"a\": 1 /* open\n, \"b\": 2 /* open\n}", "{a:1,b:2}", &[(Comment, "/* open"), (Comment, "/* open")]),
        ok("<!-- cart -->[1]", "[1]", &[(Comment, "<!-- cart -->")]),
        // Commas
        ok(r#"{"a": 1,}"#, "{a:1}", &[(TrailingComma, ",")]),
        ok("[1, 2,\n]", "[1,2]", &[(TrailingComma, ",")]),
        ok("{\"a\": 1},", "{a:1}", &[(TrailingComma, ",")]),
        ok("{\"a\": 1\n \"b\": 2}", "{a:1,b:2}", &[(MissingComma, "")]),
        ok("{\"a\": \"x\" \"b\": 2}", "{a:\"x\",b:2}", &[(MissingComma, "")]),
        ok("{\"a\": \"x\" // one\n \"b\": 2}", "{a:\"x\",b:2}", &[(MissingComma, ""), (Comment, "// one")]),
        ok("[{} {}]", "[{},{}]", &[(MissingComma, "")]),
        ok("[1 2]", "[1,2]", &[(MissingComma, "")]),
        ok("[1,,2]", "[1,2]", &[(ExtraComma, ",")]),
        ok("{,\"a\": 1}", "{a:1}", &[(ExtraComma, ",")]),
        ok("[1，2；3]", "[1,2,3]", &[(OddComma, "，"), (OddComma, "；")]),
        // Marks and spaces
        ok("\u{FEFF}{}", "{}", &[(ByteOrderMark, "\u{FEFF}")]),
        ok("ï»¿{}", "{}", &[(ByteOrderMark, "ï»¿")]),
        ok("?{\"a\": 1}", "{a:1}", &[(QuestionMark, "?")]),
        ok("?\n[1]", "[1]", &[(QuestionMark, "?")]),
        ok("{\u{A0}\u{A0}\"a\":\u{202F}1,\u{3000}\"b\": 2}", "{a:1,b:2}", &[(OddSpace, "\u{A0}\u{A0}"), (OddSpace, "\u{202F}"), (OddSpace, "\u{3000}")]),
        ok("{\u{200B}\"a\": 1}", "{a:1}", &[(ZeroWidth, "\u{200B}")]),
        // Quotes
        ok("{“a”: “b”}", "{a:\"b\"}", &[(SmartQuotes, "“"), (SmartQuotes, "”"), (SmartQuotes, "“"), (SmartQuotes, "”")]),
        ok("{\"a”: \"b\"}", "{a:\"b\"}", &[(SmartQuotes, "”")]),
        ok("{\"a\": \"b”, \"c\": 1}", "{a:\"b\",c:1}", &[(SmartQuotes, "”")]),
        ok("{\"a\": \"b”\n}", "{a:\"b\"}", &[(SmartQuotes, "”")]),
        ok("{\"a\": “b\", \"c\": 1}", "{a:\"b\",c:1}", &[(SmartQuotes, "“")]),
        ok("{« a » : 1}", "{a:1}", &[(SmartQuotes, "«"), (SmartQuotes, "»")]),
        ok("{'a': 'it's'}", "{a:\"it's\"}", &[(SingleQuotes, "'"), (SingleQuotes, "'"), (SingleQuotes, "'"), (SingleQuotes, "'")]),
        ok("{a: 1, b-c: 2}", "{a:1,b-c:2}", &[(UnquotedKey, "a"), (UnquotedKey, "b-c")]),
        ok("{\n password: \"x\"\n}", "{password:\"x\"}", &[(UnquotedKey, "password")]),
        // Placeholders
        ok(r#"{"a": <string>}"#, "{a:<<string>>}", &[(Placeholder, "<string>")]),
        ok(r#"{"a": <date, UTC>, "b": 1}"#, "{a:<<date, UTC>>,b:1}", &[(Placeholder, "<date, UTC>")]),
        ok(r#"{"a": {guid}}"#, "{a:<{guid}>}", &[(Placeholder, "{guid}")]),
        ok(r#"{"a": {{guid}}, "b": 1}"#, "{a:<{{guid}}>,b:1}", &[(Placeholder, "{{guid}}")]),
        ok(r#"{"a": {customer id}}"#, "{a:<{customer id}>}", &[(Placeholder, "{customer id}")]),
        ok(r#"{"a": string | null, "b": 1}"#, "{a:<string | null>,b:1}", &[(Placeholder, "string | null")]),
        ok(r#"{"a": true|false}"#, "{a:<true|false>}", &[(Placeholder, "true|false")]),
        ok(r#"{"a": true | false}"#, "{a:<true | false>}", &[(Placeholder, "true | false")]),
        ok(r#"{"a": "x" | "y"}"#, "{a:<\"x\" | \"y\">}", &[(Placeholder, "\"x\" | \"y\"")]),
        ok("{\"quantity\": int\n}", "{quantity:<int>}", &[(Placeholder, "int")]),
        ok(r#"{"a": 10 GB}"#, "{a:<10 GB>}", &[(Placeholder, "10 GB")]),
        ok(r#"{"a": 2018-03-15T17:15:02Z, "b": 1}"#, "{a:<2018-03-15T17:15:02Z>,b:1}", &[(Placeholder, "2018-03-15T17:15:02Z")]),
        ok(r#"{"a": https://host/v1/{id}}"#, "{a:<https://host/v1/{id}>}", &[(Placeholder, "https://host/v1/{id}")]),
        ok("[string]", "[<string>]", &[(Placeholder, "string")]),
        ok("{customer-id}", "<{customer-id}>", &[(Placeholder, "{customer-id}")]),
        // Literals and numbers
        ok(r#"{"a": Null, "b": TRUE}"#, "{a:Null,b:TRUE}", &[(LiteralCase, "Null"), (LiteralCase, "TRUE")]),
        ok("[007, +1, .5, 1., 0x1F]", "[007,+1,.5,1.,0x1F]", &[(OddNumber, "007"), (OddNumber, "+1"), (OddNumber, ".5"), (OddNumber, "1."), (OddNumber, "0x1F")]),
        ok(r#"{"a": 7,26, "b": 1,000,000}"#, "{a:7,26,b:1,000,000}", &[(OddNumber, "7,26"), (OddNumber, "1,000,000")]),
        // Strings
        ok("{\"a\": \"one\ntwo\"}", "{a:\"one\ntwo\"}", &[(RawControl, "\n")]),
        ok("{\"a\": \"one\ttwo\"}", "{a:\"one\ttwo\"}", &[(RawControl, "\t")]),
        ok(r#"{"a": "C:\path"}"#, r#"{a:"C:\path"}"#, &[(BadEscape, r"\p")]),
        ok(r#"{"a": "C:\", "b": 1}"#, r#"{a:"C:\",b:1}"#, &[(BadEscape, "\\")]),
        ok(r#"["\ud800"]"#, "[\"\u{FFFD}\"]", &[(BadEscape, r"\u")]),
        ok(r#"\{"a": \[1\]\}"#, "{a:[1]}", &[(BadEscape, "\\"), (BadEscape, "\\"), (BadEscape, "\\"), (BadEscape, "\\")]),
        // Colons, brackets
        ok(r#"{"a" = 1, "b" => 2}"#, "{a:1,b:2}", &[(OddColon, "="), (OddColon, "=>")]),
        ok("{\"a\"：1}", "{a:1}", &[(OddColon, "：")]),
        ok("｛\"a\": ［1］｝", "{a:[1]}", &[(OddBracket, "｛"), (OddBracket, "［"), (OddBracket, "］"), (OddBracket, "｝")]),
        // Several roots, ends
        ok("{\"a\": 1}\n{\"b\": 2}", "{a:1} ; {b:2}", &[(SeveralRoots, "{")]),
        ok("{\"a\": 1},\n{\"b\": 2},\n{}", "{a:1} ; {b:2} ; {}", &[(SeveralRoots, "{")]),
        ok("{\"a\": [1", "{a:[1]}", &[(Truncated, "")]),
        ok("{\"a\":", "{a:!}", &[(Truncated, "")]),
        ok("{\"a\": \"on and", "{a:\"on and\"}", &[(Truncated, "")]),
        ok("{\"a\": 1, \"b", "{a:1,b:!}", &[(Truncated, "")]),
        ok(r#"{"a": 1, "b": 2, "a": 3}"#, "{a:1,b:2,a:3}", &[(DuplicateKey, "\"a\"")]),
        ok(r#"{"a": 1, "\u0061": 3}"#, "{a:1,a:3}", &[(DuplicateKey, "\"\\u0061\"")]),
        // Errors and what is saved
        bad("{\n \"a\": \"one,\n \"b\": 2\n}", "{a:\"one\",b:2}", &[], &[("a closing quote", "")]),
        bad("{\"a\": one\", \"b\": 2}", "{a:\"one\",b:2}", &[], &[("an opening quote", "")]),
        bad("{\"a: \"one\", \"b\": 2}", "{a:\"one\",b:2}", &[], &[("a closing quote", "")]),
        bad("{\"a\": \"say \"hi\" now\", \"b\": 2}", "{a:\"say \"hi\" now\",b:2}", &[], &[("an escaped quote", "\"")]),
        bad("[\"a\"\", \"b\"]", "[\"a\",\"b\"]", &[], &[("one quote", "\"")]),
        bad("?filter={\"a\": 1}", "", &[], &[("a value", "?filter={\"a\": 1}")]),
        bad("word", "", &[(Caption, "word")], &[("a value", "")]),
        bad("{\"a\" 1}", "{a:1}", &[], &[("\":\"", "")]),
        bad("{\"a\", \"b\": 2}", "{a:!,b:2}", &[], &[("\":\"", "")]),
        bad("{\"a\": , \"b\": 2}", "{a:!,b:2}", &[], &[("a value", "")]),
        bad("{\"a\":\n \"b\": 2}", "{a:!,b:2}", &[], &[("a value", "")]),
        bad("{{\"a\": 1}}", "{{a:1}}", &[], &[("a key", "{")]),
        bad("{\n {\n {\"a\": 1}", "{{{a:1}}}", &[(Truncated, "")], &[("a key", "{\n {")]),
        bad(r#"{"a": 1, 2}"#, "{a:1,2}", &[], &[("a key", "2")]),
        bad("[\"a\": \"b\"]", "[a:\"b\"]", &[], &[("\"{\"", "")]),
        ok("\"a\": 1,\n\"b\": {}", "a:1 ; b:{}", &[(Fragment, "")]),
        bad("{\"a\": [{\"b\": 1}\n}", "{a:[{b:1}]}", &[], &[("\"]\"", "")]),
        bad("{\"a\": [1, 2}, \"b\": 3}", "{a:[1,2],b:3}", &[], &[("\"]\"", "}")]),
        bad("{\"a\": 1}\n ],\n \"b\": 2", "{a:1} ; b:2", &[(Fragment, "")], &[("the end", "]")]),
        bad("{\"a\": \"x\" (maximum 10), \"b\": 2}", "{a:\"x\",b:2}", &[], &[("\",\"", "(maximum 10)")]),
        ok("{}\nDate: today\nHost: x: y\n", "{}", &[(Caption, "Date: today\nHost: x: y")]),
        ok("{}\nHTTP/1.1 200 OK\n\n[1]", "{} ; [1]", &[(Caption, "HTTP/1.1 200 OK"), (SeveralRoots, "[")]),
        ok("Some text\n{\"a\": 1}", "{a:1}", &[(Caption, "Some text")]),
        // Types and other scripts
        ok(r#"{"a": Byte[], "b": List[String]}"#, "{a:<Byte[]>,b:<List[String]>}", &[(Placeholder, "Byte[]"), (Placeholder, "List[String]")]),
        ok("{\"a\": #number#,\n\"b\": 1 # two\n}", "{a:<#number#>,b:1}", &[(Placeholder, "#number#"), (Comment, "# two")]),
        ok("{\"a\": １２, \"b\": ٣}", "{a:１２,b:٣}", &[(OddNumber, "１２"), (OddNumber, "٣")]),
        bad("", "", &[], &[("a value", "")]),
    ]
}

#[test]
fn every_liberty_is_reported_with_its_bytes() {
    let mut failures = String::new();
    for case in cases() {
        let json = parse(case.text);
        check_shape(&json, case.text);
        let relaxed: Vec<_> = json.relaxations.iter().map(|r| (r.kind, r.span.of(case.text))).collect();
        let errors: Vec<_> = json.errors.iter().map(|e| (e.expected, e.span.of(case.text))).collect();
        let tree = sketch(&json, case.text);
        if tree != case.tree || relaxed != case.relaxed || errors != case.errors {
            let Case { text, tree: expected_tree, relaxed: expected, errors: expected_errors } = case;
            writeln!(failures, "{text:?}\n  is  {tree}  {relaxed:?}  {errors:?}\n  not {expected_tree}  {expected:?}  {expected_errors:?}").unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// JSON texts with every kind of value, escapes and white space that `serde_json` writes or reads.
fn strict_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[a-z \\\\\"\u{1}\u{A0}“{},:…]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 64, 8, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::vec((any::<String>(), inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// The text with each character beyond ASCII, and some others, written as an escape.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| write!(out, "\\u{unit:04X}").unwrap());
        }
    }
    out
}

fn assert_strict(text: &str) {
    let json = parse(text);
    check_shape(&json, text);
    assert!(json.relaxations.is_empty(), "{:?} in {text:?}", json.relaxations);
    assert!(json.errors.is_empty(), "{:?} in {text:?}", json.errors);
    assert_eq!(json.roots.len(), 1);
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(to_value(&json, text, json.roots[0]), value, "{text:?}");
}

/// Pieces of JSON and of what goes wrong with it.
fn damaged_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"a\": ", "1", " ", "\n", "\r\n", "'", "“", "”", "…",
        "...", ".", "//", "/*", "*/", "#", "<", ">", "<id>", "{id}", "|", "true", "Null", "-", "0", "1e",
        "\\", "\\u", "\\\"", "?", "\u{FEFF}", "\u{A0}", "\u{200B}", "：", "，", "｛", "｝", "=", "=>",
        "word", "é", "字", "\t", "\u{0}", "(", ")", "«", "»",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Strict JSON with a few characters removed, doubled or replaced.
fn mutated_json() -> impl Strategy<Value = String> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8, any::<char>()), 1..6);
    (strict_value(), any::<bool>(), edits).prop_map(|(value, pretty, edits)| {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        let mut chars: Vec<char> = text.chars().collect();
        for (at, edit, other) in edits {
            let at = at.index(chars.len());
            match edit {
                0 if chars.len() > 1 => drop(chars.remove(at)),
                1 => chars.insert(at, chars[at]),
                _ => chars[at] = other,
            }
        }
        chars.into_iter().collect()
    })
}

/// What the reader takes without a word, `serde_json` takes as well, and reads the same.
fn assert_total(text: &str) {
    let json = parse(text);
    check_shape(&json, text);
    if json.relaxations.is_empty() && json.errors.is_empty() {
        match serde_json::from_str::<Value>(text) {
            Ok(value) => assert_eq!(to_value(&json, text, json.roots[0]), value, "{text:?}"),
            Err(error) => assert!(error.to_string().starts_with("number out of range"), "{error}: {text:?}"),
        }
    } else if let Ok(Value::Object(_) | Value::Array(_)) = serde_json::from_str::<Value>(text) {
        let only_duplicates = json.relaxations.iter().all(|r| r.kind == RelaxationKind::DuplicateKey);
        assert!(
            json.errors.is_empty() && only_duplicates,
            "{:?} {:?} in {text:?}",
            json.relaxations,
            json.errors
        );
    }
}

proptest! {
    #[test]
    fn strict_json_gives_the_tree_of_serde_json(value in strict_value()) {
        assert_strict(&value.to_string());
        assert_strict(&format!("{value:#}"));
        assert_strict(&escaped(&value.to_string()));
        assert_strict(&format!(" \r\n\t{value} \n").replace('\n', "\r\n"));
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        assert_total(&text);
    }

    #[test]
    fn damaged_pieces_are_read(text in damaged_text()) {
        assert_total(&text);
    }

    #[test]
    fn mutated_json_is_read(text in mutated_json()) {
        assert_total(&text);
    }
}

#[test]
fn what_the_end_cut_short_is_left_out() {
    let text = r#"{"a": {"b": 1}, "c": {"d": [2"#;
    let json = parse(text);
    let [root] = json.roots[..] else { panic!("{json:?}") };
    let names: Vec<_> = json.members(text, root).map(|(name, id)| (name, json.is_elided(id))).collect();
    assert_eq!(names, [("a".into(), false), ("c".into(), true)]);
    assert_eq!(json.unclosed.len(), 3);
    assert!(json.is_elided(root));
}

#[test]
fn json_is_told_from_other_text() {
    for text in [
        "{",
        " [1]",
        "\u{FEFF}{}",
        "?{}",
        "// note\n{}",
        "\"a\"",
        "“a”",
        "...",
        "12",
        "null\n",
        "<token>",
        "｛｝",
    ] {
        assert!(json::looks_like_json(text), "{text:?}");
    }
    for text in ["", "word", "a=b&c=d", "?a=b", "<html><body>", "No body", "12 carts", "GET /v1", "# note"] {
        assert!(!json::looks_like_json(text), "{text:?}");
    }
}

#[test]
fn nesting_stops_where_serde_json_stops() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert_strict(&nested(DEPTH_LIMIT - 1));
    let text = nested(DEPTH_LIMIT);
    let json = parse(&text);
    check_shape(&json, &text);
    assert!(serde_json::from_str::<Value>(&text).is_err());
    assert!(json.relaxations.is_empty());
    let skipped = Span::new(DEPTH_LIMIT as u32 - 1, DEPTH_LIMIT as u32 + 1);
    assert_eq!(json.errors.iter().map(|error| error.span).collect::<Vec<_>>(), [skipped]);
}

/// Texts that punish a look ahead.
#[test]
fn time_is_linear() {
    for piece in [
        "[",
        "{",
        "{\"a\":",
        "[\"a\":",
        "\"a\":\n",
        "{ {",
        "[}",
        "{]",
        "/*",
        "/* */",
        "//\n",
        "\"",
        "\"\n",
        "\\\"\n",
        "\"\n\\\"\n",
        "'",
        "'a'b",
        "“a",
        "\"a” ",
        "\"x\"y",
        "\"a ",
        "<",
        "<a ",
        "(",
        "{a ",
        "{{",
        "a ",
        "a: ",
        "a\n",
        ". ",
        "...",
        "…",
        "|",
        "1 |",
        "1 a\n",
        ",",
        "1,",
        "1 @\n",
        "@\n",
        "\n",
        " ",
        "\u{A0}",
        "\u{A0} ",
        "?",
        ":",
        "=",
        "\\",
        "\"\\",
        "}",
        "[1,]",
        "{},",
        "{}x\n",
        "{a,",
        "[a b\n",
        "\"a\" | ",
        "#",
        "/",
        "-",
        "0",
        "é",
        "\"é",
        "`",
        "http://",
        "{\"a\" ",
        "[\"a\" \"b”,",
    ] {
        for (before, after) in
            [("", ""), ("[", ""), ("{", ""), ("{\"a\":", ""), ("{\"a\":\"", ""), ("[1 ", "\"]")]
        {
            let text = format!("{before}{}{after}", piece.repeat(20_000));
            let begin = Instant::now();
            let json = parse(&text);
            // Some milliseconds even without optimization; quadratic takes minutes.
            assert!(
                begin.elapsed() < Duration::from_secs(3),
                "{before:?} {piece:?} took {:?}",
                begin.elapsed()
            );
            assert!(!json.roots.is_empty() || !json.errors.is_empty());
            assert!(json.errors.len() <= ERROR_LIMIT);
        }
    }
}

#[test]
fn long_lines_and_strings_are_read_in_one_go() {
    let member = r#""name": "value", "#;
    let line = format!("{{{}\"last\": 1}}", member.repeat(10_000_000 / member.len()));
    let string = format!("[\"{}\"]", "é\\n ".repeat(1_000_000 / 5));
    let nested = "[".repeat(10_000);
    for text in [line, string, nested] {
        let begin = Instant::now();
        let json = parse(&text);
        assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
        assert_eq!(json.roots.len(), 1);
        assert!(json.errors.len() <= 1);
    }
}
