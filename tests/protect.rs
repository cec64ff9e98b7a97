//! Code spans for what translation damaged: readers see the same, and nothing else changes.

#[path = "support/page.rs"]
mod support;

use docdrift::check::check;
use docdrift::document::View;
use docdrift::facts::Page;
use docdrift::fix::apply;
use docdrift::lexicon::Lexicon;
use docdrift::protect::{Kind, Protection, protect};
use docdrift::settings::{Reference, Settings};
use docdrift::text::FileId;

use support::page;

/// The reference page and a translation, as pages.
fn pages(reference: &str, translation: &str) -> Vec<Page> {
    vec![page(0, "en-US", reference), page(1, "sv-SE", translation)]
}

fn protection(pages: &[Page]) -> Protection {
    let outcome = check(pages, None, &Lexicon::default(), &Settings::default());
    protect(pages, &outcome, &Reference::Auto)
}

/// The reference page after protection.
fn protected(reference: &str, translation: &str) -> String {
    let pages = pages(reference, translation);
    let edits = protection(&pages).edits.remove(&FileId(0)).unwrap_or_default();
    apply(reference, &edits)
}

fn table(cells: [&str; 3]) -> String {
    let rows = cells.map(|cell| format!("| {cell} | string | What it is, in a few words. |\n"));
    format!("# Cart\n\n| Property | Type | Description |\n|---|---|---|\n{}", rows.concat())
}

#[test]
fn markup_around_a_name_stays() {
    let damaged = table(["kundens namn", "ordningens nummer", "status"]);
    for (before, after) in [
        ("customerName", "`customerName`"),
        ("**customerName**", "**`customerName`**"),
        ("*customerName*", "*`customerName`*"),
        ("[customerName](#x)", "[`customerName`](#x)"),
        ("customer\\_name", "`customer_name`"),
        ("\\_customer", "`_customer`"),
        ("**\\_customer**", "**`_customer`**"),
        ("`customerName`", "`customerName`"),
        ("customer&#78;ame", "`customerName`"),
        // A code span would not show the same: better none.
        ("customer**Name**", "customer**Name**"),
    ] {
        let reference = table([before, "orderNumber", "status"]);
        let expected = table([after, "`orderNumber`", "status"]);
        assert_eq!(protected(&reference, &damaged), expected, "{before}");
    }
}

#[test]
fn an_html_table_gets_html() {
    let table = |name: &str| {
        format!(
            "# Cart\n\n<table><tr><th>Property</th><th>Type</th><th>Description</th></tr>\
             <tr><td>{name}</td><td>string</td><td>Who buys it in the end.</td></tr>\
             <tr><td>status</td><td>string</td><td>How far it has come by now.</td></tr></table>\n"
        )
    };
    let after = protected(&table("<b>customerName</b>"), &table("<b>kundens namn</b>"));
    assert_eq!(after, table("<b><code>customerName</code></b>"));
}

#[test]
fn protected_pages_are_read_as_before() {
    let reference = "# Carts\n\n## Request syntax\n\n| Method | Request URI |\n|---|---|\n\
        | **POST** | [*{baseURL}*](urls.md)/v1/customers/{customer-id}/carts HTTP/1.1 |\n\r\n";
    let translation = reference.replace("POST", "EFTER").replace("{customer-id}", "{kund-id}");
    let before = pages(reference, &translation);
    let found = protection(&before);
    let words: Vec<_> = found.words.iter().map(|word| (word.kind, word.text.as_str(), word.count)).collect();
    assert_eq!(words, [(Kind::Method, "POST", 1), (Kind::Identifier, "customer-id", 1)]);

    let after = protected(reference, &translation);
    assert_eq!(
        after,
        reference
            .replace("POST", "`POST`")
            .replace("/v1/customers/{customer-id}/carts", "`/v1/customers/{customer-id}/carts`")
    );
    let again = protection(&pages(&after, &translation));
    assert_eq!((again.words, again.edits.len()), (found.words, 0));
}

proptest::proptest! {
    /// Whatever stands in the cells, protection does not change what they show, and happens once.
    #[test]
    fn no_cell_reads_differently(
        names in proptest::collection::vec(
            r"[*_`<\[&\\ ]{0,2}[a-c]{1,6}([_-]|\\_)[A-C]{1,4}([*_`>\] ]{0,2}|&#98;)", 3),
        damage in proptest::collection::vec("[x-z`*_ö -]{1,8}", 3),
    ) {
        let cells = |texts: &[String]| table([&*texts[0], &*texts[1], &*texts[2]]);
        let (reference, translation) = (cells(&names), cells(&damage));
        let before = pages(&reference, &translation);
        let after = pages(&protected(&reference, &translation), &translation);
        let shown = |page: &Page| -> Vec<String> {
            let text = page.source.text.as_str();
            let cells = page.document.cells.iter();
            cells.map(|cell| page.document.text(text, *cell, View::Page).into_owned()).collect()
        };
        proptest::prop_assert_eq!(shown(&before[0]), shown(&after[0]));
        proptest::prop_assert!(protection(&after).edits.is_empty());
    }
}
