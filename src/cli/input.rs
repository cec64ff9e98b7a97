//! What the commands that read pages have in common: arguments and configuration become an [`Input`].

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::args;
use super::console::Console;
use crate::facts::Page;
use crate::project::{Config, Input, Spec, input, pipeline, specs};
use crate::read::{Inputs, Problem, Reading, normal, surroundings, working_folder};
use crate::schema::Schema;

/// So many remarks about the input are printed; the rest is counted.
pub const REMARKS: usize = 20;

/// Reads what the arguments and the configuration name, and says what cannot be read.
pub fn read(args: &args::Input, console: &Console) -> Result<Input, String> {
    read_by(config(args)?, args, console)
}

/// [`read`] with a configuration that is known.
pub fn read_by(config: Config, args: &args::Input, console: &Console) -> Result<Input, String> {
    let spec = specs::read(if args.spec.is_empty() { &config.spec } else { &args.spec })?;

    let inputs = inputs(args, &config);
    if inputs.stdin_name.is_some() && !inputs.paths.iter().any(|path| path.as_os_str() == "-") {
        return Err("--stdin-filename names standard input, which `-` reads".to_owned());
    }
    let lexicon = input::lexicon(&config.lexicons)?;
    let progress = console.progress("reading");
    let reading = input::pages(&inputs, &lexicon, |pages| progress.add(pages));
    let asked = input::asked(&reading);
    drop(progress);
    // After reading: this thread is one of those that judge, and the others take over the memory of those that read.
    start_threads(args.jobs)?;
    let failed = announce(&reading.problems, console);
    let Reading { pages, layout, .. } = reading;
    let locales = input::locales(&args.locale, &pages)?;
    let reference = args.reference.as_deref().or(config.reference.as_deref());
    let (reference, reference_why) = input::reference(reference, &pages, &layout)?;
    Ok(Input { pages, spec, lexicon, asked, layout, reference, reference_why, locales, config, failed })
}

/// The configuration that the arguments choose.
pub fn config(args: &args::Input) -> Result<Config, String> {
    if args.no_config { Ok(Config::default()) } else { Config::load(args.config.as_deref()) }
}

/// What is to be read. What is named limits what is judged; the other pages of the project bear witness.
pub fn inputs(args: &args::Input, config: &Config) -> Inputs {
    let (witnesses, only_kin) = if args.alone { (Vec::new(), false) } else { witnesses(args, config) };
    Inputs {
        witnesses,
        only_kin,
        stdin_name: args.stdin_filename.clone(),
        threads: args.jobs.and_then(|jobs| NonZeroUsize::new(jobs.into())),
        ..config.inputs(&args.paths)
    }
}

/// The folders of the project that named pages belong to, and whether only sources and translations of these are read
/// there: all are where the configuration says what belongs to the project.
fn witnesses(args: &args::Input, config: &Config) -> (Vec<PathBuf>, bool) {
    let stdin = args.stdin_filename.as_ref().map(Path::new);
    let paths = args.paths.iter().map(PathBuf::as_path).filter(|path| path.as_os_str() != "-");
    let named: Vec<&Path> = paths.chain(stdin).collect();
    let here = working_folder();
    let full = |path: &Path| normal(&here.join(path));
    let are_below = |folders: &[PathBuf]| {
        let folders: Vec<PathBuf> = folders.iter().map(|folder| full(folder)).collect();
        named.iter().all(|path| folders.iter().any(|folder| full(path).starts_with(folder)))
    };
    if named.is_empty() {
        return (Vec::new(), false);
    }
    if !config.paths.is_empty() && are_below(&config.paths) {
        return (config.paths.clone(), false);
    }
    let folder = [config.folder().to_owned()];
    if config.file.is_some() && are_below(&folder) {
        let [folder] = folder;
        return (vec![if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder }], true);
    }
    (surroundings(named.into_iter()), true)
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

/// The schema of the specs; says what is wrong with them, the last thing as the error.
pub fn schema(pages: &[Page], spec: Spec, console: &Console) -> Result<Option<Schema>, String> {
    pipeline::schema(pages, spec).map_err(|problems| told(problems, console))
}

/// Says what is wrong with specs, all but the last thing, which becomes the error.
pub fn told(problems: Vec<String>, console: &Console) -> String {
    let last = problems.len().min(REMARKS).saturating_sub(1);
    problems.iter().take(last).for_each(|problem| console.error(problem));
    let more = problems.len() - problems.len().min(REMARKS);
    match problems.into_iter().nth(last).unwrap_or_default() {
        last if more > 0 => format!("{last}; and {more} more like these"),
        last => last,
    }
}

/// Prints what reading could not do. Whether that was something the user had asked for.
fn announce(problems: &[Problem], console: &Console) -> bool {
    let (fatal, other): (Vec<_>, Vec<_>) = problems.iter().partition(|problem| problem.is_fatal());
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
