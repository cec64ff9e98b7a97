//! One set of types, three readers: `spec` reads their source, schemars and serde are compiled with them.

use docdrift::schema::{Schema, SpecFile};
use docdrift::spec;
use serde_json::json;

use crate::agreement::assert_agrees;
use crate::dump::dump;
use crate::models::assert_same;
use crate::oracle::{Oracle, as_json_schema_says};

#[allow(missing_docs, dead_code, clippy::struct_field_names)]
#[path = "attributed/types.rs"]
mod types;

use types::{
    Adjacent, Collection, Defaulted, Expressions, External, Flattened, Internal, MaybeFlattened, Newtype,
    Nothing, Optional, Page, Point, Renamed, TwoWays, Untagged, UsesGenerics, Wait, Word,
};

fn source() -> Schema {
    let text = include_str!("attributed/types.rs").to_owned();
    spec::rust(vec![SpecFile { path: "types.rs".into(), text }])
}

#[test]
fn every_attribute_is_read() {
    insta::assert_snapshot!("attributed", dump(&source()));
}

#[test]
fn schemars_derives_the_same() {
    let compiled = Oracle::new()
        .with::<Expressions>()
        .with::<Renamed>()
        .with::<Defaulted>()
        .with::<Optional>()
        .with::<Flattened>()
        .with::<MaybeFlattened>()
        .with::<Word>()
        .with::<External>()
        .with::<Internal>()
        .with::<Adjacent>()
        .with::<Untagged>()
        .with::<Newtype>()
        .with::<Point>()
        .with::<Nothing>()
        .with::<UsesGenerics>()
        .named::<Collection<Word>>("Collection<Word, Page>")
        .named::<Collection<Option<i32>, Point>>("Collection<integer?, Point>")
        .named::<Collection<Collection<Option<i32>, Point>, Nothing>>(
            "Collection<Collection<integer?, Point>, Nothing>",
        )
        .schema();
    let mut types = as_json_schema_says(&source());
    // schemars cannot tell one type's two spellings as one, calls durations by name and looks through
    // transparent types.
    for name in ["TwoWays", "Wait", "Transparent"] {
        types.remove(name);
    }
    assert_same(&compiled, &Schema { types, ..Schema::default() });
}

#[test]
fn serde_does_the_same() {
    let schema = source();
    let page = Page { number: 1, size: 2 };
    assert_agrees(&schema, "Page", &page);
    assert_agrees(
        &schema,
        "Renamed",
        &Renamed { first_name: "a".into(), second_name: "b".into(), third_name: "c".into(), r#type: 1 },
    );
    assert_agrees(
        &schema,
        "TwoWays",
        &TwoWays { first_name: "a".into(), second_name: "b".into(), third_name: "c".into() },
    );
    assert_agrees(&schema, "Defaulted", &Defaulted { number: 1, text: "a".into() });
    assert_agrees(
        &schema,
        "Optional",
        &Optional {
            required: 1,
            default: 2,
            seven: 3,
            option: Some(4),
            left_out: Some(5),
            skipped: 6,
            only_read: 7,
            only_written: 8,
            list: vec![9],
            alias: Some(10),
        },
    );
    let rest = [("more".to_owned(), 1)].into();
    assert_agrees(&schema, "Flattened", &Flattened { own: "a".into(), page: page.clone(), rest });
    let (wait, since) = (std::time::Duration::from_millis(1), std::time::SystemTime::UNIX_EPOCH);
    assert_agrees(&schema, "Wait", &Wait { wait, since });
    assert_agrees(&schema, "Expressions", &expressions(Some(Box::new(expressions(None)))));
}

fn expressions(maybe: Option<Box<Expressions>>) -> Expressions {
    let mut message = json!({
        "text": "a", "letter": "b", "borrowed": "c", "boxed": 1, "shared": 1, "list": [1], "queue": [true],
        "fixed": [1, 2, 3], "set": ["d"], "hashed": ["e"], "map": { "f": [1] }, "numbered": { "1": "g" },
        "pair": ["h", 1], "unit": null, "any": { "i": 1 }, "options": [1, null], "path": "/j"
    });
    message["maybe"] = serde_json::to_value(maybe).unwrap();
    serde_json::from_value(message).unwrap()
}
