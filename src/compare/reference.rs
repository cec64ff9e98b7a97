//! Which page vouches for which: the reference locale's page of the same identity, a bilingual page's source
//! half, or a loose page that documents the same.

use std::collections::BTreeMap;

use crate::compare::bind::section_names;
use crate::compare::paths::Paths;
use crate::compare::requests::request_lines;
use crate::comparison::Counterpart;
use crate::document::View;
use crate::extract::path::Path;
use crate::facts::{Page, TableRole};
use crate::fold::identifier_key;
use crate::hash::{HashMap, HashSet};
use crate::settings::Reference;
use crate::source::Locale;
use crate::text::FileId;

/// The reference page of every page.
#[derive(Debug, Default)]
pub struct References<'a> {
    of: HashMap<FileId, Counterpart<'a>>,
    /// The reference locale, if there is one.
    pub locale: Option<Locale>,
}

impl<'a> References<'a> {
    /// Finds the reference page of each of `pages`.
    pub fn new(pages: &'a [Page], choice: &Reference) -> Self {
        let locale = match choice {
            Reference::Off => return Self::default(),
            Reference::Locale(locale) => Some(locale.clone()),
            Reference::Auto => english(pages),
        };
        let vouches = |page: &&'a Page| match &locale {
            Some(locale) => page.source.locale.as_ref() == Some(locale),
            None => false,
        };
        let mut by_identity: HashMap<&str, Counterpart<'a>> = HashMap::default();
        // A reference tree comes first; a bilingual page serves where that tree has no such page.
        for page in pages.iter().filter(vouches) {
            by_identity.entry(&page.source.page).or_insert(Counterpart { page, view: View::Page });
        }
        for page in pages.iter().filter(|page| page.document.bilingual && !vouches(page)) {
            by_identity.entry(&page.source.page).or_insert(Counterpart { page, view: View::Source });
        }
        let mut of = HashMap::default();
        let mut loose = Vec::new();
        for page in pages.iter().filter(|page| !vouches(page)) {
            match by_identity.get(page.source.page.as_str()) {
                Some(found) if !std::ptr::eq(found.page, page) => {
                    of.insert(page.file, *found);
                }
                Some(_) => {}
                None => loose.push(page),
            }
        }
        pair_loose(&mut of, &loose, by_identity.values().copied().collect());
        Self { of, locale }
    }

    /// The page that vouches for `page`.
    pub fn of(&self, page: &Page) -> Option<Counterpart<'a>> {
        self.of.get(&page.file).copied()
    }

    /// Whether `page` belongs to the reference locale.
    pub fn is_reference(&self, page: &Page) -> bool {
        self.locale.is_some() && self.locale == page.source.locale
    }
}

/// The English locale with the most pages.
fn english(pages: &[Page]) -> Option<Locale> {
    let mut counts: BTreeMap<&Locale, usize> = BTreeMap::new();
    for locale in pages.iter().filter_map(|page| page.source.locale.as_ref()) {
        if locale.language() == "en" {
            *counts.entry(locale).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(locale, _)| locale.clone())
}

/// Pairs pages whose names say nothing by what they document, where exactly one candidate documents it.
fn pair_loose<'a>(
    of: &mut HashMap<FileId, Counterpart<'a>>,
    loose: &[&'a Page],
    mut candidates: Vec<Counterpart<'a>>,
) {
    if loose.is_empty() || candidates.is_empty() {
        return;
    }
    candidates.sort_by_key(|candidate| candidate.page.file);
    let mut by_subject: HashMap<String, Option<Counterpart<'a>>> = HashMap::default();
    for candidate in candidates {
        for subject in subjects(candidate.page) {
            by_subject.entry(subject).and_modify(|known| *known = None).or_insert(Some(candidate));
        }
    }
    for page in loose {
        let mut votes: BTreeMap<FileId, (usize, Counterpart<'a>)> = BTreeMap::new();
        let subjects = subjects(page);
        for candidate in subjects.iter().filter_map(|subject| by_subject.get(subject).copied().flatten()) {
            votes.entry(candidate.page.file).or_insert((0, candidate)).0 += 1;
        }
        let best = votes
            .into_values()
            .filter(|(_, found)| !std::ptr::eq(found.page, *page) && !is_same_language(page, *found))
            .max_by_key(|(n, _)| *n);
        if let Some((count, found)) = best
            && count * 2 > subjects.len()
        {
            of.insert(page.file, found);
        }
    }
}

/// Whether two pages are in one language, so that neither is a translation of the other: by their locales, or by what
/// the headers of their tables say.
fn is_same_language(page: &Page, with: Counterpart<'_>) -> bool {
    let language = |page: &Page| page.source.locale.as_ref().map(|locale| locale.language().to_owned());
    if with.view == View::Source {
        return false;
    }
    if let (Some(own), Some(theirs)) = (language(page), language(with.page)) {
        return own == theirs;
    }
    let (own, theirs) = (headers(page), headers(with.page));
    let shared = own.iter().filter(|word| theirs.contains(*word)).count();
    own.len() > 1 && shared * 4 > own.len() * 3
}

/// What the header cells of a page's tables say, each once.
fn headers(page: &Page) -> HashSet<String> {
    let document = &page.document;
    let rows = document.tables.iter().filter_map(|table| document.rows.get(table.header? as usize));
    let cells = rows.flat_map(|row| document.row_cells(row));
    cells
        .map(|cell| document.text(&page.source.text, *cell, View::Page).to_lowercase())
        .filter(|text| !text.is_empty())
        .collect()
}

/// What a page documents: its operation as method and literal segments, else the resources it has tables of.
fn subjects(page: &Page) -> Vec<String> {
    let operations: Vec<String> = request_lines(page, &Paths::default())
        .iter()
        .filter(|line| line.path.is_path())
        .map(|line| format!("{} {}", line.method, shape(&line.path)))
        .collect();
    if !operations.is_empty() {
        return operations;
    }
    let tables = page.facts.tables.iter().filter(|fact| fact.role == TableRole::Properties);
    let sections = tables.filter_map(|fact| page.facts.sections.get(fact.section? as usize));
    let mut names: Vec<String> = sections
        .filter_map(|section| section_names(page, section).into_iter().next())
        .map(|name| identifier_key(&name).into_owned())
        .collect();
    names.sort();
    names.dedup();
    names
}

/// A concrete path with its values left out: segments that hold digits are values.
fn shape(path: &Path) -> String {
    let segments = (0..path.segments()).map(|at| match path.literal(at) {
        Some(literal) if at == 0 || !literal.bytes().any(|b| b.is_ascii_digit()) => {
            literal.to_ascii_lowercase()
        }
        _ => "{}".to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}
