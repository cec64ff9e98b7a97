//! Who a page is: its locale, and the page it is a translation of.
//!
//! Locale: settings, then what the text says of itself (front matter, `<html lang>`), then the file
//! name (`page.fr.md`), then a folder of the path (`nl-nl/`). Page: the path below the locale's folder.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Mutex, PoisonError};

use super::LocaleRoot;
use crate::hash::HashMap;
use crate::source::Locale;
use crate::tags::{self, Likeness};
use crate::text::lines;

/// Front matter and the root element stand within so many bytes.
const HEAD: usize = 4096;

/// Front matter keys that name the locale, strongest first.
const KEYS: [&str; 3] = ["ms.contentlocale", "lang", "locale"];

/// Tells locale and page of each source of a run.
pub struct Identities<'a> {
    roots: &'a [LocaleRoot],
    names: &'a BTreeMap<String, Locale>,
    /// By folder: whether at least two folders in it are named like locales.
    families: Mutex<HashMap<String, bool>>,
}

impl<'a> Identities<'a> {
    pub fn new(roots: &'a [LocaleRoot], names: &'a BTreeMap<String, Locale>) -> Self {
        Self { roots, names, families: Mutex::default() }
    }

    /// Locale and page of the text at `path`.
    pub fn of(&self, path: &str, text: &str) -> (Option<Locale>, String) {
        let root = self.root(path);
        let folder = self.folder(path);
        let name = path.rfind('/').map_or(0, |slash| slash + 1);
        let suffix = self.suffix(&path[name..]);

        let below = match (&root, &folder) {
            (Some((start, _)), _) | (None, Some((start, _))) => *start,
            (None, None) => outside(path),
        };
        let page = match &suffix {
            Some((start, end, _)) => {
                [&path[below.min(name + start)..name + start], &path[name + end..]].concat()
            }
            None => path[below..].to_owned(),
        };
        let locale = root
            .map(|(_, locale)| locale)
            .or_else(|| declared(path, text))
            .or_else(|| suffix.map(|(_, _, locale)| locale))
            .or_else(|| folder.map(|(_, locale)| locale));
        (locale, page)
    }

    /// The longest configured root above `path`, and where the path goes on below it.
    fn root(&self, path: &str) -> Option<(usize, Locale)> {
        let fits = |root: &&LocaleRoot| {
            let rest = path.strip_prefix(root.prefix.as_str());
            root.prefix.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let root = self.roots.iter().filter(fits).max_by_key(|root| root.prefix.len())?;
        let start = root.prefix.len() + usize::from(!root.prefix.is_empty());
        // A file may be named itself.
        let start = if start > path.len() { path.rfind('/').map_or(0, |slash| slash + 1) } else { start };
        Some((start, root.locale.clone()))
    }

    /// The locale folder nearest to the file, and where the path goes on below it.
    fn folder(&self, path: &str) -> Option<(usize, Locale)> {
        let mut end = path.rfind('/')?;
        let mut bare = None;
        loop {
            let start = path[..end].rfind('/').map_or(0, |slash| slash + 1);
            match self.named(&path[start..end]) {
                Some((locale, Likeness::Sure)) => return Some((end + 1, locale)),
                Some((locale, Likeness::Bare)) if bare.is_none() && self.is_family(&path[..start]) => {
                    bare = Some((end + 1, locale));
                }
                _ => {}
            }
            if start == 0 {
                return bare;
            }
            end = start - 1;
        }
    }

    /// The locale of that name: the user's names first, then those made of codes.
    fn named(&self, name: &str) -> Option<(Locale, Likeness)> {
        if !self.names.is_empty()
            && let Some(locale) = self.names.get(&name.to_lowercase())
        {
            return Some((locale.clone(), Likeness::Sure));
        }
        tags::locale(name)
    }

    /// The locale in `page.fr.md`, with the bytes of `.fr`.
    fn suffix(&self, name: &str) -> Option<(usize, usize, Locale)> {
        let end = name.rfind('.')?;
        let start = name[..end].rfind('.').filter(|start| *start > 0)?;
        let (locale, _) = self.named(&name[start + 1..end])?;
        Some((start, end, locale))
    }

    /// Whether `folder` holds several folders named like locales: `docs/is` alone may be anything.
    fn is_family(&self, folder: &str) -> bool {
        let mut families = self.families.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = families.get(folder) {
            return *known;
        }
        let entries = fs::read_dir(if folder.is_empty() { "." } else { folder });
        let is_locale = |entry: &fs::DirEntry| {
            entry.file_type().is_ok_and(|kind| kind.is_dir())
                && entry.file_name().to_str().and_then(|name| self.named(name)).is_some()
        };
        let several = entries.is_ok_and(|entries| entries.flatten().filter(is_locale).nth(1).is_some());
        families.insert(folder.to_owned(), several);
        several
    }
}

/// Where a path that may lead out of the working folder starts to name things.
fn outside(path: &str) -> usize {
    let mut start = path.len() - path.trim_start_matches('/').len();
    while path[start..].starts_with("../") {
        start += 3;
    }
    start
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
    use super::*;

    fn identity(path: &str, text: &str) -> (String, String) {
        let (locale, page) = Identities::new(&[], &BTreeMap::new()).of(path, text);
        (locale.map_or_else(|| "-".to_owned(), |locale| locale.to_string()), page)
    }

    #[track_caller]
    fn check(path: &str, text: &str, locale: &str, page: &str) {
        assert_eq!(identity(path, text), (locale.to_owned(), page.to_owned()), "{path}");
    }

    #[test]
    fn a_locale_folder_names_locale_and_page() {
        check("corpus/nl-nl/develop/cart.md", "", "nl-NL", "develop/cart.md");
        check("zh-Hant-TW/cart.md", "", "zh-Hant-TW", "cart.md");
        check("en-us/old/fr-fr/cart.md", "", "fr-FR", "cart.md");
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
    fn settings_have_the_last_word() {
        let roots = [("docs", "en-US"), ("docs/nl", "nl"), ("docs/one.md", "de")].map(|(prefix, tag)| {
            LocaleRoot { prefix: prefix.to_owned(), locale: Locale::parse(tag).expect("a locale") }
        });
        let names = BTreeMap::new();
        let identities = Identities::new(&roots, &names);
        let of = |path: &str| {
            let (locale, page) = identities.of(path, "---\nlang: fr\n---\n");
            (locale.map(|locale| locale.to_string()).unwrap_or_default(), page)
        };
        assert_eq!(of("docs/a/b.md"), ("en-US".to_owned(), "a/b.md".to_owned()));
        assert_eq!(of("docs/nl/b.md"), ("nl".to_owned(), "b.md".to_owned()));
        assert_eq!(of("docs/one.md"), ("de".to_owned(), "one.md".to_owned()));
        assert_eq!(of("docset/b.md"), ("fr".to_owned(), "docset/b.md".to_owned()));
    }

    #[test]
    fn names_of_the_user_are_locales() {
        let names = [("chs", "zh-Hans"), ("english", "en-US"), ("fr", "fr-CA")];
        let names = names.map(|(name, tag)| (name.to_owned(), Locale::parse(tag).expect("a locale")));
        let names = BTreeMap::from(names);
        let of = |path: &str| {
            let (locale, page) = Identities::new(&[], &names).of(path, "");
            (locale.map_or_else(|| "-".to_owned(), |locale| locale.to_string()), page)
        };
        assert_eq!(of("docs/CHS/a.md"), ("zh-Hans".to_owned(), "a.md".to_owned()));
        assert_eq!(of("docs/a.english.md"), ("en-US".to_owned(), "docs/a.md".to_owned()));
        assert_eq!(of("docs/fr/a.md"), ("fr-CA".to_owned(), "a.md".to_owned()));
        assert_eq!(of("docs/nl-nl/a.md"), ("nl-NL".to_owned(), "a.md".to_owned()));
    }

    proptest::proptest! {
        /// Any path and any text have an identity; the page is never more than the path.
        #[test]
        fn every_page_is_somebody(
            path in "([a-z]{1,3}|fr-fr|\\.\\.|車|[./]){0,8}",
            text in "(---\n|lang|: |fr|\"|#|<html|=|>|車|\n|[ -~]){0,12}",
        ) {
            let roots = [LocaleRoot { prefix: "fr-fr".to_owned(), locale: Locale::parse("fr").expect("a locale") }];
            let names = BTreeMap::from([("c".to_owned(), roots[0].locale.clone())]);
            let (_, page) = Identities::new(&roots, &names).of(&path, &text);
            proptest::prop_assert!(page.len() <= path.len());
        }
    }
}
