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
mod problem;
mod spec;
mod stamps;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::source::{Encoding, Locale, Source, Unreadable};

use file::Reader;
use gather::{Candidate, Gather};
use identity::Identities;

pub use encode::encode;
pub use file::{LIMIT, working_folder};
pub use gather::{EXTENSIONS, STDIN, shown};
pub use globs::{Globs, normal};
pub use problem::{Problem, ProblemKind};
pub use spec::{SpecFiles, referenced_spec_file, spec_files};
pub use stamps::Stamps;

/// Up to so many pages a thread costs more than it saves.
const FEW: usize = 8;

/// How many pages a thread takes from the walk at a time.
const BATCH: usize = 16;

/// What to read.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Files and folders, relative to the working folder or absolute; `-` is standard input.
    pub paths: Vec<PathBuf>,
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
    /// What could not be read or was left out, sorted by path.
    pub problems: Vec<Problem>,
}

/// Reads all pages.
pub fn read(inputs: &Inputs) -> Reading<Source> {
    map(inputs, |sources| sources)
}

/// What a page at `path` is a translation of, as far as its path tells: see [`Source::page`].
pub fn identity(inputs: &Inputs, path: &str) -> String {
    Identities::new(&inputs.locales, &inputs.locale_names).of(path, "").1
}

/// Reads all pages and hands them, some at a time, to `pages` on the thread that read them; it makes one thing of each.
///
/// A file below a folder that gives no text still becomes a page, with an empty text and
/// [`Encoding::Unreadable`], so that it is judged and not dropped.
pub fn map<T: Send>(inputs: &Inputs, pages: impl Fn(Vec<Source>) -> Vec<T> + Sync) -> Reading<T> {
    let identities = Identities::new(&inputs.locales, &inputs.locale_names);
    let mut gather = Gather::new(inputs);
    let first: Vec<Candidate> = gather.by_ref().take(FEW).collect();
    let threads = if first.len() < FEW { 1 } else { threads(inputs.threads) };
    let rest = Mutex::new(first.into_iter().chain(gather.by_ref()));
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
            for candidate in batch {
                match source(&mut reader, &identities, candidate) {
                    Ok(source) => sources.push(source),
                    Err(problem) => done.push(Err(problem)),
                }
            }
            let paths: Vec<String> = sources.iter().map(|source| source.path.clone()).collect();
            // Boxed, for pages are large and moved about until they are in order.
            done.extend(paths.into_iter().zip(pages(sources)).map(|(path, page)| Ok((path, Box::new(page)))));
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
    let mut pages = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok(page) => pages.push(page),
            Err(problem) => problems.push(problem),
        }
    }
    pages.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    problems.sort();
    Reading { pages: pages.into_iter().map(|(_, page)| *page).collect(), problems }
}

/// One page, or why the path that was named for it gives none.
fn source(reader: &mut Reader, identities: &Identities, candidate: Candidate) -> Result<Source, Problem> {
    let bytes = match &candidate.path {
        Some(path) => reader.read(path),
        None => reader.read_stdin(),
    };
    let (text, encoding) = match bytes {
        Ok(bytes) if bytes.len() >= LIMIT => {
            (String::new(), Encoding::Unreadable(Unreadable::TooLarge { limit: LIMIT as u32 }))
        }
        Ok(bytes) => decode::decode(bytes),
        Err(error) if candidate.named => {
            return Err(Problem { path: candidate.shown, kind: ProblemKind::of(&error) });
        }
        Err(error) => (String::new(), Encoding::Unreadable(file::unreadable(&error))),
    };
    let (locale, page) = identities.of(&candidate.shown, &text);
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
