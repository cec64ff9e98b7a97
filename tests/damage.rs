//! How much of each locale is damaged, and of how much.

#[path = "support/page.rs"]
mod support;

use docdrift::check::check;
use docdrift::facts::Page;
use docdrift::lexicon::Lexicon;
use docdrift::outcome::{Damage, Share};
use docdrift::settings::Settings;
use docdrift::spec;

use support::page;

/// The damage of each of some translations of one page.
fn damage(pages: &[(&str, &str)]) -> Vec<Damage> {
    let pages: Vec<Page> = pages.iter().zip(0..).map(|((locale, text), at)| page(at, locale, text)).collect();
    let outcome = check(&pages, Some(&spec::models()), &Lexicon::default(), &Settings::default());
    let of = |page: &Page| {
        let damage = outcome.damage.iter().find(|(locale, _)| Some(locale) == page.source.locale.as_ref());
        damage.expect("the page's locale").1
    };
    pages.iter().map(of).collect()
}

const fn share(damaged: usize, cells: usize) -> Share {
    Share { damaged, cells }
}

/// A table with a row whose description is this, and one whose default is that.
fn table(description: &str, default: &str) -> String {
    format!(
        "# Widget\n\n| Property | Type | Default | Description |\n|---|---|---|---|\n\
         | phase | string | | {description} |\n| moduleLimit | string | {default} | Text |\n"
    )
}

#[test]
fn values_are_held_against_those_of_the_source() {
    let english = table("One of `Rising`, `full_moon` and `Waning`.", "maxItems");
    for (description, default, values) in [
        ("Une parmi `Rising`, `full_moon` et `Waning`.", "maxItems", share(0, 4)),
        ("One of `Rising`, `full_moon` and `Waning`.", "maxItems", share(0, 4)),
        ("Une parmi `Rising`, `pleine lune` et `Waning`.", "maxItems", share(1, 4)),
        ("Une parmi `Montante`, `pleine lune` et `Waning`.", "maxItems", share(2, 4)),
        ("Une parmi `Rising`, `full_moon` et `Waning`.", "maximum", share(1, 4)),
        // What a cell lacks counts once.
        ("Une parmi trois.", "maxItems", share(1, 2)),
    ] {
        let french = table(description, default);
        let [_, damage] = damage(&[("en-US", &english), ("fr-FR", &french)])[..] else { panic!("two") };
        assert_eq!(damage.values, values, "{french}");
        assert_eq!(damage.names, share(0, 2));
    }
}

#[test]
fn without_a_source_values_are_held_against_the_model() {
    let page = |term: &str| {
        format!(
            "## CartLineItem\n\n| Egenskap | Typ | Beskrivning |\n|---|---|---|\n| catalogItemId | string | Vad |\n\
             | quantity | int | Antal |\n| termDuration | string | {term}, som `annat`. |\n"
        )
    };
    let of = |text: &str| damage(&[("sv-SE", text)])[0].values;
    assert_eq!(of(&page("**P1M** eller **P1Y**")), share(0, 2));
    assert_eq!(of(&page("**p1m** eller **P1Y**")), share(1, 2));
    assert_eq!(of(&page("En eller tolv")), share(0, 0));
}

/// A source half is a source, too.
#[test]
fn values_are_counted_on_bilingual_pages() {
    let cell = |source: &str, own: &str| {
        format!(
            r#"<span class="sxs-lookup"><span data-stu-id="a-1">{source}</span></span><span data-ttu-id="a-1">{own}</span>"#
        )
    };
    let page = |own: &str| {
        format!(
            "# Widget\n\n| {} | {} | {} |\n|---|---|---|\n| phase | string | {} |\n",
            cell("Property", "Egenskap"),
            cell("Type", "Typ"),
            cell("Description", "Beskrivning"),
            cell("One of `rising_moon` and `full_moon`.", own)
        )
    };
    let of = |own: &str| damage(&[("sv-SE", &page(own))])[0].values;
    assert_eq!(of("Antingen `rising_moon` eller `full_moon`."), share(0, 2));
    assert_eq!(of("Antingen `stigande måne` eller `full_moon`."), share(1, 2));
}
