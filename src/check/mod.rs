//! The whole way from extracted pages to findings: compare every page, then judge it.
//!
//! Absent here: reading, rendering, what is right.

mod damage;
mod inherited;

use std::collections::BTreeSet;

use damage::Cells;
use rayon::prelude::*;

use crate::compare::corpus::Corpus;
use crate::compare::pairing::pair_pages;
use crate::compare::reference::References;
use crate::compare::requests::{request_lines, requests};
use crate::compare::source_rows::SourceRows;
use crate::compare::spec_index::SpecIndex;
use crate::compare::votes::Votes;
use crate::compare::{Sightings, SourceProse, Surroundings, examples, merged_rows, prose, tables, values};
use crate::comparison::{ExampleComparison, PageComparison, Pairing, RequestComparison, RequestLine};
use crate::facts::{Page, TableRole};
use crate::finding::{Finding, Severity};
use crate::hash::HashMap;
use crate::lexicon::Lexicon;
use crate::memory::make_room;
use crate::outcome::{Coverage, Note, Outcome};
use crate::rules::allow::Allowed;
use crate::rules::{self, Context, Report, Rule};
use crate::schema::Schema;
use crate::settings::{Settings, Severities};
use crate::text::FileId;

/// Up to so many pages are judged in the room that is there.
const FEW: usize = 64;

/// Checks pages, sorted by path and numbered in that order, against a spec.
pub fn check(pages: &[Page], schema: Option<&Schema>, lexicon: &Lexicon, settings: &Settings) -> Outcome {
    let usual = enabled(&settings.rules);
    let judge = |context: &Context<'_>| {
        let own = settings.overridden(context.page.file).map(|rules| enabled(&rules));
        let mut findings = Vec::new();
        for (rule, severity) in own.as_ref().unwrap_or(&usual) {
            let before = findings.len();
            (rule.check)(context, &mut Report::new(rule, *severity, context.page.file, &mut findings));
            if !settings.keep.is_empty() {
                let found = findings.split_off(before);
                findings
                    .extend(found.into_iter().filter(|finding: &Finding| !settings.keeps(&finding.found)));
            }
        }
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
        (findings, damage::cells(context))
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
    let by_page = visit_pages(pages, &references, schema, lexicon, settings, &wanted, judge);
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
    let locales: BTreeSet<_> = pages.iter().filter_map(|page| page.source.locale.clone()).collect();
    let judged = pages.iter().filter(|page| chosen[page.file.0 as usize]);
    let notes = schema.map_or(&[][..], |schema| &schema.notes);
    Outcome {
        findings,
        coverage: coverage(pages.iter()),
        locales: locales.into_iter().collect(),
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

/// The rules that are on, with their severities.
fn enabled(severities: &Severities) -> Vec<(&'static Rule, Severity)> {
    let severity = |rule: &Rule| severities.get(rule.name).copied().unwrap_or(Some(rule.severity));
    rules::all().iter().filter_map(|rule| Some((*rule, severity(rule)?))).collect()
}

/// Compares pages with a spec and visits each that the settings choose, on all threads. A comparison
/// lives no longer than its visit; the results come in the order of the pages.
pub fn compare<T: Send>(
    pages: &[Page],
    schema: Option<&Schema>,
    lexicon: &Lexicon,
    settings: &Settings,
    visit: impl Fn(&Context<'_>) -> T + Sync,
) -> Vec<T> {
    let references = References::new(pages, &settings.reference);
    let wanted = chosen(pages, settings);
    visit_pages(pages, &references, schema, lexicon, settings, &wanted, visit).into_iter().flatten().collect()
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

/// [`compare`], with nothing for pages that are not wanted.
fn visit_pages<T: Send>(
    pages: &[Page],
    references: &References<'_>,
    schema: Option<&Schema>,
    lexicon: &Lexicon,
    settings: &Settings,
    wanted: &[bool],
    visit: impl Fn(&Context<'_>) -> T + Sync,
) -> Vec<Option<T>> {
    let index = schema.map(SpecIndex::new);
    let votes = Votes::new(pages, references, lexicon);
    if pages.len() > FEW {
        rayon::broadcast(|_| make_room());
    }
    // Translations of one page follow each other, so that what vouches for them is still at hand.
    let mut order: Vec<&Page> = pages.iter().collect();
    let ranks = ranks(pages);
    order.sort_by_key(|page| (ranks.get(page.source.page.as_str()), page.file));
    let mut shown: Vec<Shown<'_>> =
        order.par_iter().map(|page| shown(page, references, &votes, index.as_ref(), lexicon)).collect();
    let corpus = Corpus::new(pages, references);
    let mut sightings = Sightings::default();
    for page in &mut shown {
        sightings.merge(std::mem::take(&mut page.sightings));
    }
    let (sources, source_prose) = (SourceRows::new(pages, lexicon), SourceProse::new(pages));
    let visits = order.par_iter().zip(shown).map(|(page, shown)| {
        if !wanted[page.file.0 as usize] {
            return None;
        }
        let vocabulary = lexicon.vocabulary(page.source.locale.as_ref());
        // Prose is read from front to back, and what follows finds the page at hand.
        let prose = prose(page, shown.pairing.as_ref(), &source_prose);
        let pairing = shown.pairing.as_ref();
        let merged = merged_rows(page, pairing, &vocabulary);
        let around = Surroundings {
            page,
            sources: &sources,
            votes: &votes,
            requests: &shown.requests,
            spec: index.as_ref(),
            vocabulary: &vocabulary,
            merged: &merged,
        };
        let tables = tables(&around, pairing);
        let (values, kept_values) = values(page, pairing, &tables, &vocabulary, &merged, &source_prose);
        let Shown { pairing, requests, lines, examples, .. } = shown;
        let outvoted = votes.outvoted(page).to_vec();
        let comparison = PageComparison {
            pairing,
            prose,
            tables,
            merged,
            values,
            kept_values,
            requests,
            lines,
            examples,
            outvoted,
        };
        let context = Context::new(page, &comparison, schema, &corpus, &sightings, vocabulary, settings);
        Some(visit(&context))
    });
    let visits: Vec<Option<T>> = visits.collect();
    let mut by_page: Vec<Option<T>> = std::iter::repeat_with(|| None).take(pages.len()).collect();
    for (page, visit) in order.into_iter().zip(visits) {
        by_page[page.file.0 as usize] = visit;
    }
    by_page
}

/// The place of each page identity in their order. There are far fewer than pages, and numbers are sorted faster.
fn ranks(pages: &[Page]) -> HashMap<&str, usize> {
    let mut ranks: HashMap<&str, usize> = pages.iter().map(|page| (page.source.page.as_str(), 0)).collect();
    let mut names: Vec<&str> = ranks.keys().copied().collect();
    names.sort_unstable();
    for (rank, name) in names.into_iter().enumerate() {
        ranks.insert(name, rank);
    }
    ranks
}

/// What a page's requests and examples show; needed of all pages before any is judged.
struct Shown<'a> {
    pairing: Option<Pairing<'a>>,
    requests: Vec<RequestComparison<'a>>,
    lines: Vec<RequestLine>,
    examples: Vec<ExampleComparison<'a>>,
    sightings: Sightings,
}

fn shown<'a>(
    page: &'a Page,
    references: &References<'a>,
    votes: &Votes,
    index: Option<&SpecIndex<'a>>,
    lexicon: &Lexicon,
) -> Shown<'a> {
    let vocabulary = lexicon.vocabulary(page.source.locale.as_ref());
    let lines: Vec<RequestLine> = request_lines(page);
    let pairing = references.of(page).map(|with| pair_pages(page, with));
    let requests = requests(page, pairing.as_ref(), Some(votes), &lines, index, &vocabulary);
    let mut sightings = Sightings::default();
    let examples =
        index.map_or_else(Vec::new, |index| examples(page, &requests, &lines, index, &mut sightings));
    Shown { pairing, requests, lines, examples, sightings }
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
