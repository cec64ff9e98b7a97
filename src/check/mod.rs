//! The whole way from extracted pages to findings: compare every page, then judge it.
//!
//! Absent here: reading, rendering, what is right.

mod damage;
mod house;
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
use crate::rules::{self, Context, Report, Rule, authority};
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
                let report = Report::new(rule, severity, context.page.file, findings);
                (rule.check)(context, &mut report.beside(context.comparison.pairing.as_ref()));
                authority::review(context, &mut findings[before..]);
                if !settings.keep.is_empty() {
                    let kept = findings.split_off(before).into_iter();
                    findings.extend(kept.filter(|finding| !settings.keeps(&finding.found)));
                }
            }
        }
        let sorted = |(context, mut findings): (&Context<'_>, Vec<Finding>)| {
            findings.sort_by(|a, b| a.order().cmp(&b.order()));
            (findings, (damage::cells(context), house::words(context)))
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
    let (by_page, counts): (Vec<Vec<Finding>>, Vec<(Cells, house::Words)>) =
        by_page.into_iter().map(Option::unwrap_or_default).unzip();
    let (cells, words): (Vec<Cells>, Vec<house::Words>) = counts.into_iter().unzip();
    // Each page's are sorted, and so are the pages.
    let mut findings = inherited::report_once(pages, &references, by_page);
    house::settle(pages, &words, &mut findings);
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
        coverage: coverage(judged.clone()),
        locales: damage.iter().map(|(locale, _)| locale.clone()).collect(),
        reference_why: settings.reference_why.clone().filter(|_| references.locale.is_some()),
        compared: compared(pages, &references, schema.is_some()),
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

/// How many pages can be held against something.
fn compared(pages: &[Page], references: &References<'_>, has_spec: bool) -> usize {
    if has_spec {
        return pages.len();
    }
    let mut locales: HashMap<&str, Vec<Option<&crate::source::Locale>>> = HashMap::default();
    for page in pages {
        let known = locales.entry(page.source.page.as_str()).or_default();
        let locale = page.source.locale.as_ref();
        if locale.is_some() && !known.contains(&locale) {
            known.push(locale);
        }
    }
    let has_siblings =
        |page: &Page| locales.get(page.source.page.as_str()).is_some_and(|known| known.len() > 1);
    let is_compared =
        |page: &&Page| page.document.bilingual || references.of(page).is_some() || has_siblings(page);
    pages.iter().filter(is_compared).count()
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
