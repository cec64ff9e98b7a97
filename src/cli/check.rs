//! `docdrift check`: reads, has it judged, prints.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use super::args::{Check, Format};
use super::config::Config;
use super::console::{self, Console};
use super::nearest::unknown;
use super::pipeline::{self, Spec};
use super::{FAILURE, FINDINGS};
use crate::facts::Page;
use crate::finding::Severity;
use crate::lexicon::Lexicon;
use crate::read::{self, Inputs, Problem, ProblemKind};
use crate::report::{self, View};
use crate::rules;
use crate::settings::{Reference, Settings};
use crate::source::Locale;

/// So many remarks about the input are printed; the rest is counted.
const REMARKS: usize = 20;

pub fn check(args: &Check, console: &Console) -> Result<ExitCode, String> {
    let start = Instant::now();
    let config = if args.no_config { Config::default() } else { Config::load(args.config.as_deref())? };
    let severities = severities(args, config.rules);
    let spec = spec(args.spec.as_deref().or(config.spec.as_deref()).unwrap_or("models"))?;

    let is_named = !(args.paths.is_empty() && config.paths.is_empty());
    let paths = [&args.paths, &config.paths].into_iter().find(|paths| !paths.is_empty());
    let inputs = Inputs {
        paths: paths.cloned().unwrap_or_else(|| vec![PathBuf::from(".")]),
        stdin_name: args.stdin_filename.clone(),
        locales: config.locales,
        threads: args.jobs.and_then(|jobs| NonZeroUsize::new(jobs.into())),
    };
    if inputs.stdin_name.is_some() && !inputs.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err("--stdin-filename names standard input, which `-` reads".to_owned());
    }
    if let Some(jobs) = args.jobs {
        rayon::ThreadPoolBuilder::new()
            .num_threads(jobs.into())
            .build_global()
            .map_err(|error| format!("cannot start {jobs} threads: {error}"))?;
    }
    let lexicon = Lexicon::default();
    let reading = read::map(&inputs, |source| pipeline::page(source, &lexicon));
    let failed = announce(&reading.problems, is_named, console);
    let pages = pipeline::number(reading.pages);

    let locales = chosen_locales(&args.locale, &pages)?;
    let reference = reference(args.reference.as_deref().or(config.reference.as_deref()), &pages)?;
    let settings = Settings { reference, locales, rules: severities };
    let schema = pipeline::schema(&pages, spec);
    let outcome = pipeline::judge(&pages, schema.as_ref(), &lexicon, &settings);

    let view =
        View { outcome: &outcome, pages: &pages, spec: schema.as_ref().map_or(&[], |schema| &schema.files) };
    let format = match args.format {
        Format::Text if args.output_file.is_some() => report::Format::Text(report::Style::Plain),
        Format::Text => report::Format::Text(console.style()),
        Format::Concise => report::Format::Concise,
        Format::Json => report::Format::Json,
    };
    let text = report::render(&view, format);
    match &args.output_file {
        None => console::print(&text)?,
        Some(path) => console::replace(path, &text)
            .map_err(|error| format!("cannot write `{}`: {error}", path.display()))?,
    }
    for note in report::notes(&view) {
        console.note(&note);
    }
    console.remark(&(report::summary(&outcome, start.elapsed()) + "\n"));
    if args.statistics {
        console::tell(&report::statistics(&outcome));
    }
    let reached = args.fail_on.severity().is_some_and(|threshold| outcome.reaches(threshold));
    // The process ends here: giving back page by page what the system takes at once costs a tenth of a run.
    std::mem::forget((pages, outcome));
    Ok(match (failed, reached) {
        (true, _) => ExitCode::from(FAILURE),
        (false, true) => ExitCode::from(FINDINGS),
        (false, false) => ExitCode::SUCCESS,
    })
}

/// Severities after the command line: `--select` leaves only what it names, even what the
/// configuration switched off; `--ignore` takes away.
fn severities(
    args: &Check,
    mut configured: BTreeMap<String, Option<Severity>>,
) -> BTreeMap<String, Option<Severity>> {
    let is_in = |list: &[&rules::Rule], name: &str| list.iter().any(|rule| rule.name == name);
    for rule in rules::all() {
        let is_off = configured.get(rule.name) == Some(&None);
        if is_in(&args.ignore, rule.name) || !(args.select.is_empty() || is_in(&args.select, rule.name)) {
            configured.insert(rule.name.to_owned(), None);
        } else if is_off && !args.select.is_empty() {
            configured.remove(rule.name);
        }
    }
    configured
}

/// The spec that was asked for.
fn spec(choice: &str) -> Result<Spec, String> {
    match choice {
        "models" => Ok(Spec::Models),
        "none" => Ok(Spec::None),
        path => {
            let (files, problems) = read::spec_files(Path::new(path));
            match problems.first() {
                Some(problem) => Err(format!("spec {}: {}", problem.path, problem.kind)),
                None => Ok(Spec::Files(files)),
            }
        }
    }
}

/// Prints what reading could not do. Whether that was something the user had asked for.
fn announce(problems: &[Problem], is_named: bool, console: &Console) -> bool {
    let is_fatal =
        |problem: &Problem| problem.is_fatal() && (is_named || problem.kind != ProblemKind::NoPages);
    let (fatal, other): (Vec<_>, Vec<_>) = problems.iter().partition(|problem| is_fatal(problem));
    for problem in &fatal {
        console.error(&format!("{}: {}", problem.path, problem.kind));
    }
    for problem in other.iter().take(REMARKS) {
        console.note(&format!("{}: {}", problem.path, problem.kind));
    }
    if other.len() > REMARKS {
        console.note(&format!("and {} more like these", other.len() - REMARKS));
    }
    !fatal.is_empty()
}

/// The locale that was chosen to vouch for the others, which must be some page's.
fn reference(choice: Option<&str>, pages: &[Page]) -> Result<Reference, String> {
    match choice {
        None => Ok(Reference::Auto),
        Some("none") => Ok(Reference::Off),
        Some(tag) => {
            let chosen = chosen_locales(&[tag.to_owned()], pages)?;
            Ok(chosen.into_iter().next().map_or(Reference::Auto, Reference::Locale))
        }
    }
}

/// The locales of `--locale`, each of which must be some page's.
fn chosen_locales(tags: &[String], pages: &[Page]) -> Result<Vec<Locale>, String> {
    if tags.is_empty() {
        return Ok(Vec::new());
    }
    let known: BTreeSet<&Locale> = pages.iter().filter_map(|page| page.source.locale.as_ref()).collect();
    let find = |tag: &String| {
        let locale = Locale::parse(tag).filter(|locale| known.contains(locale));
        locale.ok_or_else(|| unknown("locale", tag, known.iter().map(|locale| locale.as_str())))
    };
    tags.iter().map(find).collect()
}
