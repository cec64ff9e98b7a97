//! The baseline of `docdrift check`: where it lies, what it holds back, and how it is written and pruned.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::args::Check;
use super::console::Console;
use super::replace::Replacement;
use super::run::Run;
use crate::baseline::{self, Baseline, Entries, Entry, Key};
use crate::document::Document;
use crate::facts::{Facts, Page};
use crate::finding::Basis;
use crate::outcome::Outcome;
use crate::read::{normal, shown, working_folder};
use crate::report::counted;
use crate::rules;
use crate::source::{Encoding, Source};
use crate::text::{FileId, LineIndex};

/// What a baseline is called unless the user knows better.
pub const FILE: &str = "docdrift-baseline.json";

/// Where the baseline lies, as the arguments, the configuration or the name of a file say; nowhere if
/// nothing says so.
pub fn place(args: &Check, run_config: &super::config::Config) -> Option<PathBuf> {
    if args.known.no_baseline {
        return None;
    }
    let usual = || run_config.folder().join(FILE);
    let there = || (!args.scope.input.no_config).then(usual).filter(|path| path.is_file());
    args.known.baseline.clone().or_else(|| run_config.baseline.clone()).or_else(there)
}

/// Writes the baseline if that was asked for, which leaves nothing to report. Else holds back what is known, and
/// reports or removes what is stale; the baseline's file is then the last of the pages.
///
/// Returns whether the baseline was written.
pub fn apply(args: &Check, run: &mut Run, outcome: &mut Outcome, console: &Console) -> Result<bool, String> {
    if let Some(named) = &args.known.write_baseline {
        let usual = || place(args, &run.config).unwrap_or_else(|| run.config.folder().join(FILE));
        write(named.clone().unwrap_or_else(usual).as_path(), args, run, outcome, console)?;
        return Ok(true);
    }
    let Some(path) = place(args, &run.config) else {
        return if args.known.prune_baseline {
            Err("there is no baseline to prune".to_owned())
        } else {
            Ok(false)
        };
    };
    let (text, baseline) = read(&path)?;
    let names = names(&run.pages, &path);
    let found = args.known.prune_baseline.then(|| baseline::record(&outcome.findings, &run.pages, &names));
    let reach = Reach::new(args, run, outcome, &names, &path, &baseline);
    let mut stale = baseline::apply(outcome, &run.pages, &names, &baseline);
    stale.retain(|(at, _)| reach.holds(&baseline.entries[*at].key));
    if let Some(found) = found {
        prune(&path, &baseline, &stale, &found, console)?;
    } else {
        report(&path, text, &baseline, &stale, run, outcome);
    }
    Ok(false)
}

fn read(path: &Path) -> Result<(String, Baseline), String> {
    let name = shown(path, &working_folder());
    let text = fs::read_to_string(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => format!("baseline {name}: no such file; --write-baseline makes one"),
        _ => format!("baseline {name}: cannot be read: {error}"),
    })?;
    let baseline = baseline::read(&text).map_err(|(message, span)| {
        let at = LineIndex::new(&text).line_column(&text, span.start);
        format!("{name}:{}:{}: {message}", at.line, at.column)
    })?;
    Ok((text, baseline))
}

/// Writes down everything that was found. What the run could not meet stays as it was.
fn write(path: &Path, args: &Check, run: &Run, outcome: &Outcome, console: &Console) -> Result<(), String> {
    let name = shown(path, &working_folder());
    if path.is_dir() {
        return Err(format!("{name} is a folder, no baseline; pages are named before --write-baseline"));
    }
    let names = names(&run.pages, path);
    let mut entries = baseline::record(&outcome.findings, &run.pages, &names);
    let (findings, pages) = (outcome.findings.len(), pages(&entries));
    if path.exists() {
        let (_, old) = read(path)?;
        let reach = Reach::new(args, run, outcome, &names, path, &old);
        let kept = old.entries.into_iter().filter(|entry| !reach.replaces(&entry.key));
        entries.extend(kept.map(|Entry { key, known, .. }| (key, known)));
    }
    save(path, &entries)?;
    let (findings, pages) = (counted(findings, "finding"), counted(pages, "page"));
    console.remark(&format!("{name} holds back {findings} in {pages} from now on\n"));
    if place(args, &run.config).is_none_or(|known| normal(&known) != normal(path)) {
        console.note(&format!("it counts with `--baseline {name}`, or as `baseline` in docdrift.toml"));
    }
    Ok(())
}

fn pages(entries: &Entries) -> usize {
    entries.keys().map(|key| key.page.as_str()).collect::<BTreeSet<_>>().len()
}

fn save(path: &Path, entries: &Entries) -> Result<(), String> {
    let cannot = |error| format!("baseline {} cannot be written: {error}", shown(path, &working_folder()));
    let text = baseline::write(entries);
    Replacement::prepare(path, text.as_bytes()).and_then(Replacement::commit).map_err(cannot)
}

fn prune(
    path: &Path,
    baseline: &Baseline,
    stale: &[(usize, u32)],
    found: &Entries,
    console: &Console,
) -> Result<(), String> {
    let name = shown(path, &working_folder());
    if stale.is_empty() {
        console.remark(&format!("nothing is stale in {name}\n"));
        return Ok(());
    }
    save(path, &baseline::prune(baseline, stale, found))?;
    let gone: u64 = stale.iter().map(|(at, left)| u64::from(baseline.entries[*at].known.count - left)).sum();
    let findings = if gone == 1 { "finding that is" } else { "findings that are" };
    console.remark(&format!("removed {gone} {findings} no longer there from {name}\n"));
    Ok(())
}

/// Adds what is stale to the findings, and the baseline's file to the pages that they lie in.
fn report(
    path: &Path,
    text: String,
    baseline: &Baseline,
    stale: &[(usize, u32)],
    run: &mut Run,
    outcome: &mut Outcome,
) {
    let file = FileId(run.pages.len() as u32);
    let Some(rule) = rules::find("stale-baseline") else { return };
    let Some(severity) = run.settings.severity(file, rule.name, rule.severity) else { return };
    if stale.is_empty() {
        return;
    }
    outcome.findings.extend(baseline::stale(baseline, stale, file, severity));
    let path = shown(path, &working_folder());
    let source = Source { page: path.clone(), path, locale: None, text, encoding: Encoding::Utf8 };
    run.pages.push(Page { file, source, document: Document::default(), facts: Facts::default() });
    let path = |file: FileId| run.pages[file.0 as usize].source.path.as_str();
    outcome.findings.sort_by(|a, b| (path(a.file()), a.order()).cmp(&(path(b.file()), b.order())));
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
    args: &'r Check,
    /// By name: whether the page was judged, and whether it could be compared with a source.
    pages: BTreeMap<&'r str, (bool, bool)>,
    /// The baseline's folder.
    folder: PathBuf,
    /// Whether pages that the baseline knows were not read because others were named.
    is_narrow: bool,
}

impl<'r> Reach<'r> {
    fn new(
        args: &'r Check,
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
        let is_narrow = !args.scope.input.paths.is_empty() && known.into_iter().any(|page| is_unread(&page));
        Self { args, pages, folder, is_narrow }
    }

    /// Whether the run would have found what the entry holds back.
    fn holds(&self, key: &Key) -> bool {
        let is_gone = || !self.folder.join(&key.page).exists();
        let rule = rules::find(&key.rule);
        let needs_source = rule.is_some_and(|rule| {
            rule.bases.iter().any(|basis| matches!(basis, Basis::Reference | Basis::Locales))
        });
        match self.pages.get(key.page.as_str()) {
            _ if !self.asks_for(&key.rule) => false,
            Some((is_judged, has_source)) => *is_judged && !self.is_narrow && (*has_source || !needs_source),
            // Left out by the configuration, or no longer there.
            None => self.args.scope.input.paths.is_empty() || is_gone(),
        }
    }

    /// Whether what the run found takes the entry's place in a baseline that is written anew.
    fn replaces(&self, key: &Key) -> bool {
        match self.pages.get(key.page.as_str()) {
            Some((is_judged, _)) => *is_judged && self.asks_for(&key.rule),
            None => self.holds(key),
        }
    }

    /// Whether the command line leaves a rule its voice.
    fn asks_for(&self, name: &str) -> bool {
        let is_in = |list: &[&rules::Rule]| list.iter().any(|rule| rule.name == name);
        let scope = &self.args.scope;
        !is_in(&scope.ignore) && (scope.select.is_empty() || is_in(&scope.select))
    }
}
