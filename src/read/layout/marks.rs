//! Pieces of a path that may name its locale: `docs/fr/`, `docs-fr/`, `a.fr.md`, `README_CN.md`.

use std::collections::BTreeMap;

use crate::lexicon::languages;
use crate::source::Locale;
use crate::tags::{self, Likeness};

/// Codes that are words as well: a file `sign-in.md` is no Indian page. What the text says decides.
const WORDS: [&str; 24] = [
    "am", "an", "as", "ba", "be", "co", "cs", "cv", "ha", "he", "hi", "id", "in", "io", "is", "it", "ms",
    "my", "no", "or", "os", "so", "to", "ts",
];

/// What a piece may stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// The locales that it may be, the likeliest first; never empty.
    pub locales: Vec<Locale>,
    /// How far it can be trusted by itself.
    pub trust: Trust,
}

/// How far a name of a locale can be trusted by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// A country, a language's name, capitals: pages beside it have to show that it is one.
    Weak,
    /// A language's code, which may be a word or an abbreviation.
    Bare,
    /// Language and region, or what the user says.
    Sure,
}

/// What a name stands for; the user's names first.
pub fn meaning(name: &str, own: &BTreeMap<String, Locale>) -> Option<Meaning> {
    if name.len() > 24 || name.is_empty() {
        return None;
    }
    let lower = name.to_lowercase();
    if let Some(locale) = own.get(&lower) {
        return Some(Meaning { locales: vec![locale.clone()], trust: Trust::Sure });
    }
    let code = tags::locale(&lower);
    if let Some((locale, Likeness::Sure)) = code {
        return Some(Meaning { locales: vec![locale], trust: Trust::Sure });
    }
    let named = languages::named(&lower).cloned();
    let capital = name.starts_with(|c: char| c.is_ascii_uppercase());
    let bare = code.map(|(locale, _)| locale);
    let trust = if bare.is_some() && named.is_none() && !capital { Trust::Bare } else { Trust::Weak };
    // Hardly anybody translates into Kanuri: `kr` is Korea.
    let locales: Vec<Locale> = named.into_iter().chain(bare).collect();
    (!locales.is_empty()).then_some(Meaning { locales, trust })
}

/// Whether a code is a word or an ending of files as well.
pub fn is_word(code: &str) -> bool {
    WORDS.contains(&code.to_lowercase().as_str())
}

/// How a file's name carries its locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    /// `a.fr.md`.
    Dot,
    /// `a_fr.md`.
    Underscore,
    /// `a-fr.md`.
    Dash,
    /// `fr.a.md`, `fr_a.md`, `fr-a.md`.
    Lead,
}

/// A locale in a file's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InName {
    pub style: Style,
    /// As it is written.
    pub code: String,
    /// The name without it.
    pub rest: String,
    pub meaning: Meaning,
}

/// The places where a file's name may carry a locale, the likeliest first.
pub fn in_name(name: &str, own: &BTreeMap<String, Locale>) -> Vec<InName> {
    let mut found = Vec::new();
    let dots: Vec<usize> = name.match_indices('.').map(|(at, _)| at).collect();
    // Between two dots, from the right.
    for pair in dots.windows(2).rev() {
        let (start, end) = (pair[0], pair[1]);
        if start == 0 {
            continue;
        }
        let code = &name[start + 1..end];
        if let Some(meaning) = meaning(code, own) {
            let rest = [&name[..start], &name[end..]].concat();
            found.push(InName { style: Style::Dot, code: code.to_owned(), rest, meaning });
        }
    }
    let Some(&stem) = dots.iter().find(|at| **at > 0) else { return found };
    let breaks: Vec<usize> = name[..stem].match_indices(['_', '-']).map(|(at, _)| at).collect();
    for at in breaks.iter().rev().take(3).rev().filter(|at| **at > 0) {
        let code = &name[at + 1..stem];
        let Some(meaning) = meaning(code, own) else { continue };
        let style = if name[*at..].starts_with('_') { Style::Underscore } else { Style::Dash };
        let rest = [&name[..*at], &name[stem..]].concat();
        found.push(InName { style, code: code.to_owned(), rest, meaning });
        break;
    }
    let first =
        name.find(['.', '_', '-']).filter(|at| *at > 0 && *at < stem || dots.len() > 1 && *at == stem);
    if let Some(at) = first
        && let Some(meaning) = meaning(&name[..at], own)
        && name.len() > at + 1
    {
        let rest = name[at + 1..].to_owned();
        found.push(InName { style: Style::Lead, code: name[..at].to_owned(), rest, meaning });
    }
    found
}

/// A locale in a folder's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InFolder {
    /// As it is written.
    pub code: String,
    /// The name without it; empty if there is nothing else.
    pub rest: String,
    pub meaning: Meaning,
}

/// The locale that a folder's name is, or carries.
pub fn in_folder(name: &str, own: &BTreeMap<String, Locale>) -> Option<InFolder> {
    if let Some(meaning) = meaning(name, own) {
        return Some(InFolder { code: name.to_owned(), rest: String::new(), meaning });
    }
    let breaks: Vec<usize> = name.match_indices(['.', '_', '-']).map(|(at, _)| at).collect();
    let carried = |code: &str, rest: &str| {
        let meaning = meaning(code, own).filter(|_| !rest.is_empty())?;
        Some(InFolder { code: code.to_owned(), rest: rest.to_owned(), meaning })
    };
    // The longest code first: `docs-zh-cn` before `cn`.
    let last = breaks.iter().rev().take(3).rev().find_map(|at| carried(&name[at + 1..], &name[..*at]));
    last.or_else(|| breaks.iter().take(3).rev().find_map(|at| carried(&name[..*at], &name[at + 1..])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_locales() {
        for (name, expected) in [
            ("a.fr.md", "fr a.md"),
            ("index.pt.html.md", "pt index.html.md"),
            ("index.cn.html.md", "zh-CN index.html.md"),
            ("README_CN.md", "zh-CN README.md"),
            ("README.zh-CN.md", "zh-CN README.md"),
            ("a-b-ja.md", "ja a-b.md"),
            ("_x_ru.md", "ru _x.md"),
            ("x_pt_BR.md", "pt-BR x.md"),
            ("zh_README.md", "zh README.md"),
        ] {
            let found = in_name(name, &BTreeMap::new());
            let first = found.first().map(|found| format!("{} {}", found.meaning.locales[0], found.rest));
            assert_eq!(first.as_deref(), Some(expected), "{name}");
        }
        for name in ["cart.v1.md", ".fr.md", "cart.md", "get-cart.html"] {
            assert_eq!(in_name(name, &BTreeMap::new()), [], "{name}");
        }
    }

    #[test]
    fn folders_carry_locales() {
        for (name, expected) in [
            ("nl-nl", "nl-NL "),
            ("articles.fr-fr", "fr-FR articles"),
            ("docs-fr", "fr docs"),
            ("docs_zh_CN", "zh-CN docs"),
            ("zh-docs", "zh docs"),
            ("english", "en "),
            ("cht", "zh-Hant "),
        ] {
            let found = in_folder(name, &BTreeMap::new());
            let found = found.map(|found| format!("{} {}", found.meaning.locales[0], found.rest));
            assert_eq!(found.as_deref(), Some(expected), "{name}");
        }
        assert_eq!(in_folder("src", &BTreeMap::new()), None);
    }
}
