//! The baseline of a project: what it holds back of a run, and how it is written and pruned.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::config::Config;
use super::replace::Replacement;
use super::run::Run;
use crate::baseline::{self, Baseline, Entries, Entry, Key};
use crate::document::Document;
use crate::facts::{Facts, Page};
use crate::finding::Basis;
use crate::outcome::Outcome;
use crate::read::{normal, read_text, shown, working_folder};
use crate::rules;
use crate::source::{Encoding, Source};
use crate::text::{FileId, LineIndex};

/// What a baseline is called unless the user knows better.
pub const FILE: &str = "docdrift-baseline.json";

/// What was asked of one run only, so that it could not meet all that a baseline knows.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The names of the only rules that had a say; empty: all had.
    pub select: BTreeSet<&'static str>,
    /// The names of rules that had none.
    pub ignore: BTreeSet<&'static str>,
    /// Whether pages were named, rather than all that belong to the project.
    pub named_pages: bool,
}

impl Asked {
    /// Whether a rule had a say.
    fn hears(&self, rule: &str) -> bool {
        !self.ignore.contains(rule) && (self.select.is_empty() || self.select.contains(rule))
    }
}

/// A baseline that held back what it knows.
pub struct Applied {
    path: PathBuf,
    text: String,
    baseline: Baseline,
    /// Entries, by their position, that hold back more than there is, and how much there is.
    stale: Vec<(usize, u32)>,
}

/// How much was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The findings of this run.
    pub findings: usize,
    /// The pages that they are in.
    pub pages: usize,
}

/// Where the baseline of a project lies: where the configuration says, else beside it, if it is there.
pub fn known(config: &Config) -> Option<PathBuf> {
    let usual = || Some(config.folder().join(FILE)).filter(|path| path.is_file());
    config.baseline.clone().or_else(usual)
}

/// Takes out of the outcome what the baseline at `path` knows.
///
/// # Errors
/// The file cannot be read or is no baseline, in one line.
pub fn hold_back(path: &Path, asked: &Asked, run: &Run, outcome: &mut Outcome) -> Result<Applied, String> {
    let (text, baseline) = read(path)?;
    let names = names(&run.pages, path);
    let reach = Reach::new(asked, run, outcome, &names, path, &baseline);
    let mut stale = baseline::apply(outcome, &run.pages, &names, &baseline);
    stale.retain(|(at, _)| reach.holds(&baseline.entries[*at].key));
    Ok(Applied { path: path.to_owned(), text, baseline, stale })
}

/// All findings as a baseline at `path` has them.
pub fn record(path: &Path, pages: &[Page], outcome: &Outcome) -> Entries {
    baseline::record(&outcome.findings, pages, &names(pages, path))
}

/// Writes down everything that was found. What the run could not meet stays as it was.
///
/// # Errors
/// The file cannot be written, or what is there is no baseline, in one line.
pub fn write(path: &Path, asked: &Asked, run: &Run, outcome: &Outcome) -> Result<Written, String> {
    let names = names(&run.pages, path);
    let mut entries = baseline::record(&outcome.findings, &run.pages, &names);
    let written = Written { findings: outcome.findings.len(), pages: pages(&entries) };
    if path.exists() {
        let (_, old) = read(path)?;
        let reach = Reach::new(asked, run, outcome, &names, path, &old);
        let kept = old.entries.into_iter().filter(|entry| !reach.replaces(&entry.key));
        entries.extend(kept.map(|Entry { key, known, .. }| (key, known)));
    }
    save(path, &entries)?;
    Ok(written)
}

impl Applied {
    /// Takes out of the file what is stale, given what was found before anything was held back. How many findings
    /// are gone.
    ///
    /// # Errors
    /// The file cannot be written, in one line.
    pub fn prune(&self, found: &Entries) -> Result<u64, String> {
        if self.stale.is_empty() {
            return Ok(0);
        }
        save(&self.path, &baseline::prune(&self.baseline, &self.stale, found))?;
        let gone = |(at, left): &(usize, u32)| u64::from(self.baseline.entries[*at].known.count - left);
        Ok(self.stale.iter().map(gone).sum())
    }

    /// Adds what is stale to the findings, and the baseline's file to the pages that they lie in.
    pub fn report(self, run: &mut Run, outcome: &mut Outcome) {
        let file = FileId(run.pages.len() as u32);
        let Some(rule) = rules::find("stale-baseline") else { return };
        let Some(severity) = run.settings.severity(file, rule.name, rule.severity) else { return };
        if self.stale.is_empty() {
            return;
        }
        outcome.findings.extend(baseline::stale(&self.baseline, &self.stale, file, severity));
        let path = shown(&self.path, &working_folder());
        let source =
            Source { page: path.clone(), path, locale: None, text: self.text, encoding: Encoding::Utf8 };
        run.pages.push(Page { file, source, document: Document::default(), facts: Facts::default() });
        let path = |file: FileId| run.pages[file.0 as usize].source.path.as_str();
        outcome.findings.sort_by(|a, b| (path(a.file()), a.order()).cmp(&(path(b.file()), b.order())));
    }
}

fn read(path: &Path) -> Result<(String, Baseline), String> {
    let name = shown(path, &working_folder());
    let text = read_text(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("baseline {name}: no such file; --write-baseline makes one"),
        _ => format!("baseline {name}: cannot be read: {error}"),
    })?;
    let baseline = baseline::read(&text).map_err(|(message, span)| {
        let at = LineIndex::new(&text).line_column(&text, span.start);
        format!("{name}:{}:{}: {message}", at.line, at.column)
    })?;
    Ok((text, baseline))
}

fn pages(entries: &Entries) -> usize {
    entries.keys().map(|key| key.page.as_str()).collect::<BTreeSet<_>>().len()
}

fn save(path: &Path, entries: &Entries) -> Result<(), String> {
    let cannot = |error| format!("baseline {} cannot be written: {error}", shown(path, &working_folder()));
    let text = baseline::write(entries);
    Replacement::prepare(path, text.as_bytes()).and_then(Replacement::commit).map_err(cannot)
}

/// What each page is called in a baseline at `path`: its way from there, with forward slashes.
fn names(pages: &[Page], path: &Path) -> Vec<String> {
    let working_folder = working_folder();
    let file = normal(&working_folder.join(path));
    let folder = file.parent().unwrap_or(Path::new(""));
    pages.iter().map(|page| way(folder, &normal(&working_folder.join(&page.source.path)))).collect()
}

/// The way from a folder to a file, both absolute.
fn way(folder: &Path, file: &Path) -> String {
    let common = folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(common).map(|_| PathBuf::from(".."));
    let way: PathBuf = up.chain(std::iter::once(file.components().skip(common).collect())).collect();
    shown(&way, Path::new(""))
}

/// Which entries of a baseline a run could have met.
struct Reach<'r> {
    asked: &'r Asked,
    /// By name: whether the page was judged, and whether it could be compared with a source.
    pages: BTreeMap<&'r str, (bool, bool)>,
    /// The baseline's folder.
    folder: PathBuf,
    /// Whether pages that the baseline knows were not read because others were named.
    is_narrow: bool,
}

impl<'r> Reach<'r> {
    fn new(
        asked: &'r Asked,
        run: &Run,
        outcome: &Outcome,
        names: &'r [String],
        path: &Path,
        baseline: &Baseline,
    ) -> Self {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let has_source = |page: &Page| outcome.reference.is_some() || page.source.locale.is_none();
        let judged = |page: &Page| run.settings.judges(page.file, page.source.locale.as_ref());
        let states = run.pages.iter().map(|page| (judged(page), has_source(page)));
        let pages: BTreeMap<&str, _> = names.iter().map(String::as_str).zip(states).collect();
        let known: BTreeSet<&str> = baseline.entries.iter().map(|entry| entry.key.page.as_str()).collect();
        let is_unread = |page: &&str| !pages.contains_key(page) && folder.join(page).exists();
        let is_narrow = asked.named_pages && known.into_iter().any(|page| is_unread(&page));
        Self { asked, pages, folder, is_narrow }
    }

    /// Whether the run would have found what the entry holds back.
    fn holds(&self, key: &Key) -> bool {
        let is_gone = || !self.folder.join(&key.page).exists();
        let rule = rules::find(&key.rule);
        let needs_source = rule.is_some_and(|rule| {
            rule.bases.iter().any(|basis| matches!(basis, Basis::Reference | Basis::Locales))
        });
        match self.pages.get(key.page.as_str()) {
            _ if !self.asked.hears(&key.rule) => false,
            Some((is_judged, has_source)) => *is_judged && !self.is_narrow && (*has_source || !needs_source),
            // Left out by the configuration, or no longer there.
            None => !self.asked.named_pages || is_gone(),
        }
    }

    /// Whether what the run found takes the entry's place in a baseline that is written anew.
    fn replaces(&self, key: &Key) -> bool {
        match self.pages.get(key.page.as_str()) {
            Some((is_judged, _)) => *is_judged && self.asked.hears(&key.rule),
            None => self.holds(key),
        }
    }
}
