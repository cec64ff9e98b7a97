//! The baseline of commands that tell findings: where it lies, and what becomes of it.

use std::path::{Path, PathBuf};

use super::args::{Known, Scope, Selected};
use super::console::Console;
use crate::outcome::Outcome;
use crate::project::baseline::{self, Asked, FILE, Written};
use crate::project::{Config, Run};
use crate::read::{normal, shown, working_folder};
use crate::report::counted;

/// Where the baseline lies, as the arguments, the configuration or the name of a file say; nowhere if
/// nothing says so.
pub fn place(scope: &Scope, known: &Known, config: &Config) -> Option<PathBuf> {
    if known.no_baseline {
        return None;
    }
    let usual = || if scope.input.no_config { None } else { baseline::known(config) };
    known.baseline.clone().or_else(usual)
}

/// Holds back what the baseline knows, if there is one, and reports what is stale; the baseline's file is then the last
/// of the pages.
pub fn apply(scope: &Scope, known: &Known, run: &mut Run, outcome: &mut Outcome) -> Result<(), String> {
    let Some(path) = place(scope, known, &run.config) else { return Ok(()) };
    baseline::hold_back(&path, &asked(scope), run, outcome)?.report(run, outcome);
    Ok(())
}

/// Holds back what the baseline knows, and removes from it what is stale.
pub fn prune(
    scope: &Scope,
    known: &Known,
    run: &Run,
    outcome: &mut Outcome,
    console: &Console,
) -> Result<(), String> {
    let path = place(scope, known, &run.config).ok_or("there is no baseline to prune")?;
    let found = baseline::record(&path, &run.pages, outcome);
    let gone = baseline::hold_back(&path, &asked(scope), run, outcome)?.prune(&found)?;
    let name = shown(&path, &working_folder());
    console.remark(&match gone {
        0 => format!("nothing is stale in {name}\n"),
        1 => format!("removed 1 outdated finding from {name}\n"),
        _ => format!("removed {gone} outdated findings from {name}\n"),
    });
    Ok(())
}

/// Writes down everything that was found: to the named file, else where the baseline lies. What the run could not meet
/// stays as it was.
pub fn write(
    to: Option<&Path>,
    scope: &Scope,
    known: &Known,
    run: &Run,
    outcome: &Outcome,
    console: &Console,
) -> Result<(), String> {
    let place = place(scope, known, &run.config);
    let usual = || place.clone().unwrap_or_else(|| run.config.folder().join(FILE));
    let path = &to.map_or_else(usual, Path::to_owned);
    let name = shown(path, &working_folder());
    if path.is_dir() {
        return Err(format!("{name} is a folder, no baseline; pages are named before --write-baseline"));
    }
    let Written { findings, pages } = baseline::write(path, &asked(scope), run, outcome)?;
    let (findings, pages) = (counted(findings, "finding"), counted(pages, "page"));
    console.remark(&format!("{name} records {findings} in {pages}; they are no longer reported\n"));
    if place.is_none_or(|known| normal(&known) != normal(path)) {
        console.note(&format!("it counts with `--baseline {name}`, or as `baseline` in docdrift.toml"));
    }
    Ok(())
}

/// What the command line takes out of the reach of a run.
fn asked(scope: &Scope) -> Asked {
    Asked {
        select: Selected::names(&scope.select).collect(),
        ignore: Selected::names(&scope.ignore).collect(),
        named_pages: !scope.input.paths.is_empty(),
    }
}
