//! The line after the findings, and the counts by rule.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use super::View;
use super::escape::visible;
use super::groups::is_fixable;
use super::places::Places;
use crate::finding::{Severity, Site};
use crate::outcome::{Outcome, Share};
use crate::schema::{self, SpecFile};
use crate::source::Locale;

/// Counts, coverage and time in one line, without line end.
pub fn summary(outcome: &Outcome, elapsed: Duration) -> String {
    format!("{}; {:.3} s", headline(outcome), elapsed.as_secs_f64())
}

/// Counts and coverage in one line, without line end.
pub fn headline(outcome: &Outcome) -> String {
    let mut counts = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let count = outcome.count(severity);
        if count > 0 {
            counts.push(counted(count, severity.name()));
        }
    }
    if counts.is_empty() {
        let new = if outcome.held_back.is_some() { "new " } else { "" };
        counts.push(format!("no {new}findings"));
    }
    let held_back = match outcome.held_back {
        Some(count) => format!("; {count} in the baseline"),
        None => String::new(),
    };
    let locales: Vec<&str> = outcome.locales.iter().map(Locale::as_str).collect();
    let why = outcome.reference_why.as_ref().map_or_else(String::new, |why| format!(", {why}"));
    let reference = outcome.reference.as_ref().map(|locale| format!("reference {locale}{why}"));
    let whose: Vec<String> =
        Some(locales.join(", ")).filter(|list| !list.is_empty()).into_iter().chain(reference).collect();
    let whose = if whose.is_empty() { String::new() } else { format!(" ({})", whose.join("; ")) };
    let coverage = outcome.coverage;
    let pages = match outcome.judged.len() {
        judged if judged < outcome.pages => format!("{judged} of {}", counted(outcome.pages, "page")),
        _ => counted(outcome.pages, "page"),
    };
    format!(
        "{} in {}{whose}{held_back}; understood {} of {} and {} of {}",
        counts.join(", "),
        pages,
        coverage.tables_recognized,
        counted(coverage.tables, "table"),
        coverage.examples_read,
        counted(coverage.examples, "example"),
    )
}

/// That no page could be held against anything, with what was found and what to do about it.
pub fn nothing_compared(outcome: &Outcome, unmarked: usize) -> Option<String> {
    if outcome.compared > 0 || outcome.pages == 0 {
        return None;
    }
    let marked = outcome.pages - unmarked.min(outcome.pages);
    let locales: Vec<&str> = outcome.locales.iter().map(Locale::as_str).collect();
    let mut found = Vec::new();
    if marked > 0 {
        found.push(format!("{} in {}", counted(marked, "page"), locales.join(", ")));
    }
    if unmarked > 0 {
        found.push(format!("{} whose path shows no locale", counted(unmarked, "page")));
    }
    Some(format!(
        "nothing was compared: none of {} has a counterpart in another locale, and there is no spec; name a spec with \
         --spec, or say in docdrift.toml where translations lie: `[[layout]]`, `[locales]`",
        found.join(" and ")
    ))
}

/// How many findings were left out, as a line; nothing if none were.
pub fn left_out(outcome: &Outcome) -> String {
    match outcome.left_out.len() {
        0 => String::new(),
        count => format!("{} not shown\n", counted(count, "more finding")),
    }
}

/// What translation damaged, a line for each locale that is: `nl-NL: 350 of 1922 names damaged (18 %), ..`.
pub fn damage(outcome: &Outcome) -> String {
    let mut out = String::new();
    for (locale, damage) in &outcome.damage {
        let hurt = damage.kinds().into_iter().filter(|(_, share)| share.damaged > 0);
        let kinds: Vec<String> = hurt
            .map(|(kind, share)| {
                format!("{} of {} {kind} ({} %)", share.damaged, share.cells, percent(share))
            })
            .collect();
        if kinds.is_empty() {
            continue;
        }
        writeln!(out, "{locale}: damaged {}", kinds.join(", ")).expect("a String takes all text");
    }
    out
}

/// The damaged cells in percent: little is not nothing, and nearly all is not all.
pub(super) fn percent(share: Share) -> usize {
    let cells = share.cells.max(1);
    let rounded = (100 * share.damaged + cells / 2) / cells;
    rounded.clamp(usize::from(share.damaged > 0), if share.damaged < cells { 99 } else { 100 })
}

/// How many findings `docdrift fix` removes, as a line; nothing if none.
pub fn fixable(outcome: &Outcome) -> String {
    match outcome.all().filter(|finding| is_fixable(finding)).count() {
        0 => String::new(),
        1 => "[*] 1 has a safe fix: docdrift fix\n".to_owned(),
        count => format!("[*] {count} have a safe fix: docdrift fix\n"),
    }
}

/// How often each rule fired, most often first, and how many of its findings `docdrift fix` removes.
pub fn statistics(outcome: &Outcome) -> String {
    let mut counts: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for finding in outcome.all() {
        let (all, fixable) = counts.entry((finding.rule, finding.severity.name())).or_default();
        *all += 1;
        *fixable += usize::from(is_fixable(finding));
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, (all, _))| std::cmp::Reverse(*all));
    let mut out = String::new();
    for ((rule, severity), (all, fixable)) in counts {
        let fixable = match fixable {
            0 => String::new(),
            count if count == all => " [*]".to_owned(),
            count => format!(" [*] {count}"),
        };
        writeln!(out, "{all:>7}  {severity:<7}  {rule}{fixable}").expect("a String takes all text");
    }
    out
}

/// What is worth telling besides findings: `path:line:column: message`, or the message alone.
pub fn notes(view: &View) -> Vec<String> {
    let places = Places::new(view);
    view.outcome.notes.iter().map(|note| told(&places, note.place, &note.message)).collect()
}

/// What is wrong with specs whose files are these, or what their schema cannot hold: `path:line:column: message`,
/// or the message alone.
pub fn spec_notes(files: &[SpecFile], notes: &[schema::Note]) -> Vec<String> {
    let places = Places::of_files(files);
    notes.iter().map(|note| told(&places, note.place.map(Site::Spec), &note.message)).collect()
}

fn told(places: &Places<'_>, place: Option<Site>, message: &str) -> String {
    let message = visible(message);
    match place.and_then(|place| places.locate(place)) {
        Some(at) => {
            let start = at.start();
            format!("{}:{}:{}: {message}", visible(at.path), start.line, start.column)
        }
        None => message.into_owned(),
    }
}

/// `1 page`, `2 pages`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
