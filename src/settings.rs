//! What the user decided about judging: reference, pages, severities, words to keep.
//!
//! Plain data, merged from configuration and command line. Absent here: where the pages are, output.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::Severity;
use crate::source::Locale;
use crate::text::FileId;

/// By rule name: the severity a rule has instead of its own, or `None` for a rule that is off.
pub type Severities = BTreeMap<String, Option<Severity>>;

/// What may stand around a word to keep.
const MARKS: [char; 6] = ['"', '\'', '`', '*', '_', ' '];

/// How to judge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Which locale vouches for the others.
    pub reference: Reference,
    /// Why it does, if nobody chose it.
    pub reference_why: Option<String>,
    /// The locales whose pages are judged; empty: all. The others still serve as witnesses.
    pub locales: Vec<Locale>,
    /// The pages that are judged, if not all. The others still serve as witnesses.
    pub pages: Option<BTreeSet<FileId>>,
    /// Severities that differ from the rules' own.
    pub rules: Severities,
    /// Severities that differ on some pages; what stands later counts.
    pub overrides: Vec<Override>,
    /// Words that are right as they stand: no finding says that one of them should be another.
    pub keep: BTreeSet<String>,
}

/// Severities on some pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Override {
    /// The pages.
    pub pages: BTreeSet<FileId>,
    /// Severities that differ there.
    pub rules: Severities,
}

/// Which locale vouches for the others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Reference {
    /// The English tree, if there is one.
    #[default]
    Auto,
    /// None does.
    Off,
    /// This one.
    Locale(Locale),
}

impl Settings {
    /// The severity of a rule whose own is `default`, on one page; `None` if the rule is off there.
    pub fn severity(&self, file: FileId, rule: &str, default: Severity) -> Option<Severity> {
        let own = self.overrides_on(file).find_map(|rules| rules.get(rule));
        own.or_else(|| self.rules.get(rule)).copied().unwrap_or(Some(default))
    }

    /// Severities on one page, if they differ from those elsewhere.
    pub fn overridden(&self, file: FileId) -> Option<Severities> {
        self.overrides_on(file).next()?;
        let mut rules = self.rules.clone();
        for (rule, severity) in
            self.overrides.iter().filter(|each| each.pages.contains(&file)).flat_map(|each| &each.rules)
        {
            rules.insert(rule.clone(), *severity);
        }
        Some(rules)
    }

    /// What differs on one page, what counts most first.
    fn overrides_on(&self, file: FileId) -> impl Iterator<Item = &Severities> {
        self.overrides.iter().rev().filter(move |each| each.pages.contains(&file)).map(|each| &each.rules)
    }

    /// Whether a page of that locale is judged. A page of unknown locale is judged only if no locales
    /// were chosen.
    pub fn judges(&self, file: FileId, locale: Option<&Locale>) -> bool {
        let is_chosen = self.locales.is_empty() || locale.is_some_and(|locale| self.locales.contains(locale));
        is_chosen && self.pages.as_ref().is_none_or(|pages| pages.contains(&file))
    }

    /// Whether what stands somewhere is one of the words to keep, with or without marks around it.
    pub fn keeps(&self, found: &str) -> bool {
        !self.keep.is_empty() && self.keep.contains(found.trim_matches(MARKS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn severities(all: &[(&str, Option<Severity>)]) -> Severities {
        all.iter().map(|(rule, severity)| ((*rule).to_owned(), *severity)).collect()
    }

    #[test]
    fn what_stands_later_overrides() {
        let first = Override {
            pages: BTreeSet::from([FileId(0), FileId(1)]),
            rules: severities(&[("a", None), ("b", Some(Severity::Note))]),
        };
        let second = Override {
            pages: BTreeSet::from([FileId(1)]),
            rules: severities(&[("a", Some(Severity::Error))]),
        };
        let settings = Settings {
            rules: severities(&[("b", None), ("c", Some(Severity::Error))]),
            overrides: vec![first, second],
            ..Settings::default()
        };
        let of =
            |file: u32| ["a", "b", "c"].map(|rule| settings.severity(FileId(file), rule, Severity::Warning));
        assert_eq!(of(0), [None, Some(Severity::Note), Some(Severity::Error)]);
        assert_eq!(of(1), [Some(Severity::Error), Some(Severity::Note), Some(Severity::Error)]);
        assert_eq!(of(2), [Some(Severity::Warning), None, Some(Severity::Error)]);
        assert_eq!(settings.overridden(FileId(2)), None);
        for file in [0, 1] {
            let merged = settings.overridden(FileId(file)).expect("an override");
            let of_merged =
                ["a", "b", "c"].map(|rule| merged.get(rule).copied().unwrap_or(Some(Severity::Warning)));
            assert_eq!(of_merged, of(file));
        }
    }

    #[test]
    fn words_are_kept_with_marks_around_them() {
        let settings = Settings { keep: BTreeSet::from(["SKU".to_owned()]), ..Settings::default() };
        for (found, kept) in
            [("SKU", true), ("**SKU**", true), ("\"SKU\"", true), ("sku", false), ("SKUs", false)]
        {
            assert_eq!(settings.keeps(found), kept, "{found}");
        }
        assert!(!Settings::default().keeps(""));
    }
}
