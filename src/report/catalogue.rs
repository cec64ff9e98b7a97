//! The rules for readers: the list, and the manual of one.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::finding::{Basis, Safety};
use crate::rules::Rule;

/// Rules by group, one a line: name, severity, fix, what it is about.
pub fn rules(groups: &[(&str, &[&Rule])]) -> String {
    let all = groups.iter().flat_map(|(_, rules)| rules.iter());
    let width = all.map(|rule| rule.name.len()).max().unwrap_or(0);
    let mut out = String::new();
    for (at, (group, rules)) in groups.iter().enumerate() {
        let blank = if at > 0 { "\n" } else { "" };
        writeln!(out, "{blank}{group}").expect("a String takes all text");
        for rule in *rules {
            let fix = rule.fix.map_or("-", |safety| safety.name());
            writeln!(out, "  {:width$}  {:7}  {fix:6}  {}", rule.name, rule.severity.name(), rule.summary())
                .expect("a String takes all text");
        }
    }
    out
}

/// Rules as JSON: `{"version": 1, "rules": [{"name", "group", "severity", "bases", "fix", "summary", "manual"}]}`.
pub fn rules_as_json(groups: &[(&str, &[&Rule])]) -> String {
    let described = |group: &str, rule: &Rule| {
        json!({
            "name": rule.name,
            "group": group,
            "severity": rule.severity.name(),
            "bases": rule.bases.iter().copied().map(Basis::name).collect::<Vec<_>>(),
            "fix": rule.fix.map(Safety::name),
            "summary": rule.summary(),
            "manual": rule.manual(),
        })
    };
    let rules: Vec<Value> =
        groups.iter().flat_map(|(group, rules)| rules.iter().map(|rule| described(group, rule))).collect();
    format!("{:#}\n", json!({ "version": 1, "rules": rules }))
}

/// The manual of one rule in Markdown, with what its metadata says.
pub fn manual(rule: &Rule) -> String {
    let bases: Vec<&str> = rule.bases.iter().copied().map(Basis::name).collect();
    let bases = if bases.is_empty() { "-".to_owned() } else { bases.join(", ") };
    let fix = rule.fix.map_or("none", |safety| safety.name());
    format!(
        "{}\n\nSeverity: {}. Evidence: {bases}. Fix: {fix}.\n",
        rule.manual().trim_end(),
        rule.severity.name(),
    )
}
