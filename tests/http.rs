//! HTTP messages and request targets as code blocks show them.

// Test code: a failed `unwrap` is a failed test; the reason for skipping one goes to its output.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use docdrift::extract::{curl, http, target};
use docdrift::facts::{Message, StartLine};
use docdrift::parse::json;
use docdrift::text::Span;
use proptest::prelude::*;

/// Start line, headers, body and problems, one a line.
fn sketch(message: &Message, text: &str) -> String {
    let of = |span: Span| span.of(text);
    let mut lines = Vec::new();
    match message.start {
        StartLine::Missing => {}
        StartLine::Request { method, target, version } => {
            lines.push(format!("request {}|{}|{}", of(method), of(target), of(version)));
        }
        StartLine::Status { version, code, phrase } => {
            lines.push(format!("status {}|{}|{}", of(version), of(code), of(phrase)));
        }
    }
    lines.extend(message.headers.iter().map(|(name, value)| format!("{}={}", of(*name), of(*value))));
    if !message.body.is_empty() {
        lines.push(format!("body {}", of(message.body)));
    }
    lines.extend(message.problems.iter().map(|problem| format!("{:?} {}", problem.kind, of(problem.span))));
    lines.join("\n")
}

#[rustfmt::skip]
const MESSAGES: &[(&str, &[&str])] = &[
    // Request lines
    ("GET /v1/carts HTTP/1.1", &["request GET|/v1/carts|HTTP/1.1"]),
    ("POST https://host.example/v1/customers/{customer-id}/carts HTTP/1.1\r\nAccept: text/plain\r\n\r\n{}\r\n",
        &["request POST|https://host.example/v1/customers/{customer-id}/carts|HTTP/1.1", "Accept=text/plain", "body {}"]),
    ("put {baseURL}/v1/carts", &["request put|{baseURL}/v1/carts|"]),
    ("EFTER https://host.example/v1 http/1.1", &["request EFTER|https://host.example/v1|http/1.1"]),
    ("Ta bort /v1/carts/{kund -ID} HTTP/1。1", &["request Ta bort|/v1/carts/{kund -ID}|HTTP/1。1"]),
    ("刪除 /v1/carts HTTP/1.1", &["request 刪除|/v1/carts|HTTP/1.1"]),
    ("GET /v1/carts?filter={\"Field\": \"a\"} HTTP 1.1", &["request GET|/v1/carts?filter={\"Field\": \"a\"}|HTTP 1.1"]),
    ("Get call:  https://host.example/v1", &["request Get call|https://host.example/v1|"]),
    ("https://host.example/v1/carts", &["request |https://host.example/v1/carts|", "BadStartLine https://host.example/v1/carts"]),
    ("# first\n\n  GET /v1/carts\n  Accept: x", &["request GET|/v1/carts|", "Accept=x"]),
    // Status lines
    ("HTTP/1.1 201 Created\n\n{}", &["status HTTP/1.1|201|Created", "body {}"]),
    ("http/1。1 200", &["status http/1。1|200|"]),
    ("HTTP 200 OK", &["status HTTP|200|OK"]),
    // Headers
    ("GET /a\nDate: 10:20:30\nEmpty:\nX-Odd : b", &["request GET|/a|", "Date=10:20:30", "Empty=", "X-Odd=b"]),
    ("GET /a\nLong: one\n  two\n\n[]", &["request GET|/a|", "Long=one\n  two", "body []"]),
    ("GET /a\nlost\nB: c", &["request GET|/a|", "B=c", "HeaderWithoutColon lost"]),
    ("GET /a\nA: b\n\nC: d\n\n{}", &["request GET|/a|", "A=b", "C=d", "body {}"]),
    ("A：b\n\n{}", &["A=b", "body {}"]),
    ("Location: https://host.example/v1", &["Location=https://host.example/v1"]),
    ("here it comes\nA: b\n\n{}", &["A=b", "body {}", "BadStartLine here it comes"]),
    // Bodies
    ("{\"a\": 1}", &["body {\"a\": 1}"]),
    ("\n\n  [1]\n\n", &["body [1]"]),
    ("# note\n{}", &["body # note\n{}"]),
    ("GET /a\nA: b\n?{}", &["request GET|/a|", "A=b", "body ?{}", "NoBlankLine "]),
    ("GET /a\nA: b\n{\n  \"c\": 1\n}", &["request GET|/a|", "A=b", "body {\n  \"c\": 1\n}", "NoBlankLine "]),
    ("HTTP/1.1 200 OK\n\u{FEFF}{}", &["status HTTP/1.1|200|OK", "body \u{FEFF}{}", "NoBlankLine "]),
    ("GET /a\n\n\n\u{FEFF}{}", &["request GET|/a|", "body \u{FEFF}{}"]),
    ("POST /a\n\nnothing-here", &["request POST|/a|", "body nothing-here"]),
    ("POST /a\nb=c&d=e", &["request POST|/a|", "body b=c&d=e", "NoBlankLine "]),
    ("name is free", &["body name is free"]),
    // A second message
    ("GET /a\nA: b\n\nPOST /c\n\n{}", &["request GET|/a|", "A=b", "AnotherMessage POST /c"]),
    ("GET /a\n\n{}\n\n# next\n\nHTTP/1.1 200 OK\n\n[]", &["request GET|/a|", "body {}", "AnotherMessage HTTP/1.1 200 OK"]),
    ("", &[]),
];

#[test]
fn messages_are_taken_apart() {
    let mut failures = String::new();
    for (text, expected) in MESSAGES {
        let is = sketch(&http::read(text), text);
        if is != expected.join("\n") {
            writeln!(failures, "{text:?}\n  is  {is:?}\n  not {:?}", expected.join("\n")).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// Method, URL, headers, data of each command, one a line.
fn sketch_curl(text: &str) -> String {
    let of = |span: Span| span.of(text);
    let mut lines = Vec::new();
    for request in curl::requests(text) {
        let chosen = if request.method.is_some() { "" } else { "?" };
        lines.push(format!("{}{chosen} {}", request.method(text), of(request.url)));
        lines.extend(request.headers.iter().map(|(name, value)| format!("{}={}", of(*name), of(*value))));
        for data in &request.data {
            let shown = data.shown.as_deref().unwrap_or(of(data.span));
            assert_eq!(shown.len(), data.span.len() as usize, "{text:?}");
            let how = if request.is_query {
                "query"
            } else if request.is_form {
                "form"
            } else {
                "data"
            };
            let broken = data.broken.map(|at| format!(" broken at {}", at.start)).unwrap_or_default();
            lines.push(format!("{how} {shown}{broken}"));
        }
    }
    lines.join("\n")
}

#[rustfmt::skip]
const COMMANDS: &[(&str, &[&str])] = &[
    ("curl https://h.example/a", &["GET? https://h.example/a"]),
    ("curl -X DELETE 'https://h.example/a/{id}'", &["DELETE https://h.example/a/{id}"]),
    ("curl -XPUT -H'A: b' \"h.example/a?b=1&c=2\" -d'{\"d\": 1}'", &["PUT h.example/a?b=1&c=2", "A=b", "data {\"d\": 1}"]),
    ("$ curl -s --request PATCH \\\n   --url http://{host}/a \\\n  --header \"A: b; c\" \\\n  --data-raw '{\n \"d\": 1\n}'\n{\"ok\": 1}",
        &["PATCH http://{host}/a", "A=b; c", "data {\n \"d\": 1\n}"]),
    ("curl http://<host>:80/a?b=1&c=2 --json '[1]'", &["POST? http://<host>:80/a?b=1&c=2", "data [1]"]),
    ("curl -G /a -d b=1 --data-urlencode 'c=d e'", &["GET? /a", "query b=1", "query c=d e"]),
    ("curl -I h.example/a", &["HEAD? h.example/a"]),
    ("curl -sSL -o out.json -u user:pass -F file=@a.png h.example/a | jq .", &["POST? h.example/a", "form file=@a.png"]),
    ("curl -d @body.json h.example/a", &["POST? h.example/a"]),
    ("curl h.example/a -d @- <<'EOF'\n{\n  \"b\": 1\n}\nEOF\ncurl h.example/c", &["POST? h.example/a", "data {\n  \"b\": 1\n}\n", "GET? h.example/c"]),
    ("cat <<EOF | curl -X PUT h.example/a --data-binary @-\n[1]\nEOF", &["PUT h.example/a", "data [1]\n"]),
    ("curl h.example/a\n  -X POST\n  -d '{}'\n", &["POST h.example/a", "data {}"]),
    ("# curl h.example/no\ncurl h.example/a # -X PUT\ncurl.exe ^\r\n h.example/b", &["GET? h.example/a", "GET? h.example/b"]),
    ("ID=$(curl -s h.example/a | jq -r .id) && sudo /usr/bin/curl h.example/$ID", &["GET? h.example/a", "GET? h.example/$ID"]),
    ("curl h.example/a -d \"{\\\"b\\\": \\\"c\\\\\\\"d\\\"}\"", &["POST? h.example/a", "data { \"b\" :  \"c\\\"  d\" }"]),
    ("curl h.example/a -d '{\"b\": \"it'\\''s\"}'", &["POST? h.example/a", "data {\"b\": \"it  ' s\"}"]),
    ("curl h.example/a -d '{\"b\": \"it's\"}' -X PUT", &["PUT h.example/a", "data {\"b\": \"it's\"} broken at 30"]),
    ("curl h.example/a -d \"{\"b\": 1}\" -X PUT", &["PUT h.example/a", "data {\"b\": 1} broken at 22"]),
    ("curl h.example/a > out.txt 2>&1", &["GET? h.example/a"]),
    ("curl --version\napt install curl\ncurl", &[]),
    ("curl h.example/a -d 'never closed", &["POST? h.example/a", "data 'never"]),
    ("curl 'h.example/ä' -H 'Ä", &["GET? h.example/ä"]),
];

#[test]
fn curl_commands_are_read_as_requests() {
    let mut failures = String::new();
    for (text, expected) in COMMANDS {
        let is = sketch_curl(text);
        if is != expected.join("\n") {
            writeln!(failures, "{text:?}\n  is  {is:?}\n  not {:?}", expected.join("\n")).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn commands_take_time_in_line_with_their_size() {
    for piece in ["curl -d '{", "curl \"$(", "\\ ", "<a", "curl a <<E\n", "'", "\"\\", "-d\n"] {
        let text = piece.repeat(40_000);
        let start = Instant::now();
        curl::requests(&text);
        assert!(start.elapsed() < Duration::from_secs(5), "{piece:?}: {:?}", start.elapsed());
    }
}

/// `base|path|segment,<placeholder>|name=value&..|version`
fn sketch_target(text: &str) -> String {
    let parts = target::read(text, Span::new(0, text.len() as u32));
    let segment = |segment: &target::Segment| match segment.placeholder {
        Some(name) => format!("<{}>", name.of(text)),
        None => segment.span.of(text).to_owned(),
    };
    let segments: Vec<String> = parts.segments.iter().map(segment).collect();
    let pairs: Vec<String> = parts
        .query_pairs(text)
        .map(|(name, value)| format!("{}={}", name.of(text), value.of(text)))
        .collect();
    let version = parts.version.unwrap_or_default().of(text);
    format!("{}|{}|{}|{version}", parts.base.of(text), segments.join("/"), pairs.join("&"))
}

#[rustfmt::skip]
const TARGETS: &[(&str, &str)] = &[
    ("/v1/customers/{customer-id}/carts HTTP/1.1", "|v1/customers/<customer-id>/carts||HTTP/1.1"),
    ("{baseURL}/v1/customers/{Customer_ID}/carts http/1.1", "{baseURL}|v1/customers/<Customer_ID>/carts||http/1.1"),
    ("* { baseURL } */v1/carts HTTP/1。1 ", "* { baseURL } *|v1/carts||HTTP/1。1"),
    ("[{baseURL}]/v1/carts", "[{baseURL}]|v1/carts||"),
    ("https://host.example/v1/a?b=c&d={e}", "https://host.example|v1/a|b=c&d={e}|"),
    ("http:// host.example/v1", "http:// host.example|v1||"),
    ("https://{host}/v1", "https://{host}|v1||"),
    ("https://host.example", "https://host.example|||"),
    ("{baseURL}/v1/a ? b = {c} &d = {e/f} http/1.1", "{baseURL}|v1/a|b={c}&d={e/f}|http/1.1"),
    ("{baseURL}/v1/a？ b = c", "{baseURL}|v1/a|b=c|"),
    ("/v1/a?filter={\"Field\": \"b&c\", \"x\": \"/\"} HTTP 1.1", "|v1/a|filter={\"Field\": \"b&c\", \"x\": \"/\"}|HTTP 1.1"),
    ("/v1/<id>/:id/｛id｝/{kund -ID}/%7Bid%7D/{{id}}/${id}", "|v1/<id>/<id>/<id>/<kund -ID>/<id>/<id>/<id>||"),
    ("/v1/{id/carts/{id}/id}/b", "|v1/<id>/carts/<id>/<id>/b||"),
    ("/v1/{land/region}/a", "|v1/<land/region>/a||"),
    ("/v1/items('{id}')/{id}.json", "|v1/items('{id}')/{id}.json||"),
    ("v1/carts/", "|v1/carts/||"),
    ("/v1/carts/checkoutHTTP/1.1", "|v1/carts/checkout||HTTP/1.1"),
    ("", "|||"),
];

#[test]
fn targets_are_taken_apart() {
    let mut failures = String::new();
    for (text, expected) in TARGETS {
        let is = sketch_target(text);
        if is != *expected {
            writeln!(failures, "{text:?}\n  is  {is}\n  not {expected}").unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn check_spans(text: &str) {
    let message = http::read(text);
    let mut spans: Vec<Span> = message.headers.iter().flat_map(|(name, value)| [*name, *value]).collect();
    match message.start {
        StartLine::Missing => {}
        StartLine::Request { method, target, version } => spans.extend([method, target, version]),
        StartLine::Status { version, code, phrase } => spans.extend([version, code, phrase]),
    }
    assert!(spans.iter().all(|span| span.end <= message.body.start || message.body.is_empty()), "{text:?}");
    spans.push(message.body);
    spans.extend(message.problems.iter().map(|problem| problem.span));
    let parts = target::read(text, Span::new(0, text.len() as u32));
    spans.extend([parts.base, parts.path]);
    spans.extend(parts.query.into_iter().chain(parts.version));
    spans.extend(
        parts.segments.iter().flat_map(|segment| [Some(segment.span), segment.placeholder]).flatten(),
    );
    spans.extend(parts.query_pairs(text).flat_map(|(name, value)| [name, value]));
    for span in spans {
        assert!(span.start <= span.end && text.get(span.range()).is_some(), "{span:?} in {text:?}");
    }
}

fn damaged_message() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "GET ",
        "POST",
        "/v1",
        "/",
        "{id}",
        "{",
        "}",
        "<",
        ">",
        "https://",
        "http：//",
        "host",
        "HTTP/1.1",
        "HTTP",
        " 200",
        "。1",
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "\t",
        ":",
        "：",
        "A: b",
        "?",
        "？",
        "&",
        "=",
        "#",
        "//",
        "\u{FEFF}",
        "\u{A0}",
        "字",
        "é",
        "%7B",
        "*",
        "[",
        "]",
        "\"",
        "...",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_a_message(text in any::<String>()) {
        check_spans(&text);
    }

    #[test]
    fn damaged_messages_are_read(text in damaged_message()) {
        check_spans(&text);
    }
}

#[test]
fn time_is_linear() {
    for piece in [
        "{",
        "<",
        "{{",
        "<{",
        "/",
        "/{a",
        "?",
        "&",
        "GET /a\n",
        "a: b\n",
        "\n",
        " ",
        " \n",
        "#\n",
        "a",
        "a ",
        "HTTP/1.1 ",
        "(",
        "${",
        "*",
        "{a}",
        "\"",
        "http:",
    ] {
        for before in ["", "GET /", "GET /a\n\n", "/a?"] {
            let text = format!("{before}{}", piece.repeat(40_000));
            let begin = Instant::now();
            check_spans(&text);
            // Some milliseconds even without optimization; quadratic takes minutes.
            assert!(
                begin.elapsed() < Duration::from_secs(3),
                "{before:?} {piece:?} took {:?}",
                begin.elapsed()
            );
        }
    }
}

/// The fenced blocks of the real pages, if they are there: most are messages, and nearly all bodies are read.
#[test]
fn real_pages_are_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !root.is_dir() {
        eprintln!("skipped: no real pages beside the repository");
        return;
    }
    let mut blocks = Vec::new();
    collect_blocks(&root, &mut blocks);
    let mut tally: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |what: String| *tally.entry(what).or_default() += 1;
    for text in &blocks {
        let message = http::read(text);
        count(format!("start {}", format!("{:?}", message.start).split(' ').next().unwrap()));
        for problem in &message.problems {
            count(format!("problem {:?}", problem.kind));
        }
        let body = message.body.of(text);
        if body.is_empty() {
            count("body none".to_owned());
            continue;
        }
        if !json::looks_like_json(body) {
            count("body other".to_owned());
            continue;
        }
        let json = json::parse(body);
        let verdict = match (json.errors.is_empty(), json.relaxations.is_empty()) {
            (true, true) => "strict",
            (true, false) => "tolerant",
            (false, _) => "with errors",
        };
        count(format!("body {verdict}"));
        let kinds: BTreeSet<_> = json.relaxations.iter().map(|r| r.kind.name()).collect();
        for kind in kinds {
            count(format!("relaxed {kind}"));
        }
    }
    let of = |what: &str| tally.get(what).copied().unwrap_or(0);
    let bodies = of("body strict") + of("body tolerant") + of("body with errors");
    eprintln!("{} blocks: {tally:#?}", blocks.len());
    assert!(of("start Request") + of("start Status") > blocks.len() / 2, "{tally:#?}");
    assert!(bodies > 0 && of("body with errors") * 10 < bodies, "{tally:#?}");
}

fn collect_blocks(folder: &Path, blocks: &mut Vec<String>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect_blocks(&path, blocks);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            fenced_blocks(&std::fs::read_to_string(&path).unwrap(), blocks);
        }
    }
}

fn fenced_blocks(page: &str, blocks: &mut Vec<String>) {
    use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
    let mut block: Option<String> = None;
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let kind = info.split_whitespace().next().unwrap_or("").to_lowercase();
                block =
                    matches!(kind.as_str(), "" | "http" | "json" | "rest" | "javascript").then(String::new);
            }
            Event::Text(text) => block.iter_mut().for_each(|block| block.push_str(&text)),
            Event::End(TagEnd::CodeBlock) => blocks.extend(block.take()),
            _ => {}
        }
    }
}
