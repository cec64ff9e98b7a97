//! The whole way from extracted pages to findings: compare every page, then judge it.
//!
//! Absent here: reading, rendering, what is right.

mod damage;
mod inherited;
mod stages;

use damage::Cells;

use crate::compare::reference::References;
use crate::facts::{Page, TableRole};
use crate::finding::{Finding, Severity};
use crate::hash::HashMap;
use crate::lexicon::Lexicon;
use crate::outcome::{Coverage, Note, Outcome};
use crate::rules::allow::Allowed;
use crate::rules::{self, Context, Report, Rule};
use crate::schema::Schema;
use crate::settings::{Settings, Severities};
use crate::text::FileId;

/// Checks pages, sorted by path and numbered in that order, against a spec.
pub fn check(pages: &[Page], schema: Option<&Schema>, lexicon: &Lexicon, settings: &Settings) -> Outcome {
    let usual = severities(&settings.rules);
    let judge = |contexts: &[Context<'_>]| {
        let own = |context: &Context<'_>| Some(severities(&settings.overridden(context.page.file)?));
        let own: Vec<Option<Vec<Option<Severity>>>> = contexts.iter().map(own).collect();
        let mut found: Vec<Vec<Finding>> = contexts.iter().map(|_| Vec::new()).collect();
        for (at, rule) in rules::all().iter().enumerate() {
            for ((context, own), findings) in contexts.iter().zip(&own).zip(&mut found) {
                let Some(severity) = own.as_ref().unwrap_or(&usual)[at] else { continue };
                let before = findings.len();
                (rule.check)(context, &mut Report::new(rule, severity, context.page.file, findings));
                if !settings.keep.is_empty() {
                    let kept = findings.split_off(before).into_iter();
                    findings.extend(kept.filter(|finding| !settings.keeps(&finding.found)));
                }
            }
        }
        let sorted = |(context, mut findings): (&Context<'_>, Vec<Finding>)| {
            findings.sort_by(|a, b| a.order().cmp(&b.order()));
            (findings, damage::cells(context))
        };
        contexts.iter().zip(found).map(sorted).collect()
    };
    let references = References::new(pages, &settings.reference);
    let chosen = chosen(pages, settings);
    let mut wanted = chosen.clone();
    // What a translation has from its source is told there, or not at all if the source was not chosen.
    for page in pages.iter().filter(|page| chosen[page.file.0 as usize]) {
        if let Some(with) = references.of(page) {
            wanted[with.page.file.0 as usize] = true;
        }
    }
    let by_page = stages::visit(pages, &references, schema, lexicon, settings, &wanted, judge);
    let (by_page, cells): (Vec<Vec<Finding>>, Vec<Cells>) =
        by_page.into_iter().map(Option::unwrap_or_default).unzip();
    // Each page's are sorted, and so are the pages.
    let mut findings = inherited::report_once(pages, &references, by_page);
    let allowed = allowed(pages);
    findings.retain(|finding| {
        let allowed = allowed.get(&finding.file());
        let is_allowed = allowed.is_some_and(|allowed| allowed.covers(finding.rule, finding.place.span));
        chosen[finding.file().0 as usize] && !is_allowed
    });
    let damage = damage::by_locale(pages, &cells, &findings);
    let judged = pages.iter().filter(|page| chosen[page.file.0 as usize]);
    let notes = schema.map_or(&[][..], |schema| &schema.notes);
    Outcome {
        findings,
        coverage: coverage(pages.iter()),
        locales: damage.iter().map(|(locale, _)| locale.clone()).collect(),
        reference: references.locale,
        pages: pages.len(),
        judged: judged.map(|page| page.file).collect(),
        damage,
        notes: notes
            .iter()
            .map(|note| Note {
                place: note.place.map(crate::finding::Site::Spec),
                message: note.message.clone(),
            })
            .collect(),
        left_out: Vec::new(),
        held_back: None,
    }
}

/// The severity of each of [`rules::all`], nothing for those that are off.
fn severities(chosen: &Severities) -> Vec<Option<Severity>> {
    let severity = |rule: &&Rule| chosen.get(rule.name).copied().unwrap_or(Some(rule.severity));
    rules::all().iter().map(severity).collect()
}

/// Compares pages with a spec and visits each that the settings choose, on all threads. A comparison
/// lives little longer than its visit; the results come in the order of the pages.
pub fn compare<T: Send>(
    pages: &[Page],
    schema: Option<&Schema>,
    lexicon: &Lexicon,
    settings: &Settings,
    visit: impl Fn(&Context<'_>) -> T + Sync,
) -> Vec<T> {
    let references = References::new(pages, &settings.reference);
    let wanted = chosen(pages, settings);
    let visit = |contexts: &[Context<'_>]| contexts.iter().map(&visit).collect();
    stages::visit(pages, &references, schema, lexicon, settings, &wanted, visit)
        .into_iter()
        .flatten()
        .collect()
}

/// By page, whether the settings choose it.
fn chosen(pages: &[Page], settings: &Settings) -> Vec<bool> {
    pages.iter().map(|page| settings.judges(page.file, page.source.locale.as_ref())).collect()
}

/// What comments allow, by page.
fn allowed(pages: &[Page]) -> HashMap<FileId, Allowed<'_>> {
    let commented = pages.iter().filter(|page| !page.document.comments.is_empty());
    commented.map(|page| (page.file, Allowed::on(page))).collect()
}

/// How much of the pages was understood.
pub fn coverage<'a>(pages: impl Iterator<Item = &'a Page>) -> Coverage {
    let mut coverage = Coverage::default();
    for page in pages {
        let tables = &page.facts.tables;
        coverage.tables += tables.len();
        coverage.tables_recognized += tables.iter().filter(|table| table.role != TableRole::Unknown).count();
        let with_body = page.facts.examples.iter().filter(|example| !example.message.body.is_empty());
        for example in with_body {
            coverage.examples += 1;
            coverage.examples_read += usize::from(example.json.is_some());
        }
    }
    coverage
}
