//! What the user decided about judging: reference, locales, severities.
//!
//! Plain data, merged from configuration and command line. Absent here: where the pages are, output.

use std::collections::BTreeMap;

use crate::finding::Severity;
use crate::source::Locale;

/// How to judge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Which locale vouches for the others.
    pub reference: Reference,
    /// The locales whose pages are judged; empty: all. The others still serve as witnesses.
    pub locales: Vec<Locale>,
    /// By rule name: the severity it has instead of its own, or `None` for a rule that is off.
    pub rules: BTreeMap<String, Option<Severity>>,
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
    /// The severity of a rule whose own is `default`; `None` if the rule is off.
    pub fn severity(&self, rule: &str, default: Severity) -> Option<Severity> {
        self.rules.get(rule).copied().unwrap_or(Some(default))
    }

    /// Whether pages of that locale are judged. A page of unknown locale is judged only if no
    /// locales were chosen.
    pub fn judges(&self, locale: Option<&Locale>) -> bool {
        self.locales.is_empty() || locale.is_some_and(|locale| self.locales.contains(locale))
    }
}
