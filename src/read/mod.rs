//! Reads pages: files, folders and standard input become [`Source`]s with text, locale and page identity.
//!
//! Walking, reading and whatever the caller does with a text overlap: threads share the walk and each
//! carries its page through. The result does not depend on how many there are. Nothing is written,
//! and no link is followed unless it was named. Absent here: Markdown, APIs, printing.

mod decode;
mod encode;
mod file;
mod gather;
mod globs;
mod identity;
mod layout;
mod problem;
mod spec;
mod stamps;
mod surroundings;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::hash::HashSet;
use crate::source::{self, Encoding, Locale, Source, Unreadable};

use file::Reader;
use gather::{Candidate, Gather};
use identity::identity;
use layout::Given;

pub use encode::encode;
pub use file::{LIMIT, PAGE_LIMIT, read_bytes, read_text, working_folder};
pub use gather::{EXTENSIONS, STDIN, shown};
pub use globs::{Globs, normal};
pub use layout::{Chosen, Layout, Pattern, Rule as LayoutRule, Shape, Why, by_count, is_locale_folder};
pub use problem::{Problem, ProblemKind};
pub use spec::{SpecFiles, referenced_spec_file, spec_files};
pub use stamps::Stamps;
pub use surroundings::surroundings;

/// Up to so many pages a thread costs more than it saves.
const FEW: usize = 8;

/// How many pages a thread takes from the walk at a time.
const BATCH: usize = 16;

/// What to read.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Files and folders, relative to the working folder or absolute; `-` is standard input.
    pub paths: Vec<PathBuf>,
    /// Folders whose other pages bear witness: they are read, and not judged.
    pub witnesses: Vec<PathBuf>,
    /// Whether of those only the sources and translations of what was asked for are read.
    pub only_kin: bool,
    /// What standard input is called; its locale and page identity follow from it.
    pub stdin_name: Option<String>,
    /// What is a page below a folder; `None`: Markdown and HTML files by their extensions.
    pub include: Option<Globs>,
    /// What is left out below folders.
    pub exclude: Option<Globs>,
    /// Locales said by the user.
    pub locales: Vec<LocaleRoot>,
    /// Locales by the name of a folder or a file's ending, in lower case.
    pub locale_names: BTreeMap<String, Locale>,
    /// Layouts said by the user.
    pub layouts: Vec<LayoutRule>,
    /// How many threads to use; `None`: as many as pay off here.
    pub threads: Option<NonZeroUsize>,
}

/// A folder or file whose locale is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocaleRoot {
    /// Path as [`Source::path`] begins, without slash at the end; empty for everything.
    pub prefix: String,
    /// The locale of the pages below.
    pub locale: Locale,
}

/// What was read.
#[derive(Debug)]
pub struct Reading<T> {
    /// One a page, sorted by the bytes of [`Source::path`].
    pub pages: Vec<T>,
    /// By page, whether it was asked for; the others bear witness.
    pub asked: Vec<bool>,
    /// Where their locales lie.
    pub layout: Layout,
    /// What could not be read or was left out, sorted by path.
    pub problems: Vec<Problem>,
}

/// Reads all pages.
pub fn read(inputs: &Inputs) -> Reading<Source> {
    map(inputs, |sources| sources)
}

/// Reads all pages and hands them, some at a time, to `pages` on the thread that read them; it makes one thing of each.
///
/// A file below a folder that gives no text still becomes a page, with an empty text and
/// [`Encoding::Unreadable`], so that it is judged and not dropped.
pub fn map<T: Send>(inputs: &Inputs, pages: impl Fn(Vec<Source>) -> Vec<T> + Sync) -> Reading<T> {
    let mut gather = Gather::new(inputs);
    let mut candidates: Vec<Candidate> = gather.by_ref().collect();
    candidates.sort_by(|a, b| a.shown.cmp(&b.shown));
    let paths: Vec<&str> = candidates.iter().map(|candidate| candidate.shown.as_str()).collect();
    let given = Given { roots: &inputs.locales, names: &inputs.locale_names, patterns: &inputs.layouts };
    let layout = Layout::new(&given, &paths, &file::beginning);
    keep_localized(&mut candidates, &layout);
    if inputs.only_kin {
        let asked: HashSet<String> = candidates
            .iter()
            .filter(|candidate| candidate.asked)
            .map(|candidate| layout.of(&candidate.shown).page)
            .collect();
        candidates.retain(|candidate| candidate.asked || asked.contains(&layout.of(&candidate.shown).page));
    }
    let described = candidates.iter().filter(|candidate| source::is_description(&candidate.shown));
    let described: Vec<String> = described.map(|candidate| candidate.shown.clone()).collect();
    let threads = if candidates.len() < FEW { 1 } else { threads(inputs.threads) };
    let rest = Mutex::new(candidates.into_iter());
    let work = || {
        let mut reader = Reader::default();
        let mut done = Vec::new();
        loop {
            let batch: Vec<_> =
                rest.lock().unwrap_or_else(PoisonError::into_inner).by_ref().take(BATCH).collect();
            if batch.is_empty() {
                return done;
            }
            let mut sources = Vec::with_capacity(batch.len());
            let mut marks = Vec::with_capacity(batch.len());
            for candidate in batch {
                let asked = candidate.asked;
                match source(&mut reader, &layout, candidate) {
                    Ok(source) => {
                        marks.push((source.path.clone(), asked));
                        sources.push(source);
                    }
                    Err(problem) => done.push(Err(problem)),
                }
            }
            // Boxed, for pages are large and moved about until they are in order.
            let pages = marks.into_iter().zip(pages(sources));
            done.extend(pages.map(|((path, asked), page)| Ok((path, asked, Box::new(page)))));
        }
    };
    let results = if threads == 1 {
        work()
    } else {
        thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut results = work();
            for other in others {
                results.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            results
        })
    };
    let mut problems = gather.into_problems();
    // A folder may hold nothing but descriptions.
    problems.retain(|problem| problem.kind != ProblemKind::NoPages || !holds(&described, &problem.path));
    let mut pages = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(page) => pages.push(page),
            Err(problem) => problems.push(problem),
        }
    }
    pages.sort_unstable_by(|(a, ..), (b, ..)| a.cmp(b));
    problems.sort();
    let asked = pages.iter().map(|(_, asked, _)| *asked).collect();
    Reading { pages: pages.into_iter().map(|(.., page)| *page).collect(), asked, layout, problems }
}

/// Whether one of the files lies below a folder.
fn holds(files: &[String], folder: &str) -> bool {
    let is_below = |file: &String| file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    files.iter().any(|file| folder == "." || is_below(file))
}

/// Leaves out API descriptions that are in one language only: they are specs, and no pages.
fn keep_localized(candidates: &mut Vec<Candidate>, layout: &Layout) {
    let is_description = |candidate: &Candidate| !candidate.named && source::is_description(&candidate.shown);
    let mut locales: BTreeMap<String, BTreeSet<Locale>> = BTreeMap::new();
    for candidate in candidates.iter().filter(|candidate| is_description(candidate)) {
        let place = layout.of(&candidate.shown);
        locales.entry(place.page).or_default().extend(place.locale);
    }
    candidates.retain(|candidate| {
        let place = || layout.of(&candidate.shown);
        !is_description(candidate) || {
            let place = place();
            place.locale.is_some() && locales.get(&place.page).is_some_and(|locales| locales.len() > 1)
        }
    });
}

/// One page, or why the path that was named for it gives none.
fn source(reader: &mut Reader, layout: &Layout, candidate: Candidate) -> Result<Source, Problem> {
    let is_nameless = candidate.path.as_ref().is_some_and(|path| path.to_str().is_none());
    let bytes = match &candidate.path {
        Some(_) if is_nameless => Ok(&[][..]),
        Some(path) => reader.read(path),
        None => reader.read_stdin(),
    };
    let (text, encoding) = match bytes {
        Ok(_) if is_nameless => (String::new(), Encoding::Unreadable(Unreadable::Nameless)),
        Ok(bytes) if bytes.len() >= PAGE_LIMIT => {
            (String::new(), Encoding::Unreadable(Unreadable::TooLarge { limit: PAGE_LIMIT as u32 }))
        }
        Ok(bytes) => decode::decode(bytes),
        Err(error) if candidate.named => {
            return Err(Problem { path: candidate.shown, kind: ProblemKind::of(&error) });
        }
        Err(error) => (String::new(), Encoding::Unreadable(file::unreadable(&error))),
    };
    let (locale, page) = identity(layout, &candidate.shown, &text);
    Ok(Source { path: candidate.shown, page, locale, text, encoding })
}

/// Reading waits for the disk when its cache is cold, so a few more threads than cores pay off there
/// and cost nothing elsewhere.
fn threads(wanted: Option<NonZeroUsize>) -> usize {
    wanted.map_or_else(
        || {
            let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
            if cores == 1 { 1 } else { cores.max((cores * 4).min(8)) }
        },
        NonZeroUsize::get,
    )
}
