//! The library: each option of [`Check`] has an effect, what cannot be done is an error, and the findings are those of
//! the command line.

#[path = "library/kinds.rs"]
mod kinds;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use docdrift::schemars::{self, JsonSchema};
use docdrift::{Check, Checked, Error, Format, Safety, Severity, Style};
use serde_json::{Value, json};

const CART: &str = "\
## Cart

| Property  | Type                  | Required | Description                 |
|-----------|-----------------------|----------|-----------------------------|
| id        | string                | Yes      | Given by the service.       |
| nickname  | string                | No       | What the customer calls it. |
| lineItems | array of CartLineItem | Yes      | What is in it.              |
";

const CART_LINE_ITEM: &str = "\
## CartLineItem

| Property      | Type    | Required | Description      |
|---------------|---------|----------|------------------|
| articleNumber | string  | Yes      | The article.     |
| quantity      | integer | Yes      | How many pieces. |
";

/// What is no type of ours, and is wrong in itself.
const SETTINGS: &str = "\
## Settings

| Property  | Type   | Description              |
|-----------|--------|--------------------------|
| frequency | string | How often mail is sent.  |
| frequency | string | How often mail is sent.  |
";

/// What a customer is about to buy.
#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "only its schema counts")]
struct Cart {
    id: String,
    nickname: Option<String>,
    line_items: Vec<CartLineItem>,
}

#[derive(JsonSchema)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code, reason = "only its schema counts")]
struct CartLineItem {
    article_number: String,
    quantity: u32,
}

/// A folder of pages that is gone at the end.
struct Docs {
    root: PathBuf,
}

impl Docs {
    fn new(pages: &[(&str, &str)]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let root = std::env::temp_dir().join(format!("docdrift-library-{}-{number}", std::process::id()));
        let docs = Self { root };
        for (path, text) in pages {
            docs.write(path, text);
        }
        docs
    }

    /// Pages in two languages that say what the types say.
    fn sound() -> Self {
        let page = format!("{CART}\n{CART_LINE_ITEM}");
        Self::new(&[("en/cart.md", &page), ("fr/cart.md", &page)])
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        fs::write(path, text).expect("a file is written");
    }

    /// Replaces what stands once or more in a page.
    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(path)).expect("a page");
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replace(from, to));
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    fn check(&self) -> Check {
        Check::new(&self.root)
    }
}

impl Drop for Docs {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// `en/cart.md:9 type-mismatch CartLineItem.quantity`, one line each.
fn told(checked: &Checked) -> Vec<String> {
    let line = |found: &docdrift::Found<'_>| {
        let (finding, path) = (found.finding, Path::new(found.path));
        let tail: PathBuf = path.components().rev().take(2).collect::<Vec<_>>().into_iter().rev().collect();
        format!("{}:{} {} {}", tail.display(), found.start.line, finding.rule, finding.subject.path)
    };
    checked.findings().iter().map(line).collect()
}

/// What a check that has to fail panics with.
fn panics(check: Check) -> String {
    let panic = catch_unwind(AssertUnwindSafe(|| check.conform())).expect_err("a panic");
    *panic.downcast::<String>().expect("a text")
}

#[test]
fn sound_pages_conform() {
    let docs = Docs::sound();
    docs.check().model::<Cart>().model::<CartLineItem>().conform();
    docdrift::conform!(&docs.root, Cart, CartLineItem,);
    let checked = docs.check().model::<Cart>().run().expect("a result");
    assert!(checked.is_clean() && checked.undocumented().is_empty(), "{:?}", told(&checked));
    assert_eq!(checked.pages().len(), 2);
    assert_eq!((checked.outcome().coverage.tables, checked.outcome().coverage.tables_recognized), (4, 4));
    let schema = checked.schema().expect("a schema");
    assert_eq!(schema.types.keys().collect::<Vec<_>>(), ["Cart", "CartLineItem"]);
}

#[test]
fn types_are_named_where_they_have_no_file() {
    let docs = Docs::sound();
    docs.edit("en/cart.md", "| integer |", "| string  |");
    docs.edit("fr/cart.md", "| integer |", "| string  |");
    let why = panics(docs.check().model::<Cart>());
    for part in [
        "error[type-mismatch]: `CartLineItem.quantity` is documented as `string`, but the spec says `integer`",
        "  ::: CartLineItem#/properties/quantity:1:2\n",
        " 1 | \"quantity\": {\"type\":\"integer\",\"format\":\"uint32\",\"minimum\":0}\n",
        "the same in fr",
        "\n1 error in 2 pages (en, fr; reference en); understood 4 of 4 tables and 0 of 0 examples\n",
    ] {
        assert!(why.contains(part), "{part}\nis not in\n{why}");
    }
    assert!(!why.contains('\u{1b}'), "no colours");
}

#[test]
fn every_language_is_held_against_the_types() {
    let docs = Docs::sound();
    docs.edit("fr/cart.md", "| quantity      |", "| quantité      |");
    docs.edit(
        "fr/cart.md",
        "| nickname  | string                | No       | What the customer calls it. |\n",
        "",
    );
    let checked = docs.check().model::<Cart>().types_only().run().expect("a result");
    assert_eq!(
        told(&checked),
        ["fr/cart.md:3 undocumented-property Cart", "fr/cart.md:13 translated-name CartLineItem.quantity"]
    );
}

#[test]
fn what_is_of_no_type_does_not_fail_a_test() {
    let docs = Docs::sound();
    docs.write("en/settings.md", SETTINGS);
    docs.write(
        "en/request.md",
        "## Request syntax\n\n| Method | Request URI |\n|---|---|\n| **BREW** | /carts |\n",
    );
    docs.check().model::<Cart>().conform();
    let checked = docs.check().model::<Cart>().run().expect("a result");
    assert!(told(&checked).iter().any(|line| line.contains("duplicate-property")), "{:?}", told(&checked));
}

#[test]
fn a_test_that_checks_nothing_fails() {
    let docs = Docs::new(&[("en/cart.md", CART)]);
    let why = panics(docs.check().model::<Cart>().model::<CartLineItem>());
    assert!(why.starts_with("nothing documents `CartLineItem`: "), "{why}");
    let checked = docs.check().model::<Cart>().model::<CartLineItem>().run().expect("a result");
    assert_eq!(checked.undocumented(), ["CartLineItem"]);

    let why = panics(docs.check());
    assert_eq!(why, "the documentation cannot be checked: there are no types to compare pages with");
    let why = panics(Check::new(docs.path("nowhere")).model::<Cart>());
    assert!(
        why.starts_with("the documentation cannot be checked: ") && why.ends_with("no such file or folder")
    );
    fs::create_dir(docs.path("empty")).expect("a folder is made");
    let why = panics(Check::new(docs.path("empty")).model::<Cart>());
    assert!(why.contains("empty: no page found"), "{why}");
}

#[test]
fn a_page_that_nobody_can_read_fails_a_test() {
    let docs = Docs::sound();
    fs::write(docs.path("fr/cart.md"), b"## Cart\n\n\xff\xfe\xfd").expect("a file is written");
    let why = panics(docs.check().model::<Cart>());
    assert!(why.contains("error[unreadable-file]"), "{why}");
}

#[test]
fn notes_do_not_fail_a_test() {
    let docs = Docs::sound();
    docs.edit("en/cart.md", "array of CartLineItem", "array                ");
    docs.edit("fr/cart.md", "array of CartLineItem", "array                ");
    let checked = docs.check().model::<Cart>().run().expect("a result");
    assert_eq!(told(&checked), ["en/cart.md:7 vague-type Cart.lineItems"]);
    docs.check().model::<Cart>().conform();
    let why = panics(docs.check().model::<Cart>().rule("vague-type", Severity::Warning));
    assert!(why.contains("warning[vague-type]"), "{why}");
}

#[test]
fn a_long_list_is_cut() {
    let names = || (0..30).map(|at| format!("p{at}"));
    let properties: serde_json::Map<String, Value> =
        names().map(|name| (name, json!({ "type": "string" }))).collect();
    let rows = names().map(|name| format!("| {name} | integer |")).collect::<Vec<_>>().join("\n");
    let docs = Docs::new(&[("long.md", &format!("## Long\n\n| Property | Type |\n|---|---|\n{rows}"))]);
    let why = panics(docs.check().schema("Long", &json!({ "type": "object", "properties": properties })));
    assert_eq!(why.matches("error[type-mismatch]").count(), 20, "{why}");
    assert!(why.contains("\n10 more findings not shown\n30 errors in 1 page; "), "{why}");
}

#[test]
fn specs_come_from_types_values_and_files() {
    let docs = Docs::new(&[("en/cart.md", CART)]);
    let schema = json!({ "type": "object", "properties": {
        "id": { "type": "string" }, "nickname": { "type": "string" }, "lineItems": { "type": "string" },
    }});
    let expected = ["en/cart.md:7 type-mismatch Cart.lineItems"];
    assert_eq!(told(&docs.check().schema("Cart", &schema).run().expect("a result")), expected);
    docs.write("Cart.json", &schema.to_string());
    let spec = docs.path("Cart.json").to_string_lossy().into_owned();
    let of_file = docs.check().spec(&spec).run().expect("a result");
    assert_eq!(told(&of_file), expected);
    // A file is shown as a file.
    assert!(of_file.render(Format::Text(Style::Plain)).contains("Cart.json:1:"));

    let named = json!({ "$defs": { "Cart": schema } });
    let checked = docs.check().schema("shop", &named).model::<CartLineItem>().run().expect("a result");
    assert_eq!(told(&checked), expected);
    let shown = checked.render(Format::Text(Style::Plain));
    assert!(shown.contains("::: Cart#/properties/lineItems:1:2"), "{shown}");
    assert_eq!(checked.undocumented(), ["CartLineItem"]);
    // Without any, pages are held against each other.
    assert!(docs.check().run().expect("a result").schema().is_none());
}

#[test]
fn operations_come_from_values() {
    let docs = Docs::new(&[(
        "en/get.md",
        "## Request syntax\n\n| Method | Request URI |\n|---|---|\n| **GET** | /carts/{cart_id} |\n",
    )]);
    let document = json!({ "openapi": "3.1.0", "info": { "title": "Shop", "version": "1" }, "paths": {
        "/carts/{cart-id}": { "get": { "responses": { "204": { "description": "Nothing." } } } },
    }});
    let checked = docs.check().schema("shop", &document).run().expect("a result");
    assert_eq!(told(&checked), ["en/get.md:5 path-case GET /carts/{cart-id}"]);
    let shown = checked.render(Format::Text(Style::Plain));
    assert!(shown.contains("::: shop#/paths/~1carts~1{cart-id}"), "{shown}");
}

#[test]
fn inlined_types_have_a_name() {
    #[derive(JsonSchema)]
    #[schemars(inline)]
    #[allow(dead_code, reason = "only its schema counts")]
    struct Cart {
        id: u32,
        nickname: String,
    }
    let docs = Docs::new(&[("en/cart.md", CART)]);
    let checked = docs.check().model::<Cart>().run().expect("a result");
    assert!(checked.undocumented().is_empty());
    assert!(
        told(&checked).contains(&"en/cart.md:5 type-mismatch Cart.id".to_owned()),
        "{:?}",
        told(&checked)
    );
}

#[test]
fn the_reference_is_chosen() {
    let docs = Docs::sound();
    docs.edit("fr/cart.md", "| quantity      |", "| number        |");
    let with = |reference: &str| told(&docs.check().reference(reference).run().expect("a result"));
    assert_eq!(with("en"), ["fr/cart.md:14 translated-name cartlineitem.quantity"]);
    assert_eq!(with("fr"), ["en/cart.md:14 translated-name cartlineitem.number"]);
    assert_eq!(with("none"), [""; 0]);
}

#[test]
fn locales_are_chosen() {
    let docs = Docs::sound();
    docs.edit("fr/cart.md", "| integer |", "| string  |");
    docs.edit("en/cart.md", "| articleNumber |", "| articleNr     |");
    let of = |locales: &[&str]| {
        let check = docs.check().model::<Cart>().types_only().locales(locales.iter().copied());
        told(&check.run().expect("a result"))
    };
    let is_of = |lines: &[String], locale: &str| {
        !lines.is_empty() && lines.iter().all(|line| line.starts_with(locale))
    };
    assert!(is_of(&of(&["en"]), "en/"), "{:?}", of(&["en"]));
    assert!(is_of(&of(&["fr"]), "fr/"), "{:?}", of(&["fr"]));
    assert_eq!(of(&[]).len(), of(&["en"]).len() + of(&["fr"]).len());
}

#[test]
fn paths_add_up() {
    let docs = Docs::sound();
    let pages = |check: Check| check.run().expect("a result").pages().len();
    assert_eq!(pages(Check::new(docs.path("en"))), 1);
    assert_eq!(pages(Check::new(docs.path("en")).path(docs.path("fr/cart.md"))), 2);
}

#[test]
fn a_baseline_holds_back_what_is_known() {
    let docs = Docs::sound();
    docs.edit("en/cart.md", "| integer |", "| string  |");
    docs.edit("fr/cart.md", "| integer |", "| string  |");
    let file = docs.path("known.json");
    let check = || docs.check().model::<Cart>();
    let written = check().run().expect("a result").write_baseline(&file).expect("a baseline");
    assert_eq!((written.findings, written.pages), (1, 1));
    let checked = check().baseline(&file).run().expect("a result");
    assert!(checked.is_clean(), "{:?}", told(&checked));
    assert_eq!(checked.outcome().held_back, Some(1));
    check().baseline(&file).conform();

    docs.edit("en/cart.md", "| nickname  | string ", "| nickname  | integer");
    docs.edit("fr/cart.md", "| nickname  | string ", "| nickname  | integer");
    let why = panics(check().baseline(&file));
    assert!(why.contains("`Cart.nickname`") && !why.contains("`CartLineItem.quantity`"), "{why}");

    // What is no longer there is told, unless only types are judged, for then not all is looked for.
    let sound = Docs::sound();
    fs::copy(&file, sound.path("known.json")).expect("a copy");
    let check = || sound.check().model::<Cart>().baseline(sound.path("known.json"));
    let checked = check().run().expect("a result");
    assert!(told(&checked)[0].contains("stale-baseline"), "{:?}", told(&checked));
    assert!(checked.fix(Safety::Safe).changes().next().is_none());
    check().conform();
}

#[test]
fn the_configuration_counts_where_it_is_named() {
    let docs = Docs::sound();
    docs.edit("en/cart.md", "| integer |", "| string  |");
    docs.write("docdrift.toml", "exclude = [\"fr\"]\n[rules]\ntype-mismatch = \"note\"\n");
    docs.write("schema.json", &json!({ "$defs": { "CartLineItem": CartLineItem::json_schema(&mut schemars::generate::SchemaSettings::default().into_generator()) } }).to_string());
    let check = || docs.check().model::<Cart>();
    let severities = |check: Check| {
        let checked = check.run().expect("a result");
        checked
            .findings()
            .iter()
            .map(|found| (found.finding.rule, found.finding.severity))
            .collect::<Vec<_>>()
    };
    let file = docs.path("docdrift.toml");
    assert_eq!(severities(check().config(&file)), [("type-mismatch", Severity::Note)]);
    assert_eq!(
        severities(check().config(&file).rule("type-mismatch", Severity::Warning)),
        [("type-mismatch", Severity::Warning)]
    );
    assert!(severities(check()).contains(&("type-mismatch", Severity::Error)));
    assert_eq!(check().config(&file).run().expect("a result").pages().len(), 1);

    docs.write("docdrift.toml", "paths = [\"fr\"]\n");
    let named = Check::default().config(&file).run().expect("a result");
    assert!(named.pages().len() == 1 && named.pages()[0].source.path.ends_with("fr/cart.md"));

    docs.write("docdrift.toml", "spec = \"schema.json\"\nbaseline = \"known.json\"\n");
    let checked = docs.check().run().expect("a result");
    assert!(checked.schema().is_none());
    checked.write_baseline(docs.path("known.json")).expect("a baseline");
    let checked = docs.check().config(&file).run().expect("a result");
    assert!(checked.schema().is_some() && checked.outcome().held_back.is_some());
}

#[test]
fn what_cannot_be_done_is_an_error() {
    let docs = Docs::sound();
    let error = |check: Check| check.run().expect_err("an error");
    let missing = error(Check::new(docs.path("none")).path(docs.path("en")));
    assert!(matches!(&missing, Error::Pages(problems) if problems.len() == 1));
    assert!(missing.to_string().ends_with("none: no such file or folder"), "{missing}");
    assert_eq!(
        error(docs.check().rule("name-cases", None)),
        Error::Settings("unknown rule `name-cases`; did you mean `name-case`?".to_owned())
    );
    assert_eq!(
        error(docs.check().reference("nl")),
        Error::Settings("unknown locale `nl` (found: en, fr)".to_owned())
    );
    assert_eq!(
        error(docs.check().locales(["frr"])),
        Error::Settings("unknown locale `frr`; did you mean `fr`? (found: en, fr)".to_owned())
    );
    assert!(matches!(error(docs.check().config(docs.path("no.toml"))), Error::Settings(_)));
    assert!(matches!(error(docs.check().baseline(docs.path("no.json"))), Error::Baseline(_)));
    assert!(matches!(error(docs.check().spec("no/such/file.json")), Error::Spec(_)));
    let no_schema = error(docs.check().schema("prices", &json!({ "EUR": 3 })));
    assert_eq!(
        no_schema,
        Error::Spec(vec!["prices:1:1: this is neither a JSON Schema nor an OpenAPI document".to_owned()])
    );
    let nothing = error(docs.check().schema("nothing", &json!({ "$defs": {} })));
    assert_eq!(nothing.to_string(), "nothing:1:1: this describes no type and no operation");
    let checked = docs.check().run().expect("a result");
    assert!(matches!(checked.write_baseline(docs.path("no/such/folder.json")), Err(Error::Baseline(_))));
}

#[test]
fn specs_that_contradict_each_other_are_named() {
    let docs = Docs::sound();
    let schema = json!({ "$defs": { "CartLineItem": { "type": "object", "properties": {
        "quantity": { "type": "string" },
    }}}});
    let error = docs.check().model::<CartLineItem>().schema("other", &schema).run().expect_err("an error");
    let told = error.to_string();
    assert!(told.contains("CartLineItem#/properties/quantity:1:2"), "{told}");
}

#[test]
fn findings_are_rendered() {
    let docs = Docs::sound();
    docs.edit("fr/cart.md", "| quantity      |", "| quantité      |");
    let checked = docs.check().model::<Cart>().run().expect("a result");
    let formats = [
        (Format::Text(Style::Plain), "error[translated-name]: the name"),
        (Format::Text(Style::Coloured), "\u{1b}[1m\u{1b}[91merror[translated-name]"),
        (Format::Concise, ":14:3: error[translated-name] "),
        (Format::Json, "\n{\"rule\":\"translated-name\""),
        (Format::JsonLines, "{\"rule\":\"translated-name\""),
        (Format::Sarif, "\"ruleId\":\"translated-name\""),
        (Format::Github, "::error title=translated-name,file="),
        (Format::Gitlab, "\"check_name\":\"translated-name\""),
        (Format::Junit, "<testsuites"),
        (Format::Checkstyle, "source=\"docdrift.translated-name\""),
        (Format::Rdjsonl, "\"severity\":\"ERROR\""),
        (Format::Markdown, "error **translated-name** the name"),
    ];
    for (format, part) in formats {
        let text = checked.render(format);
        assert!(text.contains(part), "{format:?} has no {part}:\n{text}");
    }
    assert_eq!(
        checked.summary(),
        "1 error in 2 pages (en, fr; reference en); understood 4 of 4 tables and 0 of 0 examples"
    );
    assert!(checked.reaches(Severity::Warning) && !checked.is_clean());
}

#[test]
fn fixes_are_made_in_memory_and_written_on_request() {
    let docs = Docs::sound();
    let before = fs::read_to_string(docs.path("fr/cart.md")).expect("a page");
    docs.edit("fr/cart.md", "| quantity      |", "| quantité      |");
    docs.edit("en/cart.md", "| articleNumber |", "| article_number |");
    let damaged = fs::read_to_string(docs.path("fr/cart.md")).expect("a page");
    let check = || docs.check().model::<Cart>().run().expect("a result");

    let fixes = check().fix(Safety::Safe);
    let changes: Vec<_> = fixes.changes().collect();
    assert_eq!(changes.len(), 1, "the reference was not named");
    assert!(changes[0].path.ends_with("fr/cart.md"));
    assert_eq!((changes[0].before, changes[0].after, changes[0].fixed), (&*damaged, &*before, 1));
    assert!(fixes.diff().contains("\n-| quantité      |") && fixes.diff().contains("\n+| quantity      |"));
    assert!(fixes.left().iter().any(|finding| finding.found == "article_number"));
    assert_eq!(
        fs::read_to_string(docs.path("fr/cart.md")).expect("a page"),
        damaged,
        "nothing is written yet"
    );

    fixes.write().expect("pages are written");
    assert_eq!(fs::read_to_string(docs.path("fr/cart.md")).expect("a page"), before);
    // What has changed meanwhile is left alone.
    docs.write("fr/cart.md", "edited");
    let Err(Error::Write(why)) = fixes.write() else { panic!("an error") };
    assert!(why[0].ends_with("fr/cart.md: changed on disk since it was read, skipped"), "{why:?}");
    assert_eq!(fs::read_to_string(docs.path("fr/cart.md")).expect("a page"), "edited");

    let named = Check::new(docs.path("en/cart.md")).model::<Cart>().run().expect("a result");
    assert_eq!(named.fix(Safety::Safe).changes().count(), 1, "now it was named");
}

#[test]
fn only_types_are_fixed_where_only_types_are_judged() {
    let docs = Docs::sound();
    docs.edit("fr/cart.md", "| quantity      |", "| quantité      |");
    let request = "## Request syntax\n\n| Method | Request URI |\n|---|---|\n";
    docs.write("en/request.md", &format!("{request}| **POST** | /carts |\n"));
    docs.write("fr/request.md", &format!("{request}| **APRÈS** | /carts |\n"));
    let check = || docs.check().model::<Cart>();
    let changed = |check: Check| check.run().expect("a result").fix(Safety::Safe).changes().count();
    assert_eq!(changed(check()), 2);
    assert_eq!(changed(check().types_only()), 1);
}

/// The findings are those of `docdrift check`, to the byte. The configuration names the folder: without it, the command
/// line would read the repository's other pages as witnesses.
#[cfg(feature = "cli")]
#[test]
fn the_command_line_finds_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = || Check::new("corpus").spec("models");
    let cases: [(&[&str], Check); 5] = [
        (&["--config", "docdrift.toml", "--spec", "models", "corpus"], corpus()),
        (
            &["--config", "docdrift.toml", "corpus"],
            Check::new("corpus").config("docdrift.toml").spec("models"),
        ),
        (
            &["--config", "docdrift.toml", "--spec", "models", "--reference", "none", "corpus"],
            corpus().reference("none"),
        ),
        (
            &["--config", "docdrift.toml", "--spec", "models", "--locale", "sv-SE,nl-NL", "corpus"],
            corpus().locales(["sv-SE", "nl-NL"]),
        ),
        (
            &[
                "--config",
                "docdrift.toml",
                "--spec",
                "models",
                "--ignore",
                "vague-type,translated-name",
                "corpus",
            ],
            corpus().rule("vague-type", None).rule("translated-name", None),
        ),
    ];
    for (arguments, check) in cases {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_docdrift"))
            .args(["check", "--format", "json", "--exit-zero", "--no-baseline"])
            .args(arguments)
            .current_dir(root)
            .output()
            .expect("the program starts");
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        let checked = check.run().expect("a result");
        let report: Value = serde_json::from_str(&printed).expect("JSON");
        assert!(report["findings"].as_array().is_some_and(|findings| findings.len() > 5), "{arguments:?}");
        let rendered = checked.render(Format::Json);
        assert!(printed == rendered, "{arguments:?} and the library differ");
    }
}

/// Types that are compiled say what docdrift reads in their source.
#[test]
fn types_say_what_their_source_says() {
    let docs = Docs::new(&[("kinds.md", include_str!("library/kinds.md"))]);
    docdrift::conform!(&docs.root, kinds::Subscription, kinds::Party, kinds::Term, kinds::Billing);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/library/kinds.rs");
    let told_by = |check: Check| told(&check.types_only().rule("vague-type", None).run().expect("a result"));
    let of_types = || told_by(docs.check().model::<kinds::Subscription>());
    let of_source = || told_by(docs.check().spec(source.to_string_lossy()));
    assert_eq!((of_types(), of_source()), (Vec::new(), Vec::new()));
    for (from, to, expected) in [
        ("| zipCode     | string |", "| zipCode     | number |", "type-mismatch Party.zipCode"),
        ("| yearly   |", "| annually |", "unknown-value Billing"),
        (
            "| autoRenew | boolean                | No ",
            "| autoRenew | boolean                | Yes",
            "required-mismatch Subscription.autoRenew",
        ),
        (
            "| created   | string                 | No       | When it was made.      |\n",
            "",
            "undocumented-property Subscription",
        ),
        ("  \"autoRenew\": true,\n", "", "missing-field Subscription.autoRenew"),
        (
            "| remark    | string                 | No ",
            "| remark    | string                 | Yes",
            "required-mismatch Subscription.remark",
        ),
        (
            "| password  | string                 | Yes",
            "| password  | integer                | Yes",
            "type-mismatch Subscription.password",
        ),
        ("\"count\": 1", "\"count\": \"1\"", "wrong-type Term.count"),
        ("\"one_time\"", "\"once\"", "wrong-value Subscription.billing"),
        (
            "\"created\": \"2024-02-06\"",
            "\"created\": \"2024-02-06\", \"secret\": \"s\"",
            "unknown-field Subscription.secret",
        ),
    ] {
        docs.edit("kinds.md", from, to);
        let found = of_types();
        assert!(found.iter().any(|line| line.ends_with(expected)), "{expected} is not in {found:#?}");
        assert_eq!(found, of_source(), "{to}");
        docs.write("kinds.md", include_str!("library/kinds.md"));
    }
}
