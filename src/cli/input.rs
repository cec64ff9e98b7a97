//! What the commands that read pages have in common: configuration, spec, pages, chosen locales.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::args;
use super::config::Config;
use super::console::Console;
use super::pipeline;
use super::specs::{self, Spec};
use crate::extract::Extractor;
use crate::facts::Page;
use crate::lexicon::Lexicon;
use crate::nearest::unknown;
use crate::read::{self, Inputs, Problem, ProblemKind, shown, working_folder};
use crate::schema::Schema;
use crate::settings::Reference;
use crate::source::Locale;

/// So many remarks about the input are printed; the rest is counted.
pub const REMARKS: usize = 20;

/// All that was read.
pub struct Input {
    /// Numbered, in the order of their paths.
    pub pages: Vec<Page>,
    pub spec: Spec,
    pub lexicon: Lexicon,
    /// The locale that vouches for the others.
    pub reference: Reference,
    /// Those of `--locale`; empty: all.
    pub locales: Vec<Locale>,
    /// What the configuration says.
    pub config: Config,
    /// Whether something that was asked for could not be read.
    pub failed: bool,
}

/// Reads what the arguments and the configuration name, and says what cannot be read.
pub fn read(args: &args::Input, console: &Console) -> Result<Input, String> {
    let config = config(args)?;
    let spec = specs::read(if args.spec.is_empty() { &config.spec } else { &args.spec })?;

    let is_named = !(args.paths.is_empty() && config.paths.is_empty());
    let inputs = inputs(args, &config);
    if inputs.stdin_name.is_some() && !inputs.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err("--stdin-filename names standard input, which `-` reads".to_owned());
    }
    let lexicon = lexicon(&config.lexicons)?;
    let extractor = Extractor::new(&lexicon);
    let progress = console.progress("reading");
    let reading = read::map(&inputs, |source| {
        progress.add(1);
        pipeline::page(source, &extractor)
    });
    drop(progress);
    // After reading: this thread is one of those that judge, and the others take over the memory of those that read.
    start_threads(args.jobs)?;
    let failed = announce(&reading.problems, is_named, console);
    let pages = pipeline::number(reading.pages);
    let locales = chosen_locales(&args.locale, &pages)?;
    let reference = reference(args.reference.as_deref().or(config.reference.as_deref()), &pages)?;
    Ok(Input { pages, spec, lexicon, reference, locales, config, failed })
}

/// The configuration that the arguments choose.
pub fn config(args: &args::Input) -> Result<Config, String> {
    if args.no_config { Ok(Config::default()) } else { Config::load(args.config.as_deref()) }
}

/// What is to be read.
pub fn inputs(args: &args::Input, config: &Config) -> Inputs {
    let paths = [&args.paths, &config.paths].into_iter().find(|paths| !paths.is_empty());
    Inputs {
        paths: paths.cloned().unwrap_or_else(|| vec![PathBuf::from(".")]),
        stdin_name: args.stdin_filename.clone(),
        include: config.include.clone(),
        exclude: config.exclude.clone(),
        locales: config.locales.clone(),
        locale_names: config.locale_names.clone(),
        threads: args.jobs.and_then(|jobs| NonZeroUsize::new(jobs.into())),
    }
}

/// The threads of this process, this one among them, which are started once.
pub fn start_threads(jobs: Option<u16>) -> Result<(), String> {
    static STARTED: OnceLock<()> = OnceLock::new();
    if STARTED.set(()).is_err() {
        return Ok(());
    }
    rayon::ThreadPoolBuilder::new()
        .num_threads(jobs.map_or(0, usize::from))
        .use_current_thread()
        .build_global()
        .map_err(|error| format!("cannot start threads: {error}"))
}

/// The built-in words and those of the user's files.
fn lexicon(files: &[PathBuf]) -> Result<Lexicon, String> {
    files.iter().try_fold(Lexicon::default(), |lexicon, path| {
        let name = shown(path, &working_folder());
        let toml = fs::read_to_string(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => format!("lexicon {name}: no such file"),
            _ => format!("lexicon {name}: cannot be read: {error}"),
        })?;
        lexicon.with_extra(&name, &toml).map_err(|error| error.to_string())
    })
}

/// The schema of the specs; says what is wrong with them, the last thing as the error.
pub fn schema(pages: &[Page], spec: Spec, console: &Console) -> Result<Option<Schema>, String> {
    pipeline::schema(pages, spec).map_err(|problems| {
        let last = problems.len().min(REMARKS).saturating_sub(1);
        problems.iter().take(last).for_each(|problem| console.error(problem));
        let more = problems.len() - problems.len().min(REMARKS);
        match problems.into_iter().nth(last).unwrap_or_default() {
            last if more > 0 => format!("{last}; and {more} more like these"),
            last => last,
        }
    })
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
