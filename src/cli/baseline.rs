//! The baseline of `docdrift check`: where it lies, and what becomes of it.

use std::path::{Path, PathBuf};

use super::args::{Check, Scope};
use super::console::Console;
use crate::outcome::Outcome;
use crate::project::baseline::{self, Asked, FILE, Written};
use crate::project::{Config, Run};
use crate::read::{normal, shown, working_folder};
use crate::report::counted;
use crate::rules::Rule;

/// Where the baseline lies, as the arguments, the configuration or the name of a file say; nowhere if
/// nothing says so.
pub fn place(args: &Check, config: &Config) -> Option<PathBuf> {
    if args.known.no_baseline {
        return None;
    }
    let known = || if args.scope.input.no_config { None } else { baseline::known(config) };
    args.known.baseline.clone().or_else(known)
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
    let found = args.known.prune_baseline.then(|| baseline::record(&path, &run.pages, outcome));
    let applied = baseline::hold_back(&path, &asked(&args.scope), run, outcome)?;
    match found {
        Some(found) => prune(&path, applied.prune(&found)?, console),
        None => applied.report(run, outcome),
    }
    Ok(false)
}

/// What the command line takes out of the reach of a run.
fn asked(args: &Scope) -> Asked {
    let names = |rules: &[&'static Rule]| rules.iter().map(|rule| rule.name).collect();
    Asked {
        select: names(&args.select),
        ignore: names(&args.ignore),
        named_pages: !args.input.paths.is_empty(),
    }
}

fn write(path: &Path, args: &Check, run: &Run, outcome: &Outcome, console: &Console) -> Result<(), String> {
    let name = shown(path, &working_folder());
    if path.is_dir() {
        return Err(format!("{name} is a folder, no baseline; pages are named before --write-baseline"));
    }
    let Written { findings, pages } = baseline::write(path, &asked(&args.scope), run, outcome)?;
    let (findings, pages) = (counted(findings, "finding"), counted(pages, "page"));
    console.remark(&format!("{name} holds back {findings} in {pages} from now on\n"));
    if place(args, &run.config).is_none_or(|known| normal(&known) != normal(path)) {
        console.note(&format!("it counts with `--baseline {name}`, or as `baseline` in docdrift.toml"));
    }
    Ok(())
}

fn prune(path: &Path, gone: u64, console: &Console) {
    let name = shown(path, &working_folder());
    if gone == 0 {
        console.remark(&format!("nothing is stale in {name}\n"));
        return;
    }
    let findings = if gone == 1 { "finding that is" } else { "findings that are" };
    console.remark(&format!("removed {gone} {findings} no longer there from {name}\n"));
}
