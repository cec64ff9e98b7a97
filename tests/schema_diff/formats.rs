//! Changes in every format.

use docdrift::report::Style;
use docdrift::report::schema_diff::{Format, Labelled, View, document_schema, render};
use docdrift::schema::{Schema, SpecFile};
use docdrift::schema_diff::{Languages, diff};
use docdrift::spec;

const BEFORE: &str = "\
#[derive(Serialize, Deserialize)]
pub struct Cart {
    pub id: i32,
    pub catalog_item_id: String,
    pub items: Vec<Item>,
}
#[derive(Serialize, Deserialize)]
pub struct Item { pub size: i32 }
";

const AFTER: &str = "\
#[derive(Serialize, Deserialize)]
pub struct Cart {
    pub id: String,
    pub catalog_id: String,
    pub items: Vec<String>,
    pub note: Option<String>,
}
";

fn read(path: &str, text: &str) -> Schema {
    spec::rust(vec![SpecFile { path: path.to_owned(), text: text.to_owned() }])
}

fn report(format: Format) -> String {
    let (before, after) = (read("old.rs", BEFORE), read("new.rs", AFTER));
    let found = diff(&before, &after, Languages::default());
    render(
        &View {
            found: &found,
            before: Labelled { label: "old.rs", schema: &before },
            after: Labelled { label: "new\u{1b}.rs", schema: &after },
        },
        format,
    )
}

#[test]
fn text() {
    insta::assert_snapshot!("text", report(Format::Text(Style::Plain)));
}

#[test]
fn colours_mark_the_words_that_differ() {
    let text = report(Format::Text(Style::Coloured));
    insta::assert_snapshot!("coloured", text.replace('\u{1b}', "^"));
}

#[test]
fn json() {
    let text = report(Format::Json);
    insta::assert_snapshot!("json", text);
    let document = serde_json::from_str(&text).unwrap();
    let validator = jsonschema::validator_for(&document_schema()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn markdown() {
    insta::assert_snapshot!("markdown", report(Format::Markdown));
}
