//! What a tree holds: pages, locales, a reference, and types that the pages document.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::super::input::start_threads;
use crate::compare::reference::References;
use crate::extract::Extractor;
use crate::facts::{Page, TableRole};
use crate::lexicon::Lexicon;
use crate::outcome::Coverage;
use crate::project::{Spec, bound, pipeline, specs};
use crate::read::{self, Inputs};
use crate::schema::Schema;
use crate::settings::{Reference, Settings};
use crate::source::Locale;

/// What was found below the working folder.
pub struct Survey {
    /// How many pages there are.
    pub pages: usize,
    /// The folders that hold the documentation.
    pub paths: Vec<String>,
    /// Pages in those folders by locale; `None`: nothing says.
    pub locales: BTreeMap<Option<Locale>, usize>,
    /// The locale that vouches for the others, if there is more than one.
    pub reference: Option<Locale>,
    /// What the pages are best held against.
    pub spec: Bound,
    /// How much of the pages was understood.
    pub coverage: Coverage,
}

/// A spec, and how much of it the pages document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bound {
    /// How many tables and requests are of its types and operations.
    pub count: usize,
    /// As `--spec` takes it.
    pub spec: String,
}

/// Looks at everything below the working folder.
pub fn survey() -> Result<Survey, String> {
    let lexicon = Lexicon::default();
    let inputs = Inputs { paths: vec![".".into()], ..Inputs::default() };
    let extractor = Extractor::new(&lexicon);
    let pages = read::map(&inputs, |sources| pipeline::pages(sources, &extractor)).pages;
    let all = pages.len();
    let paths = paths(&pages);
    let is_below = |page: &Page| paths.iter().any(|path| below(&page.source.path, path));
    let pages = pipeline::number(pages.into_iter().filter(is_below).collect());
    let mut locales: BTreeMap<Option<Locale>, usize> = BTreeMap::new();
    for page in &pages {
        *locales.entry(page.source.locale.clone()).or_default() += 1;
    }
    let reference = References::new(&pages, &Reference::Auto).locale.filter(|_| locales.len() > 1);
    start_threads(None)?;
    let spec = spec(&pages, &lexicon);
    Ok(Survey { pages: all, paths, locales, reference, spec, coverage: pipeline::coverage(pages.iter()) })
}

/// Whether a path lies below a folder; all lie below `.`.
fn below(path: &str, folder: &str) -> bool {
    folder == "." || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/') || rest.is_empty())
}

/// The folders, by the first step of their paths, that hold translations; without any, those that hold tables and
/// examples; else all there are.
fn paths(pages: &[Page]) -> Vec<String> {
    let speaks = |page: &Page| {
        let knows = |role| !matches!(role, TableRole::Other | TableRole::Unknown);
        page.facts.tables.iter().any(|table| knows(table.role)) || !page.facts.examples.is_empty()
    };
    let tests: [&dyn Fn(&Page) -> bool; 3] = [&|page| page.source.locale.is_some(), &speaks, &|_| true];
    for is_doc in tests {
        let mut groups: BTreeMap<&str, Option<Vec<&str>>> = BTreeMap::new();
        for page in pages.iter().filter(|page| is_doc(page)) {
            let folders = trunk(page);
            let group = groups.entry(folders.first().copied().unwrap_or("")).or_default();
            match group {
                None => *group = Some(folders),
                Some(common) => {
                    let shared = common.iter().zip(&folders).take_while(|(a, b)| a == b).count();
                    common.truncate(shared);
                }
            }
        }
        if groups.contains_key("") {
            return vec![".".to_owned()];
        }
        if !groups.is_empty() {
            return groups.into_values().flatten().map(|folders| folders.join("/")).collect();
        }
    }
    Vec::new()
}

/// The folders above a page: those above its locale's folder, if it lies in one.
fn trunk(page: &Page) -> Vec<&str> {
    let path = page.source.path.as_str();
    let root = path.strip_suffix(page.source.page.as_str()).map(|root| root.trim_end_matches('/'));
    let root = root.filter(|root| !root.is_empty()).unwrap_or(path);
    let mut folders: Vec<&str> = root.split('/').collect();
    folders.pop();
    folders
}

/// The user's types, if the pages document any of them, else the built-in models, else nothing.
fn spec(pages: &[Page], lexicon: &Lexicon) -> Bound {
    let models = pipeline::schema(pages, Spec::Models).ok().flatten();
    let (built_in, _) = documented(pages, models.as_ref(), lexicon);
    let (count, places) = documented(pages, all_own(pages).as_ref(), lexicon);
    if count > 0 && count >= built_in {
        let spec = folder_of(&places);
        if own(pages, &spec).is_some() {
            return Bound { count, spec };
        }
    }
    let spec = if built_in > 0 { "models" } else { "none" };
    Bound { count: built_in, spec: spec.to_owned() }
}

/// The types in a file or folder, if all specs in it are sound.
fn own(pages: &[Page], path: &str) -> Option<Schema> {
    pipeline::schema(pages, specs::read(&[path.to_owned()]).ok()?).ok().flatten()
}

/// The types below the working folder: of all specs, or if these are not sound together, of the Rust files.
fn all_own(pages: &[Page]) -> Option<Schema> {
    own(pages, ".").or_else(|| {
        let Ok(Spec::Given(mut inputs)) = specs::read(&[".".to_owned()]) else { return None };
        for input in &mut inputs {
            input
                .documents
                .retain(|document| Path::new(document.path()).extension().is_some_and(|end| end == "rs"));
        }
        pipeline::schema(pages, Spec::Given(inputs)).ok().flatten()
    })
}

/// How many tables and requests are of a schema's types and operations, and the files that declare those.
fn documented(pages: &[Page], schema: Option<&Schema>, lexicon: &Lexicon) -> (usize, BTreeSet<String>) {
    let Some(schema) = schema else { return (0, BTreeSet::new()) };
    let found = bound::bound(pages, schema, lexicon, &Settings::default());
    let count = found.iter().map(|page| page.tables.len() + page.requests).sum();
    let names = found.iter().flat_map(|page| &page.tables).map(|(name, _)| name);
    let places = names.filter_map(|name| schema.types.get(name)?.place);
    let files: BTreeSet<u32> = places.map(|place| place.file.0).collect();
    let paths = files.into_iter().filter_map(|file| schema.files.get(file as usize));
    (count, paths.map(|file| file.path.clone()).collect())
}

/// The one file, or the folder that all of the files lie in.
fn folder_of(files: &BTreeSet<String>) -> String {
    let mut files = files.iter().map(|file| file.split('/').collect::<Vec<_>>());
    let Some(mut common) = files.next() else { return ".".to_owned() };
    for file in files {
        let shared = common.iter().zip(&file).take_while(|(a, b)| a == b).count();
        common.truncate(shared);
    }
    if common.is_empty() { ".".to_owned() } else { common.join("/") }
}
