//! Targets of links as keys: what translations of one site rightly change in them is left out.

use std::borrow::Cow;

use crate::source::Locale;
use crate::tags::{self, Likeness};

/// Longest link target in bytes that is held against others.
const LONGEST: usize = 500;

/// The spellings of two languages in addresses: `de`, `de-de`, `de_DE`, and in names of files `CN`.
pub(super) struct Languages {
    tags: Vec<String>,
    regions: Vec<String>,
}

impl Languages {
    /// Of a page and of the page it is compared with.
    pub fn of(own: Option<&Locale>, theirs: Option<&Locale>) -> Self {
        let (mut tags, mut regions): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for locale in own.into_iter().chain(theirs) {
            tags.push(locale.as_str().to_ascii_lowercase());
            tags.push(locale.language().to_ascii_lowercase());
            let region = locale.as_str().rsplit('-').next().filter(|region| region.len() == 2);
            regions.extend(region.map(str::to_ascii_lowercase));
        }
        tags.sort_unstable();
        tags.dedup();
        Self { tags, regions }
    }

    fn has(&self, part: &str) -> bool {
        // Longer than any tag, as most parts are.
        if !(2..=10).contains(&part.len()) {
            return false;
        }
        let same = |tag: &String| {
            tag.len() == part.len()
                && tag
                    .bytes()
                    .zip(part.bytes())
                    .all(|(a, b)| a == b.to_ascii_lowercase() || a == b'-' && b == b'_')
        };
        self.tags.iter().any(same)
    }

    /// Whether a part of a file's name stands for one of the languages.
    fn is_mark(&self, part: &str) -> bool {
        self.has(part) || self.regions.iter().any(|region| region.eq_ignore_ascii_case(part))
    }

    /// A file's name without the mark of a language: `a.de.md`, `a_CN.md`, `a-ja.md`.
    fn unmarked<'t>(&self, name: &'t str) -> Cow<'t, str> {
        let file = name.split('#').next().unwrap_or(name);
        let Some((stem, end)) = file.rsplit_once('.') else { return Cow::Borrowed(name) };
        let marked = |(rest, mark): &(&str, &str)| !rest.is_empty() && self.is_mark(mark);
        let rest =
            stem.rsplit_once('.').filter(marked).or_else(|| stem.rsplit_once(['_', '-']).filter(marked));
        match rest {
            Some((rest, _)) => Cow::Owned(format!("{rest}.{end}{}", &name[file.len()..])),
            None => Cow::Borrowed(name),
        }
    }

    /// A target without the parts that name one of the languages, in small letters: path segments, the first label of
    /// a host, values of a query.
    pub fn key<'t>(&self, target: &'t str) -> Cow<'t, str> {
        let target = without_locale(target);
        let target = match target.strip_prefix("./") {
            Some(rest) => Cow::Owned(rest.to_owned()),
            None => target,
        };
        let target = self.without(target);
        if target.bytes().any(|b| b.is_ascii_uppercase()) {
            Cow::Owned(target.to_ascii_lowercase())
        } else {
            target
        }
    }

    fn without<'t>(&self, target: Cow<'t, str>) -> Cow<'t, str> {
        let parts =
            |text: &str| text.split(['/', '=', '.', '&', '?', '#', '_', '-']).any(|part| self.is_mark(part));
        if target.len() > LONGEST || !parts(&target) {
            return target;
        }
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (&*target, None),
        };
        let mut key = String::with_capacity(target.len());
        let hosted = path.contains("://");
        let last = path.rsplit('/').next().unwrap_or("");
        for (at, part) in path.split('/').filter(|part| !self.has(part)).enumerate() {
            if at > 0 {
                key.push('/');
            }
            if !hosted && part.as_ptr() == last.as_ptr() {
                key.push_str(&self.unmarked(part));
                continue;
            }
            // `https:`, nothing, the host.
            let label = part.split_once('.').filter(|(label, _)| hosted && at == 2 && self.has(label));
            key.push_str(label.map_or(part, |(_, rest)| rest));
        }
        let kept = query.into_iter().flat_map(|query| query.split('&'));
        let says_language = |pair: &&str| pair.split_once('=').is_some_and(|(_, value)| self.has(value));
        for (at, pair) in kept.filter(|pair| !says_language(pair)).enumerate() {
            key.push(if at == 0 { '?' } else { '&' });
            key.push_str(pair);
        }
        Cow::Owned(key)
    }

    /// Whether two targets that differ lead to the same page of one site: publishing turns `/azure/a` and `b.md` into
    /// whole addresses.
    pub fn is_same(&self, own: &str, theirs: &str) -> bool {
        if own.len().max(theirs.len()) > LONGEST {
            return false;
        }
        let path = |target: &str| -> (bool, String) {
            let key = self.key(target);
            let (absolute, path) = match key.split_once("://") {
                Some((_, rest)) => (true, rest.split_once('/').map_or("", |(_, path)| path)),
                None => (false, &*key),
            };
            let (page, fragment) = path.split_once('#').unwrap_or((path, ""));
            let page = page.strip_suffix(".md").or_else(|| page.strip_suffix(".mdx")).unwrap_or(page);
            (absolute, format!("{page}#{fragment}"))
        };
        let ((own_absolute, own), (absolute, theirs)) = (path(own), path(theirs));
        let (long, short) = if own.len() >= theirs.len() { (&own, &theirs) } else { (&theirs, &own) };
        let short = short.trim_start_matches(['.', '/']);
        let ends = long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
        !(own_absolute && absolute || short.starts_with('#')) && ends
    }
}

/// A URL or path without the segments that are locales.
pub(super) fn without_locale(target: &str) -> Cow<'_, str> {
    let is_locale = |part: &str| {
        let may_be = (5..=10).contains(&part.len()) && part.contains('-');
        may_be && tags::locale(part).is_some_and(|(_, likeness)| likeness == Likeness::Sure)
    };
    if target.contains('/') && target.split('/').any(is_locale) {
        Cow::Owned(target.split('/').filter(|part| !is_locale(part)).collect::<Vec<_>>().join("/"))
    } else {
        Cow::Borrowed(target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_an_address_is_left_out() {
        let (fr, en) = (Locale::parse("fr-FR"), Locale::parse("en"));
        let languages = Languages::of(fr.as_ref(), en.as_ref());
        for (own, theirs) in [
            ("/fr/b/", "/en/b/"),
            ("https://x.example/guide/fr/c.html", "https://x.example/guide/en/c.html"),
            ("https://fr.x.example/wiki/Tea", "https://en.x.example/wiki/Tea"),
            ("/fr_FR/d", "/d"),
            ("https://x.example/e?a=1&lang=fr", "https://x.example/e?a=1&lang=en"),
            ("https://x.example/e?hl=fr", "https://x.example/e"),
            ("../f.fr.md#g", "../f.md#g"),
            ("h_FR.md", "h.md"),
            ("i-fr.html", "i-en.html"),
        ] {
            assert_eq!(languages.key(own), languages.key(theirs), "{own}");
        }
        for (own, theirs) in [
            ("/fr/b", "/en/c"),
            ("a.fr.md", "b.md"),
            ("a-de.md", "a.md"),
            ("fr.md", "a.md"),
            ("https://x.example/de/c", "https://x.example/en/c"),
            ("/fri/b", "/b"),
        ] {
            assert_ne!(languages.key(own), languages.key(theirs), "{own}");
        }
    }
}
