//! Defects that translations share with their reference page are told once, there, with the translations
//! as related places: they are the source's to mend, and no translator's. Of a page that the reference tree lacks,
//! the first translation stands in for the source.

use std::collections::hash_map::Entry;

use crate::compare::reference::References;
use crate::facts::Page;
use crate::finding::{Cause, Finding, Related, Site, Subject, SubjectKind};
use crate::hash::HashMap;

/// Translations named beside one finding; the rest is counted.
const NAMED: usize = 12;

/// All findings, without those that a translation has from its reference page.
pub(super) fn report_once(
    pages: &[Page],
    references: &References<'_>,
    by_page: Vec<Vec<Finding>>,
) -> Vec<Finding> {
    let mut kept: Vec<Vec<Finding>> = by_page;
    // By reference page: the translations of each of its findings.
    let mut echoes: HashMap<(usize, usize), Vec<Related>> = HashMap::default();
    let first = first_translations(pages, references);
    for at in 0..pages.len() {
        let with = references.of(&pages[at]).map(|with| with.page.file.0 as usize);
        let Some(source) = with.or_else(|| first.get(pages[at].source.page.as_str()).copied()) else {
            continue;
        };
        let inheritable = |finding: &Finding| matches!(finding.cause, Cause::Drift | Cause::Page);
        if source == at || kept[source].is_empty() || !kept[at].iter().any(inheritable) {
            continue;
        }
        // The first finding of each key, and for each finding the next of its key.
        let mut waiting: HashMap<Key<'_>, usize> = HashMap::default();
        let mut next = vec![None; kept[source].len()];
        for (number, finding) in kept[source].iter().enumerate().rev() {
            next[number] = waiting.insert(key(finding), number);
        }
        let mut inherited = Vec::new();
        for (number, finding) in kept[at].iter().enumerate() {
            if !inheritable(finding) {
                continue;
            }
            if let Entry::Occupied(mut first) = waiting.entry(key(finding)) {
                let original = *first.get();
                match next[original] {
                    Some(other) => drop(first.insert(other)),
                    None => drop(first.remove()),
                }
                inherited.push((number, original));
            }
        }
        for (number, original) in &inherited {
            let message = match &pages[at].source.locale {
                Some(locale) => format!("the same in {locale}"),
                None => "the same in its translation".to_owned(),
            };
            let related = Related { place: Site::Page(kept[at][*number].place), message };
            echoes.entry((source, *original)).or_default().push(related);
        }
        let gone: Vec<usize> = inherited.into_iter().map(|(number, _)| number).collect();
        let mut number = 0;
        kept[at].retain(|_| {
            number += 1;
            gone.binary_search(&(number - 1)).is_err()
        });
    }
    for ((page, number), related) in echoes {
        let finding = &mut kept[page][number];
        let more = related.len().saturating_sub(NAMED);
        finding.related.extend(related.into_iter().take(NAMED));
        if more > 0
            && let Some(last) = finding.related.last_mut()
        {
            last.message = format!("{}, and in {more} more", last.message);
        }
    }
    let mut all = Vec::with_capacity(kept.iter().map(Vec::len).sum());
    for findings in kept {
        all.extend(findings);
    }
    all
}

/// By page that the reference tree lacks, the first of its translations.
fn first_translations<'a>(pages: &'a [Page], references: &References<'_>) -> HashMap<&'a str, usize> {
    let mut first = HashMap::default();
    // Without a reference tree every locale speaks for itself.
    let lacking = |page: &&Page| {
        references.locale.is_some() && page.source.locale.is_some() && !references.is_reference(page)
    };
    for page in pages.iter().filter(lacking).filter(|page| references.of(page).is_none()) {
        first.entry(page.source.page.as_str()).or_insert(page.file.0 as usize);
    }
    first
}

/// What makes two findings the same defect in two languages.
type Key<'f> = (&'static str, &'f Subject, &'f str);

/// What stands there may be in another language; where the subject names the thing at fault, that says all.
fn key(finding: &Finding) -> Key<'_> {
    let named = matches!(
        finding.subject.kind,
        SubjectKind::Name | SubjectKind::Type | SubjectKind::Method | SubjectKind::Uri
    );
    let found = if named || finding.expected.is_some() { "" } else { finding.found.as_str() };
    (finding.rule, &finding.subject, found)
}
