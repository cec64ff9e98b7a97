//! Compiles the lexicon files into one sorted, hashed static table, so that start-up costs nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

#[path = "src/fold.rs"]
#[allow(dead_code)]
mod fold;
#[path = "src/lexicon/hash.rs"]
mod hash;
#[path = "src/lexicon/source.rs"]
mod source;

use source::{Class, LexiconFile, MAX_KEY, type_key};

/// The file that says which roles there are.
const MODEL: &str = "en-US";

/// Key -> Rust expression of a role -> set of locales.
type Meanings = BTreeMap<String, BTreeMap<(Class, String), u64>>;

fn main() -> Result<(), Box<dyn Error>> {
    for input in ["build.rs", "src/fold.rs", "src/lexicon"] {
        println!("cargo::rerun-if-changed={input}");
    }
    let files = read_all(Path::new("src/lexicon"))?;
    let model = files.iter().find(|file| file.tag == MODEL).ok_or("src/lexicon/en-US.toml is missing")?;
    check(&files, model)?;
    let words = roles(model, Class::Word);
    let values = roles(model, Class::Value);
    let meanings = meanings(&files, &words, &values)?;
    let mut rust = String::new();
    let tags: Vec<&str> = files.iter().map(|file| file.tag.as_str()).collect();
    writeln!(rust, "static LOCALES: [&str; {}] = {tags:?};", tags.len())?;
    writeln!(rust, "static WORDS: [&str; {}] = {words:?};", words.len())?;
    writeln!(rust, "static VALUES: [&str; {}] = {values:?};", values.len())?;
    write_english_types(&mut rust, model)?;
    write_table(&mut rust, &meanings)?;
    let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    fs::write(Path::new(&out).join("lexicon.rs"), rust)?;
    Ok(())
}

fn read_all(folder: &Path) -> Result<Vec<LexiconFile>, Box<dyn Error>> {
    let mut files = Vec::new();
    for item in fs::read_dir(folder)? {
        let path = item?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.display().to_string();
            let file = source::parse(&name, &fs::read_to_string(&path)?)?;
            if path.file_stem().is_none_or(|stem| stem != file.tag.as_str()) {
                return Err(format!("{name}: the tag `{}` is not the file's name", file.tag).into());
            }
            files.push(file);
        }
    }
    files.sort_by(|a, b| a.tag.cmp(&b.tag));
    if files.len() > 48 {
        return Err("more than 48 locales do not leave room for users' own in a set of 64 bits".into());
    }
    Ok(files)
}

/// Every file defines exactly the roles of the model, each with at least one text.
fn check(files: &[LexiconFile], model: &LexiconFile) -> Result<(), Box<dyn Error>> {
    let roles = |file: &LexiconFile| -> BTreeSet<(Class, String)> {
        file.entries.iter().map(|entry| (entry.class, entry.role.clone())).collect()
    };
    let expected = roles(model);
    let mut problems = String::new();
    for file in files {
        let tag = &file.tag;
        let found = roles(file);
        for (class, role) in expected.difference(&found) {
            writeln!(problems, "src/lexicon/{tag}.toml: {class:?} role `{role}` is missing")?;
        }
        for entry in &file.entries {
            let (line, role) = (entry.line, &entry.role);
            if !expected.contains(&(entry.class, role.clone())) {
                writeln!(problems, "src/lexicon/{tag}.toml:{line}: `{role}` is no role of {MODEL}.toml")?;
            }
            if entry.texts.iter().all(|text| fold::fold(text).is_empty()) {
                writeln!(problems, "src/lexicon/{tag}.toml:{line}: `{role}` has no text")?;
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
}

/// The role keys of one class, in file order.
fn roles(file: &LexiconFile, class: Class) -> Vec<String> {
    file.entries.iter().filter(|entry| entry.class == class).map(|entry| entry.role.clone()).collect()
}

fn meanings(files: &[LexiconFile], words: &[String], values: &[String]) -> Result<Meanings, Box<dyn Error>> {
    let mut meanings = Meanings::new();
    let position = |list: &[String], role: &str| list.iter().position(|item| item == role);
    for (number, file) in files.iter().enumerate() {
        for entry in &file.entries {
            let role = match entry.class {
                Class::Header => format!("Role::Header(HeaderRole::{})", camel(&entry.role)),
                Class::Type => format!("Role::Type({})", type_expression(&entry.role)),
                Class::Mark => format!("Role::Mark(Mark::{})", camel(&entry.role)),
                Class::Lead => format!("Role::Lead(Lead::{})", camel(&entry.role)),
                Class::Method => format!("Role::Method(Method::{})", camel(&entry.role.to_lowercase())),
                Class::Section => format!("Role::Section(SectionRole::{})", camel(&entry.role)),
                Class::Part => format!("Role::Part(Part::{})", camel(&entry.role)),
                Class::Word => format!("Role::Word({})", position(words, &entry.role).ok_or("word")?),
                Class::Value => format!("Role::Value({})", position(values, &entry.role).ok_or("value")?),
            };
            for text in &entry.texts {
                let key = fold::fold(text).into_owned();
                if key.len() > MAX_KEY {
                    return Err(format!("src/lexicon/{}.toml: `{text}` is too long", file.tag).into());
                }
                if !key.is_empty() {
                    *meanings.entry(key).or_default().entry((entry.class, role.clone())).or_default() |=
                        1 << number;
                }
            }
        }
    }
    Ok(meanings)
}

fn type_expression(role: &str) -> String {
    let (outer, word) = type_key(role);
    let outer = match outer {
        None => "None".to_owned(),
        Some("?") => "Some(Outer::Nullable)".to_owned(),
        Some(outer) => format!("Some(Outer::{})", camel(outer)),
    };
    format!("TypePhrase {{ outer: {outer}, word: TypeWord::{} }}", camel(word))
}

fn write_english_types(rust: &mut String, model: &LexiconFile) -> Result<(), Box<dyn Error>> {
    let types: Vec<_> = model.entries.iter().filter(|entry| entry.class == Class::Type).collect();
    writeln!(rust, "static ENGLISH_TYPES: [(TypePhrase, &str); {}] = [", types.len())?;
    for entry in types {
        writeln!(rust, "    ({}, {:?}),", type_expression(&entry.role), entry.texts[0])?;
    }
    writeln!(rust, "];")?;
    Ok(())
}

/// One text of all keys, keys as ranges of it (no pointers, hence no relocations at start-up), the
/// meanings of each key with the most widespread first, a hash table of key numbers + 1, and a filter with a bit
/// for each key's hash: most words are not in the lexicon, and the filter is small enough to stay at hand.
fn write_table(rust: &mut String, meanings: &Meanings) -> Result<(), Box<dyn Error>> {
    let size = (meanings.len() * 2).next_power_of_two();
    let mut slots = vec![0_u16; size];
    let mut filter = vec![0_u64; (meanings.len() * 8).next_power_of_two() / 64];
    let (mut text, mut keys, mut all) = (String::new(), String::new(), String::new());
    let mut first = 0;
    for (number, (key, roles)) in meanings.iter().enumerate() {
        let hash = fold::key_hash(key.as_bytes());
        let (word, bit) = hash::filter_bit(hash, filter.len());
        filter[word] |= bit;
        let mut slot = hash::slot(hash, size);
        while slots[slot] != 0 {
            slot = (slot + 1) % size;
        }
        slots[slot] = u16::try_from(number + 1)?;
        let mut roles: Vec<_> = roles.iter().collect();
        roles.sort_by_key(|((class, role), locales)| (*class, u32::MAX - locales.count_ones(), role.clone()));
        let (start, len, count) = (text.len(), key.len(), roles.len());
        writeln!(keys, "    KeyEntry {{ start: {start}, len: {len}, first: {first}, count: {count} }},")?;
        text.push_str(key);
        for ((_, role), locales) in &roles {
            writeln!(all, "    Meaning {{ role: {role}, locales: {locales:#x} }},")?;
        }
        first += roles.len();
    }
    writeln!(rust, "#[allow(clippy::unicode_not_nfc)]\nstatic TEXT: &str = {text:?};")?;
    writeln!(
        rust,
        "#[allow(clippy::unreadable_literal)]\nstatic KEYS: [KeyEntry; {}] = [\n{keys}];",
        meanings.len()
    )?;
    writeln!(rust, "#[allow(clippy::unreadable_literal)]\nstatic MEANINGS: [Meaning; {first}] = [\n{all}];")?;
    writeln!(
        rust,
        "#[allow(clippy::unreadable_literal)]\nstatic FILTER: [u64; {}] = {filter:?};",
        filter.len()
    )?;
    writeln!(rust, "#[allow(clippy::unreadable_literal)]\nstatic SLOTS: [u16; {size}] = {slots:?};")?;
    Ok(())
}

/// `http_status` -> `HttpStatus`.
fn camel(key: &str) -> String {
    key.split('_')
        .filter_map(|word| {
            let mut chars = word.chars();
            chars.next().map(|first| first.to_uppercase().chain(chars).collect::<String>())
        })
        .collect()
}
