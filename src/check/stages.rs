//! Pages compared and visited on all threads, in groups that take each stage together.
//!
//! Absent here: what is compared, what is right.

use rayon::prelude::*;

use crate::compare::corpus::Corpus;
use crate::compare::descriptions::descriptions;
use crate::compare::operations::{operations, unknown};
use crate::compare::pairing::pair_pages;
use crate::compare::paths::Paths;
use crate::compare::reference::References;
use crate::compare::requests::{request_lines, requests};
use crate::compare::source_rows::{SourceRows, SourceTables};
use crate::compare::spec_index::SpecIndex;
use crate::compare::stated::stated;
use crate::compare::undocumented::undocumented;
use crate::compare::votes::Votes;
use crate::compare::{Sightings, SourceProse, Surroundings, examples, merged_rows, prose, tables, values};
use crate::comparison::PageComparison;
use crate::facts::Page;
use crate::hash::HashMap;
use crate::lexicon::{Lexicon, Vocabulary};
use crate::rules::Context;
use crate::schema::Schema;
use crate::settings::Settings;

/// So many pages take a stage one after the other: its code stays at hand, and so do they.
const TOGETHER: usize = 12;

/// Compares pages and visits those that are wanted, a group at a time. The results come in the order of the pages, with
/// nothing for pages that are not wanted.
pub(super) fn visit<T: Send>(
    pages: &[Page],
    references: &References<'_>,
    schema: Option<&Schema>,
    lexicon: &Lexicon,
    settings: &Settings,
    wanted: &[bool],
    visit: impl Fn(&[Context<'_>]) -> Vec<T> + Sync,
) -> Vec<Option<T>> {
    let index = schema.map(SpecIndex::new);
    let locales = pages.iter().map(|page| page.source.locale.as_ref());
    let vocabularies: Vec<Vocabulary<'_>> = lexicon.vocabularies(locales).collect();
    let paths = Paths::default();
    let votes = Votes::new(pages, references, lexicon);
    let together = (pages.len() / (4 * rayon::current_num_threads())).clamp(1, TOGETHER);
    let order = order(pages);
    let sent: Vec<(Vec<PageComparison<'_>>, Sightings)> = order
        .par_chunks(together)
        .map(|group| compare_sent(group, references, &votes, index.as_ref(), (&vocabularies, &paths)))
        .collect();
    let corpus = Corpus::new(pages, references);
    let mut sightings = Sightings::default();
    let mut groups = Vec::with_capacity(sent.len());
    for (group, (comparisons, seen)) in order.chunks(together).zip(sent) {
        sightings.merge(seen);
        groups.push((group, comparisons));
    }
    if let Some(index) = &index {
        // A translation documents what its source does.
        let own = groups.iter().flat_map(|(group, comparisons)| group.iter().zip(comparisons));
        let own = own.filter(|(page, _)| references.of(page).is_none());
        let unknown = groups.iter().flat_map(|(_, comparisons)| comparisons).flat_map(|found| &found.unknown);
        let meant = unknown.filter_map(|(_, nearest)| *nearest);
        let mut missing =
            undocumented(own.map(|(page, found)| (page.file, &*found.operations)), meant, index);
        for (group, comparisons) in &mut groups {
            for (page, comparison) in group.iter().zip(comparisons) {
                comparison.undocumented = missing.remove(&page.file).unwrap_or_default();
            }
        }
    }
    let rows = SourceRows::new(pages, lexicon, &corpus.readings);
    let (tables, prose) = (SourceTables::new(&rows), SourceProse::new(pages));
    let sources = Sources { tables: &tables, prose: &prose };
    let visits = groups.into_par_iter().map(|(group, comparisons)| {
        let compared = group.iter().copied().zip(comparisons);
        let mut compared: Vec<_> = compared.filter(|(page, _)| wanted[page.file.0 as usize]).collect();
        compare_shown(&mut compared, sources, &votes, index.as_ref(), &vocabularies);
        let contexts = compared.iter().map(|(page, comparison)| {
            let vocabulary = vocabularies[page.file.0 as usize];
            Context::new(page, comparison, schema, &corpus, &sightings, vocabulary, settings)
        });
        let contexts: Vec<Context<'_>> = contexts.collect();
        let files = contexts.iter().map(|context| context.page.file);
        files.zip(visit(&contexts)).collect::<Vec<_>>()
    });
    let visits: Vec<Vec<_>> = visits.collect();
    let mut by_page: Vec<Option<T>> = std::iter::repeat_with(|| None).take(pages.len()).collect();
    for (file, visit) in visits.into_iter().flatten() {
        by_page[file.0 as usize] = Some(visit);
    }
    by_page
}

/// Translations of one page follow each other, so that what vouches for them is still at hand.
fn order(pages: &[Page]) -> Vec<&Page> {
    let mut order: Vec<&Page> = pages.iter().collect();
    let ranks = ranks(pages);
    order.sort_by_key(|page| (ranks.get(page.source.page.as_str()), page.file));
    order
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

/// Requests and examples of a group, and what these send; needed of all pages before any is judged.
fn compare_sent<'a>(
    group: &[&'a Page],
    references: &References<'a>,
    votes: &Votes,
    index: Option<&SpecIndex<'a>>,
    (vocabularies, paths): (&[Vocabulary<'_>], &Paths),
) -> (Vec<PageComparison<'a>>, Sightings) {
    let mut sightings = Sightings::default();
    let paired = |page: &&'a Page| PageComparison {
        pairing: references.of(page).map(|with| pair_pages(page, with)),
        lines: request_lines(page, paths),
        outvoted: votes.outvoted(page).to_vec(),
        ..PageComparison::default()
    };
    let mut comparisons: Vec<PageComparison<'a>> = group.iter().map(paired).collect();
    for (page, comparison) in group.iter().zip(&mut comparisons) {
        let vocabulary = &vocabularies[page.file.0 as usize];
        let pairing = comparison.pairing.as_ref();
        comparison.requests =
            requests(page, pairing, Some(votes), &comparison.lines, index, (vocabulary, paths));
        comparison.stated = stated(page, pairing);
        if let Some(index) = index {
            comparison.operations = operations(page, &comparison.requests, paths, index);
            comparison.unknown = unknown(page, &comparison.operations, paths, index);
        }
    }
    if let Some(index) = index {
        for (page, comparison) in group.iter().zip(&mut comparisons) {
            comparison.examples = examples(page, &comparison.operations, index, &mut sightings);
        }
    }
    (comparisons, sightings)
}

/// What pages vouch with for others, read once.
#[derive(Clone, Copy)]
struct Sources<'a> {
    tables: &'a SourceTables<'a>,
    prose: &'a SourceProse<'a>,
}

/// Prose and tables of a group.
fn compare_shown<'a>(
    group: &mut [(&'a Page, PageComparison<'a>)],
    sources: Sources<'a>,
    votes: &Votes,
    index: Option<&SpecIndex<'a>>,
    vocabularies: &[Vocabulary<'_>],
) {
    let vocabulary = |page: &Page| &vocabularies[page.file.0 as usize];
    // Prose is read from front to back, and what follows finds the page at hand.
    for (page, comparison) in &mut *group {
        comparison.prose = prose(page, comparison.pairing.as_ref(), sources.prose);
        comparison.descriptions = descriptions(page, comparison.pairing.as_ref());
        comparison.merged = merged_rows(page, comparison.pairing.as_ref(), vocabulary(page));
    }
    let around = group.iter().map(|(page, comparison)| Surroundings {
        page,
        pairing: comparison.pairing.as_ref(),
        sources: sources.tables,
        votes,
        requests: &comparison.requests,
        operations: &comparison.operations,
        spec: index,
        vocabulary: vocabulary(page),
        merged: &comparison.merged,
    });
    let tables = tables(&around.collect::<Vec<_>>());
    for ((_, comparison), tables) in group.iter_mut().zip(tables) {
        comparison.tables = tables;
    }
    for (page, comparison) in group {
        let (pairing, vocabulary) = (comparison.pairing.as_ref(), vocabulary(page));
        let (tables, merged) = (&comparison.tables, &comparison.merged);
        (comparison.values, comparison.kept_values) =
            values(page, pairing, tables, vocabulary, merged, sources.prose);
    }
}
