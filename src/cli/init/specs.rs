//! Specs below the working folder, and how much of each the pages document.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::facts::Page;
use crate::lexicon::Lexicon;
use crate::project::{Spec, bound, pipeline, specs};
use crate::read;
use crate::schema::Schema;
use crate::settings::Settings;
use crate::source::Locale;
use crate::spec::{Document, Input};

/// So many specs are held against the pages, at most.
const MOST: usize = 24;

/// The pages document a spec if one of so many of their tables and requests is of it.
const SHARE: usize = 20;

/// A spec, and how much of it the pages document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// As `--spec` takes it.
    pub path: String,
    /// What it is.
    pub kind: &'static str,
    /// How many types it declares.
    pub types: usize,
    /// How many operations it declares.
    pub operations: usize,
    /// How many tables and requests of the pages are of its types and operations.
    pub documented: usize,
}

/// What the pages may be held against.
#[derive(Debug, Default)]
pub struct Specs {
    /// What they document.
    pub chosen: Vec<Found>,
    /// What they do not.
    pub others: Vec<Found>,
}

/// A spec that may be one of these pages.
struct Candidate {
    path: String,
    kind: &'static str,
    spec: Spec,
}

/// The specs below the working folder; of those that are pages in several languages, that of the source.
pub fn specs(pages: &[Page], reference: Option<&Locale>, lexicon: &Lexicon) -> Specs {
    let says = |page: &Page| page.facts.tables.len() + page.facts.requests.len();
    let said: usize = pages.iter().map(says).sum();
    let is_translation = |path: &str| {
        pages.iter().any(|page| page.source.path == path && page.source.locale.as_ref() != reference)
    };
    let mut found = Vec::new();
    let models = documented(pages, pipeline::schema(pages, Spec::Models).ok().flatten(), lexicon);
    for Candidate { path, kind, spec } in candidates().into_iter().take(MOST) {
        if is_translation(&path) {
            continue;
        }
        let Ok(Some(schema)) = pipeline::schema(pages, spec) else { continue };
        let (types, operations) = (schema.types.len(), schema.operations.len());
        if types + operations == 0 {
            continue;
        }
        let (documented, places) = documented(pages, Some(schema), lexicon);
        let narrow = folder_of(&places);
        let is_narrow = kind == RUST && documented > 0 && narrow != "." && is_sound(pages, &narrow);
        let path = if is_narrow { narrow } else { path };
        found.push(Found { path, kind, types, operations, documented });
    }
    if models.0 > 0 {
        let (path, kind) = ("models".to_owned(), "built in");
        found.push(Found { path, kind, types: 0, operations: 0, documented: models.0 });
    }
    // What is built in comes last: the types of the project say more.
    found.sort_by_key(|found| std::cmp::Reverse(found.documented));
    let best = found.first().map_or(0, |found| found.documented);
    let is_chosen = |found: &Found| found.documented == best && best > 0 && best * SHARE >= said;
    let chosen = found.iter().position(is_chosen);
    let chosen: Vec<Found> = chosen.map(|at| found.remove(at)).into_iter().collect();
    found.retain(|found| found.kind != "built in");
    Specs { chosen, others: found }
}

const RUST: &str = "Rust types";

/// All that may be a spec: API descriptions, schemas, and crates with types that serde writes.
fn candidates() -> Vec<Candidate> {
    let mut candidates = Vec::new();
    let mut crates: BTreeMap<String, Vec<Document>> = BTreeMap::new();
    let mut named = Vec::new();
    for file in read::spec_files(Path::new(".")).files {
        if Path::new(&file.path).extension().is_some_and(|end| end == "rs") {
            if file.text.contains("Serialize") || file.text.contains("Deserialize") {
                crates.entry(crate_of(&file.path)).or_default().push(Document::new(file));
            }
            continue;
        }
        let document = Document::new(file);
        if let Some(kind) = document.kind() {
            named.push((document.path().to_owned(), kind));
        }
    }
    // Descriptions of whole APIs before single schemas.
    named.sort_by_key(|(_, kind)| *kind == "JSON Schema");
    for (path, kind) in named {
        if let Ok(spec) = specs::read(std::slice::from_ref(&path)) {
            candidates.push(Candidate { path, kind, spec });
        }
    }
    for (folder, documents) in crates {
        let source = Path::new(&folder).join("src");
        let name = match (source.is_dir(), source.to_str()) {
            (true, Some(source)) => source.replace('\\', "/"),
            _ if folder.is_empty() => ".".to_owned(),
            _ => folder.clone(),
        };
        let input = Input { name: name.clone(), folder, is_file: false, documents };
        candidates.insert(0, Candidate { path: name, kind: RUST, spec: Spec::Given(vec![input]) });
    }
    candidates
}

/// The folder of the crate that a file belongs to.
fn crate_of(path: &str) -> String {
    let folders = Path::new(path).ancestors().skip(1);
    let home = { folders }.find(|folder| folder.join("Cargo.toml").is_file());
    home.and_then(Path::to_str).unwrap_or("").to_owned()
}

/// Whether a spec of that name can be used.
fn is_sound(pages: &[Page], path: &str) -> bool {
    specs::read(&[path.to_owned()])
        .is_ok_and(|spec| pipeline::schema(pages, spec).is_ok_and(|schema| schema.is_some()))
}

/// How many tables and requests are of a schema's types and operations, and the files that declare those.
fn documented(pages: &[Page], schema: Option<Schema>, lexicon: &Lexicon) -> (usize, BTreeSet<String>) {
    let Some(schema) = schema else { return (0, BTreeSet::new()) };
    let found = bound::bound(pages, &schema, lexicon, &Settings::default());
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
