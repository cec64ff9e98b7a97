//! What every command that judges pages does first: reading, the spec, the rules that count.

use std::panic::resume_unwind;
use std::thread;

use super::args::{Scope, Selected};
use super::console::Console;
use super::{changes, input};
use crate::project::Run;
use crate::rules;
use crate::settings::Severities;

/// Reads what the arguments name, and says what could not be read.
pub fn start(args: &Scope, console: &Console) -> Result<Run, String> {
    let config = input::config(&args.input)?;
    // Git looks for changes while pages are read.
    let (input, changed) = thread::scope(|scope| {
        let asked = args.changed_since.is_some() || args.files_from.is_some();
        let changed = asked.then(|| scope.spawn(|| changes::named(args, &config)));
        let input = input::read_by(config.clone(), &args.input, console);
        let changed = changed.map(|changed| changed.join().unwrap_or_else(|panic| resume_unwind(panic)));
        (input, changed)
    });
    let input = input?;
    let judged = changed.transpose()?.flatten().and_then(|changed| {
        let read = (input.pages.as_slice(), &input.layout);
        changed.judged(args, &input.config, read, &input.reference, console)
    });
    let settings = input.settings(judged, |configured| severities(args, configured));
    Run::new(input, settings).map_err(|problems| input::told(problems, console))
}

/// Severities after the command line: `--select` leaves only what it names, even what the
/// configuration switched off; `--ignore` takes away.
pub fn severities(args: &Scope, mut configured: Severities) -> Severities {
    for rule in rules::all() {
        let is_off = configured.get(rule.name) == Some(&None);
        if Selected::any(&args.ignore, rule.name)
            || !(args.select.is_empty() || Selected::any(&args.select, rule.name))
        {
            configured.insert(rule.name.to_owned(), None);
        } else if is_off && !args.select.is_empty() {
            configured.remove(rule.name);
        }
    }
    configured
}
