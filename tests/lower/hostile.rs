//! Any pages: a schema comes out, its places lie in its files, its names lead somewhere, and twice the same.

use std::fmt::Write as _;

use docdrift::extract::path::Path;
use docdrift::schema::{Additional, Location, Object, Origin, Schema, Shape, Type};
use docdrift::text::Place;
use proptest::prelude::*;

use super::{lowered, pages};

/// Visits the nameless objects in a type, whose names must lead somewhere.
fn types(schema: &Schema, ty: &Type, visit: &dyn Fn(&Object)) {
    match ty {
        Type::Named(name) => assert!(schema.get(name).is_some(), "{name} leads nowhere"),
        Type::Array(inner) | Type::Map(inner) => types(schema, inner, visit),
        Type::Tuple(all) | Type::OneOf(all) => all.iter().for_each(|ty| types(schema, ty, visit)),
        Type::Object(object) => {
            visit(object);
            object.properties.iter().for_each(|property| types(schema, &property.ty, visit));
        }
        _ => {}
    }
}

/// Panics where the schema does not hold together.
fn sound(schema: &Schema) {
    let place = |place: Option<Place>| {
        if let Some(place) = place {
            let file = schema.file(place.file).expect("a place lies in a file of the schema");
            assert!(file.text.get(place.span.range()).is_some(), "{place:?} lies in {}", file.path);
        }
    };
    let origin = |origin: &Option<Box<Origin>>| {
        let origin = origin.as_ref().expect("every part knows who says it");
        origin.witnesses.iter().for_each(|witness| place(Some(witness.place)));
    };
    let object = |object: &Object| {
        assert_eq!(object.additional, Additional::Unspecified);
        for property in &object.properties {
            place(property.place);
            origin(&property.origin);
        }
    };
    for (name, def) in &schema.types {
        assert_eq!(name, &def.name);
        assert!(!name.is_empty());
        place(def.place);
        origin(&def.origin);
        match &def.shape {
            Shape::Object(of) => {
                object(of);
                of.properties.iter().for_each(|property| types(schema, &property.ty, &object));
            }
            Shape::Enum(set) => set.members.iter().for_each(|member| origin(&member.origin)),
            Shape::Alias(_) => panic!("documentation has no aliases"),
        }
    }
    for operation in &schema.operations {
        origin(&operation.origin);
        operation.request.iter().for_each(|ty| types(schema, ty, &object));
        let bodies = operation.responses.iter().filter_map(|response| response.body.as_ref());
        bodies.for_each(|ty| types(schema, ty, &object));
        operation.parameters.iter().for_each(|parameter| types(schema, &parameter.ty, &object));
        let path = Path::read(&operation.path);
        let named: Vec<&str> = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Path)
            .map(|parameter| parameter.name.as_str())
            .collect();
        assert_eq!(path.placeholders(), named, "{} {}", operation.method, operation.path);
    }
    schema.notes.iter().for_each(|note| place(note.place));
}

fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "# Create a cart\n\n",
        "## Cart\n\n",
        "## <a name=\"cartlineitem\"></a>Radartikel\n\n",
        "### Request syntax\n\n",
        "### URI parameters\n\n",
        "### Request body\n\n",
        "### Properties\n\n",
        "### Response example\n\n",
        "## REST response\n\n",
        "The body is a [Cart](page.md#cart), see **CartLineItem**.\n\n",
        "| Property | Type | Required | Description |\n|---|---|---|---|\n",
        "| Egenskap | Typ | Beskrivning |\n|---|---|---|\n",
        "| Method | Request URI |\n|---|---|\n",
        "| Name | Type | Required | In |\n|---|---|---|---|\n",
        "| Value | Position | Description |\n|---|---|---|\n",
        "| Header | Description |\n|---|---|\n",
        "| HTTP Status Code | Error code |\n|---|---|\n| 404 | 7 |\n",
        "| id | string | Yes | Either \"a\" or \"b\" |\n",
        "| lineItems | array of [CartLineItem](#cartlineitem) | No | The [Cart](#cart) |\n",
        "| cart | [Cart](#cart) | Yes | itself |\n",
        "| id (a gloss) | Dictionary<string, [Cart](#cart)> |\n",
        "| **POST** | {baseURL}/v1/carts/{cart-id}/{cart-id}?a={b}&a=c&{} HTTP/1.1 |\n",
        "| GÖR | /v1//carts/{kund id/ |\n",
        "| cart-id | uuid | Nej | path |\n",
        "| Open | 1 | one |\n",
        "| X-Kund： | vad som helst |\n",
        "```http\nPOST https://a.example/v1/carts/7/8?a=1 HTTP/1.1\nX-A: b\n\n{\"id\": 7, \"lineItems\": [{\"cart\": {\"id\": \"a\"}}]}\n```\n\n",
        "```http\nHTTP/1.1 200 OK\n\n[{\"id\": \"x\", ...}, {\"a\": {\"0\": 1}}]\n```\n\n",
        "```json\n{\"lineItems\": {\"id\": null}, }}} [\n```\n\n",
        "\n",
        "\n\n",
    ];
    proptest::collection::vec(0..PIECES.len(), 0..30)
        .prop_map(|pieces| pieces.into_iter().map(|at| PIECES[at]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pages_make_a_sound_schema(first in text(), second in text(), translated in text()) {
        let pages = pages(&[
            ("en-US", "other.md", &second),
            ("en-US", "page.md", &first),
            ("sv-SE", "page.md", &translated),
        ]);
        for locale in [None, Some("en-US"), Some("sv-SE")] {
            let schema = lowered(&pages, locale);
            sound(&schema);
            prop_assert_eq!(&lowered(&pages, locale), &schema);
        }
    }
}

fn lower_alone(text: &str) -> Schema {
    let schema = lowered(&pages(&[("en-US", "page.md", text)]), None);
    sound(&schema);
    schema
}

const TABLE: &str = "| Property | Type | Description |\n|---|---|---|\n";

/// Sizes are chosen so that work beyond linear would not end in any patience.
#[test]
fn thousands_of_tables_of_one_name_end() {
    let mut text = "# Resources\n\n".to_owned();
    for at in 0..3_000 {
        write!(text, "## Order\n\n{TABLE}| a{at} | [Order](#order) | x |\n| b{at} | Order | y |\n\n")
            .unwrap();
    }
    assert!(lower_alone(&text).types.len() > 1_000);
}

#[test]
fn one_table_of_many_rows_of_one_name_ends() {
    let rows: Vec<String> = (0..20_000).map(|at| format!("| id | Type{at} | x |\n")).collect();
    let rows = rows.concat();
    let schema = lower_alone(&format!("# R\n\n## Order\n\n{TABLE}{rows}"));
    let Shape::Object(order) = &schema.get("Order").unwrap().shape else { panic!() };
    assert_eq!(order.properties.len(), 1);
}

#[test]
fn a_page_of_thousands_of_requests_ends() {
    let mut text = "# R\n\n## Request syntax\n\n| Method | Request URI |\n|---|---|\n".to_owned();
    for at in 0..3_000 {
        writeln!(text, "| GET | {{baseURL}}/v1/a{at}/{{x{at}}} |").unwrap();
    }
    text.push_str("\n## URI parameters\n\n| Name | Type | Required | Description |\n|---|---|---|---|\n");
    for at in 0..3_000 {
        writeln!(text, "| x{at} | string | Yes | y |").unwrap();
    }
    text.push_str("\n## Request example\n\n");
    for at in 0..200 {
        write!(text, "```http\nGET https://a.example/v1/a{at}/7 HTTP/1.1\nX-{at}: 1\n```\n\n").unwrap();
    }
    assert_eq!(lower_alone(&text).operations.len(), 3_000);
}

#[test]
fn deep_wide_and_recursive_bodies_end() {
    let deep = format!("{}1{}", "{\"id\": [".repeat(60), "]}".repeat(60));
    let keys: Vec<String> = (0..5_000).map(|at| format!("\"key{at}x\": {{\"id\": {at}}}")).collect();
    let lists: Vec<String> =
        (0..5_000).map(|at| format!("{{\"id\": {{\"id\": \"{at}\"}}, \"k{at}\": 1}}")).collect();
    let text = format!(
        "# R\n\n## Order\n\n{TABLE}| id | [Order](#order) | x |\n| all | array of Order | y |\n\n### Example\n\n\
         ```json\n{deep}\n```\n\n```json\n{{{}}}\n```\n\n```json\n{{\"all\": [{}]}}\n```\n",
        keys.join(", "),
        lists.join(", ")
    );
    lower_alone(&text);
}

#[test]
fn a_path_of_thousands_of_placeholders_is_none() {
    let path = "/{a}".repeat(5_000);
    let text =
        format!("# R\n\n## Request syntax\n\n| Method | Request URI |\n|---|---|\n| GET | /v1{path} |\n");
    let schema = lower_alone(&text);
    assert!(schema.operations.is_empty());
    assert_eq!(schema.notes.len(), 1, "{:?}", schema.notes);
}
