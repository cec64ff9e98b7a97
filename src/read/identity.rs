//! Who a page is: its locale, and the page it is a translation of.
//!
//! Locale: what the text says of itself (front matter, `<html lang>`), then what the path shows. Page: the path of its
//! source, as far as the [`Layout`] tells.

use super::layout::Layout;
use crate::lexicon::languages;
use crate::source::Locale;
use crate::tags;
use crate::text::lines;

/// Front matter and the root element stand within so many bytes.
const HEAD: usize = 4096;

/// Front matter keys that name the locale, strongest first.
const KEYS: [&str; 3] = ["ms.contentlocale", "lang", "locale"];

/// Locale and page of the text at `path`.
pub fn identity(layout: &Layout, path: &str, text: &str) -> (Option<Locale>, String) {
    let place = layout.of(path);
    if path.strip_suffix(".po").is_some() {
        // Both texts of a catalogue are in it: no other page is its source.
        return (catalogue(path, text).or(place.locale), path.to_owned());
    }
    if layout.is_named(path) {
        return (place.locale, place.page);
    }
    let locale = match (declared(path, text), place.locale) {
        // A translator who forgot the key: the words tell.
        (Some(said), Some(shown))
            if said.language() != shown.language()
                && languages::of_text(text).is_some_and(|is| languages::kin(is, shown.language())) =>
        {
            Some(shown)
        }
        (said, shown) => said.or(shown),
    };
    (locale, place.page)
}

/// The locale of a gettext catalogue: its header names it, else its name or the folder above `LC_MESSAGES` does.
fn catalogue(path: &str, text: &str) -> Option<Locale> {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let header = text[..end].lines().find_map(|line| line.trim().strip_prefix("\"Language: "));
    let tag = header.and_then(|rest| rest.split(['\\', '"', '@', '.']).next()).map(str::trim);
    let steps: Vec<&str> = path.split('/').collect();
    let name = steps.last().and_then(|name| name.strip_suffix(".po"));
    let folder =
        steps.iter().position(|step| *step == "LC_MESSAGES").and_then(|at| steps.get(at.checked_sub(1)?));
    let named = |name: &str| tags::locale(name).map(|(locale, _)| locale);
    tag.and_then(Locale::parse)
        .or_else(|| name.and_then(named))
        .or_else(|| folder.and_then(|name| named(name)))
}

/// What the text says about itself.
fn declared(path: &str, text: &str) -> Option<Locale> {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // A byte order mark, or the `?` that a bad conversion made of it.
    let head = text[..end].trim_start_matches(['\u{feff}', '?']);
    if head.starts_with("---") {
        return front_matter(head);
    }
    let is_html = path.len() > 4
        && (path.as_bytes()[path.len() - 4..].eq_ignore_ascii_case(b"html")
            || path.as_bytes()[path.len() - 4..].eq_ignore_ascii_case(b".htm"));
    if is_html { root_language(head) } else { None }
}

/// `key: value` lines between `---` lines.
fn front_matter(head: &str) -> Option<Locale> {
    let mut lines = lines(head);
    lines.next().filter(|line| line.trim_end() == "---")?;
    let mut best = KEYS.len();
    let mut found = None;
    for line in lines {
        // No other line starts like one that counts.
        if !matches!(line.as_bytes(), [b'-' | b'.' | b'm' | b'l', ..]) {
            continue;
        }
        if best == 0 || matches!(line.trim_end(), "---" | "...") {
            break;
        }
        let value_of = |key: &str| line.strip_prefix(key)?.trim_start().strip_prefix(':');
        let Some((rank, value)) =
            KEYS[..best].iter().enumerate().find_map(|(rank, key)| Some((rank, value_of(key)?)))
        else {
            continue;
        };
        let value = value.split(" #").next().unwrap_or("").trim().trim_matches(['"', '\'']);
        // `lang: js` may speak of code; the long key speaks of locales only, pseudo-locales included.
        let locale =
            if rank == 0 { Locale::parse(value) } else { tags::locale(value).map(|(locale, _)| locale) };
        if locale.is_some() {
            (best, found) = (rank, locale);
        }
    }
    found
}

/// `<html lang="..">`.
fn root_language(head: &str) -> Option<Locale> {
    let lower = head.to_ascii_lowercase();
    let start = lower.find("<html")? + "<html".len();
    let tag = &head[start..start + lower[start..].find('>')?];
    let mut from = 0;
    while let Some(at) = lower[start + from..start + tag.len()].find("lang") {
        let (before, after) = (&tag[..from + at], tag[from + at + 4..].trim_start());
        from += at + 4;
        // Not `xml:lang`, not `hreflang`.
        if let (true, Some(value)) =
            (before.ends_with(|c: char| c.is_ascii_whitespace()), after.strip_prefix('='))
        {
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(['"', '\'', ' ', '\t', '\n', '/']).unwrap_or(value.len());
            return Locale::parse(&value[..end]);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::LocaleRoot;
    use super::super::layout::Given;
    use super::*;

    fn of(
        roots: &[LocaleRoot],
        names: &BTreeMap<String, Locale>,
        path: &str,
        text: &str,
    ) -> (String, String) {
        let given = Given { roots, names, patterns: &[] };
        let layout = Layout::new(&given, &[path], &|_| None);
        let (locale, page) = identity(&layout, path, text);
        (locale.map_or_else(|| "-".to_owned(), |locale| locale.to_string()), page)
    }

    #[track_caller]
    fn check(path: &str, text: &str, locale: &str, page: &str) {
        assert_eq!(of(&[], &BTreeMap::new(), path, text), (locale.to_owned(), page.to_owned()), "{path}");
    }

    #[test]
    fn a_locale_folder_names_locale_and_page() {
        check("corpus/nl-nl/develop/cart.md", "", "nl-NL", "develop/cart.md");
        check("zh-Hant-TW/cart.md", "", "zh-Hant-TW", "cart.md");
        check("en-us/old/fr-fr/cart.md", "", "fr-FR", "old/cart.md");
    }

    #[test]
    fn lookalikes_are_no_locales() {
        check("src/is/to-list/cart.md", "", "-", "src/is/to-list/cart.md");
        check("../../shared/x.txt", "", "-", "shared/x.txt");
        check("/srv/x.md", "", "-", "srv/x.md");
        check("nl-nl", "", "-", "nl-nl");
    }

    #[test]
    fn the_file_name_may_carry_the_locale() {
        check("docs/cart.fr.md", "", "fr", "docs/cart.md");
        check("docs/en-us/cart.pt-br.md", "", "pt-BR", "cart.md");
        check("docs/cart.v1.md", "", "-", "docs/cart.v1.md");
        check(".fr.md", "", "-", ".fr.md");
    }

    #[test]
    fn the_text_speaks_louder_than_the_path() {
        let text = "\u{feff}---\r\nlang: en\r\nms.contentlocale: sv-SE # machine\r\n---\r\n";
        check("nl-nl/cart.md", text, "sv-SE", "cart.md");
        check("cart.md", "?---\nlocale: 'fr-fr'\n---\n", "fr-FR", "cart.md");
        check("cart.md", "---\nlang: js\n---\n", "-", "cart.md");
        check("cart.md", "---\ntitle: x\n---\nlang: fr\n", "-", "cart.md");
        check("cart.md", "lang: fr\n", "-", "cart.md");
        check("a.html", "<!doctype html>\n<HTML class=x xml:lang=\"de\" lang=\"de-AT\">", "de-AT", "a.html");
        check("a.htm", "<html lang=fr>", "fr", "a.htm");
        check("a.md", "<html lang=fr>", "-", "a.md");
    }

    #[test]
    fn the_head_may_end_inside_a_character() {
        let text = format!("---\nlang: fr\nx: {}", "車".repeat(HEAD));
        check("cart.md", &text, "fr", "cart.md");
    }

    #[test]
    fn a_key_that_was_forgotten_is_no_language() {
        let text = "---\nlang: en\n---\nLe panier et les articles qui sont dans la liste du client.\n";
        check("docs/fr-fr/cart.md", text, "fr-FR", "cart.md");
    }

    #[test]
    fn what_a_file_says_beats_a_folder_setting() {
        let roots = [("docs", "en-US"), ("docs/nl", "nl"), ("docs/one.md", "de")].map(|(prefix, tag)| {
            LocaleRoot { prefix: prefix.to_owned(), locale: Locale::parse(tag).expect("a locale") }
        });
        for (path, text, locale, page) in [
            ("docs/a/b.md", "", "en-US", "a/b.md"),
            ("docs/a/b.md", "---\nlang: fr\n---\n", "fr", "a/b.md"),
            ("docs/nl/b.md", "", "nl", "b.md"),
            ("docs/b.it.md", "", "it", "b.md"),
            ("docs/pl-pl/b.md", "", "pl-PL", "b.md"),
            ("docs/one.md", "---\nlang: fr\n---\n", "de", "one.md"),
            ("docset/b.md", "", "-", "docset/b.md"),
        ] {
            assert_eq!(
                of(&roots, &BTreeMap::new(), path, text),
                (locale.to_owned(), page.to_owned()),
                "{path}"
            );
        }
    }

    #[test]
    fn names_of_the_user_are_locales() {
        let names = [("chs", "zh-Hans"), ("anglais", "en-US"), ("fr", "fr-CA")];
        let names = names.map(|(name, tag)| (name.to_owned(), Locale::parse(tag).expect("a locale")));
        let names = BTreeMap::from(names);
        for (path, locale, page) in [
            ("docs/CHS/a.md", "zh-Hans", "a.md"),
            ("docs/a.anglais.md", "en-US", "docs/a.md"),
            ("docs/fr/a.md", "fr-CA", "a.md"),
            ("docs/nl-nl/a.md", "nl-NL", "a.md"),
        ] {
            assert_eq!(of(&[], &names, path, ""), (locale.to_owned(), page.to_owned()), "{path}");
        }
    }

    proptest::proptest! {
        /// Any path and any text have an identity.
        #[test]
        fn every_page_is_somebody(
            path in "([a-z]{1,3}|fr-fr|\\.\\.|車|_|-|[./]){0,8}",
            text in "(---\n|lang|: |fr|\"|#|<html|=|>|車|\n|[ -~]){0,12}",
        ) {
            let roots = [LocaleRoot { prefix: "fr-fr".to_owned(), locale: Locale::parse("fr").expect("a locale") }];
            let names = BTreeMap::from([("c".to_owned(), roots[0].locale.clone())]);
            of(&roots, &names, &path, &text);
        }
    }
}
