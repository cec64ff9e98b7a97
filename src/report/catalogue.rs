//! The rules for readers: the list, and the manual of one.

use std::fmt::Write;

use crate::finding::Basis;
use crate::rules::Rule;

/// All rules, one a line: name, severity, fix, what it is about.
pub fn rules(rules: &[&Rule]) -> String {
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in rules {
        let fix = rule.fix.map_or("-", |safety| safety.name());
        writeln!(out, "{:width$}  {:7}  {fix:6}  {}", rule.name, rule.severity.name(), rule.summary())
            .expect("a String takes all text");
    }
    out
}

/// The manual of one rule in Markdown, with what its metadata says.
pub fn manual(rule: &Rule) -> String {
    let bases: Vec<&str> = rule.bases.iter().copied().map(Basis::name).collect();
    let bases = if bases.is_empty() { "-".to_owned() } else { bases.join(", ") };
    let fix = rule.fix.map_or("none", |safety| safety.name());
    format!(
        "{}\n\nSeverity: {}. Vouched for by: {bases}. Fix: {fix}.\n",
        rule.manual().trim_end(),
        rule.severity.name(),
    )
}
