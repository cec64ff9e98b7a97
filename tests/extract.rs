//! `docdrift extract`: what it writes for a page of each kind, and that it leaves nothing out.

use std::fs;
use std::path::{Path, PathBuf};

use docdrift::document::TableSyntax;
use docdrift::facts::Page;
use docdrift::lexicon::Lexicon;
use docdrift::report::extract::{self, Format};
use docdrift::settings::Settings;
use docdrift::source::{Encoding, Locale, Source};
use docdrift::text::{FileId, LineIndex};
use docdrift::{check, spec};
use proptest::prelude::*;
use serde_json::Value;

fn page(path: &str, locale: &str, text: &str) -> Page {
    let source = Source {
        path: path.to_owned(),
        page: path.rsplit('/').next().unwrap_or(path).to_owned(),
        locale: Locale::parse(locale),
        text: text.to_owned(),
        encoding: Encoding::Utf8,
    };
    docdrift::extract::page(FileId(0), source, &Lexicon::default())
}

fn write(page: &Page, format: Format) -> String {
    let (lexicon, settings, models) = (Lexicon::default(), Settings::default(), spec::models());
    let pages = std::slice::from_ref(page);
    let written = check::compare(pages, Some(&models), &lexicon, &settings, |context| {
        extract::page(context.page, context.comparison, &context.vocabulary, format)
    });
    let locales: Vec<Locale> = page.source.locale.iter().cloned().collect();
    extract::render(&written, &locales, check::coverage(pages.iter()), format)
}

fn json(page: &Page) -> Value {
    serde_json::from_str(&write(page, Format::Json)).expect("the output is JSON")
}

fn pretty(page: &Page) -> String {
    serde_json::to_string_pretty(&json(page)).expect("a value becomes JSON")
}

const MARKDOWN: &str = "\
# <a name=\"cart\"></a>Panier

## CartLineItem

Décrit un article du panier.

| Propriété | Type | Obligatoire | Description |
|---|---|---|---|
| id | chaîne | Non | Numéro de ligne. |
| quantité | int | Oui | Combien d'unités. |
| renewsTo | Tableau d'objets | Non | Ce qui suit. |

### Syntaxe de la requête

| Méthode | URI de requête |
|---|---|
| **ENVOYER** | {baseURL}/v1/customers/{ID client}/carts HTTP/1.1 |

| nom | valeur
|---|:x:|
| a | b |

```http
POST /v1/customers/c-1/carts HTTP/1.1
Host: api.example.com
{
    \"id\": \"1\", // rien
    \"lineItems\": [ { \"quantity\": 2, } ]
}
```

```json
{ \"id\": { { }
```

```http
HTTP/1.1 200 OK

<html></html>
```
";

const BILINGUAL: &str = "\
## <a name=\"cartlineitem\"></a><span data-ttu-id=\"p-1\">Winkelwagenregel</span><span class=\"sxs-lookup\"><span data-stu-id=\"p-1\">CartLineItem</span></span>

| <span data-ttu-id=\"p-2\">Eigenschap</span><span class=\"sxs-lookup\"><span data-stu-id=\"p-2\">Property</span></span> | <span data-ttu-id=\"p-3\">Type</span><span class=\"sxs-lookup\"><span data-stu-id=\"p-3\">Type</span></span> |
|---|---|
| <span data-ttu-id=\"p-4\">hoeveelheid</span><span class=\"sxs-lookup\"><span data-stu-id=\"p-4\">quantity</span></span> | <span data-ttu-id=\"p-5\">geheel getal</span><span class=\"sxs-lookup\"><span data-stu-id=\"p-5\">integer</span></span> |
";

const HTML: &str = "\
<!DOCTYPE html>
<html lang=\"sv-SE\"><head><title>Kundvagn</title></head><body>
<h2 id=\"cartlineitem\">CartLineItem</h2>
<table><tr><th>Egenskap</th><th>Typ</th></tr><tr><td>catalogItemId</td><td>sträng</td></tr></table>
<pre><code class=\"language-json\">{ \"catalogItemId\": \"X:1\" }</code></pre>
</body></html>
";

#[test]
fn a_markdown_page() {
    let page = page("fr-fr/cart.md", "fr-FR", MARKDOWN);
    insta::assert_snapshot!(pretty(&page));
    insta::assert_snapshot!("a_markdown_page_as_text", write(&page, Format::Text));
}

#[test]
fn a_bilingual_page() {
    insta::assert_snapshot!(pretty(&page("nl-nl/cart.md", "nl-NL", BILINGUAL)));
}

#[test]
fn an_html_page() {
    insta::assert_snapshot!(pretty(&page("sv-se/cart.html", "sv-SE", HTML)));
}

/// Every table, and every code block that announces a message or JSON, is among the facts; what was not
/// understood of them is listed with a reason.
fn assert_complete(page: &Page) {
    let output = json(page);
    let text = &page.source.text;
    let lines = LineIndex::new(text);
    let facts = &output["pages"][0];
    let gaps = output["not_understood"].as_array().expect("a list");
    let gap = |kind: &str, from: u32, to: u32| {
        let inside = |gap: &&Value| {
            let line = gap["line"].as_u64().expect("a line");
            gap["kind"] == kind && (u64::from(from)..=u64::from(to)).contains(&line)
        };
        gaps.iter().find(inside).is_some_and(|gap| !gap["reason"].as_str().unwrap_or("").is_empty())
    };
    let at = |list: &str, byte: u32| {
        let found = facts[list].as_array().expect("a list").iter().find(|fact| fact["start"]["byte"] == byte);
        found.cloned()
    };
    for table in &page.document.tables {
        let fact = at("tables", table.span.start).expect("every table is among the facts");
        let listed = gap("table", lines.line(table.span.start), lines.line(table.span.start));
        let sound = fact["role"] != "unknown" && table.syntax != TableSyntax::BrokenPipe;
        assert_eq!(sound, !listed, "{fact}");
    }
    for code in &page.document.codes {
        if !matches!(page.document.code_language(text, code).as_ref(), "http" | "json") {
            continue;
        }
        let fact = at("examples", code.span.start).expect("every announced example is among the facts");
        let listed = gap("example", lines.line(code.span.start), lines.line(code.span.end));
        let status = fact["body"]["status"].as_str().expect("a status");
        match status {
            "none" | "read" | "tolerant" => {}
            "errors" | "not_read" => assert!(listed, "{fact}"),
            other => panic!("{other} is no status"),
        }
    }
}

#[test]
fn nothing_of_the_corpus_is_left_out() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")];
    let mut pages: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the corpus") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { pages.push(path) }
        }
    }
    assert!(pages.len() > 4);
    for path in pages {
        let text = fs::read_to_string(&path).expect("a page of the corpus");
        assert_complete(&page(&path.to_string_lossy(), "en-US", &text));
    }
}

#[test]
fn what_stands_before_json_hides_it_not() {
    let page = page("a.md", "en-US", "```http\n1.\n{\n  \"id\": \"a\"\n}\n```\n");
    assert_eq!(json(&page)["pages"][0]["examples"][0]["body"]["keys"][0], "id");
}

#[test]
fn comma_separated_values_are_no_json() {
    let page = page("a.md", "en-US", "```http\nHTTP/1.1 200 OK\n\n\"id\",\"sku\"\n\"1\",\"2\"\n```\n");
    let output = json(&page);
    assert_eq!(output["pages"][0]["examples"][0]["body"]["status"], "not_read");
    assert_eq!(output["not_understood"][0]["kind"], "example");
}

#[test]
fn a_value_of_the_page_cannot_end_a_line_of_the_digest() {
    let page =
        page("a.md", "en-US", "## B\u{1b}[31m\n\n| Property | Type |\n|---|---|\n| a\u{202e}b | string |\n");
    let digest = write(&page, Format::Text);
    assert!(digest.contains("a\\u{202e}b"), "{digest}");
    assert!(!digest.contains('\u{1b}'), "{digest}");
}

/// The roles of the tables of a page.
fn roles(locale: &str, text: &str) -> Vec<String> {
    let output = json(&page("page.md", locale, text));
    let tables = output["pages"][0]["tables"].as_array().expect("a list");
    tables.iter().map(|table| table["role"].as_str().expect("a role").to_owned()).collect()
}

#[test]
fn translated_values_with_numbers_are_members() {
    let text = "| 值 | 位置 | 描述 |\n|---|---|---|\n| 每周 | 0 | 每周一次。 |\n| 不定 | 1 | 随时。 |\n";
    assert_eq!(roles("zh-CN", text), ["members"]);
}

#[test]
fn short_sentences_with_a_type_word_are_descriptions() {
    let text = "| Wartość | Położenie | Opis |\n|---|---|---|\n| Nowe | 0 | Oznacza ciąg bez końca. |\n\
                | Stare | 1 | Oznacza ciąg po zmianie. |\n| Inne | 2 | Bez znaczenia. |\n";
    assert_eq!(roles("pl-PL", text), ["members"]);
}

#[test]
fn a_query_full_of_spaces_is_still_a_uri() {
    let text = "| Méthode | URI de requête |\n|---|---|\n| **GET** | *{baseURL}*/v1/customers/{customer-id}/usage ? \
                Start \\_ Time = {début} & End \\_ Time = {fin} & Level = {niveau} & Show \\_ All = {true} |\n";
    assert_eq!(roles("fr-FR", text), ["request_syntax"]);
}

#[test]
fn yes_and_no_alone_make_no_properties() {
    let text = "| Filer | Finns i gamla | Finns i nya |\n|---|---|---|\n| Bild på faktura | Nej | Ja |\n\
                | Fil för förhandsvisning | Nej | Ja |\n";
    assert_eq!(roles("sv-SE", text), ["other"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_is_left_out(blocks in prop::collection::vec(block(), 0..6)) {
        assert_complete(&page("page.md", "en-US", &blocks.concat()));
    }
}

/// A block of a page, sound or damaged.
fn block() -> impl Strategy<Value = String> {
    let header =
        prop::sample::select(vec!["| Property | Type |", "| Foo | Bar |", "|x", "| Method | Request URI |"]);
    let rule = prop::sample::select(vec!["|---|---|", "|--|-x|", "|---|", "-|-"]);
    let row = prop::sample::select(vec![
        "| a | string |",
        "| someName | otherName |",
        "| GET | /v1/a HTTP/1.1 |",
        "|",
    ]);
    let table = (header, rule, prop::collection::vec(row, 0..3))
        .prop_map(|(header, rule, rows)| format!("\n{header}\n{rule}\n{}\n\n", rows.join("\n")));
    let language = prop::sample::select(vec!["http", "json", "", "csharp"]);
    let body = prop::sample::select(vec![
        "{ \"a\": 1 }",
        "{ \"a\": ...",
        "{ { ] }",
        "HTTP/1.1 200 OK",
        "GET /a HTTP/1.1\nA: b\n{ 'c': d }",
        "POST /a HTTP/1.1\n\nkey=value",
        "plain words",
        "<xml/>",
        "\u{200b}",
        "",
    ]);
    let code = (language, body).prop_map(|(language, body)| format!("\n```{language}\n{body}\n```\n\n"));
    prop_oneof![table, code, Just("# Heading\n\nwords\n\n".to_owned())]
}
