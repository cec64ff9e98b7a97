//! Keys for comparing words of any language, and the words an identifier is made of.
//!
//! [`fold`] is for looking words up: it forgets case, accents, spaces and punctuation, so two different
//! identifiers may share a key. [`identifier_key`] is for names: it forgets case and separators only.
//! The build script compiles this file too, so that the lexicon's keys are made by the same code.

use std::borrow::Cow;
use std::ops::ControlFlow;

use unicode_normalization::char::decompose_compatible;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The key of `text` for looking it up among words: compatibility-decomposed, lower case, without accents,
/// spaces, punctuation and invisible characters; dotted and dotless i are one letter. A text of nothing
/// but punctuation (`-`) is its own key. Borrowed if `text` already is its key.
pub fn fold(text: &str) -> Cow<'_, str> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Cow::Borrowed(text);
    }
    let mut key = String::with_capacity(text.len());
    fold_into(text, &mut key);
    Cow::Owned(key)
}

/// Writes the key of `text` (see [`fold`]) into `key`, replacing what it held.
pub fn fold_into(text: &str, key: &mut String) {
    key.clear();
    let _ = fold_chars(text, |c| {
        key.push(c);
        ControlFlow::Continue(())
    });
}

/// Calls `emit` with each character of the key of `text`, until `emit` breaks.
pub(crate) fn fold_chars(text: &str, mut emit: impl FnMut(char) -> ControlFlow<()>) -> ControlFlow<()> {
    let mut empty = true;
    let mut counted = |c| {
        empty = false;
        emit(c)
    };
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            counted(c.to_ascii_lowercase())?;
        } else if matches!(c, '\u{4E00}'..='\u{9FFF}') {
            // Ideographs are their own key.
            counted(c)?;
        } else if !c.is_ascii() {
            each_part(c, |part| fold_part(part, &mut counted))?;
        }
    }
    if empty {
        for c in text.chars() {
            each_part(c, |part| match part {
                _ if is_invisible(part) => ControlFlow::Continue(()),
                '\u{2010}'..='\u{2015}' | '\u{2212}' => emit('-'),
                _ => emit(part),
            })?;
        }
    }
    ControlFlow::Continue(())
}

/// Calls `emit` with the characters that `c` decomposes to, until it breaks.
fn each_part(c: char, mut emit: impl FnMut(char) -> ControlFlow<()>) -> ControlFlow<()> {
    let mut flow = ControlFlow::Continue(());
    decompose_compatible(c, |part| {
        if flow.is_continue() {
            flow = emit(part);
        }
    });
    flow
}

fn fold_part(part: char, emit: &mut impl FnMut(char) -> ControlFlow<()>) -> ControlFlow<()> {
    if is_accent(part) || is_invisible(part) || is_punctuation(part) {
        return ControlFlow::Continue(());
    }
    for lower in part.to_lowercase() {
        match lower {
            'ı' => emit('i')?,
            'ł' => emit('l')?,
            'ø' => emit('o')?,
            'đ' => emit('d')?,
            'ς' => emit('σ')?,
            'ß' => {
                emit('s')?;
                emit('s')?;
            }
            _ => emit(lower)?,
        }
    }
    ControlFlow::Continue(())
}

/// Marks that a reader takes for the same letter. Marks that change the letter (Indic and Thai vowels,
/// the Japanese voicing mark) are not among them.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36F}'
        | '\u{483}'..='\u{487}'
        | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'..='\u{5C2}' | '\u{5C4}'..='\u{5C5}' | '\u{5C7}'
        | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}'
        | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Punctuation, by block; symbols such as `✓` and `×` are no punctuation, cells consist of them.
fn is_punctuation(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => !c.is_ascii_alphanumeric(),
        '\u{A0}'..='\u{BF}' | '\u{2B9}'..='\u{2DF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}' => {
            !c.is_alphanumeric()
        }
        '\u{55A}'..='\u{55F}'
        | '\u{589}'..='\u{58A}'
        | '\u{5BE}'
        | '\u{5F3}'..='\u{5F4}'
        | '\u{60C}'
        | '\u{61B}'
        | '\u{61F}'
        | '\u{640}'
        | '\u{66A}'..='\u{66D}'
        | '\u{6D4}'
        | '\u{964}'..='\u{965}'
        | '\u{2212}'
        | '\u{30FB}' => true,
        _ => false,
    }
}

/// The key of an identifier: letters and digits in compatibility form and lower case. Names with equal
/// keys differ in case or separators only. Borrowed if `name` already is its key.
pub fn identifier_key(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return Cow::Borrowed(name);
    }
    let mut key = String::with_capacity(name.len());
    identifier_key_into(name, &mut key);
    Cow::Owned(key)
}

/// Writes the key of `name` (see [`identifier_key`]) into `key`, replacing what it held.
pub fn identifier_key_into(name: &str, key: &mut String) {
    key.clear();
    if name.is_ascii() {
        key.push_str(name);
        key.make_ascii_lowercase();
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            key.retain(|c| c.is_ascii_alphanumeric());
        }
        return;
    }
    // Marks stay (a name with a lost accent is another name), so they are composed before the filter.
    if name.chars().all(is_plain) || is_nfkc_quick(name.chars()) == IsNormalized::Yes {
        name.chars().for_each(|c| add_letter(c, key));
    } else {
        name.nfkc().for_each(|c| add_letter(c, key));
    }
}

/// Whether a character is in compatibility form whatever stands beside it: those that most texts consist of, told
/// without a table.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\x7F' | 'À'..='ı' | 'Ĵ'..='ľ' | 'Ł'..='ň' | 'Ŋ'..='ž' | '\u{2018}'..='\u{201F}' | '\u{4E00}'..='\u{9FFF}')
}

/// Adds a letter, digit or mark to a key, in lower case; drops other characters.
fn add_letter(c: char, key: &mut String) {
    match c {
        '0'..='9' | 'a'..='z' | '\u{4E00}'..='\u{9FFF}' => key.push(c),
        'A'..='Z' => key.push(c.to_ascii_lowercase()),
        '\0'..='\x7F' => {}
        _ if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) => {
            key.extend(c.to_lowercase());
        }
        _ => {}
    }
}

/// Whether two names have the same [`identifier_key`]: they differ in case or separators only.
pub fn is_same_identifier(left: &str, right: &str) -> bool {
    let (ascii, other) = match (left.is_ascii(), right.is_ascii()) {
        (true, _) => (left, right),
        (_, true) => (right, left),
        (false, false) => return identifier_key(left) == identifier_key(right),
    };
    // A letter that stays what it is in compatibility form is in the key.
    let stays = |c: char| {
        !c.is_ascii() && c.is_alphanumeric() && is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes
    };
    let letters = |name: &str, wanted: &str| {
        let [name, wanted] = [name, wanted].map(|name| name.bytes().filter(u8::is_ascii_alphanumeric));
        name.map(|byte| byte.to_ascii_lowercase()).eq(wanted.map(|byte| byte.to_ascii_lowercase()))
    };
    if other.is_ascii() {
        return letters(ascii, other);
    }
    if other.chars().any(stays) {
        return false;
    }
    let key = identifier_key(other);
    key.is_ascii() && letters(ascii, &key)
}

/// A hash of a key, the same on every machine: one multiplication for eight bytes, since looking up short words
/// costs little else.
pub fn key_hash(key: &[u8]) -> u64 {
    let mix = |state: u64, word: u64| {
        let mixed = (state ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mixed ^ (mixed >> 32)
    };
    let (words, rest) = key.as_chunks::<8>();
    let state = words.iter().fold(key.len() as u64, |state, word| mix(state, u64::from_le_bytes(*word)));
    let last = rest.iter().rev().fold(0, |last, byte| last << 8 | u64::from(*byte));
    // Once more, so that the last letters tell in the upper half as well.
    mix(mix(state, last), 0)
}

/// A text in lower case, as most are.
pub fn lower(text: &str) -> Cow<'_, str> {
    let is_lower = text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) }
}

/// The anchor that renderers make of a heading: lower case, punctuation dropped, spaces to hyphens.
pub fn slug(heading: &str) -> String {
    let mut slug = String::with_capacity(heading.len());
    for c in heading.chars() {
        match c {
            ' ' => slug.push('-'),
            '-' | '_' | '0'..='9' | 'a'..='z' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            _ if !c.is_ascii() && c.is_alphanumeric() => slug.extend(c.to_lowercase()),
            _ => {}
        }
    }
    slug
}

/// An English word without its plural ending: `attributes` is `attribute`, `policies` is `policy`, `status` stays.
pub fn singular(word: &str) -> Cow<'_, str> {
    if word.len() > 4
        && let Some(stem) = word.strip_suffix("ies")
    {
        return Cow::Owned(format!("{stem}y"));
    }
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with(['s', 'u', 'i']));
    Cow::Borrowed(stem.unwrap_or(word))
}

/// [`singular`] of a text that may be changed in place.
pub fn into_singular(mut word: String) -> String {
    match singular(&word) {
        Cow::Borrowed(stem) => {
            let length = stem.len();
            word.truncate(length);
            word
        }
        Cow::Owned(stem) => stem,
    }
}

/// The words of an identifier as written: `creationTimeStamp` is `creation`, `Time`, `Stamp`. Words end at
/// separators, between lower and upper case, before the last capital of a run (`HTTPServer`), and
/// between letters and digits.
pub fn split_identifier(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            let word = rest.get(..first_word(rest)).filter(|word| !word.is_empty())?;
            rest = &rest[word.len()..];
            Some(word)
        })
    })
}

/// The length in bytes of the first word of `part`, which holds letters and digits only.
fn first_word(part: &str) -> usize {
    if !part.is_ascii() {
        return first_word_of_any_script(part);
    }
    let bytes = part.as_bytes();
    let ends = |at: usize| {
        let (before, byte) = (bytes[at - 1], bytes[at]);
        let humped = !before.is_ascii_uppercase() || bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        byte.is_ascii_uppercase() && humped || before.is_ascii_digit() != byte.is_ascii_digit()
    };
    (1..bytes.len()).find(|at| ends(*at)).unwrap_or(part.len())
}

fn first_word_of_any_script(part: &str) -> usize {
    let mut chars = part.char_indices().peekable();
    let mut previous = None;
    while let Some((at, c)) = chars.next() {
        if let Some(before) = previous.replace(c) {
            let before: char = before;
            let humped = c.is_uppercase() && !before.is_uppercase();
            let after_run = c.is_uppercase() && chars.peek().is_some_and(|(_, next)| next.is_lowercase());
            if humped || after_run || before.is_numeric() != c.is_numeric() {
                return at;
            }
        }
    }
    part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn same_identifiers_have_the_same_key(
            left in "[a-cA-C_ é\u{301}ＡKİı①\u{200b}]{0,5}",
            right in "[a-cA-C_ é\u{301}ＡKİı①\u{200b}]{0,5}",
        ) {
            let same = identifier_key(&left) == identifier_key(&right);
            proptest::prop_assert_eq!(is_same_identifier(&left, &right), same);
            proptest::prop_assert_eq!(is_same_identifier(&right, &left), same);
        }
    }

    #[test]
    fn words_fold_to_the_letters_a_reader_sees() {
        for (text, key) in [
            ("Required (Y/N)", "requiredyn"),
            ("Peut être mise à jour", "peutetremiseajour"),
            ("İSTEK / ısı", "istekisi"),
            ("ＧＵＩＤ　型", "guid型"),
            ("Długość\u{a0}(min.)", "dlugoscmin"),
            ("[是]", "是"),
            ("**✔\u{fe0f}**", "✔"),
            ("×", "×"),
            (" - ", "-"),
            ("—", "-"),
            ("", ""),
            ("nullable\u{200b}", "nullable"),
            ("Größe", "grosse"),
        ] {
            assert_eq!(fold(text), key, "{text}");
        }
    }

    #[test]
    fn folding_keeps_marks_that_change_the_letter() {
        assert_ne!(fold("か"), fold("が"));
        assert_ne!(fold("कि"), fold("कु"));
        assert_eq!(fold("e\u{301}"), fold("é"));
    }

    #[test]
    fn folded_text_is_its_own_key() {
        for text in ["Größe", "必要項", "Обязательно", "İ", "--", "ﬁle"] {
            let key = fold(text).into_owned();
            assert_eq!(fold(&key), key);
        }
    }

    #[test]
    fn identifier_keys_forget_case_and_separators_only() {
        assert_eq!(identifier_key("Friendly-name"), identifier_key("friendlyName"));
        assert_eq!(identifier_key("adresse"), "adresse");
        assert_ne!(identifier_key("quantité"), identifier_key("quantite"));
        assert_eq!(identifier_key("ｉｄ"), "id");
        assert_eq!(identifier_key("quantite\u{301}"), identifier_key("QUANTITÉ"));
    }

    #[test]
    fn plain_characters_are_their_own_compatibility_form() {
        for c in (0..=0xFFFF).filter_map(char::from_u32).filter(|c| is_plain(*c)) {
            assert_eq!(is_nfkc_quick([c].into_iter()), IsNormalized::Yes, "{c:?}");
            // Nor do they compose with what stands before them.
            assert_eq!(unicode_normalization::char::canonical_combining_class(c), 0, "{c:?}");
        }
    }

    #[test]
    fn identifiers_split_at_humps_separators_and_digits() {
        let split = |name| split_identifier(name).collect::<Vec<_>>();
        assert_eq!(split("creationTimeStamp"), ["creation", "Time", "Stamp"]);
        assert_eq!(split("addressLine1"), ["address", "Line", "1"]);
        assert_eq!(split("customer-tenant_id"), ["customer", "tenant", "id"]);
        assert_eq!(split("HTTPServerURL"), ["HTTP", "Server", "URL"]);
        assert_eq!(split("criaçãoTimeStamp"), ["criação", "Time", "Stamp"]);
        assert_eq!(split("--"), [""; 0]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_folds(text in ".*") {
            let key = fold(&text).into_owned();
            proptest::prop_assert_eq!(&fold(&key), &key);
            let _ = identifier_key(&text);
            proptest::prop_assert!(!text.is_ascii() || first_word(&text) == first_word_of_any_script(&text));
            let words: String = split_identifier(&text).collect();
            let letters: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
            proptest::prop_assert_eq!(words, letters);
        }
    }
}
