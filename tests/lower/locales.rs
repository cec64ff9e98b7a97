//! Several languages of one page: what is healed, what is voted on, what stays with a note.

use docdrift::schema::Shape;

use super::told::told;
use super::{lowered, pages};

const ENGLISH: &str = "# Basket resources

## Basket

Holds what a guest picked.

| Property | Type | Description |
|---|---|---|
| basketName | string | What it is called |
| quantity | int | How many |
| entries | array of [BasketEntry](#basketentry) | What lies in it |

## BasketEntry

| Property | Type | Description |
|---|---|---|
| weight | number | In kilograms |
";

const SWEDISH: &str = "# <a name=\"basket-resources\"></a>Korgresurser

## <a name=\"basket\"></a>Korg

Det som en gäst har valt.

| Egenskap | Typ | Beskrivning |
|---|---|---|
| korgnamn | sträng | Vad den heter |
| antal | int | Hur många |
| entries | matris med [BasketEntry](#basketentry) | Vad som ligger i den |
| sedan länge borta | sträng | Bara här |

## <a name=\"basketentry\"></a>Korgpost

| Egenskap | Typ | Beskrivning |
|---|---|---|
| vikt | tal | I kilogram |
";

const FRENCH: &str = "# <a name=\"basket-resources\"></a>Ressources

## <a name=\"basket\"></a>Panier

| Propriété | Type | Description |
|---|---|---|
| basketName | chaîne | Son nom |
| quantité | int | Combien |
| entries | tableau de [BasketEntry](#basketentry) | Son contenu |
| shelf | chaîne | Ici et là |

## <a name=\"basketentry\"></a>Entrée du panier

| Propriété | Type | Description |
|---|---|---|
| weight | nombre | En kilogrammes |
| shelf | chaîne | Seulement ici |
";

const GIVEN: [(&str, &str, &str); 3] =
    [("en-US", "baskets.md", ENGLISH), ("fr-FR", "baskets.md", FRENCH), ("sv-SE", "baskets.md", SWEDISH)];

#[test]
fn a_translation_is_healed_by_its_reference_and_keeps_what_that_does_not_know() {
    insta::assert_snapshot!(told(&lowered(&pages(&GIVEN), Some("sv-SE"))));
}

#[test]
fn all_locales_together_say_what_most_of_them_say() {
    let schema = lowered(&pages(&GIVEN), None);
    insta::assert_snapshot!(told(&schema));
    let Shape::Object(basket) = &schema.get("Basket").unwrap().shape else { panic!() };
    let origin = basket.property("quantity").unwrap().origin.as_ref().unwrap();
    let described: Vec<_> =
        origin.descriptions.iter().map(|(locale, doc)| (locale.as_str(), doc.as_str())).collect();
    assert_eq!(described, [("en-US", "How many"), ("fr-FR", "Combien"), ("sv-SE", "Hur många")]);
}

/// Names of types come from anchors, in the spelling of whoever writes them out.
#[test]
fn a_translation_alone_names_its_types_by_their_anchors() {
    let schema = lowered(&pages(&[("sv-SE", "baskets.md", SWEDISH)]), Some("sv-SE"));
    assert_eq!(schema.types.keys().collect::<Vec<_>>(), ["Basket", "BasketEntry"]);
    let told = told(&schema);
    assert!(
        told.contains("`sedan länge borta` is not an identifier, and nothing shows which name was meant"),
        "{told}"
    );
}

/// A bilingual page is its own reference.
#[test]
fn the_source_half_of_a_bilingual_page_names_things() {
    let pair = |translated: &str, source: &str| {
        format!("<span data-ttu-id=\"1\">{translated}</span><span data-stu-id=\"1\">{source}</span>")
    };
    let page = format!(
        "# {}\n\n## {}\n\n| {} | {} | {} |\n|---|---|---|\n| {} | {} | {} |\n",
        pair("Korgresurser", "Basket resources"),
        pair("Korg", "Basket"),
        pair("Egenskap", "Property"),
        pair("Typ", "Type"),
        pair("Beskrivning", "Description"),
        pair("antal", "quantity"),
        pair("heltal", "int"),
        pair("Hur många", "How many"),
    );
    insta::assert_snapshot!(told(&lowered(&pages(&[("sv-SE", "baskets.md", &page)]), Some("sv-SE"))));
}

#[test]
fn a_language_stands_for_its_regions_and_an_absent_locale_for_nothing() {
    let pages = pages(&GIVEN);
    assert_eq!(told(&lowered(&pages, Some("sv"))), told(&lowered(&pages, Some("sv-SE"))));
    assert_eq!(lowered(&pages, Some("da-DK")), docdrift::schema::Schema::default());
}
