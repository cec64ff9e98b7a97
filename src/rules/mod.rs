//! Judges what `compare` paired: each rule is one file with its manual, metadata and check.
//!
//! Absent here: output formats, input, pairing.

use crate::finding::{Basis, Safety, Severity};

/// A rule: what it is called, how it is explained, how severe it is by default.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case noun for the defect.
    pub name: &'static str,
    /// Default severity.
    pub severity: Severity,
    /// Who can vouch for it.
    pub bases: &'static [Basis],
    /// The best fix it may offer.
    pub fix: Option<Safety>,
    /// The source of the rule's file; its leading `//!` lines are the manual.
    pub source: &'static str,
}

impl Rule {
    /// The rule's manual in Markdown: *What*, *Why it matters*, *Example*, *Fix*, *Limits*.
    pub fn manual(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).flat_map(|line| [line, "\n"]).collect()
    }

    /// One sentence: the first paragraph of the manual below its title.
    pub fn summary(&self) -> String {
        let manual = self.manual();
        let lines = manual.lines().skip_while(|line| line.starts_with('#') || line.is_empty());
        lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// All rules in catalogue order.
pub fn all() -> &'static [&'static Rule] {
    &[]
}

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    all().iter().copied().find(|rule| rule.name == name)
}
