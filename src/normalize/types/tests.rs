use super::*;
use crate::lexicon::Lexicon;
use crate::schema::{Enum, Member, Property, Schema, Shape, TypeDef};
use crate::source::Locale;

/// A language of its own, with inflection and compounds.
const LEXICON: &str = r#"
tag = "xx-XX"
[types]
string = ["tekenreeks", "ketju"]
integer = ["geheel getal"]
boolean = ["wartość logiczna"]
datetime = ["päivämäärä ja aika", "datum/tijd"]
object = ["objekt"]
array = ["matrix", "lijst"]
map = ["woordenlijst", "słownik"]
nullable = ["dopuszczająca wartość null"]
of = ["van", "met"]
uri = ["koppeling"]
[words]
link = ["koppeling"]
address = ["adresse"]
"#;

const CHINESE: &str = r#"
tag = "zz-ZZ"
[types]
string = ["字串"]
object = ["物件"]
array = ["陣列", "清單"]
map = ["字典"]
of = ["的"]
"#;

fn lexicon() -> Lexicon {
    let lexicon = Lexicon::default().with_extra("xx.toml", LEXICON).expect("sound");
    lexicon.with_extra("zz.toml", CHINESE).expect("sound")
}

fn reading(text: &str, link: Option<&str>, tag: &str) -> TypeReading {
    read(text, link, &lexicon().vocabulary(Locale::parse(tag).as_ref()))
}

fn array(ty: Type) -> Type {
    Type::Array(Box::new(ty))
}

fn map(ty: Type) -> Type {
    Type::Map(Box::new(ty))
}

fn named(name: &str) -> Type {
    Type::Named(name.to_owned())
}

fn string() -> Type {
    Type::String(Format::Plain)
}

fn object() -> Type {
    Type::Object(Box::default())
}

#[test]
fn english_cells_are_read_as_written() {
    let cases = [
        ("string", string()),
        ("String", string()),
        ("int", Type::Integer),
        ("GUID", Type::String(Format::Uuid)),
        ("DateTime", Type::String(Format::DateTime)),
        ("string in the UTC date-time format", Type::String(Format::DateTime)),
        ("string (guid)", Type::String(Format::Uuid)),
        ("string(50)", string()),
        ("string; Unique", string()),
        ("string, 50 characters at the very most", string()),
        ("ISO 8601 duration", Type::String(Format::Duration)),
        ("array[string]", array(string())),
        ("map[string]string", map(string())),
        ("array of strings", array(string())),
        ("IEnumerable<string>", array(string())),
        ("CartLineItem[]", array(named("CartLineItem"))),
        ("List of CartLineItem objects.", array(named("CartLineItem"))),
        ("array of Device objects", array(named("Device"))),
        ("List<QuantityDetail>", array(named("QuantityDetail"))),
        ("Dictionary<string, string>", map(string())),
        ("Dictionary < String, IEnumerable<int> >", map(array(Type::Integer))),
        ("RenewsTo", named("RenewsTo")),
        ("Nullable<int>", Type::Integer),
        ("int or string", Type::OneOf(vec![Type::Integer, string()])),
        ("string | int", Type::OneOf(vec![string(), Type::Integer])),
    ];
    for (text, ty) in cases {
        let reading = reading(text, None, "en-US");
        assert_eq!((reading.ty, reading.quality), (Some(ty), Quality::Exact), "{text}");
        assert_eq!(reading.canonical, None, "{text}");
    }
}

#[test]
fn null_is_told_in_every_way() {
    for text in [
        "nullable boolean",
        "boolean?",
        "boolean | null",
        "Nullable<bool>",
        "wartość logiczna dopuszczająca wartość null",
    ] {
        let reading = reading(text, None, "xx-XX");
        assert_eq!((reading.ty, reading.nullable), (Some(Type::Boolean), true), "{text}");
    }
}

#[test]
fn translated_cells_come_with_the_english_text() {
    let cases = [
        ("Tekenreeks; Uniek", string(), "string"),
        ("tekenreeksmatrix", array(string()), "array of strings"),
        ("matrix van tekenreeksen", array(string()), "array of strings"),
        ("Lijst met CartLineItem-objekten", array(named("CartLineItem")), "array of CartLineItem"),
        ("Woordenlijst<tekenreeks, tekenreeks>", map(string()), "Dictionary<string, string>"),
        ("IEnumerable<tekenreeks>", array(string()), "IEnumerable<string>"),
        ("tekenreeks in UTC-datum/tijd-notatie", Type::String(Format::DateTime), "datetime"),
        ("geheel getal?", Type::Integer, "integer"),
    ];
    for (text, ty, english) in cases {
        let reading = reading(text, None, "xx-XX");
        assert_eq!((reading.ty, reading.quality), (Some(ty), Quality::Translated), "{text}");
        assert_eq!(reading.canonical.as_deref(), Some(english), "{text}");
    }
}

#[test]
fn scripts_without_spaces_are_cut_at_known_words() {
    for (text, ty) in [
        ("字串的陣列", array(string())),
        ("CartLineItem物件的清單。", array(named("CartLineItem"))),
        ("字典 < 字串，字串 >", map(string())),
    ] {
        assert_eq!(reading(text, None, "zz-ZZ").ty, Some(ty), "{text}");
    }
}

#[test]
fn moved_brackets_are_garbled_and_guessed() {
    for (text, ty) in [
        ("Tekenreeks<, tekenreeks>", Some(map(string()))),
        ("Tekenreeks < słownika, tekenreeks>", Some(map(string()))),
        ("<Tekenreeks słownika, objekt>", Some(map(object()))),
        ("<string> IEnumerable", Some(array(string()))),
        ("Artefakt<IEnumerable>", Some(array(Type::Any))),
        ("QuantityDetail IEnumerable<>", Some(array(named("QuantityDetail")))),
        ("<<<", None),
    ] {
        let reading = reading(text, None, "xx-XX");
        assert_eq!((reading.ty, reading.quality), (ty, Quality::Garbled), "{text}");
    }
}

#[test]
fn formats_and_bounds_in_angle_brackets_are_sound() {
    for (text, ty) in [
        ("string<uuid>", Type::String(Format::Uuid)),
        ("string<date-time>", Type::String(Format::DateTime)),
        ("string<enum>", string()),
        ("string<ipv4>", string()),
        ("integer<int64>", Type::Integer),
        ("number<float>", Type::Number),
        ("object<CartLineItem>", named("CartLineItem")),
        ("array<string<uuid>>", array(Type::String(Format::Uuid))),
        ("<string>", string()),
        ("integer >= 1", Type::Integer),
        ("string <= 64", string()),
    ] {
        let reading = reading(text, None, "en-US");
        assert_eq!((reading.ty, reading.quality), (Some(ty), Quality::Exact), "{text}");
    }
}

#[test]
fn null_is_read_behind_brackets() {
    for (text, ty) in [
        ("object[] or null", array(object())),
        ("string[] oder null", array(string())),
        ("array<string> or null", array(string())),
    ] {
        let reading = reading(text, None, "en-US");
        assert_eq!((reading.ty, reading.nullable), (Some(ty), true), "{text}");
    }
}

#[test]
fn links_name_what_words_leave_open() {
    let link = Some("utility-resources.md#link");
    assert_eq!(reading("Koppeling", link, "xx-XX").ty, Some(named("link")));
    assert_eq!(reading("matrix van objekten", Some("#device"), "xx-XX").ty, Some(array(named("device"))));
    assert_eq!(reading("IEnumerable<成品>", Some("#artifact"), "xx-XX").ty, Some(array(named("artifact"))));
    assert_eq!(reading("objekt met sku", Some("#sku"), "xx-XX").ty, Some(named("sku")));
    assert_eq!(reading("geheel getal magazynowej", Some("#sku"), "xx-XX").ty, Some(named("sku")));
    assert_eq!(reading("string", Some("#text"), "xx-XX").ty, Some(string()));
    let own = reading("OrderLinks", Some("a.md#resourcelinks"), "en-US");
    assert_eq!((own.ty, own.named.as_deref()), (Some(named("OrderLinks")), Some("resourcelinks")));
    let open = reading("Koppeling", None, "xx-XX");
    assert_eq!((open.quality, open.named.as_deref()), (Quality::Vague, Some("link")));
}

#[test]
fn vague_and_unknown_cells_are_told_apart() {
    for text in ["Object", "Array of objects", "array", "objekt", "Dictionary"] {
        assert_eq!(reading(text, None, "xx-XX").quality, Quality::Vague, "{text}");
    }
    for text in ["", "  ", "tiers", "gone fishing", "1"] {
        assert_eq!(reading(text, None, "en-US").ty, None, "{text}");
    }
    assert_eq!(reading("adresse", None, "xx-XX").named.as_deref(), Some("address"));
    let prose = "The name of the customer as it stands in the contract between partner and customer";
    assert_eq!(reading(prose, None, "en-US").ty, None);
}

#[test]
fn types_are_printed_as_english_pages_write_them() {
    assert_eq!(english(&array(array(Type::Boolean))), "array of array of boolean");
    assert_eq!(english(&map(named("Link"))), "Dictionary<string, Link>");
    assert_eq!(english(&Type::OneOf(vec![Type::Integer, Type::Null])), "integer | null");
}

fn schema() -> Schema {
    let member = Member {
        value: "monthly".to_owned(),
        declared: "Monthly".to_owned(),
        number: None,
        aliases: Vec::new(),
        doc: String::new(),
        place: None,
        origin: None,
    };
    let mut schema = Schema::default();
    let mut add = |name: &str, shape| {
        let def = TypeDef { name: name.to_owned(), doc: String::new(), shape, place: None, origin: None };
        schema.types.insert(name.to_owned(), def);
    };
    let item =
        crate::schema::Object { properties: vec![Property::new("id", Type::Integer)], ..Default::default() };
    add("Item", Shape::Object(item));
    let pair = vec![Property::new("key", string()), Property::new("value", string())];
    add("Pair", Shape::Object(crate::schema::Object { properties: pair, ..Default::default() }));
    add("Cycle", Shape::Enum(Enum { members: vec![member], open: false }));
    add("Alias", Shape::Alias(array(named("Item"))));
    schema
}

#[test]
fn documented_types_hold_what_the_model_says() {
    let schema = schema();
    let duration = Type::String(Format::Duration);
    for (documented, model, expected) in [
        (string(), Type::Integer, Holds::No),
        (Type::Integer, string(), Holds::No),
        (string(), duration.clone(), Holds::Yes),
        (Type::String(Format::Uuid), duration.clone(), Holds::No),
        (Type::String(Format::Uuid), string(), Holds::Yes),
        (Type::Number, Type::Integer, Holds::Yes),
        (Type::Integer, Type::Number, Holds::No),
        (string(), named("Cycle"), Holds::Yes),
        (object(), named("Cycle"), Holds::Vaguely),
        (Type::Integer, named("Cycle"), Holds::No),
        (object(), named("Item"), Holds::Vaguely),
        (array(object()), array(named("Item")), Holds::Vaguely),
        (array(named("Item")), named("Item"), Holds::No),
        (array(named("Item")), named("Alias"), Holds::Yes),
        (named("Item"), named("Item"), Holds::Yes),
        (named("Cycle"), string(), Holds::Yes),
        (named("Elsewhere"), named("Item"), Holds::Unknown),
        (map(string()), array(named("Pair")), Holds::Yes),
        (map(string()), array(named("Item")), Holds::No),
        (Type::OneOf(vec![Type::Integer, string()]), duration, Holds::Yes),
        (string(), Type::OneOf(vec![Type::Integer, string()]), Holds::Yes),
        (array(Type::Any), map(string()), Holds::No),
    ] {
        assert_eq!(holds(&documented, &model, &schema), expected, "{documented:?} for {model:?}");
    }
}

proptest::proptest! {
    #[test]
    fn any_cell_is_read(text in ".*", link in proptest::option::of(".*")) {
        let lexicon = lexicon();
        let _ = read(&text, link.as_deref(), &lexicon.vocabulary(None));
    }

    #[test]
    fn any_pile_of_brackets_is_read(text in "([<>,()\\[\\]?|; .]|string|IEnumerable|Dictionary|字串|of|Cart Item|é){0,40}") {
        let lexicon = lexicon();
        let _ = read(&text, Some("#x"), &lexicon.vocabulary(None));
    }
}
