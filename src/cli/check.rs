//! `docdrift check`: reads, has it judged, prints.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::Instant;

use super::args::{Check, Format};
use super::console::{self, Console};
use super::input::{self, Input};
use super::{FAILURE, FINDINGS, pipeline};
use crate::finding::Severity;
use crate::report::{self, View};
use crate::rules;
use crate::settings::Settings;

pub fn check(args: &Check, console: &Console) -> Result<ExitCode, String> {
    let start = Instant::now();
    let Input { pages, spec, lexicon, reference, locales, rules, failed } = input::read(&args.input, console)?;
    let settings = Settings { reference, locales, rules: severities(args, rules) };
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
    console::deliver(&text, args.output_file.as_deref())?;
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
