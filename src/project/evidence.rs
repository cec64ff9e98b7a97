//! Which locale the others were translated from, by what their pages say: front matter that names it or a revision of
//! it, and paragraphs that nobody translated.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Page;
use crate::lexicon::languages;
use crate::read::{Chosen, Why};
use crate::source::Locale;

/// Keys of front matter that name the source's locale.
const NAMES: [&str; 10] = [
    "source_lang",
    "sourceLang",
    "source_language",
    "sourceLanguage",
    "source_locale",
    "sourceLocale",
    "original_lang",
    "original_language",
    "translated_from",
    "translatedFrom",
];

/// Keys of front matter with a revision of the source, which only translations have.
const REVISIONS: [&str; 9] = [
    "source_hash",
    "sourceHash",
    "source_commit",
    "sourceCommit",
    "source_revision",
    "source_updated_at",
    "original_hash",
    "translated_at",
    "translation_date",
];

/// So many pages of a locale are looked into, at most, and so many bytes of each.
const LOOKS: usize = 12;
const HEAD: usize = 6_000;

/// Shorter paragraphs do not show their language.
const LONG: usize = 80;

/// So many pages have to speak for a locale, at least.
const ENOUGH: usize = 2;

/// The locale that pages say they were translated from.
pub(super) fn source(pages: &[Page]) -> Option<Chosen> {
    let mut by_locale: BTreeMap<&Locale, Vec<&Page>> = BTreeMap::new();
    for page in pages.iter().filter(|page| !page.document.bilingual) {
        if let Some(locale) = &page.source.locale {
            by_locale.entry(locale).or_default().push(page);
        }
    }
    if by_locale.len() < 2 {
        return None;
    }
    let chosen = |locale: &Locale, why| Chosen { locale: locale.clone(), why };
    named(&by_locale)
        .or_else(|| unrevised(&by_locale))
        .map(|locale| chosen(locale, Why::Named))
        .or_else(|| left_over(&by_locale).map(|locale| chosen(locale, Why::LeftOver)))
}

type ByLocale<'p> = BTreeMap<&'p Locale, Vec<&'p Page>>;

/// What the pages of a locale say for a key.
fn value<'p>(page: &'p Page, keys: &[&str]) -> Option<&'p str> {
    let text = page.source.text.as_str();
    let value = keys.iter().find_map(|key| page.document.front_matter(text, key))?.trim();
    Some(value).filter(|value| !value.is_empty())
}

/// The locale that most pages with such a key name.
fn named<'p>(by_locale: &ByLocale<'p>) -> Option<&'p Locale> {
    let mut votes: BTreeMap<&Locale, usize> = BTreeMap::new();
    for (own, page) in by_locale.iter().flat_map(|(own, pages)| pages.iter().map(move |page| (own, page))) {
        let Some(said) = value(page, &NAMES).and_then(Locale::parse) else { continue };
        let akin = |locale: &&&Locale| locale.language() == said.language() && *locale != own;
        if let Some(locale) =
            by_locale.keys().find(|locale| ***locale == said).or(by_locale.keys().find(akin))
        {
            *votes.entry(locale).or_default() += 1;
        }
    }
    most(&votes)
}

/// The one locale whose pages have no revision of a source, while most pages of all others have one.
fn unrevised<'p>(by_locale: &ByLocale<'p>) -> Option<&'p Locale> {
    let is_revised = |page: &&&Page| value(page, &REVISIONS).is_some();
    let share = |pages: &Vec<&Page>| (pages.iter().filter(is_revised).count(), pages.len());
    let mut without = by_locale.iter().filter(|(_, pages)| share(pages).0 == 0).map(|(locale, _)| *locale);
    let first = without.next().filter(|_| without.next().is_none())?;
    let others = || by_locale.iter().filter(|(locale, _)| **locale != first).map(|(_, pages)| share(pages));
    let count: usize = others().map(|(revised, _)| revised).sum();
    (count >= ENOUGH && others().all(|(revised, all)| revised * 2 > all)).then_some(first)
}

/// The locale in whose language paragraphs are left over in others.
fn left_over<'p>(by_locale: &ByLocale<'p>) -> Option<&'p Locale> {
    let known: BTreeSet<&str> = by_locale.keys().map(|locale| locale.language()).collect();
    if known.len() < 2 {
        return None;
    }
    let mut votes: BTreeMap<&Locale, usize> = BTreeMap::new();
    for (own, pages) in by_locale {
        for page in pages.iter().take(LOOKS) {
            let said = languages_of(&page.source.text);
            let others = said.into_iter().filter(|said| !languages::kin(said, own.language()));
            for said in others.collect::<BTreeSet<_>>() {
                if let Some(locale) = by_locale.keys().find(|locale| locale.language() == said) {
                    *votes.entry(locale).or_default() += 1;
                }
            }
        }
    }
    most(&votes)
}

/// The languages of the paragraphs at the beginning of a page.
fn languages_of(text: &str) -> BTreeSet<&'static str> {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let paragraphs = text[..end].split("\n\n").filter(|paragraph| {
        let begins = paragraph.trim_start();
        paragraph.len() >= LONG && begins.starts_with(char::is_alphabetic)
    });
    paragraphs.filter_map(languages::of_text).collect()
}

/// What has enough votes, and twice as many as anything else.
fn most<'p>(votes: &BTreeMap<&'p Locale, usize>) -> Option<&'p Locale> {
    let (best, count) = votes.iter().max_by_key(|(_, count)| **count)?;
    let rest = votes.iter().filter(|(locale, _)| *locale != best).map(|(_, count)| *count).max();
    (*count >= ENOUGH && *count >= rest.unwrap_or(0) * 2).then_some(*best)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract;
    use crate::lexicon::Lexicon;
    use crate::source::{Encoding, Source};
    use crate::text::FileId;

    fn chosen(pages: &[(&str, &str)]) -> Option<(String, Why)> {
        let lexicon = Lexicon::default();
        let page = |(at, (path, text)): (usize, &(&str, &str))| {
            let (locale, page) = path.split_once('/').expect("a locale's folder");
            let source = Source {
                path: (*path).to_owned(),
                page: page.to_owned(),
                locale: Locale::parse(locale),
                text: (*text).to_owned(),
                encoding: Encoding::Utf8,
            };
            extract::page(FileId(at as u32), source, &lexicon)
        };
        let pages: Vec<Page> = pages.iter().enumerate().map(page).collect();
        source(&pages).map(|chosen| (chosen.locale.to_string(), chosen.why))
    }

    #[test]
    fn front_matter_names_the_source() {
        let named = "---\nsource_lang: pt\n---\n# Quay\n";
        let pages =
            [("pt/a.md", "# Cais\n"), ("pt/b.md", "# Porto\n"), ("en/a.md", named), ("en/b.md", named)];
        assert_eq!(chosen(&pages), Some(("pt".to_owned(), Why::Named)));
        assert_eq!(chosen(&pages[..3]), None);
    }

    #[test]
    fn translations_carry_a_revision_of_their_source() {
        let made = "---\nsource_hash: 4be1\n---\n# Quay\n";
        let pages = [("pt/a.md", "# Cais\n"), ("en/a.md", made), ("fr/a.md", made)];
        assert_eq!(chosen(&pages), Some(("pt".to_owned(), Why::Named)));
        let both = [("pt/a.md", made), ("en/a.md", made), ("fr/a.md", made)];
        assert_eq!(chosen(&both), None);
    }

    #[test]
    fn paragraphs_that_nobody_translated() {
        let left = "# Quay\n\nO barco está no cais, e todos os marinheiros que vão com ele estão também na cidade.\n";
        let own = "# Quay\n\nThe boat is at the quay, and all of the sailors that go with it are in the town as well.\n";
        let source = left.replace("Quay", "Cais");
        let pages = [("pt/a.md", &*source), ("pt/b.md", &*source), ("en/a.md", left), ("en/b.md", left)];
        assert_eq!(chosen(&pages), Some(("pt".to_owned(), Why::LeftOver)));
        assert_eq!(chosen(&[("pt/a.md", &*source), ("en/a.md", own)]), None);
    }
}
