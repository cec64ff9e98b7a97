use std::collections::BTreeMap;

use super::*;

fn locale(tag: &str) -> Option<Locale> {
    Locale::parse(tag)
}

fn marks(vocabulary: Vocabulary<'_>, text: &str) -> Vec<Mark> {
    vocabulary.marks(text).map(first).collect()
}

const EXTRA: &str = r#"
tag = "xx-XX"
[headers]
name = ["Nimi", "Position"]
[marks]
yes = ["Juu"]
no = ["X"]
required = ["Pakollinen."]
[methods]
PUT = ["Laita"]
POST = ["Laita", "Lähetä"]
[types]
string = ["merkkijono"]
"map<integer>" = ["kokonaislukukartta"]
[words]
cart = ["kori"]
warehouse = ["varasto"]
[values]
active = ["aktiivinen"]
"#;

#[test]
fn texts_are_found_whatever_their_case_accents_and_punctuation() {
    let lexicon = Lexicon::default();
    let words = lexicon.vocabulary(None);
    assert_eq!(words.header("REQUIRED?").collect::<Vec<_>>(), [HeaderRole::Required]);
    assert_eq!(words.header(" **Request\u{a0}URI** ").next(), Some(HeaderRole::RequestUri));
    assert_eq!(words.section("Response success and error codes").next(), Some(SectionRole::ResponseCodes));
    assert_eq!(marks(words, "✓"), [Mark::Yes]);
    assert_eq!(marks(words, "-"), [Mark::No]);
    assert_eq!(words.lead("Read-only"), Some(Lead::ReadOnly));
    assert_eq!(words.method("GET"), Some("GET"));
    assert_eq!(words.type_word("Guid").map(|found| found.phrase.word), Some(TypeWord::Guid));
    assert_eq!(words.word("Shopping Cart").next(), Some("cart"));
    assert_eq!(words.value("Per month").next(), Some("monthly"));
    assert_eq!(words.header("quantity").next(), None);
    assert_eq!(words.header("").next(), None);
    assert_eq!(words.header(&"é".repeat(1_000_000)).next(), None);
}

#[test]
fn a_users_file_adds_locales_words_and_meanings() {
    let lexicon = Lexicon::default().with_extra("own.toml", EXTRA).expect("a sound file");
    let (xx, fi, unknown) = (locale("xx-XX"), locale("yy-YY"), None);
    let page = lexicon.vocabulary(xx.as_ref());
    assert_eq!(page.header("Position").collect::<Vec<_>>(), [HeaderRole::Name]);
    assert_eq!(marks(page, "x"), [Mark::No]);
    assert_eq!(page.lead("pakollinen"), Some(Lead::Required));
    assert_eq!(page.method("Laita"), None, "two methods share the word");
    assert_eq!(page.method("LÄHETÄ"), Some("POST"));
    assert_eq!(page.word("varasto").collect::<Vec<_>>(), ["warehouse"]);
    assert_eq!(page.word("kori").collect::<Vec<_>>(), ["cart"]);
    assert_eq!(page.value("Aktiivinen").collect::<Vec<_>>(), ["active"]);
    let phrase = page.type_word("kokonaislukukartta").map(|found| found.phrase);
    assert_eq!(phrase, Some(TypePhrase { outer: Some(Outer::Map), word: TypeWord::Integer }));
    assert_eq!(page.type_word("String").map(|found| (found.english, found.native)), Some((true, true)));

    let elsewhere = lexicon.vocabulary(fi.as_ref());
    assert_eq!(elsewhere.header("Position").collect::<Vec<_>>(), [HeaderRole::Position]);
    assert_eq!(elsewhere.type_word("Merkkijono").map(|found| found.native), Some(false));
    let anywhere = lexicon.vocabulary(unknown);
    assert_eq!(anywhere.header("Position").count(), 2);
    assert!(marks(anywhere, "x").contains(&Mark::Yes) && marks(anywhere, "x").contains(&Mark::No));
}

#[test]
fn a_broken_file_is_told_by_file_and_line() {
    let error = |toml: &str| Lexicon::default().with_extra("own.toml", toml).expect_err("broken").to_string();
    assert_eq!(
        error("tag = \"xx-XX\"\n[headers]\n\nnmae = [\"Nimi\"]\n"),
        "own.toml:4: `nmae` is not a role of a lexicon"
    );
    assert_eq!(
        error("tag = \"xx-XX\"\n[heads]\nname = []\n"),
        "own.toml:2: `heads` is not a table of a lexicon"
    );
    assert_eq!(
        error("tag = \"xx-XX\"\n[types]\nstring = 1\n"),
        "own.toml:3: `string` must be a list of strings"
    );
    assert_eq!(error("[headers]\n"), "own.toml: `tag` is missing");
    assert_eq!(error("tag = \"not a tag\""), "own.toml: the tag `not a tag` is not a locale");
    assert!(error("tag = \"xx-XX\"\n[headers\n").starts_with("own.toml:2: "));
}

/// The build script refuses files that lack a role; this holds the merged table to the same.
#[test]
fn every_locale_defines_every_role() {
    let roles = |bit: usize| {
        let of_locale = MEANINGS.iter().filter(|meaning| meaning.locales >> bit & 1 == 1);
        let mut roles: Vec<String> = of_locale.map(|meaning| format!("{:?}", meaning.role)).collect();
        roles.sort();
        roles.dedup();
        roles
    };
    let english = LOCALES.iter().position(|tag| *tag == "en-US").expect("English is built in");
    let expected = roles(english);
    assert_eq!(expected.len(), ENGLISH_TYPES.len() + 27 + 4 + 3 + 7 + 17 + 8 + WORDS.len() + VALUES.len());
    for (bit, tag) in LOCALES.iter().enumerate() {
        assert!(Locale::parse(tag).is_some_and(|locale| locale.as_str() == *tag), "{tag}");
        assert_eq!(roles(bit), expected, "{tag}");
    }
}

/// One text with two meanings in one locale: harmless among words, values and header cells (readers ask
/// for all), among methods (then nothing is said) and between `no` and `none`; else a mistake in the file.
#[test]
fn no_locale_contradicts_itself() {
    let mut contradictions = Vec::new();
    for entry in &KEYS {
        let mut by_class: BTreeMap<Class, Vec<Meaning>> = BTreeMap::new();
        for meaning in &MEANINGS[entry.first as usize..entry.first as usize + entry.count as usize] {
            by_class.entry(meaning.role.class()).or_default().push(*meaning);
        }
        for (class, meanings) in by_class {
            let mut seen = 0;
            let twice = meanings.iter().fold(0, |twice, meaning| {
                let again = twice | seen & meaning.locales;
                seen |= meaning.locales;
                again
            });
            let absent = |meaning: &Meaning| matches!(meaning.role, Role::Mark(Mark::No | Mark::None));
            let harmless = matches!(class, Class::Word | Class::Value | Class::Header | Class::Method)
                || meanings.iter().all(absent);
            if twice != 0 && !harmless {
                let text = &TEXT[entry.start as usize..entry.start as usize + entry.len as usize];
                let tags: Vec<_> = LOCALES
                    .iter()
                    .enumerate()
                    .filter(|(bit, _)| twice >> bit & 1 == 1)
                    .map(|(_, tag)| tag)
                    .collect();
                contradictions.push(format!("{class:?} {text:?} in {tags:?}"));
            }
        }
    }
    assert_eq!(contradictions, [""; 0]);
}
