//! What the configuration of a site says of its languages. It is read, never executed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Pattern, Rule, join};
use crate::read::{LocaleRoot, read_text};
use crate::source::Locale;

/// So many folders are looked into, at most.
const FOLDERS: usize = 48;

/// No configuration is longer.
const LONGEST: u64 = 400_000;

/// What one file says.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// The file.
    pub file: String,
    /// The default locale.
    pub locale: Option<Locale>,
    /// Paths of sources and of their translations.
    pub patterns: Vec<(String, String)>,
    /// Folders of locales.
    pub roots: Vec<LocaleRoot>,
}

/// How a file is read.
type Reader = fn(&str, &mut Site);

/// Folders that hold a site's configuration, below those of its pages or above.
const INNER: [&str; 6] = [".vitepress", ".vuepress", ".tx", "config/_default", "lib", "src/lib"];

/// Whether a file is read as keys and values: Jekyll, Hugo, mdBook, Sphinx.
fn has_keys(stem: &str, name: &str) -> bool {
    matches!(name, "book.toml" | "conf.py")
        || matches!(stem, "_config" | "hugo" | "languages" | "config") && name.strip_suffix(".json").is_none()
}

fn reader(name: &str) -> Option<Reader> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Some(match (stem, name) {
        (
            "docusaurus.config" | "astro.config" | "next.config" | "next-i18next.config" | "i18n" | "config",
            _,
        ) if name.ends_with("js") || name.ends_with("ts") => script,
        ("mkdocs", _) => mkdocs,
        (stem, name) if has_keys(stem, name) => keys,
        ("crowdin", _) => crowdin,
        (_, "docs.json" | "mint.json") => navigation,
        (_, "omegat.project") => omegat,
        _ => return None,
    })
}

/// The configurations in the folders above those that may be locales', and above all pages.
pub(super) fn configurations<'p>(trees: impl Iterator<Item = &'p str>, paths: &[&'p str]) -> Vec<Site> {
    let mut folders: BTreeSet<&str> = BTreeSet::from([""]);
    for path in trees.chain(paths.first().copied()).chain(paths.last().copied()) {
        folders.extend(path.match_indices('/').map(|(at, _)| &path[..at]));
        if folders.len() > FOLDERS {
            break;
        }
    }
    let mut sites = Vec::new();
    for folder in folders {
        read_folder(folder, &mut sites);
        for inner in INNER {
            if !inner.contains("lib") || folder.is_empty() {
                read_folder(&join(folder, inner), &mut sites);
            }
        }
    }
    sites
}

fn read_folder(folder: &str, sites: &mut Vec<Site>) {
    let Ok(entries) = fs::read_dir(if folder.is_empty() { "." } else { folder }) else { return };
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let inner = folder.rsplit('/').next().unwrap_or("");
    let mut names: Vec<String> = names.collect();
    names.sort();
    for name in names {
        let read = match (inner, name.as_str()) {
            (".tx", "config") => Some(transifex as Reader),
            ("lib", "i18n.ts" | "i18n.js") => Some(script as Reader),
            (".vitepress" | ".vuepress", name) if name.starts_with("config.") => Some(script as Reader),
            ("lib" | ".vitepress" | ".vuepress", _) | (_, "i18n.ts" | "i18n.js") => None,
            (_, name) if name.starts_with("config.") && (name.ends_with("js") || name.ends_with("ts")) => {
                None
            }
            (_, name) => reader(name),
        };
        let Some(read) = read else { continue };
        let path = join(folder, &name);
        if fs::metadata(&path).is_ok_and(|file| file.is_file() && file.len() <= LONGEST)
            && let Ok(text) = read_text(Path::new(&path))
        {
            let mut site = Site { file: path, ..Site::default() };
            read(&text, &mut site);
            for (source, translations) in &mut site.patterns {
                (*source, *translations) = (join(above(folder), source), join(above(folder), translations));
            }
            for root in &mut site.roots {
                root.prefix = join(above(folder), &root.prefix);
            }
            if site.locale.is_some() || !site.patterns.is_empty() || !site.roots.is_empty() {
                sites.push(site);
            }
        }
    }
}

/// The folder that a configuration's paths start from.
fn above(folder: &str) -> &str {
    let outer = folder.strip_suffix(".tx").or_else(|| folder.strip_suffix("config/_default"));
    outer.map_or(folder, |outer| outer.trim_end_matches('/'))
}

/// The patterns that some page follows.
pub(super) fn rules(sites: &[Site], names: &BTreeMap<String, Locale>, paths: &[&str]) -> Vec<Rule> {
    let mut rules = Vec::new();
    for site in sites {
        for (source, translations) in &site.patterns {
            let (Ok(source), Ok(translations)) =
                (Pattern::parse(source, ""), Pattern::parse(translations, ""))
            else {
                continue;
            };
            let pairs = |path: &&str| {
                let Some((Some(code), page)) = translations.fits(path) else { return false };
                super::marks::meaning(code, names).is_some()
                    && paths.binary_search(&source.fill(page).as_str()).is_ok()
            };
            if translations.has_locale() && paths.iter().any(pairs) {
                rules.push(Rule { source: Some(source), translations, locale: site.locale.clone() });
            }
        }
    }
    rules
}

/// JavaScript and TypeScript: Docusaurus, Starlight, Next.js, `VitePress`, `VuePress`, Fumadocs.
fn script(text: &str, site: &mut Site) {
    let text = without_comments(text);
    let named =
        ["defaultLocale", "defaultLanguage", "defaultLang"].iter().find_map(|key| quoted_after(&text, key));
    let root = || {
        let at = ["root:", "'root':", "\"root\":", "'/':", "\"/\":"].iter().find_map(|key| text.find(key))?;
        quoted_after(text.get(at..)?, "lang")
    };
    let found = match named {
        Some("root") => root(),
        Some(tag) => Some(tag),
        None => root().or_else(|| quoted_after(&text, "lang")),
    };
    site.locale = found.and_then(Locale::parse);
}

fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("/*") {
        out.push_str(&rest[..at]);
        rest = rest[at..].find("*/").map_or("", |end| &rest[at + end + 2..]);
    }
    out.push_str(rest);
    let lines = out.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The quoted text behind a key and `:` or `=`.
fn quoted_after<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    for (at, _) in text.match_indices(key) {
        let before = text[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = text[at + key.len()..].trim_start_matches(['\'', '"']).trim_start();
        let Some(value) = rest.strip_prefix([':', '=']) else { continue };
        let value = value.trim_start();
        let Some(quote) = value.chars().next().filter(|c| matches!(c, '\'' | '"' | '`')) else { continue };
        let value = &value[1..];
        if let Some(end) = value.find(quote) {
            return Some(&value[..end]);
        }
    }
    None
}

/// A line's key and value in YAML, TOML or Python, with how far it is indented.
fn pair(line: &str) -> Option<(usize, &str, &str)> {
    let indent = line.len() - line.trim_start().len();
    let (key, value) = line.trim().trim_start_matches("- ").split_once([':', '='])?;
    let value = value.split(" #").next().unwrap_or("").trim().trim_matches(['"', '\'', ',']);
    Some((indent, key.trim().trim_matches(['"', '\'']), value))
}

/// Jekyll, Hexo, Hugo, mdBook, Sphinx.
fn keys(text: &str, site: &mut Site) {
    const KEYS: [&str; 6] =
        ["defaultContentLanguage", "default_lang", "default_locale", "default_language", "lang", "language"];
    let mut best = KEYS.len();
    let mut section: Option<&str> = None;
    let mut list = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(name) = trimmed.strip_prefix("[languages.").and_then(|rest| rest.strip_suffix(']')) {
            section = Some(name.trim_matches('"'));
            continue;
        }
        if list && let Some(tag) = trimmed.strip_prefix("- ") {
            site.locale = Locale::parse(tag.trim());
            list = false;
        }
        let Some((indent, key, value)) = pair(line) else { continue };
        if value.is_empty() && Locale::parse(key).is_some() && indent > 0 && section.is_some() {
            section = Some(key);
        } else if value.is_empty() && key == "languages" {
            section = Some("");
        }
        if key.eq_ignore_ascii_case("contentDir")
            && let Some(locale) = section.and_then(Locale::parse)
        {
            site.roots.push(LocaleRoot { prefix: value.trim_matches('/').to_owned(), locale });
        }
        let Some(rank) = KEYS.iter().position(|known| known.eq_ignore_ascii_case(key)) else { continue };
        if indent > 0 || rank >= best {
            continue;
        }
        if value.is_empty() {
            list = true;
        }
        let value =
            value.trim_start_matches('[').split(',').next().unwrap_or("").trim_matches(['"', '\'', ']', ' ']);
        if let Some(locale) = Locale::parse(value) {
            (best, site.locale) = (rank, Some(locale));
        }
    }
}

/// The language that is the default in the list of `mkdocs.yml`.
fn mkdocs(text: &str, site: &mut Site) {
    let mut locale = None;
    for line in text.lines() {
        match pair(line) {
            Some((_, "locale", tag)) => locale = Locale::parse(tag),
            Some((_, "default", "true")) if locale.is_some() => {
                site.locale = locale.take();
            }
            Some((_, "default_language", tag)) => site.locale = Locale::parse(tag),
            Some((_, "language", tag)) if site.locale.is_none() => site.locale = Locale::parse(tag),
            _ => {}
        }
    }
}

/// Sources and translations of `crowdin.yml`.
fn crowdin(text: &str, site: &mut Site) {
    let mut source = None;
    for line in text.lines() {
        match pair(line) {
            Some((_, "source", value)) => source = Some(value.to_owned()),
            Some((_, "translation", value)) => {
                if let Some(pair) = source.take().and_then(|source| crowdin_pair(&source, value)) {
                    site.patterns.push(pair);
                }
            }
            _ => {}
        }
    }
}

fn crowdin_pair(source: &str, translation: &str) -> Option<(String, String)> {
    const CODES: [&str; 7] = [
        "%two_letters_code%",
        "%locale%",
        "%locale_with_underscore%",
        "%osx_code%",
        "%osx_locale%",
        "%android_code%",
        "%language%",
    ];
    let source = source.trim_start_matches('/');
    // `docs/**/*.md`, `docs/*.md`, `docs/a.md`.
    let folder = source.find('*').map_or(source, |at| &source[..at]).trim_end_matches('/');
    if folder == source {
        return None;
    }
    let mut translation = translation.trim_start_matches('/').to_owned();
    for code in CODES {
        translation = translation.replace(code, "{locale}");
    }
    let translation = translation
        .replace("%original_path%/%original_file_name%", &join(folder, "{path}"))
        .replace("**/%original_file_name%", "{path}")
        .replace("%original_file_name%", "{path}");
    (!translation.contains('%')).then(|| (join(folder, "{path}"), translation))
}

/// Sources and translations of `.tx/config`.
fn transifex(text: &str, site: &mut Site) {
    let (mut source, mut filter) = (None, None);
    for line in text.lines().chain(["["]) {
        if line.trim_start().starts_with('[') {
            if let (Some(source), Some(filter)) = (source.take(), filter.take()) {
                let (source, filter): (String, String) = (source, filter);
                // What follows the same end is a page: one page says how all lie.
                let rest = filter.replace("<lang>", "{locale}");
                let end: usize = source
                    .split('/')
                    .rev()
                    .zip(rest.split('/').rev())
                    .take_while(|(a, b)| a == b)
                    .map(|(a, _)| a.len() + 1)
                    .sum();
                let cut = |text: &str| text.get(..text.len().saturating_sub(end)).unwrap_or("").to_owned();
                if end > 0 {
                    site.patterns.push((join(&cut(&source), "{path}"), join(&cut(&rest), "{path}")));
                }
            }
            continue;
        }
        match pair(line) {
            Some((_, "source_lang", tag)) => site.locale = Locale::parse(tag),
            Some((_, "source_file", path)) => source = Some(path.to_owned()),
            Some((_, "file_filter", path)) => filter = Some(path.to_owned()),
            _ => {}
        }
    }
}

/// The default language of `docs.json`.
fn navigation(text: &str, site: &mut Site) {
    let Ok(document) = serde_json::from_str::<Value>(text) else { return };
    let Some(languages) = document.pointer("/navigation/languages").and_then(Value::as_array) else { return };
    let is_default = |language: &&Value| language.get("default").and_then(Value::as_bool) == Some(true);
    let chosen = languages.iter().find(is_default).or_else(|| languages.first());
    let tag = chosen.and_then(|language| language.get("language")).and_then(Value::as_str);
    site.locale = tag
        .and_then(|tag| super::marks::meaning(tag, &BTreeMap::new()))
        .and_then(|meaning| meaning.locales.into_iter().next());
}

/// Languages and folders of an `OmegaT` project.
fn omegat(text: &str, site: &mut Site) {
    let tag = |name: &str| {
        let start = text.find(&format!("<{name}>"))? + name.len() + 2;
        let value = &text[start..];
        Some(value[..value.find('<')?].trim())
    };
    let folder = |name: &str, usual: &str| match tag(name) {
        None | Some("" | "__DEFAULT__") => usual.to_owned(),
        Some(folder) => folder.trim_matches('/').to_owned(),
    };
    site.locale = tag("source_lang").and_then(Locale::parse);
    let target = tag("target_lang").and_then(Locale::parse);
    if let (Some(source), Some(target)) = (&site.locale, target) {
        let root = |prefix, locale| LocaleRoot { prefix, locale };
        site.roots.push(root(folder("source_dir", "source"), source.clone()));
        site.roots.push(root(folder("target_dir", "target"), target));
    }
}
