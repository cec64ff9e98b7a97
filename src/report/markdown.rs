//! Markdown for a job summary or a comment: what is damaged in each locale, how often each rule fired there, then the
//! worst findings page by page. Columns count characters.
//!
//! GitHub takes a summary of 1 MiB and no more, so the list ends where that comes near, and says so.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::View;
use super::links;
use super::markup::{code, sentence};
use super::places::{Located, Places};
use super::summary::{headline, percent};
use super::wording::labelled_cure;
use crate::finding::{Finding, Site};
use crate::rules;
use crate::source::Locale;

/// So many findings are listed.
const MOST: usize = 1000;
/// So many bytes are written.
const ROOM: usize = 900_000;
/// So many locales have a column of their own.
const COLUMNS: usize = 40;
/// So many characters of a sentence are shown.
const SENTENCE: usize = 600;

/// The whole text.
pub fn render(view: &View) -> String {
    let outcome = view.outcome;
    let mut out = format!("## {}\n\n{}\n", links::TOOL, headline(outcome));
    if outcome.all().next().is_none() {
        return out;
    }
    damage(&mut out, view);
    out.push('\n');
    table(&mut out, view);
    let listed = list(&mut out, view);
    let more = outcome.all().count() - listed;
    if more > 0 {
        writeln!(out, "\n{more} more not listed here.").expect("a String takes all text");
    }
    out
}

/// Damaged cells by locale and kind.
fn damage(out: &mut String, view: &View) {
    let Some((_, first)) = view.outcome.damage.first() else { return };
    let kinds = first.kinds();
    out.push('\n');
    row(out, "damaged", kinds.map(|(kind, _)| kind.to_owned()));
    row(out, "---", kinds.map(|_| "---:".to_owned()));
    for (locale, damage) in &view.outcome.damage {
        let cells = damage.kinds().map(|(_, share)| match (share.damaged, share.cells) {
            (_, 0) => String::new(),
            (0, cells) => format!("0 of {cells}"),
            (damaged, cells) => format!("{damaged} of {cells} ({} %)", percent(share)),
        });
        row(out, locale.as_str(), cells);
    }
}

/// A line of a table.
fn row(out: &mut String, first: &str, cells: impl IntoIterator<Item = String>) {
    write!(out, "| {first} |").expect("a String takes all text");
    for cell in cells {
        write!(out, " {cell} |").expect("a String takes all text");
    }
    out.push('\n');
}

/// Rules by locale, in the order of the catalogue.
fn table(out: &mut String, view: &View) {
    let locale = |finding: &Finding| {
        let page = view.pages.get(finding.file().0 as usize)?;
        page.source.locale.as_ref().map(Locale::as_str)
    };
    let locales: BTreeSet<Option<&str>> = view.outcome.all().map(locale).collect();
    let own: Vec<Option<&str>> = locales.into_iter().take(COLUMNS).collect();
    let mut counts: BTreeMap<&str, (usize, BTreeMap<Option<&str>, usize>)> = BTreeMap::new();
    for finding in view.outcome.all() {
        let (all, of) = counts.entry(finding.rule).or_default();
        *all += 1;
        *of.entry(locale(finding)).or_default() += 1;
    }
    let last = |cells: Vec<String>, last: String| cells.into_iter().chain([last]);
    let heads = own.iter().map(|locale| locale.unwrap_or("no locale").to_owned()).collect();
    row(out, "rule", last(heads, "all".to_owned()));
    row(out, "---", vec!["---:".to_owned(); own.len() + 1]);
    for rule in rules::all() {
        let Some((all, of)) = counts.get(rule.name) else { continue };
        let count = |locale| of.get(locale).map_or_else(String::new, usize::to_string);
        let cells = own.iter().map(count).collect();
        let name = match links::rule(rule.name) {
            Some(uri) => format!("[{}]({uri})", rule.name),
            None => code(rule.name),
        };
        row(out, &name, last(cells, all.to_string()));
    }
}

/// The worst findings, as far as there is room; how many that are.
fn list(out: &mut String, view: &View) -> usize {
    let places = Places::new(view);
    let mut page = None;
    let mut listed = 0;
    for finding in view.outcome.worst(MOST) {
        let Some(at) = places.locate(Site::Page(finding.place)) else { continue };
        let item = item(finding, &at);
        let heading =
            if page == Some(finding.file()) { String::new() } else { format!("\n### {}\n\n", code(at.path)) };
        if out.len() + heading.len() + item.len() > ROOM {
            break;
        }
        page = Some(finding.file());
        out.extend([heading, item]);
        listed += 1;
    }
    listed
}

/// One line, with the fix below.
fn item(finding: &Finding, at: &Located) -> String {
    let start = at.start();
    let mut item = format!(
        "- {}:{} {} **{}** {}\n",
        start.line,
        start.column,
        finding.severity.name(),
        finding.rule,
        sentence(&short(&finding.message))
    );
    if let Some(fix) = &finding.fix {
        writeln!(item, "  - {}", sentence(&labelled_cure(fix, at.text))).expect("a String takes all text");
    }
    item
}

fn short(text: &str) -> String {
    match text.char_indices().nth(SENTENCE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
