//! Which language a text is in, and what the names of folders and files call languages.
//!
//! Data lies in `languages/languages.toml`; it is read when the first page needs it. Absent here: paths, pages.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::hash::HashMap;
use crate::source::Locale;

static LANGUAGES: LazyLock<Languages> = LazyLock::new(Languages::built_in);

/// So many words have to speak for a language written in Latin letters.
const HITS: usize = 3;

/// Languages that share most of their common words: a text of one may look like one of the others.
const KIN: [&[&str]; 6] = [
    &["da", "nb", "no", "nn", "sv"],
    &["id", "ms"],
    &["hr", "sr", "bs", "sl"],
    &["cs", "sk"],
    &["es", "ca", "pt", "gl"],
    &["ru", "uk", "bg", "be", "mk", "sr", "kk"],
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    names: Vec<String>,
    regions: HashMap<String, String>,
    #[serde(default)]
    scripts: HashMap<String, String>,
    common: Vec<String>,
}

struct Languages {
    codes: Vec<String>,
    /// By word: the languages that have it, as positions in `codes`.
    common: HashMap<String, Vec<usize>>,
    /// Locales by what names, countries and scripts stand for.
    names: HashMap<String, Locale>,
}

impl Languages {
    fn built_in() -> Self {
        let entries: std::collections::BTreeMap<String, Entry> =
            toml::from_str(include_str!("languages/languages.toml")).unwrap_or_default();
        let mut codes = Vec::new();
        let mut common: HashMap<String, Vec<usize>> = HashMap::default();
        let mut names = HashMap::default();
        for (code, entry) in entries {
            for word in entry.common {
                common.entry(word).or_default().push(codes.len());
            }
            let tags = entry.names.into_iter().map(|name| (name, code.clone()));
            for (name, tag) in tags.chain(entry.regions).chain(entry.scripts) {
                if let Some(locale) = Locale::parse(&tag) {
                    names.insert(name, locale);
                }
            }
            codes.push(code);
        }
        Self { codes, common, names }
    }
}

/// The locale that a name stands for that is no locale's tag: `english`, `cn`, `cht`. In lower case.
pub fn named(name: &str) -> Option<&'static Locale> {
    LANGUAGES.names.get(name)
}

/// The language that a text is clearly in, by its script and its words. Code is left out.
pub fn of_text(text: &str) -> Option<&'static str> {
    let counts = Counts::of(text);
    let latin = counts.latin;
    let (script, count) = [
        (Script::Cjk, 3 * (counts.han + counts.kana)),
        (Script::Hangul, 2 * counts.hangul),
        (Script::Cyrillic, counts.cyrillic),
        (Script::Arabic, counts.arabic),
        (Script::Hebrew, counts.hebrew),
        (Script::Greek, counts.greek),
        (Script::Thai, counts.thai),
        (Script::Devanagari, counts.devanagari),
    ]
    .into_iter()
    .max_by_key(|(_, count)| *count)?;
    if count * 5 > latin && count > 1 {
        return Some(match script {
            Script::Cjk if 8 * counts.kana >= counts.han + counts.kana => "ja",
            Script::Cjk => "zh",
            Script::Hangul => "ko",
            Script::Cyrillic => counts.best(&["ru", "uk", "bg", "kk", "sr"]).unwrap_or("ru"),
            Script::Arabic => counts.best(&["ar", "fa"]).unwrap_or("ar"),
            Script::Hebrew => "he",
            Script::Greek => "el",
            Script::Thai => "th",
            Script::Devanagari => "hi",
        });
    }
    counts.best(&[]).filter(|_| counts.most() >= HITS)
}

/// Whether a text is clearly in a language that is neither this one nor one that is easily taken for it.
pub fn contradicts(language: &str, text: &str) -> bool {
    of_text(text).is_some_and(|found| !kin(found, language))
}

/// Whether two languages are one, or easily taken for each other.
pub fn kin(one: &str, other: &str) -> bool {
    one == other || KIN.iter().any(|family| family.contains(&one) && family.contains(&other))
}

#[derive(Clone, Copy)]
enum Script {
    Cjk,
    Hangul,
    Cyrillic,
    Arabic,
    Hebrew,
    Greek,
    Thai,
    Devanagari,
}

/// Letters of prose by script, and words by language.
#[derive(Default)]
struct Counts {
    latin: usize,
    han: usize,
    kana: usize,
    hangul: usize,
    cyrillic: usize,
    arabic: usize,
    hebrew: usize,
    greek: usize,
    thai: usize,
    devanagari: usize,
    /// By position in [`Languages::codes`].
    hits: Vec<usize>,
}

impl Counts {
    fn of(text: &str) -> Self {
        let mut counts = Self { hits: vec![0; LANGUAGES.codes.len()], ..Self::default() };
        let mut fenced = false;
        let mut lines = text.trim_start_matches('\u{feff}').lines().peekable();
        if lines.peek().is_some_and(|line| line.trim_end() == "---") {
            // Keys of front matter are in English everywhere.
            lines.next();
            lines.by_ref().find(|line| matches!(line.trim_end(), "---" | "..."));
        }
        for line in lines {
            let line = line.trim_start();
            if line.starts_with("```") || line.starts_with("~~~") {
                fenced = !fenced;
            } else if !fenced && !line.starts_with("import ") && !line.starts_with("export ") {
                line.split_whitespace().for_each(|token| counts.token(token));
            }
        }
        counts
    }

    fn token(&mut self, token: &str) {
        let code = |c: char| {
            matches!(c, '/' | '`' | '{' | '}' | '<' | '>' | '=' | '_' | '\\' | '@') || c.is_ascii_digit()
        };
        let is_code = token.chars().any(code);
        for c in token.chars() {
            let count = match c {
                'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' if is_code => continue,
                'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => &mut self.latin,
                '\u{3040}'..='\u{30ff}' => &mut self.kana,
                '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => {
                    &mut self.han
                }
                '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => &mut self.hangul,
                '\u{400}'..='\u{52f}' => &mut self.cyrillic,
                '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' => &mut self.arabic,
                '\u{590}'..='\u{5ff}' => &mut self.hebrew,
                '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => &mut self.greek,
                '\u{e00}'..='\u{e7f}' => &mut self.thai,
                '\u{900}'..='\u{97f}' => &mut self.devanagari,
                _ => continue,
            };
            *count += 1;
        }
        if is_code {
            return;
        }
        let word = token.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        for language in LANGUAGES.common.get(&word).into_iter().flatten() {
            self.hits[*language] += 1;
        }
    }

    fn most(&self) -> usize {
        self.hits.iter().copied().max().unwrap_or(0)
    }

    /// The language with the most words, of these if there are any, if no other one has as many.
    fn best(&self, of: &[&str]) -> Option<&'static str> {
        let codes = LANGUAGES.codes.iter().map(String::as_str).zip(self.hits.iter().copied());
        let mut counts: Vec<(&'static str, usize)> =
            codes.filter(|(code, hits)| *hits > 0 && (of.is_empty() || of.contains(code))).collect();
        counts.sort_by_key(|(_, hits)| std::cmp::Reverse(*hits));
        match counts.as_slice() {
            [] => None,
            [(only, _)] => Some(only),
            [(first, most), (second, next), ..] => (most > next || kin(first, second)).then_some(*first),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_show_their_language() {
        for (text, language) in [
            ("# Rafts\n\nHow many logs each raft has, and which rope it is tied with.", "en"),
            ("# Flöße\n\nWie viele Stämme das Floß hat und mit welchem Seil es gebunden wird.", "de"),
            ("# Radeaux\n\nCombien de rondins et avec quelle corde ils sont liés dans le radeau.", "fr"),
            ("| 名称 | `logCount` | integer |\n|---|---|---|\n| rope | 哪种绳 | string |", "zh"),
            ("`logCount` は丸太の数です。", "ja"),
            ("통나무의 수입니다. `logCount` integer", "ko"),
            ("Сколько брёвен на плоту, и какой верёвкой они связаны.", "ru"),
            ("Скільки колод на плоту, і якою мотузкою вони зв'язані.", "uk"),
        ] {
            assert_eq!(of_text(text), Some(language), "{text}");
        }
        assert_eq!(of_text("```\nthe and of is with for\n```\n`logCount` 7"), None);
        assert!(contradicts("to", "This page is for the list and how to read it."));
        assert!(!contradicts("da", "Navnet er det som står på båden, og den er ikke ny."));
    }

    #[test]
    fn names_stand_for_locales() {
        for (name, tag) in [("cn", "zh-CN"), ("cht", "zh-Hant"), ("english", "en"), ("br", "pt-BR")] {
            assert_eq!(named(name).map(Locale::as_str), Some(tag));
        }
        assert_eq!(named("docs"), None);
    }
}
