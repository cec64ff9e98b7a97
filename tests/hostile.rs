//! The whole program on input that means no good: it ends, it ends with a verdict, and what it prints is
//! harmless and no longer than the input warrants.
//!
//! Sizes are chosen so that work beyond linear would not end in any patience. Nothing here looks at a
//! clock; growth is judged by what is written for an input and for one four times its size.

#![cfg(feature = "cli")]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Table rows up to the first body row; the section binds the table to a built-in model.
const LINE_ITEM: &str = "## CartLineItem\n\n| Property | Type | Description |\n|---|---|---|\n";

/// An empty folder of that name.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder takes folders");
    folder
}

/// A folder with one page.
fn page(name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("page.md"), content).expect("the target folder takes files");
    folder
}

/// Runs `check` in a folder. Anything but a verdict (no findings, or findings) fails the test.
fn check(folder: &Path, arguments: &[&str]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
        .args(["check", "--no-config", "--color", "never"])
        .args(if arguments.contains(&"--spec") { &[][..] } else { &["--spec", "models"] })
        .args(arguments)
        .arg(".")
        .current_dir(folder)
        .output()
        .expect("the program starts");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{}: {}\n{}",
        folder.display(),
        output.status,
        stderr.chars().take(2_000).collect::<String>()
    );
    output
}

/// The JSON report on a folder.
fn report(folder: &Path) -> serde_json::Value {
    let output = check(folder, &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    assert!(report["summary"]["pages"].is_u64(), "{report}");
    report
}

/// Checks one page in the formats that quote it in different ways; it is read, or said to be unreadable.
fn survives(name: &str, content: impl AsRef<[u8]>) {
    let folder = page(name, content);
    check(&folder, &["--format", "text"]);
    let report = report(&folder);
    let told = report["findings"].as_array().is_some_and(|findings| !findings.is_empty());
    assert!(report["summary"]["pages"] == 1 || told, "{name}: {report}");
}

/// What is written for four times the input is at most about four times as much.
fn grows_linearly(name: &str, size: usize, make: impl Fn(usize) -> String) {
    for format in ["text", "json"] {
        let written = |size: usize| {
            let folder = page(&format!("{name}-{format}-{size}"), make(size));
            check(&folder, &["--format", format]).stdout.len()
        };
        let (small, large) = (written(size), written(4 * size));
        assert!(small > size, "{name} as {format}: nothing was found, so nothing was tested");
        assert!(large <= 5 * small + 10_000, "{name} as {format}: {small} bytes became {large}");
    }
}

fn json_page(body: &str) -> String {
    format!("# Create a cart\n\n```json\n{body}\n```\n")
}

#[test]
fn deeply_nested_json() {
    for (name, open) in [("arrays", "["), ("objects", "{\"lineItems\":"), ("mixed", "[{\"a\":")] {
        survives(&format!("nested-{name}"), json_page(&open.repeat(10_000)));
    }
    let closed = "[".repeat(10_000) + &"]".repeat(10_000);
    survives("nested-closed", json_page(&closed));
    let request = format!("```http\nPOST /v1/customers/{{customer-id}}/carts HTTP/1.1\n\n{closed}\n```\n");
    survives("nested-in-request", request);
}

#[test]
fn json_that_never_gets_anywhere() {
    for (name, piece) in [
        ("commas", ","),
        ("colons", ":"),
        ("quotes", "\""),
        ("comments", "/*"),
        ("ellipses", "..."),
        ("closers", "]}"),
        ("escapes", "\"\\u12"),
        ("placeholders", "<a"),
        ("bars", "\"a\"|"),
        ("roots", "{}"),
        ("words", "token "),
    ] {
        survives(&format!("json-{name}"), json_page(&piece.repeat(20_000)));
    }
}

#[test]
fn deeply_nested_markdown() {
    for (name, piece) in [("quotes", "> "), ("brackets", "["), ("emphasis", "*a **a "), ("html", "<div>\n")] {
        survives(&format!("markdown-{name}"), piece.repeat(10_000) + LINE_ITEM);
    }
    let list = (0..300).fold(String::new(), |list, depth| list + &"  ".repeat(depth) + "- a\n");
    survives("markdown-lists", list);
}

#[test]
fn comments_without_end() {
    let comment = "<!-- docdrift-allow translated-name, mojibake, x why -->";
    survives("comments-in-a-line", comment.repeat(4_000));
    survives("comments-by-line", format!("{comment}\n{LINE_ITEM}\n").repeat(1_000));
    survives("comments-in-lists", format!("- {comment}\n  - â€™\n").repeat(2_000));
    survives(
        "comment-of-many-rules",
        format!("<!-- docdrift-allow {} -->\n\na\n", "mojibake,".repeat(50_000)),
    );
    survives("comment-never-closed", format!("<!-- docdrift-allow {}", "a ".repeat(500_000)));
    survives("html-comments", format!("<!doctype html>{}", format!("{comment}<p>a").repeat(4_000)));
}

#[test]
fn html_tables_without_end() {
    let row = "<tr><td>quantity<td colspan=4000000000 rowspan=65534>int";
    survives("html-spans", format!("<table>{}", row.repeat(300)));
    survives("html-nested", "<table><tr><td>".repeat(2_000));
    survives("html-wide", format!("<table><tr>{}</table>", "<td>id</td>".repeat(20_000)));
    survives("html-attributes", format!("<table {}><tr><td>id</table>", "a='<td>' ".repeat(20_000)));
    let span = "<span data-ttu-id=\"a-1\">x<span class=\"sxs-lookup\"><span data-stu-id=\"a-1\">y";
    survives("bilingual-unclosed", format!("{LINE_ITEM}| {} | int | a |\n", span.repeat(5_000)));
}

#[test]
fn one_line_of_ten_megabytes() {
    survives("line-words", "quantity ".repeat(10_000_000 / 9));
    survives("line-json", json_page(&format!("{{\"id\":\"{}\"}}", "x".repeat(10_000_000))));
    survives("line-row", format!("{LINE_ITEM}| quantity | int | {} |\n", "word ".repeat(2_000_000)));
}

#[test]
fn one_cell_of_a_megabyte() {
    let long = "quantité".repeat(1_000_000 / 9);
    survives("cell-name", format!("{LINE_ITEM}| {long} | int | How many. |\n"));
    survives("cell-type", format!("{LINE_ITEM}| quantity | {long} | How many. |\n"));
    survives("cell-generics", format!("{LINE_ITEM}| quantity | {} | How many. |\n", "List<".repeat(200_000)));
    survives("cell-values", format!("{LINE_ITEM}| billingCycle | string | {} |\n", "\"a\" ".repeat(250_000)));
    let path = "/{customer-id}".repeat(1_000_000 / 14);
    let syntax = "## Request syntax\n\n| Method | Request URI |\n|---|---|\n";
    survives("cell-path", format!("{syntax}| **POST** | [*{{baseURL}}*](a.md)/v1{path} HTTP/1.1 |\n"));
}

#[test]
fn a_hundred_thousand_rows() {
    let mut rows = String::from(LINE_ITEM);
    for row in 0..100_000 {
        writeln!(rows, "| property{row} | string | Row {row}. |").expect("a String takes any text");
    }
    let folder = page("rows", rows);
    let report = report(&folder);
    assert_eq!(report["summary"]["coverage"]["tables"], 1);
    let mut rows = String::from("| a | b |\n| ：-- | -- |\n");
    for row in 0..100_000 {
        writeln!(rows, "| c{row} | d |").expect("a String takes any text");
    }
    survives("rows-broken", rows);
    survives("columns", format!("|{0}\n|{1}\n|{0}\n", " Type |".repeat(10_000), "---|".repeat(10_000)));
}

#[test]
fn output_grows_no_faster_than_input() {
    // Known names bind each table to the spec, which the others are then unknown to.
    grows_linearly("unknown-rows", 100, |size| {
        let known = "| id | int | A. |\n| catalogItemId | string | A. |\n";
        let table = |row| format!("{LINE_ITEM}{known}| other{row} | string | A. |\n\n");
        (0..size).map(table).collect()
    });
    grows_linearly("equal-rows", 500, |size| {
        let rows = (0..size).map(|at| format!("| other{} | int | A. |\n", at % (4 * size / 5)));
        LINE_ITEM.to_owned() + &rows.collect::<String>()
    });
    // Many findings on one line must not each bring the whole line along.
    grows_linearly("findings-on-a-line", 200, |size| {
        let item = r#"{"id":"0","catalogItemId":"A:B:C","quantity":"1","billingCycle":"Monthly"},"#;
        let body = format!("{{\"lineItems\":[{}]}}", item.repeat(size));
        format!("```http\nPOST /v1/customers/{{customer-id}}/carts HTTP/1.1\n\n{body}\n```\n")
    });
    grows_linearly("mojibake-on-a-line", 500, |size| "the customerâ€™s cart ".repeat(size));
}

#[test]
fn random_bytes() {
    // Xorshift: the same bytes in every run.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for size in [1, 2, 3, 64, 1_000, 300_000] {
        let bytes: Vec<u8> = (0..size)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state.to_le_bytes()[3]
            })
            .collect();
        survives(&format!("random-{size}"), &bytes);
        // The same noise in the alphabet the readers care about.
        let alphabet = b"|-:`[](){}<>\"\\/*#\n\r\t ,.aId01&;~";
        let marks: Vec<u8> = bytes.iter().map(|byte| alphabet[*byte as usize % alphabet.len()]).collect();
        survives(&format!("random-marks-{size}"), &marks);
        survives(&format!("random-json-{size}"), json_page(&String::from_utf8_lossy(&marks)));
    }
}

#[test]
fn unusual_encodings() {
    let text = format!("\u{feff}{LINE_ITEM}| quantité | int | Combien. |\n");
    let utf16 = |convert: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(convert).collect::<Vec<u8>>();
    for (name, bytes) in [
        ("utf8", text.as_bytes().to_vec()),
        ("utf16-le", utf16(u16::to_le_bytes)),
        ("utf16-be", utf16(u16::to_be_bytes)),
    ] {
        let report = report(&page(name, bytes));
        let found = report["findings"].as_array().expect("findings is a list");
        let names: Vec<_> = found.iter().filter(|finding| finding["found"] == "quantité").collect();
        assert_eq!(names.len(), 1, "{name}: {report}");
        assert_eq!(names[0]["start"]["line"], 5, "{name}");
    }
    let mut odd = utf16(u16::to_le_bytes);
    odd.pop();
    survives("utf16-odd", odd);
    survives("utf16-lone-surrogate", [0xff, 0xfe, 0x00, 0xd8, 0x41, 0x00]);
    survives("empty", "");
    survives("bom-only", "\u{feff}");
    survives("nul", "\0".repeat(100_000));
    survives("carriage-returns", LINE_ITEM.replace('\n', "\r"));
}

#[test]
fn terminal_commands_are_not_passed_on() {
    let evil = "\u{1b}[31m\u{9b}2J\u{202e}\u{2066}\u{7}\u{8}";
    let content = format!(
        "Change ** {evil}quantité ** here.\n\n{LINE_ITEM}| id | int | A. |\n| catalogItemId | string | A. |\n\
         | {evil}quantité | {evil}string | {evil} |\n| {evil} | int | {evil} |\n\n{}",
        json_page(&format!("{{\"{evil}\": \"{evil}\", \"lineItems\": {evil}}}"))
    );
    let folder = page("escapes", content);
    for format in ["text", "concise"] {
        let output = check(&folder, &["--format", format]);
        let quoted = String::from_utf8_lossy(&output.stdout).contains("quantité");
        assert!(quoted, "{format}: nothing was quoted, so nothing was tested");
        assert_harmless(&output);
    }
}

#[cfg(unix)]
#[test]
fn file_names_are_not_passed_on_raw() {
    let folder = folder("names");
    let content = format!("{LINE_ITEM}| quantité | int | Combien. |\n");
    fs::write(folder.join("\u{1b}[2J\u{202e}page.md"), content).expect("the target folder takes files");
    for format in ["text", "concise"] {
        let output = check(&folder, &["--format", format]);
        let named = String::from_utf8_lossy(&output.stdout).contains("page.md");
        assert!(named, "{format}: nothing was named, so nothing was tested");
        assert_harmless(&output);
    }
}

/// Neither stream commands a terminal or turns the reading direction.
fn assert_harmless(output: &Output) {
    for stream in [&output.stdout, &output.stderr] {
        let text = String::from_utf8_lossy(stream);
        let raw = text.chars().find(|c| {
            c.is_control() && !matches!(c, '\n' | '\t')
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        assert_eq!(raw, None, "{text:?}");
    }
}

#[test]
fn two_thousand_tiny_files() {
    let folder = folder("many");
    let content = format!("{LINE_ITEM}| quantité | int | Combien. |\n");
    for file in 0..2_000 {
        let below = folder.join(format!("d{}", file % 40));
        fs::create_dir_all(&below).expect("the target folder takes folders");
        fs::write(below.join(format!("p{file}.md")), &content).expect("the target folder takes files");
    }
    let report = report(&folder);
    assert_eq!(report["summary"]["pages"], 2_000);
    let one = check(&folder, &["--format", "concise", "-j", "1"]);
    let four = check(&folder, &["--format", "concise", "-j", "4"]);
    assert_eq!(one.status.code(), Some(1));
    assert!(one.stdout == four.stdout, "the number of threads changes what is said");
}

#[cfg(unix)]
#[test]
fn a_loop_of_links() {
    let folder = page("loop", format!("{LINE_ITEM}| quantité | int | Combien. |\n"));
    std::os::unix::fs::symlink(".", folder.join("again")).expect("the target folder takes links");
    std::os::unix::fs::symlink("missing.md", folder.join("nowhere.md"))
        .expect("the target folder takes links");
    assert_eq!(report(&folder)["summary"]["pages"], 1);
}

/// A page and its translation, of which every part differs.
#[test]
fn translations_that_share_little() {
    let pair = |name: &str, source: &str, translation: &str| {
        let folder = folder(name);
        for (locale, text) in [("en-us", source), ("nl-nl", translation)] {
            fs::create_dir(folder.join(locale)).expect("the target folder takes folders");
            fs::write(folder.join(locale).join("page.md"), text).expect("the target folder takes files");
        }
        let report = report(&folder);
        assert_eq!(report["summary"]["pages"], 2, "{name}");
    };
    let many = |make: &dyn Fn(usize) -> String| -> String { (0..20_000).map(make).collect() };
    let row = |n: usize| format!("| name{n} | string | x |\n");
    let half = |n: usize| if n.is_multiple_of(2) { row(n) } else { String::new() };
    pair("lost-rows", &format!("{LINE_ITEM}{}", many(&row)), &format!("{LINE_ITEM}{}", many(&half)));
    let heading = |n: usize| format!("## s{n}\n\n");
    let most = |n: usize| if n % 5 < 4 { heading(n) } else { String::new() };
    pair("lost-sections", &many(&heading), &many(&most));
    pair("other-code", &many(&|n| format!("`a{n}-b` ")), &many(&|n| format!("`b{n}-c` ")));
    pair("other-links", &many(&|n| format!("[a](a{n}.md) ")), &many(&|n| format!("[a](b{n}.md) ")));
    pair("parted-links", &many(&|_| "] (".to_owned()), &many(&|_| "[a] (a.md) ]（".to_owned()));
    let other = |n: usize| format!("\"k{n}\": {n},\n");
    let body = |members: &str| format!("```json\n{{{members}\"end\": 0}}\n```\n");
    pair("other-keys", &body(&many(&other)), &body(&many(&|n| other(19_999 - n))));
    let value = |word: &'static str| {
        move |n: usize| format!("| name{n} | string | One of **a{n}_b**, `{word}{n}`. |\n")
    };
    let keys = format!("\n```json\n{{{}\"end\": 0}}\n```\n", many(&other));
    let table = |make: &dyn Fn(usize) -> String| format!("{LINE_ITEM}{}{keys}", many(make));
    pair("other-values", &table(&value("x")), &table(&value("y")));
    let short = |n: usize| format!("| name{n} string | x{n} |\n");
    pair("lost-pipes", &table(&row), &table(&short));
    let fewer = |n: usize| if n.is_multiple_of(2) { short(n) } else { String::new() };
    pair("lost-pipes-and-rows", &table(&row), &table(&fewer));
    pair("open-comments", &format!("```c\n{}```\n", many(&|_| "a /*\n".to_owned())), "```c\nb /*\n```\n");
}

#[test]
fn alternatives_within_alternatives() {
    let kinds = |of: &str| -> Vec<String> {
        let kind = |at| {
            format!(
                "\"{of}{at}\": {{\"required\": [\"k{at}\"], \"properties\": {{\"left\": {{\"$ref\": \"#/$defs/{of}\"}}}}}}"
            )
        };
        (0..8).map(kind).collect()
    };
    let forms: Vec<String> = (0..8).map(|at| format!("{{\"$ref\": \"#/$defs/Expr{at}\"}}")).collect();
    let spec = format!(
        "{{\"$defs\": {{\"Expr\": {{\"oneOf\": [{}]}}, {}, \"Cart\": {{\"properties\": {{\"expr\": {{\"$ref\": \"#/$defs/Expr\"}},
           \"alpha\": {{}}, \"beta\": {{}}, \"gamma\": {{}}}}}}}}}}",
        forms.join(", "),
        kinds("Expr").join(", ")
    );
    let nested = "{\"left\": ".repeat(60) + "1" + &"}".repeat(60);
    let folder = page(
        "alternatives",
        json_page(&format!("{{\"alpha\": 1, \"beta\": 2, \"gamma\": 3, \"expr\": {nested}}}")),
    );
    fs::write(folder.join("spec.json"), spec).expect("the target folder takes files");
    let output = check(&folder, &["--spec", "spec.json", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    assert_eq!(report["summary"]["pages"], 1);
}

#[test]
fn large_and_odd_specs() {
    let folder = page("specs", LINE_ITEM.to_owned() + "| a | b | c |\n");
    let deep = "{\"items\":".repeat(10_000) + "{}" + &"}".repeat(10_000);
    let name = |at: u32| format!("\"\\u001b[3{at}m\": {{\"pattern\": \"{at}\"}},");
    let names = (0..20_000).map(name).collect::<Vec<_>>().concat();
    for (name, text) in [
        ("deep.json", format!("{{\"$defs\": {{\"A\": {deep}}}}}")),
        ("names.json", format!("{{\"properties\": {{{names} \"a\": {{}}}}}}")),
        ("deep.yaml", format!("type: object\nproperties: {{a: {deep}}}\n")),
    ] {
        fs::write(folder.join(name), text).expect("the target folder takes files");
        let output = check(&folder, &["--spec", name]);
        let notes = String::from_utf8_lossy(&output.stderr);
        assert!(notes.contains(&format!("note: {name}:")), "{notes}");
        assert!(!notes.contains('\u{1b}') && notes.len() < 2_000, "{notes}");
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_unicode() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = folder("arguments");
    for arguments in
        [&[&b"--\xff"[..]][..], &[b"check", b"--lang=\xff"], &[b"\xff"], &[b"check", b"--format", b"\xff"]]
    {
        let output = Command::new(env!("CARGO_BIN_EXE_docdrift"))
            .args(arguments.iter().map(|argument| OsStr::from_bytes(argument)))
            .current_dir(&folder)
            .output()
            .expect("the program starts");
        assert_eq!(
            output.status.code(),
            Some(2),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
